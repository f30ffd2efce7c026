"""Wherever replications are computed, the same comes of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace as put

from study import engines, replications
from study.engines import BadEngine, Engine, Task, computed
from study.reading import Study, read_study
from study.replications import Fixed, Gathering, Where
from study.store import Store, model

STUDY = """\
[run]
replications = 8
horizon = "5s"
[cloud]
vms = 30
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "5/s"
"""
MAIN = [sys.executable, "-c", "from conformance.cli import main; main()", "study"]
CLUSTER = """\
import sys
from dask.distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, host="127.0.0.1",
                      dashboard_address=None, silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "study.toml").write_text(STUDY)
    return read_study(tmp_path / "study.toml")


@pytest.fixture
def cluster(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a cluster of processes that somebody else started."""
    (tmp_path / "cluster.py").write_text(CLUSTER)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py"), str(getattr(request, "param", 2))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        yield run.stdout.readline().strip()
        run.communicate()


def run(file: Path, out: str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MAIN, str(file), "--out", str(file.parent / out), *more],
        capture_output=True, check=False, text=True,
    )  # fmt: skip


def test_the_bytes_are_the_same_for_any_engine(tmp_path: Path, cluster: str) -> None:
    file = tmp_path / "study.toml"
    file.write_text(STUDY)
    ways = {
        "loky": ("--engine", "loky", "--workers", "2"),
        "serial": ("--engine", "serial"),
        "own": ("--engine", "dask", "--workers", "2"),
        "theirs": ("--engine", "dask", "--scheduler", cluster),
    }
    for out, way in ways.items():
        done = run(file, out, *way)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    for name in ("runs.csv", "summary.json", "report.html", "latency.png"):
        assert len({(tmp_path / out / name).read_bytes() for out in ways}) == 1


def test_a_cluster_that_is_lost_is_a_line_and_no_loss(tmp_path: Path) -> None:
    (tmp_path / "cluster.py").write_text(CLUSTER)
    file, out = tmp_path / "study.toml", tmp_path / "out"
    file.write_text(STUDY.replace("= 8", "= 200").replace("5s", "60s"))
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py"), "2"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as cluster:  # fmt: skip
        assert cluster.stdout is not None
        address = cluster.stdout.readline().strip()
        with subprocess.Popen(
            [*MAIN, str(file), "--out", str(out), "--engine", "dask", "--scheduler", address],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as study:  # fmt: skip
            assert study.stderr is not None
            assert study.stderr.readline().startswith("replication 20 of 200")
            cluster.kill()
            told = study.stderr.readlines()
    assert study.returncode == 2
    assert "the cluster was lost" in told[-1]
    assert f"what was finished is in {out / 'results.sqlite'}" in told[-1]
    assert [line for line in told[:-1] if not line.startswith("replication")] == []
    with closing(Store(out / "results.sqlite")) as store:
        assert len(list(store.known(read_study(file).key))) >= 20


@pytest.mark.parametrize("cluster", [0], indirect=True)
def test_a_cluster_that_is_of_no_use_is_told_in_a_line(
    study: Study, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_ANSWER_S", 1)
    for address, why in ((cluster, "had no worker for 1 s"), ("tcp://127.0.0.1:1", "not answer")):
        with pytest.raises(BadEngine, match=why):
            Gathering([study], Fixed(1)).run(Where(Engine("dask", None, address)))


def test_a_missing_extra_is_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with pytest.raises(BadEngine, match=r"needs the extra: pip install 'rootswap\[dask\]'"):
        Gathering([study], Fixed(1)).run(Where(Engine("dask")))


WRONG = {
    ("--engine", "dask", "--scheduler", "head"): "--scheduler head: does not answer: missing port",
    ("--scheduler", "tcp://127.0.0.1:1"): "rootswap: --scheduler is for --engine dask",
    ("--engine", "dask", "--scheduler", "x", "--workers", "2"): "rootswap: --workers is not for",
    ("--engine", "ray"): "'ray' is not one of 'loky', 'serial', 'dask'",
    ("--workers", "0"): "rootswap: Invalid value for '--workers': 0",
}


@pytest.mark.parametrize("way", WRONG, ids=" ".join)
def test_a_wrong_engine_is_one_line(tmp_path: Path, way: tuple[str, ...]) -> None:
    file = tmp_path / "study.toml"
    file.write_text(STUDY)
    done = run(file, "out", *way)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert WRONG[way] in done.stderr


def test_a_worker_with_other_sources_is_refused(study: Study) -> None:
    with pytest.raises(BadEngine, match="other sources"):
        computed(Task(0, study, 0), "older sources")


def test_what_is_found_does_not_hang_on_who_ends_first(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shuffled(tasks: Iterator[Task], _: int) -> Generator[tuple[int, int, bytes]]:
        done = [computed(task, model()) for task in tasks]
        Random("order").shuffle(done)
        yield from done

    where = Where(Engine("serial"))
    other = replace(study, plan=put(study.plan, run=put(study.plan.run, seed=9)))
    first = Gathering([study, other], Fixed(5)).run(where)
    monkeypatch.setattr(replications, "results", shuffled)
    assert Gathering([study, other], Fixed(5)).run(where) == first
    assert first[0] != first[1]


def test_a_killed_process_is_one_line_and_no_loss(
    tmp_path: Path, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "computed", _dies_at_5)
    with closing(Store(tmp_path / "kept.sqlite")) as store:
        where = Where(Engine("loky", 2), store)
        with pytest.raises(BadEngine, match="was killed"):
            Gathering([study], Fixed(8)).run(where)
        assert len(list(store.known(study.key))) >= 1
        monkeypatch.undo()
        assert len(Gathering([study], Fixed(8)).run(where)[0]) == 8


def _dies_at_5(task: Task, wanted: str) -> tuple[int, int, bytes]:
    if task.number == 5:
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGKILL)
    return computed(task, wanted)

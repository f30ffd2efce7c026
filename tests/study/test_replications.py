"""What a replication does, and that it does the same wherever it runs."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from study.reading import Study, read_study
from study.replication import Replication, Row, replicate

CLOUD = """\
[run]
replications = 6
seed = 3
horizon = "40s"
[cloud]
vms = 30
hypervisor = "Simulator"
state = "Stopped"
disks = "attached"
"""
EXACT = """\
[management]
first_tick = "1s"
cores = 1
[latency]
api = "constant(50ms)"
work = "constant(100ms)"
"""
LOAD = """\
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "5/s"
"""


def study_of(tmp_path: Path, text: str, *given: str) -> Study:
    file = tmp_path / "study.toml"
    file.write_text(text)
    return read_study(file, given)


def row_of(study: Study, number: int = 0) -> Row:
    return replicate(study, number).row


def burst(workflow: str, items: int) -> str:
    return (f'[[workload]]\nname = "b"\nworkflow = "{workflow}"\nexecutor = "iterations"\n'
            f"items = {items}\n")  # fmt: skip


@pytest.mark.parametrize(("items", "latency_s"), [(1, 1.1), (2, 1.2), (10, 2.0)])
def test_a_burst_shares_the_processor(tmp_path: Path, items: int, latency_s: float) -> None:
    """By hand: all are queued before the tick at 1 s, then each does 0.1 s of work at once."""
    row = row_of(study_of(tmp_path, CLOUD + EXACT + burst("detach", items)))
    assert row["b.done"] == items
    assert row["b.max_s"] == row["b.makespan_s"] == pytest.approx(latency_s)
    assert row["b.p50_s"] == pytest.approx(latency_s)


def test_two_ticks_serve_what_one_cannot(tmp_path: Path) -> None:
    given = "management.tick_batch=8"
    row = row_of(study_of(tmp_path, CLOUD + EXACT + burst("detach", 16), given))
    assert row["b.makespan_s"] == pytest.approx(1 + 2 + 0.8)


def test_what_nobody_is_free_for_is_dropped(tmp_path: Path) -> None:
    row = row_of(study_of(tmp_path, CLOUD + EXACT + burst("detach", 33)))
    assert (row["b.begun"], row["b.done"], row["b.dropped"]) == (33, 30, 3)


def test_a_root_is_replaced(tmp_path: Path) -> None:
    text = CLOUD.replace("Stopped", "Running").replace("Simulator", "KVM")
    run = Replication(study_of(tmp_path, text + burst("replace-root", 30)), 0)
    store = run.world.store
    old = {v.id for v in store.volumes.values() if v.type == "ROOT"}
    row = run.run().row
    assert (row["b.done"], row["b.failed"]) == (30, 0)
    new = [v for v in store.volumes.values() if v.type == "ROOT" and v.vm_id]
    assert len(new) == 30
    run.world.advance(1)
    assert old.isdisjoint(v.id for v in store.volumes.values() if v.state == "Ready")
    assert {v.state for v in store.vms.values() if v.kind == "User"} == {"Running"}


def test_sessions_go_on_until_all_is_done(tmp_path: Path) -> None:
    text = burst("churn", 8).replace("iterations", "sessions") + "sessions = 2\n"
    row = row_of(study_of(tmp_path, CLOUD + EXACT + text))
    assert row["b.done"] == 8
    assert row["b.makespan_s"] == pytest.approx(7.2, abs=0.05)  # four ticks: 1, 3, 5, 7


def test_a_trace_is_replayed(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"x": [[0.5, 9], [0.25, 9], [2.5, 9], [99, 9]]}')
    text = '[[workload]]\nname = "t"\nworkflow = "detach"\nexecutor = "trace"\nkey = "x"\n'
    row = row_of(study_of(tmp_path, CLOUD + EXACT + text + 'file = "t.json"\n'))
    assert row["t.done"] == 3  # the last one is after the horizon
    assert row["t.max_s"] == pytest.approx(1.2 - 0.25)
    assert row["t.makespan_s"] == pytest.approx(3.1)


def test_a_steady_run_forgets_its_warmup_and_stops(tmp_path: Path) -> None:
    whole = row_of(study_of(tmp_path, CLOUD + LOAD))
    given = ("run.kind=steady", "run.warmup=20s")
    half = row_of(study_of(tmp_path, CLOUD + LOAD, *given))
    assert whole["load.unfinished"] == 0
    assert 0 < int(half["load.unfinished"] or 0) < 30
    assert int(half["load.begun"] or 0) < int(whole["load.begun"] or 0) * 0.65


def test_replications_differ_and_begin_with_their_own_arrivals(tmp_path: Path) -> None:
    study = study_of(tmp_path, CLOUD + LOAD)
    rows: list[Row] = [row_of(study, n) for n in range(6)]
    assert len({row["load.mean_s"] for row in rows}) == 6
    assert len({row["load.begun"] for row in rows}) > 1
    assert row_of(study, 4) == rows[4]


def test_two_workloads_throw_their_own_dice(tmp_path: Path) -> None:
    """Which of equal targets a name is given shows in nothing but the dice behind it."""
    two = CLOUD + LOAD + LOAD.replace('"load"', '"other"')
    run = Replication(study_of(tmp_path, two), 0)
    one, other = run.sources
    assert [one.pace.next_s() for _ in range(9)] != [other.pace.next_s() for _ in range(9)]
    chosen = [[s.draws.job(n).of("choice").random() for n in range(9)] for s in (one, other)]
    assert chosen[0] != chosen[1]


def test_another_server_meets_the_same_load(tmp_path: Path) -> None:
    """Common random numbers: what is changed disturbs no other purpose's dice."""
    one, other = (
        [row_of(study_of(tmp_path, CLOUD + LOAD, given), n) for n in range(6)]
        for given in ("management.cores=0.25", "management.cores=64")
    )
    assert [r["load.begun"] for r in one] == [r["load.begun"] for r in other]
    slower = [float(a["load.mean_s"] or 0) - float(b["load.mean_s"] or 0)
              for a, b in zip(one, other, strict=True)]  # fmt: skip
    assert min(slower) > 0


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, ...]]:
    """Return what the command writes for several numbers of workers and hash seeds."""
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "study.toml").write_text(CLOUD + LOAD + burst("replace-root", 3))
    found = []
    for workers, hashes in (("1", "0"), ("2", "1"), ("3", "777")):
        out = folder / f"out{workers}"
        done = subprocess.run(
            [sys.executable, "-c", "from conformance.cli import main; main()", "study",
             str(folder / "study.toml"), "--workers", workers, "--json", "--out", str(out)],
            capture_output=True, check=False, env=os.environ | {"PYTHONHASHSEED": hashes},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert b"replication 6 of 6, 0 s left" in done.stderr
        files = [
            (out / name).read_bytes()
            for name in ("runs.csv", "summary.json", "report.html", "latency.png")
        ]
        found.append((done.stdout, *files))
    return found


def test_the_bytes_are_the_same_for_any_workers(outputs: list[tuple[bytes, ...]]) -> None:
    assert outputs[0] == outputs[1] == outputs[2]


def test_the_files_say_what_was_asked_for(outputs: list[tuple[bytes, ...]]) -> None:
    printed, runs, kept, *_ = outputs[0]
    assert printed == kept
    lines = runs.decode().splitlines()
    assert lines[0].startswith("replication,load.begun,load.done,")
    assert [line.partition(",")[0] for line in lines[1:]] == ["0", "1", "2", "3", "4", "5"]
    summary = json.loads(kept)
    found = summary["figures"]["load.p95_s"]
    assert (summary["seed"], summary["replications"], found["n"]) == (3, 6, 6)
    assert found["low"] < found["mean"] < found["high"]


def test_ctrl_c_keeps_what_was_finished(tmp_path: Path) -> None:
    """As a terminal sends it: to the workers too."""
    (tmp_path / "study.toml").write_text(CLOUD.replace("40s", "10min") + LOAD)
    run = subprocess.Popen(
        [sys.executable, "-c", "from conformance.cli import main; main()", "study",
         str(tmp_path / "study.toml"), "--set", "run.replications=300", "--workers", "2",
         "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert run.stderr is not None
    assert run.stderr.readline().startswith("replication 30 of 300")
    os.killpg(run.pid, signal.SIGINT)
    run.communicate(timeout=60)
    assert run.returncode == 130
    rows = (tmp_path / "out" / "runs.csv").read_text().splitlines()[1:]
    assert 30 - 4 <= len(rows) < 300  # those without a gap: what comes after one is only stored
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (summary["replications"], summary["asked"]) == (len(rows), 300)

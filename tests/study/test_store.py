"""Finished replications outlive the run that made them."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from study.engines import Engine
from study.reading import read_study
from study.replication import Outcome, replicate
from study.replications import Fixed, Gathering, Where
from study.store import BadStore, Store, encoded

STUDY = """\
[run]
replications = 20
seed = 3
horizon = "2min"
[cloud]
vms = 30
hypervisor = "Simulator"
state = "Stopped"
disks = "attached"
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "5/s"
"""
SHORT = STUDY.replace("2min", "5s").replace("= 20", "= 6")
MAIN = [sys.executable, "-c", "from conformance.cli import main; main()", "study"]


def rows_of(file: Path) -> int:
    with sqlite3.connect(file) as store:
        return int(store.execute("SELECT count(*) FROM outcome").fetchone()[0])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "study.toml"
    file.write_text(STUDY)
    return file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "kept.sqlite")) as store:
        yield store


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    (tmp_path / "study.toml").write_text(SHORT)
    return replicate(read_study(tmp_path / "study.toml"), 0)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_ended_goes_on_where_it_was(file: Path, how: signal.Signals) -> None:
    whole, ended = file.parent / "whole", file.parent / "ended"
    subprocess.run([*MAIN, str(file), "--out", str(whole)], capture_output=True, check=True)
    run = subprocess.Popen(
        [*MAIN, str(file), "--workers", "2", "--out", str(ended)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert run.stderr is not None
    assert run.stderr.readline().startswith("replication 2 of 20")
    os.killpg(run.pid, how)
    run.communicate(timeout=60)
    assert run.returncode == (-how if how == signal.SIGKILL else 130)
    kept = rows_of(ended / "results.sqlite")
    assert 2 <= kept < 20
    again = subprocess.run(
        [*MAIN, str(file), "--engine", "serial", "--out", str(ended)],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    told = [int(line.split()[1]) for line in again.stderr.splitlines()]
    assert min(told) > kept  # the kept ones were not done again
    for name in ("runs.csv", "summary.json", "report.html", "latency.png"):
        assert (ended / name).read_bytes() == (whole / name).read_bytes()


def test_what_is_kept_is_not_computed_again(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "study.toml"
    file.write_text(SHORT)
    study = read_study(file)
    told: list[tuple[int, int]] = []
    where = Where(Engine("serial"), store)
    first = Gathering([study], Fixed(6)).run(where, lambda done, most: told.append((done, most)))
    assert told == [(n, 6) for n in range(1, 7)]
    again = Gathering([study], Fixed(8)).run(where, lambda done, most: told.append((done, most)))
    assert told[6:] == [(7, 8), (8, 8)]
    assert again[0][:6] == first[0]
    assert Gathering([study], Fixed(3)).run(where)[0] == first[0][:3]


def test_the_key_is_what_the_figures_hang_on(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(SHORT)
    keys = [read_study(file, given).key for given in (
        (), ("run.replications=99",), ("run.seed=4",), ("workload.0.rate=6/s",), ("cloud.vms=31",),
    )]  # fmt: skip
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4
    (tmp_path / "other.toml").write_text(f"# another name\n{SHORT}")
    assert read_study(tmp_path / "other.toml").key == keys[0]


def test_another_program_has_other_results(
    store: Store, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("key", 0, encoded(outcome))
    assert list(store.known("key")) == [(0, outcome)]
    assert list(store.known("other")) == []
    monkeypatch.setattr("study.store.model", lambda: "newer sources")
    assert list(store.known("key")) == []


def test_a_damaged_row_is_no_result(store: Store, outcome: Outcome) -> None:
    store.put("key", 0, encoded(outcome)[:-1])
    store.put("key", 1, encoded(outcome))
    assert list(store.known("key")) == [(1, outcome)]


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no database at all" * 99)
    with pytest.raises(BadStore, match=r"notes.txt: file is not a database"):
        Store(other)
    assert other.read_text() == "no database at all" * 99
    (tmp_path / "study.toml").write_text(SHORT)
    done = subprocess.run(
        [*MAIN, str(tmp_path / "study.toml"), "--store", str(other)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"--store {other}: file is not a database\n"

"""The line of one lane: its share of the calls, with the keys that it was handed."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conformance.plugin import line_of
from conformance.reached import NAME
from conformance.target_file import Budget
from conformance.targets import Target


def config(file: Path, **more: Any) -> Any:
    options = {"--target": "lab", "--targets": [file]}
    manager = SimpleNamespace(get_plugin=lambda _: None)
    return SimpleNamespace(pluginmanager=manager, getoption=options.get, **more)


@pytest.mark.parametrize(("lanes", "pace"), [(1, 90), (3, 30)])
def test_lanes_share_a_pace(tmp_path: Path, lanes: int, pace: float) -> None:
    file = tmp_path / "targets.toml"
    file.write_text('[target.lab]\nurl = "http://h"\ncalls_per_minute = 90\n')
    handed = {"workercount": lanes, NAME: ["k", "s", "", ["disruptive"]]}
    line = line_of(config(file, workerinput=handed))
    assert line is not None
    assert line.target.pace_per_minute == pace
    assert (line.target.key, line.target.allow) == ("k", frozenset({"disruptive"}))


def test_without_lanes_one_has_all(tmp_path: Path) -> None:
    file = tmp_path / "targets.toml"
    file.write_text('[target.lab]\nurl = "http://h"\ncalls_per_minute = 90\n')
    line = line_of(config(file))
    assert line is not None
    assert line.target.pace_per_minute == 90


def test_the_budget_is_shared_as_well() -> None:
    slow = Target("t", "http://h", calls_per_minute=90, budget=Budget(calls_per_minute=60))
    assert [slow.shared(n).pace_per_minute for n in (1, 3)] == [60, 20]
    assert Target("t", "http://h").shared(3).pace_per_minute is None

"""Whole studies against exact results: from the lines of a file to its intervals."""

from math import exp, fsum
from pathlib import Path

import pytest
from exact import bulk_wait

from study.figures import summed_up
from study.reading import read_study
from study.replication import replicate

RUNS, TICK_S, API_S, WORK_S = 10, 2.0, 0.05, 0.12
QUIET = 500
"""Jobs of a quiet run on average."""
PLAN = """
[run]
kind = "steady"
seed = 1
horizon = "{horizon_s}s"
warmup = "60s"
[cloud]
vms = {vms}
state = "Stopped"
disks = "attached"
[latency]
api = "{api}"
work = "{work}"
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "{per_s}/s"
"""


CONSTANT = {"api": "constant(50ms)", "work": "constant(120ms)"}
DRAWN = {"api": "exponential(50ms)", "work": "lognormal(120ms, 0.8)"}
WORK_SKEW = exp(0.8**2 / 2)
"""Mean by median of a log-normal of sigma 0.8."""


def figures(folder: Path, name: str, **values: float | str) -> dict[str, float]:
    """Return the interval of a figure of a study with these *values*."""
    file = folder / "study.toml"
    file.write_text(PLAN.format(**values))
    study = read_study(file)
    rows = [replicate(study, number).row for number in range(RUNS)]
    assert not fsum(
        float(row["load.failed"] or 0) + float(row["load.dropped"] or 0) for row in rows
    )
    return summed_up([float(row[f"load.{name}"] or 0) for row in rows])


@pytest.mark.parametrize(("name", "share"), [("mean_s", 0.5), ("p50_s", 0.5), ("p95_s", 0.95)])
def test_a_quiet_cloud_takes_the_steps_and_an_even_wait(
    name: str, share: float, tmp_path: Path
) -> None:
    found = figures(tmp_path, name, horizon_s=1060, per_s=0.5, vms=40, **CONSTANT)
    of_all = (share * (QUIET - 1) + 1) / (QUIET + 1)  # where that share of so many even waits is

    assert found["low"] <= API_S + of_all * TICK_S + WORK_S <= found["high"], found


def test_what_is_drawn_has_its_mean(tmp_path: Path) -> None:
    found = figures(tmp_path, "mean_s", horizon_s=1060, per_s=0.5, vms=40, **DRAWN)

    assert found["low"] <= API_S + TICK_S / 2 + WORK_S * WORK_SKEW <= found["high"], found


def test_a_busy_dispatcher_is_the_bulk_queue(tmp_path: Path) -> None:
    found = figures(tmp_path, "mean_s", horizon_s=160, per_s=22.5, vms=300, **CONSTANT)

    assert found["low"] <= API_S + bulk_wait(22.5, TICK_S, 50) + WORK_S <= found["high"], found
    assert found["low"] > API_S + TICK_S / 2 + WORK_S

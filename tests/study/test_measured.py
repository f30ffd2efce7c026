"""Predictions against what a real server took (the example studies)."""

from pathlib import Path
from typing import Any

import pytest

from study.reading import read_study
from study.replication import replicate
from study.report import summary_of

STUDIES = Path(__file__).parent.parent.parent / "examples" / "studies"
SWAP_S = 48.92
"""36 ROOTs by six workers."""
WITHIN = 0.10


def summary(name: str, *given: str) -> dict[str, Any]:
    study = read_study(STUDIES / name, given)
    rows = [replicate(study, n).row for n in range(study.plan.run.replications)]
    assert all(not row[key] for row in rows for key in row if key.endswith(("failed", "dropped")))
    return summary_of(study, rows)


def errors(found: dict[str, Any]) -> dict[str, float]:
    return {
        f"{load} {key}": one["error"]
        for load, figures in found["measured"].items()
        for key, one in figures.items()
    }


def test_the_measured_loads_take_as_long_here() -> None:
    found = errors(summary("measured.toml"))
    assert len(found) == 9
    assert {k: v for k, v in found.items() if abs(v) > WITHIN} == {}


def test_it_is_the_processors_that_a_burst_waits_for() -> None:
    found = errors(summary("measured.toml", "management.cores=1000", "run.replications=5"))
    assert found["attach p50_s"] < -0.5
    assert abs(found["poisson p50_s"]) < WITHIN  # four a second leave them idle


def test_a_mass_replacement_nobody_fitted_takes_as_long_here() -> None:
    found = summary("root-swap.toml")["figures"]["swap.makespan_s"]
    assert found["mean"] == pytest.approx(SWAP_S, rel=WITHIN)

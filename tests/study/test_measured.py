"""Predictions against what a real server took (the example studies)."""

import json
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
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


UNSEEN = {  # fitted on the two other loads, by benchmarks/fit_measured.py
    "attach": ("60.4ms, 0.63", "6.9ms", "16.3ms"),
    "detach": ("62.7ms, 0.77", "9.1ms", "13.1ms"),
    "poisson": ("63.1ms, 0.79", "8.0ms", "12.1ms"),
}


@pytest.mark.parametrize("load", UNSEEN)
def test_a_load_is_predicted_from_the_two_others(load: str) -> None:
    api, work, pickup = UNSEEN[load]
    given = (
        f"latency.api=lognormal({api})",
        f"latency.work=lognormal({work}, 0.4)",
        f"latency.pickup=lognormal({pickup}, 0.4)",
    )
    found = errors(summary("measured.toml", *given))
    # of the bursts, the last ones of the attaches waited for something that nothing here is like
    most = {"attach p95_s": 0.13}
    own = {k: v for k, v in found.items() if k.startswith(load)}
    assert len(own) == 3
    assert {k: v for k, v in own.items() if abs(v) > most.get(k, WITHIN)} == {}


def other_rates(folder: Path, size: int, rate: float) -> dict[str, float]:
    arrivals, burst = Random(3), [0.0016 * n for n in range(64)]
    burst += [burst[-1] + 0.025 * n for n in range(1, 97)]
    loads = {
        "burst_160_attach": burst[:size],
        "burst_160_detach": burst[:size],
        "poisson_4_per_s": [*accumulate(arrivals.expovariate(rate) for _ in range(int(60 * rate)))],
    }
    file = folder / "loads.json"
    file.write_text(json.dumps(loads))
    given = [f"workload.{n}.file={file}" for n in range(3)]
    found = summary("measured.toml", *given, "run.replications=12")["figures"]
    return {name: found[name]["mean"] for name in found}


def test_at_other_rates_nothing_jumps(tmp_path: Path) -> None:
    sizes = (20, 40, 80, 160)
    found = [other_rates(tmp_path, *at) for at in zip(sizes, (1, 2, 4, 8), strict=True)]
    for load in ("attach", "detach"):
        ends_s = [one[f"{load}.makespan_s"] for one in found]
        assert ends_s == sorted(ends_s)
        assert all(b < 2.2 * a for a, b in pairwise(ends_s))
        assert 1 < ends_s[0] < 3  # a wait for the tick, and little else
    middles_s = [one["poisson.p50_s"] for one in found]
    assert all(1.0 < s < 1.4 for s in middles_s)
    assert all(1.9 < one["poisson.p95_s"] < 2.3 for one in found)

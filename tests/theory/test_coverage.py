"""A 95 % interval over replications covers the truth 95 times in 100; one within a run does not.

The runs are M/M/1 by Lindley's recursion, thousands side by side. Student's interval wants runs
that are long beside their memory: at load 0.8, whose memory is a hundred customers, runs of 2,500
are still skewed and cover 93 times.
"""

from collections.abc import Iterable
from math import sqrt
from typing import Any

import numpy as np
import pytest
from exact import erlang_c_wait

from study.figures import Tally, summed_up

EXPERIMENTS, COUNTED, SKIPPED = 1000, 2500, 300
NORMAL = 1.959964


def waits(load: float, runs: int, seed: int) -> np.ndarray:
    """Return the waits of COUNTED customers in each of so many runs, the first ones skipped."""
    dice = np.random.default_rng(seed)
    waits_s, found = np.zeros(runs), np.empty((COUNTED, runs))
    for n in range(-SKIPPED, COUNTED):
        if n >= 0:
            found[n] = waits_s
        gained_s = dice.exponential(1, runs) - dice.exponential(1 / load, runs)
        waits_s = np.maximum(0, waits_s + gained_s)
    return found


def covered(load: float, intervals: Iterable[tuple[Any, Any]]) -> float:
    """Return the share of *intervals* (low, high) that the exact wait lies in."""
    exact_s = erlang_c_wait(load, 1, 1)
    return sum(bool(low <= exact_s <= high) for low, high in intervals) / EXPERIMENTS


@pytest.mark.parametrize("replications", [5, 10])
def test_intervals_over_replications_cover_as_often_as_they_say(replications: int) -> None:
    means = waits(0.5, EXPERIMENTS * replications, replications).mean(axis=0)
    found = [summed_up(values) for values in means.reshape(EXPERIMENTS, -1).tolist()]

    assert 0.935 <= covered(0.5, [(each["low"], each["high"]) for each in found]) <= 0.965


def test_an_interval_within_one_run_would_cover_a_third_of_the_time_at_most() -> None:
    runs = waits(0.8, EXPERIMENTS, 3)
    means, halves = runs.mean(axis=0), NORMAL * runs.std(axis=0, ddof=1) / sqrt(COUNTED)

    assert covered(0.8, zip(means - halves, means + halves, strict=True)) < 0.34


def test_no_interval_within_one_run_is_offered() -> None:
    tally = Tally()
    for n, wait_s in enumerate(waits(0.8, 1, 4)[:, 0].tolist()):
        tally.begun += 1
        tally.add(float(n), wait_s)
    figures = tally.figures()
    alone = summed_up([float(figures["mean_s"] or 0)])

    assert figures["done"] == COUNTED
    assert not [name for name in figures if "low" in name or "high" in name or "half" in name]
    assert (alone["low"], alone["high"]) == (None, None)

"""Percentiles and intervals."""

from math import sqrt
from random import Random

import pytest

from study.figures import Tally, percentile, student_t, summed_up

TABLE = {1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 5: 2.5706, 9: 2.2622, 30: 2.0423, 199: 1.972}
"""Two-sided 95 % quantiles as every book prints them."""


@pytest.mark.parametrize(("freedom", "quantile"), TABLE.items())
def test_student_t_is_the_books(freedom: int, quantile: float) -> None:
    assert round(student_t(freedom), 4) == quantile


def test_a_percentile_lies_between_neighbours() -> None:
    assert percentile([1.0, 2.0, 4.0], 0.5) == 2.0
    assert percentile([1.0, 2.0, 4.0], 0.75) == 3.0
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([], 0.5) is None


def test_there_is_no_interval_below_five_replications() -> None:
    few, enough = summed_up([1.0, 2.0, 3.0, 4.0]), summed_up([1.0, 2.0, 3.0, 4.0, 5.0])
    assert (few["low"], few["high"], few["min"], few["max"]) == (None, None, 1.0, 4.0)
    half = 2.7764451 * sqrt(2.5 / 5)
    assert enough["low"] == pytest.approx(3 - half)
    assert enough["high"] == pytest.approx(3 + half)


def test_an_interval_covers_the_truth_as_often_as_it_says() -> None:
    dice = Random("coverage")
    covered = 0
    for _ in range(2000):
        found = summed_up([dice.gauss(10, 3) for _ in range(5)])
        covered += found["low"] <= 10 <= found["high"]
    assert 0.935 <= covered / 2000 <= 0.965


def test_a_tally_counts_what_became_of_everything() -> None:
    tally = Tally()
    tally.begun, tally.dropped = 5, 1
    tally.add(0.0, 2.0)
    tally.add(9.0, 4.0)
    tally.add(20.0, 5.0, "530 restart")
    found = tally.figures()
    assert [found[k] for k in ("done", "failed", "dropped", "unfinished")] == [2, 1, 1, 1]
    assert [found[k] for k in ("mean_s", "p50_s", "max_s", "makespan_s")] == [3.0, 3.0, 4.0, 25.0]
    assert tally.failures == {"530 restart": 1}

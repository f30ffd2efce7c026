"""Numbers drawn by place are as good as numbers drawn in a row: even, and each on its own."""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import exp, sqrt

import numpy as np
import pytest
from scipy.special import chdtrc

from simulator.engine.draws import Draws, Stream
from simulator.engine.latency import Latency, exponential, lognormal

COUNT, BINS, SIDE = 20_000, 100, 20
SEEDS = (0, 1, 2**64 - 1)
Place = Callable[[Draws, int], float]


def first(draws: Draws, n: int) -> float:
    """Return what workflow *n* draws first."""
    return draws.job(n).of("api").random()


def next_workflow(draws: Draws, n: int) -> float:
    """Return what the workflow after it draws first."""
    return first(draws, n + 1)


def next_job(draws: Draws, n: int) -> float:
    """Return what its second job draws first."""
    return draws.job(n, 1).of("api").random()


def other_step(draws: Draws, n: int) -> float:
    """Return what it draws first for another step."""
    return draws.job(n).of("work").random()


def again(draws: Draws, n: int) -> float:
    """Return what it draws next for the same step."""
    job = draws.job(n)
    job.of("api")
    return job.of("api").random()


def in_a_row(draws: Draws, n: int) -> float:
    """Return the second number of one draw, as of a distribution that takes two."""
    stream = draws.job(n).of("api")
    stream.random()
    return stream.random()


def other_seed(draws: Draws, n: int) -> float:
    """Return what the same workflow draws under the next seed."""
    return first(Draws(Stream(), draws._key + 1), n)


PLACES: Sequence[Place] = (first, next_workflow, next_job, other_step, again, in_a_row, other_seed)


def numbers(place: Place, seed: int) -> np.ndarray:
    """Return what so many workflows draw at *place*."""
    draws = Draws(Stream(), seed)
    return np.array([place(draws, n) for n in range(COUNT)])


def chance(counts: np.ndarray) -> float:
    """Return how often even numbers would spread as unevenly as *counts* or more so."""
    expected = COUNT / counts.size
    return float(chdtrc(counts.size - 1, ((counts - expected) ** 2 / expected).sum()))


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_even_and_independent_of_their_neighbours(seed: int) -> None:
    drawn = {place.__name__: numbers(place, seed) for place in PLACES}
    chances = {name: chance(np.histogram(one, BINS, (0, 1))[0]) for name, one in drawn.items()}
    for (name, one), (other_name, other) in combinations(drawn.items(), 2):
        pairs = np.histogram2d(one, other, SIDE, ((0, 1), (0, 1)))[0]
        chances[f"{name}, {other_name}"] = chance(pairs)

    assert min(chances.values()) > 1e-4, chances
    assert max(chances.values()) < 1 - 1e-4, chances


@pytest.mark.parametrize(
    ("latency", "mean", "deviation"),
    [
        (exponential(2.0), 2.0, 2.0),
        (lognormal(1.0, 0.5), exp(0.125), exp(0.125) * sqrt(exp(0.25) - 1)),
    ],
)
def test_latencies_have_the_moments_of_their_distribution(
    latency: Latency, mean: float, deviation: float
) -> None:
    draws = Draws(Stream(), 1)
    drawn_s = np.array([latency(draws.job(n).of("work")) for n in range(COUNT)])

    assert abs(drawn_s.mean() - mean) < 4 * deviation / sqrt(COUNT)
    assert drawn_s.std() == pytest.approx(deviation, rel=0.05)

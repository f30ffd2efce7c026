"""Processor sharing, each user at most one processor."""

from collections.abc import Generator

import pytest
from simpy import Environment, Event

from simulator.engine.slots import Shared


def ends(cores: float, jobs: list[tuple[float, float]]) -> list[float]:
    """Return when each of *jobs* (begin, amount) ends."""
    env = Environment()
    shared, found = Shared(env, cores, 1.0), [0.0] * len(jobs)

    def run(n: int, at_s: float, amount: float) -> Generator[Event, None, None]:
        yield env.timeout(at_s)
        yield shared.take(amount)
        found[n] = env.now

    for n, job in enumerate(jobs):
        env.process(run(n, *job))
    env.run()
    return found


CASES = [
    (2, [(0, 1)], [1]),  # one job has one processor, not two
    (2, [(0, 1), (0, 1)], [1, 1]),
    (2, [(0, 1)] * 4, [2] * 4),
    (1, [(0, 1), (0, 2)], [2, 3]),  # the longer one has the processor to itself at the end
    (1, [(0, 2), (1, 1)], [3, 3]),
    (0.5, [(0, 1)], [2]),
]


@pytest.mark.parametrize(("cores", "jobs", "expected"), CASES)
def test_all_get_equal_shares_and_none_more_than_one(
    cores: float, jobs: list[tuple[float, float]], expected: list[float]
) -> None:
    assert ends(cores, jobs) == pytest.approx(expected)

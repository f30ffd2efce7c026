"""What holds for Slots and Shared under any arrivals: order, bounds, conservation, monotony."""

from collections.abc import Callable, Sequence
from functools import partial
from heapq import heapreplace
from itertools import pairwise
from math import fsum, inf
from typing import NamedTuple

import pytest
from fixed import FIXED
from hypothesis import given
from hypothesis import strategies as st
from simpy import Event
from simpy.events import Timeout

from simulator.engine.clock import Clock
from simulator.engine.slots import Shared, Slots

seconds = st.floats(0.001, 100)
customers = st.lists(st.tuples(st.floats(0, 100), seconds), min_size=1, max_size=40)
"""When each comes and what it asks for."""
Customers = Sequence[tuple[float, float]]


class Run(NamedTuple):
    """When each customer began and ended, how many were ever served at once, what is left."""

    begun_s: list[float]
    ended_s: list[float]
    most: int
    left: int


def on_slots(asked: Customers, capacity: int) -> Run:
    """Serve *asked* with Slots."""
    clock = Clock()
    pool, run = Slots(clock, capacity), Run([inf] * len(asked), [inf] * len(asked), 0, 0)
    most = 0

    def serve(n: int, _: Event | None = None) -> None:
        nonlocal most
        most = max(most, pool.busy)
        run.begun_s[n] = clock.now
        Timeout(clock, asked[n][1]).callbacks.append(partial(leave, n))

    def leave(n: int, _: Event) -> None:
        run.ended_s[n] = clock.now
        pool.drop()

    def come(n: int, _: Event) -> None:
        granted = pool.grab()
        if granted is None:
            serve(n)
        else:
            granted.callbacks.append(partial(serve, n))

    _let_come(clock, asked, come)
    return run._replace(most=most, left=pool.busy + len(pool.waiting))


def on_shared(asked: Customers, per_s: float, most_per_s: float = inf) -> list[float]:
    """Return when each of *asked* has what it asked for from a Shared."""
    clock, ended_s = Clock(), [inf] * len(asked)
    pool = Shared(clock, per_s, most_per_s)

    def end(n: int, _: Event) -> None:
        ended_s[n] = clock.now

    def come(n: int, _: Event) -> None:
        pool.take(asked[n][1]).callbacks.append(partial(end, n))

    _let_come(clock, asked, come)
    return ended_s


def _let_come(clock: Clock, asked: Customers, come: Callable[[int, Event], None]) -> None:
    for n, (at_s, _) in enumerate(asked):
        Timeout(clock, at_s).callbacks.append(partial(come, n))
    clock.run()


def arrivals_order(asked: Customers) -> list[int]:
    """Return the customers' numbers in the order in which they come."""
    return sorted(range(len(asked)), key=lambda n: (asked[n][0], n))


def by_recursion(asked: Customers, capacity: int) -> list[float]:
    """Return when each begins, by who is free first: Kiefer and Wolfowitz, no events."""
    free_s, begun_s = [0.0] * capacity, [inf] * len(asked)
    for n in arrivals_order(asked):
        begun_s[n] = max(asked[n][0], free_s[0])
        heapreplace(free_s, begun_s[n] + asked[n][1])
    return begun_s


def by_retiming(asked: Customers, per_s: float, most_per_s: float) -> list[float]:
    """Return when each ends where all are timed anew at every change: slow and plain."""
    left: dict[int, float] = {}
    ended_s, now_s = [inf] * len(asked), 0.0
    coming = arrivals_order(asked)[::-1]
    while coming or left:
        each = min(most_per_s, per_s / len(left)) if left else 0.0
        first = min(left, key=lambda n: left[n], default=None)
        end_s = inf if first is None else now_s + left[first] / each
        next_s = min(end_s, asked[coming[-1]][0] if coming else inf)
        for n in left:
            left[n] -= (next_s - now_s) * each
        now_s = next_s
        if first is not None and now_s == end_s:
            del left[first]
            ended_s[first] = now_s
        else:
            n = coming.pop()
            left[n] = asked[n][1]
    return ended_s


@FIXED
@given(customers, st.integers(1, 6))
def test_slots_serve_in_turn_as_the_recursion_says(asked: Customers, capacity: int) -> None:
    run = on_slots(asked, capacity)

    assert run.begun_s == by_recursion(asked, capacity)
    assert [run.begun_s[n] for n in arrivals_order(asked)] == sorted(run.begun_s)


@FIXED
@given(customers, st.integers(1, 6))
def test_slots_are_never_more_than_there_are_and_all_come_back(
    asked: Customers, capacity: int
) -> None:
    run = on_slots(asked, capacity)

    assert 1 <= run.most <= capacity
    assert run.left == 0
    assert inf not in run.ended_s


@FIXED
@given(customers, st.integers(1, 6), st.floats(0.1, 1))
def test_faster_or_more_slots_are_later_for_nobody(
    asked: Customers, capacity: int, factor: float
) -> None:
    ended_s = on_slots(asked, capacity).ended_s
    faster = [(at_s, took_s * factor) for at_s, took_s in asked]

    for better in (on_slots(faster, capacity), on_slots(asked, capacity + 1)):
        assert all(a <= b for a, b in zip(better.ended_s, ended_s, strict=True))


@FIXED
@given(customers, st.integers(1, 6))
def test_twice_as_slow_a_world_takes_twice_as_long(asked: Customers, capacity: int) -> None:
    slow = [(2 * at_s, 2 * took_s) for at_s, took_s in asked]

    assert on_slots(slow, capacity).ended_s == [2 * s for s in on_slots(asked, capacity).ended_s]
    assert on_shared(slow, 1.0) == [2 * end_s for end_s in on_shared(asked, 1.0)]


@FIXED
@given(customers, st.floats(0.5, 8), st.sampled_from([0.5, 1.0, inf]))
def test_shares_are_those_of_timing_all_anew(
    asked: Customers, per_s: float, most_per_s: float
) -> None:
    assert on_shared(asked, per_s, most_per_s) == pytest.approx(
        by_retiming(asked, per_s, most_per_s), rel=1e-9, abs=1e-6
    )


@FIXED
@given(customers, st.floats(0.5, 8))
def test_shared_bandwidth_is_neither_lost_nor_made(asked: Customers, per_s: float) -> None:
    ended_s = on_shared(asked, per_s)
    edges = sorted({*ended_s, *(at_s for at_s, _ in asked)})
    busy_s = fsum(
        b - a
        for a, b in pairwise(edges)
        if any(at_s <= a and b <= end for (at_s, _), end in zip(asked, ended_s, strict=True))
    )

    assert busy_s * per_s == pytest.approx(fsum(amount for _, amount in asked), rel=1e-6)


@FIXED
@given(customers, st.floats(0.5, 8))
def test_twice_the_bandwidth_for_twice_the_copies_is_the_same(
    asked: Customers, per_s: float
) -> None:
    double = [(at_s, 2 * amount) for at_s, amount in asked]

    assert on_shared(double, 2 * per_s) == on_shared(asked, per_s)
    more = on_shared(asked, 2 * per_s)
    assert all(a <= b + 1e-9 for a, b in zip(more, on_shared(asked, per_s), strict=True))

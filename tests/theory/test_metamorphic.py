"""What a change of the whole control plane's input must do to what comes out of it."""

from dataclasses import replace
from math import floor, isfinite
from random import Random

import pytest
from fixed import FIXED
from hypothesis import given
from hypothesis import strategies as st
from jobs import HOSTS, Lab
from loads import ROOT_SWAP, Driver, Load, poisson, swaps

from simulator.engine.latency import Capacities, Timings, constant, scaled

VMS = 80
TICK_S = 2.0
FEW = st.builds(
    Capacities,
    api_threads=st.integers(1, 40), work_threads=st.integers(1, 20),
    tick_batch=st.integers(1, 30), kvm_agent_workers=st.integers(1, 3),
)  # fmt: skip
SESSIONS = st.builds(
    lambda count, sessions: Load(VMS, swaps(VMS, count), sessions=sessions),
    st.integers(5, VMS), st.integers(1, 40),
)  # fmt: skip
ARRIVALS = st.builds(
    lambda count, span_s: Load(VMS, swaps(VMS, count), poisson(count, span_s)),
    st.integers(5, VMS), st.floats(1, 200),
)  # fmt: skip
LOADS = SESSIONS | ARRIVALS
HAND = {"api": 0.25, "work": 0.5, "plan": 0.375}
COMMANDS = {"StopCommand": 1.5, "StartCommand": 2.75, "RebootCommand": 4.125}
LATER_S = {"stop": 0.5 + 1.5, "detach": 0.5, "attach": 0.5, "start": 2.75, "reboot": 4.125}
"""What each job takes from its tick on."""


def even(factor: float = 1.0) -> Timings:
    """Return constant latencies, each HAND and COMMANDS times *factor*."""
    steps = {name: constant(took_s * factor) for name, took_s in HAND.items()}
    commands = {name: constant(took_s * factor) for name, took_s in COMMANDS.items()}
    return Timings(**steps, commands=commands)


def slowed(factor: float) -> Timings:
    """Return the default latencies times *factor*."""
    usual = Timings()
    steps = {name: scaled(getattr(usual, name), factor) for name in HAND}
    commands = {name: scaled(took, factor) for name, took in usual.commands.items()}
    return Timings(**steps, commands=commands)


def took(
    load: Load, timings: Timings | None = None, size: Capacities | None = None, start_s: float = 0.0
) -> list[list[float]]:
    """Return the latencies of every workflow of *load*, begun at *start_s*."""
    lab = Lab(load.vms, 1, timings, size)
    lab.world.env.reach(start_s)
    driver = Driver(load, lab)
    driver.run()
    lab.check(load.jobs)
    return driver.took_s


@FIXED
@given(st.floats(0, 1000))
def test_a_job_alone_takes_what_a_hand_computes(at_s: float) -> None:
    kinds = ("reboot", *ROOT_SWAP, "reboot")
    load = Load(1, ((0, kinds),), (at_s,))

    now_s, expected = at_s, []
    for kind in kinds:
        queued_s = now_s + HAND["api"] + (HAND["plan"] if kind == "start" else 0)
        end_s = (floor(queued_s / TICK_S) + 1) * TICK_S + LATER_S[kind]
        expected.append(end_s - now_s)
        now_s = end_s

    assert took(load, even()) == [pytest.approx(expected, abs=1e-9)]


@FIXED
@given(LOADS, FEW)
def test_a_world_that_is_twice_as_slow_takes_twice_as_long(load: Load, size: Capacities) -> None:
    slow_load = load._replace(arrivals_s=tuple(2 * at_s for at_s in load.arrivals_s))
    slow_size = replace(size, tick_s=2 * TICK_S)

    doubled = [[2 * took_s for took_s in each] for each in took(load, slowed(1), size)]
    assert took(slow_load, slowed(2), slow_size) == doubled


@FIXED
@given(LOADS, FEW, st.randoms(use_true_random=False))
def test_names_of_hosts_and_vms_do_not_matter(load: Load, size: Capacities, dice: Random) -> None:
    hosts = dice.sample(range(HOSTS), VMS)
    vms = [host + HOSTS * dice.randrange(2) for host in hosts]
    renamed = load._replace(
        vms=2 * HOSTS, workflows=tuple((vms[vm], kinds) for vm, kinds in load.workflows)
    )

    assert took(renamed, size=size) == took(load, size=size)


@FIXED
@given(LOADS, FEW, st.integers(1, 1000))
def test_whole_ticks_later_is_the_same_later(load: Load, size: Capacities, ticks: int) -> None:
    delay_s = ticks * TICK_S
    late = load._replace(arrivals_s=tuple(at_s + delay_s for at_s in load.arrivals_s))
    begun_s = 0.0 if load.arrivals_s else delay_s

    now, then = took(load, size=size), took(late, size=size, start_s=begun_s)
    assert then == [pytest.approx(each, abs=1e-6) for each in now]


@FIXED
@given(st.integers(5, VMS), FEW, st.integers(1, 20), st.integers(1, 20))
def test_more_threads_make_a_burst_of_equal_jobs_no_longer(
    count: int, size: Capacities, api: int, work: int
) -> None:
    load = Load(VMS, tuple((n, ("reboot",)) for n in range(count)), sessions=count)
    more = replace(
        size,
        api_threads=size.api_threads + api,
        work_threads=size.work_threads + work,
        tick_batch=size.tick_batch + 5,
    )

    few_s, more_s = took(load, even(), size), took(load, even(), more)
    assert all(a <= b for a, b in zip(sorted(more_s), sorted(few_s), strict=True))
    faster_s = took(load, even(0.5), size)
    assert all(a <= b for a, b in zip(sorted(faster_s), sorted(few_s), strict=True))


@FIXED
@given(LOADS, FEW, st.integers(0, 400))
def test_flow_is_conserved_and_no_pool_gives_more_than_it_has(
    load: Load, size: Capacities, events: int
) -> None:
    lab = WatchedLab(load.vms, 1, None, size)
    lab.watched = events
    Driver(load, lab).run()

    world, queue = lab.world, lab.world.queue
    lab.check(load.jobs)
    assert (len(lab.jobs.running), world.api.busy, queue.work.busy, queue.waiting()) == (0,) * 4
    assert all(slots.busy == 0 for pair in world._agents.values() for slots in pair if slots)


class WatchedLab(Lab):
    """Looks at its world after each of the first *watched* events."""

    watched = 0

    def run(self) -> None:
        """Run to the end."""
        for _ in range(self.watched):
            if isfinite(self.world.env.peek()):
                self.world.env.step()
                self.look()
        super().run()

    def look(self) -> None:
        """Fail if anything is lost, or there is more of it than there can be."""
        world, jobs = self.world, self.jobs
        ended = sum(job.status != 0 for job in jobs.all.values())
        assert ended + len(jobs.running) == len(jobs.all)
        assert len(jobs.running) == world.api.busy + len(world.api.waiting)
        assert 0 <= world.api.busy <= world.capacities.api_threads
        queue, work = world.queue, world.queue.work
        assert len(queue._busy) == work.busy + len(work.waiting)
        assert 0 <= work.busy <= world.capacities.work_threads
        assert len(queue._busy) + queue.waiting() <= world.api.busy
        for workers, device in world._agents.values():
            assert 0 <= workers.busy <= world.capacities.kvm_agent_workers
            assert device is not None
            assert device.busy <= min(1, workers.busy)

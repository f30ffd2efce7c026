"""Models that theory has the answer to, made of the product's own clock, slots and queues.

Each returns the figure of one run: what happens while it fills up is not counted.
"""

from collections.abc import Callable
from math import exp, fsum
from random import Random

from simpy import Event
from simpy.events import Timeout

from simulator.engine.clock import Clock
from simulator.engine.jobs import Job, Jobs
from simulator.engine.latency import Capacities, Latency, Timings, exponential, lognormal
from simulator.engine.queue import Turn, WorkQueue
from simulator.engine.slots import Shared, Slots
from simulator.engine.world import Flow, World

Dice = Callable[[str], Random]
"""Returns the stream of random numbers of one purpose."""


def lognormal_of_mean(mean_s: float, sigma: float) -> Latency:
    """Return the product's log-normal latency with a given mean."""
    return lognormal(mean_s * exp(-sigma * sigma / 2), sigma)


class Arrivals:
    """Poisson arrivals number 0 to *last*, each told to *then* when it is there."""

    def __init__(
        self, clock: Clock, per_s: float, last: int, dice: Dice, then: Callable[[int], None]
    ) -> None:
        self._clock, self._last, self._then = clock, last, then
        self._gap, self._dice = exponential(1 / per_s), dice("arrivals")
        self._number = 0
        Timeout(clock, self._gap(self._dice)).callbacks.append(self._arrive)

    def _arrive(self, _: Event) -> None:
        number = self._number
        self._number += 1
        if number < self._last:
            Timeout(self._clock, self._gap(self._dice)).callbacks.append(self._arrive)
        self._then(number)


def queue_wait(
    per_s: float, service: Latency, servers: int, size: tuple[int, int], dice: Dice
) -> float:
    """Return the mean wait for one of *servers* Slots, after the first of *size* customers."""
    clock, (skipped, counted), rolls = Clock(), size, dice("service")
    pool, waits_s = Slots(clock, servers), []

    def come(number: int) -> None:
        begun_s, granted = clock.now, pool.grab()

        def serve(_: Event | None = None) -> None:
            if number >= skipped:
                waits_s.append(clock.now - begun_s)
            Timeout(clock, service(rolls)).callbacks.append(lambda _: pool.drop())

        if granted is None:
            serve()
        else:
            granted.callbacks.append(serve)

    Arrivals(clock, per_s, skipped + counted - 1, dice, come)
    clock.run()
    return fsum(waits_s) / counted


def shared_stay(
    per_s: float, service: Latency, servers: float, size: tuple[int, int], dice: Dice
) -> float:
    """Return the mean stay where *servers* are Shared, each customer one at most."""
    clock, (skipped, counted), rolls = Clock(), size, dice("service")
    pool, stays_s = Shared(clock, servers, 1.0), []

    def come(number: int) -> None:
        begun_s = clock.now

        def leave(_: Event) -> None:
            if number >= skipped:
                stays_s.append(clock.now - begun_s)

        pool.take(service(rolls)).callbacks.append(leave)

    Arrivals(clock, per_s, skipped + counted - 1, dice, come)
    clock.run()
    return fsum(stays_s) / counted


def closed_throughput(
    users: int, think_s: float, demands_s: tuple[float, ...], size: tuple[int, int], dice: Dice
) -> float:
    """Return the rounds a second of *users* through exponential FIFO stations.

    *size* is the seconds that are not counted and those that are.
    """
    clock, (skipped_s, counted_s), rounds = Clock(), size, 0
    stations = [(Slots(clock, 1), exponential(d), dice(f"{n}")) for n, d in enumerate(demands_s)]
    think, rolls = exponential(think_s), dice("think")

    def user() -> Flow:
        nonlocal rounds
        while True:
            yield Timeout(clock, think(rolls))
            for station, service, own in stations:
                granted = station.grab()
                if granted is not None:
                    yield granted
                yield Timeout(clock, service(own))
                station.drop()
            rounds += clock.now > skipped_s

    for _ in range(users):
        clock.process(user())
    clock.reach(skipped_s + counted_s)
    return rounds / counted_s


def job_stay(per_s: float, threads: int, size: tuple[int, int], dice: Dice) -> float:
    """Return the mean stay of Jobs whose API thread is taken for an exponential second."""
    (skipped, counted), stays_s = size, []
    world = World(
        seed=dice("service").getrandbits(60),
        timings=Timings(api=exponential(1.0)),
        capacities=Capacities(api_threads=threads),
    )
    jobs = Jobs(world)

    def nothing() -> Flow:
        yield from ()

    def come(number: int) -> None:
        def end(job: Job) -> None:
            if number >= skipped:
                stays_s.append((job.completed_s or 0.0) - job.created_s)

        jobs.submit(nothing(), "noCommand", "account", "user", then=end)

    Arrivals(world.env, per_s, skipped + counted - 1, dice, come)
    world.env.run()
    return fsum(stays_s) / counted


def tick_wait(per_s: float, tick_s: float, batch: int, size: tuple[int, int], dice: Dice) -> float:
    """Return the mean wait of work, each piece a VM's of its own, for its tick."""
    clock, (skipped, counted), waits_s = Clock(), size, []
    queue = WorkQueue(clock, Slots(clock, batch), tick_s, batch, lock_s=0.0, lock_retry_s=0.0)

    def come(number: int) -> None:
        begun_s, turn = clock.now, Turn(queue, f"vm{number}")

        def granted(_: Event) -> None:
            if number >= skipped:
                waits_s.append(clock.now - begun_s)
            queue.leave(turn)

        turn.callbacks.append(granted)
        queue.join(turn)

    Arrivals(clock, per_s, skipped + counted - 1, dice, come)
    clock.run()
    return fsum(waits_s) / counted

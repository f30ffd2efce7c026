"""B5: customers of M/M/c a CPU second, on the product's Slots and on other engines."""

import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import ciw
import salabim
import simpy
from meter import middle, say, timed
from simpy.events import Timeout

from simulator.engine.clock import Clock
from simulator.engine.jobs import Jobs
from simulator.engine.latency import Capacities, Timings, exponential
from simulator.engine.slots import Slots
from simulator.engine.world import Flow, World

sys.path.append(str(Path(__file__).parent.parent / "tests" / "theory"))

from exact import erlang_c_wait


class Queue(NamedTuple):
    """M/M/*servers* with *per_s* arrivals a second and a mean service of 1 s."""

    servers: int
    per_s: float
    customers: int

    def dice(self) -> Callable[[float], float]:
        """Return exponential draws by rate, the same ones for every engine."""
        return Random(f"M/M/{self.servers}").expovariate


def on_heap(queue: Queue) -> float:
    """Return the mean wait by hand on a bare heap: what no engine can beat."""
    draw, heap, waiting = queue.dice(), [(0.0, 0, True)], deque[float]()
    free, come, serial, total_s = queue.servers, 0, 0, 0.0
    heap[0] = (draw(queue.per_s), 0, True)
    while heap:
        now_s, _, comes = heappop(heap)
        starts = False
        if comes:
            come += 1
            if come < queue.customers:
                serial += 1
                heappush(heap, (now_s + draw(queue.per_s), serial, True))
            if free:
                free, starts = free - 1, True
            else:
                waiting.append(now_s)
        elif waiting:
            total_s, starts = total_s + now_s - waiting.popleft(), True
        else:
            free += 1
        if starts:
            serial += 1
            heappush(heap, (now_s + draw(1.0), serial, False))
    return total_s / queue.customers


def on_slots(queue: Queue) -> float:
    """Return the mean wait for Slots, by callbacks as Job drives its flow."""
    clock, draw = Clock(), queue.dice()
    pool, come, total_s = Slots(clock, queue.servers), 0, 0.0

    def arrive(_: simpy.Event) -> None:
        nonlocal come
        come += 1
        if come < queue.customers:
            Timeout(clock, draw(queue.per_s)).callbacks.append(arrive)
        granted = pool.grab()
        if granted is None:
            Timeout(clock, draw(1.0)).callbacks.append(leave)
        else:
            granted.callbacks.append(partial(begin, clock.now))

    def begin(asked_s: float, _: simpy.Event) -> None:
        nonlocal total_s
        total_s += clock.now - asked_s
        Timeout(clock, draw(1.0)).callbacks.append(leave)

    def leave(_: simpy.Event) -> None:
        pool.drop()

    Timeout(clock, draw(queue.per_s)).callbacks.append(arrive)
    clock.run()
    return total_s / queue.customers


def on_slots_by_process(queue: Queue) -> float:
    """Return the mean wait for Slots, with a SimPy process for each customer."""
    clock, draw, total_s = Clock(), queue.dice(), 0.0
    pool = Slots(clock, queue.servers)

    def customer() -> Flow:
        nonlocal total_s
        granted = pool.grab()
        if granted is not None:
            asked_s = clock.now
            yield granted
            total_s += clock.now - asked_s
        yield Timeout(clock, draw(1.0))
        pool.drop()

    def source() -> Flow:
        for _ in range(queue.customers):
            yield Timeout(clock, draw(queue.per_s))
            clock.process(customer())

    clock.process(source())
    clock.run()
    return total_s / queue.customers


def as_jobs(queue: Queue) -> float:
    """Return the mean wait of whole Jobs, ids and records included, for an API thread."""
    timings, size = Timings(api=exponential(1.0)), Capacities(api_threads=queue.servers)
    world = World(seed=1, timings=timings, capacities=size)
    jobs, draw, total_s = Jobs(world), queue.dice(), 0.0

    def nothing() -> Flow:
        yield from ()

    def end(job: Any) -> None:
        nonlocal total_s
        total_s += job.completed_s - job.created_s - 1.0

    def source() -> Flow:
        for _ in range(queue.customers):
            yield Timeout(world.env, draw(queue.per_s))
            jobs.submit(nothing(), "noCommand", "account", "user", then=end)

    world.env.process(source())
    world.env.run()
    return total_s / queue.customers


def on_simpy(queue: Queue) -> float:
    """Return the mean wait as SimPy's own pages would have it."""
    env, draw, total_s = simpy.Environment(), queue.dice(), 0.0
    pool = simpy.Resource(env, queue.servers)

    def customer() -> simpy.events.ProcessGenerator:
        nonlocal total_s
        asked_s = env.now
        with pool.request() as granted:
            yield granted
            total_s += env.now - asked_s
            yield env.timeout(draw(1.0))

    def source() -> simpy.events.ProcessGenerator:
        for _ in range(queue.customers):
            yield env.timeout(draw(queue.per_s))
            env.process(customer())

    env.process(source())
    env.run()
    return total_s / queue.customers


def on_ciw(queue: Queue) -> float:
    """Return the mean wait by Ciw, which draws by itself."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(queue.per_s)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[queue.servers],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(queue.customers, method="Finish")
    waits_s = [record.waiting_time for record in simulation.get_all_records()]
    return float(sum(waits_s) / len(waits_s))


def on_salabim(queue: Queue) -> float:
    """Return the mean wait by salabim's generators."""
    env = salabim.Environment(trace=False, yieldless=False, random_seed=1)
    pool, draw, waits_s = salabim.Resource("pool", capacity=queue.servers), queue.dice(), [0.0]

    class Customer(salabim.Component):  # type: ignore[misc] # salabim has no types
        """Takes a server for a while."""

        def process(self) -> Any:
            """Wait, be served, go."""
            asked_s = env.now()
            yield self.request(pool)
            waits_s[0] += env.now() - asked_s
            yield self.hold(draw(1.0))
            self.release(pool)

    class Source(salabim.Component):  # type: ignore[misc] # salabim has no types
        """Sends customers."""

        def process(self) -> Any:
            """Send them all."""
            for _ in range(queue.customers):
                yield self.hold(draw(queue.per_s))
                Customer()

    Source()
    env.run()
    return waits_s[0] / queue.customers


MANY, FEW, ROUNDS = 100_000, 5_000, 3
QUEUES = (Queue(4, 3.6, MANY), Queue(125, 118.75, MANY))
ROWS: tuple[tuple[str, Callable[[Queue], float], int], ...] = (
    ("rootswap Slots, callbacks", on_slots, MANY),
    ("rootswap Slots, a process each", on_slots_by_process, MANY),
    ("rootswap whole jobs", as_jobs, MANY),
    ("SimPy textbook", on_simpy, MANY),
    ("Ciw", on_ciw, MANY // 5),
    ("salabim", on_salabim, FEW),
)


def customers() -> None:
    """Print the customers a CPU second of each engine, a bare heap measured before and after."""
    say("B5 M/M/c; bar: 180,000 customers a CPU second on Slots; x: times the bare heap's cost")
    for queue in QUEUES:
        exact_s = erlang_c_wait(queue.per_s, 1.0, queue.servers)
        load = queue.per_s / queue.servers
        say(f"  M/M/{queue.servers}, load {load:.2f}, mean wait by Erlang C {exact_s:.4f} s")
        for name, run, count in ROWS:
            say(f"    {name:31}{_row(queue, run, count)}")


def _row(queue: Queue, run: Callable[[Queue], float], count: int) -> str:
    """Return what *run* and the bare heap before and after it take, the middle of the rounds."""
    costs_s, floors_s, waits_s = [], [], [0.0]

    def once() -> None:
        waits_s[0] = run(queue._replace(customers=count))

    for _ in range(ROUNDS):
        before_s = timed(partial(on_heap, queue))
        costs_s.append(timed(once) / count)
        floors_s.append((before_s + timed(partial(on_heap, queue))) / 2 / queue.customers)
    ratios = [cost / floor for cost, floor in zip(costs_s, floors_s, strict=True)]
    return (
        f"{1 / min(costs_s):10,.0f}/s {min(costs_s) * 1e6:8.2f} us  x {middle(ratios):7.1f}  "
        f"bare heap {min(floors_s) * 1e6:.2f} us  mean wait {waits_s[0]:.4f} s of {count:,}"
    )


if __name__ == "__main__":
    customers()

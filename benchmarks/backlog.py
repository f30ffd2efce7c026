"""B3: what a job costs when many wait for the same thing."""

from collections.abc import Callable

import simpy
from jobs import Lab, hosts_for
from loads import Driver, Load
from meter import say, timed

from simulator.engine.latency import Capacities

SIZES = (1_000, 5_000, 20_000, 100_000)
MOST_OF_SIMPY = 20_000
ROUNDS = 3
ONE = ("reboot",)


def all_at_once(count: int, each: int, size: Capacities) -> tuple[Driver, Lab]:
    """Return *count* jobs submitted in one instant, *each* to a VM."""
    load = Load(count // each, tuple((n // each, ONE) for n in range(count)), sessions=count)
    lab = Lab(load.vms, size=size, hosts=hosts_for(load.vms))
    return Driver(load, lab), lab


def for_threads(count: int) -> float:
    """Return the seconds of jobs that wait for an API thread."""
    return timed(all_at_once(count, 1, Capacities())[0].run)


def for_ticks(count: int) -> float:
    """Return the seconds of jobs that all have a thread and wait for a tick."""
    return timed(all_at_once(count, 1, Capacities(api_threads=count))[0].run)


def for_vms(count: int) -> float:
    """Return the seconds of jobs of which ten wait for one VM."""
    return timed(all_at_once(count, 10, Capacities(api_threads=count))[0].run)


def given_up(count: int) -> float:
    """Return the seconds that a restart takes to fail all waiting jobs."""
    driver, lab = all_at_once(count, 10, Capacities(api_threads=count))
    lab.run = lambda: lab.world.env.reach(1.0)  # type: ignore[method-assign] # stop half-way
    driver.run()
    return timed(lab.jobs.restart)


def by_simpy(count: int) -> float:
    """Return the seconds of SimPy's PriorityResource with as many requests waiting."""
    env = simpy.Environment()
    pool = simpy.PriorityResource(env, 125)

    def job(n: int) -> simpy.events.ProcessGenerator:
        with pool.request(priority=n % 7) as granted:
            yield granted
            yield env.timeout(1)

    for n in range(count):
        env.process(job(n))
    return timed(env.run)


ROWS: tuple[tuple[str, Callable[[int], float], int, int], ...] = (
    ("waiting for an API thread", for_threads, SIZES[-1], ROUNDS),
    ("waiting for a tick", for_ticks, SIZES[-1], ROUNDS),
    ("ten waiting for each VM", for_vms, SIZES[-1], ROUNDS),
    ("failed by a restart", given_up, SIZES[-1], ROUNDS),
    ("SimPy PriorityResource", by_simpy, MOST_OF_SIMPY, 1),
)


def backlog() -> None:
    """Print the microseconds a job takes by the size of the backlog."""
    say("B3 backlog, us a job; bar: less than 1.5 times as much at 100,000 as at 1,000")
    say(f"  {'':28}" + "".join(f"{size:>10,}" for size in SIZES) + "    growth")
    for name, run, most, rounds in ROWS:
        sizes = [size for size in SIZES if size <= most]
        costs = [min(run(size) for _ in range(rounds)) / size * 1e6 for size in sizes]
        told = "".join(f"{cost:10.1f}" for cost in costs) + " " * 10 * (len(SIZES) - len(sizes))
        say(f"  {name:28}{told}  x {costs[-1] / costs[0]:7.2f}")


if __name__ == "__main__":
    backlog()

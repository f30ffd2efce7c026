"""Jobs older than `job.expire.minutes` are forgotten one by one, however many are remembered."""

from time import process_time

from simulator.engine.jobs import Jobs
from simulator.engine.world import Flow, World

LIVE = 50_000


def nothing() -> Flow:
    yield from ()


def cpu_s(jobs: Jobs, count: int) -> float:
    """Return the CPU seconds of so many jobs, one after the other."""
    begun_s = process_time()
    for _ in range(count):
        jobs.submit(nothing(), "bench", "account", "user")
        jobs.world.env.forward()
    return process_time() - begun_s


def test_to_forget_costs_the_same_however_many_jobs_are_remembered() -> None:
    jobs = Jobs(World(seed=1))
    growing_s = cpu_s(jobs, LIVE)
    assert len(jobs.all) == LIVE
    jobs.configure("job.expire.minutes", str(jobs.world.env.now / 60))

    forgetting_s = cpu_s(jobs, LIVE)

    assert LIVE * 0.9 < len(jobs.all) < LIVE * 1.1
    assert forgetting_s < 2.5 * growing_s

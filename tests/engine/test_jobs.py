"""What becomes of a job whose flow ends as no flow should."""

import pytest

from simulator.domain.errors import INTERNAL_TEXT
from simulator.engine.jobs import Jobs
from simulator.engine.world import Flow, World


def test_a_bug_in_a_flow_surfaces_and_leaves_no_job_running() -> None:
    """Whoever moves the clock hears of it once; the job is over, its thread free again."""

    def broken(world: World) -> Flow:
        yield world.spend("api")
        msg = "a bug"
        raise RuntimeError(msg)

    jobs = Jobs(World())
    job = jobs.submit(broken(jobs.world), "bench", "account", "user")
    with pytest.raises(RuntimeError, match="a bug"):
        jobs.settle()
    jobs.settle()

    assert (job.status, job.error) == (2, (530, INTERNAL_TEXT))
    assert jobs.world.api.busy == 0

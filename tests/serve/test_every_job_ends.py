"""A bug in any flow ends its own job with 530; all others go on as without it."""

from pathlib import Path
from typing import Any

import pytest
from planted import CALLS, Planting, stage
from teller import everything

from simulator.api.table import COMMANDS
from simulator.engine.jobs import Job, Jobs

ASYNC = sorted(name for name, row in COMMANDS.items() if row.is_async)
CLOCKS = ("instant", "manual", "real", "60x")


def test_every_job_has_its_call() -> None:
    assert sorted(CALLS) == ASYNC


@pytest.fixture
def planting(monkeypatch: pytest.MonkeyPatch) -> Planting:
    """Nothing planted yet."""
    planting = Planting(Jobs.submit)

    def submit(jobs: Jobs, *rest: Any) -> Job:
        return planting.submit(jobs, *rest)

    monkeypatch.setattr(Jobs, "submit", submit)
    return planting


@pytest.mark.parametrize("in_result", [False, True], ids=["flow", "result"])
@pytest.mark.parametrize("command", ASYNC)
def test_a_bug_is_one_jobs_alone(
    tmp_path: Path, planting: Planting, command: str, in_result: bool
) -> None:
    """Whatever the clock, with a state file, and again after a restart on it."""
    clock = CLOCKS[(ASYNC.index(command) + in_result) % len(CLOCKS)]
    stood = stage(tmp_path / "cloud.db", clock)
    planting.in_result = in_result
    planting.at_s = stood.served.cloud.now_s()
    jobs: list[Any] = [stood.ask(command, **CALLS[command])]
    jobs.append(stood.ask("attachVolume", id="SPARE", virtualmachineid="VM3"))
    jobs.append(stood.ask("startVirtualMachine", id="NICVM"))
    assert [reply.status for reply in jobs] == [200, 200, 200], jobs
    for _ in range(3):
        stood.wait()
    ends = [stood.ask("queryAsyncJobResult", jobid=r.body["jobid"]).body for r in jobs]
    assert [body["jobstatus"] for body in ends] == [2, 1, 1]
    assert ends[0]["jobresultcode"] == 530
    assert ends[0]["jobresult"]["errortext"] == "Command failed due to Internal Server Error"
    cloud = stood.served.cloud
    assert (list(cloud.jobs.running), cloud.world.api.busy, cloud.world.queue.work.busy) == (
        [],
        0,
        0,
    )
    (bug,) = stood.ask("rootswapLog").body["log"]["bugs"]
    assert bug["error"] == "ZeroDivisionError: planted"
    before = everything(cloud)
    assert everything(stood.served.again().cloud) == before

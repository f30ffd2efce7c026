"""A bug in any flow ends its own job with 530; all others go on as without it."""

from pathlib import Path
from typing import Any

import pytest
from job_calls import CALLS
from planted import Planting, Stage, stage
from teller import Served, state

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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the state files are."""
    return tmp_path_factory.mktemp("kept")


@pytest.mark.parametrize("in_result", [False, True], ids=["flow", "result"])
@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("command", ASYNC)
class TestABugIsOneJobsAlone:
    """Whatever the clock, kept or not, and again after a restart on the file."""

    def test_unkept(self, planting: Planting, command: str, clock: str, in_result: bool) -> None:
        judge(stage(None, clock), planting, command, in_result=in_result)

    def test_kept(
        self, planting: Planting, folder: Path, command: str, clock: str, in_result: bool
    ) -> None:
        stood = stage(folder / f"{command} {in_result} {clock}", clock)
        judge(stood, planting, command, in_result=in_result)
        assert isinstance(stood.served, Served)
        before = state(stood.served.cloud)
        again = Stage(stood.served.again(), stood.ids)
        assert state(again.served.cloud) == before
        planting.at_s = float("inf")
        assert again.job("detachVolume", id="SPARE")["jobstatus"] == 1


def judge(stood: Stage, planting: Planting, command: str, *, in_result: bool) -> None:
    """Plant a bug in *command*, send others after it, and see how each ends."""
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
    busy = (cloud.world.api.busy, cloud.world.queue.work.busy)
    assert (list(cloud.jobs.running), busy) == ([], (0, 0))
    (bug,) = stood.ask("rootswapLog").body["log"]["bugs"]
    assert bug["error"] == "ZeroDivisionError: planted"

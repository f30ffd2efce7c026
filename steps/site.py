"""Where a scenario runs: a simulated cloud with a stage, or any cloud that has only its API."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.port import Cloud, Reply, Stage
from steps.people import People
from steps.places import Places
from steps.spares import Shelf

_FIRST_S, _LONGEST_S, _GROWTH = 0.1, 2.0, 1.3


def _as_is(name: str) -> str:
    return name


def back_off_s(looks: int) -> float:
    """Return how long to wait before a job is looked at again, by how often it was looked at."""
    return float(min(_LONGEST_S, _FIRST_S * _GROWTH**looks))


def waited(cloud: Cloud, reply: Reply, now_s: Callable[[], float], job_timeout_s: float) -> str:
    """Wait for the end of a job, if *reply* is of one; return "" or why it failed."""
    if reply.status != 200:
        return str(reply.body.get("errortext", reply.status))
    if "jobid" not in reply.body:
        return ""
    due_s, looks = now_s() + job_timeout_s, 0
    while now_s() < due_s:
        job = cloud.call("queryAsyncJobResult", jobid=str(reply.body["jobid"])).body
        if job.get("jobstatus") == 1:
            return ""
        if job.get("jobstatus") == 2:
            return str(job.get("jobresult", {}).get("errortext", "the job failed"))
        looks += 1
        cloud.sleep(back_off_s(looks))
    return f"the job has not ended in {job_timeout_s:.0f} s"


@dataclass
class Site:
    """A cloud as the scenarios of one lane see it.

    *cloud* is seen by who runs them; *stage* is None where there is only an API. *named* makes
    names that others can tell from theirs. *people* outlive a scenario where making them is dear;
    None has each scenario make its own. *places* are what plays a role, None has each scenario ask.
    *domain_id* is the domain whose things are looked at for what changed, "" for the whole cloud.
    *own_part* is what the key's account plays where it can make no accounts. *shelf* has a VM that
    is left from one scenario to the next, None has each scenario make its own.
    """

    cloud: Cloud
    stage: Stage | None
    named: Callable[[str], str] = _as_is
    people: People | None = None
    domain_id: str = ""
    own_part: str = "root admin"
    job_timeout_s: float = 7200.0
    clock: Callable[[], float] = time.monotonic
    created: set[str] = field(default_factory=set)
    places: Places | None = None
    shelf: Shelf | None = None

    def now_s(self) -> float:
        """Return the time in seconds, simulated where a stage has the clock."""
        return self.clock() if self.stage is None else self.stage.now_s()

    def pause(self, looks: int) -> None:
        """Wait before a job is looked at again: a second of simulated time, else ever longer."""
        if self.stage is not None:
            self.cloud.sleep(1)
        else:
            self.cloud.sleep(back_off_s(looks))

    @property
    def is_shared(self) -> bool:
        """Whether lists show what others have: the run has a domain of its own among theirs."""
        return bool(self.domain_id)

    @property
    def within(self) -> dict[str, str]:
        """The parameters that narrow a list to what belongs to the run."""
        return {"domainid": self.domain_id, "isrecursive": "true"} if self.domain_id else {}

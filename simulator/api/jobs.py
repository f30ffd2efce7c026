"""The commands that ask for async jobs (semantics 7.4)."""

from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.events import moment
from simulator.api.lists import PAGING, paging, visible
from simulator.api.matching import containing
from simulator.api.render import ASYNC_JOB
from simulator.domain.access import is_admin, may_use
from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase
from simulator.domain.upkeep import ASK_JOB, AskJob

_NO_ENTITY = "REQ-05"


def query_job(call: Call) -> dict[str, Any]:
    """queryAsyncJobResult; only an administrator above may ask for another's job."""
    job, text = call.jobs.find(call.args["jobid"]), call.args["jobid"]
    asked = Field(call.world.dialect, call.command, "jobid", text, True, is_id=True)
    if job is None:
        raise REQUEST.refusal(_NO_ENTITY, asked)
    owner, caller = call.world.store.accounts[job.account_id], call.account
    may = may_use(caller, owner, call.world.store.domains)
    case = AskJob(call.world.dialect, caller, job.db_id, may, is_admin(caller))
    ASK_JOB.require(Phase.REQUEST, case)
    return render.job(call, job)


def list_jobs(call: Call) -> dict[str, Any]:
    """listAsyncJobs: the pending ones (C6)."""
    first, page, sees = moment(call, "startdate"), paging(call), visible(call)
    within = containing(call.args.get("keyword", ""))
    rows = [
        shown
        for j in call.jobs.pending()
        if sees(j.account_id)
        and (first is None or j.created_s >= first)
        and within((shown := render.job(call, j))["cmd"])
    ]
    return page.cut("asyncjobs", rows)


COMMANDS = (
    Command(
        "queryAsyncJobResult",
        query_job,
        "jobid:text!",
        says="Shows how an asynchronous job stands",
        answers=ASYNC_JOB,
        roles="ASDUR",
    ),
    Command(
        "listAsyncJobs",
        list_jobs,
        f"startdate:date account:text domainid:domain listall:bool isrecursive:bool {PAGING}",
        says="Lists the jobs that are pending",
        answers=ASYNC_JOB,
        roles="ASDUR",
    ),
)

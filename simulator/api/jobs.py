"""The commands that ask for async jobs (semantics 7.4)."""

from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.events import moment
from simulator.api.lists import PAGING, paging, visible
from simulator.api.matching import containing
from simulator.domain.access import PERMISSION_TEXT, is_admin, may_use
from simulator.domain.errors import Kind, Refused


def query_job(call: Call) -> dict[str, Any]:
    """queryAsyncJobResult; only an administrator above may ask for another's job."""
    job = call.jobs.find(call.args["jobid"])
    if job is None:
        text = (
            "Unable to execute API command queryasyncjobresult due to invalid value. Invalid "
            f"parameter jobid value={call.args['jobid']} due to incorrect long value format, or "
            "entity does not exist or due to incorrect parameter annotation for the field in api "
            "cmd class."
        )
        raise Refused(Kind.MALFORMED, text, "REQ-05")
    owner, caller = call.world.store.accounts[job.account_id], call.account
    if not may_use(caller, owner, call.world.store.domains):
        who = f'{{"accountName":"{caller.name}","id":{caller.db_id},"uuid":"{caller.id}"}}'
        text = f"Account Account [{who}] is not authorized to see job id={job.db_id}"
        raise Refused(Kind.DENIED, PERMISSION_TEXT if is_admin(caller) else text, "REQ-06")
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
        answers="asyncjobs",
        roles="ASDUR",
    ),
    Command(
        "listAsyncJobs",
        list_jobs,
        f"startdate:date account:text domainid:domain listall:bool isrecursive:bool {PAGING}",
        says="Lists the jobs that are pending",
        answers="asyncjobs",
        roles="ASDUR",
    ),
)

"""The commands that ask for async jobs (semantics 7.4)."""

from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, paged, visible
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
    sees = visible(call)
    rows = [render.job(call, j) for j in call.jobs.pending() if sees(j.account_id)]
    return paged(call, "asyncjobs", rows)


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
        OWNED,
        says="Lists the jobs that are pending",
        answers="asyncjobs",
        roles="ASDUR",
    ),
)

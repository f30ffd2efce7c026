"""Faults of the contract: envelopes, error numbers, dates, lists, jobs."""

from functools import partial
from typing import Any

from conformance.mutation.fault import Fault, of_kind, put
from conformance.mutation.rules import tables
from simulator.api import command, dates, jobs, lists, refusals, render, submit
from simulator.api.lists import Paging
from simulator.api.service import SimulatedCloud
from simulator.domain.errors import Kind, Refused
from simulator.port import Reply

_GUARDS = "shapes contract lists"
_MOST_GUARDS = 5


def _without(name: str) -> Any:
    """Return the change of a function that answers a row, which leaves a field out."""
    return lambda original, *args, **named: {
        key: value for key, value in original(*args, **named).items() if key != name
    }


def _with(**values: Any) -> Any:
    """Return the change of a function that answers a row, which has other values."""
    return lambda original, *args, **named: (
        original(*args, **named)
        | {key: value for key, value in values.items() if key in original(*args, **named)}
    )


def _spelt(form: str) -> Any:
    """Return the change of a function that spells a date."""
    return lambda original, second: form.format(original(second), second, original(second)[:10])


def _page_count(original: Any, page: Paging, root: str, *args: Any, **named: Any) -> Any:
    body = original(page, root, *args, **named)
    return body | {"count": len(body[root])} if root in body else body


def _never_empty(original: Any, page: Paging, root: str, *args: Any, **named: Any) -> Any:
    return original(page, root, *args, **named) or {"count": 0, root: []}


def _first_page(original: Any, call: Any) -> Paging:
    page: Paging = original(call)
    return page._replace(number=1)


def _whole(original: Any, call: Any) -> Paging:
    page: Paging = original(call)
    return page._replace(size=None)


def _shifted(original: Any, call: Any) -> Paging:
    page: Paging = original(call)
    return page._replace(number=page.number + 1) if page.number > 1 else page


def _oldest_first(original: Any, page: Any, root: str, rows: Any, show: Any, **_: Any) -> Any:
    return original(page, root, rows, show)


def _backwards(original: Any, page: Any, root: str, rows: Any, *args: Any, **named: Any) -> Any:
    return original(page, root, list(rows)[::-1], *args, **named)


def _always_200(original: Any, *args: Any) -> Reply:
    reply: Reply = original(*args)
    return reply._replace(status=200)


def _other_root(original: Any, kind: Kind, text: str, _root: str) -> Reply:
    reply: Reply = original(kind, text, "errorresponse")
    return reply


def _in_reply(change: Any) -> Any:
    """Return the change of refusal() whose body is changed."""

    def refusal(original: Any, *args: Any) -> Reply:
        reply: Reply = original(*args)
        return reply._replace(body=change(dict(reply.body)))

    return refusal


def _but(name: str) -> Any:
    return lambda body: {key: value for key, value in body.items() if key != name}


def _unread(original: Any, row: Any, world: Any, caller: Any, given: Any) -> Any:
    known = {name: value for name, value in given.items() if name.islower()}
    return original(row, world, caller, known)


def _strict(original: Any, row: Any, world: Any, caller: Any, given: Any) -> Any:
    for name in given:
        if name.lower().partition("[")[0] not in row.parameters:
            raise Refused(Kind.PARAM, f"{name} is no parameter", "none")
    return original(row, world, caller, given)


_AT_ONCE = frozenset({Kind.BRACKETS, Kind.MALFORMED, Kind.UNAUTHORIZED, Kind.ACCOUNT_LIMIT})
"""Kinds that no job ends with: their code in a job is seen by nobody."""


def _kinds() -> list[Fault]:
    """Return the faults of the numbers of an error."""
    rows = []
    judged = [rule for table in tables() for rule in table.rules]
    for kind in Kind:
        ids = [rule.id for rule in judged if rule.kind is kind][:_MOST_GUARDS]
        for field, value in (("sync_code", 499), ("cs_code", 1234), ("job_code", 499)):
            unseen = field == "job_code" and kind in _AT_ONCE
            if getattr(kind, field) is not None and not unseen:
                name = f"contract/{kind.name.lower()}-{field}"
                what = f"{field} of {kind.name} is {value}"
                plant = partial(put, kind, **{field: value})
                guards = f"{_GUARDS} {' '.join(ids)}"
                rows.append(Fault(name, "contract", what, plant, guards))
    return rows


class _Ended:
    """The jobs of a cloud, of which those that ended are pending."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def pending(self) -> list[Any]:
        """Return all of them."""
        return list(self._real.all.values())


FAULTS = [
    *of_kind(
        "contract", _GUARDS,
        ("date-z", "dates end in Z", dates._date, _spelt("{2}T00:00:00Z")),
        ("date-space", "dates are spelt with a blank", dates._date,
         _spelt("{2} 00:00:00+0000")),
        ("date-colon", "the zone of dates has a colon", dates._date,
         lambda original, second: original(second).replace("+0000", "+00:00")),
        ("date-number", "dates are numbers", dates._date, lambda _, second: second),
        ("date-day", "dates have no time", dates._date, _spelt("{2}")),
        ("count-page", "count is of the page", Paging.cut, _page_count),
        ("empty", "an empty list is a list of nothing", Paging.cut, _never_empty),
        ("order", "lists are the other way round", Paging.cut, _backwards),
        ("oldest", "pages of volumes are cut oldest first", Paging.cut, _oldest_first),
        ("page", "every page is the first", lists.paging, _first_page),
        ("pagesize", "every page has all rows", lists.paging, _whole),
        ("shift", "the second page is the third", lists.paging, _shifted),
        ("status-200", "refusals come with HTTP status 200", refusals.refusal, _always_200),
        ("root", "refusals come in another envelope", refusals.refusal, _other_root),
        ("no-cserrorcode", "refusals have no cserrorcode", refusals.refusal,
         _in_reply(_but("cserrorcode"))),
        ("no-errorcode", "refusals have no errorcode", refusals.refusal,
         _in_reply(_but("errorcode"))),
        ("no-errortext", "refusals have no errortext", refusals.refusal,
         _in_reply(lambda body: body | {"errortext": ""})),
        ("no-uuidlist", "refusals have no uuidList", refusals.refusal,
         _in_reply(_but("uuidList"))),
        ("text-code", "the errorcode is a text", refusals.refusal,
         _in_reply(lambda body: body | {"errorcode": str(body["errorcode"])})),
        ("case", "parameters are read as they are written", command.read, _unread),
        ("strict", "a parameter that is unknown is refused", command.read, _strict),
        ("hidden", "users read what is hidden from them", SimulatedCloud._refused,
         lambda _, cloud, row, call, no, root: refusals.refusal(no.kind, no.text, root)),
    ),
    *of_kind(
        "contract", "shapes async_jobs contract",
        *((f"job-{name}", f"jobs have no {name}", render.job, _without(name))
          for name in ("jobid", "jobstatus", "jobresultcode", "jobresulttype", "jobinstancetype",
                       "jobinstanceid", "created", "completed", "cmd", "accountid", "userid",
                       "jobprocstatus", "jobresult")),
        ("job-id-text", "the state of a job is a text", render.job, _with(jobstatus="1")),
        ("job-code", "a job that failed has the code 0", render.job, _with(jobresultcode=0)),
        ("job-530", "a job that failed has the code 530", render.job,
         lambda original, call, record: original(call, record)
         | ({"jobresultcode": 530} if record.status == 2 else {})),
        ("job-text-type", "the result of a job is a text", render.job,
         _with(jobresulttype="text")),
        ("job-proc", "jobprocstatus is 1", render.job, _with(jobprocstatus=1)),
        ("job-other", "a job says that it is another", render.job, _with(jobid="0")),
        ("job-class", "jobs show their command", submit.class_name,
         lambda _, call, __: call.command),
        ("job-admin", "jobs of admins show the class of users", submit.class_name,
         lambda original, call, area: original(call, area).replace(".admin.", ".user.")
         .replace("ByAdmin", "")),
        ("pending", "listAsyncJobs shows what has ended", jobs.list_jobs,
         lambda original, call: original(call._replace(jobs=_Ended(call.jobs)))),
        ("no-pending", "listAsyncJobs shows nothing", jobs.list_jobs, lambda *_: {}),
    ),
    *_kinds(),
]  # fmt: skip
"""All of them."""

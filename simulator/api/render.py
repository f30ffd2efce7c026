"""What responses share: owners, places, tags; and jobs (semantics 7.4, ground truth 7)."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from simulator.api.command import Call
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    integer,
    listed,
    mapping,
    shared,
    text,
    within,
)
from simulator.domain.inventory import Cluster, Pod, ServiceOffering, Template, Zone
from simulator.domain.management import ManagementServer, Tag
from simulator.domain.records import Account, Domain
from simulator.domain.releases import Flag
from simulator.domain.spelling import worded
from simulator.engine.jobs import Job

R = TypeVar("R")


class Seen(NamedTuple, Generic[R]):
    """A record as a caller sees it; *job_id* is of the job that shows it as its result."""

    call: Call
    record: R
    job_id: str | None = None


def seen(shape: Shape[Seen[R]]) -> Callable[[Call, R], Row]:
    """Return what renders a record for a caller."""
    return lambda call, record: shape.render(Seen(call, record))


def plain(shape: Shape[R]) -> Callable[[Call, R], Row]:
    """Return what renders a record that all callers see alike."""
    return lambda _, record: shape.render(record)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class _HasOwner(Protocol):
    @property
    def account_id(self) -> str: ...


class _HasZone(Protocol):
    @property
    def zone_id(self) -> str: ...


class _Known(Protocol):
    @property
    def call(self) -> Call: ...
    @property
    def record(self) -> _HasId: ...


class _Owned(Protocol):
    @property
    def call(self) -> Call: ...
    @property
    def record(self) -> _HasOwner: ...


class _Placed(Protocol):
    @property
    def call(self) -> Call: ...
    @property
    def record(self) -> _HasZone: ...


class _OfJob(Protocol):
    @property
    def job_id(self) -> str | None: ...


class Owner(NamedTuple):
    """Who owns something: an account, which may be a project's, or a whole domain."""

    account: Account | None
    domain: Domain


def owner_at(call: Call, account_id: str) -> Owner:
    """Return the owner that an account is."""
    account = call.world.store.accounts[account_id]
    return Owner(account, call.world.store.domains[account.domain_id])


def _name(owner: Owner) -> str | None:
    account = owner.account
    return account.name if account is not None and account.project_id is None else None


HOME: Parts[Domain] = (
    text("domainid", "id of the domain", lambda d: d.id),
    text("domain", "name of the domain", lambda d: d.name),
    text("domainpath", "path of the domain", lambda d: d.path),
)
SHORT_OWNER: Parts[Owner] = (
    text("account", "name of the account", _name),
    text("projectid", "id of the project", lambda o: o.account.project_id if o.account else None),
    text("project", "name of the project", lambda o: o.account.project if o.account else None),
    within(lambda o: o.domain, HOME[:2]),
)
OWNER_FIELDS: Parts[Owner] = (
    *SHORT_OWNER[:-1],
    within(lambda o: o.domain, HOME),
)
OF_OWNER: Parts[_Owned] = (within(lambda s: owner_at(s.call, s.record.account_id), OWNER_FIELDS),)
"""Who owns a record: its account, or its project."""
ZONE_FIELDS: Parts[Zone] = (
    text("zoneid", "id of the zone", lambda z: z.id),
    text("zonename", "name of the zone", lambda z: z.name),
)
IN_ZONE: Parts[_Placed] = (
    shared(lambda s: s.call.world.store.zones[s.record.zone_id], ZONE_FIELDS),
)
TEMPLATE_NAMES: Parts[Template] = (
    text("templateid", "id of the template", lambda t: t.id),
    text("templatename", "name of the template", lambda t: t.name),
)
OFFERING_NAMES: Parts[ServiceOffering] = (
    text("serviceofferingid", "id of the compute offering", lambda o: o.id),
    text("serviceofferingname", "name of the compute offering", lambda o: o.name),
)
_PENDING: Parts[str] = (
    text("jobid", "id of the job", lambda job_id: job_id),
    integer("jobstatus", "0 pending, 1 succeeded, 2 failed", Always(0)),
)
JOB: Parts[_OfJob] = (within(lambda s: s.job_id, _PENDING),)
"""The job that has an object as its result, or still works on it."""


_OF_JOB = Shape[str]("job", *_PENDING)


def of_job(job: Job) -> Row:
    """Return the fields of the job that shows what was rendered when it began."""
    return _OF_JOB.render(job.id)


IN_CLUSTER: Parts[Cluster] = (
    text("clusterid", "id of the cluster", lambda c: c.id),
    text("clustername", "name of the cluster", lambda c: c.name),
)
IN_POD: Parts[Pod] = (
    text("podid", "id of the pod", lambda p: p.id),
    text("podname", "name of the pod", lambda p: p.name),
)
TAG = Shape[Seen[Tag]](
    "tag",
    text("key", "key of the tag", lambda s: s.record.key),
    text("value", "value", lambda s: s.record.value),
    text("resourcetype", "type of the resource", lambda s: s.record.kind),
    text("resourceid", "id of the resource", lambda s: s.record.record_id),
    *OF_OWNER,
)


def _tags(subject: _Known) -> list[Seen[Tag]]:
    rows = subject.call.world.store.tags.get(subject.record.id)
    return [Seen(subject.call, tag) for tag in rows.values()] if rows else []


TAGS: Parts[_Known] = (listed("tags", "tags", TAG, _tags, "set"),)
TAG_LIST: Parts[_Known] = (listed("tags", "tags", TAG, _tags),)
"""What networks and projects declare as a list."""
NOT_ANNOTATED: Parts[Any] = (
    boolean("hasannotations", "whether there are annotations", Always(False)),
)
SUCCESS = Shape[bool]("success", boolean("success", "whether the command succeeded", bool))


def server(call: Call) -> ManagementServer | None:
    """Return the management server."""
    return next(iter(call.world.store.servers.values()), None)


ON_SERVER: Parts[ManagementServer] = (
    text("managementserverid", "id of the management server", lambda s: s.id),
    text("managementservername", "name of the management server", lambda s: s.name),
)


def os_type(call: Call, name: str) -> str | None:
    """Return the id of a guest operating system by its name."""
    found = (o.id for o in call.world.store.os_types.values() if o.name == name)
    return next(found, None)


class _JobAt(NamedTuple):
    call: Call
    record: Job
    account: Account
    domain: Domain


class _Failure(NamedTuple):
    code: int
    text: str


_FAILURE = Shape[_Failure](
    "error",
    integer("errorcode", "error code of the job", lambda f: f.code),
    text("errortext", "what went wrong", lambda f: f.text),
)


def _code(job: _JobAt) -> int:
    """Return the error code of a job, 0 without one."""
    record = job.record
    if record.status != 2:
        return 0
    known = record.error and Flag.JOB_CODE_530 not in job.call.world.dialect
    return record.error[0] if record.error and known else 530


def _result(job: _JobAt) -> Row | None:
    record = job.record
    if record.status == 2 and record.error:
        code, wrong = record.error
        return _FAILURE.render(_Failure(code, worded(job.call.world.dialect, job.account, wrong)))
    result: Row | None = record.result
    return result


def _server_of(job: _JobAt) -> ManagementServer | None:
    """Return the server a job runs on; one that a restart ended keeps it (ground truth 2, 2)."""
    status = job.record.status
    kept = status == 0 or (status == 2 and job.record.error is None)
    return server(job.call) if kept else None


ASYNC_JOB = Shape[_JobAt](
    "asyncjobs",
    text("accountid", "id of the account", lambda j: j.account.id),
    text("account", "name of the account", lambda j: j.account.name),
    text("domainid", "id of the domain", lambda j: j.domain.id),
    text("domainpath", "path of the domain", lambda j: j.domain.path),
    text("userid", "id of the user", lambda j: j.record.user_id),
    text("cmd", "class of the command the job runs", lambda j: j.record.command),
    integer("jobprocstatus", "progress of the job", Always(0)),
    integer("jobresultcode", "error code of the job, 0 without one", _code),
    text("jobresulttype", "type of the result",
         lambda j: "object" if _result(j) is not None else None),
    mapping("jobresult", "result or error of the job", _result),
    text("jobinstancetype", "type of what the job works on",
         lambda j: j.record.instance_type or None),
    text("jobinstanceid", "id of what the job works on", lambda j: j.record.instance_id or None),
    within(_server_of, ON_SERVER),
    date("created", "when it was created", lambda j: j.record.created_s),
    date("completed", "when the job ended", lambda j: j.record.completed_s),
    text("jobid", "id of the job", lambda j: j.record.id),
    integer("jobstatus", "0 pending, 1 succeeded, 2 failed", lambda j: j.record.status),
)  # fmt: skip


def job(call: Call, record: Job) -> Row:
    """Return AsyncJobResponse, in the server's order of fields (ground truth 7)."""
    account = call.world.store.accounts[record.account_id]
    domain = call.world.store.domains[account.domain_id]
    return ASYNC_JOB.render(_JobAt(call, record, account, domain))

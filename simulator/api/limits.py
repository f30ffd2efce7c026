"""Resource limits and counts of accounts, projects and domains (semantics 6.2, ground truth 6)."""

from typing import NamedTuple

from simulator.api.command import Call, Command
from simulator.api.lists import PAGES, Row, paged
from simulator.api.owners import owner_of
from simulator.api.render import OWNER_FIELDS, Owner, owner_at
from simulator.api.shape import Parts, Shape, long, text, within
from simulator.domain.access import is_admin, may_enter
from simulator.domain.limit_changes import CHANGE_LIMIT, COUNT_AGAIN, SHOW_LIMITS, OnLimit
from simulator.domain.limits import RESOURCE_CODES, SIZES, Resource
from simulator.domain.records import Account, Domain, Role
from simulator.domain.rules import Phase
from simulator.engine.counts import domain_total, tally

_GIB = 1 << 30


class _AmountAt(NamedTuple):
    """An *amount* of a resource: what *owner* may own, or owns."""

    owner: Owner
    code: int
    resource: Resource
    amount: int


_RESOURCE: Parts[_AmountAt] = (
    within(lambda a: a.owner, OWNER_FIELDS),
    text("resourcetype", "number of the type of resource", lambda a: str(a.code)),
    text("resourcetypename", "name of the type of resource", lambda a: str(a.resource)),
)
RESOURCE_LIMIT = Shape[_AmountAt](
    "resourcelimit",
    *_RESOURCE,
    long("max", "most that may be owned, -1 for no limit", lambda a: a.amount),
)
RESOURCE_COUNT = Shape[_AmountAt](
    "resourcecount",
    *_RESOURCE,
    long("resourcecount", "how much is owned, sizes in bytes", lambda a: a.amount),
)


def _limit(call: Call, subject: Account | Domain, code: int) -> Row:
    world, resource = call.world, RESOURCE_CODES[code]
    if isinstance(subject, Account):
        most = world.limit(subject, resource)
    else:
        most = world.domain_limit(subject, resource)
    shown = most // _GIB if resource in SIZES and most > 0 else most
    return RESOURCE_LIMIT.render(_AmountAt(_owner(call, subject), code, resource, shown))


def _case(call: Call) -> OnLimit:
    """Return whose limit a call names: an account's or a project's, else a domain's."""
    world, store, args = call.world, call.world.store, call.args
    domain = args.get("domainid")
    of_account = args.get("account") is not None or args.get("projectid") is not None
    account = owner_of(call) if of_account else None
    parent = store.domains.get(domain.parent_id or "") if domain is not None else None
    case = OnLimit(
        dialect=world.dialect,
        caller=call.account,
        account=account,
        domain=domain,
        code=args.get("resourcetype"),
        most=args.get("max", -1),
        caller_may=account is None or _may_change(call, account),
        caller_may_enter=domain is None or may_enter(call.account, domain, store.domains),
        parent=parent,
    )
    if parent is None or case.code not in RESOURCE_CODES:
        return case
    resource = RESOURCE_CODES[case.code]
    most = world.domain_limit(parent, resource)
    scale = _GIB if resource in SIZES and most > 0 else 1
    return case._replace(parent_most=most // scale)


def _may_change(call: Call, account: Account) -> bool:
    """Return whether the caller may see and change the limits of an account or a project."""
    if account.role is not Role.PROJECT or is_admin(call.account):
        return call.world.may(call.account, account.id)
    project = call.world.store.projects[account.project_id or ""]
    return call.account.id == project.owner_id


def list_limits(call: Call) -> Row:
    """listResourceLimits of an account, a project or a domain; a user sees its own."""
    subject: Account | Domain = call.account
    if is_admin(call.account):
        case = _case(call)
        if case.domain is not None and case.domain.removed:
            return {}
        SHOW_LIMITS.require(Phase.REQUEST, case)
        subject = case.account or case.domain or call.account
    wanted = call.args.get("resourcetype")
    codes = [code for code in RESOURCE_CODES if wanted in {None, code}]
    return paged(call, "resourcelimit", codes, lambda code: _limit(call, subject, code))


def update_limit(call: Call) -> Row:
    """updateResourceLimit of an account, a project or a domain; sizes are given in GiB."""
    case = _case(call)
    CHANGE_LIMIT.require(Phase.REQUEST, case)
    subject, code = case.account or case.domain or call.account, call.args["resourcetype"]
    resource = RESOURCE_CODES[code]
    scaled = case.most * _GIB if resource in SIZES and case.most >= 0 else case.most
    call.world.store.limits[subject.id, resource] = scaled
    return {"resourcelimit": _limit(call, subject, code)}


def _owner(call: Call, subject: Account | Domain) -> Owner:
    return owner_at(call, subject.id) if isinstance(subject, Account) else Owner(None, subject)


def update_count(call: Call) -> Row:
    """updateResourceCount: counts are always right here, so they are only shown; sizes in bytes."""
    world, case = call.world, _case(call)
    COUNT_AGAIN.require(Phase.REQUEST, case)
    counted, subject = tally(world), case.account or call.args["domainid"]
    codes = list(RESOURCE_CODES) if case.code is None else [case.code]
    rows = []
    for code in codes:
        resource = RESOURCE_CODES[code]
        if isinstance(subject, Account):
            total = counted.owned[subject.id, resource]
        else:
            total = domain_total(world, subject, counted, resource)
        rows.append(_AmountAt(_owner(call, subject), code, resource, total))
    return paged(call, "resourcecount", rows, RESOURCE_COUNT.render)


COMMANDS = (
    Command(
        "listResourceLimits",
        list_limits,
        f"resourcetype:integer account:text domainid:domain~ projectid:anyproject~ {PAGES}",
        says="Lists how much of each resource an account, project or domain may own",
        answers=RESOURCE_LIMIT,
        roles="ASDUR",
    ),
    Command(
        "updateResourceLimit",
        update_limit,
        "resourcetype:integer! max:long account:text domainid:domain~ projectid:anyproject~",
        says="Changes how much of a resource an account, project or domain may own",
        answers=RESOURCE_LIMIT,
        roles="ASD",
    ),
    Command(
        "updateResourceCount",
        update_count,
        "domainid:domain!~ resourcetype:integer account:text projectid:anyproject~",
        says="Counts again what an account, project or domain owns",
        answers=RESOURCE_COUNT,
        roles="ASD",
    ),
)

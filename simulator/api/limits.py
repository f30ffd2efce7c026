"""Resource limits and counts of accounts, projects and domains (semantics 6.2, ground truth 6)."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, paged
from simulator.api.owners import owner_of
from simulator.api.render import owner
from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.errors import Kind, Refused
from simulator.domain.limits import RESOURCE_CODES, SIZES
from simulator.domain.records import Account, Domain
from simulator.engine.counts import domain_total, tally

_GIB = 1 << 30


def _limit(call: Call, subject: Account | Domain, code: int) -> Row:
    world, resource = call.world, RESOURCE_CODES[code]
    if isinstance(subject, Account):
        most = world.limit(subject, resource)
    else:
        most = world.domain_limit(subject, resource)
    shown = most // _GIB if resource in SIZES and most > 0 else most
    return _named(call, subject) | {
        "resourcetype": str(code),
        "resourcetypename": str(resource),
        "max": shown,
    }


def _subject(call: Call) -> Account | Domain:
    """Return whose limits are meant: an account, a project or a domain."""
    domain = call.args.get("domainid")
    if domain is not None and call.text("account") is None and call.text("projectid") is None:
        found: Domain = domain
        return found
    return owner_of(call)


def _checked(call: Call, subject: Account | Domain) -> None:
    """Refuse what lies outside the caller's reach."""
    home = subject.domain_id if isinstance(subject, Account) else subject.id
    store = call.world.store
    mine = isinstance(subject, Account) and subject.id == call.account.id
    if not mine and not store.domains[call.account.domain_id].holds(store.domains[home]):
        raise Refused(Kind.DENIED, PERMISSION_TEXT, "REQ-06")


def list_limits(call: Call) -> Row:
    """listResourceLimits of an account, a project or a domain."""
    subject = _subject(call)
    _checked(call, subject)
    wanted = call.args.get("resourcetype")
    codes = [code for code in RESOURCE_CODES if wanted in {None, code}]
    return paged(call, "resourcelimit", codes, lambda code: _limit(call, subject, code))


def update_limit(call: Call) -> Row:
    """updateResourceLimit of an account, a project or a domain; sizes are given in GiB."""
    code, most = _code(call), call.args.get("max", -1)
    subject = _subject(call)
    _checked(call, subject)
    resource = RESOURCE_CODES[code]
    scaled = most * _GIB if resource in SIZES and most >= 0 else max(-1, most)
    call.world.store.limits[subject.id, resource] = scaled
    return {"resourcelimit": _limit(call, subject, code)}


def _code(call: Call) -> int:
    code: int = call.args["resourcetype"]
    if code not in RESOURCE_CODES:
        text = "Please specify a valid resource type"
        raise Refused(Kind.PARAM, text, "REQ-02")
    return code


def _named(call: Call, subject: Account | Domain) -> Row:
    if isinstance(subject, Account):
        return owner(call, subject.id)
    return {"domainid": subject.id, "domain": subject.name, "domainpath": subject.path}


def update_count(call: Call) -> Row:
    """updateResourceCount: counts are always right here, so they are only shown; sizes in bytes."""
    world, subject = call.world, _subject(call)
    _checked(call, subject)
    counted = tally(world)
    codes = [_code(call)] if "resourcetype" in call.args else list(RESOURCE_CODES)
    rows = []
    for code in codes:
        resource = RESOURCE_CODES[code]
        if isinstance(subject, Account):
            total = counted.owned[subject.id, resource]
        else:
            total = domain_total(world, subject, counted, resource)
        named = {"resourcetype": str(code), "resourcetypename": str(resource)}
        rows.append({**_named(call, subject), **named, "resourcecount": total})
    return paged(call, "resourcecount", rows)


COMMANDS = (
    Command(
        "listResourceLimits",
        list_limits,
        f"resourcetype:integer {OWNED}",
        says="Lists how much of each resource an account, project or domain may own",
        answers="resourcelimit",
        roles="ASDUR",
    ),
    Command(
        "updateResourceLimit",
        update_limit,
        "resourcetype:integer! max:long account:text domainid:domain~ projectid:anyproject~",
        says="Changes how much of a resource an account, project or domain may own",
        answers="resourcelimit",
        roles="ASD",
    ),
    Command(
        "updateResourceCount",
        update_count,
        "domainid:domain! resourcetype:integer account:text projectid:anyproject~",
        says="Counts again what an account, project or domain owns",
        answers="resourcecount",
        roles="ASD",
    ),
)

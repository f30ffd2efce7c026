"""listEvents and listEventTypes."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from simulator.api.command import Call, Command
from simulator.api.dates import EPOCH
from simulator.api.entities import ENTITIES
from simulator.api.lists import OWNED, Row, paged, paging, visible
from simulator.api.matching import Test, containing, equal_to
from simulator.api.render import OF_OWNER, Seen
from simulator.api.shape import Shape, date, text
from simulator.domain.event_words import COMPLETED, CREATED, SCHEDULED, STARTED
from simulator.domain.events import TYPES, Event
from simulator.domain.lists import DATE, LIST_EVENTS, DateGiven, EventFilter
from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase

_WITH_ZONE = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z")
_MOMENT = re.compile(r"(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)", re.ASCII)
_DAY = re.compile(r"(\d+)-(\d+)-(\d+)", re.ASCII)
_DAY_END = timedelta(hours=23, minutes=59, seconds=59)
_RESOURCE_NAMES = (
    "None VirtualMachine DomainRouter Volume ConsoleProxy Snapshot Backup Template Iso SystemVm "
    "Host StoragePool ImageStore IpAddress PortableIpAddress SecurityGroup PhysicalNetwork "
    "TrafficType PhysicalNetworkServiceProvider FirewallRule Account User PrivateGateway "
    "StaticRoute Counter Condition AutoScalePolicy AutoScaleVmProfile AutoScaleVmGroup "
    "GlobalLoadBalancerRule LoadBalancerRule AffinityGroup InternalLbVm DedicatedGuestVlanRange "
    "GuestOsCategory GuestOs GuestOsMapping Network NetworkAcl NetworkAclItem Project Domain "
    "DiskOffering ServiceOffering NetworkOffering VpcOffering BackupOffering Zone Vpc Cluster Pod "
    "VmSnapshot Role VpnCustomerGateway ManagementServer ObjectStore Bucket QuotaTariff "
    "KubernetesCluster KubernetesSupportedVersion SharedFS Extension ExtensionCustomAction"
)
_RESOURCES = frozenset(_RESOURCE_NAMES.split())
"""The types of resources that events may be about."""
_STATES = frozenset({CREATED, SCHEDULED, STARTED, COMPLETED})


def _user(event: Seen[Event]) -> str | None:
    user = event.call.world.store.users.get(event.record.user_id)
    return user.name if user else None


def _resource(event: Seen[Event]) -> str | None:
    """Return what an event is about; a volume that was moved to another row is not shown (GT 8)."""
    record = event.record
    volume = event.call.world.store.volumes.get(record.record_id)
    moved = volume is not None and volume.db_id != record.row_db_id
    return None if moved else record.record_id or None


EVENT = Shape[Seen[Event]](
    "event",
    text("id", "id", lambda s: s.record.id),
    text("username", "name of the user", _user),
    text("type", "type", lambda s: s.record.type),
    text("level", "level", lambda s: s.record.level),
    text("description", "description", lambda s: s.record.text),
    *OF_OWNER,
    text("resourceid", "id of the resource", _resource),
    text("resourcetype", "type of the resource", lambda s: s.record.kind),
    text("resourcename", "name of the resource", lambda s: s.record.name or None),
    date("created", "when it was created", lambda s: s.record.created_s),
    text("state", "state", lambda s: s.record.state),
    text("parentid", "id of the first event of the same command", lambda s: s.record.parent_id),
)
EVENT_TYPE = Shape[str]("eventtype", text("name", "name", str))


def moment(call: Call, name: str) -> float | None:
    """Return a date parameter as simulated seconds; a mere day is its begin, or as end its end."""
    text = call.text(name)
    if text is None:
        return None
    at = _read_date(text, ends=name == "enddate")
    case = DateGiven(call.world.dialect, call.command.lower(), text, at is not None)
    DATE.require(Phase.REQUEST, case)
    return (at - EPOCH).total_seconds() if at is not None else None


def _read_date(text: str, *, ends: bool) -> datetime | None:
    """Return a date as the server reads it: months and days above their number go on counting."""
    for form in _WITH_ZONE:
        with suppress(ValueError):
            return datetime.strptime(text, form)  # noqa: DTZ007 - the form has a zone
    fits = _MOMENT.fullmatch(text) or _DAY.match(text)
    if fits is None:
        return None
    year, month, day, *clock = (int(part) for part in fits.groups())
    hours, minutes, seconds = clock or (0, 0, 0)
    try:
        first = datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=UTC)
        later = timedelta(days=day - 1, hours=hours, minutes=minutes, seconds=seconds)
        return first + later + (_DAY_END if ends and not clock else timedelta())
    except (ValueError, OverflowError):
        return None


def list_events(call: Call) -> Row:
    """listEvents: pages from the newest on, and on each page the oldest first.

    The ids of a page are searched for newest first; its rows come by id (seen on 4.22.0).
    """
    for name in ("id", "startid"):
        _known(call, name)
    first, last = moment(call, "startdate"), moment(call, "enddate")
    page = paging(call)
    LIST_EVENTS.require(Phase.REQUEST, _filter_of(call))
    tests, sees = [*_tests(call)], visible(call)
    rows = [
        e
        for e in reversed(call.world.store.events)
        if all(test(e) for test in tests)
        and (first is None or e.created_s >= first)
        and (last is None or e.created_s <= last)
        and sees(e.account_id)
    ]
    if {"duration", "entrytime"} <= call.args.keys():
        rows = []
    body = page.cut("event", rows, lambda e: EVENT.render(Seen(call, e)))
    return body | {"event": body["event"][::-1]} if "event" in body else body


def _known(call: Call, name: str) -> None:
    """Raise Refused where a parameter names no event."""
    text = call.text(name)
    there = any(e.id == text for e in call.world.store.events)
    case = Field(call.world.dialect, call.command, name, text, False, is_id=True, found=there)
    REQUEST.require(Phase.REQUEST, case)


def _filter_of(call: Call) -> EventFilter:
    args = call.args
    kind, state = args.get("resourcetype"), args.get("state", "")
    return EventFilter(
        dialect=call.world.dialect,
        type_known=kind is None or kind in _RESOURCES,
        id_given="resourceid" in args,
        type_given=kind is not None,
        id_known=_is_entity(call, args.get("resourceid")),
        state_text=state,
        state_known=not state.strip() or state in _STATES,
    )


def _is_entity(call: Call, entity_id: str | None) -> bool:
    kinds = (kind.of(call.world.store) for kind in ENTITIES.values())
    return any(entity_id in rows for rows in kinds)


def _tests(call: Call) -> Iterator[Callable[[Event], bool]]:
    """Yield the filters that were asked for."""
    args = call.args
    for name, get in _FACTS.items():
        if args.get(name):
            yield _compared(get, equal_to(args[name]))
    if args.get("keyword"):
        within = containing(args["keyword"])
        yield lambda e: within(e.type) or within(e.text) or within(e.level)
    ids = {args.get("id", args.get("startid")), None}
    if "startid" in args:
        yield lambda e: e.id in ids or e.parent_id == args["startid"]
    elif "id" in args:
        yield lambda e: e.id in ids
    if "resourceid" in args:
        yield lambda e: _resource(Seen(call, e)) is not None
    if args.get("archived") and "id" not in args:
        yield lambda _: False


def _compared(get: Callable[[Event], str], test: Test) -> Callable[[Event], bool]:
    return lambda event: test(get(event))


_FACTS: dict[str, Callable[[Event], str]] = {
    "type": lambda e: e.type,
    "level": lambda e: e.level,
    "state": lambda e: e.state,
    "resourcetype": lambda e: e.kind,
    "resourceid": lambda e: e.record_id,
}
"""Filter of events -> what is compared."""


def list_types(call: Call) -> Row:
    """listEventTypes."""
    return paged(call, "eventtype", TYPES, EVENT_TYPE.render)


COMMANDS = (
    Command(
        "listEvents",
        list_events,
        "id:text type:text level:text state:text resourceid:text resourcetype:text startid:text "
        f"startdate:date enddate:date duration:integer entrytime:integer archived:bool {OWNED}",
        says="Lists the events, newest first",
        answers=EVENT,
        roles="ASDUR",
    ),
    Command(
        "listEventTypes",
        list_types,
        says="Lists the types of events",
        answers=EVENT_TYPE,
        roles="ASDUR",
    ),
)

"""listEvents and listEventTypes."""

from datetime import UTC, datetime, timedelta

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, paged, visible
from simulator.api.render import EPOCH, date, owner, present
from simulator.domain.errors import Kind, Refused
from simulator.domain.events import TYPES, Event

_FORMATS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
_DAY = timedelta(days=1)


def event(call: Call, record: Event) -> Row:
    """Return EventResponse; a volume that was moved to another row has no resourceid (GT 8)."""
    store = call.world.store
    user = store.users.get(record.user_id)
    volume = store.volumes.get(record.record_id)
    moved = volume is not None and volume.db_id != record.row_db_id
    return present(
        {
            "id": record.id,
            "username": user.name if user else None,
            "type": record.type,
            "level": record.level,
            "description": record.text,
            **owner(call, record.account_id),
            "resourceid": None if moved else record.record_id or None,
            "resourcetype": record.kind,
            "resourcename": record.name or None,
            "created": date(record.created_s),
            "state": record.state,
            "parentid": record.parent_id,
        }
    )


def _seconds(call: Call, name: str) -> float | None:
    """Return a date parameter as simulated seconds; a mere day is its begin, or as end its end."""
    text = call.text(name)
    if text is None:
        return None
    for form in _FORMATS:
        try:
            at = datetime.strptime(text, form)  # noqa: DTZ007 - a form without a zone is UTC, below
        except ValueError:
            continue
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        if form == _FORMATS[-1] and name == "enddate":
            at += _DAY
        return (at - EPOCH).total_seconds()
    words = (
        f"Unable to parse date {text} for command {call.command.lower()}, please pass dates in the "
        "format yyyy-MM-dd, yyyy-MM-dd HH:mm:ss or yyyy-MM-ddTHH:mm:ss+0000"
    )
    raise Refused(Kind.MALFORMED, words, "REQ-02")


def list_events(call: Call) -> Row:
    """listEvents, newest first."""
    args, sees = call.args, visible(call)
    if args.get("resourceid") and not args.get("resourcetype"):
        text = "resourceid parameter must be used with resourcetype parameter"
        raise Refused(Kind.PARAM, text, "REQ-03")
    first, last = _seconds(call, "startdate"), _seconds(call, "enddate")
    rows = [
        e
        for e in reversed(call.world.store.events)
        if _wanted(call, e)
        and sees(e.account_id)
        and (first is None or e.created_s >= first)
        and (last is None or e.created_s <= last)
    ]
    return paged(call, "event", rows, lambda e: event(call, e))


def _wanted(call: Call, record: Event) -> bool:
    args = call.args
    keyword = args.get("keyword", "").lower()
    in_text = (record.type, record.text, record.level)
    return (
        args.get("id", record.id) == record.id
        and args.get("type", record.type).lower() == record.type.lower()
        and args.get("level", record.level).lower() == record.level.lower()
        and args.get("state", record.state).lower() == record.state.lower()
        and any(keyword in text.lower() for text in in_text)
        and args.get("startid", record.parent_id) == record.parent_id
        and args.get("resourcetype", record.kind).lower() == record.kind.lower()
        and args.get("resourceid", record.record_id) == record.record_id
        and ("resourceid" not in args or "resourceid" in event(call, record))
    )


def list_types(call: Call) -> Row:
    """listEventTypes."""
    return paged(call, "eventtype", [{"name": name} for name in TYPES])


COMMANDS = (
    Command(
        "listEvents",
        list_events,
        "id:text type:text level:text state:text resourceid:text resourcetype:text startid:text "
        f"startdate:date enddate:date {OWNED}",
        says="Lists the events, newest first",
        answers="event",
        roles="ASDUR",
    ),
    Command(
        "listEventTypes",
        list_types,
        says="Lists the types of events",
        answers="eventtype",
        roles="ASDUR",
    ),
)

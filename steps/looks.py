"""What lists show: rows by their fields, filters, events, and how long requests took."""

from datetime import datetime
from typing import Any

from pytest_bdd import given, then, when

from steps.given import make_volume
from steps.needs import STAGE, Need, needs
from steps.own import own, own_ids
from steps.places import HYPERVISORS
from steps.words import words
from steps.world import KEY, World

Row = dict[str, Any]
Table = list[list[str]]
_TICK_S = 2


def first_row(body: Row) -> Row:
    """Return the object that an answer is about: of a list its first, of a job its result."""
    inner = body.get("jobresult", body)
    for value in inner.values() if isinstance(inner, dict) else ():
        row = next(iter(value), None) if isinstance(value, list) else value
        if isinstance(row, dict):
            return row
    return inner if isinstance(inner, dict) else {}


@then("the answer shows")
def answer_shows(world: World, datatable: Table) -> None:
    """Compare fields of what the last answer is about; "present" and "absent" as with one field."""
    row = first_row(world.outcome.body)
    for name, text in datatable:
        shown, wanted = str(row.get(name, "absent")), world.value(text)
        assert shown == wanted or (wanted == "present" and name in row), (name, shown, row)


@then("the answer of the job has")
def job_shows(world: World, datatable: Table) -> None:
    """Compare fields of the last job itself."""
    for name, text in datatable:
        shown, wanted = str(world.outcome.body.get(name, "absent")), world.value(text)
        assert shown == wanted or (wanted == "present" and name in world.outcome.body), name


@then("the answer is empty")
def is_empty(world: World) -> None:
    """Check that an empty list has neither a count nor rows."""
    assert world.outcome.body == {}


@then(words("the answer counts {count:d} and has {rows:d}"))
def counts(world: World, count: int, rows: int) -> None:
    """Compare the count of a list and the rows of its page."""
    found = [value for value in world.outcome.body.values() if isinstance(value, list)]
    assert world.outcome.body["count"] == count
    assert sum(len(value) for value in found) == rows


def rows_of(world: World, who: str, command: str, text: dict[str, str]) -> list[Row]:
    """Return the rows that a list shows a caller, none where it is empty."""
    body = world.must(who, command, **text)
    assert body == {} or body["count"] >= 1, body
    return next((rows for rows in body.values() if isinstance(rows, list)), [])


_PAGE = 500
"""So many rows are shown without a size of page; in a longer list of more may be found."""
_WHOLE = {"listall": "true"}
_PAGED = frozenset({"listEvents", "listVolumes", "listVirtualMachines"})
"""Lists that may be longer than a page where others use the cloud."""
_ALSO = {
    "listTemplates": {"templatefilter": "all"},
    "listIsos": {"isofilter": "all"},
}


@then(
    words(
        'of what {command:alias} shows the {who:who}, {name:alias} "{value:any}" '
        'leaves those whose {field:alias} is "{text:any}"'
    )
)
@needs(of=lambda given: [Need("hypervisor", v) for v in [given["value"]] if v in HYPERVISORS])
def narrowed(
    world: World, command: str, who: str, name: str, value: str, field: str, text: str
) -> None:
    """Compare a list with a filter with the whole list: it leaves some, and leaves some out.

    Others may add rows meanwhile, or take some away: so the whole is looked at before and after.
    A keyword finds what contains it, so also another's longer name. A cloud of others may have
    nothing else: one template, say.
    """
    usual = _WHOLE | _ALSO.get(command, {})
    if command in _PAGED and who in {KEY, world.site.own_part}:
        usual = usual | world.site.within
    wanted = world.value(text)
    wanted = f"*{wanted}*" if name == "keyword" else wanted
    before, part, after = (
        own(world, who, rows_of(world, who, command, usual | more))
        for more in ({}, {name: world.value(value)}, {})
    )
    later = {_named(row) for row in after if _fits(str(row.get(field)), wanted)}
    fitting = [row for row in before if _fits(str(row.get(field)), wanted)]
    right = [name for name in map(_named, fitting) if name in later]
    shown = [_named(row) for row in part]
    assert [name for name in shown if name in right] == right, (shown, right)
    known = {_named(row) for row in (*before, *after)}
    assert set(shown) <= known or len(before) >= _PAGE, set(shown) - known
    assert all(_fits(str(row.get(field)), wanted) for row in part), part
    assert part
    assert len(fitting) < len(before) or world.site.stage is None, len(before)


def _fits(shown: str, wanted: str) -> bool:
    """Return whether a field is as wanted; `*part*` is one that contains the part."""
    if wanted.startswith("*"):
        return wanted.strip("*").lower() in shown.lower()
    return shown == wanted


def _named(row: Row) -> str:
    return str(row.get("id", row.get("name", row)))


@given("the events so far are known")
def known_events(world: World) -> None:
    """Remember what is in the log, so that only what comes later is looked at."""
    rows = rows_of(world, KEY, "listEvents", _WHOLE)
    world.events = {row["id"] for row in rows}
    world.events_since = max((row["created"] for row in rows), default="")


def _later_events(world: World, kind: str) -> list[Row]:
    """Return the events of a type that came later, oldest first."""
    found = rows_of(world, KEY, "listEvents", _WHOLE | {"type": kind.replace("-", ".")})
    new = (row for row in found if row["created"] >= world.events_since)  # others are beyond a page
    rows = [row for row in new if row["id"] not in world.events]
    if not world.site.domain_id:
        return rows
    ids = own_ids(world)
    ids |= {row["id"] for row in rows if {row.get("resourceid"), row["domainid"]} & ids}
    about = ("id", "parentid", "resourceid", "domainid")
    ours = [row for row in rows if {row.get(field) for field in about} & ids]
    return ours or [row for row in rows if not row.get("resourceid")]


@then(words('the events of type {kind:alias} are "{states:any}" and about {what:alias}'))
def events_are(world: World, kind: str, states: str, what: str) -> None:
    """Compare the later events of a type: states, level, resource, and which is their first.

    A state with ! is that of an error. Of a job all later rows name the first as their parent, of
    a command without one none does. Firewall rules are shown by no id.
    """
    rows = _later_events(world, kind)
    found = ", ".join(r["state"] + "!" * (r["level"] == "ERROR") for r in rows)
    assert found == states, rows
    assert {r["resourcetype"] for r in rows} == {what}, rows
    assert what == "FirewallRule" or "!" in found or all(r.get("resourceid") for r in rows), rows
    parents = [r.get("parentid") for r in rows]
    parent = rows[0]["id"] if rows[0]["state"] in {"Created", "Scheduled"} else None
    assert parents == [None, *[parent] * (len(rows) - 1)], rows


@then(words('the last event of type {kind:alias} says "{text:any}"'))
def event_says(world: World, kind: str, text: str) -> None:
    """Compare the beginning of what the newest event says."""
    row = _later_events(world, kind)[-1]
    assert row["description"].startswith(text), row


@then(words("it took at least {seconds:d} seconds"))
def at_least(world: World, seconds: int) -> None:
    """Check how long it took since the last requests were sent, polls included."""
    assert world.site.now_s() - world.began_s >= seconds, world.site.now_s() - world.began_s


@given(words("{seconds:d} seconds have passed"))
@needs(STAGE)
def passed(world: World, seconds: int) -> None:
    """Let simulated time pass, whatever was asked last."""
    world.cloud.sleep(seconds)


@given(words("{count:d} VMs that were never started, each with a data volume"))
def many_vms(world: World, count: int) -> None:
    """Deploy VMs called many1, many2, ... with volumes of the same names, for the root admin."""
    for number in range(1, count + 1):
        alias = f"many{number}"
        made = world.must(
            KEY,
            "deployVirtualMachine",
            name=world.name(),
            zoneid=world.pick("zone", "a-zone"),
            templateid=world.pick("template", "usual"),
            serviceofferingid=world.pick("service", "Small Instance"),
            startvm="false",
        )
        world.vms[alias] = made["id"]
        make_volume(world, alias, who=KEY)
        world.must(KEY, "attachVolume", id=world.volumes[alias], virtualmachineid=world.vms[alias])


@when(words("the {who:who} detaches all of them at once"))
def detach_all(world: World, who: str) -> None:
    """Send a detach of each of many volumes without waiting."""
    many = [alias for alias in world.volumes if alias.startswith("many")]
    world.caller(who)
    world.begin()
    sent = [world.submit(who, "detachVolume", {"id": world.volumes[alias]}) for alias in many]
    world.outcomes = [world.finish(*one) for one in sent]


@then(words("{count:d} of the jobs ended a tick of the work queue after the others"))
def later_ticks(world: World, count: int) -> None:
    """Count the jobs that ended when the queue had ticked once more."""
    ends = [_second(o.body["completed"]) // _TICK_S for o in world.outcomes]
    assert sorted(tick - min(ends) for tick in ends) == [0] * (len(ends) - count) + [1] * count


def _second(date: str) -> int:
    return int(datetime.strptime(date, "%Y-%m-%dT%H:%M:%S%z").timestamp())

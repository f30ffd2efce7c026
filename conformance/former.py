"""What scenarios change of what others use: how it was before, and putting that back."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from conformance.ledger import Entry, Ledger
from conformance.wire import Unstaged
from simulator.port import Cloud, Reply

Row = dict[str, Any]
State = dict[str, str]
"""Fields of something as text, those that commands here change."""
Step = tuple[str, dict[str, str]]
"""A command with its parameters."""
SETTING = "setting"
_SCOPES = ("zoneid", "clusterid", "storageid", "accountid", "domainid", "imagestoreuuid")
_LISTS = frozenset({"hosttags", "tags"})
"""Fields whose words have no order."""
_ROUNDS = 3
_UNKNOWN = 431


class Thing(NamedTuple):
    """A kind of what others use: its list, the *fields* that are kept, and the way *back*.

    *back* yields the commands from a state to an earlier one: (id, earlier, now).
    """

    listing: str
    key: str
    fields: tuple[str, ...]
    back: Callable[[str, State, State], Iterator[Step]]


def _host(entity_id: str, was: State, now: State) -> Iterator[Step]:
    states, own = (was["resourcestate"], now["resourcestate"]), {"id": entity_id}
    if states[0] != states[1]:
        if "Maintenance" in states[1]:
            yield "cancelHostMaintenance", own
        elif "Maintenance" in states[0]:
            yield "prepareHostForMaintenance", own
        else:
            word = "Disable" if states[0] == "Disabled" else "Enable"
            yield "updateHost", own | {"allocationstate": word}
    yield from _fields("updateHost", own, was, now, "hosttags", "name")


def _pool(entity_id: str, was: State, now: State) -> Iterator[Step]:
    own = {"id": entity_id}
    if was["state"] != now["state"]:
        if "Maintenance" in now["state"]:
            yield "cancelStorageMaintenance", own
        elif was["state"] == "Maintenance":
            yield "enableStorageMaintenance", own
        else:
            enabled = "false" if was["state"] == "Disabled" else "true"
            yield "updateStoragePool", own | {"enabled": enabled}
    yield from _fields("updateStoragePool", own, was, now, "tags", "name")


def _capabilities(entity_id: str, was: State, now: State) -> Iterator[Step]:
    yield from _fields("updateHypervisorCapabilities", {"id": entity_id}, was, now, *was)


def _link(name: str) -> Callable[[str, State, State], Iterator[Step]]:
    def back(entity_id: str, was: State, now: State) -> Iterator[Step]:
        if was != now:
            given = {field: value for field, value in was.items() if value}
            yield "linkUserDataToTemplate", {name: entity_id} | given

    return back


def _system_vm(entity_id: str, was: State, now: State) -> Iterator[Step]:
    if was["state"] != now["state"]:
        command = "stopSystemVm" if was["state"] == "Stopped" else "startSystemVm"
        yield command, {"id": entity_id}


def _place(command: str) -> Callable[[str, State, State], Iterator[Step]]:
    def back(entity_id: str, was: State, now: State) -> Iterator[Step]:
        yield from _fields(command, {"id": entity_id}, was, now, *was)

    return back


def _fields(
    command: str, own: dict[str, str], was: State, now: State, *names: str
) -> Iterator[Step]:
    """Yield one command that gives fields their earlier values, if any has another."""
    other = {name: was[name] for name in names if was[name] != now[name]}
    if other:
        yield command, own | other


_PLACE = ("allocationstate", "name")
THINGS = {
    "host": Thing("listHosts", "host", ("resourcestate", "hosttags", "name"), _host),
    "storage pool": Thing("listStoragePools", "storagepool", ("state", "tags", "name"), _pool),
    "hypervisor limit": Thing(
        "listHypervisorCapabilities", "hypervisorCapabilities",
        ("maxguestslimit", "maxdatavolumeslimit", "storagemotionenabled", "vmsnapshotenabled",
         "securitygroupenabled", "maxhostspercluster"),
        _capabilities,
    ),
    "template link": Thing("listTemplates", "template", ("userdataid", "userdatapolicy"),
                           _link("templateid")),
    "ISO link": Thing("listIsos", "iso", ("userdataid", "userdatapolicy"), _link("isoid")),
    "system VM": Thing("listSystemVms", "systemvm", ("state",), _system_vm),
    "zone": Thing("listZones", "zone", _PLACE, _place("updateZone")),
    "pod": Thing("listPods", "pod", _PLACE, _place("updatePod")),
    "cluster": Thing("listClusters", "cluster", _PLACE, _place("updateCluster")),
}  # fmt: skip
"""Kind in the ledger -> what it is."""
CHANGES = {
    "updateConfiguration": SETTING, "resetConfiguration": SETTING,
    "updateHost": "host", "prepareHostForMaintenance": "host", "cancelHostMaintenance": "host",
    "updateStoragePool": "storage pool", "enableStorageMaintenance": "storage pool",
    "cancelStorageMaintenance": "storage pool",
    "updateHypervisorCapabilities": "hypervisor limit",
    "linkUserDataToTemplate": "template link",
    "rebootSystemVm": "system VM", "stopSystemVm": "system VM", "startSystemVm": "system VM",
    "destroySystemVm": "system VM",
    "updateZone": "zone", "updatePod": "pod", "updateCluster": "cluster",
}  # fmt: skip
"""Command -> kind of what it changes. In the place of a destroyed system VM comes another."""
KINDS = (SETTING, *THINGS)
"""Kinds in the ledger that are put back, and not removed."""


class NotPutBack(NamedTuple):
    """Something that is not as it was: what the cloud answered, and the command to try."""

    answer: str
    command: str


def note(ledger: Ledger, cloud: Cloud, lane: str, command: str, text: Mapping[str, str]) -> None:
    """Write down how it is what *command* is about to change, if that does not stand there yet.

    Unstaged if that cannot be known.
    """
    kind = CHANGES.get(command)
    if kind == SETTING:
        _note_setting(ledger, cloud, lane, command, text)
    elif kind is not None:
        kind = "ISO link" if kind == "template link" and "templateid" not in text else kind
        thing, open_ids = THINGS[kind], {e.id for e in ledger.open_entries(lane) if e.kind == kind}
        for row in _named(cloud, thing, text):
            if row["id"] not in open_ids:
                label = json.dumps(_state(thing, row))
                ledger.there(ledger.intend(lane, command, kind, label), str(row["id"]))


def _note_setting(
    ledger: Ledger, cloud: Cloud, lane: str, command: str, text: Mapping[str, str]
) -> None:
    name = text.get("name", "")
    if any(scope in text for scope in _SCOPES):
        msg = f"{command} of less than the whole cloud is not sent: it could not be put back"
        raise Unstaged(msg)
    rows = _rows(cloud, "listConfigurations", "configuration", name=name)
    is_open = any(e.kind == SETTING and e.label == name for e in ledger.open_entries(lane))
    for row in rows:
        if row["name"] == name and not is_open:
            ledger.there(ledger.intend(lane, command, SETTING, name), str(row.get("value", "")))


def put_back(cloud: Cloud, entry: Entry, ended: Callable[[Reply], str]) -> NotPutBack | None:
    """Make it as it was; None if it is. *ended* waits for a job and returns why it failed."""
    if entry.id is None:  # it was never sent
        return None
    if entry.kind == SETTING:
        return _setting_back(cloud, entry, ended)
    thing, was, no = THINGS[entry.kind], json.loads(entry.label), None
    for _ in range(_ROUNDS):
        rows = [r for r in _rows(cloud, thing.listing, thing.key, id=entry.id)
                if str(r["id"]) == entry.id]  # fmt: skip
        if not rows or _state(thing, rows[0]) == was:
            return None
        for command, text in thing.back(entry.id, was, _state(thing, rows[0])):
            answer = ended(cloud.call(command, **text))
            no = NotPutBack(answer or f"it is not {entry.label} again", _line(command, text))
    return no or NotPutBack(f"it is not {entry.label} again", command_of(entry))


def _setting_back(cloud: Cloud, entry: Entry, ended: Callable[[Reply], str]) -> NotPutBack | None:
    text = {"name": entry.label, "value": entry.id or ""}
    rows = _rows(cloud, "listConfigurations", "configuration", name=entry.label)
    now = [str(row.get("value", "")) for row in rows if row["name"] == entry.label]
    if not now or now[0] == entry.id:
        return None
    answer = ended(cloud.call("updateConfiguration", **text))
    return NotPutBack(answer, command_of(entry)) if answer else None


def command_of(entry: Entry) -> str:
    """Return the command to try by hand, as far as it is known."""
    if entry.kind == SETTING:
        return _line("updateConfiguration", {"name": entry.label, "value": entry.id or ""})
    return f"{entry.command} id={entry.id} (it was {entry.label})"


def _line(command: str, text: Mapping[str, str]) -> str:
    return " ".join([command, *(f"{name}={value}" for name, value in text.items())])


def _named(cloud: Cloud, thing: Thing, text: Mapping[str, str]) -> list[Row]:
    """Return the rows of what a command names by its id, or by hypervisor and version."""
    entity_id = text.get("id") or text.get("templateid") or text.get("isoid")
    if entity_id:
        return [r for r in _rows(cloud, thing.listing, thing.key, id=entity_id)
                if str(r["id"]) == entity_id]  # fmt: skip
    if "hypervisor" not in text:
        return []
    rows = _rows(cloud, thing.listing, thing.key, hypervisor=text["hypervisor"])
    return [r for r in rows if r.get("hypervisorversion") == text.get("hypervisorversion")]


def _rows(cloud: Cloud, listing: str, key: str, **text: str) -> list[Row]:
    """Return the rows of a list, none of an unknown id; Unstaged if it is refused."""
    asked = {"listall": "true", "templatefilter": "all", "isofilter": "all"} | text
    reply = cloud.call(listing, **asked)
    if reply.status not in {200, _UNKNOWN}:
        msg = f"{_line(listing, text)} is refused: {reply.body.get('errortext', reply.status)}"
        raise Unstaged(msg)
    rows: list[Row] = reply.body.get(key, []) if reply.status == 200 else []
    return rows


def _state(thing: Thing, row: Row) -> State:
    """Return how something is."""
    state = {}
    for field in thing.fields:
        text = str(row.get(field, ""))
        text = text.lower() if isinstance(row.get(field), bool) else text
        state[field] = ",".join(sorted(text.split(","))) if field in _LISTS else text
    return state

"""Write the events of a command (semantics 8, ground truth 8 and C13)."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.api.command import Call
from simulator.api.entities import of_event
from simulator.domain.event_words import COMPLETED, CREATED, SCHEDULED, STARTED, Words
from simulator.domain.events import ERROR, INFO, WORDS, Event
from simulator.domain.networks import Network
from simulator.domain.owner_events import SYSTEM_RULES, VLAN_ASSIGNED
from simulator.domain.records import Vm, Volume
from simulator.domain.settings import SETTINGS
from simulator.engine.errors import Restarted
from simulator.engine.store import Store, uuid
from simulator.engine.world import Flow

_SUBJECTS = ("id", "volumeid", "virtualmachineid", "vmsnapshotid", "projectid", "roleid")
"""Parameters that name what a command works on, most telling first."""
_FOUNDERS = frozenset({"PROJECT.CREATE", "PROJECT.UPDATE", "PROJECT.DELETE"})
"""Events of a project that are its founder's, not the project's own (ActionEventUtils)."""
_UNRESOLVED = frozenset({"FirewallRule"})
"""Kinds whose events show no resource: no entity of theirs is in the context of the call."""


def words_of(call: Call) -> Words | None:
    """Return how the events of a call read; a value that was given may have words of its own."""
    for name, value in _VARIED.get(call.command, ()):
        if str(call.args.get(name)).lower() == value:
            return WORDS[f"{call.command} {name}={value}"]
    return WORDS.get(call.command)


def _varied() -> dict[str, list[tuple[str, str]]]:
    """Return the commands that have words of their own for a value, by command."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in WORDS:
        command, _, given = key.partition(" ")
        if given:
            name, _, value = given.partition("=")
            found.setdefault(command, []).append((name, value))
    return found


_VARIED = _varied()


class Teller:
    """Writes the events of one call; the first becomes the parent of the others."""

    def __init__(self, call: Call, words: Words, entity_id: str = "") -> None:
        self.call, self.words = call, words
        self.parent: str | None = None
        store, given = call.world.store, dict(_given(call))
        kept = of_event(store, words.kind)
        named = (given[name] for name in _SUBJECTS if given.get(name) in kept)
        entity = entity_id if entity_id in kept or not kept else next(named, "")
        about = _named("entity", kept[entity]) if entity in kept else ()
        place = _place(store, kept.get(entity))
        self.given: Mapping[str, str] = _Blank(given | dict(about) | place, entity=entity)

    def write(self, state: str, account_id: str, *, failed: bool = False) -> None:
        """Write the row of *state* into the log of *account_id*."""
        world, words, entity = self.call.world, self.words, self.given.get("entity", "")
        record: Any = of_event(world.store, words.kind).get(entity)
        event = Event(
            uuid(world.dice("events")),
            world.store.new_row("event"),
            words.type,
            ERROR if failed else INFO,
            words.text(state, self.given, failed=failed),
            state,
            account_id,
            self.call.user.id,
            words.kind,
            "" if words.kind in _UNRESOLVED else entity,
            record.db_id if record is not None else 0,
            getattr(record, "name", ""),
            world.env.now,
            self.parent,
        )
        world.store.events.append(event)
        self.parent = self.parent or event.id

    @property
    def owner_id(self) -> str:
        """The account that owns what the command works on."""
        kept = of_event(self.call.world.store, self.words.kind)
        record = kept.get(self.given.get("entity", ""))
        name = "owner_id" if self.words.type in _FOUNDERS else "account_id"
        owner: str = getattr(record, name, self.call.account.id)
        return owner

    def follow(self, flow: Flow) -> Flow:
        """Run *flow* between the Started and the Completed row, both the caller's."""
        self.caller_writes(STARTED)
        try:
            value = yield from flow
        except Restarted:
            raise
        except Exception:
            self.caller_writes(COMPLETED, failed=True)
            raise
        self.caller_writes(COMPLETED)
        return value

    def caller_writes(self, state: str, *, failed: bool = False) -> None:
        """Write the caller's row of *state*, if the command has one."""
        if state in self.words.rows:
            self.write(state, self.call.account.id, failed=failed)

    def tell_at_once(self, *, failed: bool = False) -> None:
        """Write the rows of a command without a job, none of which is another's parent."""
        for state in (STARTED, COMPLETED):
            self.caller_writes(state, failed=failed)
            self.parent = None


class _Blank(dict[str, str]):
    """Texts by parameter; one that was not given is null."""

    def __missing__(self, _: str) -> str:
        return "null"


def _given(call: Call) -> Iterator[tuple[str, str]]:
    """Yield each parameter as a text, of an entity its id, and what else texts say of it."""
    for name, value in call.args.items():
        yield name, str(getattr(value, "id", value))
        yield from _named(name, value)
    if "permission" in call.args:
        yield "permission_caps", str(call.args["permission"]).upper()
    setting = SETTINGS.get(str(call.args.get("name")))
    if setting is not None:
        yield "default", setting.default
    network = call.args.get("networkid")
    offering = call.world.store.network_offerings.get(getattr(network, "offering_id", ""))
    if network is not None and offering is not None:
        yield "networkid_spelt", network.spelt(offering.db_id)


def _named(name: str, record: Any) -> Iterator[tuple[str, str]]:
    """Yield the number and the name of a record."""
    if hasattr(record, "db_id"):
        yield f"{name}_row", str(record.db_id)
        yield f"{name}_name", str(getattr(record, "address", "") or getattr(record, "name", ""))


def _place(store: Store, record: Any) -> dict[str, str]:
    """Return the network of a record, and the numbers of the network and of its zone."""
    network = store.networks.get(getattr(record, "network_id", None) or "")
    if network is None:
        return {}
    zone = store.zones[network.zone_id]
    return {
        "network": network.id,
        "network_row": str(network.db_id),
        "zone_row": str(zone.db_id),
    }


def narrated(call: Call, flow: Flow, entity_id: str | None) -> Flow:
    """Write that a job is accepted, and return its flow so that it tells the rest."""
    words = words_of(call)
    if words is None:
        return flow
    teller = Teller(call, words, entity_id or "")
    if words.born:
        teller.write(CREATED, call.account.id)
    teller.write(SCHEDULED, teller.owner_id)
    return teller.follow(flow)


def tell_done(call: Call, body: Mapping[str, Any]) -> None:
    """Write that a synchronous command succeeded."""
    words = words_of(call)
    if words is not None:
        made = [v["id"] for v in body.values() if isinstance(v, dict) and "id" in v]
        Teller(call, words, next(iter(made), "")).tell_at_once()


def tell_refused(call: Call, *, is_async: bool) -> None:
    """Write that a command was refused after its parameters were found good."""
    words = words_of(call)
    if words is None:
        return
    if not is_async:
        Teller(call, words).tell_at_once(failed=True)
    elif words.born:
        Teller(call, words).write(CREATED, call.account.id, failed=True)


def tell_of_disk(call: Call, words: Words, volume: Volume, vm: Vm) -> None:
    """Write what a command on *vm* did to *volume*, within the events of its job if it has one."""
    teller = Teller(call, words, volume.id)
    teller.given = {
        "type": str(volume.type),
        "entity": volume.id,
        "virtualmachineid": vm.id,
    }
    if words.born:
        teller.write(CREATED, call.account.id)
        return
    teller.parent = _accepted(call, vm)
    teller.write(COMPLETED, call.account.id)


def _accepted(call: Call, vm: Vm) -> str | None:
    """Return the event that says a command on *vm* was accepted, None for none."""
    words, events = words_of(call), reversed(call.world.store.events)
    if words is None:
        return None
    first = (
        e.id
        for e in events
        if (e.type, e.state, e.record_id, e.user_id) == (words.type, SCHEDULED, vm.id, call.user.id)
    )
    return next(first, None)


def tell_of_network(call: Call, network: Network) -> None:
    """Write what a command did that implemented *network*: its VLAN, then its address's rules."""
    teller = Teller(call, VLAN_ASSIGNED, network.id)
    teller.given = _Blank(teller.given, vlan=str(network.vlan))
    teller.write(COMPLETED, network.account_id)
    addresses = call.world.store.public_ips.values()
    if any(ip.network_id == network.id and ip.source_nat for ip in addresses):
        tell_of_system_rules(call)


def tell_of_system_rules(call: Call) -> None:
    """Write that rules of the system were made for a public address."""
    Teller(call, SYSTEM_RULES).write(CREATED, call.account.id)

"""Write the events of a command (semantics 8, ground truth 8 and C13)."""

from collections.abc import Mapping
from typing import Any

from simulator.api.command import Call
from simulator.api.entities import of_event
from simulator.domain.events import (
    COMPLETED,
    CREATED,
    DETACHED_BY_DESTROY,
    ERROR,
    INFO,
    SCHEDULED,
    STARTED,
    WORDS,
    Event,
    Words,
)
from simulator.domain.records import Vm, Volume
from simulator.engine.errors import Restarted
from simulator.engine.store import uuid
from simulator.engine.world import Flow

_SUBJECTS = ("id", "volumeid", "virtualmachineid", "vmsnapshotid", "projectid", "roleid")
"""Parameters that name what a command works on, most telling first."""


class Teller:
    """Writes the events of one call; the first becomes the parent of the others."""

    def __init__(self, call: Call, words: Words, entity_id: str = "") -> None:
        self.call, self.words = call, words
        self.parent: str | None = None
        given = {k: str(getattr(v, "id", v)) for k, v in call.args.items()}
        kept = of_event(call.world.store, words.kind)
        named = (given[name] for name in _SUBJECTS if given.get(name) in kept)
        self.given: Mapping[str, str] = _Blank(given, entity=entity_id or next(named, ""))

    def write(self, state: str, account_id: str, *, failed: bool = False) -> None:
        """Write the row of *state* into the log of *account_id*."""
        world, words, entity = self.call.world, self.words, self.given["entity"]
        record: Any = of_event(world.store, words.kind).get(entity)
        event = Event(
            uuid(world.dice("events")),
            world.store.new_row("event"),
            words.type,
            ERROR if failed else INFO,
            words.told(state, self.given, failed=failed),
            state,
            account_id,
            self.call.user.id,
            words.kind,
            entity,
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
        record = kept.get(self.given["entity"])
        owner: str = getattr(record, "account_id", self.call.account.id)
        return owner

    def follow(self, flow: Flow) -> Flow:
        """Run *flow* between the Started and the Completed row, both the caller's."""
        self.write(STARTED, self.call.account.id)
        try:
            value = yield from flow
        except Restarted:
            raise
        except Exception:
            self.write(COMPLETED, self.call.account.id, failed=True)
            raise
        self.write(COMPLETED, self.call.account.id)
        return value


class _Blank(dict[str, str]):
    """Texts by parameter; one that was not given is empty."""

    def __missing__(self, _: str) -> str:
        return ""


def narrated(call: Call, flow: Flow, entity_id: str | None) -> Flow:
    """Write that a job is accepted, and return its flow so that it tells the rest."""
    words = WORDS.get(call.command)
    if words is None:
        return flow
    teller = Teller(call, words, entity_id or "")
    if words.creates:
        teller.write(CREATED, call.account.id)
    teller.write(SCHEDULED, teller.owner_id)
    return teller.follow(flow)


def tell_done(call: Call, body: Mapping[str, Any]) -> None:
    """Write that a synchronous command succeeded."""
    words = WORDS.get(call.command)
    if words is not None:
        made = [v["id"] for v in body.values() if isinstance(v, dict) and "id" in v]
        Teller(call, words, next(iter(made), "")).write(COMPLETED, call.account.id)


def tell_refused(call: Call, *, is_async: bool) -> None:
    """Write that a command was refused after its parameters were found good."""
    words = WORDS.get(call.command)
    if words is not None and not (is_async and not words.creates):
        state = CREATED if is_async else COMPLETED
        Teller(call, words).write(state, call.account.id, failed=True)


def tell_detached(call: Call, volume: Volume, vm: Vm) -> None:
    """Write that destroying *vm* took *volume* off it."""
    teller = Teller(call, DETACHED_BY_DESTROY, volume.id)
    teller.given = {
        "type": str(volume.type),
        "entity": volume.id,
        "virtualmachineid": vm.id,
    }
    teller.write(COMPLETED, call.account.id)

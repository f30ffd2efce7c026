"""Faults of events: of each command none, or of another type, resource, owner or wording."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from conformance.mutation.fault import Fault, body_of, of_kind
from simulator.api import narrate
from simulator.api.narrate import Teller
from simulator.api.table import COMMANDS
from simulator.domain.event_words import COMPLETED, CREATED, SCHEDULED, STARTED, Words
from simulator.domain.events import WORDS

_TOUCHES = tuple(
    body_of(f).__code__ for f in (narrate.narrated, narrate.tell_done, narrate.tell_refused)
)


_JUDGED = frozenset(
    [
        "assignVolume",
        "associateIpAddress",
        "attachVolume",
        "changeOfferingForVolume",
        "changeServiceForVirtualMachine",
        "createDiskOffering",
        "createDomain",
        "createNetwork",
        "createProject",
        "createRole",
        "createServiceOffering",
        "createSnapshot",
        "createTemplate",
        "createVMSnapshot",
        "createVolume",
        "deleteAccount",
        "deleteDomain",
        "deleteUser",
        "deleteVolume",
        "destroyVirtualMachine",
        "destroyVolume",
        "detachVolume",
        "disableAccount",
        "disableUser",
        "extractVolume",
        "lockUser",
        "rebootVirtualMachine",
        "resizeVolume",
        "restoreVirtualMachine",
        "startVirtualMachine",
        "stopVirtualMachine",
        "updateAccount",
        "updateDomain",
        "updateUser",
        "updateVirtualMachine",
        "updateVolume",
    ]
)
"""The commands whose events a scenario looks at."""


def _drop(command: str) -> None:
    del WORDS[command]


def _other(command: str, **values: Any) -> None:
    WORDS[command] = WORDS[command]._replace(**values)


def _cases(words: Words, *, is_async: bool) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the ways in which the events of a command may be wrong.

    Only a job has a row of what is born, and its Scheduled row whatever *rows* are.
    """
    yield "type", "have another type", {"type": "VM.FLY"}
    yield "kind", "are about another kind of resource", {"kind": "Host"}
    yield "words", "say something else", {"action": "flying", "about": "flying", "details": "-"}
    if is_async:
        yield "born", "begin otherwise", {"born": "" if words.born else "flying"}
    rest = tuple(row for row in words.rows if row != STARTED)
    rows = rest if rest != words.rows else (STARTED, *words.rows)
    yield "rows", "are not those of what it is", {"rows": rows}


def of_commands() -> Iterator[Fault]:
    """Yield the faults of the events of each command."""
    for command in sorted(_JUDGED & WORDS.keys()):
        words = WORDS[command]
        guards = f"events:{command} events"
        name, what = f"events/{command}", f"{command} writes no event"
        yield Fault(name, "events", what, partial(_drop, command), guards, _TOUCHES)
        for way, does, values in _cases(words, is_async=COMMANDS[command].is_async):
            plant = partial(_other, command, **values)
            what = f"the events of {command} {does}"
            yield Fault(f"{name}-{way}", "events", what, plant, guards, _TOUCHES)


def _skips(state: str) -> Any:
    def write(original: Any, teller: Teller, at: str, *rest: Any, **named: Any) -> None:
        if at != state:
            original(teller, at, *rest, **named)

    return write


def _loses_parent(original: Any, teller: Teller, *args: Any, **named: Any) -> None:
    teller.parent = None
    original(teller, *args, **named)


def _of_caller(original: Any, teller: Teller, at: str, _account: str, **named: Any) -> None:
    original(teller, at, teller.call.account.id, **named)


def _never_fails(original: Any, teller: Teller, at: str, account: str, **_: Any) -> None:
    original(teller, at, account)


def _of_nobody(original: Any, teller: Teller, *args: Any, **named: Any) -> None:
    teller.given["entity"] = ""  # type: ignore[index]
    original(teller, *args, **named)


def general() -> list[Fault]:
    """Return the faults of all events."""
    return of_kind(
        "events", "events",
        *((f"no-{state.lower()}", f"no event says {state}", Teller.write, _skips(state))
          for state in (CREATED, SCHEDULED, STARTED, COMPLETED)),
        ("parent", "events do not name the first of them", Teller.write, _loses_parent),
        ("owner", "events are the caller's, not the owner's", Teller.write, _of_caller),
        ("failed", "no event is an error", Teller.write, _never_fails),
        ("resource", "events name no resource", Teller.write, _of_nobody),
        ("refused", "a refusal writes no event", narrate.tell_refused, lambda *_, **__: None),
        ("done", "synchronous commands write no event", narrate.tell_done, lambda *_: None),
        ("detached", "nothing says what became of the disks of a VM",
         narrate.tell_of_disk, lambda *_: None),
    )  # fmt: skip

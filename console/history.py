"""Where a volume was: what the events of a cloud tell of its attaches and detaches."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from console.frame import Visit
from console.looking import Row

_VM = re.compile(r"\bvm(?:id)?: ([0-9a-f-]{36})", re.IGNORECASE)
_ATTACH, _DETACH = "VOLUME.ATTACH", "VOLUME.DETACH"
_DOINGS = {_ATTACH: "Attached", _DETACH: "Detached"}


class Doing(NamedTuple):
    """What the command whose first event is *id* did to a volume.

    *vm_id* is "" where no event says which VM it was.
    """

    id: str
    date: str
    type: str
    vm_id: str
    user: str
    outcome: str

    @property
    def words(self) -> str:
        """What it was, in a word if it moved the volume."""
        return _DOINGS.get(self.type, self.type)

    @property
    def detaches(self) -> bool:
        """Whether the volume left a VM."""
        return self.type == _DETACH and self.outcome != "failed"


async def history(visit: Visit, volume_id: str) -> list[Doing]:
    """Return what was done to a volume, newest first, as far as the visitor may see its events.

    One page of the log is looked at, which is that of the newest.
    """
    reply = await visit.visitor.call(
        "listEvents", listall=True, resourceid=volume_id, resourcetype="Volume"
    )
    return doings(reply.body.get("event", []))


def doings(events: Sequence[Row]) -> list[Doing]:
    """Return what the *events* of a volume, oldest first, tell of it; newest first."""
    commands: dict[str, list[Row]] = {}
    for event in events:
        commands.setdefault(event.get("parentid") or event["id"], []).append(event)
    done: list[Doing] = []
    at = ""
    for group in commands.values():
        doing = _doing(group, at)
        done.append(doing)
        if doing.outcome != "failed":
            at = {_ATTACH: doing.vm_id, _DETACH: ""}.get(doing.type, at)
    return done[::-1]


def _doing(group: Sequence[Row], at: str) -> Doing:
    """Return what a command did by its events; a detach is from where the volume was *at*."""
    last = group[-1]
    named = next(filter(None, (_VM.search(event["description"]) for event in group)), None)
    vm_id = named[1] if named else at if last["type"] == _DETACH else ""
    return Doing(
        group[0].get("parentid") or group[0]["id"],
        last["created"],
        last["type"],
        vm_id,
        last.get("username", ""),
        _outcome(group),
    )


def _outcome(group: Sequence[Row]) -> str:
    """Return how a command ended, as far as its events show; others may see more of them."""
    if any(event["level"] == "ERROR" for event in group):
        return "failed"
    return "done" if group[-1]["state"] == "Completed" else "asked for"


def left(done: Sequence[Doing]) -> str:
    """Return the id of the VM that a volume was detached from last, "" where no event tells."""
    return next((doing.vm_id for doing in done if doing.detaches), "")

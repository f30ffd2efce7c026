"""rootswapLog: what the simulator saw, and what is about to go wrong."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from simulator.api.command import Call, Command
from simulator.api.shape import Shape, decimal, integer, listed, text, texts
from simulator.domain.faults import Fault
from simulator.domain.rules import Phase
from simulator.domain.stage import STAGE, Staged
from simulator.engine.world import World

T = TypeVar("T")


class _Seen(NamedTuple):
    """What a call is shown: the newest *last* of each log, None for all."""

    world: World
    last: int | None

    def newest(self, log: Sequence[T]) -> Sequence[T]:
        """Return the end of a log."""
        return log if self.last is None else log[-self.last :]


_SENT = Shape[tuple[float, str, str, str]](
    "agentcommand",
    decimal("at", "simulated second", lambda row: row[0]),
    text("host", "host it was sent to", lambda row: row[1]),
    text("command", "command", lambda row: row[2]),
    text("subject", "what it was about", lambda row: row[3]),
)
_BUG = Shape[tuple[float, str, str]](
    "bug",
    decimal("at", "simulated second", lambda row: row[0]),
    text("command", "command", lambda row: row[1]),
    text("error", "error", lambda row: row[2]),
)
_NOTE = Shape[tuple[str, int]](
    "note",
    text("text", "what was ignored", lambda row: row[0]),
    integer("count", "how often", lambda row: row[1]),
)
_FAULT = Shape[tuple[str, Fault]](
    "fault",
    text("operation", "command it befalls", lambda row: row[0]),
    text("mode", "fail, timeout or slow", lambda row: str(row[1].mode)),
    integer("times", "how often it comes, -1 for always", lambda row: row[1].times),
    decimal("seconds", "seconds it lasts", lambda row: row[1].seconds),
)
_SLOW = Shape[tuple[str, float]](
    "slowpool",
    text("id", "id of the pool", lambda row: row[0]),
    decimal("speed", "its speed, 1 being what it is when all is well", lambda row: row[1]),
)


def _faults(world: World) -> list[tuple[str, Fault]]:
    return [(name, fault) for name, waiting in world.faults.items() for fault in waiting]


LOG = Shape[_Seen](
    "log",
    listed("agentcommands", "commands that hosts were sent", _SENT,
           lambda s: s.newest(s.world.sent)),
    texts("refusals", "ids of the rules that refused, oldest first",
          lambda s: s.newest(s.world.refusals)),
    listed("bugs", "what the simulator itself did wrong", _BUG, lambda s: s.newest(s.world.bugs)),
    listed("notes", "what was ignored, or is not served here", _NOTE,
           lambda s: s.newest([*s.world.notes.count.items()])),
    listed("faults", "what will befall commands that hosts are sent", _FAULT,
           lambda s: _faults(s.world)),
    listed("slowpools", "pools that are slow", _SLOW, lambda s: s.world.slowed.items()),
    texts("operations", "commands that hosts are ever sent",
          lambda s: sorted(s.world.timings.commands)),
)  # fmt: skip


def log(call: Call) -> dict[str, Any]:
    """rootswapLog: what hosts were sent, which rules refused, bugs, what was ignored, faults."""
    last = call.args.get("last")
    off = "" if last is None or last > 0 else "last must be more than 0"
    STAGE.require(Phase.REQUEST, Staged(call.world.dialect, off=off))
    return {"log": LOG.render(_Seen(call.world, last))}


COMMANDS = (
    Command(
        "rootswapLog",
        log,
        "last:long",
        roles="A",
        says="Shows what hosts were sent, which rules refused, bugs, what was ignored, and faults",
        answers=LOG,
        reads=True,
    ),
)

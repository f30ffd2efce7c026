"""What hosts do wrong on request, and what may be requested (ground truth 2, section 1)."""

from enum import StrEnum
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase, Rule, Table

ALWAYS = -1
SIMULATED = "Simulated failure"
"""What a host says that refuses."""
WHY = "\x00"
"""Stands in a text for what went wrong; no name holds one (REQ-01)."""


class Mode(StrEnum):
    """How a host fails: it refuses, answers when nobody waits any more, or answers late."""

    FAIL = "fail"
    TIMEOUT = "timeout"
    SLOW = "slow"


MODES = tuple(str(mode) for mode in Mode)


class Fault(NamedTuple):
    """What befalls the next *times* commands of a name, ALWAYS for all that come.

    *seconds* is how late a slow host answers, or how long the server waits for one whose answer
    comes too late, None as the settings say.
    """

    mode: Mode
    times: int
    seconds: float | None = None


def add(faults: dict[str, list[Fault]], operation: str, fault: Fault) -> None:
    """Let *fault* come after those that wait for *operation*; one of no times takes all back."""
    waiting = faults.setdefault(operation, [])
    if not fault.times:
        waiting.clear()
    elif waiting and waiting[-1]._replace(times=0) == fault._replace(times=0):
        both = (waiting[-1].times, fault.times)
        waiting[-1] = fault._replace(times=ALWAYS if ALWAYS in both else sum(both))
    else:
        waiting.append(fault)
    if not waiting:
        del faults[operation]


def take(faults: dict[str, list[Fault]], operation: str) -> Fault | None:
    """Return what befalls a command that is sent now, and count it."""
    waiting = faults.get(operation)
    if not waiting:
        return None
    fault = waiting[0]
    if fault.times > 1:
        waiting[0] = fault._replace(times=fault.times - 1)
    elif fault.times != ALWAYS:
        waiting.pop(0)
        if not waiting:
            del faults[operation]
    return fault


class Strike(NamedTuple):
    """A fault that somebody asks for; *operations* are all that hosts are ever sent."""

    dialect: Dialect
    operation: str
    operations: tuple[str, ...]
    times: int
    mode: str
    seconds: float | None

    @property
    def known(self) -> str:
        """The operations, spelt out."""
        return ", ".join(sorted(self.operations))

    @property
    def modes(self) -> str:
        """The modes, spelt out."""
        return ", ".join(MODES)


_MOST_S = 315_360_000.0
_MOST_TIMES = 1 << 31
R = Phase.REQUEST

# fmt: off
STRIKE: Table[Strike] = Table("rootswapStrike", (
    Rule("STK-01", "a fault befalls what hosts are sent",
         lambda s: s.operation in s.operations, R, Kind.PARAM,
         "No host is ever sent {c.operation}: one of {c.known}", "own", "SPEC-08"),
    Rule("STK-02", "a fault has a mode that is known",
         lambda s: s.mode in MODES, R, Kind.PARAM,
         "No fault has the mode {c.mode}: one of {c.modes}", "own", "SPEC-08"),
    Rule("STK-03", "a fault comes so many times, -1 for always",
         lambda s: ALWAYS <= s.times < _MOST_TIMES, R, Kind.PARAM,
         "times must be -1, for always, or from 0 to 2147483647", "own", "SPEC-08"),
    Rule("STK-04", "a fault lasts so many seconds",
         lambda s: s.seconds is None or 0 < s.seconds <= _MOST_S, R, Kind.PARAM,
         "seconds must be more than 0 and no more than 315360000", "own", "SPEC-08"),
    Rule("STK-05", "a slow host is slow for so many seconds",
         lambda s: s.mode != Mode.SLOW or s.seconds is not None, R, Kind.PARAM,
         "mode=slow needs seconds", "own", "SPEC-08"),
))
# fmt: on

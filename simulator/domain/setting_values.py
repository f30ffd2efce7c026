"""What values a global setting takes, by its Java type, its range and its format."""

import re
from math import isfinite
from typing import NamedTuple

from simulator.domain.settings import SETTINGS

_INTEGER = re.compile(r"[+-]?\d{1,20}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_BITS = {"Integer": 31, "Long": 63}
_POSITIVE = frozenset({
    "expunge.interval", "network.gc.interval", "ping.interval", "storage.cleanup.interval",
    "vm.userdata.max.length", "wait",
})  # fmt: skip
"""configValuesForValidation of ConfigurationManagerImpl, as far as they are served."""
_LARGEST = {"vm.userdata.max.length": 1048576}


def fits(name: str, value: str) -> bool:
    """Return whether *value* is of the type of setting *name*; a Boolean in any case."""
    kind = SETTINGS[name].type
    if kind == "String":
        return True
    if kind == "Boolean":
        return value.lower() in {"true", "false"}
    if kind == "Double":
        return _DECIMAL.fullmatch(value) is not None and isfinite(float(value))
    return (
        _INTEGER.fullmatch(value) is not None
        and -(2 ** _BITS[kind]) <= int(value) < 2 ** _BITS[kind]
    )


def least(name: str) -> int | None:
    """Return the smallest value that setting *name* takes, None for any."""
    return 1 if name in _POSITIVE else None


def largest(name: str) -> int | None:
    """Return the largest value that setting *name* takes, None for any."""
    return _LARGEST.get(name)


class Wait(NamedTuple):
    """One `Command=seconds` of commands.timeout, as its validation reads it."""

    text: str
    command: str
    seconds: str
    parts: int

    @property
    def number(self) -> int | None:
        """The seconds, None where they are no int of Java's."""
        within = _INTEGER.fullmatch(self.seconds) is not None
        return int(self.seconds) if within and -(2**31) <= int(self.seconds) < 2**31 else None

    @property
    def good(self) -> bool:
        """Whether it names a command and a positive number of seconds."""
        return self.parts == 2 and bool(self.command) and (self.number or 0) > 0


GOOD_WAIT = Wait("Command=1", "Command", "1", 2)


def bad_wait(value: str) -> Wait:
    """Return the first part of a value of commands.timeout that is refused, else a good one."""
    waits = (_wait(text.strip()) for text in value.split(",")) if value else ()
    return next((wait for wait in waits if not wait.good), GOOD_WAIT)


def _wait(text: str) -> Wait:
    pieces = text.split("=")
    while pieces and not pieces[-1]:  # as Java's split drops what is empty at the end
        pieces.pop()
    command, seconds = ([p.strip() for p in pieces] + ["", ""])[:2]
    return Wait(text, command, seconds, len(pieces))

"""A fault: one thing that a cloud does wrong, and how it is planted into this process.

Functions are changed in place, by another code of theirs, so that whoever imported them has the
changed one. Nothing is ever taken back: a fault is planted in a forked child alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import CodeType, FunctionType
from typing import Any

Change = Callable[..., Any]
"""What is called in place of a function: with the original first, then its own arguments."""
_COPY = """
def around({free}):
    def {name}(*args, **named):
        ({free}{comma})
        return {key}(*args, **named)
    return {name}
"""


@dataclass(frozen=True)
class Fault:
    """One single fault.

    *what* says what the cloud does wrong. *guards* are words, each a tag, a feature, or a feature
    and a word of a title ("events:attachVolume"): scenarios that have one are asked first, in
    their order. *touches* is the code that must run for the fault to show, nothing where it may
    show anywhere. *dialect* is whose scenarios judge it.
    """

    id: str
    kind: str
    what: str
    plant: Callable[[], None]
    guards: str = ""
    touches: tuple[CodeType, ...] = ()
    dialect: str = "spec"


def body_of(function: Any) -> FunctionType:
    """Return the plain function behind a property, a static method or a cache."""
    for name in ("fget", "__func__", "__wrapped__"):
        function = getattr(function, name, None) or function
    if not isinstance(function, FunctionType):
        msg = f"{function!r} is no function to change"
        raise TypeError(msg)
    return function


def around(function: Any, change: Change) -> None:
    """Have *change* called wherever *function* is, by whatever name it was imported."""
    place = body_of(function)
    original = FunctionType(
        place.__code__, place.__globals__, place.__name__, place.__defaults__, place.__closure__
    )
    original.__kwdefaults__ = place.__kwdefaults__
    free, key = place.__code__.co_freevars, f"_planted_{id(change)}"
    place.__globals__[key] = partial(change, original)
    made: dict[str, Any] = {}
    names = ", ".join(free)
    text = _COPY.format(
        name=place.__name__.strip("<>"), key=key, free=names, comma="," * bool(free)
    )
    exec(text, made)  # noqa: S102 - the text is ours
    place.__code__ = made["around"](*free).__code__
    place.__defaults__ = place.__kwdefaults__ = None


def changed(
    fault_id: str,
    kind: str,
    what: str,
    function: Any,
    change: Change,
    guards: str = "",
    dialect: str = "spec",
) -> Fault:
    """Return the fault of a *function* that is replaced by *change*."""
    code = body_of(function).__code__
    return Fault(fault_id, kind, what, partial(around, function, change), guards, (code,), dialect)


def put(row: Any, **values: Any) -> None:
    """Overwrite fields of a row that is frozen; ValueError for a field that has the value."""
    for name, value in values.items():
        if getattr(row, name) == value:
            msg = f"{name} of {row!r} is {value!r} already"
            raise ValueError(msg)
        object.__setattr__(row, name, value)


Row = tuple[str, str, Any, Change]
"""A fault of a kind in short: its name, what it does, the function and what is called instead."""


def of_kind(kind: str, guards: str, *rows: Row, dialect: str = "spec") -> list[Fault]:
    """Return the faults of a kind whose scenarios are those that *guards* names."""
    return [
        changed(f"{kind}/{name}", kind, what, function, change, guards, dialect)
        for name, what, function, change in rows
    ]


def always(value: Any) -> Change:
    """Return the change of a function into one that returns *value*."""
    return lambda *_args, **_named: value

"""A response object as its fields: each has its name, type, meaning and value in one place.

What is answered and what listApis says of it both come from here, so they cannot differ. The type
of a field is that of its constructor, and mypy holds the value to it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Generic, TypeVar

from simulator.api import dates
from simulator.api.compiled import rendering
from simulator.api.parts import Always, Block, Field, Part, Parts, Row

__all__ = [
    "FIELD", "Always", "Block", "Field", "Part", "Parts", "Row", "Shape", "boolean", "date",
    "decimal", "integer", "listed", "long", "mapping", "shared", "short", "text", "texts", "within",
]  # fmt: skip
S = TypeVar("S")
T = TypeVar("T")
Value = Callable[[S], T | None]


def _fields(parts: Parts[Any]) -> Iterator[Field[Any]]:
    for part in parts:
        if isinstance(part, Field):
            yield part
        else:
            yield from _fields(part.parts)


def _picked(parts: Parts[Any], keeps: Callable[[str], bool]) -> Iterator[Part[Any]]:
    for part in parts:
        if isinstance(part, Block):
            yield replace(part, parts=tuple(_picked(part.parts, keeps)))
        elif keeps(part.name):
            yield part


class TwiceError(ValueError):
    """A shape that has two fields of one name."""


class Shape(Generic[S]):
    """An object that commands answer with, or that another one lists; *name* is what it is.

    Objects of the same name have the same fields, though not all of them, nor in the same order.
    """

    def __init__(self, name: str, *parts: Part[S]) -> None:
        self.name, self.parts = name, parts
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise TwiceError(name, names)
        self.render: Callable[[S], Row] = rendering(name, parts)
        """What is answered of a subject."""

    @cached_property
    def fields(self) -> tuple[Field[Any], ...]:
        """Return the fields, in the order they are answered in."""
        return tuple(_fields(self.parts))

    def only(self, *names: str) -> "Shape[S]":
        """Return the shape of some of the fields."""
        return Shape(self.name, *_picked(self.parts, lambda name: name in names))

    def without(self, *names: str) -> "Shape[S]":
        """Return the shape of all other fields."""
        return Shape(self.name, *_picked(self.parts, lambda name: name not in names))

    @cached_property
    def described(self) -> tuple[Row, ...]:
        """Return what listApis says of the fields."""
        return tuple(map(FIELD.render, self.fields))


def within(of: Callable[[S], T | None], parts: Parts[T]) -> Block[S]:
    """Return the block of the fields *parts* of what *of* finds."""
    return Block(of, parts)


def shared(of: Callable[[S], T | None], parts: Parts[T]) -> Block[S]:
    """Return the block of the fields *parts* of what *of* finds, which many subjects share."""
    return Block(of, parts, shared=True)


def text(name: str, meaning: str, value: Value[S, str]) -> Field[S]:
    """Declare a string."""
    return Field(name, "string", meaning, value)


def long(name: str, meaning: str, value: Value[S, int]) -> Field[S]:
    """Declare a number of 64 bits."""
    return Field(name, "long", meaning, value)


def integer(name: str, meaning: str, value: Value[S, int]) -> Field[S]:
    """Declare a number of 32 bits."""
    return Field(name, "integer", meaning, value)


def short(name: str, meaning: str, value: Value[S, int]) -> Field[S]:
    """Declare a number of 16 bits."""
    return Field(name, "short", meaning, value)


def decimal(name: str, meaning: str, value: Value[S, float]) -> Field[S]:
    """Declare a number with a fraction."""
    return Field(name, "float", meaning, value)


def boolean(name: str, meaning: str, value: Value[S, bool]) -> Field[S]:
    """Declare a flag."""
    return Field(name, "boolean", meaning, value)


def date(name: str, meaning: str, value: Value[S, float]) -> Field[S]:
    """Declare a date; its value is in simulated seconds."""

    def spelt(subject: S) -> str | None:
        at_s = value(subject)
        return None if at_s is None else dates.date(at_s)

    return Field(name, "date", meaning, spelt)


def mapping(name: str, meaning: str, value: Value[S, Mapping[str, Any]]) -> Field[S]:
    """Declare a map."""
    return Field(name, "map", meaning, value)


def texts(name: str, meaning: str, value: Value[S, Iterable[str]], kind: str = "list") -> Field[S]:
    """Declare a list of strings, or a set."""

    def spelt(subject: S) -> list[str] | None:
        items = value(subject)
        return None if items is None else list(items)

    return Field(name, kind, meaning, spelt)


def listed(
    name: str, meaning: str, shape: Shape[T], value: Value[S, Collection[T]], kind: str = "list"
) -> Field[S]:
    """Declare a list of objects of a *shape*, or a set; their subjects are its value."""
    render = shape.render

    def shown(subject: S) -> list[Row] | None:
        items = value(subject)
        if not items:
            return None if items is None else []
        return [render(item) for item in items]

    return Field(name, kind, meaning, shown, shape)


FIELD = Shape[Field[Any]](
    "field",
    text("name", "name", lambda f: f.name),
    text("description", "description", lambda f: f.meaning),
    text("type", "type", lambda f: f.kind),
    Field("response", "set", "fields of what it is a list of",
          lambda f: list(f.shape.described) if f.shape else None),
)  # fmt: skip
"""A field as listApis shows it."""

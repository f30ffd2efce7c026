"""What the commands of CloudStack 4.22 take and answer, as the release itself declares it.

`release_4_22.json` is data: the names of all commands and, for those of interest, the parameters
(`name:type`, `!` required; of texts the name of their field and their length, where it is not the
parameter's and 255) and the object answered, whose fields are `name:type`. What a row of the
command table does not declare is not modelled: it is listed by listApis, accepted and noted.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase
from simulator.engine.world import World


class RealParameter(NamedTuple):
    """A parameter as the release declares it; *type* is one of listApis' types.

    A text has at most *longest* characters, and is called *field* where it has more.
    """

    name: str
    type: str
    required: bool
    longest: int
    field: str


_USUAL_LENGTH = 255


class _Release(msgspec.Struct):
    release: str
    names: str
    parameters: dict[str, str]
    texts: dict[str, str]
    answers: dict[str, str]
    objects: dict[str, str]


@cache
def _release() -> _Release:
    text = files(__package__).joinpath("release_4_22.json").read_bytes()
    return msgspec.json.decode(text, type=_Release)


@cache
def parameters_of(command: str) -> Mapping[str, RealParameter]:
    """Return the real parameters of a command by their names in small letters, {} for ours."""
    words = (word.partition(":") for word in _release().parameters.get(command, "").split())
    texts = dict(word.split(":") for word in _release().texts.get(command, "").split())
    parameters = {}
    for name, _, kind in words:
        field, _, longest = texts.get(name, name).partition("/")
        real = RealParameter(
            name, kind.rstrip("!"), kind.endswith("!"), int(longest or _USUAL_LENGTH), field
        )
        parameters[name.lower()] = real
    return parameters


def measured(command: str, field: Field) -> Field:
    """Return *field* with the length that the release allows it, if it is one of its texts."""
    real = parameters_of(command).get(field.name)
    if real is None or real.type != "string":
        return field
    return field._replace(longest=real.longest, java=real.field)


@cache
def fields_of(command: str) -> Mapping[str, str]:
    """Return the real fields of what a command answers with: name -> type."""
    release = _release()
    text = release.objects.get(release.answers.get(command, ""), "")
    return dict(word.split(":") for word in text.split())


def is_real(command: str) -> bool:
    """Return whether the release has a command of that name."""
    return command in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(_release().names.split())


@cache
def unmodelled(command: str, declared: frozenset[str]) -> Mapping[str, RealParameter]:
    """Return the real parameters of a command that are not *declared* here."""
    return {n: p for n, p in parameters_of(command).items() if n not in declared}


_NUMBERS = {"integer", "long", "short", "float"}


def require_unmodelled(
    world: World, command: str, declared: frozenset[str], given: Mapping[str, str]
) -> None:
    """Judge by their form the parameters that nothing here reads, and note that they are ignored.

    Refused for a number that is none, an id that no record has, or one missing that the release
    requires.
    """
    missing = unmodelled(command, declared)
    for low, parameter in missing.items():
        if parameter.required or low in given:
            for field in _judged(world, command, parameter, given.get(low)):
                REQUEST.require(Phase.REQUEST, field)
    for name in given:
        low, bracket, _ = name.partition("[")
        if low in missing:
            world.notes.add(f"{command}: {low} is not modelled here and was ignored")
        elif low not in declared and not (bracket and low in declared):
            world.notes.add(f"{command}: there is no parameter {low[:80]}, it was ignored")


def _judged(
    world: World, command: str, parameter: RealParameter, text: str | None
) -> Iterator[Field]:
    field = Field(world.dialect, command, parameter.name.lower(), text, parameter.required)
    yield measured(command, field)
    if not text:
        return
    if parameter.type in _NUMBERS:
        yield field._replace(well_formed=_is_number(text))
    elif parameter.type == "uuid" and not _is_number(text):
        yield field._replace(is_id=True, found=world.store.holds(text))


def _is_number(text: str) -> bool:
    digits = text[1:] if text.startswith(("-", "+")) else text
    return digits.isascii() and digits.isdigit()

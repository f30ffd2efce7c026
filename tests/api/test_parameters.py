"""Each parameter of the release is listed, and either read by its command or said to be ignored."""

from collections.abc import Iterator
from functools import cache, partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from simulator import boot
from simulator.api import release
from simulator.api.apis import UNMODELLED
from simulator.api.command import Command
from simulator.api.shape import Block, Field, Shape
from simulator.api.table import COMMANDS

SERVED = sorted(name for name in COMMANDS if not name.startswith("rootswap"))
"""All but the stage's own commands, which the server reads itself."""


def code_strings(code: CodeType) -> Iterator[str]:
    """Yield the strings that a code object holds, those of functions inside it included."""
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from code_strings(value)
        else:
            yield from data_strings(value)


def data_strings(value: Any) -> Iterator[str]:
    """Yield the strings that plain data holds."""
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, dict) and not any(isinstance(v, Command) for v in value.values()):
        for pair in value.items():
            yield from data_strings(pair)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from data_strings(item)


def names_of(code: CodeType) -> set[str]:
    """Return the global names that a code object refers to."""
    inner = [c for c in code.co_consts if isinstance(c, CodeType)]
    return {*code.co_names, *(name for c in inner for name in names_of(c))}


def of_function(thing: FunctionType) -> tuple[set[str], list[Any]]:
    """Return the strings that a function holds, and what it can reach."""
    names = names_of(thing.__code__)
    named = [thing.__globals__.get(name) for name in names]
    modules = [part for part in named if isinstance(part, ModuleType)]
    named += [getattr(module, name, None) for module in modules for name in names]
    held = [cell.cell_contents for cell in thing.__closure__ or ()]
    defaults = [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values()]
    return set(code_strings(thing.__code__)), [*named, *held, *defaults]


def inside(thing: Any) -> tuple[set[str], list[Any]]:
    """Return the strings that *thing* holds itself, and what else of the API layer it can reach."""
    own = set(data_strings(thing))
    more: list[Any] = []
    if isinstance(thing, Shape):  # what its fields are called is nothing that is read
        more = [*thing.parts]
    elif isinstance(thing, Field):
        more = [thing.value, thing.shape]
    elif isinstance(thing, Block):
        more = [thing.of, *thing.parts]
    elif isinstance(thing, partial):
        more = [thing.func, *thing.args, *thing.keywords.values()]
    elif str(getattr(thing, "__module__", "")).startswith("simulator.api"):
        if isinstance(thing, FunctionType):
            return of_function(thing)
        if isinstance(thing, type):
            more = [v for v in vars(thing).values() if isinstance(v, FunctionType)]
    elif isinstance(thing, dict) and not any(isinstance(v, Command) for v in thing.values()):
        more = list(thing.values())
    elif isinstance(thing, tuple | list | set | frozenset):
        more = list(thing)
    return own, more


@cache
def strings_read(command: str) -> frozenset[str]:
    """Return every string that the handler of *command*, or what it calls, holds."""
    strings: set[str] = set()
    left: list[Any] = [COMMANDS[command].handler]
    seen: set[int] = set()
    while left:
        thing = left.pop()
        if id(thing) not in seen:
            seen.add(id(thing))
            own, more = inside(thing)
            strings |= own
            left += more
    return frozenset(strings)


UNREAD = {
    "createNetworkOffering": {"traffictype"},  # Guest is all that there is here
    "extractTemplate": {"url"},  # where it was to be sent to, which the server does no more
    "extractVolume": {"zoneid"},  # judged as an id; the volume's own zone counts
    "listIpForwardingRules": {"ipaddressid"},  # there are none here
    "updateIso": {"format"},  # UpdateIsoCmd.getFormat answers none, so that it changes nothing
}
"""Parameters that are judged by their form alone."""


@pytest.mark.parametrize("name", SERVED)
def test_a_declared_parameter_is_read(name: str) -> None:
    """What a command declares and its handler never looks at would be ignored in silence."""
    assert COMMANDS[name].parameters - strings_read(name) == UNREAD.get(name, set())


@pytest.mark.parametrize("name", SERVED)
def test_a_declared_parameter_is_one_of_the_release(name: str) -> None:
    """A parameter that the real command has not would pass here and do nothing there."""
    assert sorted(COMMANDS[name].parameters - set(release.parameters_of(name))) == []


def test_every_parameter_and_field_of_the_release_is_listed() -> None:
    """With its type and whether it is required; what is not modelled says so."""
    listed = {row["name"]: row for row in boot("simulator").call("listApis").body["api"]}
    for name in SERVED:
        shown = {p["name"].lower(): p for p in listed[name]["params"]}
        for low, real in release.parameters_of(name).items():
            row = shown[low]
            assert (row["type"], row["required"]) == (real.type, real.required), (name, low)
            silent = row["description"] == UNMODELLED
            assert silent == (low not in COMMANDS[name].parameters), (name, low)
        fields = {f["name"] for f in listed[name]["response"]}
        assert set(release.fields_of(name)) - fields == set(), name


def test_what_is_ignored_is_noted() -> None:
    """rootswapLog tells, once with a count, what was given in vain."""
    cloud = boot("simulator")
    for _ in range(2):
        assert cloud.call("listZones", showicon="true", nonsense="1").status == 200
    cloud.call("createFirework")
    notes = cloud.call("rootswapLog").body["log"]["notes"]
    assert {n["text"]: n["count"] for n in notes} == {
        "listZones: showicon is not modelled here and was ignored": 2,
        "listZones: there is no parameter nonsense, it was ignored": 2,
        "createFirework is no command of CloudStack 4.22": 1,
    }


def test_what_is_not_modelled_is_judged_by_its_form() -> None:
    """A number that is none and an id of nothing are refused as the real server refuses them."""
    cloud = boot("simulator")
    name, real = next(
        (n, p)
        for n in SERVED
        for p in release.unmodelled(n, COMMANDS[n].parameters).values()
        if p.type == "integer" and not any(q.required for q in release.parameters_of(n).values())
    )
    reply = cloud.call(name, **{real.name: "many"})
    assert (reply.status, reply.body["cserrorcode"]) == (431, 9999)

"""Every field of every answer is declared once: in its order, of its type, and none for nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

import pytest
from test_shapes import ROWS, replay
from tour import Row, Shown, Sights, Tour, rows_of, see_cloud, see_offerings, see_owners

from simulator.api import since
from simulator.api.parts import Block, Field, Parts
from simulator.api.shape import (
    Always,
    Shape,
    TwiceError,
    boolean,
    date,
    integer,
    listed,
    shared,
    text,
    texts,
    within,
)
from simulator.api.table import COMMANDS
from simulator.boot import PRESETS, boot

JSON: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "date": (str,),
    "float": (float, int),
    "integer": (int,),
    "list": (list,),
    "long": (int,),
    "map": (dict,),
    "set": (list,),
    "short": (int,),
    "string": (str,),
}
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000")
PLAIN = JSON.keys() - {"list", "map", "set"}
BESIDE = {
    "error": "what came of a job that failed, in a field that is a map",
    "job": "the job of what was rendered before it began",
    "virtualmachine": "what is left of a VM that is expunged",
}
"""Shapes that no command answers with, and where they stand."""


@cache
def toured() -> tuple[Shown, ...]:
    """Return what is shown in every preset, and on a tour of a cloud where everything is."""
    cloud = boot("mixed", dialect="acs-4.22")
    root, store = Tour(cloud), cloud.world.store
    home, zone = next(iter(store.domains)), next(iter(store.zones))
    see_offerings(root.go, home, zone)
    project = see_owners(root.go, home)
    Sights(root, project).see_vm()
    sights = Sights(root, {})
    sights.see_vm()
    see_cloud(root)
    root.looked(cloud.call("listApis"), "listApis")
    tours = [root]
    for user in list(store.users.values()):
        tours.append(Tour(cloud.seen_by(user)))
        if user.name == "u":
            wanted = {"templateid": sights.template, "serviceofferingid": sights.small}
            tours[-1].go("deployVirtualMachine", zoneid=zone, **wanted)
    tours += [Tour(boot(preset)) for preset in PRESETS if preset not in {"large", "mixed"}]
    for tour in tours:
        tour.lists()
    return tuple(shown for tour in tours for shown in tour.shown)


def replayed() -> Iterator[Shown]:
    """Yield what the recorded exchanges show when they are had again."""
    jobs: dict[str, Shape[Any]] = {}
    for row, (status, _, body) in zip(ROWS, replay(), strict=True):
        command = COMMANDS.get(row["request"]["command"])
        if command is None or status != 200:
            continue
        if command.is_async:
            jobs[body["jobid"]] = command.answers
        else:
            yield from rows_of(command.answers, body)
        if command.name == "queryAsyncJobResult" and body["jobstatus"] == 1:
            yield from rows_of(jobs[body["jobid"]], body["jobresult"])


def mistakes(shape: Shape[Any], row: Row) -> Iterator[str]:
    """Yield what *row* has otherwise than its shape declares."""
    declared = {field.name: field for field in shape.fields}
    for name, value in row.items():
        field = declared.get(name)
        if field is None:
            yield f"{shape.name}.{name} is not declared"
        elif type(value) not in JSON[field.kind]:
            yield f"{shape.name}.{name} is no {field.kind}: {value!r}"
        elif field.kind == "date" and not DATE.fullmatch(value):
            yield f"{shape.name}.{name} is no date: {value}"
    if list(row) != [name for name in declared if name in row]:
        yield f"{shape.name} has another order: {list(row)}"


def reachable() -> dict[int, Shape[Any]]:
    """Return the shapes that commands answer with, and those inside them."""
    found: dict[int, Shape[Any]] = {}
    left = [command.answers for command in COMMANDS.values()]
    while left:
        shape = left.pop()
        if id(shape) not in found:
            found[id(shape)] = shape
            left += [field.shape for field in shape.fields if field.shape is not None]
    return found


def declared() -> Iterator[Shape[Any]]:
    """Yield the shapes that stand in a module."""
    package = import_module("simulator.api")
    for module in iter_modules(package.__path__, "simulator.api."):
        values = vars(import_module(module.name)).values()
        yield from (value for value in values if isinstance(value, Shape))


def test_every_answer_is_as_its_shape_declares() -> None:
    wrong = {text for shown in (*toured(), *replayed()) for text in mistakes(*shown)}
    assert sorted(wrong) == []


def test_no_field_is_declared_for_nothing() -> None:
    shown = {id(f) for shape, row in toured() for f in shape.fields if f.name in row}
    never = {
        f"{shape.name}.{field.name}"
        for shape in reachable().values()
        for field in shape.fields
        if id(field) not in shown
    }
    assert sorted(never) == []


def test_no_shape_is_declared_for_nothing() -> None:
    rendered = {id(shape) for shape, _ in toured()}
    declares = [shape for shape in reachable().values() if shape.fields]
    assert [shape.name for shape in declares if id(shape) not in rendered] == []
    assert {s.name for s in declared() if id(s) not in reachable()} == BESIDE.keys()


def test_every_field_says_what_it_means() -> None:
    for shape in reachable().values():
        for field in shape.fields:
            assert field.kind in JSON, (shape.name, field.name)
            assert field.meaning, (shape.name, field.name)


def test_what_a_release_leaves_out_is_declared() -> None:
    known: dict[str, set[str]] = defaultdict(set)
    for shape in reachable().values():
        known[shape.name] |= {field.name for field in shape.fields}
    assert {name: set(fields) - known[name] for name, fields in since._FIELDS.items()
            if set(fields) - known[name]} == {}  # fmt: skip


def shared_blocks(parts: Parts[Any]) -> Iterator[Block[Any]]:
    for part in parts:
        if isinstance(part, Block):
            yield from [part] if part.shared else shared_blocks(part.parts)


def test_what_rows_share_cannot_be_changed() -> None:
    for shape in reachable().values():
        for block in shared_blocks(shape.parts):
            kinds = {f.kind for f in Shape("block", *block.parts).fields}
            assert kinds <= PLAIN, shape.name


class Thing(NamedTuple):
    name: str
    number: int | None = None
    inside: "Thing | None" = None


NAME: Parts[Thing] = (text("name", "name", lambda t: t.name),)
NUMBER: Parts[Thing] = (integer("number", "number", lambda t: t.number),)


def test_a_field_without_a_value_is_left_out_and_all_others_keep_their_order() -> None:
    shape = Shape[Thing]("thing", *NUMBER, boolean("flag", "flag", Always(False)), *NAME)
    assert list(shape.render(Thing("a", 0)).items()) == [
        ("number", 0),
        ("flag", False),
        ("name", "a"),
    ]
    assert shape.render(Thing("a")) == {"flag": False, "name": "a"}


@pytest.mark.parametrize("block", [within, shared])
def test_a_block_is_of_what_was_found(block: Any) -> None:
    shape = Shape[Thing]("thing", *NUMBER, block(lambda t: t.inside, NAME))
    inner = Thing("in")
    assert shape.render(Thing("a", 1)) == {"number": 1}
    for other in (inner, inner._replace(), inner._replace(name="other"), inner):
        assert shape.render(Thing("a", inside=other)) == {"name": other.name}


def test_a_row_that_shares_fields_is_its_own() -> None:
    shape = Shape[Thing]("thing", shared(lambda t: t.inside, NAME))
    first = shape.render(Thing("a", inside=Thing("in")))
    first["name"] = "changed"
    assert shape.render(Thing("a", inside=Thing("in"))) == {"name": "in"}


def test_lists_and_dates_are_spelt_by_their_type() -> None:
    inner = Shape[Thing]("inner", *NAME)
    shape = Shape[Thing](
        "thing",
        date("at", "when", lambda t: t.number),
        listed("things", "things", inner, lambda t: None if t.inside is None else [t.inside]),
        texts("names", "names", lambda t: None if t.inside is None else (t.name,), "set"),
    )
    assert shape.render(Thing("a")) == {}
    full = shape.render(Thing("a", 60, Thing("in")))
    assert full == {"at": "2026-01-01T00:01:00+0000", "things": [{"name": "in"}], "names": ["a"]}
    assert shape.described[1]["response"] == [
        {"name": "name", "description": "name", "type": "string"}
    ]


def test_a_part_of_a_shape_has_the_same_fields() -> None:
    shape = Shape[Thing]("thing", *NUMBER, within(lambda t: t.inside, NAME))
    part: tuple[Field[Any], ...] = shape.only("name").fields
    assert part == shape.without("number").fields == shape.fields[1:]


def test_a_name_stands_in_a_shape_once() -> None:
    with pytest.raises(TwiceError):
        Shape[Thing]("thing", *NAME, within(lambda t: t.inside, NAME))

"""listApis: the command table in words, with `parameters.toml` for what parameters mean."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from simulator.api.command import MARKS, Call, Command
from simulator.api.entities import ENTITIES
from simulator.api.release import fields_of as real_fields
from simulator.api.release import parameters_of, unmodelled
from simulator.api.shape import FIELD, Always, Field, Row, Shape, boolean, integer, listed, text
from simulator.domain.rules import Phase
from simulator.domain.stage import STAGE, Staged

UNMODELLED = "not modelled here: a parameter is accepted and ignored, a field never answered"
_TYPES = {
    "text": "string",
    "long": "long",
    "float": "float",
    "integer": "integer",
    "bool": "boolean",
    "date": "date",
    "map": "map",
}
"""Kind of parameter -> its type as listApis spells it; all others name an entity."""
_TEXT_IDS = frozenset({"jobid"})


@cache
def meanings() -> Mapping[str, str]:
    """Read what parameters mean, once and only when somebody asks."""
    file = files(__package__).joinpath("parameters.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


class _Described(NamedTuple):
    """A command of a table."""

    record: Command
    table: Mapping[str, Command]


class _Parameter(NamedTuple):
    """A parameter as listApis shows it."""

    name: str
    meaning: str
    type: str
    longest: int
    required: bool
    related: str | None = None


_PARAMETER = Shape[_Parameter](
    "parameter",
    text("name", "name", lambda p: p.name),
    text("description", "description", lambda p: p.meaning),
    text("type", "type", lambda p: p.type),
    integer("length", "most letters of the value", lambda p: p.longest),
    boolean("required", "whether the parameter must be given", lambda p: p.required),
    text("related", "commands that answer with what it is an id of", lambda p: p.related),
)


def _parameters(at: _Described) -> list[_Parameter]:
    """Return the parameters of a command, those that are not modelled last."""
    command = at.record
    modelled = [_parameter(at, line) for line in command.params.split()]
    others = unmodelled(command.name, command.parameters).values()
    return modelled + [
        _Parameter(real.name, UNMODELLED, real.type, real.longest, real.required) for real in others
    ]


def _parameter(at: _Described, line: str) -> _Parameter:
    name, _, kind = line.partition(":")
    bare = kind.rstrip(MARKS)
    related = _related(at.table, ENTITIES[bare].answered_as) if bare in ENTITIES else None
    usual = "uuid" if name in _TEXT_IDS else _TYPES.get(bare, "uuid")
    shown = _Parameter(name, meanings().get(name, ""), usual, 255, "!" in kind, related)
    real = parameters_of(at.record.name).get(name)
    if real is None:
        return shown
    return shown._replace(
        name=real.name, type=real.type, longest=real.longest, required=real.required
    )


def _response(at: _Described) -> list[Row]:
    """Return the fields of what a command answers with, those that are not modelled last."""
    described = at.record.answers.described
    modelled = {row["name"] for row in described}
    return [*described, *(row for row in _unmodelled(at.record) if row["name"] not in modelled)]


def _unmodelled(command: Command) -> Iterator[Row]:
    for name, kind in real_fields(command.name).items():
        yield FIELD.render(Field(name, kind, UNMODELLED, Always(None)))


def _related(table: Mapping[str, Command], answers: str, beside: str = "") -> str:
    """Return the commands that answer with an object."""
    return ",".join(
        c.name for c in table.values() if c.answers.name == answers and c.name != beside
    )


API = Shape[_Described](
    "api",
    text("name", "name", lambda d: d.record.name),
    text("description", "description", lambda d: d.record.says),
    boolean("isasync", "whether the command starts a job", lambda d: d.record.is_async),
    text("related", "commands that answer alike",
         lambda d: _related(d.table, d.record.answers.name, d.record.name)),
    listed("params", "parameters of the command", _PARAMETER, _parameters, "set"),
    Field("response", "set", "fields of the response", _response, FIELD),
)  # fmt: skip


def list_apis(table: Mapping[str, Command]) -> Command:
    """Return the command that lists *table*: what the caller's role may call."""

    def handler(call: Call) -> Row:
        wanted = call.args.get("name")
        role = call.world.store.role_of(call.account)
        rows = [
            API.render(_Described(command, table))
            for name, command in sorted(table.items())
            if wanted in {None, name} and role is not None and role.allows(name, command.roles)
        ]
        STAGE.require(Phase.REQUEST, Staged(call.world.dialect, listed=bool(rows)))
        return {"count": len(rows), "api": rows}

    return Command(
        "listApis",
        handler,
        "name:text",
        says="Lists the commands the caller may use",
        answers=API,
        roles="ASDUR",
    )

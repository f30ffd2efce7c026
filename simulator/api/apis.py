"""listApis: the command table in words, with `fields.toml` for what fields and parameters mean."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from simulator.api.command import MARKS, Call, Command
from simulator.api.entities import ENTITIES
from simulator.api.lists import Row
from simulator.api.release import fields_of as real_fields
from simulator.api.release import parameters_of, unmodelled
from simulator.api.render import ASYNC_JOB, TAG
from simulator.api.render_image import TEMPLATE
from simulator.api.render_nic import NIC, SECONDARY_IP
from simulator.api.render_vm import VM
from simulator.api.render_volume import SNAPSHOT, VM_SNAPSHOT, VOLUME
from simulator.api.shape import Shape
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
_AMOUNTS = {
    "vm": "VMs",
    "ip": "public addresses",
    "volume": "volumes",
    "snapshot": "snapshots",
    "backup": "backups",
    "backupstorage": "GiB of backup storage",
    "template": "templates",
    "project": "projects",
    "network": "networks",
    "vpc": "VPCs",
    "cpu": "CPU cores",
    "memory": "MiB of memory",
    "gpu": "GPUs",
    "primarystorage": "GiB of primary storage",
    "secondarystorage": "GiB of secondary storage",
    "bucket": "buckets",
    "objectstorage": "GiB of object storage",
}
"""Beginning of the fields that say how much of a resource is owned -> the resource."""


_SHAPES: dict[str, Shape[Any]] = {
    shape.name: shape
    for shape in (VOLUME, SNAPSHOT, VM_SNAPSHOT, VM, NIC, SECONDARY_IP, TEMPLATE, TAG, ASYNC_JOB)
}
"""What is declared as a shape; all else is in `fields.toml`."""


class Lexicon(NamedTuple):
    """The words of `fields.toml`."""

    objects: Mapping[str, str]
    fields: Mapping[str, str]
    parameters: Mapping[str, str]


@cache
def lexicon() -> Lexicon:
    """Read the words, once and only when somebody asks."""
    text = files(__package__).joinpath("fields.toml").read_text(encoding="utf-8")
    return Lexicon(**tomllib.loads(text))


def _amounts() -> Iterator[Row]:
    for name, what in _AMOUNTS.items():
        yield {"name": f"{name}limit", "description": f"most {what}", "type": "string"}
        yield {"name": f"{name}total", "description": f"{what} owned", "type": "long"}
        yield {"name": f"{name}available", "description": f"{what} left", "type": "string"}


@cache
def fields_of(name: str) -> tuple[Row, ...]:
    """Return what listApis says of the fields of an object."""
    if name in _SHAPES:
        return _SHAPES[name].described
    words = lexicon()
    rows: list[Row] = []
    for spelt in words.objects.get(name, "").split():
        if spelt == "*amounts":
            rows.extend(_amounts())
            continue
        head, _, inner = spelt.partition("/")
        field, _, kind = head.partition(":")
        usual, _, meaning = words.fields[field].partition(": ")
        row: Row = {"name": field, "description": meaning, "type": kind or usual}
        rows.append(row | ({"response": list(fields_of(inner))} if inner else {}))
    return tuple(rows)


def _parameters(command: Command, table: Mapping[str, Command]) -> Iterator[Row]:
    for line in command.params.split():
        name, _, kind = line.partition(":")
        bare = kind.rstrip(MARKS)
        row: Row = {
            "name": name,
            "description": lexicon().parameters.get(name, ""),
            "type": "uuid" if name in _TEXT_IDS else _TYPES.get(bare, "uuid"),
            "length": 255,
            "required": "!" in kind,
        }
        if bare in ENTITIES:
            row["related"] = _related(ENTITIES[bare].answered_as, table)
        real = parameters_of(command.name).get(name)
        if real is not None:
            row |= {"name": real.name, "type": real.type, "required": real.required}
            row["length"] = real.longest
        yield row
    for real in unmodelled(command.name, command.parameters).values():
        yield {
            "name": real.name,
            "description": UNMODELLED,
            "type": real.type,
            "length": real.longest,
            "required": real.required,
        }


def _response(command: Command) -> Iterator[Row]:
    yield from fields_of(command.answers)
    modelled = {row["name"] for row in fields_of(command.answers)}
    for name, kind in real_fields(command.name).items():
        if name not in modelled:
            yield {"name": name, "description": UNMODELLED, "type": kind}


def _related(answers: str, table: Mapping[str, Command], beside: str = "") -> str:
    """Return the commands that answer with an object."""
    return ",".join(c.name for c in table.values() if c.answers == answers and c.name != beside)


def describe(command: Command, table: Mapping[str, Command]) -> Row:
    """Return ApiDiscoveryResponse of one command."""
    return {
        "name": command.name,
        "description": command.says,
        "isasync": command.is_async,
        "related": _related(command.answers, table, command.name),
        "params": list(_parameters(command, table)),
        "response": list(_response(command)),
    }


def list_apis(table: Mapping[str, Command]) -> Command:
    """Return the command that lists *table*: what the caller's role may call."""

    def handler(call: Call) -> dict[str, Any]:
        wanted = call.args.get("name")
        role = call.world.store.role_of(call.account)
        rows = [
            describe(command, table)
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
        answers="api",
        roles="ASDUR",
    )

"""listApis describes everything that is served, from the one table of commands."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from lab import Lab
from test_shapes import ROWS, replay

from simulator import boot
from simulator.api.apis import fields_of
from simulator.api.command import Command
from simulator.api.table import COMMANDS

JSON = {
    "boolean": (bool,),
    "date": (str,),
    "float": (float, int),
    "integer": (int,),
    "list": (list, str),
    "long": (int, float),
    "map": (dict,),
    "set": (list, str),
    "short": (int,),
    "string": (str,),
}


def undescribed(answers: str, row: dict[str, Any]) -> list[str]:
    """Return the fields of *row* that listApis does not know, or by another type."""
    said = {f["name"]: f for f in fields_of(answers)}
    found: list[str] = []
    for key, value in row.items():
        if key not in said:
            found.append(key)
        elif not isinstance(value, JSON[said[key]["type"]]):
            found.append(f"{key} is no {said[key]['type']}")
        elif "response" in said[key]:
            inner = {f["name"] for f in said[key]["response"]}
            assert isinstance(value, list)
            found += [f"{key}.{k}" for one in value for k in one if k not in inner]
    return found


def objects(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects that an answer or a job's result carries."""
    found: list[dict[str, Any]] = []
    for value in body.values():
        found += [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, dict)]
    return found


def test_every_answer_is_described() -> None:
    unknown: dict[str, list[str]] = {}
    commands: dict[str, str] = {}
    for row, (status, _, body) in zip(ROWS, replay(), strict=True):
        command = COMMANDS.get(row["request"]["command"])
        if command is None or status != 200:
            continue
        if "jobid" in body and command.is_async:
            commands[body["jobid"]] = command.answers
        rows, answers = objects(body), command.answers
        if command.name == "queryAsyncJobResult":
            unknown["job"] = undescribed(answers, body)
            answers = commands[body["jobid"]]
            rows = [] if body.get("jobresultcode") else objects(body.get("jobresult", {}))
        for one in rows:
            unknown.setdefault(command.name, []).extend(undescribed(answers, one))
    assert {k: v for k, v in unknown.items() if v} == {}


def test_every_row_of_the_table_is_complete() -> None:
    cloud = boot("simulator")
    rows = {row["name"]: row for row in cloud.call("listApis").body["api"]}

    assert set(rows) == set(COMMANDS)
    for name, row in rows.items():
        assert row["description"], name
        assert row["response"], name
        for parameter in row["params"]:
            assert parameter["description"], (name, parameter)
    assert set("".join(c.roles for c in COMMANDS.values())) == set("ASDUR")


def test_attach_volume_is_described() -> None:
    (row,) = boot("simulator").call("listApis", name="attachVolume").body["api"]

    assert row["isasync"] is True
    assert [(p["name"], p["type"], p["required"]) for p in row["params"]] == [
        ("deviceid", "long", False),
        ("id", "uuid", True),
        ("virtualmachineid", "uuid", True),
    ]
    assert "listVolumes" in row["related"].split(",")
    assert "attachVolume" not in row["related"].split(",")
    assert {"name": "deviceid", "type": "long"}.items() <= next(
        f for f in row["response"] if f["name"] == "deviceid"
    ).items()


def test_a_user_is_shown_what_its_role_may_call() -> None:
    lab = Lab()
    shown = {row["name"] for row in lab.ok("listApis", lab.user("u"))["api"]}

    assert "attachVolume" in shown
    assert not {"updateVolume", "migrateVolume", "listHosts"} & shown


@pytest.mark.parametrize("name", ["nosuch", "listHosts"])
def test_an_unknown_or_forbidden_name_is_refused(name: str) -> None:
    lab = Lab()
    answer = lab.do("listApis", lab.user("u"), name=name)

    assert (answer.kind, answer.code, answer.cs) == ("sync", 530, 9999)
    assert answer.text == (
        "Api Discovery plugin was unable to find an api by that name or process any apis"
    )


READ_THE_TABLE = (
    "createAccount",
    "createRole",
    "deleteRolePermission",
    "listApis",
    "listRolePermissions",
    "listRoles",
    "updateAccount",
    "updateRole",
    "updateRolePermission",
)
"""Commands made with the table in their hands."""


def test_no_command_stands_in_the_table_twice() -> None:
    """A second row would take the place of the first, and nobody would see it."""
    package = import_module("simulator.api")
    modules = [import_module(m.name) for m in iter_modules(package.__path__, "simulator.api.")]
    names = [row.name for module in modules for row in getattr(module, "COMMANDS", ())
             if isinstance(row, Command)]  # fmt: skip

    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert {*names, *READ_THE_TABLE} == set(COMMANDS)

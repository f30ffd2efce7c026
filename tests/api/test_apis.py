"""listApis describes everything that is served, from the one table of commands."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

import pytest
from lab import Lab

from simulator import boot
from simulator.api.command import Command
from simulator.api.table import COMMANDS


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

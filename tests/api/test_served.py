"""The commands that clients need are served, with the parameters they send (golden/commands.txt).

A line is a command and its parameters. A command that no row serves is one of the edge's, or one
that clients take 432 for.
"""

import re
from pathlib import Path

import pytest

from simulator import boot
from simulator.api.release import parameters_of
from simulator.api.table import COMMANDS

LINES = (Path(__file__).parent.parent / "golden" / "commands.txt").read_text().splitlines()
WANTED = {name: frozenset(rest) for name, *rest in (line.split() for line in LINES)}
AT_THE_EDGE = frozenset({"login", "logout"})
MAY_BE_432 = frozenset(
    {
        "cloudianIsEnabled",
        "forgotPassword",
        "listAndSwitchSamlAccount",
        "listGuiThemes",
        "listIdps",
        "listOauthProvider",
        "listResourceIcon",
    }
)


def test_every_command_is_served_or_may_be_missing() -> None:
    assert len(WANTED) == len(LINES)
    assert set(WANTED) - set(COMMANDS) == AT_THE_EDGE | MAY_BE_432


@pytest.mark.parametrize("name", sorted(set(WANTED) & set(COMMANDS)))
def test_a_command_takes_the_parameters_that_clients_send(name: str) -> None:
    listed = COMMANDS[name].parameters | set(parameters_of(name))
    assert sorted(WANTED[name] - listed) == []


def test_the_ui_finds_what_its_menu_asks_for() -> None:
    rows = {r["name"]: r for r in boot("simulator").call("listApis").body["api"]}
    start = {p["name"] for p in rows["startVirtualMachine"]["params"]}

    assert {"podid", "clusterid", "hostid", "considerlasthost"} <= start
    assert {"listVirtualMachinesMetrics", "listVolumesMetrics"} <= set(rows)


@pytest.mark.parametrize(
    ("command", "root"),
    [
        ("activateProject", "activaterojectresponse"),
        ("listCounters", "counterresponse"),
        ("listPortableIpRanges", "listportableipresponse"),
    ],
)
def test_some_answers_are_called_otherwise(command: str, root: str) -> None:
    refused = boot("simulator").call(command, id="none", page="1")
    assert (refused.status, refused.root) == (431, root)
    named = re.search(r"API command (\w+) due to", refused.body["errortext"])
    assert named is None or f"{named[1]}response" == root


def test_the_envelope_of_ldap_is_called_otherwise() -> None:
    cloud = boot("simulator")
    assert cloud.call("listLdapConfigurations") == (200, {}, "ldapconfigurationresponse")
    refused = cloud.call("listLdapConfigurations", page="1")
    assert (refused.status, refused.root) == (431, "ldapconfigurationresponse")

"""What the management server says of itself to whom, and lists of what there is none of."""

from collections.abc import Callable

import pytest
from lab import Lab

from simulator.api import nothing
from simulator.api.command import Command


@pytest.fixture(scope="module")
def lab() -> Lab:
    return Lab()


def test_an_administrator_may_what_users_may_not(lab: Lab) -> None:
    names = ("allowuserviewdestroyedvm", "allowuserexpungerecovervm", "allowuserforcestopvm")
    for who, want in ((None, (True, True, True)), (lab.user("u"), (False, False, True))):
        body = lab.ok("listCapabilities", who)["capability"]
        assert tuple(body[name] for name in names) == want
        assert ("extensionspath" in body) == (who is None)
    domain_admin = lab.user("d", 2)
    assert lab.ok("listCapabilities", domain_admin)["capability"]["allowuserviewdestroyedvm"]


def test_settings_are_listed_by_part_of_their_name_and_by_group(lab: Lab) -> None:
    found = lab.ok("listConfigurations", name="network.gc")["configuration"]
    assert {r["name"]: r["value"] for r in found} == {
        "network.gc.interval": "600",
        "network.gc.wait": "600",
    }
    rows = lab.ok("listConfigurations", group="infrastructure")["configuration"]
    assert {row["group"] for row in rows} == {"Infrastructure"}
    groups = lab.ok("listConfigurationGroups")
    assert groups["count"] == 10
    assert groups["configurationgroup"][0]["subgroup"][0] == {"name": "Account", "precedence": 1}
    assert lab.ok("listConfigurationGroups", group="none") == {}


@pytest.mark.parametrize("command", nothing.COMMANDS, ids=lambda command: command.name)
def test_nothing_is_listed_to_whoever_may_ask(lab: Lab, command: Command) -> None:
    for letter, role in (("A", None), ("D", 2), ("U", 0)):
        name = f"{command.name}{letter}".lower()
        who = None if role is None else lab.user(name, role)
        answer = lab.do(command.name, who)
        assert answer.code == (200 if letter in command.roles else 432), (letter, answer)
        assert letter not in command.roles or answer.result == {}


@pytest.mark.parametrize(
    ("kind", "find"),
    [
        ("Account", lambda lab: next(iter(lab.store.accounts))),
        ("User", lambda lab: next(iter(lab.store.users))),
        ("UserVm", lambda lab: lab.vm),
        ("ISO", lambda lab: next(iter(lab.store.templates))),
        ("Template", lambda lab: next(iter(lab.store.templates))),
        ("SecurityGroup", lambda lab: next(iter(lab.store.security_groups))),
        ("Network", lambda lab: next(iter(lab.store.networks))),
        ("Volume", lambda lab: str(lab.r.db_id)),
    ],
)
def test_what_takes_tags_is_tagged(lab: Lab, kind: str, find: Callable[[Lab], str]) -> None:
    text = {"resourceids": find(lab), "resourcetype": kind.upper()}
    lab.ok("createTags", **text, **{"tags[0].key": "k", "tags[0].value": kind})
    (tag,) = lab.ok("listTags", listall="true", key="K", value=kind)["tag"]
    assert tag["resourcetype"] == kind
    lab.ok("deleteTags", **text, **{"tags[0].key": "K", "tags[0].value": kind.lower()})
    assert lab.ok("listTags", listall="true", value=kind) == {}

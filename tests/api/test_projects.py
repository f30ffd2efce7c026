"""Projects own VMs and volumes: who may do what with them (semantics 6.1, ground truth 6)."""

from typing import Any

import pytest
from lab import Lab

from simulator.api.service import SimulatedCloud
from simulator.domain.records import Vm


class Team:
    """A project of user m with a VM and a disk, m's own VM and disk, and a stranger."""

    def __init__(self) -> None:
        self.lab = Lab()
        self.member, self.stranger = self.lab.user("m"), self.lab.user("s")
        made = self.lab.ok("createProject", self.member, name="p")["project"]
        self.project: dict[str, Any] = made
        self.id = made["id"]
        self.vm = self.deploy("pvm", projectid=self.id)
        self.disk = self.lab.disk(self.member, projectid=self.id)
        self.own_vm, self.own_disk = self.deploy("mvm"), self.lab.disk(self.member)

    def deploy(self, name: str, **text: str) -> str:
        lab, old = self.lab, self.lab.cloud
        lab.cloud = self.member
        try:
            return lab.make_vm(name, **text)
        finally:
            lab.cloud = old

    def record(self) -> Vm:
        return self.lab.store.vms[self.vm]

    def names(self, cloud: SimulatedCloud, **text: str) -> list[str]:
        rows = self.lab.ok("listVirtualMachines", cloud, **text).get("virtualmachine", [])
        return [row["name"] for row in rows]


@pytest.fixture(scope="module")
def team() -> Team:
    return Team()


def test_what_a_project_owns_names_the_project(team: Team) -> None:
    volume = team.lab.ok("listVolumes", id=team.disk)["volume"][0]
    assert (volume["projectid"], volume["project"]) == (team.id, "p")
    assert "account" not in volume
    vm = team.lab.ok("listVirtualMachines", id=team.vm)["virtualmachine"][0]
    assert (vm["projectid"], vm["project"]) == (team.id, "p")
    assert "account" not in vm


def test_a_list_shows_projects_only_when_asked(team: Team) -> None:
    assert team.names(team.member) == ["mvm"]
    assert team.names(team.member, listall="true") == ["mvm"]
    assert team.names(team.member, projectid=team.id) == ["pvm"]
    assert team.names(team.member, id=team.vm) == []
    assert team.names(team.member, projectid="-1") == ["pvm"]
    assert team.names(team.member, projectid="-1", listall="true") == ["pvm", "mvm"]
    assert team.names(team.stranger, projectid="-1", listall="true") == []
    answer = team.lab.do("listVolumes", team.stranger, projectid=team.id)
    assert (answer.code, answer.cs) == (432, 9999)
    assert team.lab.do("listVolumes", team.member, projectid="nothing").code == 431


@pytest.mark.parametrize(("volume", "vm"), [("disk", "own_vm"), ("own_disk", "vm")])
def test_a_project_and_a_member_are_two_owners(team: Team, volume: str, vm: str) -> None:
    text = {"id": getattr(team, volume), "virtualmachineid": getattr(team, vm)}
    answer = team.lab.do("attachVolume", team.member, **text)

    assert (answer.kind, answer.code) == ("job", 530)
    assert answer.text.endswith("belong to different accounts")


def test_a_member_needs_no_projectid_and_others_may_not() -> None:
    team = Team()
    text = {"id": team.disk, "virtualmachineid": team.vm}
    refused = team.lab.do("attachVolume", team.stranger, **text)
    assert (refused.kind, refused.code, refused.cs) == ("sync", 531, 4365)
    assert team.lab.do("attachVolume", team.member, **text).code == 1

    refused = team.lab.do("detachVolume", team.stranger, id=team.disk)
    assert (refused.kind, refused.code) == ("job", 530)
    assert team.lab.do("detachVolume", team.member, id=team.disk).code == 1


def test_an_account_joins_and_leaves() -> None:
    team = Team()
    lab = team.lab
    assert lab.do("addAccountToProject", team.stranger, projectid=team.id, account="s").code == 432
    lab.ok("addAccountToProject", team.member, projectid=team.id, account="s")
    assert team.names(team.stranger, projectid=team.id) == ["pvm"]
    assert [p["name"] for p in lab.ok("listProjects", team.stranger)["project"]] == ["p"]

    lab.ok("deleteAccountFromProject", team.member, projectid=team.id, account="s")
    assert lab.ok("listProjects", team.stranger) == {}


def test_a_project_has_its_own_limits_and_counts() -> None:
    team = Team()
    lab = team.lab
    lab.ok("updateResourceLimit", resourcetype="2", max="2", projectid=team.id)
    shown = lab.ok("listProjects", team.member)["project"][0]
    assert (shown["volumelimit"], shown["volumetotal"], shown["volumeavailable"]) == ("2", 2, "0")
    answer = lab.do(
        "createVolume", team.member, projectid=team.id, zoneid=lab.zone, name="more",
        diskofferingid=next(iter(lab.store.disk_offerings)),
    )  # fmt: skip
    assert (answer.code, answer.cs) == (535, 4370)
    home = next(iter(lab.store.domains.values()))
    assert f"for Project Name = PrjAcct-p-{home.db_id} in Domain Id = {home.db_id}" in answer.text


def test_a_deleted_project_takes_all_it_owns_along() -> None:
    team = Team()
    fund = team.record().account_id
    assert team.lab.do("deleteProject", team.stranger, id=team.id).code == 432
    team.lab.ok("deleteProject", team.member, id=team.id, cleanup="true")

    assert team.record().removed
    assert team.lab.store.volumes[team.disk].removed
    assert not team.lab.store.volumes[team.own_disk].removed
    assert team.lab.ok("listProjects", listall="true") == {}
    assert team.lab.do("deleteProject", team.member, id=team.id).code == 431
    assert not [
        n for n in team.lab.store.networks.values() if n.account_id == fund and not n.removed
    ]
    assert not [
        p for p in team.lab.store.public_ips.values() if p.account_id == fund and not p.removed
    ]


def test_a_name_is_taken_once_in_a_domain(team: Team) -> None:
    answer = team.lab.do("createProject", team.stranger, name="p")
    assert (answer.code, answer.cs) == (431, 4350)
    assert "already exists in domain" in answer.text


def test_members_are_listed_with_what_they_are() -> None:
    team = Team()
    team.lab.ok("addAccountToProject", team.member, projectid=team.id, account="s")

    def listed(**text: str) -> set[tuple[str, str]]:
        found = team.lab.ok("listProjectAccounts", team.stranger, projectid=team.id, **text)
        return {(row["account"], row["role"]) for row in found.get("projectaccount", [])}

    assert listed() == {("m", "Admin"), ("s", "Regular")}
    assert listed(role="Regular") == {("s", "Regular")}
    team.lab.ok("updateProject", team.member, id=team.id, account="s", name="q")
    assert listed() == {("m", "Regular"), ("s", "Admin")}
    assert team.lab.ok("listProjects", team.member)["project"][0]["name"] == "q"


def test_a_suspended_project_stops_and_makes_nothing_new() -> None:
    team = Team()
    team.lab.ok("startVirtualMachine", team.member, id=team.vm)
    state = team.lab.ok("suspendProject", team.member, id=team.id)["project"]["state"]
    assert (state, team.record().state) == ("Suspended", "Stopped")
    answer = team.lab.do(
        "createVolume", team.member, projectid=team.id, zoneid=team.lab.zone, name="late",
        diskofferingid=next(iter(team.lab.store.disk_offerings)),
    )  # fmt: skip
    assert (answer.code, answer.cs) == (531, 4365)
    state = team.lab.ok("activateProject", team.member, id=team.id)["project"]["state"]
    assert state == "Active"


def test_a_destroyed_volume_keeps_no_project() -> None:
    lab = Lab()
    member = lab.user("m")
    project = lab.ok("createProject", member, name="p")["project"]["id"]
    disk = lab.disk(member, projectid=project)
    answer = lab.do("deleteProject", member, id=project)
    assert answer.text == "Can't delete the project yet because it has 1 Volume to clean up"
    lab.cloud.arrange("volume", disk, state="Destroy")
    lab.ok("deleteProject", member, id=project)


def test_a_domain_alone_makes_the_callers_namesake_there_the_owner() -> None:
    lab = Lab()
    root = lab.ok("listDomains", name="ROOT")["domain"][0]["id"]
    away = lab.ok("createDomain", name="away")["domain"]["id"]
    made = lab.ok("createProject", name="p", domainid=root)["project"]
    assert (made["domainid"], made["owner"][0]["account"]) == (root, "admin")
    refused = lab.do("createProject", name="q", domainid=away)
    assert (refused.code, refused.text.partition(" in domain ")[0]) == (
        431, "Unable to find account admin"
    )  # fmt: skip
    user = lab.user("someone")
    assert lab.do("createProject", user, name="r", domainid=away).code == 531

"""Accounts, users and domains: what becomes of them and of what they own (semantics 6.1)."""

from typing import Any, get_type_hints

import pytest
from lab import Lab

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.engine.store import Store

NEW = {
    "username": "u", "password": "p", "firstname": "a", "lastname": "b", "email": "a@example.org",
}  # fmt: skip


@pytest.mark.parametrize("kind", [{"accounttype": "9"}, {}, {"role": "User"}])
def test_an_account_comes_with_a_type_that_exists_or_a_role(kind: dict[str, str]) -> None:
    """A type that is none is refused and makes nothing; there is no parameter `role`."""
    cloud = boot("simulator")
    before = cloud.call("listAccounts", listall="true").body

    reply = cloud.call("createAccount", **NEW, **kind)

    assert (reply.status, reply.body["cserrorcode"]) == (431, 9999)
    assert cloud.call("listAccounts", listall="true").body == before


@pytest.mark.parametrize("name", list(NEW))
def test_who_a_new_user_is_must_be_said(name: str) -> None:
    text = {key: value for key, value in NEW.items() if key != name}
    for command, more in (
        ("createAccount", {"accounttype": "0"}),
        ("createUser", {"account": "a"}),
    ):
        reply = boot("simulator").call(command, **text, **more)
        words = f"Unable to execute API command {command.lower()} due to missing parameter {name}"
        assert (reply.status, reply.body["errortext"]) == (431, words)


class Home:
    """An account x of a domain with a running VM, disks, a snapshot, a template and a network."""

    def __init__(self) -> None:
        self.lab = Lab()
        self.free = self.used_addresses()
        self.domain = self.lab.ok("createDomain", name="home")["domain"]["id"]
        self.account = self.lab.account("x", domainid=self.domain)
        user = self.account["user"][0]["id"]
        keys = self.lab.ok("registerUserKeys", id=user)["userkeys"]
        self.cloud: SimulatedCloud = self.lab.cloud.sign_in(keys["apikey"], keys["secretkey"])
        self.fill()

    def fill(self) -> None:
        """Own one of each."""
        lab, old = self.lab, self.lab.cloud
        lab.cloud = self.cloud
        self.vm = lab.make_vm("mine")
        lab.cloud = old
        lab.ok("startVirtualMachine", self.cloud, id=self.vm)
        disk, self.loose = lab.disk(self.cloud), lab.disk(self.cloud)
        lab.ok("attachVolume", self.cloud, id=disk, virtualmachineid=self.vm)
        lab.ok("createSnapshot", self.cloud, volumeid=disk)
        network = lab.store.vms[self.vm].network_id or ""
        lab.ok("associateIpAddress", self.cloud, networkid=network)
        self.furnish()

    def furnish(self) -> None:
        """Own what no VM and no disk is: a key pair, user data, a group, tags, a second nic."""
        lab, cloud = self.lab, self.cloud
        offering = lab.ok("listNetworkOfferings")["networkoffering"][2]["id"]
        network = lab.ok(
            "createNetwork", cloud, zoneid=lab.zone, name="more", networkofferingid=offering
        )["network"]["id"]
        lab.ok("addNicToVirtualMachine", cloud, virtualmachineid=self.vm, networkid=network)
        lab.ok("createSSHKeyPair", cloud, name="key")
        lab.ok("registerUserData", cloud, name="data", userdata="YQ==")
        lab.ok("createAffinityGroup", cloud, name="group", type="host anti-affinity")
        for kind, record in (("UserVm", self.vm), ("Volume", self.loose), ("Network", network)):
            words = {"tags[0].key": "a", "tags[0].value": "b"}
            lab.ok("createTags", cloud, resourcetype=kind, resourceids=record, **words)

    def used_addresses(self) -> int:
        """Return how many public addresses are in use."""
        return sum(not p.removed for p in self.lab.store.public_ips.values())

    def left(self) -> list[Any]:
        """Return every record of the account's that is still there."""
        store, owner = self.lab.store, self.account["id"]
        kinds = [getattr(store, name) for name in get_type_hints(Store)]
        held = [row for kind in kinds if isinstance(kind, dict) for row in kind.values()]
        tags = [tag for row in store.tags.values() for tag in row.values()]
        nics = [nic for nic in store.extra_nics.values() if nic.vm_id == self.vm]
        owned = [row for row in [*held, *tags] if getattr(row, "account_id", "") == owner]
        return [row for row in [*owned, *nics] if not getattr(row, "removed", False)]


@pytest.mark.parametrize(
    ("command", "what", "more"),
    [("deleteAccount", "account", {}), ("deleteDomain", "domain", {"cleanup": "true"})],
)
def test_all_that_an_account_owns_goes_in_the_job(
    command: str, what: str, more: dict[str, str]
) -> None:
    home = Home()
    lab = home.lab
    before = len(home.left())
    record = home.account["id"] if what == "account" else home.domain

    job = lab.submit(command, id=record, **more)
    assert len(home.left()) == before
    assert lab.answer(job).code == 1

    assert home.left() == []
    assert home.used_addresses() == home.free
    assert {k: n for k, n in lab.store.owned.items() if k[0] == home.account["id"] and n} == {}
    assert home.account["id"] not in {s.account_id for s in lab.store.security_groups.values()}
    assert lab.do("listVolumes", home.cloud).code == 401
    assert "x" not in {a["name"] for a in lab.ok("listAccounts", listall="true")["account"]}
    assert lab.do("deleteAccount", id=home.account["id"]).code == 1


def test_a_name_is_free_again_when_its_account_is_gone() -> None:
    lab = Lab()
    first = lab.account("x")
    assert lab.do("createAccount", **NEW | {"username": "x"}, accounttype="0").code == 431
    lab.ok("deleteAccount", id=first["id"])
    assert lab.account("x")["id"] != first["id"]


def test_a_locked_account_keeps_its_vms_running() -> None:
    home = Home()
    shown = home.lab.ok("disableAccount", id=home.account["id"], lock="true")["account"]
    assert shown["state"] == "locked"
    assert home.lab.store.vms[home.vm].state == "Running"
    assert home.lab.do("listVolumes", home.cloud).code == 401

    shown = home.lab.ok("enableAccount", account="x", domainid=home.domain)["account"]
    assert shown["state"] == "enabled"
    assert home.lab.do("listVolumes", home.cloud).code == 200


def test_a_disabled_account_is_nobodys_owner() -> None:
    home = Home()
    shown = home.lab.ok("disableAccount", account="x", domainid=home.domain, lock="false")
    assert shown["account"]["state"] == "disabled"
    assert home.lab.store.vms[home.vm].state == "Stopped"
    disk = next(iter(home.lab.store.disk_offerings))
    text = {"name": "n", "diskofferingid": disk, "zoneid": home.lab.zone}
    answer = home.lab.do("createVolume", account="x", domainid=home.domain, **text)
    assert (answer.code, answer.cs) == (531, 4365)


def test_the_last_enabled_user_locks_its_account() -> None:
    lab = Lab()
    account = lab.account("x")
    user = account["user"][0]["id"]
    assert lab.ok("lockUser", id=user)["user"]["state"] == "locked"
    assert lab.ok("listAccounts", id=account["id"])["account"][0]["state"] == "locked"
    assert lab.ok("enableUser", id=user)["user"]["state"] == "enabled"
    assert lab.ok("listAccounts", id=account["id"])["account"][0]["state"] == "enabled"
    assert lab.ok("disableUser", id=user)["user"]["state"] == "disabled"
    assert lab.ok("listAccounts", id=account["id"])["account"][0]["state"] == "enabled"


def test_a_user_changes_what_it_may() -> None:
    lab = Lab()
    cloud = lab.user("x")
    user = lab.ok("listUsers", cloud)["user"][0]
    lab.ok("updateUser", cloud, id=user["id"], firstname="c", email="c@example.org", timezone="UTC")
    shown = lab.ok("listUsers", cloud, listall="true")["user"]
    assert [(u["firstname"], u["email"], u["timezone"]) for u in shown] == [
        ("c", "c@example.org", "UTC")
    ]
    lab.ok("updateUser", cloud, id=user["id"], password="new", currentpassword="x")
    answer = lab.do("updateUser", cloud, id=user["id"], password="more", currentpassword="x")
    assert answer.text == "Current password is incorrect."


def test_a_domain_is_renamed_with_those_below_it() -> None:
    lab = Lab()
    top = lab.ok("createDomain", name="top", networkdomain="a.example")["domain"]
    sub = lab.ok("createDomain", name="sub", parentdomainid=top["id"])["domain"]
    assert (top["networkdomain"], sub["path"]) == ("a.example", "ROOT/top/sub")

    lab.ok("updateDomain", id=top["id"], name="other")
    assert lab.ok("listDomains", id=sub["id"])["domain"][0]["path"] == "ROOT/other/sub"
    below = lab.ok("listDomainChildren", id=top["id"])["domain"]
    assert [row["name"] for row in below] == ["sub"]
    assert lab.ok("listDomainChildren", isrecursive="true")["count"] == 2


def test_the_lists_of_people_show_each_what_it_may_see() -> None:
    home = Home()
    lab = home.lab
    keys = lab.ok("registerUserKeys", id=lab.account("da", domainid=home.domain, accounttype="2")[
        "user"][0]["id"])["userkeys"]  # fmt: skip
    chief = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])

    def names(cloud: SimulatedCloud | None, **text: str) -> set[str]:
        return {a["name"] for a in lab.ok("listAccounts", cloud, **text).get("account", [])}

    assert names(None) == {"admin"}
    assert names(None, listall="true") == {"admin", "x", "da"}
    assert names(None, domainid=home.domain) == {"x", "da"}
    assert names(chief) == {"da"}
    assert names(chief, listall="true") == {"x", "da"}
    assert names(home.cloud, listall="true") == {"x"}
    assert lab.do("listAccounts", home.cloud, id=lab.cloud.account.id).code == 531
    users = lab.ok("listUsers", home.cloud, listall="true")["user"]
    assert [u["username"] for u in users] == ["x"]

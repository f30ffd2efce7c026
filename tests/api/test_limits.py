"""Limits and counts of accounts and domains, and the settings behind them (GT 6)."""

from typing import Any

import pytest
from lab import Lab

from simulator.api.service import SimulatedCloud


@pytest.fixture
def lab() -> Lab:
    return Lab()


def account(lab: Lab, name: str) -> dict[str, Any]:
    found: dict[str, Any] = lab.ok("listAccounts", name=name, listall="true")["account"][0]
    return found


def amounts(row: dict[str, Any], prefix: str) -> tuple[Any, Any, Any]:
    return row[f"{prefix}limit"], row[f"{prefix}total"], row[f"{prefix}available"]


def limit(lab: Lab, cloud: SimulatedCloud, code: int) -> int:
    rows = lab.ok("listResourceLimits", cloud, resourcetype=str(code))["resourcelimit"]
    return int(rows[0]["max"])


def test_what_an_account_has_and_may_have(lab: Lab) -> None:
    user = lab.user("u")
    lab.disk(user)

    row = account(lab, "u")
    assert amounts(row, "volume") == ("20", 1, "19")
    assert amounts(row, "primarystorage") == ("200", 5, "195")
    assert amounts(row, "vm") == ("20", 0, "20")
    assert amounts(account(lab, "admin"), "volume")[::2] == ("Unlimited", "Unlimited")


def test_vms_count_with_their_cores_memory_and_state(lab: Lab) -> None:
    row = account(lab, "admin")
    assert (row["vmtotal"], row["vmstopped"], row["vmrunning"]) == (1, 1, 0)
    assert (row["cputotal"], row["memorytotal"], row["networktotal"]) == (1, 512, 1)
    lab.ok("destroyVirtualMachine", id=lab.vm)
    assert account(lab, "admin")["cputotal"] == 0


def test_an_own_limit_and_the_default_behind_it(lab: Lab) -> None:
    user = lab.user("u")
    assert limit(lab, user, 2) == 20
    lab.ok("updateConfiguration", name="max.account.volumes", value="7")
    assert limit(lab, user, 2) == 7
    lab.ok("updateResourceLimit", account="u", domainid=domain(lab), resourcetype="2", max="1")
    assert limit(lab, user, 2) == 1

    lab.disk(user)
    assert amounts(account(lab, "u"), "volume") == ("1", 1, "0")
    answer = lab.do(
        "createVolume", user, zoneid=lab.zone, diskofferingid=next(iter(lab.store.disk_offerings))
    )
    assert (answer.code, answer.cs) == (535, 4370)


def domain(lab: Lab) -> str:
    return next(d.id for d in lab.store.domains.values() if d.name == "ROOT")


def test_sizes_are_given_in_gib_and_counted_in_bytes(lab: Lab) -> None:
    user = lab.user("u")
    lab.disk(user)
    lab.ok("updateResourceLimit", account="u", domainid=domain(lab), resourcetype="10", max="6")
    assert limit(lab, user, 10) == 6
    counted = lab.ok("updateResourceCount", account="u", domainid=domain(lab), resourcetype="10")[
        "resourcecount"
    ]
    assert [(r["resourcetypename"], r["resourcecount"]) for r in counted] == [
        ("primary_storage", 5 << 30)
    ]


def test_a_child_domain_takes_its_parents_number(lab: Lab) -> None:
    top = lab.ok("createDomain", name="top")["domain"]["id"]
    sub = lab.ok("createDomain", name="sub", parentdomainid=top)["domain"]["id"]
    lab.ok("updateResourceLimit", domainid=top, resourcetype="2", max="0")
    lab.account("x", domainid=sub)

    row = lab.ok("listDomains", id=sub)["domain"][0]
    assert (row["level"], row["haschild"], row["volumelimit"]) == (2, False, "0")
    answer = lab.do(
        "createVolume", account="x", domainid=sub, zoneid=lab.zone,
        diskofferingid=next(iter(lab.store.disk_offerings)),
    )  # fmt: skip
    assert (answer.code, answer.cs) == (535, 4370)
    assert f"Domain Id = {sub} is exceeded: Domain Resource Limit = 0" in answer.text


def test_a_snapshot_counts_until_it_is_deleted(lab: Lab) -> None:
    taken = lab.ok("createSnapshot", volumeid=lab.root)["snapshot"]["id"]
    assert account(lab, "admin")["snapshottotal"] == 1
    lab.ok("deleteSnapshot", id=taken)
    assert account(lab, "admin")["snapshottotal"] == 0


def test_a_limit_of_somebody_elses_is_out_of_reach(lab: Lab) -> None:
    sub = lab.ok("createDomain", name="sub")["domain"]["id"]
    below = lab.ok("createDomain", name="below", parentdomainid=sub)["domain"]["id"]
    made = lab.account("d", domainid=sub, accounttype="2")
    keys = lab.ok("registerUserKeys", id=made["user"][0]["id"])["userkeys"]
    admin = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])
    text = {"domainid": domain(lab), "resourcetype": "2", "max": "5"}

    assert lab.do("updateResourceLimit", admin, **text).code == 531
    assert lab.do("updateResourceLimit", admin, **text | {"domainid": sub}).code == 531
    assert lab.do("updateResourceLimit", admin, **text | {"domainid": below}).code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("no.such.thing", "1"), ("default.page.size", "many"), ("default.page.size", ""),
     ("migrate.vm.across.clusters", "7")],
)  # fmt: skip
def test_a_bad_setting_changes_nothing(lab: Lab, name: str, value: str) -> None:
    before = lab.ok("listConfigurations", pagesize="-1")
    answer = lab.do("updateConfiguration", name=name, value=value)
    assert (answer.code, answer.cs) == (431, 4350)
    assert lab.ok("listConfigurations", pagesize="-1") == before


def test_a_setting_that_is_a_text_takes_any(lab: Lab) -> None:
    answer = lab.ok("updateConfiguration", name="commands.timeout", value="AttachCommand=6")
    row = answer["configuration"]
    assert (row["value"], row["type"]) == ("AttachCommand=6", "String")
    (listed,) = lab.ok("listConfigurations", name="commands.timeout")["configuration"]
    assert listed["value"] == "AttachCommand=6"


def test_a_bad_resource_type_is_refused(lab: Lab) -> None:
    answer = lab.do("updateResourceLimit", resourcetype="99", max="1")
    assert (answer.code, answer.cs) == (431, 4350)

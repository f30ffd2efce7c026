"""Every list finds names in any case, keywords with wildcards, and nothing that is gone."""

from typing import Any

import pytest
from lab import Lab

from simulator.api.matching import containing, equal_to, like
from simulator.api.table import COMMANDS

NAMED = {
    "listAccounts": ("account", "name"),
    "listClusters": ("cluster", "name"),
    "listClustersMetrics": ("cluster", "name"),
    "listDiskOfferings": ("diskoffering", "name"),
    "listDomains": ("domain", "name"),
    "listHosts": ("host", "name"),
    "listHostsMetrics": ("host", "name"),
    "listImageStores": ("imagestore", "name"),
    "listManagementServers": ("managementserver", "name"),
    "listNetworkOfferings": ("networkoffering", "name"),
    "listNetworks": ("network", "name"),
    "listPhysicalNetworks": ("physicalnetwork", "name"),
    "listPods": ("pod", "name"),
    "listProjects": ("project", "name"),
    "listRoles": ("role", "name"),
    "listRouters": ("router", "name"),
    "listSecurityGroups": ("securitygroup", "securitygroupname"),
    "listServiceOfferings": ("serviceoffering", "name"),
    "listSnapshots": ("snapshot", "name"),
    "listStoragePools": ("storagepool", "name"),
    "listStoragePoolsMetrics": ("storagepool", "name"),
    "listSystemVms": ("systemvm", "name"),
    "listUsers": ("user", "username"),
    "listVirtualMachines": ("virtualmachine", "name"),
    "listVolumes": ("volume", "name"),
    "listZones": ("zone", "name"),
    "listZonesMetrics": ("zone", "name"),
}
"""List -> (key of its rows, parameter of a name)."""
NO_KEYWORD = {"listManagementServers"}


@pytest.fixture(scope="module")
def lab() -> Lab:
    made = Lab()
    made.ok("createProject", name="Pro", displaytext="p")
    made.ok("createSnapshot", volumeid=made.root, name="Snap")
    return made


def rows(lab: Lab, command: str, **text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = lab.ok(command, **text).get(NAMED[command][0], [])
    return found


@pytest.mark.parametrize("command", sorted(NAMED))
def test_a_name_is_found_in_any_case_and_not_in_part(lab: Lab, command: str) -> None:
    field = NAMED[command][1]
    shown = "name" if field == "securitygroupname" else field
    (first, *_) = rows(lab, command, listall="true")
    name = first[shown]

    padded = [] if command == "listPhysicalNetworks" else [f"{name} "]
    for spelt in (name, name.upper(), name.lower(), *padded):
        found = rows(lab, command, listall="true", **{field: spelt})
        assert first["id"] in {row["id"] for row in found}, spelt
    if command != "listPhysicalNetworks":  # which is by part of the name
        assert rows(lab, command, listall="true", **{field: name[:-1] + "\u00f8"}) == []


@pytest.mark.parametrize("command", sorted(set(NAMED) - NO_KEYWORD))
def test_a_keyword_has_wildcards(lab: Lab, command: str) -> None:
    field = NAMED[command][1]
    shown = "name" if field == "securitygroupname" else field
    (first, *_) = rows(lab, command, listall="true")
    name = first[shown]

    for word in (name[1:].upper(), f"{name[0]}%", "_" + name[1:]):
        found = rows(lab, command, listall="true", keyword=word)
        assert first["id"] in {row["id"] for row in found}, word
    assert rows(lab, command, listall="true", keyword="no such thing") == []


GONE = {
    "listDomains": "Domain id=999999 doesn't exist",
    "listAccounts": "Unable to find account by id 999999",
}
"""What two lists say of a row that is not there."""


@pytest.mark.parametrize("command", sorted(NAMED))
def test_no_row_has_a_number_that_none_has(lab: Lab, command: str) -> None:
    answer = lab.do(command, listall="true", id="999999")
    if command in GONE:
        assert (answer.code, answer.cs) == (431, 4350)
        assert answer.text == GONE[command]
    else:
        assert answer.result == {}, answer
    assert lab.do(command, id="abc").code == 431


@pytest.mark.parametrize(
    ("make", "text", "drop", "show", "key"),
    [
        ("createDiskOffering", {"name": "x", "displaytext": "x", "disksize": "1"},
         "deleteDiskOffering", "listDiskOfferings", "diskoffering"),
        ("createServiceOffering", {"name": "x", "displaytext": "x", "cpunumber": "1",
                                   "cpuspeed": "500", "memory": "512"},
         "deleteServiceOffering", "listServiceOfferings", "serviceoffering"),
        ("createRole", {"name": "x", "type": "User"}, "deleteRole", "listRoles", "role"),
        ("createProject", {"name": "x", "displaytext": "x"}, "deleteProject", "listProjects",
         "project"),
        ("createNetwork", {"name": "x"}, "deleteNetwork", "listNetworks", "network"),
        ("createVolume", {"name": "x"}, "deleteVolume", "listVolumes", "volume"),
    ],
)  # fmt: skip
def test_what_is_gone_is_in_no_list(
    make: str, text: dict[str, str], drop: str, show: str, key: str
) -> None:
    lab = Lab()
    if key in {"network", "volume"}:
        text = text | {"zoneid": lab.zone}
    if key == "network":
        text["networkofferingid"] = list(lab.store.network_offerings)[2]
    if key == "volume":
        text["diskofferingid"] = next(iter(lab.store.disk_offerings))
    made = lab.ok(make, **text)[key]["id"]
    assert lab.ok(show, id=made, listall="true")["count"] == 1
    lab.ok(drop, id=made)
    assert lab.do(show, id=made, listall="true").result == {}
    assert made not in str(lab.ok(show, listall="true"))


def test_a_domain_that_is_gone_is_refused() -> None:
    lab = Lab()
    made = lab.ok("createDomain", name="gone")["domain"]["id"]
    row = lab.store.domains[made].db_id
    lab.ok("deleteDomain", id=made)
    answer = lab.do("listDomains", id=made)
    assert (answer.code, answer.cs) == (431, 4350)
    assert answer.text == f"Domain id={row} doesn't exist"


def test_counts_alone_are_answered(lab: Lab) -> None:
    for command in ("listVolumes", "listVirtualMachines", "listNetworks", "listPublicIpAddresses"):
        whole = lab.ok(command, listall="true")
        assert lab.ok(command, listall="true", retrieveonlyresourcecount="true") == {
            "count": whole["count"]
        }
    assert lab.ok("listVolumes", name="none", retrieveonlyresourcecount="true") == {}


def test_free_addresses_are_listed_by_address(lab: Lab) -> None:
    taken = lab.ok("listPublicIpAddresses", listall="true")["publicipaddress"]
    free = lab.ok("listPublicIpAddresses", state="free", pagesize="500", page="1")
    every = lab.ok("listPublicIpAddresses", allocatedonly="false")
    assert {row["state"] for row in taken} == {"Allocated"}
    assert {row["state"] for row in free["publicipaddress"]} == {"Free"}
    assert every["count"] == len(taken) + free["count"]
    (one,) = lab.ok(
        "listPublicIpAddresses",
        allocatedonly="false",
        ipaddress=free["publicipaddress"][0]["ipaddress"],
    )["publicipaddress"]
    assert one == free["publicipaddress"][0]
    assert not {"account", "allocated", "associatednetworkid"} & one.keys()


def test_zones_are_listed_by_where_one_has_a_router(lab: Lab) -> None:
    every = lab.ok("listZones")["zone"]
    assert len(every) == 2
    near = lab.ok("listZones", available="false")["zone"]
    assert [zone["id"] for zone in near] == [lab.zone]
    assert lab.ok("listZones", available="false", name=every[1]["name"])["count"] == 1


def test_jobs_are_listed_from_a_moment_on() -> None:
    lab = Lab()
    lab.submit("startVirtualMachine", id=lab.vm)
    assert lab.ok("listAsyncJobs", startdate="2026-01-01")["count"] == 1
    assert lab.ok("listAsyncJobs", startdate="2026-01-02 00:00:00") == {}
    assert lab.ok("listAsyncJobs", startdate="2026-01-01T00:00:00+0000", keyword="startvm")["count"]
    assert lab.ok("listAsyncJobs", keyword="stopvm") == {}


def test_guest_systems_are_listed_by_family(lab: Lab) -> None:
    families = {row["name"]: row["id"] for row in lab.ok("listOsCategories")["oscategory"]}
    found = lab.ok("listOsTypes", oscategoryid=families["Debian"])["ostype"]
    assert {row["oscategoryname"] for row in found} == {"Debian"}
    assert lab.ok("listOsTypes", description="ebian gnu")["count"] == len(found)
    assert lab.ok("listOsCategories", name="ebi")["count"] == 1


def test_others_parameters_are_not_looked_at() -> None:
    lab = Lab()
    user = lab.user("u")
    lab.disk(user)
    assert lab.ok("listVolumes", user, storageid="label", displayvolume="false")["count"] == 1


def test_the_infrastructure_is_counted(lab: Lab) -> None:
    body = lab.ok("listInfrastructure")["infrastructure"]
    assert (body["zones"], body["hosts"]) == (2, len(lab.store.hosts))


def test_texts_are_compared_as_the_database_does() -> None:
    assert like("a%b_c")("aXXbyC")
    assert not like("a%b")("abc")
    assert like(r"100\%")("100%")
    assert not like(r"100\%")("100x")
    assert like("\\")("\\")
    assert containing("_")("x")
    assert not containing("_")("")
    assert containing("\u00e9")("CAFE")
    assert not like("%a%a%a%b")("a" * 2000)
    assert equal_to("Ab ")("aB")


def test_no_list_takes_a_parameter_that_it_does_not_have() -> None:
    for name in ("listZones", "listPods", "listClusters", "listHosts", "listStoragePools"):
        assert "listall" not in {p.partition(":")[0] for p in COMMANDS[name].params.split()}

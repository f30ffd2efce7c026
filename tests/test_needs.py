"""What a step needs is read off its words; what others use is touched only where allowed."""

from typing import Any

import pytest

from conformance import offers
from simulator import boot
from simulator.api.service import SimulatedCloud
from steps.given import ready
from steps.needs import Need, of_step, of_upload
from steps.people import PARTS
from steps.places import NoSuchPlace
from steps.site import Site
from steps.then import is_refusal
from steps.world import World

CALL = {"who": "root admin", "command": ""}


def needed(command: str, *table: list[str]) -> set[Need]:
    return set(of_step(None, CALL | {"command": command}, list(table)))


@pytest.mark.parametrize(
    ("command", "thing"),
    [
        ("deleteDiskOffering", "disk:Custom"),
        ("updateTemplate", "template:usual"),
        ("updateTemplate", "image:SystemVM Template (KVM)"),
        ("deleteServiceOffering", "service:Small Instance"),
        ("updateNetworkOffering", "plan:DefaultSharedNetworkOffering"),
    ],
)
def test_what_belongs_to_the_cloud_is_not_changed_nor_deleted(command: str, thing: str) -> None:
    assert Need("lasting", command) in needed(command, ["id", thing])


@pytest.mark.parametrize(
    ("command", "thing"),
    [
        ("deleteDiskOffering", "disk:short"),
        ("updateTemplate", "image:t1"),
        ("deleteVolume", "volume:d1"),
        ("listDiskOfferings", "disk:Custom"),
        ("deployVirtualMachine", "template:usual"),
    ],
)
def test_what_a_scenario_creates_is_its_own_and_what_is_there_may_be_used(
    command: str, thing: str
) -> None:
    assert not [need for need in needed(command, ["id", thing]) if need.kind == "lasting"]


def test_of_requests_at_once_each_is_looked_at_by_itself() -> None:
    rows = [["command", "id", "diskofferingid"], ["deleteVolume", "volume:d1", ""],
            ["changeOfferingForVolume", "volume:d1", "disk:Custom"]]  # fmt: skip
    assert not [need for need in of_step(None, {}, rows) if need.kind == "lasting"]
    rows += [["deleteDiskOffering", "disk:Custom", ""]]
    assert Need("lasting", "deleteDiskOffering") in of_step(None, {}, rows)


@pytest.mark.parametrize(
    ("upload_format", "then", "hypervisors"),
    [
        ("qcow2", "the request succeeds", {"KVM"}),
        ("OVA", "the request is refused because offering-denied", {"VMware"}),
        ("QCOW2", "the request is refused because upload-limit", set()),
        ("VHDX", "the request succeeds", set()),
    ],
)
def test_an_upload_that_gets_past_its_format_needs_a_zone_that_takes_it(
    upload_format: str, then: str, hypervisors: set[str]
) -> None:
    found = of_upload({"command": "uploadVolume"}, [["format", upload_format]], then)
    assert {need.what for need in found} == hypervisors


def test_a_volume_on_managed_storage_needs_a_pool_that_takes_it() -> None:
    """Else the attach that gives it storage is refused, and the scenario blocked."""
    found = set(of_step(ready, {"offering": "Managed"}, None))
    assert found >= {Need("offering", "disk:Managed"), Need("place", "a-managed-pool")}
    assert set(of_step(ready, {"offering": "Small"}, None)) == {Need("offering", "disk:Small")}


def test_a_pool_of_another_cluster_than_a_volumes_needs_two_clusters() -> None:
    assert Need("place", "a-pool-elsewhere") in needed("migrateVolume", ["storageid", "away:d1"])


@pytest.fixture
def mixed() -> SimulatedCloud:
    return boot("mixed", seed=0, dialect="acs-4.22")


def pools(cloud: SimulatedCloud) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in cloud.call("listStoragePools").body["storagepool"]}


def test_where_another_cluster_takes_managed_volumes_too_none_is_without_room(
    mixed: SimulatedCloud,
) -> None:
    world = World(Site(mixed, mixed), "acs-4.22", 0)
    managed = world.pick("pool", "a-managed-pool")
    assert pools(mixed)[managed]["managed"]

    mixed.arrange("pool", world.pick("pool", "a-pool-elsewhere"), tags=frozenset({"managed"}))

    with pytest.raises(NoSuchPlace):
        World(Site(mixed, mixed), "acs-4.22", 0).pick("pool", "a-managed-pool")


@pytest.mark.parametrize("role", ["a-pool", "a-pool-elsewhere"])
def test_wherever_a_volume_lies_another_cluster_has_a_pool(
    mixed: SimulatedCloud, role: str
) -> None:
    places = World(Site(mixed, mixed), "acs-4.22", 0).places
    own, clusters = places.row(role), {i: row["clusterid"] for i, row in pools(mixed).items()}

    assert clusters[places.away_from_pool(own["id"])] != own["clusterid"]
    assert clusters[beside := places.beside_pool(own["id"])] == own["clusterid"]
    assert beside != own["id"]


def test_what_was_given_back_may_be_anothers_where_others_are(mixed: SimulatedCloud) -> None:
    world = World(Site(mixed, mixed), "acs-4.22", 0)
    zone = {"zoneid": world.pick("zone", "a-zone")}
    address = world.ask("owner", "associateIpAddress", **zone).body["id"]
    world.must("owner", "disassociateIpAddress", id=address)
    free = world.ask("owner", "listFirewallRules", ipaddressid=address)
    assert world.ask("other", "associateIpAddress", **zone).body["id"] == address
    taken = world.ask("owner", "listFirewallRules", ipaddressid=address)

    there = World(Site(mixed, None), "acs-4.22", 0)

    assert [is_refusal(w, free, "address-not-ready") for w in (world, there)] == [True, True]
    assert [is_refusal(w, taken, "address-not-ready") for w in (world, there)] == [False, True]


@pytest.mark.parametrize("part", ["root admin", "domain admin"])
def test_an_admins_key_makes_every_account_that_scenarios_speak_of(part: str) -> None:
    assert {*PARTS, "colleague", "project"} <= set(offers._PLAYED[part])
    assert ("root admin" in offers._PLAYED[part]) == (part == "root admin")

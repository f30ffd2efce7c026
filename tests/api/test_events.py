"""Events: which rows a command leaves, whose they are, and how they are found again (GT 8)."""

from typing import Any

import pytest
from lab import Lab

from simulator.api.service import SimulatedCloud


@pytest.fixture
def lab() -> Lab:
    return Lab()


def told(
    lab: Lab, cloud: SimulatedCloud | None = None, **text: str
) -> list[tuple[str, str, str, str]]:
    """Return (type, state, level, account) of the events found, oldest first."""
    rows = events(lab, cloud, **text)
    return [(e["type"], e["state"], e["level"], e["account"]) for e in rows]


def events(lab: Lab, cloud: SimulatedCloud | None = None, **text: str) -> list[dict[str, Any]]:
    text = {"listall": "true"} | text
    found: list[dict[str, Any]] = lab.ok("listEvents", cloud, **text).get("event", [])
    return found


def of_volume(lab: Lab, volume_id: str, **text: str) -> list[dict[str, Any]]:
    return events(lab, None, resourceid=volume_id, resourcetype="Volume", **text)


def test_an_attach_leaves_three_rows_with_one_parent(lab: Lab) -> None:
    disk = lab.disk()
    lab.attach(disk)

    rows = of_volume(lab, disk, type="VOLUME.ATTACH")
    ids = f"Volume Id: {disk} VmId: {lab.vm}"
    assert [(e["state"], e["description"]) for e in rows] == [
        ("Scheduled", f"attaching volume: {disk} to vm: {lab.vm}"),
        ("Started", f"Attaching volume. {ids}"),
        ("Completed", f"Successfully completed attaching volume. {ids}"),
    ]
    assert ["parentid" in e for e in rows] == [False, True, True]
    assert {e["parentid"] for e in rows[1:]} == {rows[0]["id"]}
    assert events(lab, startid=rows[0]["id"]) == rows


def test_a_failed_detach_ends_with_an_error(lab: Lab) -> None:
    lab.start()
    lab.detach_root()

    rows = of_volume(lab, lab.root, level="error")
    assert [(e["type"], e["state"], e["description"]) for e in rows] == [
        (
            "VOLUME.DETACH",
            "Completed",
            f"Error while detaching volume. detaching volume: {lab.root}",
        )
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            {"deviceid": "0", "virtualmachineid": "V"},
            "detaching volume with device id: 0 from vm: ",
        ),
        ({}, "detaching volume <error:  either volume id or deviceId/vmId need to be specified>"),
    ],
)
def test_a_detach_says_what_it_was_given(lab: Lab, text: dict[str, str], words: str) -> None:
    lab.do("detachVolume", **{k: lab.vm if v == "V" else v for k, v in text.items()})

    last = events(lab, type="VOLUME.DETACH", state="Scheduled")[-1]
    assert last["description"].startswith(words)
    assert "resourceid" not in last


def test_the_row_of_a_new_volume_is_the_parent_of_all(lab: Lab) -> None:
    disk = lab.disk()

    rows = of_volume(lab, disk)
    assert [e["state"] for e in rows] == ["Created", "Scheduled", "Started", "Completed"]
    assert rows[0]["description"] == (
        f"Successfully created entity for creating volume. Volume Id: {disk}"
    )
    assert [e.get("parentid") for e in rows[1:]] == [rows[0]["id"]] * 3


def test_a_new_vm_says_what_disks_were_made_for_it(lab: Lab) -> None:
    seen = len(events(lab))
    vm = lab.make_vm("w")

    made = [e for e in events(lab)[seen:] if e["type"] == "VOLUME.CREATE"]
    (root,) = lab.store.volumes_of[vm]
    assert [(e["state"], e["resourceid"], e.get("parentid")) for e in made] == [
        ("Created", root, None)
    ]
    assert made[0]["description"] == (
        "Successfully created entity for creating ROOT volume. "
        f"Volume Type: ROOTVolume Id: {root} Vm Id: {vm}"
    )


def test_disks_that_go_with_a_vm_say_so_within_the_events_of_its_job(lab: Lab) -> None:
    disk = lab.attached_disk()
    seen = len(events(lab))
    lab.ok("destroyVirtualMachine", id=lab.vm, volumeids=disk, expunge="true")

    rows = events(lab)[seen:]
    gone = [(e["type"], e["resourceid"], e["parentid"]) for e in rows if "VOLUME" in e["type"]]
    first = rows[0]["id"]
    assert gone == [
        ("VOLUME.DETACH", disk, first),
        ("VOLUME.DESTROY", disk, first),
        ("VOLUME.DESTROY", lab.root, first),
    ]


def test_destroying_a_vm_detaches_its_data_disks(lab: Lab) -> None:
    disk = lab.attached_disk()
    seen = len(events(lab))
    lab.ok("destroyVirtualMachine", id=lab.vm)

    assert told(lab)[seen:] == [
        ("VM.DESTROY", "Scheduled", "INFO", "admin"),
        ("VM.DESTROY", "Started", "INFO", "admin"),
        ("VOLUME.DETACH", "Completed", "INFO", "admin"),
        ("VM.DESTROY", "Completed", "INFO", "admin"),
    ]
    (row,) = of_volume(lab, disk, keyword="DATADISK")
    assert row["description"].endswith(
        f"detaching volume. Volume Type: DATADISK Volume Id: {disk} Vm Id: {lab.vm}"
    )


def test_a_synchronous_command_leaves_one_row_and_a_bad_parameter_none(lab: Lab) -> None:
    disk = lab.disk()
    seen = len(events(lab))
    lab.do("deleteVolume", id=lab.root)
    lab.do("deleteVolume", id=disk)
    lab.do("deleteVolume", id="nothing")

    assert told(lab)[seen:] == [
        ("VOLUME.DESTROY", "Completed", "ERROR", "admin"),
        ("VOLUME.DESTROY", "Completed", "INFO", "admin"),
    ]


def test_the_owner_sees_the_scheduled_row_alone(lab: Lab) -> None:
    user = lab.user("u")
    disk = lab.disk(user)
    seen = len(events(lab, user))
    lab.ok("destroyVolume", id=disk, expunge="true")

    assert told(lab, user)[seen:] == [("VOLUME.DESTROY", "Scheduled", "INFO", "u")]
    assert told(lab, type="VOLUME.DESTROY")[1:] == [
        ("VOLUME.DESTROY", "Completed", "INFO", "admin"),
    ]


def test_a_moved_volume_loses_the_resource_of_its_old_rows(lab: Lab) -> None:
    disk = lab.loose_disk()
    assert len(of_volume(lab, disk)) == 10
    pool = lab.store.pools[lab.store.volumes[disk].pool_id or ""]
    other = next(
        p.id for p in lab.store.pools.values() if p.cluster_id == pool.cluster_id and p != pool
    )
    lab.cloud.arrange("pool", other, state="Up")
    lab.ok("migrateVolume", volumeid=disk, storageid=other)

    assert [e["state"] for e in of_volume(lab, disk)] == ["Completed"]


def test_dates_cut_the_list(lab: Lab) -> None:
    lab.cloud.sleep(3 * 86400)
    lab.disk()

    later = events(lab, startdate="2026-01-02")
    assert {e["type"] for e in later} == {"VOLUME.CREATE"}
    assert len(later) + len(events(lab, enddate="2026-01-01")) == len(events(lab))
    answer = lab.do("listEvents", startdate="soon")
    assert (answer.code, answer.cs) == (431, 9999)
    assert "Unable to parse date soon" in answer.text


def test_pages_start_with_the_newest(lab: Lab) -> None:
    newest = lab.ok("listEvents", page="1", pagesize="1")
    assert newest["event"] == [events(lab)[-1]]
    assert newest["count"] == len(events(lab))
    assert lab.ok("listEvents", id=newest["event"][0]["id"])["event"] == newest["event"]


def test_every_type_that_is_told_is_listed(lab: Lab) -> None:
    listed = {row["name"] for row in lab.ok("listEventTypes")["eventtype"]}
    assert {e["type"] for e in events(lab)} < listed


def test_who_starts_a_network_reads_of_its_address_and_the_owner_of_its_vlan(lab: Lab) -> None:
    user, zone, offering = lab.user("u"), lab.v.zone_id, lab.v.service_offering_id
    place = {"zoneid": zone, "serviceofferingid": offering, "templateid": lab.v.template_id}
    made = lab.ok("deployVirtualMachine", user, name="w", startvm="false", **place)
    vm = made["virtualmachine"]["id"]
    seen = len(events(lab))
    lab.ok("startVirtualMachine", id=vm)

    rows = events(lab)[seen:]
    assert [(e["type"], e["state"], e["account"], e["username"]) for e in rows] == [
        ("VM.START", "Scheduled", "u", "admin"),
        ("VM.START", "Started", "admin", "admin"),
        ("ZONE.VLAN.ASSIGN", "Completed", "u", "admin"),
        ("FIREWALL.OPEN", "Created", "admin", "admin"),
        ("VM.START", "Completed", "admin", "admin"),
    ]
    network = next(n for n in lab.store.networks.values() if n.name == "u-network")
    vlan = rows[2]
    text = f"Assigned Zone Vlan: {network.vlan} Network Id: {network.db_id}"
    assert (vlan["description"], vlan["resourceid"], vlan["resourcename"]) == (
        text, network.id, "u-network",
    )  # fmt: skip
    assert "resourceid" not in rows[3]
    assert not any("parentid" in e for e in rows[2:4])


def test_an_address_says_of_its_rules_before_it_is_there(lab: Lab) -> None:
    seen = len(events(lab))
    lab.ok("associateIpAddress", zoneid=lab.v.zone_id)

    assert [(e["type"], e["state"], "parentid" in e) for e in events(lab)[seen:]] == [
        ("FIREWALL.OPEN", "Created", False),
        ("NET.IPASSIGN", "Created", False),
        ("NET.IPASSIGN", "Scheduled", True),
        ("NET.IPASSIGN", "Started", True),
        ("NET.IPASSIGN", "Completed", True),
    ]


def test_a_nic_on_a_network_of_ones_own_has_that_implemented(lab: Lab) -> None:
    lab.start()
    offering = lab.store.networks[lab.v.network_id or ""].offering_id
    made = {"name": "n", "zoneid": lab.v.zone_id, "networkofferingid": offering}
    network = lab.ok("createNetwork", **made)["network"]["id"]
    seen = len(events(lab))
    lab.ok("addNicToVirtualMachine", virtualmachineid=lab.vm, networkid=network)

    assert [e["type"] for e in events(lab)[seen:]] == [
        "NIC.CREATE", "NIC.CREATE", "ZONE.VLAN.ASSIGN", "FIREWALL.OPEN", "NIC.CREATE",
    ]  # fmt: skip

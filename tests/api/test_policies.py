"""Snapshot policies take their snapshots on the simulated clock, and keep what they may."""

from math import inf
from typing import Any

import pytest
from lab import Lab

from simulator import boot
from simulator.engine.freezer import freeze, freeze_history, marked, thaw

HOUR_S = 3600.0


@pytest.fixture
def lab() -> Lab:
    lab = Lab()
    lab.cloud.sleep(600 - lab.cloud.now_s())
    return lab


def policy(lab: Lab, volume_id: str = "", **text: str) -> dict[str, Any]:
    text = {"intervaltype": "HOURLY", "schedule": "30", "timezone": "GMT", "maxsnaps": "2"} | text
    made = lab.ok("createSnapshotPolicy", volumeid=volume_id or lab.root, **text)
    found: dict[str, Any] = made["snapshotpolicy"]
    return found


def shown(lab: Lab, volume_id: str = "") -> list[tuple[str, str, str]]:
    rows = lab.ok("listSnapshots", volumeid=volume_id or lab.root).get("snapshot", [])
    return [(r["created"][11:16], r["intervaltype"], r["state"]) for r in rows]


def test_the_oldest_make_room(lab: Lab) -> None:
    policy(lab)
    lab.ok("createSnapshot", volumeid=lab.root)
    lab.cloud.sleep(3.5 * HOUR_S)
    hourly = [row for row in shown(lab) if row[1] == "HOURLY"]
    assert hourly == [("02:30", "HOURLY", "BackedUp"), ("03:30", "HOURLY", "BackedUp")]
    assert len(shown(lab)) == 3
    lab.cloud.sleep(HOUR_S)
    assert [row[0] for row in shown(lab) if row[1] == "HOURLY"] == ["03:30", "04:30"]


def test_a_snapshot_of_a_policy_tells_where_it_is_from(lab: Lab) -> None:
    made = policy(lab, **{"tags[0].key": "team", "tags[0].value": "ops"})
    lab.cloud.sleep(HOUR_S)
    (row,) = lab.ok("listSnapshots", snapshottype="RECURRING")["snapshot"]
    v = lab.r
    assert row["name"] == f"v_{v.name}_20260101003000"
    assert [(t["key"], t["value"], t["resourcetype"]) for t in row["tags"]] == [
        ("team", "ops", "Snapshot")
    ]
    assert [t["resourcetype"] for t in made["tags"]] == ["SnapshotPolicy"]
    assert lab.ok("listSnapshots", snapshottype="MANUAL") == {}
    assert lab.ok("listSnapshots", volumeid=lab.root, intervaltype="daily") == {}


def test_a_policy_moves_no_instant_clock(lab: Lab) -> None:
    policy(lab)
    before_s = lab.cloud.now_s()
    lab.cloud.settle()
    assert lab.cloud.now_s() == before_s
    assert lab.cloud.world.env.peek() == inf


def test_a_policy_survives_a_checkpoint_and_a_restart(lab: Lab) -> None:
    policy(lab)
    lab.cloud.sleep(HOUR_S)
    other = boot("mixed", dialect="acs-4.22")
    history = freeze_history(lab.cloud.jobs, marked(other.jobs))
    thaw(other.jobs, freeze(lab.cloud.jobs), [history])
    other.restart()
    for cloud in (lab.cloud, other):
        cloud.sleep(HOUR_S)
    mine, theirs = ([*c.world.store.snapshots.values()] for c in (lab.cloud, other))
    assert mine == theirs
    assert [s.created_s for s in theirs] == [1800, 5400]


def test_what_cannot_be_taken_is_tried_again(lab: Lab) -> None:
    policy(lab)
    lab.cloud.arrange("volume", lab.root, state="Resizing")
    lab.cloud.sleep(HOUR_S / 2)
    assert shown(lab) == []
    assert lab.cloud.refusals()[-1] == "SNA-02"
    lab.cloud.arrange("volume", lab.root, state="Ready")
    lab.cloud.sleep(HOUR_S / 2)
    assert [row[0] for row in shown(lab)] == ["00:45"]


def test_a_policy_that_is_not_on_display_takes_none(lab: Lab) -> None:
    made = policy(lab)
    changed = lab.ok("updateSnapshotPolicy", id=made["id"], fordisplay="false")["snapshotpolicy"]
    assert changed["fordisplay"] is False
    lab.cloud.sleep(2 * HOUR_S)
    assert shown(lab) == []
    lab.ok("updateSnapshotPolicy", id=made["id"], fordisplay="true")
    lab.cloud.sleep(HOUR_S)
    assert len(shown(lab)) == 1


def test_a_changed_schedule_counts_from_the_next_run_on(lab: Lab) -> None:
    first = policy(lab)
    second = policy(lab, schedule="50")
    assert first["id"] == second["id"]
    lab.cloud.sleep(HOUR_S)
    assert [row[0] for row in shown(lab)] == ["00:30", "00:50"]


def test_policies_go_with_their_volume(lab: Lab) -> None:
    disk = lab.loose_disk()
    policy(lab, disk)
    policy(lab, disk, intervaltype="DAILY", schedule="0:1")
    assert [p["intervaltype"] for p in lab.ok("listSnapshotPolicies")["snapshotpolicy"]] == [1, 0]
    lab.ok("destroyVolume", id=disk)
    assert lab.ok("listSnapshotPolicies") == {}
    lab.ok("recoverVolume", id=disk)
    lab.cloud.sleep(3 * HOUR_S)
    assert shown(lab, disk) == []


def test_a_scheduled_snapshot_is_counted_with_its_owner(lab: Lab) -> None:
    policy(lab, maxsnaps="1")
    lab.cloud.sleep(5 * HOUR_S)
    assert len(shown(lab)) == 1
    row = lab.ok("listAccounts", id=lab.r.account_id)["account"][0]
    assert row["snapshottotal"] == 1


def test_a_vm_snapshot_knows_its_parent_and_which_is_current(lab: Lab) -> None:
    first, second = (
        lab.ok("createVMSnapshot", virtualmachineid=lab.vm, name=name)["vmsnapshot"]["id"]
        for name in ("one", "two")
    )
    lab.ok("revertToVMSnapshot", vmsnapshotid=first)
    third = lab.ok("createVMSnapshot", virtualmachineid=lab.vm, name="three")["vmsnapshot"]
    assert (third["parent"], third["parentName"], third["current"]) == (first, "one", True)
    lab.ok("deleteVMSnapshot", vmsnapshotid=first)
    rows = lab.ok("listVMSnapshot", virtualmachineid=lab.vm)["vmSnapshot"]
    assert [(r["id"], r.get("parent"), r["current"]) for r in rows] == [
        (third["id"], None, True),
        (second, None, False),
    ]
    (only,) = lab.ok("listVMSnapshot", vmsnapshotid=second)["vmSnapshot"]
    assert only["displayname"] == "two"

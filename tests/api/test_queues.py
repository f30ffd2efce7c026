"""rootswapQueues: what waits, what goes on, and where the time of jobs and work went."""

from typing import Any

import pytest

from simulator.api.service import SimulatedCloud
from simulator.boot import boot
from simulator.engine.history import NEWEST
from simulator.engine.latency import Capacities

Row = dict[str, Any]


@pytest.fixture
def cloud() -> SimulatedCloud:
    return boot("kvm")


def vm(cloud: SimulatedCloud, name: str) -> str:
    """Return the id of the VM of that name."""
    return next(vm.id for vm in cloud.world.store.vms.values() if vm.name == name)


def asked(cloud: SimulatedCloud, **text: str) -> Row:
    """Return what the root admin is shown."""
    shown: Row = cloud.call("rootswapQueues", **text).body["queues"]
    return shown


def test_work_of_a_busy_vm_waits_for_a_later_tick(cloud: SimulatedCloud) -> None:
    old = vm(cloud, "old")
    first = cloud.call("startVirtualMachine", id=old).body["jobid"]
    cloud.sleep(1)
    second = cloud.call("stopVirtualMachine", id=old).body["jobid"]
    cloud.sleep(0.5)

    before = asked(cloud)

    assert before["vmqueues"] == [
        {"virtualmachineid": old, "name": "old", "waiting": 2, "busy": False}
    ]
    assert [pool["busy"] for pool in before["threadpools"]] == [2, 0]
    assert before["ticks"] == []
    assert before["next"] == before["tickseconds"] == 2.0

    cloud.sleep(0.5)
    (line,) = asked(cloud)["vmqueues"]
    assert (line["waiting"], line["busy"]) == (1, True)
    cloud.settle()
    after = asked(cloud)

    assert after["vmqueues"] == []
    assert [tick["at"] for tick in after["ticks"]] == [2.0, 4.0]
    assert [(t["seen"], t["picked"], t["left"]) for t in after["ticks"]] == [(1, 1, 1), (1, 1, 0)]
    assert [work["jobid"] for work in after["workjobs"]] == [first, second]
    assert [work["picked"] for work in after["workjobs"]] == [2.0, 4.0]
    for job, work in zip(after["jobs"], after["workjobs"], strict=True):
        assert job["jobid"] == work["jobid"]
        assert job["submitted"] == job["started"] <= work["submitted"] <= work["picked"]
        assert work["picked"] == work["started"] <= work["ended"] <= job["ended"]


def test_jobs_wait_for_api_threads_and_work_for_work_threads() -> None:
    cloud = boot("kvm")
    cloud.world.capacities = Capacities(api_threads=1, work_threads=1)
    cloud.restart()
    for name in ("old", "web", "db"):
        verb = "start" if name == "old" else "stop"
        cloud.call(f"{verb}VirtualMachine", id=vm(cloud, name))

    pools = {pool["name"]: pool for pool in asked(cloud)["threadpools"]}

    assert pools["API threads"] == {
        "name": "API threads", "capacity": 1, "busy": 1, "waiting": 2
    }  # fmt: skip
    cloud.settle()
    jobs = asked(cloud)["jobs"]
    assert [job["submitted"] for job in jobs] == [0.0] * 3
    assert [job["started"] for job in jobs] == [0.0, *(job["ended"] for job in jobs[:2])]

    cloud.world.capacities = Capacities(work_threads=1)
    cloud.restart()
    for name in ("web", "db"):
        cloud.call("startVirtualMachine", id=vm(cloud, name))
    cloud.settle()
    first, second = asked(cloud)["workjobs"][-2:]
    assert first["picked"] == second["picked"] == first["started"]
    assert second["started"] == first["ended"] > second["picked"]


def test_only_what_was_asked_about_is_shown(cloud: SimulatedCloud) -> None:
    old, web = vm(cloud, "old"), vm(cloud, "web")
    cloud.call("startVirtualMachine", id=old)
    cloud.settle()
    ended_s = cloud.now_s()
    cloud.sleep(10)
    root = next(v.id for v in cloud.world.store.siblings(web))
    cloud.call("createSnapshot", volumeid=root)
    cloud.settle()

    jobs = asked(cloud, virtualmachineid=web)["jobs"]

    assert [job["cmd"].rpartition(".")[2] for job in jobs] == ["CreateSnapshotCmd"]
    assert {work["name"] for work in asked(cloud, virtualmachineid=old)["workjobs"]} == {"old"}
    assert asked(cloud, virtualmachineid="nobody")["jobs"] == []
    assert len(asked(cloud, since=str(ended_s))["jobs"]) == 2
    assert len(asked(cloud, since=str(ended_s + 1))["jobs"]) == 1
    assert asked(cloud, since="nan")["jobs"] == []
    assert cloud.call("rootswapQueues", since="soon").status == 431


def test_the_newest_are_remembered_also_over_a_restart(cloud: SimulatedCloud) -> None:
    old = vm(cloud, "old")
    for _ in range(NEWEST // 2 + 1):
        cloud.call("startVirtualMachine", id=old)
        cloud.settle()
        cloud.call("stopVirtualMachine", id=old)
        cloud.settle()
    cloud.call("startVirtualMachine", id=old)
    cloud.restart()

    shown = asked(cloud)

    assert len(shown["jobs"]) == len(shown["workjobs"]) == NEWEST
    assert len(shown["ticks"]) == NEWEST
    assert shown["jobs"][-1]["jobstatus"] == 2
    assert shown["vmqueues"] == []


def test_only_root_admins_are_shown_it(cloud: SimulatedCloud) -> None:
    alice = next(user for user in cloud.world.store.users.values() if user.name == "alice")

    assert cloud.seen_by(alice).call("rootswapQueues").status == 432

"""Races by the clock: who wins, what waits for which tick."""

from typing import Any

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.engine.latency import Timings, constant

DIALECTS = ("spec", "acs-4.22")


def job(cloud: SimulatedCloud, command: str, **text: str) -> str:
    """Submit a command and return the id of its job."""
    return str(cloud.call(command, **text).body["jobid"])


def make_vm(cloud: SimulatedCloud, name: str) -> str:
    """Return the id of a new Stopped KVM VM."""
    store = cloud.world.store
    template = next(t.id for t in store.templates.values() if t.hypervisor is Hypervisor.KVM)
    body = cloud.call(
        "deployVirtualMachine", zoneid=next(iter(store.zones)), name=name, templateid=template,
        serviceofferingid=next(iter(store.service_offerings)),
    ).body  # fmt: skip
    cloud.settle()
    job(cloud, "stopVirtualMachine", id=str(body["id"]))
    cloud.settle()
    assert store.vms[body["id"]].state is VmState.STOPPED
    return str(body["id"])


def ready_disk(cloud: SimulatedCloud, vm_id: str) -> str:
    """Return the id of a new Ready data disk, detached again from *vm_id*."""
    store = cloud.world.store
    small = next(d.id for d in store.disk_offerings.values() if d.name == "Small")
    zone = next(iter(store.zones))
    disk = cloud.call("createVolume", zoneid=zone, diskofferingid=small, name="d").body["id"]
    cloud.settle()
    job(cloud, "attachVolume", id=disk, virtualmachineid=vm_id)
    cloud.settle()
    job(cloud, "detachVolume", id=disk)
    cloud.settle()
    assert (store.volumes[disk].state, store.volumes[disk].vm_id) == (VolumeState.READY, None)
    return str(disk)


def statuses(cloud: SimulatedCloud, jobs: list[str]) -> list[int]:
    """Settle and return how the jobs ended."""
    cloud.settle()
    return [cloud.jobs.all[j].status for j in jobs]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_of_two_attaches_of_a_ready_volume_exactly_one_wins(dialect: str) -> None:
    cloud = boot("mixed", dialect=dialect)
    vms = [make_vm(cloud, "a"), make_vm(cloud, "b")]
    disk = ready_disk(cloud, vms[0])
    jobs = [job(cloud, "attachVolume", id=disk, virtualmachineid=vm) for vm in vms]
    ended = statuses(cloud, jobs)
    assert sorted(ended) == [1, 2]
    store = cloud.world.store
    assert store.volumes[disk].vm_id == vms[ended.index(1)]
    assert disk not in store.volumes_of.get(vms[ended.index(2)], {})
    loser = cloud.jobs.all[jobs[ended.index(2)]].error
    assert loser is not None
    assert loser[0] == 530
    assert "is in Attaching" in loser[1]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_work_starts_with_a_tick_of_two_seconds(dialect: str) -> None:
    cloud = boot("mixed", dialect=dialect)
    vm = make_vm(cloud, "a")
    cloud.sleep(2.0 - cloud.now_s() % 2.0 + 0.5)
    submitted = cloud.now_s()
    root = next(iter(cloud.world.store.volumes_of[vm]))
    jobs = [job(cloud, "detachVolume", id=root)]
    cloud.sleep(1.4)
    assert cloud.world.queue.waiting() == 1
    assert cloud.world.store.volumes[root].vm_id == vm
    assert statuses(cloud, jobs) == [1]
    done = cloud.jobs.all[jobs[0]].completed_s
    assert done is not None
    assert submitted + 1.5 < done < submitted + 3.5


@pytest.mark.parametrize("dialect", DIALECTS)
def test_second_job_of_a_vm_waits_for_the_tick_after_the_first(dialect: str) -> None:
    cloud = boot("mixed", dialect=dialect)
    one, other = make_vm(cloud, "a"), make_vm(cloud, "b")
    disks = [ready_disk(cloud, one) for _ in range(3)]
    cloud.sleep(2.0 - cloud.now_s() % 2.0 + 0.5)
    jobs = []
    for disk, vm in zip(disks, (one, one, other), strict=True):
        jobs.append(job(cloud, "attachVolume", id=disk, virtualmachineid=vm))
        cloud.sleep(0.2)
    assert statuses(cloud, jobs) == [1, 1, 1]
    ended = [cloud.jobs.all[j].completed_s or 0.0 for j in jobs]
    ticks = [at_s // 2 for at_s in ended]
    assert sorted(ticks[:2]) == [ticks[2], ticks[2] + 1]


@pytest.mark.parametrize(("dialect", "behind"), [("spec", 1), ("acs-4.22", 2)])
def test_who_finds_a_vm_locked_sleeps_5_s_in_one_dialect(dialect: str, behind: int) -> None:
    """Two calls in one instant: their jobs' ticks are one apart, or 5 s of sleep further."""
    timings = Timings(api=constant(0.05), work=constant(0.1))
    cloud = boot("simulator", dialect=dialect, timings=timings)
    vm = str(cloud.call("deployVirtualMachine", **first_of(cloud)).body["id"])
    cloud.settle()
    cloud.sleep(2.0 - cloud.now_s() % 2.0 + 0.5)
    jobs = [job(cloud, "stopVirtualMachine", id=vm, forced="true") for _ in range(2)]
    assert statuses(cloud, jobs) == [1, 1]
    ticks = [(cloud.jobs.all[j].completed_s or 0.0) // 2 for j in jobs]
    assert ticks[1] - ticks[0] == behind


def first_of(cloud: SimulatedCloud) -> dict[str, str]:
    """Return what a VM is deployed from."""
    store = cloud.world.store
    stores: dict[str, dict[str, Any]] = {
        "zoneid": store.zones,
        "templateid": store.templates,
        "serviceofferingid": store.service_offerings,
    }
    return {name: next(iter(ids)) for name, ids in stores.items()}


def test_a_volume_is_seen_going_by_whom_the_delete_does_not_answer() -> None:
    """deleteVolume answers when the volume is gone; meanwhile it is Destroy, then Expunging."""
    cloud = boot("simulator", dialect="acs-4.22")
    vm = str(cloud.call("deployVirtualMachine", **first_of(cloud)).body["id"])
    cloud.settle()
    store, world = cloud.world.store, cloud.world
    zone, small = next(iter(store.zones)), next(iter(store.disk_offerings))
    asked = {"zoneid": zone, "diskofferingid": small, "name": "d"}
    disks = [str(cloud.call("createVolume", **asked).body["id"]) for _ in range(2)]
    for disk in disks:
        cloud.settle()
        job(cloud, "attachVolume", id=disk, virtualmachineid=vm)
        cloud.settle()
        job(cloud, "detachVolume", id=disk)
    cloud.settle()
    pending = cloud.begin("deleteVolume", id=disks[0])
    seen: dict[VolumeState, None] = {}
    while (volume := store.volumes[disks[0]]) and not volume.removed:
        assert pending.reply is None
        seen[volume.state] = None
        world.env.step()
    assert list(seen) == [VolumeState.DESTROY, VolumeState.EXPUNGING]
    assert pending.reply is not None
    cloud.call("deleteVolume", id=disks[1])
    assert store.volumes[disks[1]].removed


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("detach_first", [False, True])
def test_start_and_detach_of_the_root_never_end_running_without_root(
    dialect: str, *, detach_first: bool
) -> None:
    cloud = boot("mixed", dialect=dialect)
    vm = make_vm(cloud, "a")
    store = cloud.world.store
    root = next(iter(store.volumes_of[vm]))
    if detach_first:
        detach = job(cloud, "detachVolume", id=root)
        start = job(cloud, "startVirtualMachine", id=vm)
    else:
        start = job(cloud, "startVirtualMachine", id=vm)
        cloud.sleep(2.5)
        detach = job(cloud, "detachVolume", id=root)
    started, detached = statuses(cloud, [start, detach])
    running = store.vms[vm].state is VmState.RUNNING
    assert running == (started == 1)
    assert (store.volumes[root].vm_id is None) == (detached == 1)
    if dialect == "spec":
        has_root = any(v.type is VolumeType.ROOT for v in store.siblings(vm))
        assert has_root or not running


def test_a_restart_forgets_what_hosts_were_asked() -> None:
    """Jobs that held or awaited a host's device end 530; the next job finds the host free."""
    cloud = boot("mixed")
    vms = [make_vm(cloud, name) for name in "abcd"]
    host = next(iter(cloud.world.store.hosts))
    for vm in vms:
        cloud.call("startVirtualMachine", id=vm)
        cloud.settle()
        cloud.arrange("vm", vm, host_id=host)
    jobs = [job(cloud, "stopVirtualMachine", id=vm) for vm in vms]
    while len(cloud.jobs.running) == len(jobs):
        cloud.world.env.step()
    assert len(cloud.jobs.running) > 1

    cloud.restart()

    assert not cloud.jobs.running
    running = [vm for vm in vms if cloud.world.store.vms[vm].state is VmState.RUNNING]
    assert running
    again = [job(cloud, "stopVirtualMachine", id=vm) for vm in running]
    assert set(statuses(cloud, again)) == {1}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_disk_attached_after_a_destroy_began_stays_on_the_destroyed_vm(dialect: str) -> None:
    """Disks come off after the first of three turns; the attach has the second."""
    cloud = boot("mixed", dialect=dialect)
    vm = make_vm(cloud, "a")
    early, late = ready_disk(cloud, vm), ready_disk(cloud, vm)
    job(cloud, "attachVolume", id=early, virtualmachineid=vm)
    cloud.settle()
    jobs = [job(cloud, "destroyVirtualMachine", id=vm)]
    cloud.sleep(0.3)
    jobs.append(job(cloud, "attachVolume", id=late, virtualmachineid=vm))
    assert statuses(cloud, jobs) == [1, 1]
    store = cloud.world.store
    assert store.vms[vm].state is VmState.DESTROYED
    assert (store.volumes[early].vm_id, store.volumes[late].vm_id) == (None, vm)

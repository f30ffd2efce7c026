"""Volumes and VMs back to what a snapshot kept, as flows."""

from simulator.domain.records import Vm, VmSnapshot
from simulator.domain.releases import Flag
from simulator.domain.reverts import (
    DELETE_VM_SNAPSHOT,
    REVERT,
    REVERT_VM,
    Revert,
    RevertVm,
)
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeEvent
from simulator.engine.disks import transient
from simulator.engine.world import Flow, World

_OF_FILES = frozenset({"Filesystem", "NetworkFilesystem", "SharedMountPoint"})
_AT_WORK = frozenset({"Creating", "Expunging", "Reverting", "Allocated"})


def can_snapshot(world: World, vm: Vm, *, memory: bool) -> bool:
    """Return whether KVM has a way to take a VM snapshot: of files, of volumes, or with QEMU's."""
    store, running = world.store, vm.state is VmState.RUNNING
    volumes = store.siblings(vm.id)
    ids = {v.id for v in volumes}
    kept = [s for s in store.vm_snapshots.values() if s.vm_id == vm.id and not s.removed]
    pools = [store.pools.get(v.pool_id or "") for v in volumes]
    old = Flag.NO_VM_SNAPSHOT_OF_FILES in world.dialect
    by_file = (
        not old
        and not memory
        and not any(s.memory for s in kept)
        and all(pool is not None and pool.kind in _OF_FILES for pool in pools)
        and not any(s.volume_id in ids and not s.removed for s in store.snapshots.values())
        and vm.backup_offering_id is None
    )
    by_qemu = (
        (memory or not running)
        and (old or all(s.memory for s in kept))
        and all(store.format_of(v) == "QCOW2" for v in volumes)
    )
    by_volumes = running and not memory and world.settings.flag("kvm.vmstoragesnapshot.enabled")
    return by_file or by_qemu or (by_volumes and (old or not any(s.memory for s in kept)))


def revert_volume(world: World, snapshot_id: str) -> Flow:
    """Make a volume as its snapshot is, size included, and return the snapshot's id."""
    store = world.store
    snapshot = store.snapshots[snapshot_id]
    volume = store.volumes[snapshot.volume_id]
    pool = store.pools.get(volume.pool_id or "")
    yield world.spend("work")
    case = Revert(
        world.dialect,
        snapshot,
        store.volumes[volume.id],
        store.vms.get(volume.vm_id or ""),
        store.has_vm_snapshots(volume.vm_id or ""),
        store.hypervisor_of(volume),
        pool is None or pool.up,
    )
    REVERT.require(Phase.JOB, case)
    text = f"Failed to revert snapshot: {snapshot.text}"
    yield from transient(world, volume.id, VolumeEvent.REVERT, "RevertSnapshotCommand", text)
    store.put_volume(store.volumes[volume.id].but(size_bytes=snapshot.size_bytes))
    return snapshot_id


def case_of(world: World, snapshot_id: str) -> RevertVm:
    """Read, now, what the rules about a VM snapshot look at."""
    store = world.store
    taken = store.vm_snapshots[snapshot_id]
    others = (s for s in store.vm_snapshots.values() if s.vm_id == taken.vm_id and not s.removed)
    busy = any(s.state in _AT_WORK for s in others)
    return RevertVm(world.dialect, taken, store.vms[taken.vm_id], busy)


def revert_vm(world: World, snapshot_id: str) -> Flow:
    """Make a VM as its VM snapshot is and return the VM's id; it runs on or stays Stopped."""
    store = world.store
    yield world.spend("work")
    REVERT_VM.require(Phase.JOB, case_of(world, snapshot_id))
    vm_id = store.vm_snapshots[snapshot_id].vm_id
    with world.queue.turn(vm_id) as granted:
        yield granted
        case = case_of(world, snapshot_id)
        REVERT_VM.require(Phase.JOB, case)
        vm = case.vm
        host = store.hosts.get(vm.host_id or "") if vm.state is VmState.RUNNING else None
        text = f"Unable to revert VM {vm.instance_name} to snapshot {case.snapshot.name}."
        _put(world, case.snapshot, state="Reverting")
        try:
            yield from world.send(host, "RevertToVMSnapshotCommand", vm_id, text)
        finally:
            _put(world, case.snapshot, state="Ready")
        _make_current(world, snapshot_id)
    return vm_id


def delete_vm_snapshot(world: World, snapshot_id: str) -> Flow:
    """Delete a VM snapshot and return its id; what was taken after it goes back to its parent."""
    store = world.store
    DELETE_VM_SNAPSHOT.require(Phase.JOB, case_of(world, snapshot_id))
    with world.queue.turn(store.vm_snapshots[snapshot_id].vm_id) as granted:
        yield granted
        yield from world.send(None, "DeleteVMSnapshotCommand", snapshot_id)
        gone = store.vm_snapshots[snapshot_id]
        for taken in [s for s in store.vm_snapshots.values() if s.parent_id == snapshot_id]:
            store.vm_snapshots[taken.id] = taken._replace(parent_id=gone.parent_id)
        store.vm_snapshots[snapshot_id] = gone._replace(removed=True, current=False)
        if gone.current and gone.parent_id is not None:
            _make_current(world, gone.parent_id)
    return snapshot_id


def _put(world: World, taken: VmSnapshot, *, state: str) -> None:
    now = world.store.vm_snapshots[taken.id]
    world.store.vm_snapshots[taken.id] = now._replace(state=state)


def _make_current(world: World, snapshot_id: str) -> None:
    """Note that a VM is as *snapshot_id* kept it."""
    store = world.store
    vm_id = store.vm_snapshots[snapshot_id].vm_id
    for taken in [s for s in store.vm_snapshots.values() if s.vm_id == vm_id]:
        store.vm_snapshots[taken.id] = taken._replace(current=taken.id == snapshot_id)

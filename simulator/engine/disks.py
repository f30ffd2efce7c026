"""Create, delete, destroy and recover a volume; snapshots of volumes and VMs."""

from collections.abc import Callable

from simulator.domain.access import is_admin
from simulator.domain.errors import Broke, CloudError, Refused
from simulator.domain.faults import WHY
from simulator.domain.limits import Resource
from simulator.domain.records import Account, VmSnapshot, Volume, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeEvent, VolumeState
from simulator.domain.volumes import DELETE, DESTROY, RECOVER, OnVolume, recovered
from simulator.engine import lost_snapshots
from simulator.engine.errors import Restarted
from simulator.engine.machines import dispose
from simulator.engine.placing import home_cluster, pool_for
from simulator.engine.volumes import attach, undo
from simulator.engine.world import Flow, World

_JAVA = "com.cloud.utils.exception.CloudRuntimeException"
"""What a message that shows a whole exception begins with."""
_UNDER_WAY = frozenset({"Creating", "BackingUp"})


def snapshotting(world: World, volume_id: str) -> bool:
    """Return whether a snapshot of a volume is being taken or copied away."""
    snapshots = world.store.snapshots.values()
    return any(s.volume_id == volume_id and s.state in _UNDER_WAY for s in snapshots)


def on_volume(world: World, caller: Account, volume_id: str, *, expunge: bool = False) -> OnVolume:
    """Read, now, what the rules about removing a volume look at."""
    store = world.store
    volume = store.volumes[volume_id]
    return OnVolume(
        dialect=world.dialect,
        volume=volume,
        vm=store.vms.get(volume.vm_id or ""),
        expunge=expunge,
        may_expunge=is_admin(caller) or world.settings.flag("allow.user.expunge.recover.volume"),
        snapshotting=volume.state is VolumeState.SNAPSHOTTING or snapshotting(world, volume_id),
        over_limit=_over_limit(world, volume) if volume.state is VolumeState.DESTROY else "",
    )


def _over_limit(world: World, volume: Volume) -> str:
    """Return the refusal of a limit that a volume breaks when it comes back (C4, versions 3b)."""
    wanted = [(Resource.PRIMARY_STORAGE, volume.size_bytes)]
    if Flag.RECOVER_COUNTS_VOLUMES in world.dialect:
        wanted.insert(0, (Resource.VOLUME, 1))
    return world.over_limits(volume.account_id, *wanted)


def delete(world: World, caller: Account, volume_id: str) -> Flow:
    """Delete a loose volume, row and all; the caller waits for it, others may see it going."""
    DELETE.require(Phase.REQUEST, on_volume(world, caller, volume_id))
    volume = world.store.volumes[volume_id]
    if dispose(world, volume, expunge=volume.state is VolumeState.ALLOCATED).removed:
        return
    yield world.spend("delete")
    yield from _expunge(world, volume_id)


def _expunge(world: World, volume_id: str) -> Flow:
    """Have the storage of a volume in Destroy removed, and its row with it.

    Where the storage refuses, the volume stays in Destroy.
    """
    _go(world, volume_id, VolumeState.DESTROY)
    volume = world.store.volumes[volume_id]
    if volume.pool_id is None:
        yield world.spend("delete")
    else:
        text = f"Failed to expunge the volume {volume.spelt(None)} in Primary data store : {WHY}"
        try:
            yield from world.send(None, "DeleteCommand", volume_id, text)
        except Exception:
            undo(world, volume_id)
            raise
    _go(world, volume_id, VolumeState.EXPUNGING)


def _go(world: World, volume_id: str, seen: VolumeState) -> None:
    """Take a volume that is being deleted one state further, if it still is where it was."""
    volume = world.store.volumes[volume_id]
    if volume.state is not seen:
        return
    if seen is VolumeState.DESTROY:
        world.store.put_volume(volume.on(VolumeEvent.EXPUNGE))
    else:
        dispose(world, volume, expunge=True)


def destroy(world: World, caller: Account, volume_id: str, *, expunge: bool) -> Flow:
    """Destroy a loose volume; with *expunge* it is gone, else it can be recovered."""
    DESTROY.require(Phase.JOB, on_volume(world, caller, volume_id, expunge=expunge))
    volume = world.store.volumes[volume_id]
    dispose(world, volume, expunge=volume.state is VolumeState.ALLOCATED)
    yield world.spend("delete")
    if expunge:
        yield from _expunge(world, volume_id)
    return volume_id


def recover(world: World, caller: Account, volume_id: str) -> Volume:
    """Recover a destroyed volume at once and return it, loose and Ready."""
    RECOVER.require(Phase.REQUEST, on_volume(world, caller, volume_id))
    volume = world.store.volumes[volume_id]
    return world.store.put_volume(recovered(volume, world.env.now))


def create(world: World, volume_id: str, vm_id: str | None = None) -> Flow:
    """Finish a createVolume: without a snapshot the volume stays Allocated.

    From one its storage is made, and with *vm_id* it is attached there; where that fails the
    volume ends in Destroy (C18).
    """
    store = world.store
    yield world.spend("read")
    if store.volumes[volume_id].snapshot_id is None:
        return volume_id
    try:
        yield from _fill(world, volume_id, vm_id)
        if vm_id is not None:
            yield from attach(world, volume_id, vm_id)
    except Restarted:
        dispose(world, store.volumes[volume_id], expunge=True)
        raise
    except CloudError as no:
        if isinstance(no, Refused):
            world.refusals.append(no.rule_id)
        lost = store.put_volume(
            store.volumes[volume_id].on(VolumeEvent.DESTROY, updated_s=world.env.now)
        )
        by_id = Flag.OBJECT_TEXTS_OLD in world.dialect
        text = f"Failed to create volume: {lost.id if by_id else lost.spelt(None)}"
        raise Broke(text) from None
    return volume_id


def _fill(world: World, volume_id: str, vm_id: str | None) -> Flow:
    """Make the storage of a volume from its snapshot, in the cluster of the VM it is meant for."""
    store = world.store
    volume = store.volumes[volume_id]
    source = store.volumes[store.snapshots[volume.snapshot_id or ""].volume_id]
    pool = store.pools.get(source.pool_id or "")
    pool = pool or next(p for p in store.pools.values() if p.zone_id == source.zone_id and p.up)
    if vm_id is not None:
        vm = store.vms[vm_id]
        roots = (v for v in store.siblings(vm_id) if v.type is VolumeType.ROOT)
        root = next(roots, None)
        home = home_cluster(world, vm, store.pools.get(root.pool_id or "") if root else None)
        found = pool_for(world, volume, vm.zone_id, home) if home else None
        if found is None:
            text = f"Unable to find suitable primary storage when creating volume {volume.short}."
            raise Broke(text)
        pool = found
    text = WHY
    yield from transient(world, volume_id, VolumeEvent.CREATE, "CopyCommand", text)
    store.put_volume(store.volumes[volume_id]._replace(pool_id=pool.id, path=volume_id))


def queued(world: World, volume_id: str, work: Callable[[], Flow]) -> Flow:
    """Run *work* in the queue of the volume's VM, or at once if it is on none (5.2)."""
    vm_id = world.store.volumes[volume_id].vm_id
    if vm_id is None:
        yield from work()
        return
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield from work()


def transient(world: World, volume_id: str, event: VolumeEvent, command: str, text: str) -> Flow:
    """Send a storage command while the volume is in the state that *event* leads to."""
    store = world.store
    store.put_volume(store.volumes[volume_id].on(event))
    try:
        yield from world.send(None, command, volume_id, text)
    except Exception:
        store.put_volume(store.volumes[volume_id].on(VolumeEvent.FAILED))
        raise
    store.put_volume(store.volumes[volume_id].on(VolumeEvent.SUCCEEDED))


def require_way(volume: Volume, event: VolumeEvent, text: str) -> None:
    """Raise Broke with *text* before the reason where *volume* knows no way that *event* leads."""
    try:
        volume.on(event)
    except Broke as no:
        stuck = f"{text}{_JAVA}: {no.text}"
        raise Broke(stuck) from None


def snapshot(world: World, snapshot_id: str) -> Flow:
    """Take the snapshot that was allocated and return its id."""
    store = world.store
    volume_id = store.snapshots[snapshot_id].volume_id
    attached = store.volumes[volume_id].vm_id is not None
    text = (
        "Failed to create snapshot due to an internal error creating snapshot for volume "
        f"{volume_id}"
    )

    def state(name: str, *, removed: bool = False) -> None:
        taken = store.snapshots[snapshot_id]
        store.put_snapshot(taken._replace(state=name, removed=removed))

    def take() -> Flow:
        state("Creating")
        try:
            yield from transient(
                world, volume_id, VolumeEvent.SNAPSHOT, "CreateObjectCommand", text
            )
        except Exception:
            lost_snapshots.lose(world, snapshot_id)
            raise
        try:
            yield from transient(world, volume_id, VolumeEvent.SNAPSHOT, "CopyCommand", text)
        except Broke:
            state("Error", removed=True)
            raise
        except Exception:
            lost_snapshots.lose(world, snapshot_id)
            raise

    yield from queued(world, volume_id, take)
    if attached:
        state("BackingUp")
        yield world.spend("backup")
    state("BackedUp")
    return snapshot_id


def vm_snapshot(world: World, snapshot_id: str) -> Flow:
    """Take the VM snapshot that was allocated and return its id."""
    store = world.store
    vm_id = store.vm_snapshots[snapshot_id].vm_id
    with world.queue.turn(vm_id) as granted:
        yield granted
        vm = store.vms[vm_id]
        started = store.vm_snapshots[snapshot_id]
        store.vm_snapshots[snapshot_id] = started._replace(state="Creating")
        host = store.hosts.get(vm.host_id or "") if vm.state is VmState.RUNNING else None
        yield from world.send(host, "CreateVMSnapshotCommand", vm_id, "Failed to snapshot the VM")
        taken: VmSnapshot = store.vm_snapshots[snapshot_id]
        before = [s for s in store.vm_snapshots.values() if s.vm_id == vm_id and s.current]
        for old in before:
            store.vm_snapshots[old.id] = old._replace(current=False)
        parent_id = before[0].id if before else None
        store.vm_snapshots[snapshot_id] = taken._replace(
            state="Ready", current=True, parent_id=parent_id
        )
    return snapshot_id

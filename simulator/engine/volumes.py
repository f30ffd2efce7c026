"""Attach, detach and the storage work of volumes, as flows."""

from collections.abc import Callable

from simulator.domain.attach import ATTACH, DEVICE, Attach, attached
from simulator.domain.detach import DETACH, Detach, detached
from simulator.domain.faults import WHY
from simulator.domain.hypervisors import needs_host
from simulator.domain.inventory import Host, Hypervisor, StoragePool
from simulator.domain.placement import PLACE, Reach
from simulator.domain.records import Account, Vm
from simulator.domain.rules import JOB, PLUG, WORK
from simulator.domain.states import VOLUME_LIFE, VmState, VolumeEvent, VolumeState, after
from simulator.engine.disk_cases import (
    NO_STORAGE,
    asked_of,
    attach_case,
    detach_case,
    making,
    placed,
    way_of,
)
from simulator.engine.placing import near_host, need_encryption
from simulator.engine.reserving import for_upload
from simulator.engine.world import Flow, World

_RUNNING, _UPLOADED, _READY = VmState.RUNNING, VolumeState.UPLOADED, VolumeState.READY
_ATTACHED = VolumeEvent.ATTACH


def attach(
    world: World, volume_id: str, vm_id: str, wanted: int | None = None, row: int | None = None
) -> Flow:
    """Attach a volume and return its id; raise Refused or Broke and leave it as it was.

    Storage that was created or moved on the way stays so (C20). *row* is the row that was asked
    for, None where that is the one at hand.
    """
    at = world.store.volumes[volume_id].db_id if row is None else row

    def case() -> Attach:
        return attach_case(world, volume_id, vm_id, wanted, at)

    ATTACH.require(JOB, case())
    with for_upload(world, volume_id), world.queue.turn(vm_id) as granted:
        yield granted
        now = case()
        if now.volume.state in NO_STORAGE:
            yield world.spend("pickup")
            now = case()
        ATTACH.require(WORK, now)
        claims = world.claims
        claims[volume_id] = claims.get(volume_id, 0) + 1
        try:
            shared = now.claimed or now.volume.state in NO_STORAGE
            if shared:
                yield world.spend("pickup" if now.volume.state in NO_STORAGE else "read")
            goes = now.volume.state in NO_STORAGE or len(now.siblings) > 0
            if goes and (yield from _place(world, volume_id, now)):
                at = world.store.volumes[volume_id].db_id
                now = case()
            elif shared:
                now = case()
            ATTACH.require(PLUG, now)
            yield from _plug(world, volume_id, case)
        finally:
            claims[volume_id] -= 1
            if not claims[volume_id]:
                claims.pop(volume_id)
    return volume_id


def _plug(world: World, volume_id: str, case: Callable[[], Attach]) -> Flow:
    store = world.store
    volume = store.volumes[volume_id]
    if volume.state is _READY:
        store.put_volume(volume.on(_ATTACHED))
    try:
        yield world.spend("work")
        now = case()
        DEVICE.require(PLUG, now)
        host = _host_of(world, now.vm, now.pool)
        if host is not None:
            text = f"Failed to attach volume {now.volume.name} to VM {now.vm.name}"
            refused, late = f"{text}; {WHY}", f"{text} due to: {WHY}"
            yield from world.send(host, "AttachCommand", volume_id, refused, late)
            now = case()
        store.put_volume(attached(now, world.env.now))
    except Exception:
        undo(world, volume_id)
        raise


def undo(world: World, volume_id: str) -> None:
    """Put a volume back where a failed operation found it."""
    volume = world.store.volumes[volume_id]
    if after(VOLUME_LIFE, volume.state, VolumeEvent.FAILED) is not None:
        world.store.put_volume(volume.on(VolumeEvent.FAILED))


def _host_of(world: World, vm: Vm, pool: StoragePool | None) -> Host | None:
    """Return the host that is told about a disk of *vm*, None where nobody is (1.6 row 2)."""
    managed = pool is not None and pool.managed
    running = vm.state is _RUNNING
    if pool is None or not needs_host(vm.hypervisor, running=running, managed=managed):
        return None
    return near_host(world, vm, pool)


def _place(world: World, volume_id: str, case: Attach) -> Flow:
    """Give the volume storage, or move it to where its VM's other volumes are (1.4, 1.5).

    Return whether that took any time.
    """
    store = world.store
    way = way_of(world, case)
    volume = case.volume
    if way is Reach.MOVE:
        yield world.spend("work")
        volume = store.volumes[volume_id]
        if volume.vm_id is not None:
            return True
    place = placed(world, case, volume, way)
    if place is None:
        return False  # it stays Allocated: the VM's start will find it storage
    PLACE.require(WORK, place)
    target = place.target
    if target is not None and place.creates:
        yield from create_on(world, volume_id, target)
    elif target is not None:
        yield from move(world, volume_id, target)
    return target is not None or way is Reach.MOVE


def create_on(world: World, volume_id: str, pool: StoragePool) -> Flow:
    """Create an Allocated or Uploaded volume on *pool*.

    One that stays Allocated as this fails keeps its pool, and no pool ever takes it again.
    """
    store = world.store
    volume = store.volumes[volume_id]
    uploaded = volume.state is VolumeState.UPLOADED
    encrypts = store.offering_of(volume).encrypted
    store.put_volume(volume.on(making(volume), pool_id=pool.id, path=volume.id))
    try:
        if encrypts:
            need_encryption(world, volume, pool)
        command = "CopyCommand" if uploaded or volume.template_id else "CreateObjectCommand"
        failure = f"Failed to create volume {volume.short} due to [{WHY}]."
        yield from world.send(None, command, volume_id, failure)
        if command == "CopyCommand" and pool.hypervisor is not Hypervisor.SIMULATOR:
            yield world.copy(pool.id, volume.size_bytes)
        kept = {"encrypt_format": "luks"} if encrypts else {}
        store.put_volume(store.volumes[volume_id].on(VolumeEvent.SUCCEEDED, **kept))
    except Exception:
        undo(world, volume_id)
        now = store.volumes[volume_id]
        if now.state is _UPLOADED:
            store.put_volume(now._replace(pool_id=None, path=None))
        elif now.state is VolumeState.ALLOCATED:  # it keeps its pool (ground truth 2, 1)
            store.put_volume(now._replace(path=None))
        raise


def move(world: World, volume_id: str, pool: StoragePool) -> Flow:
    """Copy a Ready volume to *pool*: its row is replaced, its id stays (1.3/e)."""
    store = world.store
    store.put_volume(store.volumes[volume_id].on(VolumeEvent.MIGRATE))
    try:
        yield from world.send(None, "CopyCommand", volume_id, "move volume failed")
        if pool.hypervisor is not Hypervisor.SIMULATOR:
            yield world.copy(pool.id, store.volumes[volume_id].size_bytes)
    except Exception:
        undo(world, volume_id)
        raise
    now, row = store.volumes[volume_id], store.new_row("volume")
    store.put_volume(now.on(VolumeEvent.SUCCEEDED, pool_id=pool.id, db_id=row))


def detach(
    world: World,
    caller: Account,
    volume_id: str | None = None,
    vm_id: str | None = None,
    device_id: int | None = None,
    row: int | None = None,
) -> Flow:
    """Detach a volume, named by id (and *row*) or by device id and VM, and return its id."""
    asked = asked_of(world, volume_id, vm_id, device_id, row)

    def case() -> Detach:
        return detach_case(world, caller, asked)

    DETACH.require(JOB, case())
    if asked.vm_id is None or asked.volume_id is None:
        msg = "a rule let a loose volume through"
        raise AssertionError(msg)
    with world.queue.turn(asked.vm_id) as granted:
        yield granted
        DETACH.require(WORK, case())
        yield from unplug(world, asked.volume_id)
    return asked.volume_id


def unplug(world: World, volume_id: str) -> Flow:
    """Take a volume off its VM, telling the host where there is one to tell (2.3)."""
    store = world.store
    yield world.spend("work")
    volume = store.volumes[volume_id]
    vm = store.vms.get(volume.vm_id or "")
    host = _host_of(world, vm, store.pools.get(volume.pool_id or "")) if vm else None
    if host is not None and vm is not None:
        text = f"Failed to detach volume {volume.name} from VM {vm.name}"
        refused, late = f"{text}; {WHY}", f"{text} due to: {WHY}"
        yield from world.send(host, "DettachCommand", volume_id, refused, late)
    store.put_volume(detached(store.volumes[volume_id], world.env.now))

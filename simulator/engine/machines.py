"""Reboot, destroy, expunge and recover of VMs, as flows."""

from collections.abc import Callable

from simulator.domain.detach import detached
from simulator.domain.disk_events import DESTROYED_WITH_VM, DETACHED_BY_DESTROY
from simulator.domain.event_words import Words
from simulator.domain.limits import Resource
from simulator.domain.machines import (
    DESTROY_VM,
    EXPUNGE,
    REBOOT,
    RECOVER_VM,
    gone,
)
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.rules import JOB, REQUEST
from simulator.domain.states import (
    VOLUME_LIFE,
    VmEvent,
    VmState,
    VolumeEvent,
    VolumeState,
    after,
)
from simulator.engine.starting import on_vm, stop
from simulator.engine.volumes import unplug
from simulator.engine.world import Flow, World

Tell = Callable[[Words, Volume, Vm], None]
"""What hears of each disk that comes off a VM or goes with it, in the words of its event."""


def _silent(_words: Words, _volume: Volume, _vm: Vm) -> None:
    """Write nothing, as where no command asks."""


def reboot(world: World, caller: Account, vm_id: str, *, setup: bool = False) -> Flow:
    """Reboot a running VM and return its id."""
    REBOOT.require(JOB, on_vm(world, caller, vm_id)._replace(setup=setup))
    with world.queue.turn(vm_id) as granted:
        yield granted
        vm = world.store.vms[vm_id]
        host = world.store.hosts.get(vm.host_id or "")
        yield from world.send(host, "RebootCommand", vm_id, f"Failed to reboot VM {vm.name}")
    return vm_id


def destroy(
    world: World,
    caller: Account,
    vm_id: str,
    *,
    expunge: bool = False,
    role_expunges: bool = True,
    doomed: tuple[str, ...] = (),
    tell: Tell = _silent,
) -> Flow:
    """Destroy a VM: three turns in its queue (C5); its ROOT stays.

    Its data disks come off after the first turn, so that one attached later stays on (recorded
    races attach-destroyvm). *tell* hears of each disk that came off or went, *role_expunges* is
    whether the caller's role may expunge.
    """
    store = world.store
    going = tuple(store.volumes[i] for i in doomed)
    case = on_vm(world, caller, vm_id)._replace(
        expunge=expunge, role_expunges=role_expunges, doomed=going
    )
    if gone(case.vm) and not expunge:
        return vm_id
    DESTROY_VM.require(JOB, case)
    yield from stop(world, vm_id)
    yield from _unplug_data(world, vm_id, tell)
    yield from stop(world, vm_id)
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield world.spend("work")
        for snapshot in [s for s in store.vm_snapshots.values() if s.vm_id == vm_id]:
            store.vm_snapshots[snapshot.id] = snapshot._replace(removed=True)
    _bury(world, vm_id)
    for volume in going:
        dispose(world, store.volumes[volume.id], expunge=expunge)
        tell(DESTROYED_WITH_VM, volume, store.vms[vm_id])
    if expunge:
        yield from _expunge(world, vm_id, tell)
    return vm_id


def _unplug_data(world: World, vm_id: str, tell: Tell) -> Flow:
    for volume in world.store.siblings(vm_id):
        if volume.type is VolumeType.DATADISK:
            yield from unplug(world, volume.id)
            tell(DETACHED_BY_DESTROY, volume, world.store.vms[vm_id])


def _bury(world: World, vm_id: str) -> None:
    store = world.store
    vm = store.vms[vm_id]
    if vm.state is VmState.STOPPED:
        store.put_vm(vm.on(VmEvent.DESTROY, updated_s=world.env.now))
    root = next((v for v in store.siblings(vm_id) if v.type is VolumeType.ROOT), None)
    if root is not None and world.settings.flag("destroy.root.volume.on.vm.destruction"):
        store.put_volume(root.on(VolumeEvent.DESTROY, updated_s=world.env.now))


def dispose(world: World, volume: Volume, *, expunge: bool) -> Volume:
    """Send a volume to Destroy, and on to Expunged with its row removed if *expunge*."""
    store = world.store
    if after(VOLUME_LIFE, volume.state, VolumeEvent.DESTROY) is not None:
        volume = store.put_volume(volume.on(VolumeEvent.DESTROY, updated_s=world.env.now))
    if expunge:
        volume = store.put_volume(
            volume._replace(
                state=VolumeState.EXPUNGED, removed=True, vm_id=None, device_id=None, pool_id=None
            )
        )
    return volume


def fail_deploy(world: World, vm_id: str) -> None:
    """Leave a VM that was never started in Error, its volumes in Destroy, until it is expunged."""
    store = world.store
    if store.vms[vm_id].state is not VmState.STOPPED:
        return
    store.put_vm(store.vms[vm_id].on(VmEvent.FAILED_TO_ERROR, updated_s=world.env.now))
    for volume in store.siblings(vm_id):
        dispose(world, volume, expunge=False)


def expunge(world: World, caller: Account, vm_id: str, tell: Tell = _silent) -> Flow:
    """Expunge a destroyed VM with its ROOT; a detached ROOT is none of its business (4.2)."""
    EXPUNGE.require(JOB, on_vm(world, caller, vm_id))
    yield from _expunge(world, vm_id, tell)
    return vm_id


def _expunge(world: World, vm_id: str, tell: Tell) -> Flow:
    yield from stop(world, vm_id)
    expunge_now(world, vm_id, tell)


def expunge_now(world: World, vm_id: str, tell: Tell = _silent) -> None:
    """Remove a VM that does not run and its ROOT; data disks still on it come off."""
    store = world.store
    for volume in store.siblings(vm_id):
        if volume.type is VolumeType.ROOT or volume.state is VolumeState.DESTROY:
            if volume.state is not VolumeState.DESTROY:
                tell(DESTROYED_WITH_VM, volume, store.vms[vm_id])
            dispose(world, volume, expunge=True)
        else:
            store.put_volume(detached(volume, world.env.now))
    now = store.vms[vm_id]
    store.put_vm(now.on(VmEvent.EXPUNGE, removed=True, updated_s=world.env.now))


def _recovery_over_limit(world: World, vm: Vm) -> str:
    size = world.store.compute_of(vm)
    return world.over_limits(
        vm.account_id,
        (Resource.USER_VM, 1),
        (Resource.CPU, size.cpu_count),
        (Resource.MEMORY, size.memory_mib),
    )


def recover(world: World, caller: Account, vm_id: str) -> Flow:
    """Recover a destroyed VM at once and return its id; its data disks stay off (4.2)."""
    store = world.store
    case = on_vm(world, caller, vm_id)
    RECOVER_VM.require(REQUEST, case._replace(over_limit=_recovery_over_limit(world, case.vm)))
    for volume in store.siblings(vm_id):
        if volume.state is VolumeState.DESTROY:
            back = volume.on(VolumeEvent.RECOVER, attached_s=world.env.now, device_id=0)
            store.put_volume(back)
    store.put_vm(store.vms[vm_id].on(VmEvent.RECOVER, updated_s=world.env.now))
    yield world.spend("allocate")
    return vm_id

"""Deploy, start, stop, destroy and recover of VMs, as flows."""

from collections.abc import Callable

from simulator.domain.access import is_admin
from simulator.domain.detach import detached
from simulator.domain.errors import CloudError
from simulator.domain.limits import Resource
from simulator.domain.machines import (
    DESTROY_VM,
    EXPUNGE,
    REBOOT,
    RECOVER_VM,
    START,
    OnVm,
    gone,
)
from simulator.domain.records import Account, Role, Vm, Volume, VolumeType
from simulator.domain.rules import JOB, REQUEST, WORK
from simulator.domain.states import (
    VOLUME_LIFE,
    VmEvent,
    VmState,
    VolumeEvent,
    VolumeState,
    after,
)
from simulator.engine.placing import Destination, plan
from simulator.engine.volumes import create_on, move, unplug
from simulator.engine.world import Flow, World

_RUNNING, _ROOT_ADMIN = VmState.RUNNING, Role.ADMIN
_STARTED, _STOPPED, _DONE = VmEvent.START, VmEvent.STOP, VmEvent.SUCCEEDED


def on_vm(
    world: World, caller: Account, vm_id: str, *, placeable: bool = True, chosen: bool = False
) -> OnVm:
    """Read, now, what the rules about a VM look at; *chosen* is whether the call says where."""
    store = world.store
    vm = store.vms[vm_id]
    owner_enabled = store.accounts[vm.account_id].enabled
    may_expunge = is_admin(caller) or world.settings.flag("allow.user.expunge.recover.vm")
    vm_snapshots = bool(store.vm_snapshots) and store.has_vm_snapshots(vm_id)
    by_other = chosen and caller.role is not _ROOT_ADMIN
    return OnVm(
        world.dialect, vm, store.siblings(vm_id), owner_enabled, may_expunge, placeable,
        vm_snapshots, by_other,
    )  # fmt: skip


def start(world: World, caller: Account, vm_id: str, within: str | None = None) -> Flow:
    """Start a VM and return its id: planned before the queue, tried twice after it (4.1).

    *within* is the id of the host, cluster or pod asked for.
    """
    chosen = within is not None

    def case() -> tuple[OnVm, Destination | None]:
        found = plan(world, world.store.vms[vm_id], within)
        return on_vm(world, caller, vm_id, placeable=found is not None, chosen=chosen), found

    yield world.spend("plan")
    try:
        START.require(JOB, case()[0])
    except CloudError:
        yield world.spend("refuse")
        raise
    for last_try in (False, True):
        with world.queue.turn(vm_id) as granted:
            yield granted
            now, destination = case()
            if now.vm.state is _RUNNING:
                return vm_id
            try:
                START.require(WORK, now)
            except CloudError:
                if last_try:
                    raise
                yield world.spend("plan")
                continue
            if destination is not None:
                yield from start_on(world, vm_id, destination)
            return vm_id
    return vm_id


def start_on(world: World, vm_id: str, destination: Destination) -> Flow:
    """Start a VM at its turn where it was planned to."""
    store = world.store
    host = destination.host
    vm = store.put_vm(store.vms[vm_id].on(_STARTED, host_id=host.id))
    try:
        for volume_id, pool in destination.pools.items():
            if store.volumes[volume_id].state is VolumeState.ALLOCATED:
                yield from create_on(world, volume_id, pool)
            else:
                yield from move(world, volume_id, pool)
        text = f"Unable to start a VM due to insufficient capacity: {vm.name}"
        yield from world.send(host, "StartCommand", vm_id, text)
    except Exception:
        store.put_vm(store.vms[vm_id].on(VmEvent.FAILED, host_id=None))
        raise
    running = store.vms[vm_id].on(_DONE, last_host_id=host.id, updated_s=world.env.now)
    store.put_vm(running)
    for volume in store.siblings(vm_id):
        if not volume.plugged:
            store.put_volume(volume.but(plugged=True))


def stop(world: World, vm_id: str) -> Flow:
    """Stop a VM and return its id; one that does not run is left as it is."""
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield from stop_now(world, vm_id)
    return vm_id


def stop_now(world: World, vm_id: str) -> Flow:
    """Stop a VM at its turn; one that does not run is left as it is."""
    store = world.store
    yield world.spend("work")
    vm = store.vms[vm_id]
    if vm.state is not _RUNNING:
        return
    store.put_vm(vm.on(_STOPPED))
    try:
        host = store.hosts.get(vm.host_id or "")
        yield from world.send(host, "StopCommand", vm_id, f"Unable to stop VM {vm.name}")
    except Exception:
        store.put_vm(store.vms[vm_id].on(VmEvent.FAILED))
        raise
    now = store.vms[vm_id]
    stopped = now.on(_DONE, host_id=None, updated_s=world.env.now, halted=True)
    store.put_vm(stopped)


def reboot(world: World, caller: Account, vm_id: str) -> Flow:
    """Reboot a running VM and return its id."""
    REBOOT.require(JOB, on_vm(world, caller, vm_id))
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
    doomed: tuple[str, ...] = (),
    tell: Callable[[Volume, Vm], None] = lambda _volume, _vm: None,
) -> Flow:
    """Destroy a VM: three turns in its queue (C5); its ROOT stays.

    Its data disks come off after the first turn, so that one attached later stays on (recorded
    races attach-destroyvm). *tell* hears of each disk that came off.
    """
    store = world.store
    case = on_vm(world, caller, vm_id)._replace(
        expunge=expunge, doomed=tuple(store.volumes[i] for i in doomed)
    )
    if gone(case.vm) and not expunge:
        return vm_id
    DESTROY_VM.require(JOB, case)
    yield from stop(world, vm_id)
    for volume in store.siblings(vm_id):
        if volume.type is VolumeType.DATADISK:
            yield from unplug(world, volume.id)
            tell(volume, store.vms[vm_id])
    yield from stop(world, vm_id)
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield world.spend("work")
        for snapshot in [s for s in store.vm_snapshots.values() if s.vm_id == vm_id]:
            store.vm_snapshots[snapshot.id] = snapshot._replace(removed=True)
    _bury(world, vm_id, doomed, expunge=expunge)
    if expunge:
        yield from _expunge(world, vm_id)
    return vm_id


def _bury(world: World, vm_id: str, doomed: tuple[str, ...], *, expunge: bool) -> None:
    store = world.store
    vm = store.vms[vm_id]
    if vm.state is VmState.STOPPED:
        store.put_vm(vm.on(VmEvent.DESTROY, updated_s=world.env.now))
    for volume_id in doomed:
        dispose(world, store.volumes[volume_id], expunge=expunge)
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


def expunge(world: World, caller: Account, vm_id: str) -> Flow:
    """Expunge a destroyed VM with its ROOT; a detached ROOT is none of its business (4.2)."""
    EXPUNGE.require(JOB, on_vm(world, caller, vm_id))
    yield from _expunge(world, vm_id)
    return vm_id


def _expunge(world: World, vm_id: str) -> Flow:
    yield from stop(world, vm_id)
    expunge_now(world, vm_id)


def expunge_now(world: World, vm_id: str) -> None:
    """Remove a VM that does not run and its ROOT; data disks still on it come off."""
    store = world.store
    for volume in store.siblings(vm_id):
        if volume.type is VolumeType.ROOT:
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

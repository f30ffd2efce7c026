"""Faults of what commands leave behind: fields that do not change, or change as they should not."""

from typing import Any

from conformance.mutation.fault import always, of_kind
from simulator.domain import attach, detach, devices
from simulator.domain.records import Volume, VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.domain.volumes import recovered
from simulator.engine import (
    disks,
    machines,
    migrating,
    moving,
    reinstall,
    resizing,
    reverts,
    starting,
    volumes,
)
from simulator.engine.store import Store
from simulator.engine.world import World

_GUARDS = (
    "effects contract detach_root attach_root attach_data detach_data removal volume_changes "
    "vm_changes assign reinstall reverts resize migrate moves"
)
_VOLUME_FIELDS = (
    "vm_id", "device_id", "type", "size_bytes", "pool_id", "disk_offering_id", "attached_s",
    "removed", "plugged", "display", "protected", "name", "account_id", "min_iops", "max_iops",
    "path", "chain_info",
)  # fmt: skip
_VM_FIELDS = (
    "host_id", "last_host_id", "service_offering_id", "display_name", "protected", "removed",
    "network_id", "iso_id", "updated_s", "account_id", "template_id", "details",
)  # fmt: skip
"""Not *halted*: it shows in a flag among the details, which a real server sets at its own time."""


def _stays(field: str) -> Any:
    """Return the change of a `put` that keeps a field as it was."""

    def put(original: Any, store: Store, record: Any) -> Any:
        kept = store.volumes if isinstance(record, Volume) else store.vms
        old = kept.get(record.id)
        return original(store, record if old is None else _with(record, old, field))

    return put


def _with(record: Any, old: Any, field: str) -> Any:
    return record._replace(**{field: getattr(old, field)})


def _but(**values: Any) -> Any:
    """Return the change of a function that returns a record, which then has other values."""
    return lambda original, record, *rest: original(record, *rest)._replace(**values)


def _keeps(*fields: str) -> Any:
    """Return the change of a function from a record to a record that keeps some fields."""

    def change(original: Any, record: Any, *rest: Any) -> Any:
        old = record.volume if hasattr(record, "volume") else record
        made = original(record, *rest)
        return made._replace(**{name: getattr(old, name) for name in fields})

    return change


def _then(do: Any) -> Any:
    """Return the change of a flow of (world, subject, ...) that does something more at its end."""

    def change(original: Any, world: World, subject: Any, *rest: Any, **named: Any) -> Any:
        value = yield from original(world, subject, *rest, **named)
        do(world, subject)
        return value

    return change


def _disks_lost(world: World, vm_id: str) -> None:
    for volume in world.store.siblings(vm_id):
        if volume.type is VolumeType.DATADISK:
            world.store.put_volume(detach.detached(volume, world.env.now))


def _vm(**values: Any) -> Any:
    return lambda world, vm_id: world.store.put_vm(world.store.vms[vm_id]._replace(**values))


def _volume(**values: Any) -> Any:
    return lambda world, volume_id: world.store.put_volume(
        world.store.volumes[volume_id]._replace(**values)
    )


def _stay_on(_original: Any, world: World, _caller: Any, vm_id: str, **_named: Any) -> Any:
    yield from starting.stop(world, vm_id)
    vm = world.store.vms[vm_id]
    if vm.state is VmState.STOPPED:
        world.store.put_vm(vm._replace(state=VmState.DESTROYED, updated_s=world.env.now))
    return vm_id


def _root_gone(original: Any, world: World, caller: Any, vm_id: str, **named: Any) -> Any:
    value = yield from original(world, caller, vm_id, **named)
    for volume in world.store.siblings(vm_id):
        machines.dispose(world, volume, expunge=False)
    return value


def _no_snapshot(_original: Any, world: World, snapshot_id: str) -> Any:
    yield world.spend("work")
    return snapshot_id


def _same_row(original: Any, world: World, volume_id: str, pool: Any) -> Any:
    row = world.store.volumes[volume_id].db_id
    yield from original(world, volume_id, pool)
    _volume(db_id=row)(world, volume_id)


def _expunge_keeps(original: Any, world: World, vm_id: str) -> None:
    roots = [v for v in world.store.siblings(vm_id) if v.type is VolumeType.ROOT]
    original(world, vm_id)
    for root in roots:
        world.store.put_volume(detach.detached(root, world.env.now))


FAULTS = of_kind(
    "effects", _GUARDS,
    *((f"volume-{name}", f"{name} of a volume never changes", Store.put_volume, _stays(name))
      for name in _VOLUME_FIELDS),
    *((f"vm-{name}", f"{name} of a VM never changes", Store.put_vm, _stays(name))
      for name in _VM_FIELDS),
    ("attach-type", "what is attached at device 0 stays a data disk", attach.attached,
     _keeps("type")),
    ("attach-all-root", "whatever is attached becomes a ROOT", attach.attached,
     _but(type=VolumeType.ROOT)),
    ("attach-device", "an attach takes the device after the one it should",
     attach.attached, lambda original, case, now_s: original(case, now_s)._replace(
         device_id=case.device + 1)),
    ("attach-date", "an attached volume does not show since when", attach.attached,
     _but(attached_s=None)),
    ("attach-state", "an attached volume stays Attaching", attach.attached,
     _but(state=VolumeState.ATTACHING)),
    ("attach-plugged", "an attached volume has no figures", attach.attached,
     _but(plugged=False)),
    ("lowest", "an attach takes the highest device that is free", devices.lowest_free,
     lambda original, taken, most: max(
         (d for d in range(1, most + 2) if d not in taken and d != devices.CD_ROM),
         default=original(taken, most))),
    # device and date of a volume that is on no VM: no list shows them, an attach overwrites them
    ("detach-type", "a ROOT stays a ROOT when it is detached", detach.detached,
     _keeps("type")),
    ("detach-vm", "a detached volume stays on its VM", detach.detached, _keeps("vm_id")),
    ("detach-lost", "a detached volume is deleted", detach.detached, _but(removed=True)),
    ("detach-size", "a detached volume is empty", detach.detached, _but(size_bytes=0)),
    ("start-host", "a VM that was started is on no host", starting.start_on,
     _then(_vm(host_id=None))),
    ("start-disks", "a start takes the data disks off", starting.start_on,
     _then(_disks_lost)),
    ("stop-disks", "a stop takes the data disks off", starting.stop_now, _then(_disks_lost)),
    ("stop-last", "a VM that was stopped forgets where it ran", starting.stop_now,
     _then(_vm(last_host_id=None))),
    ("destroy-disks", "a destroyed VM keeps its data disks", machines.destroy, _stay_on),
    ("destroy-root", "a destroyed VM takes its ROOT along", machines.destroy, _root_gone),
    ("expunge-root", "an expunged VM leaves its ROOT", machines.expunge_now, _expunge_keeps),
    ("recover-type", "a recovered volume is a ROOT", recovered,
     _but(type=VolumeType.ROOT)),
    ("recover-state", "a recovered volume stays in Destroy", recovered,
     _but(state=VolumeState.DESTROY)),
    ("resize", "a resize changes nothing", resizing.keep, always(None)),
    ("resize-twice", "a resize gives twice the size", resizing.keep,
     lambda original, world, case: (original(world, case), _volume(
         size_bytes=2 * case.new_bytes)(world, case.volume.id))),
    ("move-pool", "a move leaves a volume where it was", volumes.move, _no_snapshot),
    ("move-row", "a move keeps the row of the volume", volumes.move,
     _same_row),
    ("create-state", "storage that was created leaves the volume Allocated",
     volumes.create_on, _then(_volume(state=VolumeState.ALLOCATED))),
    ("migrate", "migrateVolume moves nothing", migrating.migrate,
     lambda _, world, caller, volume, pool_id, **__: _no_snapshot(_, world, volume.id)),
    ("migrate-vm", "a VM that was moved stays where it was", moving._to_host,
     lambda _, world, vm, __: _no_snapshot(_, world, vm.id)),
    ("migrate-disks", "a VM goes to another storage without its volumes",
     moving._to_storage, lambda _, world, vm_id, __: _no_snapshot(_, world, vm_id)),
    ("reinstall", "a reinstall keeps the ROOT", reinstall._replace_root, always(None)),
    ("revert", "a volume is not reverted", reverts.revert_volume, _no_snapshot),
    ("revert-current", "a revert does not make its VM snapshot the current one",
     reverts._make_current, always(None)),
    ("snapshot-state", "snapshots stay as they are allocated", disks.snapshot, _no_snapshot),
    ("vm-snapshot", "VM snapshots stay as they are allocated", disks.vm_snapshot,
     _no_snapshot),
    ("delete", "a deleted volume stays", disks.delete,
     lambda _, world, __, volume_id: _no_snapshot(_, world, volume_id)),
    ("destroy", "a destroyed volume is gone for good", disks.destroy,
     lambda original, world, caller, volume_id, **_: original(
         world, caller, volume_id, expunge=True)),
    ("expunge", "a volume that is expunged can be recovered", disks._expunge,
     _no_snapshot),
)  # fmt: skip
"""All of them."""

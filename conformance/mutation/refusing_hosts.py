"""Faults of what becomes of a command that a host refuses, answers late or never."""

from typing import Any

from simpy import Event

from conformance.mutation.fault import of_kind
from simulator.domain import faults as befalling
from simulator.domain.attach import attached
from simulator.domain.detach import detached
from simulator.domain.errors import CloudError, TimedOut
from simulator.domain.states import VmEvent, VolumeEvent
from simulator.engine import hosts, starting, volumes
from simulator.engine.disks import transient
from simulator.engine.placing import near_host
from simulator.engine.world import World

_GUARDS = "faults restart"


def _hangs(original: Any, world: World, *rest: Any) -> Any:
    """Wait for ever where a host refuses."""
    try:
        return (yield from original(world, *rest))
    except CloudError:
        yield Event(world.env)


def _ignores(original: Any, world: World, *rest: Any, **named: Any) -> Any:
    """Go on as if a host had done what it refused."""
    try:
        return (yield from original(world, *rest, **named))
    except CloudError:
        return rest[0]


def _detaches(original: Any, world: World, volume_id: str) -> Any:
    try:
        return (yield from original(world, volume_id))
    except CloudError:
        store = world.store
        store.put_volume(detached(store.volumes[volume_id], world.env.now))
        raise


def _attaches(original: Any, world: World, volume_id: str, case: Any) -> Any:
    try:
        return (yield from original(world, volume_id, case))
    except CloudError:
        world.store.put_volume(attached(case(), world.env.now))
        raise


def _stays_stopping(original: Any, world: World, vm_id: str, **named: Any) -> Any:
    try:
        return (yield from original(world, vm_id, **named))
    except CloudError:
        vm = world.store.vms[vm_id]
        if vm.state == "Running":
            world.store.put_vm(vm.on(VmEvent.STOP))
        raise


def _stays_starting(original: Any, world: World, vm_id: str, destination: Any) -> Any:
    try:
        return (yield from original(world, vm_id, destination))
    except CloudError:
        vm = world.store.vms[vm_id]
        world.store.put_vm(vm.on(VmEvent.START))
        raise


def _stays(original: Any, world: World, volume_id: str, event: VolumeEvent, *rest: Any) -> Any:
    try:
        return (yield from original(world, volume_id, event, *rest))
    except CloudError:
        world.store.put_volume(world.store.volumes[volume_id].on(event))
        raise


def _in_time(original: Any, *args: Any) -> Any:
    took_s, error = original(*args)
    return (took_s, None) if isinstance(error, TimedOut) else (took_s, error)


def _at_once(original: Any, *args: Any) -> Any:
    took_s, error = original(*args)
    return min(took_s, 1.0), error


def _other_words(original: Any, *args: Any) -> Any:
    took_s, error = original(*args)
    if error is not None:
        error.text = "It failed"
    return took_s, error


FAULTS = [
    *of_kind(
        "faults", _GUARDS,
        ("none", "hosts never refuse", befalling.take, lambda *_: None),
        ("always", "a host that refused once goes on refusing", befalling.take,
         lambda original, waiting, operation: next(iter(waiting.get(operation, [])), None)
         or original(waiting, operation)),
        ("detach-hangs", "a detach that is refused never ends", volumes.unplug, _hangs),
        ("detach-leaves", "a detach that is refused takes the volume off", volumes.unplug,
         _detaches),
        ("detach-succeeds", "a detach that is refused succeeds", volumes.unplug, _ignores),
        ("attach-hangs", "an attach that is refused never ends", volumes._plug, _hangs),
        ("attach-stays", "an attach that is refused puts the volume on", volumes._plug,
         _attaches),
        ("attach-succeeds", "an attach that is refused succeeds", volumes._plug, _ignores),
        ("undo", "what failed leaves its volume in between", volumes.undo, lambda *_: None),
        ("stopping", "a stop that is refused leaves the VM Stopping", starting.stop_now,
         _stays_stopping),
        ("stop-succeeds", "a stop that is refused succeeds", starting.stop_now, _ignores),
        ("stop-hangs", "a stop that is refused never ends", starting.stop_now, _hangs),
        ("starting", "a start that is refused leaves the VM Starting", starting.start_on,
         _stays_starting),
        ("start-succeeds", "a start that is refused succeeds", starting.start_on, _ignores),
        ("transient", "a storage command that is refused leaves the volume in between",
         transient, _stays),
        ("create-hangs", "a creation that is refused never ends", volumes.create_on, _hangs),
        ("move-hangs", "a move that is refused never ends", volumes.move, _hangs),
        ("late", "an answer that comes too late is taken", hosts.befall, _in_time),
        ("quick", "nobody waits for hosts that are slow", hosts.befall, _at_once),
        ("words", "nobody says why a host refused", hosts.befall, _other_words),
        ("waits", "the server waits as long as it says, not twice", hosts.waits_s,
         lambda original, world, fault, name: original(world, fault, name) / 2),
        ("power", "what a late answer did to a VM never shows", hosts.note_power,
         lambda *_: None),
        ("settled", "a host reports what is long past", hosts.settled, lambda *_: None),
        ("nobody", "hosts are not told of disks of running VMs", volumes._host_of,
         lambda *_: None),
        ("stopped", "hosts are told of disks of stopped VMs", volumes._host_of,
         lambda _, world, vm, pool: near_host(world, vm, pool) if pool else None),
    )
]  # fmt: skip
"""All of them."""

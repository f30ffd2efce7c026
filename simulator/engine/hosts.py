"""What a host's answer to a command comes to where a fault befalls it, and what hosts report.

A host that answers too late has done its work all the same. What runs on it otherwise than the
records say shows at its next ping (`ping.interval`), unless a job works on the VM just then.
"""

from functools import partial
from math import floor
from typing import TYPE_CHECKING

from simulator.domain.errors import Broke, TimedOut
from simulator.domain.faults import SIMULATED, STRIKE, WHY, Fault, Mode, Strike, add
from simulator.domain.rules import Phase
from simulator.domain.states import VM_LIFE, VmEvent, VmState, after

if TYPE_CHECKING:
    from simulator.domain.inventory import Host
    from simulator.engine.world import World

_PING = "ping"
_TWICE = 2
"""The server waits for an answer so many times as long as it says it does."""


def strike(world: "World", operation: str, times: int, mode: str, seconds: float | None) -> None:
    """Have a fault befall the next commands called *operation*; Refused for what is none."""
    operations = tuple(world.timings.commands)
    STRIKE.require(
        Phase.REQUEST, Strike(world.dialect, operation, operations, times, mode, seconds)
    )
    add(world.faults, operation, Fault(Mode(mode), times, seconds))


def refused(failure: str) -> str:
    """Return what a caller is told whose command a host refused."""
    return failure.replace(WHY, SIMULATED)


def waits_s(world: "World", fault: Fault, command: str) -> float:
    """Return how long the server waits for the answer to *command*."""
    if fault.mode is Mode.TIMEOUT and fault.seconds is not None:
        return fault.seconds
    timeouts = world.settings.values["commands.timeout"].split(",")
    pairs = (pair.strip().partition("=") for pair in timeouts)
    own = {name.strip(): text.strip() for name, _, text in pairs}.get(command, "")
    seconds = float(own) if own.isdecimal() else world.settings.number("wait")
    return _TWICE * seconds


def befall(
    world: "World",
    fault: Fault,
    host: "Host | None",
    command: str,
    took_s: float,
    texts: tuple[str, str],
) -> tuple[float, Broke | None]:
    """Return how long the answer to a command takes, and the error the sender then has, if any.

    *took_s* is what it takes when all is well, *texts* are for who was refused and who waited in
    vain.
    """
    failure, late = texts
    limit_s = waits_s(world, fault, command)
    slow_s = fault.seconds or 0.0
    if fault.mode is Mode.TIMEOUT or (fault.mode is Mode.SLOW and slow_s >= limit_s):
        at = host or next(iter(world.store.hosts.values()))
        number = world.store.new_row("command")
        text = f"Commands {number} to Host {at.db_id} timed out after {limit_s:.0f} secs"
        return limit_s, TimedOut((late or failure).replace(WHY, text))
    if fault.mode is Mode.SLOW:
        return took_s + slow_s, None
    return took_s, Broke(refused(failure))


def note_power(world: "World", vm_id: str, host_id: str | None) -> None:
    """Note that a VM runs on a host, None for nowhere, whatever its record says."""
    world.power[vm_id] = host_id or ""
    arm(world)


def settled(world: "World", vm_id: str) -> None:
    """Note that the record of a VM is right."""
    if world.power:
        world.power.pop(vm_id, None)


def arm(world: "World") -> None:
    """Set the alarm of the next ping, by the records and settings as they are."""
    world.env.silence(_PING)
    if world.power:
        interval_s = max(1.0, world.settings.number("ping.interval"))
        at_s = (floor(world.env.now / interval_s) + 1) * interval_s
        world.env.wake(_PING, at_s, partial(_ping, world))


def _ping(world: "World") -> None:
    """Have every host report what runs on it."""
    for vm_id, host_id in list(world.power.items()):
        if world.queue.works_on(vm_id):
            continue
        del world.power[vm_id]
        vm = world.store.vms[vm_id]
        event = VmEvent.POWERED_ON if host_id else VmEvent.POWERED_OFF
        if vm.removed or after(VM_LIFE, vm.state, event) is None:
            continue
        now_s = world.env.now
        if host_id:
            world.store.put_vm(vm.on(event, host_id=host_id, last_host_id=host_id, updated_s=now_s))
        elif vm.state is not VmState.STOPPED:
            world.store.put_vm(vm.on(event, host_id=None, updated_s=now_s, halted=True))
    arm(world)

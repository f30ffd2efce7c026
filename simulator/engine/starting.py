"""Start and stop of VMs, as flows: what hosts refuse is tried again, and what goes wrong shows."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from simulator.domain.access import is_admin
from simulator.domain.details import DEPLOYED
from simulator.domain.errors import Broke, CloudError, TimedOut
from simulator.domain.faults import WHY
from simulator.domain.machines import START, OnVm
from simulator.domain.records import Account, Role, Vm
from simulator.domain.rules import JOB, WORK
from simulator.domain.states import VmEvent, VmState, VolumeState
from simulator.engine import hosts
from simulator.engine.clock import Lapse
from simulator.engine.errors import Restarted
from simulator.engine.placing import Destination, has_memory, plan
from simulator.engine.volumes import create_on, move
from simulator.engine.world import Flow, World

_RUNNING, _ROOT_ADMIN = VmState.RUNNING, Role.ADMIN
_STARTED, _STOPPED, _DONE = VmEvent.START, VmEvent.STOP, VmEvent.SUCCEEDED
_ON = frozenset({VmState.RUNNING, VmState.STOPPING})


class StartWish(NamedTuple):
    """How a VM shall start.

    Into the menu of its hardware if *setup*; where *planner* says, None for the usual; where it
    ran last only if *last_host*.
    """

    setup: bool = False
    planner: str | None = None
    last_host: bool = True


USUAL = StartWish()


def on_vm(
    world: World, caller: Account, vm_id: str, *, placeable: bool = True, chosen: str = ""
) -> OnVm:
    """Read, now, what the rules about a VM look at; *chosen* is the parameter that says where."""
    store = world.store
    vm = store.vms[vm_id]
    may_expunge = is_admin(caller) or world.settings.flag("allow.user.expunge.recover.vm")
    vm_snapshots = bool(store.vm_snapshots) and store.has_vm_snapshots(vm_id)
    by_other = chosen if caller.role is not _ROOT_ADMIN else ""
    return OnVm(
        world.dialect, vm, store.siblings(vm_id), may_expunge, placeable,
        vm_snapshots, by_other, grouped=vm_id in store.affinity_of,
        owner=store.accounts[vm.account_id],
    )  # fmt: skip


def at_host(world: World, case: OnVm, within: str | None) -> OnVm:
    """Return a case with the host that is asked for, if one is, and whether any has the tags."""
    store, compute = world.store, world.store.compute_of(case.vm)
    host, narrow = store.hosts.get(within or ""), within in store.clusters or within in store.hosts
    tagged = narrow or any(compute.traits.runs_on(h.tags) for h in store.hosts.values())
    case = case._replace(placed=within is not None, tags_known=tagged)
    if host is None:
        return case
    capable = host.cpu_cores >= compute.cpu_count and host.cpu_mhz >= compute.cpu_mhz
    roomy = has_memory(world, case.vm, host)
    return case._replace(host=host, capable=capable, roomy=roomy)


def start(
    world: World,
    caller: Account,
    vm_id: str,
    within: str | None = None,
    chosen: str = "",
    wish: StartWish = USUAL,
) -> Flow:
    """Start a VM and return its id: planned before the queue, tried twice after it (4.1).

    *within* is the id of the host, cluster or pod asked for, *chosen* by which parameter. The
    second try goes from host to host, unless a host was asked for.
    """

    def case() -> tuple[OnVm, Destination | None]:
        placement = plan(world, _to_plan(world, vm_id, wish), within)
        now = on_vm(world, caller, vm_id, placeable=placement is not None, chosen=chosen)
        return now._replace(setup=wish.setup, planner=wish.planner), placement

    yield from _first_look(world, case, within)
    for last_try in (False, True):
        with world.queue.turn(vm_id) as granted:
            yield granted
            now, destination = case()
            if now.vm.state is _RUNNING:
                return vm_id
            try:
                START.require(WORK, now)
                if destination is not None:
                    again = partial(plan, world, _to_plan(world, vm_id, wish), within)
                    yield from _try(world, vm_id, destination, again if last_try else None)
            except TimedOut:
                raise
            except CloudError:
                if last_try or within in world.store.hosts:
                    raise
                yield world.spend("plan")
                continue
            return vm_id
    return vm_id


def _first_look(
    world: World, case: Callable[[], tuple[OnVm, Destination | None]], within: str | None
) -> Flow:
    """Judge a start before it is queued."""
    yield world.spend("plan")
    try:
        START.require(JOB, at_host(world, case()[0], within))
    except CloudError:
        yield world.spend("refuse")
        raise


def _to_plan(world: World, vm_id: str, wish: StartWish) -> Vm:
    """Return a VM as its host is looked for."""
    vm = world.store.vms[vm_id]
    return vm if wish.last_host else vm._replace(last_host_id=None)


def _try(
    world: World,
    vm_id: str,
    first: Destination,
    again: Callable[[set[str]], Destination | None] | None,
) -> Flow:
    """Start a VM on one host, or with *again* on one after the other until one takes it."""
    destination: Destination | None = first
    tried: set[str] = set()
    while destination is not None:
        tried.add(destination.host.id)
        try:
            yield from start_on(world, vm_id, destination)
        except TimedOut:
            raise
        except Broke:
            destination = again(tried) if again is not None else None
            if destination is None:
                raise
        else:
            return


def start_on(world: World, vm_id: str, destination: Destination) -> Flow:
    """Start a VM at its turn where it was planned to."""
    store = world.store
    host = destination.host
    vm = store.put_vm(store.vms[vm_id].on(_STARTED, host_id=host.id))
    text = f"Unable to start a VM [{vm.id}] due to [Unable to create a deployment for {vm.text}]."
    created: list[str] = []
    try:
        for volume_id, pool in destination.pools.items():
            if store.volumes[volume_id].state is VolumeState.ALLOCATED:
                yield from create_on(world, volume_id, pool)
                created.append(volume_id)
            else:
                yield from move(world, volume_id, pool)
        yield from _command(world, vm, host.id, text)
    except Exception as error:
        store.put_vm(store.vms[vm_id].on(VmEvent.FAILED, host_id=None))
        if isinstance(error, Restarted):
            _unmake(world, created)
        raise
    hosts.settled(world, vm_id)
    running = store.vms[vm_id].on(_DONE, last_host_id=host.id, updated_s=world.env.now)
    store.put_vm(running.with_details(**{DEPLOYED: None}))
    for volume in store.siblings(vm_id):
        if not volume.plugged:
            store.put_volume(volume.but(plugged=True))


def _command(world: World, vm: Vm, host_id: str, text: str) -> Flow:
    """Have a host start a VM; one that answers too late leaves the start hanging."""
    began_s = world.env.now
    try:
        yield from world.send(world.store.hosts[host_id], "StartCommand", vm.id, text)
    except TimedOut:
        hosts.note_power(world, vm.id, host_id)
        hangs_s = world.settings.number("vm.op.cancel.interval") - (world.env.now - began_s)
        yield Lapse(world.env, max(0.0, hangs_s))
        raise


def _unmake(world: World, volume_ids: list[str]) -> None:
    """Leave volumes as a restart leaves those that a start had created (ground truth 2, 2)."""
    for volume_id in volume_ids:
        volume = world.store.volumes[volume_id]
        world.store.put_volume(volume._replace(state=VolumeState.ALLOCATED, path=None))


def stop(world: World, vm_id: str, *, forced: bool = False) -> Flow:
    """Stop a VM and return its id; one that does not run is left as it is."""
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield from stop_now(world, vm_id, forced=forced)
    return vm_id


def stop_now(world: World, vm_id: str, *, forced: bool = False) -> Flow:
    """Stop a VM at its turn; one that does not run is left as it is.

    A host that answers too late has stopped it, and only a *forced* stop takes that for granted.
    One that is forced and refused leaves the VM Stopping, until its host reports.
    """
    store = world.store
    yield world.spend("work")
    vm = store.vms[vm_id]
    if vm.state not in _ON:
        return
    store.put_vm(vm.on(_STOPPED))
    text = f"Unable to stop {vm.text}"
    if forced:
        text = f"Unable to stop the virtual machine due to {WHY}"
    try:
        host = store.hosts.get(vm.host_id or "")
        yield from world.send(host, "StopCommand", vm_id, text)
    except TimedOut:
        hosts.note_power(world, vm_id, None)
        if not forced:
            store.put_vm(store.vms[vm_id].on(VmEvent.FAILED))
            raise
    except Exception as error:
        if forced and isinstance(error, Broke):
            hosts.note_power(world, vm_id, vm.host_id)
        else:
            store.put_vm(store.vms[vm_id].on(VmEvent.FAILED))
        raise
    hosts.settled(world, vm_id)
    now = store.vms[vm_id]
    stopped = now.on(_DONE, host_id=None, updated_s=world.env.now, halted=True)
    store.put_vm(stopped)

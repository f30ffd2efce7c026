"""System VMs and routers that start and stop: they have no volumes of their own."""

from simulator.domain.errors import Broke, Kind
from simulator.domain.states import VmEvent, VmState
from simulator.domain.system_vms import SYSTEM_KINDS
from simulator.engine.networking import add_system_vm
from simulator.engine.placing import plan
from simulator.engine.starting import start_on, stop
from simulator.engine.world import Flow, World


def start(world: World, vm_id: str) -> Flow:
    """Start a system VM and return its id; one that runs is left as it is."""
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield world.spend("work")
        vm = world.store.vms[vm_id]
        if vm.state is not VmState.RUNNING:
            destination = plan(world, vm)
            if destination is None:
                text = f"Unable to create a deployment for {vm.text}"
                raise Broke(text, Kind.CAPACITY, "no host")
            yield from start_on(world, vm_id, destination)
    return vm_id


def destroy(world: World, vm_id: str) -> Flow:
    """Remove a system VM and return its id; another of its kind is at work in its place.

    No other router comes, and its network keeps the public address.
    """
    yield from stop(world, vm_id)
    store = world.store
    vm = store.vms[vm_id]
    host = store.hosts.get(vm.last_host_id or "")
    store.put_vm(vm.on(VmEvent.EXPUNGE, removed=True, updated_s=world.env.now))
    if vm.kind in SYSTEM_KINDS and host is not None:
        for address in [p for p in store.public_ips.values() if p.vm_id == vm_id]:
            store.public_ips[address.id] = address._replace(removed=True)
        add_system_vm(world, vm.kind, host, vm.account_id)
    return vm_id


def reboot(world: World, vm_id: str, *, forced: bool = False) -> Flow:
    """Reboot a system VM and return its id; one that does not run is started.

    A *forced* one is stopped and started.
    """
    vm = world.store.vms[vm_id]
    if vm.state is VmState.RUNNING and not forced:
        with world.queue.turn(vm_id) as granted:
            yield granted
            host = world.store.hosts.get(vm.host_id or "")
            yield from world.send(host, "RebootCommand", vm_id, f"Unable to reboot {vm.text}")
        return vm_id
    yield from stop(world, vm_id)
    return (yield from start(world, vm_id))

"""A VM's nics: the default one is part of its row, the others have rows of their own."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from simulator.domain.errors import CloudError
from simulator.domain.networks import Network
from simulator.domain.nics import ADD_NIC, REMOVE_NIC, AddNic, Nic, OnNic, is_ipv4, standard_mac
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.domain.states import VmState
from simulator.engine.networking import Hears, implement_network
from simulator.engine.secondary import forget_nic, leading_to
from simulator.engine.store import Store
from simulator.engine.world import Flow, World


def nics_of(store: Store, vm: Vm) -> list[Nic]:
    """Return the nics of a VM by their devices, the default one first; none if it never got one."""
    more = (store.extra_nics[i] for i in store.nics_of.get(vm.id, ()))
    first = [] if not vm.mac and vm.state is VmState.ERROR else [store.default_nic(vm)]
    return [*first, *sorted(more, key=lambda n: n.device_id)]


def nic_in(store: Store, vm: Vm, network_id: str) -> Nic | None:
    """Return a VM's nic in a network, if it has one there."""
    return next((n for n in nics_of(store, vm) if n.network_id == network_id), None)


def guests_of(store: Store, network_id: str) -> Iterator[Vm]:
    """Yield the VMs with a nic in a network, its router included."""
    for vm in store.vms.values():
        near = vm.network_id == network_id or vm.id in store.nics_of
        if near and not vm.removed and nic_in(store, vm, network_id) is not None:
            yield vm


def _taken(store: Store, network_id: str) -> list[Nic]:
    nics = (nic_in(store, vm, network_id) for vm in guests_of(store, network_id))
    return [nic for nic in nics if nic is not None]


def free_address(store: Store, network: Network, wanted: str | None) -> str | None:
    """Return the address *wanted* of a network, or its next free one; None where it is not free."""
    inside = IPv4Network(network.cidr, strict=False)
    used = {nic.address for nic in _taken(store, network.id)} | {network.gateway}
    used |= {ip.address for ip in store.secondary_ips.values() if ip.network_id == network.id}
    if wanted is not None:
        ends = {str(inside.network_address), str(inside.broadcast_address)}
        fits = is_ipv4(wanted) and IPv4Address(wanted) in inside
        return wanted if fits and wanted not in used | ends else None
    return next((a for a in map(str, inside.hosts()) if a not in used), None)


def mac_free(store: Store, network_id: str, mac: str) -> bool:
    """Return whether no nic of a network has a MAC address."""
    return standard_mac(mac) not in {nic.mac for nic in _taken(store, network_id)}


def put_nic(world: World, vm: Vm, network: Network, address: str, mac: str | None = None) -> Nic:
    """Give a VM one more nic and return it."""
    store = world.store
    row = store.new_row("nic")
    own = f"02:03:00:{row >> 16 & 255:02x}:{row >> 8 & 255:02x}:{row & 255:02x}"
    used = {n.device_id for n in nics_of(store, vm)}
    device_id = next(d for d in range(len(used) + 1) if d not in used)
    mac = standard_mac(mac) if mac else own
    nic = Nic(store.new_id(), row, vm.id, network.id, address, mac, device_id)
    store.extra_nics[nic.id] = nic
    store.nics_of.setdefault(vm.id, {})[nic.id] = None
    return nic


def add(world: World, case: AddNic, hears: Hears) -> Flow:
    """Give a VM a nic, in its queue, and return the VM's id; a running VM has it plugged.

    *hears* of the network if the nic is the first that needs it.
    """
    store, vm_id, network_id = world.store, case.vm.id, case.network.id
    ADD_NIC.require(Phase.JOB, case)
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield world.spend("work")
        vm, network = store.vms[vm_id], store.networks[network_id]
        address = free_address(store, network, case.address)
        joined = nic_in(store, vm, network_id) is not None
        now = case._replace(vm=vm, joined=joined, address_free=address is not None)
        ADD_NIC.require(Phase.WORK, now)
        nic = put_nic(world, vm, network, address or "", case.mac)
        if vm.state is VmState.RUNNING:
            host = store.hosts[vm.host_id or ""]
            implement_network(world, network, host, hears)
            try:
                yield from world.send(host, "PlugNicCommand", vm_id, f"Failed to plug nic {nic.id}")
            except CloudError:
                _forget(store, nic)
                raise
    return vm_id


def remove(world: World, case: OnNic) -> Flow:
    """Take a nic off a VM, in its queue, and return the VM's id."""
    store, vm_id = world.store, case.vm.id
    REMOVE_NIC.require(Phase.JOB, case)
    with world.queue.turn(vm_id) as granted:
        yield granted
        yield world.spend("work")
        vm = store.vms[vm_id]
        REMOVE_NIC.require(Phase.WORK, case._replace(vm=vm))
        if vm.state is VmState.RUNNING:
            text = f"Unable to remove {case.spelt} from {vm.text}"
            host = store.hosts[vm.host_id or ""]
            yield from world.send(host, "UnPlugNicCommand", vm_id, text)
        _forget(store, case.nic)
        forget_nic(store, case.nic.id)
    return vm_id


def _forget(store: Store, nic: Nic) -> None:
    now = store.extra_nics.get(nic.id)
    if now is not None and not now.removed:
        store.extra_nics[nic.id] = now._replace(removed=True)
        store.nics_of.get(nic.vm_id, {}).pop(nic.id, None)


def make_default(world: World, vm_id: str, nic_id: str) -> None:
    """Make a nic of a VM its default one; the two change their devices."""
    store = world.store
    vm, new = store.vms[vm_id], store.extra_nics[nic_id]
    old = store.default_nic(vm)
    _forget(store, new)
    del store.extra_nics[nic_id]
    swapped = old._replace(device_id=new.device_id)
    store.extra_nics[old.id] = swapped
    store.nics_of.setdefault(vm_id, {})[old.id] = None
    changed = vm._replace(
        nic_id=new.id, network_id=new.network_id, address=new.address, mac=new.mac
    )
    store.put_vm(changed)


def give_address(world: World, nic: Nic, address: str) -> None:
    """Give a nic another address; what was forwarded to it goes there."""
    store = world.store
    vm, public = store.vms[nic.vm_id], leading_to(store, nic.vm_id, nic.address)
    if public is not None:
        store.public_ips[public.id] = public._replace(nat_address=address)
    if nic.default:
        store.put_vm(vm._replace(address=address))
    else:
        store.extra_nics[nic.id] = nic._replace(address=address)

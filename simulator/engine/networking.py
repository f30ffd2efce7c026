"""A VM's network: found or made at deploy, implemented with a router when its first VM runs."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid5

from simulator.domain.inventory import FORMATS, Host, Hypervisor, Template
from simulator.domain.networks import Network, NetworkOffering, PublicIp, PublicRange
from simulator.domain.records import Role, Vm, VmKind
from simulator.domain.states import VmState
from simulator.engine.world import World

_GIB = 1 << 30
_WIDE = "10.1.0.0/16"
"""Addresses of a network that a cloud file puts more guests on than the usual block has."""
SYSTEM_KINDS = {
    VmKind.SECONDARY_STORAGE: ("s", "System Offering For Secondary Storage VM", 512),
    VmKind.CONSOLE_PROXY: ("v", "System Offering For Console Proxy", 1024),
    VmKind.DOMAIN_ROUTER: ("r", "System Offering For Software Router", 256),
}
"""Kind of system VM -> (letter of its name, its offering, that offering's memory in MiB)."""


def network_for(world: World, account_id: str, zone_id: str) -> Network:
    """Return the account's network in a zone; one is made where there is none."""
    store, known = world.store, default_network(world, account_id, zone_id)
    if known.id:
        return known
    offering = store.network_offerings[known.offering_id]
    return add_network(world, offering, known.name, account_id, zone_id)


def default_network(world: World, account_id: str, zone_id: str) -> Network:
    """Return the account's network in a zone, or what it would be, without an id."""
    store = world.store
    for network in store.networks.values():
        if (network.account_id, network.zone_id) == (account_id, zone_id) and not network.removed:
            return network
    name = f"{store.accounts[account_id].name}-network"
    offerings = store.network_offerings.values()
    offering = next((o for o in offerings if o.availability == "Required"), [*offerings][-1])
    wanted = Network("", 0, name, name, account_id, zone_id, offering.id, "", world.env.now)
    return wanted.in_block(store.zones[zone_id].guest_cidr)


def add_network(
    world: World, offering: NetworkOffering, name: str, account_id: str, zone_id: str
) -> Network:
    """Make an account's network from an offering."""
    store = world.store
    physical = next(p for p in store.physical_networks.values() if p.zone_id == zone_id)
    network = Network(
        store.new_id(),
        store.new_row("network"),
        name,
        name,
        account_id,
        zone_id,
        offering.id,
        physical.id,
        world.env.now,
        domain_name=f"cs{store.accounts[account_id].db_id:x}cloud.internal",
    )
    network = network.in_block(store.zones[zone_id].guest_cidr)
    return store.networks.setdefault(network.id, network)


def guest_address(world: World, network: Network, number: int) -> str | None:
    """Return a free address of a network, the one of *number* or after; None where none is."""
    store = world.store
    guests = (v for v in store.vms.values() if v.network_id == network.id)
    used = {v.address for v in guests if not v.removed}
    more = (n for n in store.extra_nics.values() if n.network_id == network.id)
    used |= {n.address for n in more if not n.removed}
    used |= {i.address for i in store.secondary_ips.values() if i.network_id == network.id}
    for step in range(len(network.addresses)):
        if (address := network.address(number + step)) not in used:
            return address
    return None


def address_at_boot(world: World, network: Network, guests: int) -> str:
    """Return the address of one more guest beside *guests*; the network grows where it is full."""
    if network.cidr != _WIDE:
        if guests + 2 <= len(network.addresses):
            return network.address(guests)
        network = network.in_block(_WIDE)
        world.store.networks[network.id] = network
    return network.address(guests + 512)


Hears = Callable[[Network], None]
"""Hears of a network that was implemented."""


def _nobody(_network: Network) -> None: ...


def implement(world: World, vm_id: str, hears: Hears = _nobody) -> None:
    """Implement the networks of a VM that runs; *hears* of each that was not."""
    store = world.store
    vm = store.vms[vm_id]
    host = store.hosts.get(vm.host_id or "")
    if host is not None:
        more = (store.extra_nics[i].network_id for i in store.nics_of.get(vm_id, ()))
        for network_id in (vm.network_id, *more):
            if network_id is not None:
                implement_network(world, store.networks[network_id], host, hears)


def implement_network(world: World, network: Network, host: Host, hears: Hears = _nobody) -> None:
    """Implement a network, unless it is: a VLAN, a public address and a router on *host*."""
    store = world.store
    if network.vlan is not None:
        return
    physical = store.physical_networks[network.physical_id]
    used = {n.vlan for n in store.networks.values() if n.physical_id == physical.id}
    span = range(physical.first_vlan, physical.last_vlan + 1)
    free = next((v for v in span if v not in used), physical.first_vlan)
    store.networks[network.id] = network._replace(vlan=free)
    add_system_vm(world, VmKind.DOMAIN_ROUTER, host, network.account_id, network.id)
    hears(store.networks[network.id])


def free_addresses(world: World) -> Iterator[tuple[PublicRange, str]]:
    """Yield (range, address) of each public address that nobody has."""
    store = world.store
    used = {p.address for p in store.public_ips.values() if not p.removed}
    for span in store.public_ranges.values():
        for byte in range(span.first, span.last + 1):
            if (address := f"{span.subnet}.{byte}") not in used:
                yield span, address


def address_id(span: PublicRange, address: str) -> str:
    """Return the id of a public address, the same whoever has it."""
    return str(uuid5(UUID(span.id), address))


def free_address(
    world: World, zone_id: str, address: str | None = None
) -> tuple[PublicRange, str] | None:
    """Return (range, address) of the zone's next free public address, None for none.

    With *address* that one alone will do.
    """
    for span, free in free_addresses(world):
        if span.zone_id == zone_id and address in {None, free}:
            return span, free
    return None


def take_address(
    world: World,
    zone_id: str,
    account_id: str,
    network_id: str | None,
    vm_id: str | None,
    address: str | None = None,
) -> PublicIp | None:
    """Take the zone's next free public address or *address*, None where there is none."""
    store, free = world.store, free_address(world, zone_id, address)
    if free is None:
        return None
    store.new_id()  # what was once drawn for the address: later ids stay as they are
    taken = PublicIp(
        address_id(*free),
        store.new_row("publicip"),
        free[1],
        free[0].id,
        account_id,
        network_id,
        vm_id,
        world.env.now,
        source_nat=network_id is not None and vm_id is not None,
    )
    store.public_ips.pop(taken.id, None)
    return store.public_ips.setdefault(taken.id, taken)


def release_address(world: World, address_id: str) -> None:
    """Give a public address back: its rules and its tags go with it."""
    store = world.store
    gone = store.public_ips[address_id]._replace(removed=True, nat_vm_id=None, nat_address="")
    store.public_ips[address_id] = gone
    store.tags.pop(address_id, None)
    for rule in [r for r in store.firewall_rules.values() if r.ip_id == address_id]:
        store.firewall_rules[rule.id] = rule._replace(removed=True)


def drop_network(world: World, network_id: str) -> None:
    """Remove a network with its router, its addresses and their rules."""
    store = world.store
    for vm in [v for v in store.vms.values() if v.network_id == network_id]:
        if vm.kind is VmKind.DOMAIN_ROUTER:
            store.put_vm(vm._replace(removed=True, host_id=None))
    for ip in [p for p in store.public_ips.values() if p.network_id == network_id]:
        store.public_ips[ip.id] = ip._replace(removed=True)
    for rule in [r for r in store.firewall_rules.values() if r.network_id == network_id]:
        store.firewall_rules[rule.id] = rule._replace(removed=True)
    store.networks[network_id] = store.networks[network_id]._replace(removed=True, vlan=None)
    store.tags.pop(network_id, None)


def add_system_vm(
    world: World, kind: VmKind, host: Host, account_id: str, network_id: str | None = None
) -> Vm:
    """Add a running system VM or router on *host*, with a public address."""
    store = world.store
    letter, offering_name, _ = SYSTEM_KINDS[kind]
    db_id = store.new_row("vm")
    name = f"{letter}-{db_id}-VM"
    offering = next(o for o in store.service_offerings.values() if o.name == offering_name)
    vm = Vm(
        id=store.new_id(),
        db_id=db_id,
        name=name,
        display_name=name,
        account_id=account_id,
        zone_id=host.zone_id,
        hypervisor=host.hypervisor,
        state=VmState.RUNNING,
        service_offering_id=offering.id,
        template_id=_system_template(world, host.hypervisor).id,
        instance_name=name,
        address=f"169.254.{db_id >> 8 & 255}.{db_id & 255}",
        mac=f"0e:00:a9:fe:{db_id >> 8 & 255:02x}:{db_id & 255:02x}",
        host_id=host.id,
        last_host_id=host.id,
        created_s=world.env.now,
        updated_s=world.env.now,
        kind=kind,
        network_id=network_id,
        nic_id=store.new_id(),
    )
    take_address(world, host.zone_id, account_id, network_id, vm.id)
    return store.put_vm(vm)


def _system_template(world: World, hypervisor: Hypervisor) -> Template:
    store = world.store
    name = f"SystemVM Template ({hypervisor})"
    for template in store.templates.values():
        if template.name == name:
            return template
    image = FORMATS.get(hypervisor, "RAW")
    system = next(a.id for a in store.accounts.values() if a.role is Role.SYSTEM)
    template = Template(
        store.new_id(),
        store.new_row(),
        name,
        hypervisor,
        2 * _GIB,
        system,
        image,
        "Debian GNU/Linux 12 (64-bit)",
        "SYSTEM",
        featured=False,
        public=False,
    )
    return store.templates.setdefault(template.id, template)

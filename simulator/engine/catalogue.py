"""What every cloud comes with: its own account, networks, guest systems, stores and system VMs."""

from uuid import UUID, uuid5

from simulator.domain import management as man
from simulator.domain import networks as net
from simulator.domain.inventory import ServiceOffering, Zone
from simulator.domain.records import Account, Role, VmKind
from simulator.domain.roles import MORE_STOCK, STOCK, RoleRow
from simulator.domain.traits import Traits
from simulator.engine.networking import SYSTEM_KINDS, add_system_vm
from simulator.engine.world import World

_GIB = 1 << 30


def furnish(world: World, admin: Account) -> None:
    """Add to a cloud whose zones and offerings stand what the server itself needs."""
    store = world.store
    home = store.domains[admin.domain_id]
    system = Account(store.new_id(), store.new_row(), "system", home.id, Role.SYSTEM)
    store.accounts[system.id] = system
    server = man.ManagementServer(store.new_id(), store.new_row(), "localhost", "127.0.0.1")
    store.servers[server.id] = server
    text = "No usage server process running"
    alert = man.Alert(store.new_id(), store.new_row(), 13, "ALERT.USAGE", text, 0.0)
    store.alerts[alert.id] = alert
    add_security_group(world, admin)
    ids = [_add_role(world, role, store.new_id()).id for role in STOCK]
    for role in MORE_STOCK:  # their ids are no throw of the dice, which other ids follow
        _add_role(world, role, str(uuid5(UUID(ids[0]), role.name)))
    _add_guests(world)
    _add_offerings(world)
    for template in list(store.templates.values()):
        store.templates[template.id] = template._replace(account_id=system.id)
    for number, zone in enumerate(store.zones.values()):
        _add_networks(world, zone, number)
        _add_system_vms(world, zone, system)


def _add_role(world: World, role: RoleRow, role_id: str) -> RoleRow:
    """Add a stock role, its rules with ids of their own."""
    rules = tuple(rule._replace(id=str(uuid5(UUID(role_id), rule.pattern))) for rule in role.rules)
    made = role._replace(id=role_id, db_id=world.store.new_row("role"), rules=rules)
    return world.store.roles.setdefault(made.id, made)


def add_security_group(world: World, account: Account) -> None:
    """Add an account's default security group."""
    store = world.store
    group = man.SecurityGroup(
        store.new_id(), store.new_row(), "default", "Default Security Group", account.id
    )
    store.security_groups[group.id] = group


def _add_guests(world: World) -> None:
    store = world.store
    for family, names in man.GUESTS.items():
        category = man.OsCategory(store.new_id(), store.new_row("oscategory"), family)
        store.os_categories[category.id] = category
        for name in names:
            guest = man.OsType(store.new_id(), store.new_row("ostype"), name, category.id)
            store.os_types[guest.id] = guest


def _add_offerings(world: World) -> None:
    store = world.store
    for offering in net.OFFERINGS:
        made = offering._replace(id=store.new_id(), db_id=store.new_row("networkoffering"))
        store.network_offerings[made.id] = made
    for _, name, mib in SYSTEM_KINDS.values():
        compute = ServiceOffering(
            store.new_id(),
            store.new_row(),
            name,
            1,
            500,
            mib,
            system=True,
            disk_id=store.new_id(),
            traits=Traits(default_use=True),
        )
        store.service_offerings[compute.id] = compute


def _add_networks(world: World, zone: Zone, number: int) -> None:
    store = world.store
    first = 100 + 200 * number
    physical = net.PhysicalNetwork(
        store.new_id(), store.new_row(), f"pnet{number}", zone.id, first, first + 199
    )
    store.physical_networks[physical.id] = physical
    public = net.PublicRange(
        store.new_id(),
        store.new_row(),
        zone.id,
        physical.id,
        store.new_id(),
        50 + number,
        f"192.168.{2 + number}",
    )
    store.public_ranges[public.id] = public
    url = f"nfs://192.0.2.10:/export/{zone.name}/secondary"
    image = man.ImageStore(store.new_id(), store.new_row(), url, zone.id, 10240 * _GIB)
    store.image_stores[image.id] = image


def _add_system_vms(world: World, zone: Zone, system: Account) -> None:
    store = world.store
    hosts = [h for h in store.hosts.values() if h.zone_id == zone.id]
    for number, kind in enumerate((VmKind.SECONDARY_STORAGE, VmKind.CONSOLE_PROXY)):
        if hosts:
            add_system_vm(world, kind, hosts[number % len(hosts)], system.id)

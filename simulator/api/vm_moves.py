"""migrateVirtualMachine, findHostsForMigration, findStoragePoolsForMigration."""

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paged
from simulator.api.machines import submit_vm
from simulator.api.render_host import HOST_FOR_MIGRATION, host_at
from simulator.api.render_storage import POOL, PoolAt
from simulator.api.render_vm import VM
from simulator.domain.inventory import Host
from simulator.domain.moves import FIND_HOSTS, FindHosts
from simulator.domain.rules import Phase
from simulator.engine import moving
from simulator.engine.hosts_ahead import by_offering_local, hosts_ahead
from simulator.engine.migrating import destinations, moves_disks


def migrate(call: Call) -> Row:
    """migrateVirtualMachine: a running VM to another host, a stopped one to another storage."""
    args = call.args
    host, pool, vm_id = args.get("hostid"), args.get("storageid"), args["virtualmachineid"].id
    flow = moving.migrate(
        call.world,
        vm_id,
        host.id if host else None,
        pool.id if pool else None,
        choose=args.get("autoselect", True),
    )
    return submit_vm(call, flow, vm_id)


def find_pools(call: Call) -> Row:
    """findStoragePoolsForMigration: the pools a volume could go to, those that suit it first."""
    world, volume = call.world, call.args["id"]
    pools = destinations(world, volume, world.store.offering_of(volume))
    fit = {pool.id for pool in pools.suitable}
    word = str(call.args.get("keyword", "")).lower()
    rows = [p for p in pools.all if word in p.name.lower()]
    rows.sort(key=lambda p: (False, p.name) if p.id in fit else (True, ""))
    return paged(
        call,
        "storagepool",
        rows,
        lambda p: POOL.render(PoolAt(call, p, p.id in fit)),
    )


def find_hosts(call: Call) -> Row:
    """findHostsForMigration: the hosts a running VM could go to, and what each would take."""
    world, vm = call.world, call.args["virtualmachineid"]
    stuck = by_offering_local(world, vm) and not moves_disks(world, vm)
    FIND_HOSTS.require(Phase.REQUEST, FindHosts(world.dialect, vm, stuck))
    ahead = hosts_ahead(world, vm, str(call.args.get("keyword", "")).lower())

    def show(host: Host) -> Row:
        suits, moves = host.id in ahead.suitable, host.id in ahead.with_disks
        at = host_at(call, host)._replace(suits=suits, moves_disks=moves)
        return HOST_FOR_MIGRATION.render(at)

    return paged(call, "host", ahead.all, show)


COMMANDS = (
    Command(
        "migrateVirtualMachine",
        migrate,
        "virtualmachineid:vm!@ hostid:host storageid:pool autoselect:bool",
        says="Moves a running VM to another host, or a stopped one to another storage",
        answers=VM,
        roles="A",
        is_async=True,
    ),
    Command(
        "findHostsForMigration",
        find_hosts,
        f"virtualmachineid:vm! {PAGING}",
        says="Lists the hosts that a running VM could move to",
        answers=HOST_FOR_MIGRATION,
        roles="A",
        reads=True,
    ),
    Command(
        "findStoragePoolsForMigration",
        find_pools,
        f"id:volume!@ {PAGING}",
        says="Lists the storage pools that a volume could move to",
        answers=POOL,
        roles="A",
        reads=True,
    ),
)

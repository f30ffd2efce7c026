"""migrateVirtualMachine, findStoragePoolsForMigration."""

from simulator.api import places
from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paged
from simulator.api.machines import submit_vm
from simulator.engine import moving
from simulator.engine.migrating import destinations


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
        lambda p: places.pool(call, p) | {"suitableformigration": p.id in fit},
    )


COMMANDS = (
    Command(
        "migrateVirtualMachine",
        migrate,
        "virtualmachineid:vm!@ hostid:host storageid:pool autoselect:bool",
        says="Moves a running VM to another host, or a stopped one to another storage",
        answers="virtualmachine",
        roles="A",
        is_async=True,
    ),
    Command(
        "findStoragePoolsForMigration",
        find_pools,
        f"id:volume!@ {PAGING}",
        says="Lists the storage pools that a volume could move to",
        answers="storagepool",
        roles="A",
        reads=True,
    ),
)

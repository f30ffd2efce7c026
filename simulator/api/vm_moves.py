"""migrateVirtualMachine, findStoragePoolsForMigration, assignVirtualMachine."""

from simulator.api import places, render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paged
from simulator.api.machines import submit_vm
from simulator.api.owners import sole_owner_of
from simulator.domain.access import may_use
from simulator.domain.limits import Resource
from simulator.domain.moves import ASSIGN_VM, AssignVm
from simulator.domain.records import Account, Vm, VolumeType
from simulator.domain.rules import Phase
from simulator.engine import moving
from simulator.engine.migrating import destinations
from simulator.engine.networking import network_for


def migrate(call: Call) -> Row:
    """migrateVirtualMachine: a running VM to another host, a stopped one to another storage."""
    args = call.args
    host, pool, vm_id = args.get("hostid"), args.get("storageid"), args["virtualmachineid"].id
    flow = moving.migrate(
        call.world,
        vm_id,
        host.id if host else None,
        pool.id if pool else None,
        choose=bool(args.get("autoselect")),
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


def assign(call: Call) -> Row:
    """assignVirtualMachine to another account or project, at once; its ROOT goes with it."""
    world, store, vm = call.world, call.world.store, call.args["virtualmachineid"]
    owner, volumes = sole_owner_of(call), store.siblings(vm.id)
    compute = store.service_offerings[vm.service_offering_id]
    size = sum(v.size_bytes for v in volumes)
    case = AssignVm(
        dialect=world.dialect,
        vm=vm,
        volumes=volumes,
        caller_may=may_use(call.account, owner, store.domains),
        same_owner=owner.id == vm.account_id,
        vm_snapshots=store.has_vm_snapshots(vm.id),
        forwarded=any(r.vm_id == vm.id and not r.removed for r in store.firewall_rules.values()),
        over_limit=world.over_limits(
            owner.id,
            (Resource.USER_VM, 1),
            (Resource.CPU, compute.cpu_count),
            (Resource.MEMORY, compute.memory_mib),
            (Resource.VOLUME, len(volumes)),
            (Resource.PRIMARY_STORAGE, size),
        ),
    )
    ASSIGN_VM.require(Phase.REQUEST, case)
    return {"virtualmachine": render_vm.vm(call, _given(call, vm, owner))}


def _given(call: Call, vm: Vm, owner: Account) -> Vm:
    world, store = call.world, call.world.store
    for volume in store.siblings(vm.id):
        if volume.type is VolumeType.ROOT:
            store.put_volume(volume._replace(account_id=owner.id))
    network = next(iter(call.args.get("networkids", ())), None)
    network = network or network_for(world, owner.id, vm.zone_id)
    changed = vm._replace(
        account_id=owner.id,
        network_id=network.id,
        nic_id=store.new_id(),
        updated_s=world.env.now,
    )
    return store.put_vm(changed)


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
    Command(
        "assignVirtualMachine",
        assign,
        "virtualmachineid:vm!@ account:text domainid:domain~ projectid:anyproject~ "
        "networkids:network*",
        says="Gives a stopped VM without data disks to another account or project",
        answers="virtualmachine",
        roles="ASD",
    ),
)

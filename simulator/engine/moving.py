"""Migration of VMs: to another host while they run, to another storage while they do not."""

from simulator.domain.errors import Broke, Kind
from simulator.domain.inventory import Host, StoragePool
from simulator.domain.moves import MIGRATE_VM, MigrateVm
from simulator.domain.placement import suits as allocator_suits
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase
from simulator.domain.states import VmEvent, VolumeState
from simulator.engine.placing import has_room, need_of
from simulator.engine.volumes import move
from simulator.engine.world import Flow, World


def suits(world: World, volume: Volume, pool: StoragePool) -> bool:
    """Return whether *pool* can take a volume."""
    return allocator_suits(pool, need_of(world, volume), world.room())


def _reachable(world: World, vm: Vm, host: Host) -> bool:
    """Return whether a running VM could go on on *host*, where its volumes are at hand."""
    store = world.store
    at = store.hosts.get(vm.host_id or "")
    pools = (store.pools.get(v.pool_id or "") for v in store.siblings(vm.id))
    return (
        at is not None
        and host.id != at.id
        and host.cluster_id == at.cluster_id
        and all(p is None or p.host_id is None for p in pools)
        and has_room(world, vm, host)
    )


def _case(
    world: World, vm_id: str, host_id: str | None, pool_id: str | None, *, choose: bool
) -> MigrateVm:
    store = world.store
    vm = store.vms[vm_id]
    host, pool = store.hosts.get(host_id or ""), store.pools.get(pool_id or "")
    ways = (host is not None) + (pool is not None)
    if choose and not ways:
        ways = 1
        host = next((h for h in store.hosts.values() if _reachable(world, vm, h)), None)
    fit = host is not None and (host.id == vm.host_id or _reachable(world, vm, host))
    if pool is not None:
        to_go = [v for v in _created(world, vm_id) if v.pool_id != pool.id]
        fit = all(suits(world, v, pool) for v in to_go) and pool.zone_id == vm.zone_id
        fit = fit and pool.hypervisor in {vm.hypervisor, "Any"}
    snapshots = store.has_vm_snapshots(vm_id)
    return MigrateVm(world.dialect, vm, host, pool, ways, fit, snapshots)


def _created(world: World, vm_id: str) -> list[Volume]:
    return [v for v in world.store.siblings(vm_id) if v.state is VolumeState.READY]


def migrate(
    world: World, vm_id: str, host_id: str | None, pool_id: str | None, *, choose: bool
) -> Flow:
    """Move a VM to a host, to a storage, or to a host of the planner's choice; return its id."""
    case = _case(world, vm_id, host_id, pool_id, choose=choose)
    MIGRATE_VM.require(Phase.JOB, case)
    with world.queue.turn(vm_id) as granted:
        yield granted
        now = _case(world, vm_id, host_id, pool_id, choose=choose)
        MIGRATE_VM.require(Phase.WORK, now)
        if now.pool is not None:
            for volume in _created(world, vm_id):
                if volume.pool_id != now.pool.id:
                    yield from move(world, volume.id, now.pool)
        else:
            yield from _to_host(world, now.vm, now.host)
    return vm_id


def _to_host(world: World, vm: Vm, host: Host | None) -> Flow:
    store = world.store
    if host is None:
        text = f"Failed to migrate VM {vm.name}"
        raise Broke(text)
    store.put_vm(vm.on(VmEvent.MIGRATE))
    try:
        try:
            yield from world.send(host, "PrepareForMigrationCommand", vm.id)
        except Broke as no:
            text = (
                f"Resource [Host:{host.db_id}] is unreachable: Host {host.db_id}: Unable to "
                f"prepare for migration due to {no.text}"
            )
            raise Broke(text, Kind.UNAVAILABLE, no.reason) from None
        at = store.hosts.get(vm.host_id or "")
        yield from world.send(at, "MigrateCommand", vm.id)
    except Exception:
        store.put_vm(store.vms[vm.id].on(VmEvent.FAILED))
        raise
    there = {"host_id": host.id, "last_host_id": host.id, "updated_s": world.env.now}
    store.put_vm(store.vms[vm.id].on(VmEvent.SUCCEEDED, **there))

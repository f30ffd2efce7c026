"""Migration of VMs: to another host while they run, to another storage while they do not."""

from simulator.domain.errors import Broke, Kind
from simulator.domain.inventory import Host, Hypervisor, Scope, StoragePool
from simulator.domain.moves import MIGRATE_VM, MigrateVm
from simulator.domain.placement import suits as allocator_suits
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase
from simulator.domain.states import VmEvent, VolumeState
from simulator.engine.affinity import ANYWHERE, leaning
from simulator.engine.placing import has_memory, has_room, is_crowded, need_of
from simulator.engine.volumes import move
from simulator.engine.world import Flow, World


def suits(world: World, volume: Volume, pool: StoragePool) -> bool:
    """Return whether *pool* can take a volume."""
    return allocator_suits(pool, need_of(world, volume), world.room())


def is_local(world: World, vm: Vm) -> bool:
    """Return whether a volume of a VM is tied to a host, by its offering or its pool."""
    store = world.store
    volumes = store.siblings(vm.id)
    pools = (store.pools.get(v.pool_id or "") for v in volumes)
    return any(need_of(world, v).local for v in volumes) or any(
        p is not None and p.scope is Scope.HOST for p in pools
    )


def reaches(world: World, vm: Vm, host: Host) -> bool:
    """Return whether a VM that runs finds its volumes on *host*, which VMware moves with it."""
    store = world.store
    at = store.hosts.get(vm.host_id or "")
    if at is None or host.cluster_id == at.cluster_id:
        return True
    if host.hypervisor is not at.hypervisor or host.zone_id != at.zone_id:
        return False
    if vm.hypervisor is Hypervisor.VMWARE:
        return True
    pools = (store.pools.get(v.pool_id or "") for v in store.siblings(vm.id))
    return all(p is None or p.scope is Scope.ZONE for p in pools)


def _chosen(world: World, vm: Vm) -> Host | None:
    """Return the host where the planner would have a VM go on, by its groups and the settings."""
    store = world.store
    at = store.hosts.get(vm.host_id or "")
    if at is None:
        return None
    across = world.settings.flag("migrate.vm.across.clusters")
    fit = (
        host
        for host in store.hosts.values()
        if host.id != at.id
        and host.zone_id == at.zone_id
        and host.hypervisor is at.hypervisor
        and (host.cluster_id == at.cluster_id or (across and reaches(world, vm, host)))
        and has_room(world, vm, host)
    )
    lean = leaning(store, vm) if vm.id in store.affinity_of else ANYWHERE
    return next(iter(lean.ranked(fit)), None)


def _case(world: World, vm_id: str, host_id: str | None, pool_id: str | None) -> MigrateVm:
    store = world.store
    vm, volumes = store.vms[vm_id], store.siblings(vm_id)
    host, pool = store.hosts.get(host_id or ""), store.pools.get(pool_id or "")
    case = MigrateVm(
        world.dialect,
        vm,
        host,
        pool,
        local=is_local(world, vm),
        snapshotting=any(v.state is VolumeState.SNAPSHOTTING for v in volumes),
        vm_snapshots=store.has_vm_snapshots(vm_id),
        data_disks=len(volumes) - 1,
    )
    if host is not None:
        return case._replace(
            crowded=is_crowded(world, host),
            apart=not reaches(world, vm, host),
            roomy=has_memory(world, vm, host),
        )
    if pool is not None:
        away = [v for v in volumes if v.pool_id != pool.id]
        cluster = store.clusters.get(pool.cluster_id or "")
        return case._replace(
            kin=cluster.hypervisor if cluster else pool.hypervisor,
            same_zone=pool.zone_id == vm.zone_id,
            held=next((v for v in away if _is_managed(world, v)), None),
            unready=next((v for v in volumes if v.state is not VolumeState.READY), None),
        )
    return case


def _is_managed(world: World, volume: Volume) -> bool:
    pool = world.store.pools.get(volume.pool_id or "")
    return pool is not None and pool.managed


def migrate(
    world: World, vm_id: str, host_id: str | None, pool_id: str | None, *, choose: bool
) -> Flow:
    """Move a VM to a host, to a storage, or to a host of the planner's choice; return its id."""
    store = world.store
    if choose and host_id is None and pool_id is None:
        chosen = _chosen(world, store.vms[vm_id])
        host_id = chosen.id if chosen else None
        case = _case(world, vm_id, host_id, None)._replace(snapshotting=False)
    else:
        case = _case(world, vm_id, host_id, pool_id)._replace(choose=choose)
    MIGRATE_VM.require(Phase.JOB, case)
    with world.queue.turn(vm_id) as granted:
        yield granted
        now = _case(world, vm_id, host_id, pool_id)
        MIGRATE_VM.require(Phase.WORK, now)
        if now.pool is None:
            yield from _to_host(world, now.vm, now.host)
        else:
            yield from _to_storage(world, vm_id, now.pool)
    return vm_id


def _to_storage(world: World, vm_id: str, pool: StoragePool) -> Flow:
    """Move the volumes of a VM, which then forgets where it ran."""
    store = world.store
    for volume in store.siblings(vm_id):
        if volume.pool_id != pool.id:
            yield from move(world, volume.id, pool)
    store.put_vm(store.vms[vm_id]._replace(last_host_id=None))


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

"""Volumes that go to another primary storage, and the storages they could go to."""

from typing import NamedTuple

from simulator.domain.inventory import DiskOffering, Hypervisor, Scope, StoragePool
from simulator.domain.offered import offered, unconfirmed_text
from simulator.domain.placement import Need, suits
from simulator.domain.records import Account, Vm, Volume
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeEvent, VolumeState
from simulator.domain.volumes import MIGRATE, Migrate
from simulator.engine.disks import queued, transient
from simulator.engine.volumes import move
from simulator.engine.world import Flow, World


class Pools(NamedTuple):
    """The storages that a volume could go to at all, and those of them that suit its offering."""

    all: tuple[StoragePool, ...] = ()
    suitable: tuple[StoragePool, ...] = ()


def holder(world: World, volume: Volume) -> Vm | None:
    """Return the VM that has a volume."""
    return world.store.vms.get(volume.vm_id or "")


def moves_disks(world: World, vm: Vm | None) -> bool:
    """Return whether the host of a Running VM can move its disks meanwhile.

    Only a capability of the host's own version counts, but for KVM's hosts, which report none.
    """
    host = world.store.hosts.get(vm.host_id or "") if vm else None
    row = world.capability(host.hypervisor, host.version) if host else None
    if host is None or row is None:
        return False
    own = row.version in {host.version, host.version.rpartition(".")[0]}
    return row.storage_motion and (own or host.hypervisor is Hypervisor.KVM)


def destinations(
    world: World, volume: Volume, offering: DiskOffering, *, by_system: bool = False
) -> Pools:
    """Return where a volume with *offering* could go.

    For an administrator its own pool is left out, and local and shared pools are offered alike; not
    so where the system itself looks for one (*by_system*).
    """
    store, vm = world.store, holder(world, volume)
    now = store.pools.get(volume.pool_id or "")
    if now is None or volume.state is not VolumeState.READY:
        return Pools()
    if vm is not None and vm.state is VmState.RUNNING and not moves_disks(world, vm):
        return Pools()
    near = _clusters(world, vm, now)
    found = tuple(
        pool
        for pool in store.pools.values()
        if pool.up
        and (by_system or pool.id != now.id)
        and pool.zone_id == now.zone_id
        and (pool.hypervisor is now.hypervisor if pool.cluster_id is None else
             pool.cluster_id in near)
    )  # fmt: skip
    if vm is None:
        return Pools(found, tuple(p for p in found if not offering.tags or offering.tags & p.tags))
    need = Need(volume.size_bytes, offering.tags, offering.local)
    return Pools(found, tuple(p for p in found if _fit(world, vm, p, need, by_system=by_system)))


def _clusters(world: World, vm: Vm | None, now: StoragePool) -> frozenset[str]:
    """Return the clusters whose pools are near enough: the VM's, else all of the hypervisor."""
    store = world.store
    host = store.hosts.get((vm.host_id or vm.last_host_id or "") if vm else "")
    cluster_id = now.cluster_id or (host.cluster_id if host else None)
    if vm is not None and cluster_id is not None:
        return frozenset({cluster_id})
    kin = store.clusters[now.cluster_id].hypervisor if now.cluster_id else now.hypervisor
    return frozenset(
        c.id for c in store.clusters.values() if c.zone_id == now.zone_id and c.hypervisor is kin
    )


def _fit(world: World, vm: Vm, pool: StoragePool, need: Need, *, by_system: bool) -> bool:
    """Return whether the allocator would offer *pool*, which a local one of another host is not."""
    local = pool.scope is Scope.HOST
    at = vm.host_id or vm.last_host_id
    if local and at is not None and pool.host_id != at:
        return False
    return suits(pool, need if by_system else need._replace(local=local), world.room())


def migrate(
    world: World,
    caller: Account,
    volume: Volume,
    pool_id: str,
    *,
    live: bool = False,
    new: DiskOffering | None = None,
) -> Flow:
    """Move a volume to another pool and return its id; *new* becomes its disk offering."""
    store, volume_id = world.store, volume.id
    case = _case(world, caller, volume, pool_id, new)._replace(live=live)
    MIGRATE.require(Phase.JOB, case)
    alive = case.moves_alive

    def work() -> Flow:
        pool = store.pools[pool_id]
        if alive:
            failure = "Migrate volume failed"
            yield from transient(
                world, volume_id, VolumeEvent.MIGRATE, "MigrateVolumeCommand", failure
            )
            store.put_volume(store.volumes[volume_id]._replace(pool_id=pool_id))
        else:
            yield from move(world, volume_id, pool)
        if new is not None:
            store.put_volume(store.volumes[volume_id]._replace(disk_offering_id=new.id))

    yield from queued(world, volume_id, work)
    return volume_id


def _case(
    world: World, caller: Account, asked: Volume, pool_id: str, new: DiskOffering | None
) -> Migrate:
    store, pool = world.store, world.store.pools[pool_id]
    volume = store.volumes[asked.id]
    vm = holder(world, volume)
    host = store.hosts.get(vm.host_id or "") if vm else None
    match = world.settings.flag("match.storage.pool.tags.with.disk.offering")
    return Migrate(
        dialect=world.dialect,
        volume=volume,
        row_db_id=asked.db_id,
        vm=vm,
        pool=pool,
        hypervisor=store.hypervisor_of(volume),
        vm_snapshots=vm is not None and store.has_vm_snapshots(vm.id),
        fits=world.room().fits(pool, volume.size_bytes),
        offering=new or (store.offering_of(volume) if match else None),
        motion=moves_disks(world, vm),
        cluster_id=host.cluster_id if host else None,
        offering_open=new is None or offered(caller, new, volume.zone_id, store.domains),
        offering_text=unconfirmed_text(caller, new) if new else "",
    )

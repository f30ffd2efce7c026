"""Where a VM can run and its volumes can live, read from the records as they stand."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from simulator.domain.errors import Broke
from simulator.domain.inventory import Host, Hypervisor, Scope, StoragePool
from simulator.domain.placement import Need, choose
from simulator.domain.records import Vm, Volume
from simulator.domain.releases import Flag
from simulator.domain.states import VolumeState
from simulator.engine.affinity import ANYWHERE, leaning
from simulator.engine.world import World

_PLACEABLE = frozenset({VolumeState.ALLOCATED, VolumeState.READY})


class Destination(NamedTuple):
    """A host for a VM, and the pools of the volumes that must be created or moved to get there."""

    host: Host
    pools: dict[str, StoragePool]


def need_of(world: World, volume: Volume) -> Need:
    """Return what *volume* asks of its storage, by its offering."""
    store = world.store
    disk = store.disk_offerings.get(volume.disk_offering_id or "")
    if disk is not None:
        return Need(volume.size_bytes, disk.tags, disk.local)
    compute = store.service_offerings.get(volume.service_offering_id or "")
    if compute is not None:
        return Need(volume.size_bytes, compute.tags, compute.local)
    return Need(volume.size_bytes, frozenset(), local=False)


def pool_for(world: World, volume: Volume, zone_id: str, cluster_id: str) -> StoragePool | None:
    """Return a pool of the cluster for *volume*, or None.

    There is none for one that was to be created on a pool and was not (VolumeOrchestrator).
    """
    if _never_made(volume):
        return None
    need = need_of(world, volume)
    return choose(world.store.pools.values(), zone_id, cluster_id, need, world.room())


def _never_made(volume: Volume) -> bool:
    return volume.state is VolumeState.ALLOCATED and volume.pool_id is not None


def plan(
    world: World, vm: Vm, within: str | None = None, avoid: Container[str] = ()
) -> Destination | None:
    """Return where *vm* would start, or None (semantics 4.1/8, C3).

    *within* is the id of the host, cluster or pod asked for, *avoid* are hosts that will not do.
    """
    store = world.store
    siblings, last = store.siblings(vm.id), store.hosts.get(vm.last_host_id or "")
    lean = leaning(store, vm) if vm.id in store.affinity_of else ANYWHERE
    will_do = within is None and vm.last_host_id not in avoid
    any_tags = Flag.LAST_HOST_HAS_TAGS not in world.dialect
    fits = will_do and last is not None and _fit(world, vm, siblings, last, any_tags=any_tags)
    if fits and last is not None and lean.indifferent(last):
        pools = _pools(world, vm, siblings, last)
        if pools is not None:
            return Destination(last, pools)
    hosts = _hosts(world, vm, siblings, last, within)
    for host in hosts if lean is ANYWHERE else lean.ranked(hosts):
        pools = None if host.id in avoid else _pools(world, vm, siblings, host)
        if pools is not None:
            return Destination(host, pools)
    return None


def _hosts(
    world: World, vm: Vm, siblings: tuple[Volume, ...], last: Host | None, within: str | None
) -> Iterator[Host]:
    store = world.store
    cluster_id = None
    if last is not None and not world.settings.flag("migrate.vm.across.clusters"):
        cluster_id = last.cluster_id
    elif last is None:
        pools = [store.pools[v.pool_id] for v in siblings if v.pool_id and v.device_id == 0]
        cluster_id = pools[0].cluster_id if pools else None
    for host in store.hosts.values():
        if (
            host.zone_id == vm.zone_id
            and host.hypervisor is vm.hypervisor
            and (within is None or within in (host.id, host.cluster_id, host.pod_id))
            and (cluster_id is None or host.cluster_id == cluster_id)
            and _fit(world, vm, siblings, host)
        ):
            yield host


def _fit(
    world: World, vm: Vm, siblings: tuple[Volume, ...], host: Host, *, any_tags: bool = False
) -> bool:
    """Return whether *host* has room for a VM and supports the encryption of its volumes."""
    return has_room(world, vm, host, any_tags=any_tags) and (
        host.encryption or all(v.encrypt_format is None for v in siblings)
    )


def has_room(world: World, vm: Vm, host: Host, *, any_tags: bool = False) -> bool:
    """Return whether *host* can take *vm*: it is up, with its tags unless any will do, and room."""
    store = world.store
    guests = store.vms_on.get(host.id, {})
    row = world.capability(host.hypervisor, host.version)
    if (
        host.state != "Up"
        or not host.enabled
        or not (any_tags or store.compute_of(vm).traits.runs_on(host.tags))
        or (row is not None and len(guests) >= row.max_guests)
    ):
        return False
    return has_memory(world, vm, host)


def has_memory(world: World, vm: Vm, host: Host) -> bool:
    """Return whether *host* has memory for *vm*, which may be there."""
    store = world.store
    here = vm.id in store.vms_on.get(host.id, {})
    wanted = 0 if here else store.compute_of(vm).memory_mib
    return (store.used_mib[host.id] + wanted) << 20 <= host.memory_bytes


def is_crowded(world: World, host: Host) -> bool:
    """Return whether *host* has as many guests as its hypervisor allows; nobody counts KVM's."""
    row = world.capability(host.hypervisor, host.version)
    guests = len(world.store.vms_on.get(host.id, {}))
    return host.hypervisor is not Hypervisor.KVM and row is not None and guests >= row.max_guests


def _pools(
    world: World, vm: Vm, siblings: tuple[Volume, ...], host: Host
) -> dict[str, StoragePool] | None:
    found: dict[str, StoragePool] = {}
    for volume in siblings:
        pool = world.store.pools.get(volume.pool_id or "")
        if _never_made(volume):
            return None
        if pool is not None and (pool.cluster_id == host.cluster_id or pool.scope is Scope.ZONE):
            continue
        if volume.state not in _PLACEABLE:
            continue
        target = pool_for(world, volume, vm.zone_id, host.cluster_id)
        if target is None:
            return None
        found[volume.id] = target
    return found


def home_cluster(world: World, vm: Vm, existing: StoragePool | None) -> str | None:
    """Return the cluster that new storage for *vm* belongs to, None if it never ran (C2)."""
    if existing is not None and existing.cluster_id is not None:
        return existing.cluster_id
    host = world.store.hosts.get(vm.host_id or vm.last_host_id or "")
    return host.cluster_id if host else None


def near_host(world: World, vm: Vm, pool: StoragePool) -> Host | None:
    """Return the host where *vm* runs or ran, else the first of the pool's cluster."""
    hosts = world.store.hosts
    known = hosts.get(vm.host_id or vm.last_host_id or "")
    in_cluster = (h for h in hosts.values() if h.cluster_id == pool.cluster_id)
    return known or next(in_cluster, None)


_NO_ENCRYPTION = (
    "Failed to create volume {} due to [No remote endpoint to send command, unable to find a valid "
    "endpoint. Requires encryption support: true]."
)


def need_encryption(world: World, volume: Volume, pool: StoragePool) -> None:
    """Raise Broke unless a host that reaches *pool* can encrypt volumes."""
    able = any(
        host.encryption
        and host.enabled
        and host.state == "Up"
        and host.zone_id == pool.zone_id
        and pool.cluster_id in {None, host.cluster_id}
        and pool.host_id in {None, host.id}
        for host in world.store.hosts.values()
    )
    if not able:
        raise Broke(_NO_ENCRYPTION.format(volume.short))

"""What the rules of attach and detach look at, and where a volume goes, as things stand."""

from typing import NamedTuple

from simulator.domain.attach import Attach
from simulator.domain.detach import Detach
from simulator.domain.inventory import FORMATS, StoragePool
from simulator.domain.limits import Resource
from simulator.domain.placement import Place, Reach, reach
from simulator.domain.records import Account, Volume, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.states import VOLUME_LIFE, VmState, VolumeEvent, VolumeState, after
from simulator.engine.backups import keeps_disks_away, keeps_disks_back
from simulator.engine.placing import home_cluster, near_host, pool_for
from simulator.engine.world import World

NO_STORAGE = frozenset({VolumeState.ALLOCATED, VolumeState.UPLOADED})
"""States of volumes that an attach has to give storage."""
_RUNNING, _UPLOADED = VmState.RUNNING, VolumeState.UPLOADED
_ALLOCATED = VolumeState.ALLOCATED


def attach_case(world: World, volume_id: str, vm_id: str, wanted: int | None, row: int) -> Attach:
    """Read, now, everything the attach rules look at."""
    store = world.store
    volume, vm = store.volumes[volume_id], store.vms[vm_id]
    over = ""
    if volume.state is _UPLOADED:
        over = world.over_limit(volume.account_id, Resource.PRIMARY_STORAGE, volume.size_bytes)
    pool = store.pools.get(volume.pool_id or "")
    offering = store.disk_offerings.get(volume.disk_offering_id or "")
    made_for, max_data = store.hypervisor_of(volume), world.max_data(vm)
    local = store.zones[vm.zone_id].local_storage
    vm_snapshots = bool(store.vm_snapshots) and store.has_vm_snapshots(vm_id)
    holder, claimed = store.vms.get(volume.vm_id or ""), volume_id in world.claims
    encrypted = volume.encrypt_format is not None and pool is not None
    plain_host = near_host(world, vm, pool) if encrypted and pool is not None else None
    return Attach(  # by place, as one made by names takes twice as long
        world.dialect, volume, vm, wanted, store.siblings(vm_id), pool, offering, made_for,
        max_data, local, vm_snapshots, keeps_disks_away(world, vm), claimed, holder, over, row,
        plain_host if plain_host is not None and not plain_host.encryption else None,
    )  # fmt: skip


def way_of(world: World, case: Attach) -> Reach:
    """Return how the volume's storage stands to the VM."""
    if case.volume.state in NO_STORAGE:
        return Reach.STAY
    vm, store = case.vm, world.store
    if Flag.LAST_HOST_UNKNOWN in world.dialect:
        vm = vm._replace(last_host_id=None)
    existing = existing_pool(world, case.siblings)
    return reach(existing, case.pool, vm, store.hosts.get(vm.host_id or ""))


def placed(world: World, case: Attach, volume: Volume, way: Reach) -> Place | None:
    """Return where a volume goes on its way to the VM, None where it gets no storage yet.

    *volume* is the row as it is now, which may be newer than that of *case*.
    """
    vm, existing = case.vm, existing_pool(world, case.siblings)
    home = home_cluster(world, vm, existing)
    creates = case.volume.state in NO_STORAGE and home is not None
    if Flag.NOTHING_CREATED_WITHOUT_DISKS in world.dialect:
        creates = creates and any(v.state is not _ALLOCATED for v in case.siblings)
    if Flag.LAST_HOST_UNKNOWN in world.dialect:
        vm = vm._replace(last_host_id=None)
    now = world.store.volumes[volume.id]
    target = None
    if creates and after(VOLUME_LIFE, now.state, making(volume)) is None:
        home = None  # another attach got further meanwhile: no storage is given a second time
    if home is not None and (creates or way is Reach.MOVE):
        target = pool_for(world, volume, vm.zone_id, home)
    local = case.pool is not None and case.pool.scope == "HOST"
    first = existing is None
    if first and target is None and volume.state is _ALLOCATED and vm.state is not _RUNNING:
        return None
    kept = FORMATS.get(vm.hypervisor)
    return Place(world.dialect, volume, creates, way, local, target, vm, first, kept)


def existing_pool(world: World, siblings: tuple[Volume, ...]) -> StoragePool | None:
    """Return the pool of the VM's ROOT, else of its first created data disk (1.3/b)."""
    roots = [v for v in siblings if v.type is VolumeType.ROOT]
    created = [v for v in siblings if v.state is not VolumeState.ALLOCATED]
    first = next(iter(roots or created), None)
    return world.store.pools.get(first.pool_id or "") if first else None


def making(volume: Volume) -> VolumeEvent:
    """Return what giving a volume storage begins with: its making, or the copy of an upload."""
    return VolumeEvent.COPY if volume.state is VolumeState.UPLOADED else VolumeEvent.CREATE


class Asked(NamedTuple):
    """What a detach names; *vm_id* and *row* are the volume's VM and row as first seen."""

    volume_id: str | None
    by_id: bool
    by_tuple: bool
    vm_id: str | None
    row: int | None


def asked_of(
    world: World,
    volume_id: str | None,
    vm_id: str | None,
    device_id: int | None,
    row: int | None = None,
) -> Asked:
    """Read what a detach names, by id (and *row*) or by device id and VM."""
    store = world.store
    by_id = volume_id is not None and vm_id is None and device_id is None
    by_tuple = volume_id is None and vm_id is not None and device_id is not None
    if by_tuple and vm_id is not None:
        slots = {v.device_id: v.id for v in store.siblings(vm_id)}
        volume_id = slots.get(device_id)
    volume = store.volumes.get(volume_id or "")
    if volume is None:
        return Asked(volume_id, by_id, by_tuple, None, None)
    return Asked(volume_id, by_id, by_tuple, volume.vm_id, volume.db_id if row is None else row)


def detach_case(world: World, caller: Account, asked: Asked) -> Detach:
    """Read, now, everything the detach rules look at."""
    store = world.store
    volume = store.volumes.get(asked.volume_id or "")
    vm = store.vms.get(volume.vm_id or "") if volume else None
    pool = store.pools.get(volume.pool_id or "") if volume else None
    vm_snapshots = bool(store.vm_snapshots) and vm is not None and store.has_vm_snapshots(vm.id)
    backups = vm is not None and keeps_disks_back(world, vm)
    caller_may = volume is None or world.may(caller, volume.account_id)
    return Detach(
        world.dialect, volume, vm, pool, asked.by_id, asked.by_tuple, vm_snapshots, backups,
        caller_may, asked.vm_id, asked.row,
    )  # fmt: skip

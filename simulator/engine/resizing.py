"""Volumes that get another size, other iops or another disk offering."""

from simulator.domain.details import ROOT_SIZE
from simulator.domain.dialect import Quirk
from simulator.domain.errors import Broke, CloudError, Refused
from simulator.domain.faults import WHY
from simulator.domain.inventory import DiskOffering, Hypervisor, StoragePool
from simulator.domain.limits import Resource
from simulator.domain.offered import denied_text, offered
from simulator.domain.records import Account, Vm, Volume
from simulator.domain.releases import Flag
from simulator.domain.reoffering import CHANGE_OFFERING
from simulator.domain.resizing import RESIZE
from simulator.domain.rules import Phase
from simulator.domain.sizing import Resize, Sizes, Wanted
from simulator.domain.states import VolumeEvent
from simulator.engine.disks import queued, require_way, snapshotting, transient
from simulator.engine.migrating import Pools, destinations, holder, migrate
from simulator.engine.reserving import reserving
from simulator.engine.world import Flow, World


def resize(
    world: World, caller: Account, volume: Volume, wanted: Wanted, new: DiskOffering | None = None
) -> Flow:
    """Resize a volume and return its id; no hypervisor here can shrink one that was created."""
    case = _case(world, caller, volume, wanted, new)
    RESIZE.require(Phase.JOB, case)
    if not case.created:
        keep(world, case)
        return volume.id
    if case.fits and new is not None and not case.changes:
        keep(world, case)
        return volume.id
    with reserving(world, case.volume.account_id, _more_counted_bytes(case)):
        if not case.fits:
            yield from _elsewhere(world, caller, case)
        yield from carry_out(world, caller, case)
    return volume.id


def change_offering(
    world: World, caller: Account, volume: Volume, wanted: Wanted, new: DiskOffering
) -> Flow:
    """Give a volume another disk offering, where it must go for it and how large; return its id."""
    case = _offering_case(world, caller, volume, wanted, new)
    CHANGE_OFFERING.require(Phase.JOB, case)
    if not case.created:
        keep(world, case)
        return volume.id
    with reserving(world, case.volume.account_id, _more_counted_bytes(case)):
        if not case.stays:
            yield from _to_suitable(world, caller, case)
        if not case.changes:
            now = world.store.volumes[volume.id]
            world.store.put_volume(now._replace(disk_offering_id=new.id))
            return volume.id
        yield from _with_offering(world, caller, case)
    return volume.id


def _with_offering(world: World, caller: Account, case: Resize) -> Flow:
    """Carry a change of offering out; one of a volume that had to move fails in silence."""
    volume = case.volume
    try:
        yield from carry_out(world, caller, case)
    except CloudError as no:
        if isinstance(no, Refused):
            world.refusals.append(no.rule_id)
        if case.stays:
            text = (
                f"Volume change offering operation failed for volume ID: {volume.id} due to resize "
                "volume operation failed"
            )
            raise Broke(text) from None


def _to_suitable(world: World, caller: Account, case: Resize) -> Flow:
    """Move a volume to the first pool that suits its new offering and has room."""
    pool = roomy(world, case, _others(world, case))[0]
    try:
        yield from migrate(world, caller, case.volume, pool.id, live=True, new=case.new)
    except CloudError as no:
        by_id = Flag.OBJECT_TEXTS_OLD in world.dialect
        what = f" ID: {case.volume.id}" if by_id else f": {case.spelt}"
        text = (
            f"Volume change offering operation failed for volume{what} migration failed to storage "
            f"pool {pool.db_id if by_id else pool.text} due to {no.text}"
        )
        raise Broke(text) from None


def _offering_case(
    world: World, caller: Account, asked: Volume, wanted: Wanted, new: DiskOffering
) -> Resize:
    case = _case(world, caller, asked, wanted, new)
    pools = _others(world, case)
    return case._replace(
        stays=not case.created or any(p.id == case.volume.pool_id for p in pools.suitable),
        match_tags=world.settings.flag("match.storage.pool.tags.with.disk.offering"),
        others=len(pools.all),
        roomy=len(roomy(world, case, pools)),
    )


def carry_out(world: World, caller: Account, asked: Resize) -> Flow:
    """Resize a created volume in the queue of its VM."""
    volume_id = asked.volume.id

    def work() -> Flow:
        volume = world.store.volumes[volume_id]
        case = _case(world, caller, volume, asked.wanted, asked.new)
        RESIZE.require(Phase.WORK, case)
        text = f"Failed to resize volume operation of volume UUID: [{volume_id}] due to - "
        if asked.shrinks:
            raise Broke(text + _shrink_text(case))
        yield world.spend("read")
        require_way(world.store.volumes[volume_id], VolumeEvent.RESIZE, text)
        yield from transient(
            world, volume_id, VolumeEvent.RESIZE, "ResizeVolumeCommand", text + WHY
        )
        if Quirk.RESIZE_LOSES_OFFERING in world.dialect:
            now = world.store.volumes[volume_id]
            world.store.put_volume(now._replace(size_bytes=asked.new_bytes))
        else:
            keep(world, asked)
        _note_root_size(world, asked)

    yield from queued(world, volume_id, work)


def _shrink_text(case: Resize) -> str:
    if case.hypervisor is not Hypervisor.VMWARE:
        return "Failed to resize"
    mib = 1 << 20
    old, new = float(case.volume.size_bytes / mib), float(case.new_bytes / mib)
    name = case.vm.instance_name if case.vm else "none"
    return (
        f"VMware doesn't support shrinking volume from larger size [{old}] GB to a smaller size "
        f"[{new}] GB. Can't resize volume of VM [name: {name}]."
    )


def keep(world: World, case: Resize) -> None:
    """Write down size, iops and offering."""
    now, (least, most) = world.store.volumes[case.volume.id], case.iops
    world.store.put_volume(
        now._replace(
            size_bytes=case.new_bytes,
            min_iops=least,
            max_iops=most,
            disk_offering_id=case.new.id if case.new else now.disk_offering_id,
        )
    )


def _note_root_size(world: World, case: Resize) -> None:
    """Let a VM know how large its ROOT is now, so that a reinstall makes it as large."""
    vm = world.store.vms.get(case.volume.vm_id or "")
    if case.is_root and vm is not None:
        world.store.put_vm(vm.with_details(**{ROOT_SIZE: str(case.new_bytes >> 30)}))


def _elsewhere(world: World, caller: Account, case: Resize) -> Flow:
    """Move a volume that outgrew its pool to the first that has room."""
    pool = roomy(world, case, _others(world, case))[0]
    new = case.new or world.store.disk_offerings.get(case.offering.id)
    try:
        yield from migrate(world, caller, case.volume, pool.id, live=True, new=new)
    except Exception as no:
        text = (
            f"Volume resize operation failed for volume ID: {case.volume.id} as migration failed "
            f"to storage pool {pool.db_id} accommodating new size"
        )
        raise Broke(text) from no


def _others(world: World, case: Resize) -> Pools:
    return destinations(world, case.volume, case.new or case.offering, by_system=True)


def roomy(world: World, case: Resize, pools: Pools) -> list[StoragePool]:
    """Return the suitable pools that have room for the whole volume in its new size."""
    return [p for p in pools.suitable if _fits(world, p, case.new_bytes)]


def _fits(world: World, pool: StoragePool | None, more_bytes: int) -> bool:
    """Return whether a resize may allocate so much more on a pool."""
    if pool is None or more_bytes <= 0:
        return True
    room, settings = world.room(), world.settings
    if settings.flag("volume.resize.allowed.beyond.allocation"):
        share = settings.number("pool.storage.allocated.resize.capacity.disablethreshold")
        room = room._replace(threshold=max(room.threshold, share))
    return room.fits(pool, more_bytes)


def sizes_of(world: World) -> Sizes:
    """Return what the settings say about sizes."""
    number = world.settings.number
    return Sizes(
        int(number("custom.diskoffering.size.min")),
        int(number("custom.diskoffering.size.max")),
        int(number("storage.max.volume.size")),
    )


def case_of(
    world: World, caller: Account, asked: Volume, wanted: Wanted, new: DiskOffering | None
) -> Resize:
    """Read, now, what the rules about another size look at, but for room and limits."""
    store = world.store
    volume = store.volumes[asked.id]
    vm = holder(world, volume)
    owner, zone = store.accounts[volume.account_id], store.zones[volume.zone_id]
    template = store.templates.get(volume.template_id or "")
    return Resize(
        dialect=world.dialect,
        volume=volume,
        row_db_id=asked.db_id,
        wanted=wanted,
        offering=store.offering_of(volume),
        new=new,
        vm=vm,
        host=store.hosts.get(vm.host_id or "") if vm else None,
        pool=store.pools.get(volume.pool_id or ""),
        hypervisor=store.hypervisor_of(volume),
        sizes=sizes_of(world),
        format=store.format_of(volume),
        xen_there=any(
            c.zone_id == zone.id and c.hypervisor is Hypervisor.XENSERVER
            for c in store.clusters.values()
        ),
        caller_may=world.may(caller, owner.id),
        offering_open=new is None or offered(owner, new, zone.id, store.domains),
        offering_text=denied_text(owner, new, zone) if new else "",
        snapshotting=snapshotting(world, volume.id),
        vm_snapshots=vm is not None and _fixed_by_snapshots(world, vm),
        from_iso=template is not None and template.image_format == "ISO",
    )


def _fixed_by_snapshots(world: World, vm: Vm) -> bool:
    """Return whether a VM snapshot keeps the disks of *vm* at their sizes."""
    any_counts = vm.hypervisor is not Hypervisor.KVM or (
        Flag.ANY_SNAPSHOT_STOPS_RESIZE in world.dialect
    )
    snapshots = (s for s in world.store.vm_snapshots.values() if s.vm_id == vm.id)
    return any(not s.removed and (s.memory or any_counts) for s in snapshots)


def _more_counted_bytes(case: Resize) -> int:
    """Return what a growth adds to what its owner is counted to own."""
    return max(0, case.new_bytes - case.volume.size_bytes) if case.volume.display else 0


def _case(
    world: World, caller: Account, asked: Volume, wanted: Wanted, new: DiskOffering | None
) -> Resize:
    case = case_of(world, caller, asked, wanted, new)
    volume, more = case.volume, case.new_bytes - case.volume.size_bytes
    counted, over = _more_counted_bytes(case), ""
    if counted:
        over = world.over_limit(volume.account_id, Resource.PRIMARY_STORAGE, counted)
    case = case._replace(over_limit=over, fits=not case.created or _fits(world, case.pool, more))
    if case.fits:
        return case
    pools = _others(world, case)
    return case._replace(others=len(pools.all), roomy=len(roomy(world, case, pools)))

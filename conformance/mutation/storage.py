"""Faults of placement: which pools and hosts are taken, and how full they may get."""

from typing import Any

from conformance.mutation.fault import always, of_kind
from simulator.domain import placement
from simulator.domain.inventory import StoragePool
from simulator.domain.placement import Need, Reach, Room
from simulator.engine import placing
from simulator.engine.backups import keeps_disks_away, keeps_disks_back
from simulator.engine.store import Store
from simulator.engine.world import World


def _never_freed(original: Any, store: Store, volume: Any, sign: int) -> None:
    before = store.allocated_bytes.copy()
    original(store, volume, sign)
    if sign < 0:
        store.allocated_bytes = before


def _never_filled(original: Any, store: Store, volume: Any, sign: int) -> None:
    before = store.allocated_bytes.copy()
    original(store, volume, sign)
    store.allocated_bytes = before


def _memory_kept(original: Any, store: Store, vm: Any) -> Any:
    before = store.used_mib.copy()
    made = original(store, vm)
    for host, mib in before.items():
        store.used_mib[host] = max(mib, store.used_mib[host])
    return made


def _fullest(_: Any, pools: Any, zone_id: str, cluster_id: str, need: Need, room: Room) -> Any:
    fit = [p for p in pools if p.zone_id == zone_id and p.cluster_id in (None, cluster_id)
           and placement.suits(p, need, room)]  # fmt: skip
    full = room.allocated_bytes
    return max(fit, key=lambda p: (full.get(p.id, 0), p.db_id), default=None)


def _anywhere(field: str) -> Any:
    def choose(original: Any, pools: Any, zone: str, cluster: str, need: Need, room: Room) -> Any:
        value = {"zone_id": zone, "cluster_id": cluster}[field]
        moved = {p.id: p for p in pools}
        found = original(
            (p._replace(**{field: value}) for p in moved.values()), zone, cluster, need, room
        )
        return moved[found.id] if found else None

    return choose


def _as_if(**values: Any) -> Any:
    """Return the change of a function of (world, vm, host) that takes a host to be other."""
    return lambda original, world, vm, host: original(world, vm, host._replace(**values))


def _across(original: Any, world: World, *rest: Any) -> Any:
    return iter(_setting("migrate.vm.across.clusters", "true")(
        lambda *args: list(original(*args)), world, *rest))  # fmt: skip


def _need(**values: Any) -> Any:
    return lambda original, pool, need, room: original(pool, need._replace(**values), room)


def _any_tags(original: Any, pool: StoragePool, need: Need, room: Room) -> bool:
    return bool(original(pool._replace(tags=need.tags), need, room))


def _full(original: Any, world: World, vm: Any, host: Any) -> bool:
    """Judge a host that has every guest it may have as one that is empty."""
    kept, world.store.vms_on = world.store.vms_on, {}
    try:
        return bool(original(world, vm, host))
    finally:
        world.store.vms_on = kept


def _setting(name: str, value: str) -> Any:
    key = name

    def room(original: Any, world: World, *rest: Any) -> Any:
        kept, world.settings.values = world.settings.values, world.settings.values | {key: value}
        try:
            return original(world, *rest)
        finally:
            world.settings.values = kept

    return room


FAULTS = [
    *of_kind(
        "storage", "storage_full storage",
        ("maintenance", "pools in Maintenance take volumes", StoragePool.up, always(True)),
        ("threshold", "pools are filled to the last byte",
         World.room, _setting("pool.storage.allocated.capacity.disablethreshold", "1.0")),
        ("half", "pools are filled by half",
         World.room, _setting("pool.storage.allocated.capacity.disablethreshold", "0.5")),
        ("factor", "overprovisioning is ignored",
         World.room, _setting("storage.overprovisioning.factor", "1.0")),
        ("twice", "storage is always overprovisioned twice",
         World.room, _setting("storage.overprovisioning.factor", "4.0")),
        ("endless", "pools are never full", Room.fits, always(True)),
        ("exact", "a pool does not take what fills it exactly", Room.fits,
         lambda original, room, pool, size: original(room, pool, size + 1)),
        ("not-freed", "what leaves a pool is not freed", Store._weigh, _never_freed),
        ("not-counted", "what comes to a pool does not fill it", Store._weigh,
         _never_filled),
        ("tags", "storage tags are ignored", placement.suits, _any_tags),
        ("local", "local and shared storage are not told apart", placement.suits,
         lambda original, pool, need, room: original(
             pool, need._replace(local=pool.scope == "HOST"), room)),
        ("size", "a volume takes no room where it goes", placement.suits, _need(size_bytes=0)),
        ("fullest", "volumes go to the fullest pool", placement.choose, _fullest),
        ("zone", "volumes go to pools of any zone", placement.choose, _anywhere("zone_id")),
        ("cluster", "volumes go to pools of any cluster", placement.choose,
         _anywhere("cluster_id")),
        ("stay", "volumes never move to their VM's storage", placement.reach,
         always(Reach.STAY)),
        ("move", "volumes always move to their VM's storage", placement.reach,
         always(Reach.MOVE)),
        ("backups", "a VM with backups takes volumes", keeps_disks_away, always(False)),
        ("backups-back", "a VM with backups gives volumes away", keeps_disks_back,
         always(False)),
        ("home", "a stopped VM has no home cluster", placing.home_cluster, always(None)),
        ("encrypts", "encrypted volumes are made where no host encrypts", placing.need_encryption,
         always(None)),
    ),
    *of_kind(
        "hosts", "vm_placement start deploy moves",
        ("down", "hosts that are down are used", placing.has_room, _as_if(state="Up")),
        ("disabled", "hosts that are disabled are used", placing.has_room, _as_if(enabled=True)),
        ("guests", "hosts take more guests than they may", placing.has_room, _full),
        ("memory", "hosts take VMs that their memory has no room for", placing.has_memory,
         always(True)),
        ("memory-kept", "the memory of a VM that left stays taken", Store.put_vm, _memory_kept),
        ("crowded", "VMs move to hosts at their guest maximum", placing.is_crowded,
         always(False)),
        ("chosen", "the host asked for is ignored", placing.plan,
         lambda original, world, vm, _within=None, avoid=(): original(world, vm, None, avoid)),
        ("tried", "a host that refused is asked again", placing.plan,
         lambda original, world, vm, within=None, _avoid=(): original(world, vm, within)),
        ("last", "a VM does not start where it ran last", placing.plan,
         lambda original, world, vm, *rest: original(
             world, vm._replace(last_host_id=None), *rest)),
        ("across", "a stopped VM starts in any cluster", placing._hosts,
         _across),
        ("hypervisor", "VMs start on hosts of any hypervisor", placing._hosts,
         lambda original, world, vm, *rest: (
             h for kind in {h.hypervisor for h in world.store.hosts.values()}
             for h in original(world, vm._replace(hypervisor=kind), *rest))),
        ("zone", "VMs start on hosts of any zone", placing._hosts,
         lambda original, world, vm, *rest: (
             h for zone in reversed(list(world.store.zones))
             for h in original(world, vm._replace(zone_id=zone), *rest))),
    ),
]  # fmt: skip
"""All of them."""

"""updateVolume and updateStoragePool."""

from typing import Any

from simulator.api.command import Call, Command
from simulator.api.customs import custom_id
from simulator.api.lists import Row
from simulator.api.render_storage import POOL, PoolAt
from simulator.api.render_volume import VOLUME
from simulator.api.render_volume import volume as render
from simulator.api.submit import submit
from simulator.domain.inventory import StoragePool
from simulator.domain.records import Volume
from simulator.domain.rules import Phase
from simulator.domain.states import VolumeState
from simulator.domain.updates import UPDATE_POOL, UPDATE_VOLUME, UpdatePool, UpdateVolume
from simulator.engine.jobs import Job
from simulator.engine.renaming import rename_volume
from simulator.engine.world import Flow

_FOR_ROOT = ("path", "chaininfo", "state", "storageid", "displayvolume")
"""Parameters that root admins are listened to alone."""
_CHANGES = ("name", "tags", "capacityiops", "capacitybytes", "url", "istagarule", "details")
"""Parameters that are something to change of a pool."""


def update_volume(call: Call) -> Row:
    """updateVolume: owners change name and protection, root admins the rest as well."""
    world, store = call.world, call.world.store
    args: dict[str, Any] = {
        k: v for k, v in call.args.items() if call.is_root or k not in _FOR_ROOT
    }
    volume_id = args["id"].id if "id" in args else ""
    pool: StoragePool | None = args.get("storageid")
    case = UpdateVolume(world.dialect, store.volumes.get(volume_id), args.get("state"), pool)
    UPDATE_VOLUME.require(Phase.REQUEST, case)

    def flow() -> Flow:
        yield world.spend("work")
        new_id = custom_id(call, store.volumes)
        volume = store.volumes[volume_id]
        UPDATE_VOLUME.require(Phase.JOB, case._replace(volume=volume))
        store.put_volume(_changed(volume, args, pool))
        if new_id is not None:
            rename_volume(store, volume_id, new_id)
        return new_id or volume_id

    def show(volume_id: str, job: Job) -> Row:
        job.instance_id = volume_id
        return {"volume": render(call, store.volumes[volume_id], job.id)}

    return submit(call, flow(), "volume", show, ("Volume", volume_id))


def _changed(volume: Volume, args: dict[str, Any], pool: StoragePool | None) -> Volume:
    return volume.but(
        name=args.get("name", volume.name),
        path=args.get("path", volume.path),
        chain_info=args.get("chaininfo", volume.chain_info),
        state=VolumeState(args.get("state", volume.state)),
        pool_id=pool.id if pool else volume.pool_id,
        display=args.get("displayvolume", volume.display),
        protected=args.get("deleteprotection", volume.protected),
    )


def update_pool(call: Call) -> Row:
    """updateStoragePool: its record; `enabled` decides whether it takes new volumes."""
    args, pool = call.args, call.args["id"]
    case = UpdatePool(
        call.world.dialect,
        pool,
        args.get("enabled"),
        any(name in args for name in _CHANGES),
        args.get("istagarule", False),
    )
    UPDATE_POOL.require(Phase.REQUEST, case)
    changed = _changed_pool(pool, args)
    if case.enable is not None:
        changed = changed._replace(state="Up" if case.enable else "Disabled")
    call.world.store.pools[pool.id] = changed
    return {"storagepool": POOL.render(PoolAt(call, changed))}


def _changed_pool(pool: StoragePool, args: dict[str, Any]) -> StoragePool:
    details = dict(pool.details)
    given = {key: value for row in args.get("details", ()) for key, value in row.items()}
    size, iops = args.get("capacitybytes"), args.get("capacityiops")
    if size not in {None, pool.capacity_bytes}:
        given["capacityBytes"] = str(size)
    if iops not in {None, pool.iops}:
        given["capacityIops"] = str(iops)
    if given and "url" in args:  # the server keeps it beside another change alone
        given["url"] = args["url"]
    tags = pool.tags
    if "tags" in args:
        tags = frozenset(t.strip() for t in args["tags"].split(",") if t.strip())
    return pool._replace(
        name=(args.get("name", "").strip() and args["name"]) or pool.name,
        tags=tags,
        capacity_bytes=pool.capacity_bytes if size is None else size,
        iops=pool.iops if iops is None else iops,
        details=tuple((details | given).items()),
    )


COMMANDS = (
    Command(
        "updateVolume",
        update_volume,
        "id:volume@ name:text path:text chaininfo:text state:text storageid:pool "
        "displayvolume:bool deleteprotection:bool customid:text",
        says="Changes what is recorded of a volume",
        answers=VOLUME,
        roles="A",
        is_async=True,
    ),
    Command(
        "updateStoragePool",
        update_pool,
        "id:pool! name:text tags:text capacityiops:long capacitybytes:long enabled:bool "
        "details:map url:text istagarule:bool",
        says="Changes a storage pool, or whether it takes new volumes",
        answers=POOL,
        roles="A",
    ),
)

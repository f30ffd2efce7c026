"""The volume commands."""

from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, paged, visible
from simulator.domain.access import is_admin, may_use
from simulator.domain.errors import Kind, Refused
from simulator.domain.limits import Resource
from simulator.domain.records import Account, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VolumeState
from simulator.domain.volumes import CREATE, GIB, Create
from simulator.engine import disks
from simulator.engine import volumes as engine
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_PACKAGE = "org.apache.cloudstack.api.command"


def class_name(call: Call, area: str) -> str:
    """Return the Java class a job shows as `cmd`."""
    name = call.command[0].upper() + call.command[1:] + "Cmd"
    if call.is_root and area in ("volume", "vm"):
        return f"{_PACKAGE}.admin.{area}.{name}ByAdmin"
    return f"{_PACKAGE}.user.{area}.{name}"


def submit(call: Call, flow: Flow, volume_id: str | None) -> dict[str, Any]:
    """Start a job whose result is a volume."""

    def result(found: str, job: Job) -> dict[str, Any]:
        body = render.volume(call, call.world.store.volumes[found])
        return {"volume": body | {"jobid": job.id, "jobstatus": 0}}

    instance = ("Volume", volume_id) if volume_id else None
    name = class_name(call, "volume")
    job = call.jobs.submit(flow, name, call.account.id, call.user.id, result, instance)
    return {"jobid": job.id}


def attach(call: Call) -> dict[str, Any]:
    """attachVolume."""
    volume, vm = call.args["id"], call.args["virtualmachineid"]
    wanted = call.args.get("deviceid")
    return submit(
        call, engine.attach(call.world, call.account, volume.id, vm.id, wanted), volume.id
    )


def detach(call: Call) -> dict[str, Any]:
    """detachVolume, by id or by device id and VM."""
    volume, vm = call.args.get("id"), call.args.get("virtualmachineid")
    volume_id, vm_id = volume.id if volume else None, vm.id if vm else None
    flow = engine.detach(call.world, call.account, volume_id, vm_id, call.args.get("deviceid"))
    return submit(call, flow, volume_id)


def owner_of(call: Call) -> Account:
    """Return whom the caller creates for: `account` in `domainid`, else itself."""
    name, domain = call.text("account"), call.args.get("domainid")
    if name is None:
        return call.account
    home = domain.id if domain else call.account.domain_id
    for account in call.world.store.accounts.values():
        if account.name == name and account.domain_id == home:
            return account
    return call.account


def create(call: Call) -> dict[str, Any]:
    """createVolume: the row is made at once, a job finishes it."""
    world, store = call.world, call.world.store
    owner, args = owner_of(call), call.args
    disk, source = args.get("diskofferingid"), args.get("snapshotid")
    zone = args.get("zoneid") or (store.zones[source.zone_id] if source else None)
    case = Create(
        dialect=world.dialect,
        offering=disk,
        snapshot=source,
        zone_known=zone is not None,
        zone_has_local=zone is not None and zone.local_storage,
        zone_open=zone is None or zone.enabled or call.is_root,
        wanted_gib=args.get("size"),
        min_gib=int(world.settings.number("custom.diskoffering.size.min")),
        max_gib=int(world.settings.number("custom.diskoffering.size.max")),
        caller_may=may_use(call.account, owner, store.domains),
        over_limit="",
    )
    size = source.size_bytes if source else case.chosen_gib * GIB
    over = world.over_limit(owner.id, Resource.VOLUME, 1) or world.over_limit(
        owner.id, Resource.PRIMARY_STORAGE, size
    )
    CREATE.require(Phase.REQUEST, case._replace(over_limit=over))
    volume = _allocate(call, owner, zone.id if zone else "", size)
    return {"id": volume.id, **submit(call, disks.create(world, volume.id), volume.id)}


def _allocate(call: Call, owner: Account, zone_id: str, size_bytes: int) -> Volume:
    """Make the row of a new data volume."""
    store, args = call.world.store, call.args
    disk, source = args.get("diskofferingid"), args.get("snapshotid")
    volume = Volume(
        id=store.new_id(),
        db_id=store.new_row("volume"),
        name=call.text("name") or "",
        account_id=owner.id,
        zone_id=zone_id,
        type=VolumeType.DATADISK,
        state=VolumeState.ALLOCATED,
        size_bytes=size_bytes,
        disk_offering_id=disk.id if disk else source.disk_offering_id if source else None,
        service_offering_id=source.service_offering_id if source else None,
        template_id=source.template_id if source else None,
        snapshot_id=source.id if source else None,
        created_s=call.world.env.now,
        display=str(args.get("displayvolume", "true")).lower() != "false",
    )
    return store.put_volume(volume)


def delete(call: Call) -> dict[str, Any]:
    """deleteVolume, at once."""
    disks.delete(call.world, call.account, call.args["id"].id)
    return {"success": True}


def destroy(call: Call) -> dict[str, Any]:
    """destroyVolume."""
    volume_id, expunge = call.args["id"].id, bool(call.args.get("expunge"))
    flow = disks.destroy(call.world, call.account, volume_id, expunge=expunge)
    return submit(call, flow, volume_id)


def recover(call: Call) -> dict[str, Any]:
    """recoverVolume, at once."""
    found = disks.recover(call.world, call.account, call.args["id"].id)
    return {"volume": render.volume(call, found)}


def resize(call: Call) -> dict[str, Any]:
    """resizeVolume, by size or by disk offering."""
    volume, disk = call.args["id"], call.args.get("diskofferingid")
    gib = call.args.get("size") or (disk.size_gib if disk else 0)
    size = gib * GIB or volume.size_bytes
    flow = disks.resize(
        call.world,
        call.account,
        volume.id,
        size,
        shrink_ok=bool(call.args.get("shrinkok")),
        offering_id=disk.id if disk else None,
    )
    return submit(call, flow, volume.id)


def migrate(call: Call) -> dict[str, Any]:
    """migrateVolume."""
    volume, pool = call.args["volumeid"], call.args["storageid"]
    return submit(call, disks.migrate(call.world, call.account, volume.id, pool.id), volume.id)


def list_volumes(call: Call) -> dict[str, Any]:
    """listVolumes with its filters, newest first."""
    store, args = call.world.store, call.args
    sees = visible(call)
    one, some = args.get("id"), args.get("ids")
    if one is not None and some is not None:
        text = "Specify either id or ids but not both parameters"
        raise Refused(Kind.PARAM, text, "REQ-02")
    found = [one] if one is not None else some or list(store.volumes.values())
    keep = [v for v in found if _shown(call, v) and sees(v.account_id)]
    keep.sort(key=lambda v: v.db_id)
    return paged(call, "volume", (render.volume(call, v) for v in keep))


def _shown(call: Call, volume: Volume) -> bool:
    args = call.args
    vm, zone, pool = args.get("virtualmachineid"), args.get("zoneid"), args.get("storageid")
    expunged_root = volume.type is VolumeType.ROOT and "id" in args
    if volume.removed and not expunged_root:
        return False
    if volume.state is VolumeState.EXPUNGED and not is_admin(call.account):
        return False
    return (
        (volume.name == args.get("name", volume.name))
        and args.get("type", "").lower() in volume.type.lower()
        and args.get("state", volume.state).lower() == volume.state.lower()
        and args.get("keyword", "").lower() in volume.name.lower()
        and (vm is None or volume.vm_id == vm.id)
        and (zone is None or volume.zone_id == zone.id)
        and (pool is None or volume.pool_id == pool.id)
    )


COMMANDS = (
    Command(
        "attachVolume", attach, "deviceid:long id:volume!@ virtualmachineid:vm!@", is_async=True
    ),
    Command("detachVolume", detach, "id:volume? deviceid:long virtualmachineid:vm@", is_async=True),
    Command(
        "createVolume",
        create,
        "account:text domainid:domain diskofferingid:disk name:text size:long "
        "snapshotid:snapshot@ zoneid:zone displayvolume:text",
        is_async=True,
    ),
    Command("deleteVolume", delete, "id:volume!@"),
    Command("destroyVolume", destroy, "id:volume!@~ expunge:bool", is_async=True),
    Command("recoverVolume", recover, "id:volume!@~"),
    Command(
        "resizeVolume",
        resize,
        "id:volume!@ size:long shrinkok:bool diskofferingid:disk",
        is_async=True,
    ),
    Command(
        "migrateVolume",
        migrate,
        "volumeid:volume! storageid:pool! livemigrate:bool",
        roles="A",
        is_async=True,
    ),
    Command(
        "listVolumes",
        list_volumes,
        "id:volume~ ids:volume*~ name:text type:text virtualmachineid:vm~ zoneid:zone "
        f"storageid:pool state:text keyword:text {OWNED}",
        roles="ADUR",
    ),
)

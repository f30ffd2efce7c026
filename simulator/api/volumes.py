"""The volume commands."""

from simulator.api import render_volume
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.owners import owner_of
from simulator.api.submit import submit
from simulator.domain.access import may_use
from simulator.domain.creation import CREATE, Create
from simulator.domain.limits import Resource
from simulator.domain.records import Account, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.sizing import Wanted
from simulator.domain.states import VolumeState
from simulator.domain.volumes import GIB
from simulator.engine import disks, migrating, resizing
from simulator.engine import volumes as engine
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def submit_volume(call: Call, flow: Flow, volume_id: str | None) -> Row:
    """Start a job whose result is a volume."""

    def show(found: str, job: Job) -> Row:
        body = render_volume.volume(call, call.world.store.volumes[found])
        return {"volume": body | {"jobid": job.id, "jobstatus": 0}}

    return submit(call, flow, "volume", show, ("Volume", volume_id) if volume_id else None)


def attach(call: Call) -> Row:
    """attachVolume."""
    volume, vm = call.args["id"], call.args["virtualmachineid"]
    wanted = call.args.get("deviceid")
    flow = engine.attach(call.world, volume.id, vm.id, wanted, volume.db_id)
    return submit_volume(call, flow, volume.id)


def detach(call: Call) -> Row:
    """detachVolume, by id or by device id and VM."""
    volume, vm = call.args.get("id"), call.args.get("virtualmachineid")
    volume_id, vm_id = volume.id if volume else None, vm.id if vm else None
    device, row = call.args.get("deviceid"), volume.db_id if volume else None
    flow = engine.detach(call.world, call.account, volume_id, vm_id, device, row)
    return submit_volume(call, flow, volume_id)


def create(call: Call) -> Row:
    """createVolume: the row is made at once, a job finishes it."""
    world, store = call.world, call.world.store
    owner, args = owner_of(call), call.args
    disk, source = args.get("diskofferingid"), args.get("snapshotid")
    zone = args.get("zoneid") or (store.zones[source.zone_id] if source else None)
    vm = args.get("virtualmachineid") if source else None
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
        vm=vm,
        caller_may_vm=vm is None or world.may(call.account, vm.account_id),
    )
    size = source.size_bytes if source else case.chosen_gib * GIB
    over = world.over_limit(owner.id, Resource.VOLUME, 1) or world.over_limit(
        owner.id, Resource.PRIMARY_STORAGE, size
    )
    CREATE.require(Phase.REQUEST, case._replace(over_limit=over))
    volume = _allocate(call, owner, zone.id if zone else "", size)
    flow = disks.create(world, volume.id, vm.id if vm else None)
    return {"id": volume.id, **submit_volume(call, flow, volume.id)}


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


def delete(call: Call) -> Flow:
    """deleteVolume: the reply comes when the volume is gone."""
    yield from disks.delete(call.world, call.account, call.args["id"].id)
    return {"success": True}


def destroy(call: Call) -> Row:
    """destroyVolume."""
    volume_id, expunge = call.args["id"].id, bool(call.args.get("expunge"))
    flow = disks.destroy(call.world, call.account, volume_id, expunge=expunge)
    return submit_volume(call, flow, volume_id)


def recover(call: Call) -> Row:
    """recoverVolume, at once."""
    found = disks.recover(call.world, call.account, call.args["id"].id)
    return {"volume": render_volume.volume(call, found)}


def wanted_of(call: Call) -> Wanted:
    """Return the size and the iops that a call asks for."""
    args = call.args
    return Wanted(
        args.get("size"),
        args.get("miniops"),
        args.get("maxiops"),
        shrink_ok=bool(args.get("shrinkok")),
        auto_migrate=bool(args.get("automigrate")),
    )


def resize(call: Call) -> Row:
    """resizeVolume, by size or by disk offering."""
    volume, new = call.args["id"], call.args.get("diskofferingid")
    flow = resizing.resize(call.world, call.account, volume, wanted_of(call), new)
    return submit_volume(call, flow, volume.id)


def migrate(call: Call) -> Row:
    """migrateVolume."""
    args = call.args
    volume, pool = args["volumeid"], args["storageid"]
    flow = migrating.migrate(
        call.world,
        call.account,
        volume,
        pool.id,
        live=bool(args.get("livemigrate")),
        new=args.get("newdiskofferingid"),
    )
    return submit_volume(call, flow, volume.id)


COMMANDS = (
    Command(
        "attachVolume",
        attach,
        "deviceid:long id:volume!@ virtualmachineid:vm!@",
        says="Attaches a volume to a VM; at device 0 it becomes the VM's ROOT",
        answers="volume",
        is_async=True,
    ),
    Command(
        "detachVolume",
        detach,
        "id:volume? deviceid:long virtualmachineid:vm@",
        says="Detaches a volume from its VM",
        answers="volume",
        is_async=True,
    ),
    Command(
        "createVolume",
        create,
        "account:text domainid:domain~ projectid:anyproject~ diskofferingid:disk name:text "
        "size:long snapshotid:snapshot@ virtualmachineid:vm zoneid:zone displayvolume:text",
        says="Creates a data volume from a disk offering or a snapshot",
        answers="volume",
        is_async=True,
    ),
    Command(
        "deleteVolume",
        delete,
        "id:volume!@",
        says="Deletes a volume that is on no VM",
        answers="success",
    ),
    Command(
        "destroyVolume",
        destroy,
        "id:volume!@~ expunge:bool",
        says="Destroys a volume that is on no VM; unless expunged it can be recovered",
        answers="volume",
        is_async=True,
    ),
    Command(
        "recoverVolume",
        recover,
        "id:volume!@~",
        says="Recovers a destroyed volume",
        answers="volume",
    ),
    Command(
        "resizeVolume",
        resize,
        "id:volume!@ miniops:long maxiops:long size:long shrinkok:bool diskofferingid:disk "
        "automigrate:bool",
        says="Resizes a volume",
        answers="volume",
        is_async=True,
    ),
    Command(
        "migrateVolume",
        migrate,
        "volumeid:volume! storageid:pool! livemigrate:bool newdiskofferingid:disk",
        says="Moves a volume to another primary storage",
        answers="volume",
        roles="A",
        is_async=True,
    ),
)

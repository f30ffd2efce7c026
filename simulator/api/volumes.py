"""The volume commands."""

from simulator.api import render_volume
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.owners import owner_of
from simulator.api.render import SUCCESS
from simulator.api.render_volume import VOLUME
from simulator.api.submit import submit
from simulator.domain.access import may_use
from simulator.domain.creation import CREATE, Create
from simulator.domain.limits import Resource
from simulator.domain.offered import denied_text, offered
from simulator.domain.records import Account, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.sizing import Wanted
from simulator.domain.states import VolumeState
from simulator.engine import disks, migrating, resizing
from simulator.engine import volumes as engine
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def submit_volume(call: Call, flow: Flow, volume_id: str | None) -> Row:
    """Start a job whose result is a volume."""

    def show(found: str, job: Job) -> Row:
        return {"volume": render_volume.volume(call, call.world.store.volumes[found], job.id)}

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
    world, owner = call.world, owner_of(call)
    case = _new_volume(call, owner)
    over = world.over_limit(owner.id, Resource.VOLUME, 1) or world.over_limit(
        owner.id, Resource.PRIMARY_STORAGE, case.size_bytes
    )
    hidden = _hidden(call)
    CREATE.require(Phase.REQUEST, case._replace(over_limit="" if hidden else over))
    volume, vm = _allocate(call, owner, case), case.vm
    flow = disks.create(world, volume.id, vm.id if vm else None)
    return {"id": volume.id, **submit_volume(call, flow, volume.id)}


def _hidden(call: Call) -> bool:
    """Return whether the volume is not for its owner's eyes, which only root admins may say."""
    return call.is_root and str(call.args.get("displayvolume", "true")).lower() == "false"


def _new_volume(call: Call, owner: Account) -> Create:
    """Read what the rules about a new volume look at, but for the limits."""
    world, store, args = call.world, call.world.store, call.args
    disk, source = args.get("diskofferingid"), args.get("snapshotid")
    parent = store.volumes.get(source.volume_id) if source else None
    zone = args.get("zoneid") or (store.zones[source.zone_id] if source else None)
    vm = args.get("virtualmachineid") if source else None
    shut = disk is not None and not offered(owner, disk, zone.id if zone else "", store.domains)
    return Create(
        dialect=world.dialect,
        offering=disk,
        snapshot=source,
        zone=zone,
        wanted_gib=args.get("size"),
        caller_may=may_use(call.account, owner, store.domains),
        over_limit="",
        is_root=call.is_root,
        sizes=resizing.sizes_of(world),
        wanted_iops=(args.get("miniops"), args.get("maxiops")),
        offering_open=not shut,
        offering_text=denied_text(owner, disk, zone) if disk and shut else "",
        parent=parent.type if parent else None,
        encrypted=parent is not None and parent.encrypt_format is not None,
        vm=vm,
        caller_may_vm=vm is None or world.may(call.account, vm.account_id),
    )


def _allocate(call: Call, owner: Account, case: Create) -> Volume:
    """Make the row of a new data volume."""
    store, disk, source = call.world.store, case.offering, case.snapshot
    made, (least, most), name = store.new_id(), case.iops, call.text("name") or ""
    volume = Volume(
        id=made,
        db_id=store.new_row("volume"),
        name=name if name.strip() else made,
        account_id=owner.id,
        zone_id=case.zone.id if case.zone else "",
        type=VolumeType.DATADISK,
        state=VolumeState.ALLOCATED,
        size_bytes=case.size_bytes,
        disk_offering_id=disk.id if disk else source.disk_offering_id if source else None,
        service_offering_id=source.service_offering_id if source and not disk else None,
        template_id=source.template_id if source else None,
        snapshot_id=source.id if source else None,
        created_s=call.world.env.now,
        display=not _hidden(call),
        min_iops=least,
        max_iops=most,
    )
    return store.put_volume(volume)


def delete(call: Call) -> Flow:
    """deleteVolume: the reply comes when the volume is gone."""
    yield from disks.delete(call.world, call.account, call.args["id"].id)
    return SUCCESS.render(True)


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


def change_offering(call: Call) -> Row:
    """changeOfferingForVolume, and where the volume lies and how large it is with it."""
    volume, new = call.args["id"], call.args["diskofferingid"]
    flow = resizing.change_offering(call.world, call.account, volume, wanted_of(call), new)
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
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "detachVolume",
        detach,
        "id:volume? deviceid:long virtualmachineid:vm@",
        says="Detaches a volume from its VM",
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "createVolume",
        create,
        "account:text domainid:domain~ projectid:anyproject~ diskofferingid:disk name:text "
        "size:long miniops:long maxiops:long snapshotid:snapshot@ virtualmachineid:vm zoneid:zone "
        "displayvolume:text",
        says="Creates a data volume from a disk offering or a snapshot",
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "deleteVolume",
        delete,
        "id:volume!@",
        says="Deletes a volume that is on no VM",
        answers=SUCCESS,
    ),
    Command(
        "destroyVolume",
        destroy,
        "id:volume!@~ expunge:bool",
        says="Destroys a volume that is on no VM; unless expunged it can be recovered",
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "recoverVolume",
        recover,
        "id:volume!@~",
        says="Recovers a destroyed volume",
        answers=VOLUME,
    ),
    Command(
        "resizeVolume",
        resize,
        "id:volume!@ miniops:long maxiops:long size:long shrinkok:bool diskofferingid:disk "
        "automigrate:bool",
        says="Resizes a volume",
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "changeOfferingForVolume",
        change_offering,
        "id:volume!@ diskofferingid:disk! size:long miniops:long maxiops:long automigrate:bool "
        "shrinkok:bool",
        says="Gives a volume another disk offering",
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "migrateVolume",
        migrate,
        "volumeid:volume! storageid:pool! livemigrate:bool newdiskofferingid:disk",
        says="Moves a volume to another primary storage",
        answers=VOLUME,
        roles="A",
        is_async=True,
    ),
)

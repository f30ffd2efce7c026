"""uploadVolume and checkVolume."""

from simulator.api import render_volume
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.owners import owner_of
from simulator.api.submit import submit
from simulator.api.volumes import submit_volume
from simulator.domain.access import may_use
from simulator.domain.images import CHECK, UPLOAD, Check, Source, Upload
from simulator.domain.limits import Resource
from simulator.domain.records import Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VolumeState
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_IMAGE_BYTES = 1 << 30
"""Size of whatever is fetched: nobody looks at what a URL leads to."""


def upload(call: Call) -> Row:
    """uploadVolume: a volume on secondary storage, copied to primary storage when attached."""
    world, store, args = call.world, call.world.store, call.args
    owner, zone = owner_of(call), args["zoneid"]

    def flow() -> Flow:
        yield world.spend("work")
        case = Upload(
            dialect=world.dialect,
            source=Source(args["url"]),
            image_format=args["format"].upper(),
            hypervisors=frozenset(
                c.hypervisor for c in store.clusters.values() if c.zone_id == zone.id
            ),
            zone_open=store.zones[zone.id].enabled or call.is_root,
            caller_may=may_use(call.account, owner, store.domains),
            over_limit=world.over_limits(
                owner.id, (Resource.VOLUME, 1), (Resource.SECONDARY_STORAGE, _IMAGE_BYTES)
            ),
        )
        UPLOAD.require(Phase.JOB, case)
        disk = args.get("diskofferingid")
        made = Volume(
            id=store.new_id(),
            db_id=store.new_row("volume"),
            name=args["name"],
            account_id=owner.id,
            zone_id=zone.id,
            type=VolumeType.DATADISK,
            state=VolumeState.UPLOADED,
            size_bytes=_IMAGE_BYTES,
            disk_offering_id=disk.id if disk else None,
            created_s=world.env.now,
        )
        return store.put_volume(made).id

    return submit_volume(call, flow(), None)


def check(call: Call) -> Row:
    """checkVolume: the images here are always sound, so that a repair has nothing to do."""
    world, store, volume_id = call.world, call.world.store, call.args["id"].id

    def work() -> Flow:
        volume = store.volumes[volume_id]
        vm = store.vms.get(volume.vm_id or "")
        case = Check(world.dialect, volume, vm, store.hypervisor_of(volume))
        CHECK.require(Phase.JOB, case)
        if vm is None:
            yield from _ask(call, volume)
            return volume_id
        with world.queue.turn(vm.id) as granted:
            yield granted
            yield from _ask(call, volume)
        return volume_id

    def show(found: str, job: Job) -> Row:
        row = store.volumes[found]
        said = {"volumecheckresult": {"check-errors": "0", "filename": row.path or row.id}}
        body = render_volume.volume(call, row) | said
        return {"volume": body | {"jobid": job.id, "jobstatus": 0}}

    return submit(call, work(), "volume", show, ("Volume", volume_id))


def _ask(call: Call, volume: Volume) -> Flow:
    text = f"Failed to check volume {volume.name}"
    yield from call.world.send(None, "CheckAndRepairVolumeCommand", volume.id, text)


COMMANDS = (
    Command(
        "uploadVolume",
        upload,
        "name:text! url:text! format:text! zoneid:zone! diskofferingid:disk checksum:text "
        "account:text domainid:domain~ projectid:anyproject~",
        says="Fetches a data volume from a URL",
        answers="volume",
        is_async=True,
    ),
    Command(
        "checkVolume",
        check,
        "id:volume!@ repair:text",
        says="Checks whether a volume is sound",
        answers="volume",
        is_async=True,
    ),
)

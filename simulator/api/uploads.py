"""uploadVolume, getUploadParamsForVolume, extractVolume and checkVolume."""

from hashlib import sha256
from typing import NamedTuple

from simulator.api import render_extract, render_volume
from simulator.api.command import Call, Command
from simulator.api.dates import date
from simulator.api.lists import Row
from simulator.api.owners import owner_of
from simulator.api.render_extract import ExtractAt
from simulator.api.render_volume import VOLUME
from simulator.api.shape import Shape, text
from simulator.api.submit import submit
from simulator.api.volumes import submit_volume
from simulator.domain.access import may_use
from simulator.domain.inventory import RAW_POOLS, DiskOffering, Zone
from simulator.domain.limits import Resource
from simulator.domain.offered import denied_text, offered
from simulator.domain.records import Account, Volume, VolumeType
from simulator.domain.registering import Source
from simulator.domain.rules import Phase
from simulator.domain.states import VolumeState
from simulator.domain.uploads import (
    CHECK,
    EXTRACT,
    UPLOAD,
    UPLOAD_PARAMS,
    Check,
    Extract,
    Upload,
)
from simulator.engine.disks import queued
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_IMAGE_BYTES = 1 << 30
"""Size of whatever is fetched: nobody looks at what a URL leads to."""
_OPEN_S = 3600
"""How long a volume to send may be sent (upload.operation.timeout)."""


def upload(call: Call) -> Row:
    """uploadVolume: a volume on secondary storage, copied to primary storage when attached."""
    owner, source = owner_of(call), Source(call.args["url"])

    def flow() -> Flow:
        yield call.world.spend("work")
        UPLOAD.require(Phase.JOB, _case(call, owner, source, _IMAGE_BYTES))
        return _made(call, owner, VolumeState.UPLOADED, _IMAGE_BYTES).id

    return submit_volume(call, flow(), None)


class _Ticket(NamedTuple):
    id: str
    url: str
    metadata: str
    expires: str


UPLOAD_TICKET = Shape[_Ticket](
    "getuploadparams",
    text("id", "id", lambda t: t.id),
    text("postURL", "where the data are sent to", lambda t: t.url),
    text("metadata", "what goes with the data that are sent", lambda t: t.metadata),
    text("expires", "until when", lambda t: t.expires),
    text("signature", "what shows that the sender may",
         lambda t: sha256((t.metadata + t.url + t.expires).encode()).hexdigest()),
)  # fmt: skip


def upload_params(call: Call) -> Row:
    """getUploadParamsForVolume: a row, and where to send the volume, which nobody takes here."""
    world, owner = call.world, owner_of(call)
    UPLOAD_PARAMS.require(Phase.REQUEST, _case(call, owner, None, 0))
    volume = _made(call, owner, VolumeState.NOT_UPLOADED, 0)
    expires = date(world.env.now + _OPEN_S).replace("+0000", ".000Z")
    url = f"https://uploads.example.org/upload/{volume.id}"
    metadata = sha256(volume.id.encode()).hexdigest()
    return {"getuploadparams": UPLOAD_TICKET.render(_Ticket(volume.id, url, metadata, expires))}


def _case(call: Call, owner: Account, source: Source | None, size_bytes: int) -> Upload:
    world, store, args = call.world, call.world.store, call.args
    zone, disk = store.zones[args["zoneid"].id], args.get("diskofferingid")
    there = {c.hypervisor for c in store.clusters.values() if c.zone_id == zone.id}
    pools = (p for p in store.pools.values() if p.zone_id == zone.id)
    return Upload(
        dialect=world.dialect,
        source=source,
        image_format=args["format"].upper(),
        hypervisors=frozenset(there),
        zone_open=zone.enabled or call.is_root,
        caller_may=may_use(call.account, owner, store.domains),
        too_many=world.over_limit(owner.id, Resource.VOLUME, 1),
        too_large=world.over_limit(owner.id, Resource.SECONDARY_STORAGE, size_bytes or 1),
        zone_id=zone.id if source is None else str(zone.db_id),
        raw_kvm=any(p.kind in RAW_POOLS for p in pools),
        offering=disk,
        offering_open=disk is None or offered(owner, disk, zone.id, store.domains),
        offering_text=denied_text(owner, disk, zone) if disk else "",
        custom=(disk or _custom(call, owner, zone)) is not None,
    )


def _custom(call: Call, owner: Account, zone: Zone) -> DiskOffering | None:
    """Return the first offering of any size that *owner* may use in a zone."""
    store = call.world.store
    fit = (
        o
        for o in store.disk_offerings.values()
        if o.custom and not o.inactive and offered(owner, o, zone.id, store.domains)
    )
    return next(fit, None)


def _made(call: Call, owner: Account, state: VolumeState, size_bytes: int) -> Volume:
    """Make the row of a volume that comes from outside."""
    store, args = call.world.store, call.args
    disk = args.get("diskofferingid") or _custom(call, owner, args["zoneid"])
    made = Volume(
        id=store.new_id(),
        db_id=store.new_row("volume"),
        name=args["name"],
        account_id=owner.id,
        zone_id=args["zoneid"].id,
        type=VolumeType.DATADISK,
        state=state,
        size_bytes=size_bytes,
        disk_offering_id=disk.id if disk else None,
        created_s=call.world.env.now,
        min_iops=disk.min_iops if disk else None,
        max_iops=disk.max_iops if disk else None,
        image_format=args["format"].upper(),
    )
    return store.put_volume(made)


def extract(call: Call) -> Row:
    """extractVolume: a link to where the volume could be fetched."""
    world, asked, mode = call.world, call.args["id"], call.args["mode"]

    def flow() -> Flow:
        EXTRACT.require(Phase.JOB, _extract_case(call, asked, mode))
        yield from queued(world, asked.id, work)
        return asked.id

    def work() -> Flow:
        EXTRACT.require(Phase.WORK, _extract_case(call, asked, mode))
        yield from world.send(None, "CopyCommand", asked.id, "Failed to extract volume")

    def show(found: str, _: Job) -> Row:
        volume = world.store.volumes[found]
        link = ExtractAt(call, volume, world.store.zones[volume.zone_id])
        return {"volume": render_extract.EXTRACT.render(link)}

    return submit(call, flow(), "volume", show, ("Volume", asked.id))


def _extract_case(call: Call, asked: Volume, mode: str) -> Extract:
    store = call.world.store
    volume = store.volumes[asked.id]
    template = store.templates.get(volume.template_id or "")
    return Extract(
        call.world.dialect,
        volume,
        asked.db_id,
        store.vms.get(volume.vm_id or ""),
        store.pools.get(volume.pool_id or ""),
        mode,
        allowed=call.is_root or not call.world.settings.flag("disable.extraction"),
        caller_may=call.world.may(call.account, volume.account_id),
        template_extractable=template is None or template.extractable,
    )


def check(call: Call) -> Row:
    """checkVolume: the images here are always sound, so that a repair has nothing to do."""
    world, store, volume_id = call.world, call.world.store, call.args["id"].id
    repair = call.args.get("repair", "")

    def work() -> Flow:
        volume = store.volumes[volume_id]
        vm = store.vms.get(volume.vm_id or "")
        home, image_format = store.hypervisor_of(volume), store.format_of(volume)
        case = Check(world.dialect, volume, vm, home, image_format, repair)
        CHECK.require(Phase.JOB, case)
        yield from queued(world, volume_id, lambda: _ask(call, volume))
        return volume_id

    def show(found: str, job: Job) -> Row:
        row = store.volumes[found]
        sound = {"check-errors": "0", "filename": row.path or row.id}
        nothing: dict[str, str] | None = {} if repair else None
        return {"volume": render_volume.volume(call, row, job.id, sound, nothing)}

    return submit(call, work(), "volume", show, ("Volume", volume_id))


def _ask(call: Call, volume: Volume) -> Flow:
    text = f"Failed to check volume {volume.name}"
    yield from call.world.send(None, "CheckAndRepairVolumeCommand", volume.id, text)


_FOR = "zoneid:zone! diskofferingid:disk account:text domainid:domain~ projectid:anyproject~"
COMMANDS = (
    Command(
        "uploadVolume",
        upload,
        f"name:text! url:text! format:text! {_FOR}",
        says="Fetches a data volume from a URL",
        answers=VOLUME,
        is_async=True,
    ),
    Command(
        "getUploadParamsForVolume",
        upload_params,
        f"name:text! format:text! {_FOR}",
        says="Tells where a data volume can be sent to, and makes its row",
        answers=UPLOAD_TICKET,
        reads=False,
    ),
    Command(
        "extractVolume",
        extract,
        "id:volume!@ zoneid:zone! mode:text!",
        says="Makes a link to fetch a volume that no running VM has",
        answers=render_extract.EXTRACT,
        is_async=True,
    ),
    Command(
        "checkVolume",
        check,
        "id:volume!@ repair:text",
        says="Checks whether a volume is sound",
        answers=VOLUME,
        is_async=True,
    ),
)

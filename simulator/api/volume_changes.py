"""updateVolume, extractVolume, createTemplate; updateStoragePool."""

from typing import Any

from simulator.api import images, places, render_image
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.owners import owner_or_self
from simulator.api.render import date, zone_of
from simulator.api.submit import submit
from simulator.api.volumes import submit_volume
from simulator.domain.changes import (
    EXTRACT,
    MAKE_TEMPLATE,
    UPDATE_POOL,
    UPDATE_VOLUME,
    Copy,
    UpdatePool,
    UpdateVolume,
)
from simulator.domain.inventory import FORMATS, Hypervisor, Template
from simulator.domain.records import Snapshot, Volume
from simulator.domain.rules import Phase
from simulator.domain.states import VolumeState
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def update(call: Call) -> Row:
    """updateVolume: name, path, state, storage, display and protection; for root admins."""
    world, args = call.world, call.args
    volume_id, pool = args["id"].id, args.get("storageid")

    def flow() -> Flow:
        yield world.spend("work")
        volume = world.store.volumes[volume_id]
        case = UpdateVolume(world.dialect, volume, args.get("state"), pool)
        UPDATE_VOLUME.require(Phase.JOB, case)
        world.store.put_volume(
            volume._replace(
                name=args.get("name", volume.name),
                path=args.get("path", volume.path),
                state=VolumeState(args.get("state", volume.state)),
                pool_id=pool.id if pool else volume.pool_id,
                display=args.get("displayvolume", volume.display),
                protected=args.get("deleteprotection", volume.protected),
            )
        )
        return volume_id

    return submit_volume(call, flow(), volume_id)


def extract(call: Call) -> Row:
    """extractVolume: a link to where the volume could be fetched."""
    world, store, volume_id = call.world, call.world.store, call.args["id"].id
    mode = call.args["mode"].upper()

    def flow() -> Flow:
        volume = store.volumes[volume_id]
        template = store.templates.get(volume.template_id or "")
        case = Copy(
            world.dialect,
            volume,
            store.vms.get(volume.vm_id or ""),
            mode,
            template_extractable=template is None or template.extractable,
        )
        EXTRACT.require(Phase.JOB, case)
        yield from world.send(None, "CopyCommand", volume_id, "Failed to extract volume")
        return volume_id

    def show(found: str, _: Job) -> Row:
        return {"volume": _extracted(call, store.volumes[found], mode)}

    return submit(call, flow(), "volume", show, ("Volume", volume_id))


def _extracted(call: Call, volume: Volume, mode: str) -> Row:
    return {
        "id": volume.id,
        "name": volume.name,
        "extractId": volume.id,
        "accountid": volume.account_id,
        "state": "DOWNLOAD_URL_CREATED",
        **zone_of(call, volume.zone_id),
        "extractMode": mode,
        "url": f"http://downloads.example.org/{volume.id}",
        "created": date(call.world.env.now),
    }


def make_template(call: Call) -> Row:
    """createTemplate from a volume or a volume snapshot; its row is made at once."""
    world, store, args = call.world, call.world.store, call.args
    owner, volume, snapshot = owner_or_self(call), args.get("volumeid"), args.get("snapshotid")
    source: Any = volume or snapshot
    case = Copy(
        world.dialect,
        volume,
        store.vms.get(volume.vm_id or "") if volume else None,
        from_snapshot=snapshot is not None,
        over_limit=images.over_limit(call, owner, source.size_bytes if source else 0),
    )
    MAKE_TEMPLATE.require(Phase.REQUEST, case)
    hypervisor = _hypervisor(call, source)
    template = Template(
        store.new_id(),
        store.new_row(),
        args["name"],
        hypervisor,
        source.size_bytes,
        owner.id,
        FORMATS.get(hypervisor, "RAW"),
        args["ostypeid"].name,
        "USER",
        featured=bool(args.get("isfeatured")) and call.is_root,
        created_s=world.env.now,
        public=bool(args.get("ispublic")),
        extractable=True,
    )
    store.templates[template.id] = template

    def flow() -> Flow:
        MAKE_TEMPLATE.require(Phase.JOB, case)
        yield from world.send(None, "CopyCommand", template.id, "Failed to create template")
        return template.id

    return {"id": template.id, **_job(call, flow(), template)}


def _hypervisor(call: Call, source: Volume | Snapshot) -> Hypervisor:
    """Return what a template of *source* runs on: as where it lies, else as its own template."""
    store = call.world.store
    volume = source if isinstance(source, Volume) else store.volumes[source.volume_id]
    known = store.hypervisor_of(volume)
    parent = store.templates.get(source.template_id or "")
    return parent.hypervisor if parent and known is Hypervisor.NONE else known


def _job(call: Call, flow: Flow, template: Template) -> Row:
    store = call.world.store

    def kept() -> Flow:
        """Take the row back where the copy fails."""
        try:
            found = yield from flow
        except Exception:
            store.templates[template.id] = template._replace(removed=True)
            raise
        return found

    def show(found: str, _: Job) -> Row:
        zone = next(iter(store.zones.values()))
        return {"template": render_image.template(call, store.templates[found], zone)}

    return submit(call, kept(), "template", show, ("Template", template.id))


def update_pool(call: Call) -> Row:
    """updateStoragePool: name, tags, size; `enabled` decides whether it takes new volumes."""
    store, args = call.world.store, call.args
    pool, enable = args["id"], args.get("enabled")
    UPDATE_POOL.require(Phase.REQUEST, UpdatePool(call.world.dialect, pool, enable))
    state = pool.state if enable is None else "Up" if enable else "Disabled"
    tags = pool.tags
    if "tags" in args:
        tags = frozenset(t.strip() for t in args["tags"].split(",") if t.strip())
    changed = pool._replace(
        name=args.get("name", pool.name),
        tags=tags,
        capacity_bytes=args.get("capacitybytes", pool.capacity_bytes),
        state=state,
    )
    store.pools[pool.id] = changed
    return {"storagepool": places.pool(call, changed)}


COMMANDS = (
    Command(
        "updateVolume",
        update,
        "id:volume! name:text path:text state:text storageid:pool displayvolume:bool "
        "deleteprotection:bool",
        says="Changes what is recorded of a volume",
        answers="volume",
        roles="A",
        is_async=True,
    ),
    Command(
        "extractVolume",
        extract,
        "id:volume!@ zoneid:zone! mode:text! url:text",
        says="Makes a link to fetch a volume that no running VM has",
        answers="extract",
        is_async=True,
    ),
    Command(
        "createTemplate",
        make_template,
        "name:text! ostypeid:ostype! displaytext:text volumeid:volume@ snapshotid:snapshot@ "
        "ispublic:bool isfeatured:bool account:text domainid:domain~ projectid:anyproject~",
        says="Makes a template of a volume or a volume snapshot",
        answers="template",
        is_async=True,
    ),
    Command(
        "updateStoragePool",
        update_pool,
        "id:pool! name:text tags:text capacitybytes:long enabled:bool",
        says="Changes a storage pool, or whether it takes new volumes",
        answers="storagepool",
        roles="A",
    ),
)

"""createTemplate: what is copied out of a volume."""

from simulator.api import images, render_image
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.owners import owner_or_self
from simulator.api.render_image import TEMPLATE
from simulator.api.submit import submit
from simulator.domain.access import is_admin
from simulator.domain.changes import (
    MAKE_TEMPLATE,
    MakeTemplate,
)
from simulator.domain.inventory import FORMATS, Hypervisor, Template
from simulator.domain.records import Account, Snapshot, Volume
from simulator.domain.rules import Phase
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_FORMATS: dict[Hypervisor, str] = {**FORMATS, Hypervisor.SIMULATOR: "RAW"}
"""Image format by hypervisor; the Simulator copies nothing, and so changes no format."""


def make_template(call: Call) -> Row:
    """createTemplate from a volume or a volume snapshot; its row is made at once."""
    world, store = call.world, call.world.store
    case, owner = _making(call), owner_or_self(call)
    size = case.volume.size_bytes if case.volume else 0
    over = images.over_limit(call, owner, size)
    MAKE_TEMPLATE.require(Phase.REQUEST, case._replace(over_limit=over))
    template = _made(call, case, owner)
    store.templates[template.id] = template

    def flow() -> Flow:
        MAKE_TEMPLATE.require(Phase.JOB, case)
        yield from world.send(None, "CopyCommand", template.id, "Failed to create template")
        return template.id

    return {"id": template.id, **_job(call, flow(), template)}


def _making(call: Call) -> MakeTemplate:
    """Return what the rules about a new template look at."""
    store, args = call.world.store, call.args
    given, snapshot = args.get("volumeid"), args.get("snapshotid")
    volume = given or (store.volumes.get(snapshot.volume_id) if snapshot else None)
    source = given or snapshot
    disk = store.disk_offerings.get(volume.disk_offering_id or "") if volume else None
    return MakeTemplate(
        call.world.dialect,
        volume,
        store.vms.get(volume.vm_id or "") if volume else None,
        snapshot,
        volume_id=given is not None,
        name=args["name"],
        caller_may=source is None or call.world.may(call.account, source.account_id),
        is_root=call.is_root,
        tagged="templatetag" in args,
        placed="zoneid" in args,
        encrypted=disk is not None and disk.encrypted,
        hypervisor=_hypervisor(call, source) if source else Hypervisor.NONE,
    )


def _made(call: Call, case: MakeTemplate, owner: Account) -> Template:
    """Return the row of a new template, in the zone of what it is made of."""
    store, args, volume = call.world.store, call.args, case.volume
    parent = store.templates.get(volume.template_id or "") if volume else None
    zone, source = args.get("zoneid"), case.snapshot or volume
    return Template(
        store.new_id(),
        store.new_row(),
        args["name"],
        case.hypervisor,
        source.size_bytes if source else 0,
        owner.id,
        _FORMATS.get(case.hypervisor, "RAW"),
        args["ostypeid"].name,
        "USER",
        featured=bool(args.get("isfeatured")) and is_admin(call.account),
        created_s=call.world.env.now,
        public=bool(args.get("ispublic")),
        extractable=parent is not None and parent.extractable and parent.kind != "SYSTEM",
        said=args.get("displaytext") or args["name"],
        zone_id=zone.id if zone else volume.zone_id if volume else None,
        password_enabled=bool(args.get("passwordenabled")),
        source_id=parent.id if parent else None,
        copied=True,
    )


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
            del store.templates[template.id]
            raise
        return found

    def show(found: str, _: Job) -> Row:
        template = store.templates[found]
        zone = store.zones.get(template.zone_id or "") or next(iter(store.zones.values()))
        return {"template": render_image.template(call, template, zone)}

    return submit(call, kept(), "template", show, ("Template", template.id))


COMMANDS = (
    Command(
        "createTemplate",
        make_template,
        "name:text! ostypeid:ostype! displaytext:text volumeid:volume~ snapshotid:snapshot~ "
        "zoneid:zone templatetag:text passwordenabled:bool "
        "ispublic:bool isfeatured:bool account:text domainid:domain~ projectid:anyproject~",
        says="Makes a template of a volume or a volume snapshot",
        answers=TEMPLATE,
        is_async=True,
    ),
)

"""createTemplate: what is copied out of a volume."""

from typing import Any

from simulator.api import images, render_image
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.owners import owner_or_self
from simulator.api.submit import submit
from simulator.domain.changes import (
    MAKE_TEMPLATE,
    Copy,
)
from simulator.domain.inventory import FORMATS, Hypervisor, Template
from simulator.domain.records import Snapshot, Volume
from simulator.domain.rules import Phase
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


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


COMMANDS = (
    Command(
        "createTemplate",
        make_template,
        "name:text! ostypeid:ostype! displaytext:text volumeid:volume@ snapshotid:snapshot@ "
        "ispublic:bool isfeatured:bool account:text domainid:domain~ projectid:anyproject~",
        says="Makes a template of a volume or a volume snapshot",
        answers="template",
        is_async=True,
    ),
)

"""Templates: register (ISOs too), delete and extract."""

from simulator.api import render_image as render
from simulator.api.command import Call, Command
from simulator.api.owners import owner_of
from simulator.api.render import SUCCESS
from simulator.api.render_extract import EXTRACT, ExtractAt
from simulator.api.render_image import TEMPLATE
from simulator.api.shape import Row
from simulator.api.submit import submit, submit_success
from simulator.domain.access import may_use
from simulator.domain.images import (
    DELETE_IMAGE,
    EXTRACT_IMAGE,
    OnImage,
    denial,
)
from simulator.domain.inventory import Hypervisor, Template, Zone
from simulator.domain.limits import Resource
from simulator.domain.records import Account, Role, Vm
from simulator.domain.registering import ISO, REGISTER, Register, Source
from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase
from simulator.domain.states import VmState
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_IMAGE_BYTES = 2 << 30
"""Size of whatever is fetched: nobody looks at what a URL leads to."""
_WORDS = {h.lower(): h for h in Hypervisor if h is not Hypervisor.NONE}
_GUEST, _ALL_ZONES = "Other (64-bit)", "-1"
_NEW = (
    "displaytext:text ostypeid:ostype ispublic:bool isfeatured:bool isextractable:bool "
    "checksum:text account:text domainid:domain~ projectid:anyproject~"
)


def may_launch(call: Call, account: Account, template: Template) -> bool:
    """Return whether VMs of *account* may be made of a template: a public one, or one of its."""
    store = call.world.store
    holder = store.accounts[template.account_id]
    return (
        template.public
        or account.role is Role.ADMIN
        or holder.id == account.id
        or (holder.role is Role.PROJECT and may_use(account, holder, store.domains))
    )


def may_see(call: Call, image: Template) -> bool:
    """Return whether the caller may make a VM of an image, or look at it."""
    owner = call.world.store.accounts[image.account_id]
    return image.public or image.featured or may_use(call.account, owner, call.world.store.domains)


def over_limit(call: Call, owner: Account, size_bytes: int) -> str:
    """Return the refusal if one image more is over a limit of its owner, else ""."""
    wanted = ((Resource.TEMPLATE, 1), (Resource.SECONDARY_STORAGE, size_bytes))
    return call.world.over_limits(owner.id, *wanted)


def on_image(call: Call, image: Template, vms: tuple[Vm, ...] = ()) -> OnImage:
    """Return what the rules about an existing image look at; *vms* are those that use it."""
    owner = call.world.store.accounts[image.account_id]
    denied = denial(call.account, image, owner, operate=True)
    return OnImage(call.world.dialect, image, denied, vms, call.is_root)


def _zones(call: Call) -> list[Zone] | None:
    """Return the zones that `zoneid` or `zoneids` names, None where they are all; -1 is all."""
    texts = str(call.args.get("zoneid") or call.args.get("zoneids") or "").split(",")
    zones = call.world.store.zones
    numbers = {str(zone.db_id): zone for zone in zones.values()}
    found = [zones.get(text) or numbers.get(text) for text in texts]
    for text, zone in zip(texts, found, strict=True):
        if zone is None and text not in {"", _ALL_ZONES}:
            field = Field(call.world.dialect, call.command, "zoneid", text, required=False)
            REQUEST.require(Phase.REQUEST, field._replace(is_id=True, found=False))
    named = [zone for zone in found if zone is not None]
    return None if not named or _ALL_ZONES in texts else named


def _register(call: Call, image_format: str, hypervisor: str) -> list[tuple[Template, Zone]]:
    """Make the row of an image that is ready at once, and return it with its zones."""
    world, store, args = call.world, call.world.store, call.args
    owner, zones = owner_of(call), _zones(call)
    case = Register(
        dialect=world.dialect,
        source=Source(args["url"]),
        image_format=image_format,
        hypervisor=_WORDS.get(hypervisor.lower()),
        hypervisor_text=hypervisor,
        caller_may=may_use(call.account, owner, store.domains),
        over_limit=over_limit(call, owner, _IMAGE_BYTES),
        one_form=not ("zoneid" in args and args.get("zoneids")),
        placed=bool(args.get("zoneid") or args.get("zoneids")),
        guest="ostypeid" in args,
        bootable=args.get("bootable", True),
        everywhere=zones is None,
        owner_is_root=owner.role is Role.ADMIN,
        zones_open=call.is_root or all(zone.enabled for zone in zones or ()),
    )
    REGISTER.require(Phase.REQUEST, case)
    image = _made(call, owner, case, zones)
    store.templates[image.id] = image
    return [(image, z) for z in store.zones.values() if image.zone_id in {None, z.id}]


def _made(call: Call, owner: Account, case: Register, zones: list[Zone] | None) -> Template:
    """Return the row of an image that was registered."""
    store, args = call.world.store, call.args
    return Template(
        store.new_id(),
        store.new_row(),
        args["name"],
        Hypervisor.NONE if case.is_iso else case.hypervisor or Hypervisor.NONE,
        _IMAGE_BYTES,
        owner.id,
        case.image_format,
        args["ostypeid"].name if "ostypeid" in args else _GUEST,
        "USER",
        featured=bool(args.get("isfeatured")) and case.owner_is_root,
        created_s=call.world.env.now,
        public=bool(args.get("ispublic")),
        extractable=bool(args.get("isextractable")),
        said=args.get("displaytext") or args["name"],
        zone_id=zones[0].id if zones else None,
        url=args["url"],
        bootable=case.bootable,
        checksum=args.get("checksum", ""),
        password_enabled=bool(args.get("passwordenabled")),
    )


def register_template(call: Call) -> Row:
    """registerTemplate: ready at once, a row for each zone it is in."""
    rows = _register(call, call.args["format"].upper(), call.args["hypervisor"])
    return {"count": len(rows), "template": [render.template(call, *row) for row in rows]}


def register_iso(call: Call) -> Row:
    """registerIso: ready at once."""
    rows = _register(call, ISO, "any")
    return {"count": len(rows), "iso": [render.iso(call, *row) for row in rows]}


def delete(call: Call) -> Row:
    """deleteTemplate: VMs that were made from it keep it."""
    world, store, image = call.world, call.world.store, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        zone = call.args.get("zoneid")
        users = tuple(
            vm
            for vm in store.vms.values()
            if vm.template_id == image.id
            and not vm.removed
            and vm.state is not VmState.EXPUNGING
            and (zone is None or vm.zone_id == zone.id)
        )
        case = on_image(call, image, () if call.args.get("forced") else users)
        DELETE_IMAGE.require(Phase.JOB, case)
        store.templates[image.id] = image._replace(removed=True)
        store.tags.pop(image.id, None)

    return submit_success(call, flow(), "template", ("Template", image.id))


def extract(call: Call) -> Row:
    """extractTemplate: a link to where the template could be fetched."""
    world, image = call.world, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        EXTRACT_IMAGE.require(Phase.JOB, on_image(call, image))
        return image.id

    def show(_: str, __: Job) -> Row:
        return {"template": extracted(call, image)}

    return submit(call, flow(), "template", show, ("Template", image.id))


def extracted(call: Call, image: Template) -> Row:
    """Return ExtractResponse of an image."""
    zones = call.world.store.zones
    zone = call.args.get("zoneid") or zones.get(image.zone_id or "") or next(iter(zones.values()))
    return EXTRACT.render(ExtractAt(call, image, zone))


COMMANDS = (
    Command(
        "registerTemplate",
        register_template,
        "name:text! url:text! format:text! hypervisor:text! zoneid:text zoneids:text "
        f"passwordenabled:bool {_NEW}",
        says="Registers a template, which is ready at once",
        answers=TEMPLATE,
    ),
    Command(
        "registerIso",
        register_iso,
        f"name:text! url:text! zoneid:text! bootable:bool passwordenabled:bool {_NEW}",
        says="Registers an ISO image, which is ready at once",
        answers=TEMPLATE,
    ),
    Command(
        "deleteTemplate",
        delete,
        "id:template! zoneid:zone forced:bool",
        says="Deletes a template",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "extractTemplate",
        extract,
        "id:template! mode:text! zoneid:zone url:text",
        says="Makes a link to fetch a template",
        answers=EXTRACT,
        is_async=True,
    ),
)

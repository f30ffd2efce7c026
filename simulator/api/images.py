"""Templates and ISOs: register, list, delete, extract; an ISO goes into a VM's drive."""

from simulator.api import render_image as render
from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, paged, tagged
from simulator.api.matching import containing, same_text
from simulator.api.owners import owner_of
from simulator.api.render import Row, date, zone_of
from simulator.api.submit import submit, submit_success
from simulator.domain.access import may_use
from simulator.domain.images import (
    DELETE_IMAGE,
    EXTRACT_IMAGE,
    INSERT,
    ISO,
    REGISTER,
    Insert,
    OnImage,
    Register,
    Source,
)
from simulator.domain.inventory import Hypervisor, Template, Zone
from simulator.domain.limits import Resource
from simulator.domain.records import Account
from simulator.domain.rules import Phase
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_IMAGE_BYTES = 2 << 30
"""Size of whatever is fetched: nobody looks at what a URL leads to."""
_WORDS = {h.lower(): h for h in Hypervisor if h is not Hypervisor.NONE}
_GUEST = "Other (64-bit)"
_NEW = (
    "displaytext:text ostypeid:ostype ispublic:bool isfeatured:bool isextractable:bool "
    "checksum:text account:text domainid:domain~ projectid:anyproject~"
)


def may_see(call: Call, image: Template) -> bool:
    """Return whether the caller may make a VM of an image, or look at it."""
    owner = call.world.store.accounts[image.account_id]
    return image.public or image.featured or may_use(call.account, owner, call.world.store.domains)


def over_limit(call: Call, owner: Account, size_bytes: int) -> str:
    """Return the refusal if one image more is over a limit of its owner, else ""."""
    wanted = ((Resource.TEMPLATE, 1), (Resource.SECONDARY_STORAGE, size_bytes))
    return call.world.over_limits(owner.id, *wanted)


def _may_change(call: Call, image: Template) -> bool:
    owner = call.world.store.accounts[image.account_id]
    return may_use(call.account, owner, call.world.store.domains)


def _register(call: Call, image_format: str, hypervisor: str) -> list[tuple[Template, Zone]]:
    """Make the row of an image that is ready at once, and return it with its zones."""
    world, store, args = call.world, call.world.store, call.args
    owner, source = owner_of(call), Source(args["url"])
    case = Register(
        dialect=world.dialect,
        source=source,
        image_format=image_format,
        hypervisor=_WORDS.get(hypervisor.lower()),
        hypervisor_text=hypervisor,
        caller_may=may_use(call.account, owner, store.domains),
        over_limit=over_limit(call, owner, _IMAGE_BYTES),
    )
    REGISTER.require(Phase.REQUEST, case)
    zone = args.get("zoneid") or next(iter(args.get("zoneids", ())), None)
    image = Template(
        store.new_id(),
        store.new_row(),
        args["name"],
        Hypervisor.NONE if image_format == ISO else case.hypervisor or Hypervisor.NONE,
        _IMAGE_BYTES,
        owner.id,
        image_format,
        args["ostypeid"].name if "ostypeid" in args else _GUEST,
        "USER",
        featured=bool(args.get("isfeatured")) and call.is_root,
        created_s=world.env.now,
        public=bool(args.get("ispublic")),
        extractable=bool(args.get("isextractable")),
        said=args.get("displaytext") or args["name"],
        zone_id=zone.id if zone else None,
        url=args["url"],
        bootable=args.get("bootable", True),
        checksum=args.get("checksum", ""),
        password_enabled=bool(args.get("passwordenabled")),
    )
    store.templates[image.id] = image
    return [(image, z) for z in store.zones.values() if zone is None or z.id == zone.id]


def register_template(call: Call) -> Row:
    """registerTemplate: ready at once, a row for each zone it is in."""
    rows = _register(call, call.args["format"].upper(), call.args["hypervisor"])
    return {"count": len(rows), "template": [render.template(call, *row) for row in rows]}


def register_iso(call: Call) -> Row:
    """registerIso: ready at once."""
    rows = _register(call, ISO, "any")
    return {"count": len(rows), "iso": [render.iso(call, *row) for row in rows]}


def _fits(call: Call, image: Template, wanted: str) -> bool:
    mine = image.account_id == call.account.id
    shown = {
        "featured": image.featured,
        "community": image.public and not image.featured,
        "self": mine,
        "selfexecutable": mine,
        "sharedexecutable": False,
        "executable": image.public or mine,
        "all": call.is_root,
    }
    return shown.get(wanted, False) and (image.kind != "SYSTEM" or wanted == "all")


def _rows(call: Call, wanted: str, *, isos: bool) -> list[tuple[Template, Zone]]:
    """Return each image that is listed with each of its zones."""
    store, args = call.world.store, call.args
    zones = [args["zoneid"]] if "zoneid" in args else list(store.zones.values())
    ids = {args["id"].id} if "id" in args else {i.id for i in args.get("ids", ())}
    hypervisor = str(args.get("hypervisor", "")).lower()
    return [
        (image, zone)
        for image in store.templates.values()
        for zone in zones
        if not image.removed
        and (image.image_format == ISO) == isos
        and image.zone_id in {None, zone.id}
        and _fits(call, image, wanted)
        and hypervisor in {"", image.hypervisor.lower()}
        and (not ids or image.id in ids)
        and same_text(args.get("name", image.name), image.name)
        and args.get("bootable", image.bootable) == image.bootable
        and containing(args.get("keyword", ""))(image.name)
        and tagged(call, image.id)
    ]


def list_templates(call: Call) -> Row:
    """listTemplates: a row for each template and zone."""
    rows = _rows(call, call.args["templatefilter"].lower(), isos=False)
    return paged(call, "template", rows, lambda row: render.template(call, *row))


def list_isos(call: Call) -> Row:
    """listIsos: a row for each ISO and zone; without a filter one's own."""
    rows = _rows(call, call.args.get("isofilter", "selfexecutable").lower(), isos=True)
    return paged(call, "iso", rows, lambda row: render.iso(call, *row))


def delete(call: Call) -> Row:
    """deleteTemplate: VMs that were made from it keep it."""
    world, store, image = call.world, call.world.store, call.args["id"]
    in_use = any(v.template_id == image.id and not v.removed for v in store.vms.values())

    def flow() -> Flow:
        yield world.spend("work")
        used = in_use and not call.args.get("forced")
        case = OnImage(world.dialect, image, _may_change(call, image), in_use=used)
        DELETE_IMAGE.require(Phase.JOB, case)
        store.templates[image.id] = image._replace(removed=True)

    return submit_success(call, flow(), "template", ("Template", image.id))


def extract(call: Call) -> Row:
    """extractTemplate: a link to where the template could be fetched."""
    world, image = call.world, call.args["id"]
    mode = call.args["mode"].upper()

    def flow() -> Flow:
        yield world.spend("work")
        EXTRACT_IMAGE.require(Phase.JOB, OnImage(world.dialect, image, may_see(call, image), mode))
        return image.id

    def show(_: str, __: Job) -> Row:
        return {"template": _extracted(call, image, mode)}

    return submit(call, flow(), "template", show, ("Template", image.id))


def _extracted(call: Call, image: Template, mode: str) -> Row:
    zones = call.world.store.zones
    zone = call.args.get("zoneid") or zones.get(image.zone_id or "") or next(iter(zones.values()))
    return {
        "id": image.id,
        "name": image.name,
        "extractId": image.id,
        "accountid": image.account_id,
        "state": "DOWNLOAD_URL_CREATED",
        **zone_of(call, zone.id),
        "extractMode": mode,
        "url": f"http://downloads.example.org/{image.id}",
        "created": date(call.world.env.now),
    }


def attach_iso(call: Call) -> Row:
    """attachIso: into the drive of a VM."""
    world, store = call.world, call.world.store
    image, vm_id = call.args["id"], call.args["virtualmachineid"].id

    def flow() -> Flow:
        yield world.spend("work")
        vm = store.vms[vm_id]
        forced = bool(call.args.get("forced"))
        INSERT.require(Phase.JOB, Insert(world.dialect, image, vm, may_see(call, image), forced))
        store.put_vm(vm._replace(iso_id=image.id, updated_s=world.env.now))
        return vm_id

    def show(found: str, job: Job) -> Row:
        body = render_vm.vm(call, store.vms[found])
        return {"virtualmachine": body | {"jobid": job.id, "jobstatus": 0}}

    return submit(call, flow(), "iso", show, ("Iso", image.id))


COMMANDS = (
    Command(
        "registerTemplate",
        register_template,
        "name:text! url:text! format:text! hypervisor:text! zoneid:zone zoneids:zone* "
        f"passwordenabled:bool {_NEW}",
        says="Registers a template, which is ready at once",
        answers="template",
    ),
    Command(
        "registerIso",
        register_iso,
        f"name:text! url:text! zoneid:zone! bootable:bool {_NEW}",
        says="Registers an ISO image, which is ready at once",
        answers="template",
    ),
    Command(
        "listTemplates",
        list_templates,
        "templatefilter:text! id:template ids:template* name:text zoneid:zone hypervisor:text "
        f"tags:map {OWNED}",
        says="Lists the templates, each once for every zone",
        answers="template",
        roles="ASDUR",
    ),
    Command(
        "listIsos",
        list_isos,
        "isofilter:text id:template name:text zoneid:zone bootable:bool hypervisor:text tags:map "
        f"{OWNED}",
        says="Lists the ISO images, each once for every zone",
        answers="template",
        roles="ASDUR",
    ),
    Command(
        "deleteTemplate",
        delete,
        "id:template! zoneid:zone forced:bool",
        says="Deletes a template or an ISO image",
        answers="success",
        is_async=True,
    ),
    Command(
        "extractTemplate",
        extract,
        "id:template! mode:text! zoneid:zone url:text",
        says="Makes a link to fetch a template",
        answers="extract",
        is_async=True,
    ),
    Command(
        "attachIso",
        attach_iso,
        "id:template! virtualmachineid:vm!@ forced:bool",
        says="Puts an ISO image into the drive of a VM",
        answers="virtualmachine",
        is_async=True,
    ),
)

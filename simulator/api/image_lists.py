"""listTemplates and listIsos: which images a caller sees, by filter or by id."""

from simulator.api import render_image as render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, paged, tagged, visible
from simulator.api.matching import containing, same_text
from simulator.api.render_image import TEMPLATE
from simulator.api.shape import Row
from simulator.domain.access import is_admin
from simulator.domain.images import LIST_IMAGES, Listing, denial
from simulator.domain.inventory import Template, Zone
from simulator.domain.records import Role
from simulator.domain.registering import ISO
from simulator.domain.rules import Phase

_SELF = frozenset({"self", "selfexecutable"})
_NO_SYSTEM = frozenset({"selfexecutable", "featured"})
"""Filters that leave the templates of system VMs out."""


def list_templates(call: Call) -> Row:
    """listTemplates: a row for each template and zone."""
    rows = _rows(call, call.args["templatefilter"], isos=False)
    return paged(call, "template", rows, lambda row: render.template(call, *row))


def list_isos(call: Call) -> Row:
    """listIsos: a row for each ISO and zone; without a filter one's own."""
    rows = _rows(call, call.args.get("isofilter", "selfexecutable"), isos=True)
    return paged(call, "iso", rows, lambda row: render.iso(call, *row))


def _rows(call: Call, wanted: str, *, isos: bool) -> list[tuple[Template, Zone]]:
    """Return each image that is listed with each of its zones; an id puts the filter aside."""
    store, args = call.world.store, call.args
    image: Template | None = args.get("id")
    _judge(call, wanted, image, isos=isos)
    fits = [image] if image else _fitting(call, wanted)
    zones = [args["zoneid"]] if "zoneid" in args else list(store.zones.values())
    ids = {row.id for row in args.get("ids", ())}
    hypervisor = str(args.get("hypervisor", "")).lower()
    return [
        (row, zone)
        for row in fits
        for zone in zones
        if not row.removed
        and (row.image_format == ISO) == isos
        and row.zone_id in {None, zone.id}
        and hypervisor in {"", row.hypervisor.lower()}
        and (image or not ids or row.id in ids)
        and same_text(args.get("name", row.name), row.name)
        and args.get("bootable", row.bootable) == row.bootable
        and args.get("ispublic", row.public) == row.public
        and same_text(args.get("templatetype", row.kind), row.kind)
        and containing(args.get("keyword", ""))(row.name)
        and tagged(call, row.id)
    ]


def _judge(call: Call, wanted: str, image: Template | None, *, isos: bool) -> None:
    """Refuse a filter there is not, and an image that is of another kind or another's."""
    accounts = call.world.store.accounts
    denied = ""
    if image is not None:
        denied = denial(call.account, image, accounts[image.account_id], operate=False)
    admin = is_admin(call.account)
    case = Listing(call.world.dialect, wanted, admin, isos, image, denied)
    LIST_IMAGES.require(Phase.REQUEST, case)


def _fitting(call: Call, wanted: str) -> list[Template]:
    """Return the images that a filter lets through."""
    store = call.world.store
    sees = visible(call)
    domain = store.domains[call.account.domain_id]

    def below(owner_id: str) -> bool:
        owner = store.accounts[owner_id]
        inside = domain.holds(store.domains[owner.domain_id])
        return call.is_root or (inside and owner.role is not Role.PROJECT)

    def fits(image: Template) -> bool:
        if wanted in {"featured", "community"}:
            return image.public and image.featured is (wanted == "featured")
        if wanted in _SELF:
            return sees(image.account_id)
        if wanted == "executable":
            return image.public or sees(image.account_id)
        return wanted == "all" and (image.public or below(image.account_id))

    images = store.templates.values()
    return [i for i in images if (i.kind != "SYSTEM" or wanted not in _NO_SYSTEM) and fits(i)]


COMMANDS = (
    Command(
        "listTemplates",
        list_templates,
        "templatefilter:text! id:template ids:template* name:text zoneid:zone hypervisor:text "
        f"templatetype:text tags:map {OWNED}",
        says="Lists the templates, each once for every zone",
        answers=TEMPLATE,
        roles="ASDUR",
    ),
    Command(
        "listIsos",
        list_isos,
        "isofilter:text id:template name:text zoneid:zone bootable:bool ispublic:bool "
        f"hypervisor:text tags:map {OWNED}",
        says="Lists the ISO images, each once for every zone",
        answers=TEMPLATE,
        roles="ASDUR",
    ),
)

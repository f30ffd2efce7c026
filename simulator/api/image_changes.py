"""updateTemplate and updateIso: what is recorded of an image."""

from simulator.api.command import Call, Command
from simulator.api.render_image import CHANGED_TEMPLATE, ImageAt
from simulator.api.shape import Row
from simulator.domain.image_changes import CHANGE_IMAGE, ChangeImage
from simulator.domain.images import denial
from simulator.domain.inventory import Template
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

_CHANGES = (
    "name:text displaytext:text ostypeid:ostype forceupdateostype:bool passwordenabled:bool "
    "bootable:bool format:text"
)


def _shown(call: Call, record: Template, *, iso: bool) -> Row:
    """Return TemplateResponse as an update answers it."""
    return CHANGED_TEMPLATE.render(ImageAt(call, record, "", iso=iso, changed=True))


def _changed(call: Call, image_format: str | None = None) -> Template:
    """Return an image as a call changed it; the server takes no other *image_format* of ISOs."""
    store, args, image = call.world.store, call.args, call.args["id"]
    os_name = args["ostypeid"].name if "ostypeid" in args else image.os_name
    owner = store.accounts[image.account_id]
    vms = (v for v in store.vms.values() if v.template_id == image.id and not v.removed)
    case = ChangeImage(
        call.world.dialect,
        image,
        denial(call.account, image, owner, operate=True),
        image_format,
        os_name != image.os_name,
        sum(v.state is not VmState.EXPUNGING for v in vms),
        args.get("forceupdateostype"),
    )
    CHANGE_IMAGE.require(Phase.REQUEST, case)
    changed: Template = image._replace(
        name=args.get("name", image.name),
        said=args.get("displaytext", image.said),
        os_name=os_name,
        image_format=(case.format or image.image_format).upper(),
        password_enabled=args.get("passwordenabled", image.password_enabled),
        bootable=args.get("bootable", image.bootable),
    )
    store.templates[changed.id] = changed
    return changed


def update_template(call: Call) -> Row:
    """updateTemplate."""
    return {"template": _shown(call, _changed(call, call.args.get("format")), iso=False)}


def update_iso(call: Call) -> Row:
    """updateIso."""
    return {"iso": _shown(call, _changed(call), iso=True)}


COMMANDS = (
    Command(
        "updateTemplate",
        update_template,
        f"id:template!~ {_CHANGES}",
        says="Changes what is recorded of a template",
        answers=CHANGED_TEMPLATE,
    ),
    Command(
        "updateIso",
        update_iso,
        f"id:template!~ {_CHANGES}",
        says="Changes what is recorded of an ISO",
        answers=CHANGED_TEMPLATE,
    ),
)

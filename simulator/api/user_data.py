"""User data: registered under a name, linked to templates, given to VMs."""

from typing import NamedTuple

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, paged, visible
from simulator.api.matching import containing, same_text
from simulator.api.owners import owner_of
from simulator.api.render import NOT_ANNOTATED, OF_OWNER, SUCCESS, Seen
from simulator.api.render_image import LINKED_TEMPLATE, image_at
from simulator.api.render_vm import VM
from simulator.api.shape import Shape, text
from simulator.domain.access import may_use
from simulator.domain.guest_data import GuestData
from simulator.domain.inventory import Template
from simulator.domain.records import Account
from simulator.domain.rules import Phase
from simulator.domain.user_data import (
    ALLOW,
    DELETE_DATA,
    DENY,
    LINK_DATA,
    REGISTER_DATA,
    RESET_DATA,
    Content,
    Delete,
    Link,
    Register,
    ResetData,
    UserData,
    finished,
)

_OWNER = "account:text domainid:domain~ projectid:anyproject~"


class _GuestOf(NamedTuple):
    vm_id: str
    given: GuestData


USER_DATA = Shape[Seen[UserData]](
    "userdata",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    *OF_OWNER,
    text("userdata", "the user data, in base64", lambda s: s.record.text),
    text("params", "names of its parameters, with commas between", lambda s: s.record.params),
    *NOT_ANNOTATED,
)
DATA_OF_VM = Shape[_GuestOf](
    "virtualmachineuserdata",
    text("virtualmachineid", "id of the VM", lambda g: g.vm_id),
    text("userdata", "the user data, in base64", lambda g: g.given.user_data or None),
)


def content_of(call: Call, template: Template | None = None) -> Content:
    """Return the user data that a call gives, for a VM of *template* if one is named."""
    args, text, named = call.args, call.text("userdata") or "", call.args.get("userdataid")
    strict = template is not None and template.user_data_policy == DENY
    most = int(call.world.settings.number("vm.userdata.max.length"))
    return Content(
        text=text or (named.text if named else ""),
        both=bool(text) and "userdataid" in args,
        denied_by=template.name if template and strict and (text or named) else "",
        method=call.method,
        most_bytes=most,
    )


def give_data(call: Call, vm_id: str, template: Template | None) -> None:
    """Give a VM the user data of the call and of its template; none takes what it had."""
    _keep(call, vm_id, *_wanted(call, template))


def add_data(call: Call, vm_id: str, template: Template | None) -> None:
    """Give a VM what the call and its template have of user data; it keeps what they lack."""
    before = call.world.store.guest_data.get(vm_id, GuestData())
    text, data_id, details = _wanted(call, template)
    _keep(
        call,
        vm_id,
        text or before.user_data,
        data_id or before.user_data_id,
        details or before.details,
    )


def _wanted(call: Call, template: Template | None) -> tuple[str, str | None, str]:
    """Return the user data, its id and its values that a call and a template make."""
    data, args = call.world.store.user_data, call.args
    linked = data.get(template.user_data_id or "") if template else None
    policy = template.user_data_policy if template else ALLOW
    named = args.get("userdataid")
    text = finished(content_of(call).kept, named, linked, policy)
    return text, named.id if named else None, _spelt(args.get("userdatadetails") or [])


def _keep(call: Call, vm_id: str, text: str, data_id: str | None, details: str) -> None:
    held = call.world.store.guest_data
    before = held.get(vm_id, GuestData())
    given = before._replace(user_data=text, user_data_id=data_id, details=details)
    if given != before:
        held[vm_id] = given


def _spelt(rows: list[dict[str, str]]) -> str:
    """Return values by name as the server spells a map, "" for none."""
    pairs = {name: value for row in rows for name, value in row.items()}
    inside = ", ".join(f"{name}={pairs[name]}" for name in sorted(pairs, key=_bucket))
    return f"{{{inside}}}" if pairs else ""


def _bucket(name: str) -> int:
    """Return where Java's smallest hash map puts a name."""
    code = 0
    for letter in name:
        code = (31 * code + ord(letter)) & 0xFFFFFFFF
    return (code ^ code >> 16) & 15


def _named(call: Call, account: Account, name: str) -> UserData | None:
    rows = call.world.store.user_data.values()
    mine = (d for d in rows if d.account_id == account.id and not d.removed)
    return next((d for d in mine if same_text(d.name, name)), None)


def register(call: Call) -> Row:
    """registerUserData."""
    world, store, account, args = call.world, call.world.store, owner_of(call), call.args
    mine = [d for d in store.user_data.values() if d.account_id == account.id and not d.removed]
    content, name = content_of(call), args["name"]
    case = Register(
        dialect=world.dialect,
        name=name,
        caller_may=may_use(call.account, account, store.domains),
        name_free=_named(call, account, name) is None,
        same=next((d.name for d in mine if d.text == args["userdata"]), ""),
        params=args.get("params", ""),
        content=content,
    )
    REGISTER_DATA.require(Phase.REQUEST, case)
    row = store.new_row("userdata")
    added = UserData(store.new_id(), row, name, account.id, content.kept, args.get("params"))
    store.user_data[added.id] = added
    return {"userdata": USER_DATA.render(Seen(call, added))}


def delete(call: Call) -> Row:
    """deleteUserData that nothing uses."""
    world, store, account, data = call.world, call.world.store, owner_of(call), call.args["id"]
    holders = (store.vms[i] for i, g in store.guest_data.items() if g.user_data_id == data.id)
    linked = (t for t in store.templates.values() if t.user_data_id == data.id)
    case = Delete(
        dialect=world.dialect,
        data=data,
        owner=account.name,
        caller_may=may_use(call.account, account, store.domains),
        linked=any(not t.removed for t in linked),
        used=any(not v.removed for v in holders),
        domain_id=account.domain_id,
    )
    DELETE_DATA.require(Phase.REQUEST, case)
    store.user_data[data.id] = data._replace(removed=True)
    return SUCCESS.render(True)


def list_data(call: Call) -> Row:
    """listUserData, newest first."""
    args, sees = call.args, visible(call)
    holds = containing(str(args.get("keyword", "")))
    rows = [
        d
        for d in reversed(call.world.store.user_data.values())
        if not d.removed
        and sees(d.account_id)
        and ("id" not in args or args["id"].id == d.id)
        and same_text(args.get("name", d.name), d.name)
        and holds(d.name)
    ]
    return paged(call, "userdata", rows, lambda d: USER_DATA.render(Seen(call, d)))


def link(call: Call) -> Row:
    """linkUserDataToTemplate, or to an ISO; without user data the link goes."""
    store, args = call.world.store, call.args
    images = [args[name] for name in ("templateid", "isoid") if name in args]
    image, data = images[0] if images else None, args.get("userdataid")
    policy = str(args.get("userdatapolicy", ALLOW)).upper()
    case = Link(
        dialect=call.world.dialect,
        images=len(images),
        caller_may=image is None or call.world.may(call.account, image.account_id),
        policy=policy,
        image_db_id=image.db_id if image else 0,
        image_removed=image is not None and image.removed,
    )
    LINK_DATA.require(Phase.REQUEST, case)
    changed = images[0]._replace(
        user_data_id=data.id if data else None, user_data_policy=policy if data else ""
    )
    store.templates[changed.id] = changed
    zone = next(z for z in store.zones.values() if changed.zone_id in {None, z.id})
    root = "template" if "templateid" in args else "iso"
    return {root: LINKED_TEMPLATE.render(image_at(call, changed, zone, iso=root == "iso"))}


def reset(call: Call) -> Row:
    """resetUserDataForVirtualMachine, at once."""
    store, vm = call.world.store, call.args["id"]
    template = store.templates.get(vm.template_id)
    case = ResetData(call.world.dialect, vm, content_of(call, template))
    RESET_DATA.require(Phase.REQUEST, case)
    give_data(call, vm.id, template)
    return {"virtualmachine": render_vm.vm(call, vm)}


def of_vm(call: Call) -> Row:
    """getVirtualMachineUserData."""
    vm = call.args["virtualmachineid"]
    given = call.world.store.guest_data.get(vm.id, GuestData())
    return {"virtualmachineuserdata": DATA_OF_VM.render(_GuestOf(vm.id, given))}


COMMANDS = (
    Command(
        "registerUserData",
        register,
        f"userdata:text! name:text! params:text {_OWNER}",
        says="Keeps user data under a name",
        answers=USER_DATA,
    ),
    Command(
        "listUserData",
        list_data,
        f"id:userdata~ name:text {OWNED}",
        says="Lists the user data",
        answers=USER_DATA,
    ),
    Command(
        "deleteUserData",
        delete,
        f"id:userdata!~ {_OWNER}",
        says="Deletes user data that no VM and no template has",
        answers=SUCCESS,
    ),
    Command(
        "linkUserDataToTemplate",
        link,
        "templateid:template~ isoid:template~ userdataid:userdata userdatapolicy:text",
        says="Links user data to a template or an ISO, or unlinks it",
        answers=LINKED_TEMPLATE,
    ),
    Command(
        "resetUserDataForVirtualMachine",
        reset,
        "id:vm!@ userdata:text userdataid:userdata userdatadetails:map",
        says="Gives a stopped VM other user data",
        answers=VM,
        roles="A",
    ),
    Command(
        "getVirtualMachineUserData",
        of_vm,
        "virtualmachineid:vm!@",
        says="Shows the user data of a VM",
        answers=DATA_OF_VM,
        roles="ASDUR",
    ),
)

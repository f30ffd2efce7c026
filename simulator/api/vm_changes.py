"""updateVirtualMachine, changeServiceForVirtualMachine, scaleVirtualMachine."""

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.machines import submit_vm
from simulator.api.render_vm import VM
from simulator.api.user_data import add_data, content_of
from simulator.domain.compute_offerings import SIZE
from simulator.domain.details import READ_ONLY, merged
from simulator.domain.errors import Kind, Refused
from simulator.domain.inventory import CPU_NUMBER, CPU_SPEED, MEMORY
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.domain.vm_changes import NO_UPDATE, UPDATE_VM, UpdateVm
from simulator.engine import scaling
from simulator.engine.vm_names import taken

_READ_ONLY = frozenset(READ_ONLY)


def update(call: Call) -> Row:
    """updateVirtualMachine, at once: its names, details, user data and protection."""
    store, args = call.world.store, call.args
    vm, details = args["id"], merged(args.get("details", ()))
    cleanup = bool(args.get("cleanupdetails"))
    try:
        case = _update_case(call, vm, {} if cleanup else details)
        UPDATE_VM.require(Phase.REQUEST, case)
    except Refused as no:
        if no.kind is Kind.MALFORMED:
            raise
        raise Refused(Kind.RUNTIME, NO_UPDATE + no.text, no.rule_id) from None
    add_data(call, vm.id, store.templates.get(vm.template_id))
    vm = _with_details(call, vm, details, cleanup=cleanup)
    changed = vm._replace(
        name=case.name or vm.name,
        display_name=args.get("displayname", vm.display_name),
        protected=args.get("deleteprotection", vm.protected),
        updated_s=call.world.env.now,
    )
    return {"virtualmachine": render_vm.vm(call, store.put_vm(changed))}


def _update_case(call: Call, vm: Vm, details: dict[str, str]) -> UpdateVm:
    world, name = call.world, call.args.get("name")
    users = () if call.is_root else details
    return UpdateVm(
        dialect=world.dialect,
        vm=vm,
        name=name,
        taken=taken(world, name, vm.network_id, vm.id) if name is not None else "",
        details=details,
        restricted=next((d for d in users if d in render_vm.HIDDEN), ""),
        read_only=next((d for d in users if d in _READ_ONLY), ""),
        over_limit=_size_over_limit(call, vm, details),
        scalable=bool(call.args.get("isdynamicallyscalable")),
        ha=bool(call.args.get("haenable")),
        content=content_of(call, world.store.templates.get(vm.template_id)),
    )


def _size_over_limit(call: Call, vm: Vm, details: dict[str, str]) -> str:
    """Judge the size that new details give a VM of a customized offering, and its room."""
    offering = call.world.store.service_offerings[vm.service_offering_id]
    if not details or not offering.dynamic:
        return ""
    size = {CPU_NUMBER: details.get(CPU_NUMBER, "0"), MEMORY: details.get(MEMORY, "0")}
    if not offering.cpu_mhz and CPU_SPEED in details:
        size[CPU_SPEED] = details[CPU_SPEED]
    SIZE.require(Phase.REQUEST, scaling.custom_size(call.world, offering, size))
    return scaling.size_over_limit(call.world, vm, offering.sized(tuple(size.items())))


def _with_details(call: Call, vm: Vm, details: dict[str, str], *, cleanup: bool) -> Vm:
    """Return the VM with its details replaced, or those gone that the caller may touch."""
    if not details and not cleanup:
        return vm
    untouched = frozenset() if call.is_root else render_vm.HIDDEN | _READ_ONLY
    kept = {name: text for name, text in vm.details if name in untouched}
    if not cleanup:
        kept |= {name: text for name, text in details.items() if not name.startswith("extraconfig")}
    return vm._replace(details=tuple(kept.items()))


def change_service(call: Call) -> Row:
    """changeServiceForVirtualMachine, at once, with or without a ROOT."""
    args = call.args
    details = merged(args.get("details", ()))
    changed = scaling.change(call.world, args["id"].id, args["serviceofferingid"], details)
    return {"virtualmachine": render_vm.vm(call, changed)}


def scale(call: Call) -> Row:
    """scaleVirtualMachine; its refusals come from the job."""
    args = call.args
    vm_id, details = args["id"].id, merged(args.get("details", ()))
    flow = scaling.scale(call.world, vm_id, args["serviceofferingid"], details)
    return submit_vm(call, flow, vm_id)


COMMANDS = (
    Command(
        "updateVirtualMachine",
        update,
        "id:vm!@ name:text displayname:text deleteprotection:bool details:map cleanupdetails:bool "
        "haenable:bool isdynamicallyscalable:bool userdata:text userdataid:userdata "
        "userdatadetails:map",
        says="Changes names, details, user data or the protection from deletion of a VM",
        answers=VM,
    ),
    Command(
        "changeServiceForVirtualMachine",
        change_service,
        "id:vm!@ serviceofferingid:service!~ details:map",
        says="Gives a stopped VM another compute offering",
        answers=VM,
    ),
    Command(
        "scaleVirtualMachine",
        scale,
        "id:vm!@ serviceofferingid:service!~ details:map",
        says="Gives a VM another compute offering",
        answers=VM,
        is_async=True,
    ),
)

"""updateVirtualMachine, changeServiceForVirtualMachine, scaleVirtualMachine."""

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.submit import submit_success
from simulator.domain.changes import CHANGE_SERVICE, SCALE, UPDATE_VM, Scale, UpdateVm
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.engine.world import Flow


def update(call: Call) -> Row:
    """updateVirtualMachine, at once: its names and its protection."""
    store, args = call.world.store, call.args
    vm, name = args["id"], args.get("name")
    free = name in {None, vm.name} or not any(
        v.name == name and v.account_id == vm.account_id and not v.removed
        for v in store.vms.values()
    )
    UPDATE_VM.require(Phase.REQUEST, UpdateVm(call.world.dialect, vm, name, free))
    changed = vm._replace(
        name=name or vm.name,
        display_name=args.get("displayname", vm.display_name),
        protected=args.get("deleteprotection", vm.protected),
        updated_s=call.world.env.now,
    )
    return {"virtualmachine": render_vm.vm(call, store.put_vm(changed))}


def _case(call: Call) -> Scale:
    store, vm = call.world.store, call.world.store.vms[call.args["id"].id]
    old, new = store.service_offerings[vm.service_offering_id], call.args["serviceofferingid"]
    dynamic = call.world.settings.flag("enable.dynamic.scale.vm")
    return Scale(call.world.dialect, vm, old, new, dynamic)


def _scaled(call: Call, case: Scale) -> Vm:
    """Give a VM its new offering; its host counts the VM anew."""
    store, vm = call.world.store, case.vm
    store.put_vm(vm._replace(host_id=None))
    return store.put_vm(vm._replace(service_offering_id=case.new.id, updated_s=call.world.env.now))


def change_service(call: Call) -> Row:
    """changeServiceForVirtualMachine, at once, with or without a ROOT."""
    case = _case(call)
    CHANGE_SERVICE.require(Phase.REQUEST, case)
    return {"virtualmachine": render_vm.vm(call, _scaled(call, case))}


def scale(call: Call) -> Row:
    """scaleVirtualMachine; its refusals come from the job."""

    def flow() -> Flow:
        yield call.world.spend("work")
        case = _case(call)
        SCALE.require(Phase.JOB, case)
        _scaled(call, case)

    return submit_success(call, flow(), "vm", ("VirtualMachine", call.args["id"].id))


COMMANDS = (
    Command(
        "updateVirtualMachine",
        update,
        "id:vm!@ name:text displayname:text deleteprotection:bool",
        says="Changes the names of a VM, or whether it is protected from deletion",
        answers="virtualmachine",
    ),
    Command(
        "changeServiceForVirtualMachine",
        change_service,
        "id:vm!@ serviceofferingid:service!",
        says="Gives a stopped VM another compute offering",
        answers="virtualmachine",
    ),
    Command(
        "scaleVirtualMachine",
        scale,
        "id:vm!@ serviceofferingid:service!",
        says="Gives a VM another compute offering",
        answers="success",
        is_async=True,
    ),
)

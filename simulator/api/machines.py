"""The VM commands."""

from functools import partial

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.images import may_launch
from simulator.api.lists import Row
from simulator.api.narrate import tell_of_disk, tell_of_network
from simulator.api.render import SUCCESS
from simulator.api.render_vm import VM
from simulator.api.submit import submit, submit_success
from simulator.domain import details
from simulator.domain.rules import Phase, Table
from simulator.domain.vm_kinds import (
    DESTROY_KIND,
    EXPUNGE_KIND,
    REBOOT_KIND,
    RECOVER_KIND,
    START_KIND,
    STOP_KIND,
    OfKind,
)
from simulator.engine import machines as engine
from simulator.engine.jobs import Job
from simulator.engine.networking import implement
from simulator.engine.reinstall import Wish
from simulator.engine.reinstall import reboot as reboot_flow
from simulator.engine.reinstall import restore as restore_flow
from simulator.engine.starting import StartWish
from simulator.engine.starting import start as start_flow
from simulator.engine.starting import stop as stop_flow
from simulator.engine.world import Flow


def submit_vm(call: Call, flow: Flow, vm_id: str, password: str = "") -> Row:
    """Start a job whose result is a VM, with the *password* it was given."""

    def show(found: str, job: Job) -> Row:
        row = call.world.store.vms[found]
        return {"virtualmachine": render_vm.vm(call, row, job.id, password or None)}

    return submit(call, flow, "vm", show, ("VirtualMachine", vm_id))


def on_network(call: Call, flow: Flow) -> Flow:
    """Run a flow that starts a VM, and implement the VM's network once it runs."""
    vm_id = yield from flow
    implement(call.world, vm_id, partial(tell_of_network, call))
    return vm_id


def chosen_place(call: Call) -> tuple[str, str | None]:
    """Return (parameter, id) of the narrowest place asked for, ("", None) for none."""
    for name in ("hostid", "clusterid", "podid"):
        if name in call.args:
            return name, str(call.args[name].id)
    return "", None


def start_wish(call: Call) -> StartWish:
    """Return how a VM shall start."""
    args = call.args
    return StartWish(
        "bootintosetup" in args, args.get("deploymentplanner"), args.get("considerlasthost", True)
    )


def start(call: Call) -> Row:
    """startVirtualMachine."""
    vm = call.args["id"]
    asked = next((name for name in ("podid", "clusterid", "hostid") if name in call.args), "")
    place, wish = chosen_place(call)[1], start_wish(call)
    flow = start_flow(call.world, call.account, vm.id, place, asked, wish)
    return submit_vm(call, _judged(call, START_KIND, vm.id, on_network(call, flow)), vm.id)


def _judged(call: Call, table: Table[OfKind], vm_id: str, flow: Flow) -> Flow:
    """Judge the kind of a VM in the job, then run *flow*."""
    table.require(Phase.JOB, of_kind(call, vm_id))
    return (yield from flow)


def of_kind(call: Call, vm_id: str) -> OfKind:
    """Return what the rules about the kind of a VM look at."""
    world, forced = call.world, bool(call.args.get("forced"))
    may_force = world.settings.flag("allow.user.force.stop.vm")
    return OfKind(world.dialect, world.store.vms[vm_id], forced, may_force)


def stop(call: Call) -> Row:
    """stopVirtualMachine."""
    vm = call.args["id"]
    flow = stop_flow(call.world, vm.id, forced=bool(call.args.get("forced")))
    return submit_vm(call, _judged(call, STOP_KIND, vm.id, flow), vm.id)


def reboot(call: Call) -> Row:
    """rebootVirtualMachine."""
    vm = call.args["id"]
    setup = bool(call.args.get("bootintosetup"))
    flow = reboot_flow(call.world, call.account, vm.id, setup=setup)
    return submit_vm(call, _judged(call, REBOOT_KIND, vm.id, flow), vm.id)


def destroy(call: Call) -> Row:
    """destroyVirtualMachine."""
    vm = call.args["id"]
    doomed = tuple(volume.id for volume in call.args.get("volumeids", ()))
    expunge = bool(call.args.get("expunge"))
    flow = engine.destroy(
        call.world,
        call.account,
        vm.id,
        expunge=expunge,
        role_expunges=not expunge or _role_expunges(call),
        doomed=doomed,
        tell=partial(tell_of_disk, call),
    )
    return submit_vm(call, _judged(call, DESTROY_KIND, vm.id, flow), vm.id)


def _role_expunges(call: Call) -> bool:
    """Return whether the caller's role may call expungeVirtualMachine."""
    role, row = call.world.store.role_of(call.account), _EXPUNGE
    return role is not None and role.allows(row.name, row.roles)


def expunge(call: Call) -> Row:
    """expungeVirtualMachine."""
    vm_id = call.args["id"].id
    flow = engine.expunge(call.world, call.account, vm_id, partial(tell_of_disk, call))
    flow = _judged(call, EXPUNGE_KIND, vm_id, flow)
    return submit_success(call, flow, "vm", ("VirtualMachine", vm_id))


def recover(call: Call) -> Flow:
    """recoverVirtualMachine: the VM is back at once, the reply comes a moment later."""
    vm_id = call.args["id"].id
    RECOVER_KIND.require(Phase.REQUEST, of_kind(call, vm_id))
    yield from engine.recover(call.world, call.account, vm_id)
    return {"virtualmachine": render_vm.vm(call, call.world.store.vms[vm_id])}


def restore(call: Call) -> Row:
    """restoreVirtualMachine."""
    args, template = call.args, call.args.get("templateid")
    vm, size = args["virtualmachineid"], args.get("rootdisksize")
    given = {details.ROOT_SIZE: str(size)} if size is not None else {}
    wish = Wish(
        template,
        args.get("diskofferingid"),
        bool(args.get("expunge")),
        template is None or may_launch(call, call.account, template),
        given | details.merged(args.get("details", ())),
    )
    return submit_vm(call, restore_flow(call.world, call.account, vm.id, wish), vm.id)


_EXPUNGE = Command(
    "expungeVirtualMachine",
    expunge,
    "id:vm!@",
    says="Removes a destroyed VM for good",
    answers=SUCCESS,
    is_async=True,
)
COMMANDS = (
    Command(
        "startVirtualMachine",
        start,
        "id:vm!@ hostid:host clusterid:cluster podid:pod considerlasthost:bool^ "
        "deploymentplanner:text^ bootintosetup:bool",
        says="Starts a VM",
        answers=VM,
        is_async=True,
    ),
    Command(
        "stopVirtualMachine",
        stop,
        "id:vm!@ forced:bool",
        says="Stops a VM",
        answers=VM,
        is_async=True,
    ),
    Command(
        "rebootVirtualMachine",
        reboot,
        "id:vm!@ forced:bool bootintosetup:bool",
        says="Reboots a running VM",
        answers=VM,
        is_async=True,
    ),
    Command(
        "destroyVirtualMachine",
        destroy,
        "id:vm!@ expunge:bool volumeids:volume*",
        says="Destroys a VM, which can be recovered unless it is expunged",
        answers=VM,
        is_async=True,
    ),
    _EXPUNGE,
    Command(
        "recoverVirtualMachine",
        recover,
        "id:vm!@",
        says="Recovers a destroyed VM",
        answers=VM,
    ),
    Command(
        "restoreVirtualMachine",
        restore,
        "virtualmachineid:vm!@ templateid:template diskofferingid:disk rootdisksize:long "
        "details:map expunge:bool",
        says="Gives a VM a new ROOT volume from its template",
        answers=VM,
        is_async=True,
    ),
)

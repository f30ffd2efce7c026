"""The VM commands."""

from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, paged, visible
from simulator.api.volumes import class_name, owner_of
from simulator.domain.access import is_admin, may_use
from simulator.domain.limits import Resource
from simulator.domain.machines import DEPLOY, Deploy
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.domain.volumes import GIB
from simulator.engine import machines as engine
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def submit(call: Call, flow: Flow, vm_id: str) -> dict[str, Any]:
    """Start a job whose result is a VM."""

    def result(found: str, job: Job) -> dict[str, Any]:
        body = render.vm(call, call.world.store.vms[found])
        return {"virtualmachine": body | {"jobid": job.id, "jobstatus": 0}}

    name = class_name(call, "vm")
    instance = ("VirtualMachine", vm_id)
    job = call.jobs.submit(flow, name, call.account.id, call.user.id, result, instance)
    return {"jobid": job.id}


def deploy(call: Call) -> dict[str, Any]:
    """deployVirtualMachine: the rows are made at once, a job starts the VM."""
    world, store, args = call.world, call.world.store, call.args
    owner, template, zone = owner_of(call), args.get("templateid"), args["zoneid"]
    vm_limit = world.over_limit(owner.id, Resource.USER_VM, 1)
    disks = 1 + ("diskofferingid" in args)
    volume_limit = world.over_limit(owner.id, Resource.VOLUME, disks)
    name = call.text("name")
    case = Deploy(
        dialect=world.dialect,
        template=template,
        zone_open=zone.enabled or call.is_root,
        caller_may=may_use(call.account, owner, store.domains),
        placement_given="hostid" in args,
        caller_is_root=call.is_root,
        name_free=not any(
            v.name == name and v.account_id == owner.id and not v.removed
            for v in store.vms.values()
        ),
        over_limit=vm_limit or volume_limit,
    )
    DEPLOY.require(Phase.REQUEST, case)
    vm = _allocate(call, owner, name)
    host = args.get("hostid")
    flow = engine.start(world, call.account, vm.id, host.id if host else None)
    if str(args.get("startvm", "true")).lower() == "false":
        flow.close()
        flow = _leave_stopped(call, vm.id)
    return {"id": vm.id, **submit(call, flow, vm.id)}


def _leave_stopped(call: Call, vm_id: str) -> Flow:
    yield call.world.spend("work")
    return vm_id


def _allocate(call: Call, owner: Account, name: str | None) -> Vm:
    world, store, args = call.world, call.world.store, call.args
    db_id, template = store.new_row("vm"), args["templateid"]
    label = name or f"VM-{store.new_id()}"
    vm = store.put_vm(
        Vm(
            id=store.new_id(),
            db_id=db_id,
            name=label,
            display_name=call.text("displayname") or label,
            account_id=owner.id,
            zone_id=args["zoneid"].id,
            hypervisor=template.hypervisor,
            state=VmState.STOPPED,
            service_offering_id=args["serviceofferingid"].id,
            template_id=template.id,
            instance_name=f"i-{owner.db_id}-{db_id}-VM",
            address=f"10.1.{1 + db_id // 250 % 250}.{2 + db_id % 250}",
            mac=f"02:01:00:{db_id >> 16 & 255:02x}:{db_id >> 8 & 255:02x}:{db_id & 255:02x}",
            created_s=world.env.now,
            updated_s=world.env.now,
            user_id=call.user.id,
        )
    )
    root = _disk(call, vm, f"ROOT-{db_id}", template.size_bytes, 0)
    store.put_volume(
        root._replace(
            type=VolumeType.ROOT,
            template_id=template.id,
            service_offering_id=vm.service_offering_id,
        )
    )
    offering = args.get("diskofferingid")
    if offering is not None:
        size = (offering.size_gib or int(args.get("size") or 1)) * GIB
        data = _disk(call, vm, f"DATA-{db_id}", size, 1)
        store.put_volume(data._replace(disk_offering_id=offering.id))
    return vm


def _disk(call: Call, vm: Vm, name: str, size_bytes: int, device_id: int) -> Volume:
    store = call.world.store
    return Volume(
        id=store.new_id(),
        db_id=store.new_row("volume"),
        name=name,
        account_id=vm.account_id,
        zone_id=vm.zone_id,
        type=VolumeType.DATADISK,
        state=VolumeState.ALLOCATED,
        size_bytes=size_bytes,
        vm_id=vm.id,
        device_id=device_id,
        created_s=call.world.env.now,
    )


def start(call: Call) -> dict[str, Any]:
    """startVirtualMachine."""
    vm = call.args["id"]
    return submit(call, engine.start(call.world, call.account, vm.id), vm.id)


def stop(call: Call) -> dict[str, Any]:
    """stopVirtualMachine."""
    vm = call.args["id"]
    return submit(call, engine.stop(call.world, vm.id), vm.id)


def reboot(call: Call) -> dict[str, Any]:
    """rebootVirtualMachine."""
    vm = call.args["id"]
    return submit(call, engine.reboot(call.world, call.account, vm.id), vm.id)


def destroy(call: Call) -> dict[str, Any]:
    """destroyVirtualMachine."""
    vm = call.args["id"]
    doomed = tuple(volume.id for volume in call.args.get("volumeids", ()))
    expunge = bool(call.args.get("expunge"))
    flow = engine.destroy(call.world, call.account, vm.id, expunge=expunge, doomed=doomed)
    return submit(call, flow, vm.id)


def expunge(call: Call) -> dict[str, Any]:
    """expungeVirtualMachine."""
    flow = engine.expunge(call.world, call.account, call.args["id"].id)
    name = class_name(call, "vm")
    job = call.jobs.submit(flow, name, call.account.id, call.user.id, lambda *_: {"success": True})
    return {"jobid": job.id}


def recover(call: Call) -> dict[str, Any]:
    """recoverVirtualMachine, at once."""
    found = engine.recover(call.world, call.account, call.args["id"].id)
    return {"virtualmachine": render.vm(call, found)}


def restore(call: Call) -> dict[str, Any]:
    """restoreVirtualMachine."""
    vm, template = call.args["virtualmachineid"], call.args.get("templateid")
    flow = engine.restore(call.world, call.account, vm.id, template.id if template else None)
    return submit(call, flow, vm.id)


def list_vms(call: Call) -> dict[str, Any]:
    """listVirtualMachines; a user does not see what was destroyed."""
    store, args = call.world.store, call.args
    sees, one = visible(call), args.get("id")
    found = [one] if one is not None else list(store.vms.values())
    shown = [
        v
        for v in found
        if not v.removed
        and sees(v.account_id)
        and (v.state is not VmState.DESTROYED or is_admin(call.account))
        and args.get("name", v.name) == v.name
        and args.get("state", v.state).lower() == v.state.lower()
        and ("zoneid" not in args or args["zoneid"].id == v.zone_id)
    ]
    return paged(call, "virtualmachine", (render.vm(call, v) for v in shown))


COMMANDS = (
    Command(
        "deployVirtualMachine",
        deploy,
        "serviceofferingid:service! templateid:template zoneid:zone! name:text displayname:text "
        "account:text domainid:domain hostid:host diskofferingid:disk size:long startvm:text",
        is_async=True,
    ),
    Command("startVirtualMachine", start, "id:vm!@", is_async=True),
    Command("stopVirtualMachine", stop, "id:vm!@ forced:bool", is_async=True),
    Command("rebootVirtualMachine", reboot, "id:vm!@", is_async=True),
    Command(
        "destroyVirtualMachine", destroy, "id:vm!@ expunge:bool volumeids:volume*", is_async=True
    ),
    Command("expungeVirtualMachine", expunge, "id:vm!@", is_async=True),
    Command("recoverVirtualMachine", recover, "id:vm!@"),
    Command(
        "restoreVirtualMachine", restore, "virtualmachineid:vm!@ templateid:template", is_async=True
    ),
    Command(
        "listVirtualMachines",
        list_vms,
        f"id:vm~ name:text state:text zoneid:zone details:text {OWNED}",
        roles="ADUR",
    ),
)

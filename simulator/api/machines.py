"""The VM commands."""

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.narrate import tell_detached
from simulator.api.owners import owner_of
from simulator.api.submit import submit, submit_success
from simulator.domain.access import may_use
from simulator.domain.inventory import Template
from simulator.domain.limits import Resource
from simulator.domain.machines import DEPLOY, Deploy
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.domain.volumes import GIB
from simulator.engine import machines as engine
from simulator.engine.jobs import Job
from simulator.engine.networking import implement, network_for
from simulator.engine.world import Flow


def submit_vm(call: Call, flow: Flow, vm_id: str) -> Row:
    """Start a job whose result is a VM."""

    def show(found: str, job: Job) -> Row:
        row = call.world.store.vms[found]
        body = render_vm.vm(call, row)
        return {"virtualmachine": body if row.removed else body | {"jobid": job.id, "jobstatus": 0}}

    return submit(call, flow, "vm", show, ("VirtualMachine", vm_id))


def _on_network(call: Call, flow: Flow) -> Flow:
    """Run a flow that starts a VM, and implement the VM's network once it runs."""
    vm_id = yield from flow
    implement(call.world, vm_id)
    return vm_id


def deploy(call: Call) -> Row:
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
    flow = _on_network(call, engine.start(world, call.account, vm.id, host.id if host else None))
    if str(args.get("startvm", "true")).lower() == "false":
        flow.close()
        flow = _leave_stopped(call, vm.id)
    return {"id": vm.id, **submit_vm(call, flow, vm.id)}


def _leave_stopped(call: Call, vm_id: str) -> Flow:
    yield call.world.spend("work")
    return vm_id


def _allocate(call: Call, owner: Account, name: str | None) -> Vm:
    world, store, args = call.world, call.world.store, call.args
    db_id, template = store.new_row("vm"), args["templateid"]
    network = network_for(world, owner.id, args["zoneid"].id)
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
            network_id=network.id,
            nic_id=store.new_id(),
        )
    )
    _add_disks(call, vm, template)
    return vm


def _add_disks(call: Call, vm: Vm, template: Template) -> None:
    """Add the rows of a new VM's ROOT and of the data disk that was asked for."""
    store, args = call.world.store, call.args
    root = _disk(call, vm, f"ROOT-{vm.db_id}", template.size_bytes, 0)
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
        data = _disk(call, vm, f"DATA-{vm.db_id}", size, 1)
        store.put_volume(data._replace(disk_offering_id=offering.id))


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


def start(call: Call) -> Row:
    """startVirtualMachine."""
    vm, host = call.args["id"], call.args.get("hostid")
    flow = engine.start(call.world, call.account, vm.id, host.id if host else None)
    return submit_vm(call, _on_network(call, flow), vm.id)


def stop(call: Call) -> Row:
    """stopVirtualMachine."""
    vm = call.args["id"]
    return submit_vm(call, engine.stop(call.world, vm.id), vm.id)


def reboot(call: Call) -> Row:
    """rebootVirtualMachine."""
    vm = call.args["id"]
    return submit_vm(call, engine.reboot(call.world, call.account, vm.id), vm.id)


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
        doomed=doomed,
        tell=lambda volume, of: tell_detached(call, volume, of),
    )
    return submit_vm(call, flow, vm.id)


def expunge(call: Call) -> Row:
    """expungeVirtualMachine."""
    flow = engine.expunge(call.world, call.account, call.args["id"].id)
    return submit_success(call, flow, "vm")


def recover(call: Call) -> Row:
    """recoverVirtualMachine, at once."""
    found = engine.recover(call.world, call.account, call.args["id"].id)
    return {"virtualmachine": render_vm.vm(call, found)}


def restore(call: Call) -> Row:
    """restoreVirtualMachine."""
    vm, template = call.args["virtualmachineid"], call.args.get("templateid")
    flow = engine.restore(call.world, call.account, vm.id, template.id if template else None)
    return submit_vm(call, flow, vm.id)


COMMANDS = (
    Command(
        "deployVirtualMachine",
        deploy,
        "serviceofferingid:service! templateid:template zoneid:zone! name:text displayname:text "
        "account:text domainid:domain projectid:text hostid:host diskofferingid:disk size:long "
        "startvm:text",
        says="Creates a VM from a template and an offering, and starts it",
        answers="virtualmachine",
        is_async=True,
    ),
    Command(
        "startVirtualMachine",
        start,
        "id:vm!@ hostid:host",
        says="Starts a VM",
        answers="virtualmachine",
        is_async=True,
    ),
    Command(
        "stopVirtualMachine",
        stop,
        "id:vm!@ forced:bool",
        says="Stops a VM",
        answers="virtualmachine",
        is_async=True,
    ),
    Command(
        "rebootVirtualMachine",
        reboot,
        "id:vm!@ forced:bool",
        says="Reboots a running VM",
        answers="virtualmachine",
        is_async=True,
    ),
    Command(
        "destroyVirtualMachine",
        destroy,
        "id:vm!@ expunge:bool volumeids:volume*",
        says="Destroys a VM, which can be recovered unless it is expunged",
        answers="virtualmachine",
        is_async=True,
    ),
    Command(
        "expungeVirtualMachine",
        expunge,
        "id:vm!@",
        says="Removes a destroyed VM for good",
        answers="success",
        is_async=True,
    ),
    Command(
        "recoverVirtualMachine",
        recover,
        "id:vm!@",
        says="Recovers a destroyed VM",
        answers="virtualmachine",
    ),
    Command(
        "restoreVirtualMachine",
        restore,
        "virtualmachineid:vm!@ templateid:template expunge:bool",
        says="Gives a VM a new ROOT volume from its template",
        answers="virtualmachine",
        is_async=True,
    ),
)

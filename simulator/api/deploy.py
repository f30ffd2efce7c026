"""deployVirtualMachine: the rows of a VM and its disks are made at once, a job starts it."""

from simulator.api.affinity import put_groups, require_groups
from simulator.api.command import Call, Command
from simulator.api.deploy_cases import deploy_case, furnish_case
from simulator.api.joins import join, networks_of, require_addresses, require_joins
from simulator.api.lists import Row
from simulator.api.machines import chosen_place, on_network, start_wish, submit_vm
from simulator.api.narrate import tell_of_disk
from simulator.api.owners import owner_of
from simulator.api.render_vm import VM
from simulator.api.ssh_keys import give_keys
from simulator.api.user_data import give_data
from simulator.domain.compute_offerings import SIZE
from simulator.domain.deploy import DEPLOY
from simulator.domain.details import DEPLOYED, ROOT_SIZE
from simulator.domain.dialect import Quirk
from simulator.domain.disk_events import MADE_FOR_VM, ROOT_MADE_FOR_VM
from simulator.domain.errors import CloudError, Kind, Refused
from simulator.domain.furnish import FURNISH, Furnish
from simulator.domain.inventory import SIZES, Details
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VmEvent, VmState, VolumeState
from simulator.engine.machines import fail_deploy
from simulator.engine.networking import network_for
from simulator.engine.passwords import password
from simulator.engine.scaling import custom_size
from simulator.engine.starting import start
from simulator.engine.world import Flow


def _judged(call: Call, owner: Account) -> Furnish:
    """Judge a call by every rule and return what its VM shall have."""
    world, case = call.world, deploy_case(call, owner)
    DEPLOY.require(Phase.REQUEST, case)
    SIZE.require(Phase.REQUEST, custom_size(world, case.compute, case.details))
    wanted = furnish_case(call, owner, case, call.args["templateid"])
    try:
        FURNISH.require(Phase.REQUEST, wanted)
        require_addresses(call)
    except Refused as no:
        if no.kind is Kind.WRAPPED and Quirk.ERROR_VM_WITHOUT_ADDRESS in world.dialect:
            _leave_in_error(call, owner, wanted)
        raise
    return wanted


def _leave_in_error(call: Call, owner: Account, wanted: Furnish) -> None:
    """Leave a VM that gets no address, as the server does that made its row before its nic."""
    world = call.world
    vm = _put(call, owner, wanted)._replace(address="", mac="")
    world.store.put_vm(vm.on(VmEvent.FAILED_TO_ERROR, updated_s=world.env.now))


def deploy(call: Call) -> Row:
    """deployVirtualMachine."""
    owner = owner_of(call)
    require_joins(call)
    wanted = _judged(call, owner)
    groups = require_groups(call, owner)
    vm = _allocate(call, owner, wanted)
    put_groups(call, vm.id, groups)
    if str(call.args.get("startvm", "true")).lower() == "false":
        flow = _leave_stopped(call, vm.id)
    else:
        place = chosen_place(call)[1] if call.is_root else None
        flow = start(call.world, call.account, vm.id, place, wish=start_wish(call))
        flow = _deployed(call, vm.id, flow)
    return {"id": vm.id, **submit_vm(call, flow, vm.id, _password(call))}


def _deployed(call: Call, vm_id: str, flow: Flow) -> Flow:
    try:
        yield from on_network(call, flow)
    except CloudError:
        fail_deploy(call.world, vm_id)
        raise
    return vm_id


def _password(call: Call) -> str:
    """Return the password of a VM whose template takes one: as asked for, or made up."""
    if not call.args["templateid"].password_enabled:
        return ""
    return (call.text("password") or "").strip() or password(call.world)


def _leave_stopped(call: Call, vm_id: str) -> Flow:
    yield call.world.spend("allocate")
    return vm_id


def _allocate(call: Call, owner: Account, wanted: Furnish) -> Vm:
    vm = _put(call, owner, wanted)
    _add_disks(call, vm, wanted)
    join(call, vm)
    give_keys(call, vm.id, owner)
    give_data(call, vm.id, wanted.template)
    return vm


def _put(call: Call, owner: Account, wanted: Furnish) -> Vm:
    """Make the row of a VM."""
    world, store, template = call.world, call.world.store, wanted.template
    db_id, vm_id = store.new_row("vm"), store.new_id()
    network = next(iter(networks_of(call)), None)
    network = network or network_for(world, owner.id, wanted.zone.id)
    label = call.text("name") or f"VM-{vm_id}"
    return store.put_vm(
        Vm(
            id=vm_id,
            db_id=db_id,
            name=label,
            display_name=call.text("displayname") or label,
            account_id=owner.id,
            zone_id=wanted.zone.id,
            hypervisor=wanted.hypervisor,
            state=VmState.STOPPED,
            service_offering_id=wanted.compute.id,
            template_id=template.id,
            instance_name=f"i-{owner.db_id}-{db_id}-VM",
            address=wanted.given or "",
            mac=f"02:01:00:{db_id >> 16 & 255:02x}:{db_id >> 8 & 255:02x}:{db_id & 255:02x}",
            created_s=world.env.now,
            user_id=_user_of(call, owner),
            iso_id=template.id if wanted.iso else None,
            network_id=network.id,
            nic_id=store.new_id(),
            details=_details(call, wanted),
        )
    )


def _user_of(call: Call, owner: Account) -> str:
    """Return whose VM it is: the caller's, or the first user's of another owner."""
    if owner.id != call.account.id:
        users = call.world.store.users.values()
        first = next((u for u in users if u.account_id == owner.id and not u.removed), None)
        return first.id if first else call.user.id
    return call.user.id


def _details(call: Call, wanted: Furnish) -> Details:
    """Return the details of a new VM; the size of a ROOT that is its template's is none."""
    found = dict(wanted.details)
    if wanted.root_gib is not None:
        found[ROOT_SIZE] = str(wanted.root_gib)
    if wanted.root_bytes == wanted.template.size_bytes:
        found.pop(ROOT_SIZE, None)
    found.pop("BIOS", None)
    if call.args.get("keyboard"):
        found["keyboard"] = call.args["keyboard"]
    found[DEPLOYED] = "true"
    return tuple((k, str(int(v)) if k in SIZES else v) for k, v in found.items())


def _add_disks(call: Call, vm: Vm, wanted: Furnish) -> None:
    """Add the rows of a new VM's ROOT and of the data disk that was asked for.

    Of a VM from an ISO the disk that was asked for is the ROOT.
    """
    store, root_disk, data_disk = call.world.store, wanted.root_disk, wanted.data_disk
    root = _disk(call, vm, f"ROOT-{vm.db_id}", wanted.root_bytes, 0)._replace(type=VolumeType.ROOT)
    if root_disk is not None:
        root = root._replace(disk_offering_id=root_disk.id)
        tell_of_disk(call, MADE_FOR_VM, store.put_volume(root), vm)
        return
    root = root._replace(template_id=vm.template_id, service_offering_id=vm.service_offering_id)
    tell_of_disk(call, ROOT_MADE_FOR_VM, store.put_volume(root), vm)
    if data_disk is not None:
        data = _disk(call, vm, f"DATA-{vm.db_id}", wanted.data_bytes, 1)
        data = data._replace(disk_offering_id=data_disk.id)
        tell_of_disk(call, MADE_FOR_VM, store.put_volume(data), vm)


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


COMMANDS = (
    Command(
        "deployVirtualMachine",
        deploy,
        "serviceofferingid:service!~ templateid:template zoneid:zone! name:text displayname:text "
        "account:text domainid:domain~ projectid:anyproject~ hostid:host clusterid:cluster "
        "podid:pod networkids:network* iptonetworklist:map macaddress:text diskofferingid:disk~ "
        "ipaddress:text "
        "size:long rootdisksize:long hypervisor:text "
        "startvm:text details:map password:text keypair:text keypairs:text userdata:text "
        "userdataid:userdata userdatadetails:map boottype:text bootmode:text bootintosetup:bool "
        "deploymentplanner:text^ "
        "group:text affinitygroupids:affinitygroup* affinitygroupnames:text",
        says="Creates a VM from a template or an ISO image and an offering, and starts it",
        answers=VM,
        is_async=True,
    ),
)

"""deployVirtualMachine: the rows of a VM and its disks are made at once, a job starts it."""

from simulator.api.affinity import put_groups, require_groups
from simulator.api.command import Call, Command
from simulator.api.images import may_see
from simulator.api.joins import join, networks_of, require_joins
from simulator.api.lists import Row
from simulator.api.machines import chosen_place, on_network, submit_vm
from simulator.api.owners import owner_of
from simulator.api.ssh_keys import give_keys, key_names, keys_of
from simulator.api.user_data import content_of, give_data
from simulator.domain.access import may_use
from simulator.domain.details import ROOT_SIZE
from simulator.domain.errors import CloudError
from simulator.domain.inventory import (
    Details,
    DiskOffering,
    Hypervisor,
    ServiceOffering,
    Template,
)
from simulator.domain.limits import Resource
from simulator.domain.machines import DEPLOY, Deploy
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.registering import ISO
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.domain.volumes import GIB
from simulator.engine.machines import fail_deploy
from simulator.engine.networking import guest_address, network_for
from simulator.engine.passwords import password
from simulator.engine.starting import start
from simulator.engine.world import Flow


def _hypervisor(call: Call, template: Template) -> Hypervisor | None:
    """Return what a VM runs on: what its template is made for, or what an ISO is put into."""
    if template.image_format != ISO:
        return template.hypervisor
    wanted = str(call.args.get("hypervisor", "")).lower()
    return next((h for h in Hypervisor if h.lower() == wanted), None)


def _root_gib(call: Call) -> int | None:
    """Return the size of the ROOT in GiB that its offering gives or else the caller, or None."""
    args, template = call.args, call.args.get("templateid")
    compute: ServiceOffering = args["serviceofferingid"]
    fixed = compute.root_gib
    if template is not None and template.image_format == ISO:
        fixed = _data_bytes(call) // GIB
    asked: int | None = args.get("rootdisksize")
    return fixed or asked


def _root_bytes(call: Call) -> int:
    """Return the size of the ROOT; its template's where nobody says."""
    gib, template = _root_gib(call), call.args.get("templateid")
    if gib is not None:
        return gib * GIB
    return template.size_bytes if template else 0


def _details(call: Call, template: Template) -> Details:
    """Return the details of a new VM: the size of its ROOT where that is not its template's."""
    gib = _root_gib(call)
    return () if gib is None or gib * GIB == template.size_bytes else ((ROOT_SIZE, str(gib)),)


def _data_bytes(call: Call) -> int:
    disk: DiskOffering | None = call.args.get("diskofferingid")
    size: int = disk.size_gib or int(call.args.get("size") or 0) if disk else 0
    return size * GIB


def _case(call: Call, owner: Account) -> Deploy:
    world, store, args = call.world, call.world.store, call.args
    template, zone, name = args.get("templateid"), args["zoneid"], call.text("name")
    iso = template is not None and template.image_format == ISO
    networks = networks_of(call)
    keys = key_names(args)
    return Deploy(
        dialect=world.dialect,
        template=template,
        zone_open=zone.enabled or call.is_root,
        caller_may=may_use(call.account, owner, store.domains),
        placement=chosen_place(call)[0],
        caller_is_root=call.is_root,
        name_free=not any(
            v.name == name and v.account_id == owner.id and not v.removed
            for v in store.vms.values()
        ),
        over_limit=_over_limit(call, owner, 1 if iso else 1 + ("diskofferingid" in args)),
        zone_id=zone.id,
        network_zones=tuple(n.zone_id for n in networks),
        may_see=template is None or may_see(call, template),
        may_join=all(world.may(call.account, n.account_id) for n in networks),
        root_gib=_root_gib(call),
        iso=iso,
        complete=template is not None
        and _hypervisor(call, template) is not None
        and "diskofferingid" in args,
        content=content_of(call, template),
        keys_known=len(keys_of(call, owner, keys)) == len(keys),
        data_size_known="diskofferingid" not in args or _data_bytes(call) > 0,
    )


def _over_limit(call: Call, owner: Account, disks: int) -> str:
    compute = call.args["serviceofferingid"]
    size = _root_bytes(call) + (_data_bytes(call) if disks > 1 else 0)
    return call.world.over_limits(
        owner.id,
        (Resource.USER_VM, 1),
        (Resource.CPU, compute.cpu_count),
        (Resource.MEMORY, compute.memory_mib),
        (Resource.VOLUME, disks),
        (Resource.PRIMARY_STORAGE, size),
    )


def deploy(call: Call) -> Row:
    """deployVirtualMachine."""
    owner = owner_of(call)
    require_joins(call)
    DEPLOY.require(Phase.REQUEST, _case(call, owner))
    groups = require_groups(call, owner)
    vm = _allocate(call, owner, call.text("name"))
    put_groups(call, vm.id, groups)
    if str(call.args.get("startvm", "true")).lower() == "false":
        flow = _leave_stopped(call, vm.id)
    else:
        place = chosen_place(call)[1]
        flow = _deployed(call, vm.id, start(call.world, call.account, vm.id, place))
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


def _allocate(call: Call, owner: Account, name: str | None) -> Vm:
    world, store, args = call.world, call.world.store, call.args
    db_id, template = store.new_row("vm"), args["templateid"]
    network = next(iter(networks_of(call)), None)
    network = network or network_for(world, owner.id, args["zoneid"].id)
    label = name or f"VM-{store.new_id()}"
    vm = store.put_vm(
        Vm(
            id=store.new_id(),
            db_id=db_id,
            name=label,
            display_name=call.text("displayname") or label,
            account_id=owner.id,
            zone_id=args["zoneid"].id,
            hypervisor=_hypervisor(call, template) or template.hypervisor,
            state=VmState.STOPPED,
            service_offering_id=args["serviceofferingid"].id,
            template_id=template.id,
            instance_name=f"i-{owner.db_id}-{db_id}-VM",
            address=guest_address(world, network, db_id),
            mac=f"02:01:00:{db_id >> 16 & 255:02x}:{db_id >> 8 & 255:02x}:{db_id & 255:02x}",
            created_s=world.env.now,
            updated_s=world.env.now,
            user_id=call.user.id,
            iso_id=template.id if template.image_format == ISO else None,
            network_id=network.id,
            nic_id=store.new_id(),
            details=_details(call, template),
        )
    )
    _add_disks(call, vm, template)
    join(call, vm)
    give_keys(call, vm.id, owner)
    give_data(call, vm.id, template)
    return vm


def _add_disks(call: Call, vm: Vm, template: Template) -> None:
    """Add the rows of a new VM's ROOT and of the data disk that was asked for.

    Of a VM from an ISO the disk that was asked for is the ROOT.
    """
    store, offering = call.world.store, call.args.get("diskofferingid")
    root = _disk(call, vm, f"ROOT-{vm.db_id}", _root_bytes(call), 0)._replace(type=VolumeType.ROOT)
    if template.image_format == ISO:
        store.put_volume(root._replace(disk_offering_id=offering.id if offering else None))
        return
    store.put_volume(
        root._replace(template_id=template.id, service_offering_id=vm.service_offering_id)
    )
    if offering is not None:
        data = _disk(call, vm, f"DATA-{vm.db_id}", _data_bytes(call), 1)
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


COMMANDS = (
    Command(
        "deployVirtualMachine",
        deploy,
        "serviceofferingid:service! templateid:template zoneid:zone! name:text displayname:text "
        "account:text domainid:domain~ projectid:anyproject~ hostid:host clusterid:cluster "
        "podid:pod networkids:network* iptonetworklist:map macaddress:text diskofferingid:disk "
        "size:long rootdisksize:long hypervisor:text "
        "startvm:text details:map password:text keypair:text keypairs:text userdata:text "
        "userdataid:userdata userdatadetails:map "
        "group:text keyboard:text "
        "securitygroupids:text affinitygroupids:affinitygroup* affinitygroupnames:text",
        says="Creates a VM from a template or an ISO image and an offering, and starts it",
        answers="virtualmachine",
        is_async=True,
    ),
)

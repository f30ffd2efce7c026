"""listVolumes and listVirtualMachines with all their filters (semantics 7.5)."""

from simulator.api import render_vm, render_volume
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, named, paged, same, tagged, visible
from simulator.domain.access import is_admin
from simulator.domain.records import USER_KINDS, Vm, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState


def list_volumes(call: Call) -> Row:
    """listVolumes with its filters; pages are cut newest first (C23)."""
    sees = visible(call)
    found = named(call, "volumes")
    keep = [v for v in found if _alive(call, v) and _volume_shown(call, v) and sees(v.account_id)]
    keep.sort(key=lambda v: v.db_id)
    return paged(call, "volume", keep, lambda v: render_volume.volume(call, v), newest_first=True)


def _alive(call: Call, volume: Volume) -> bool:
    """Return whether lists show a volume still: of an expunged VM its ROOT, when asked by id."""
    if volume.removed and not (volume.type is VolumeType.ROOT and "id" in call.args):
        return False
    return volume.state is not VolumeState.EXPUNGED or is_admin(call.account)


def _volume_shown(call: Call, volume: Volume) -> bool:
    args, keyword = call.args, call.args.get("keyword", "").lower()
    disk = call.world.store.disk_offerings.get(volume.disk_offering_id or "")
    return (
        volume.name == args.get("name", volume.name)
        and args.get("type", "").lower() in volume.type.lower()
        and args.get("state", volume.state).lower() == volume.state.lower()
        and any(keyword in text.lower() for text in (volume.name, volume.type, volume.state))
        and same(args.get("virtualmachineid"), volume.vm_id)
        and same(args.get("zoneid"), volume.zone_id)
        and same(args.get("diskofferingid"), volume.disk_offering_id)
        and same(args.get("serviceofferingid"), volume.service_offering_id)
        and args.get("displayvolume", volume.display) == volume.display
        and args.get("isencrypted", disk is not None and disk.encrypted)
        == (disk is not None and disk.encrypted)
        and _volume_placed(call, volume)
        and tagged(call, volume.id)
    )


def _volume_placed(call: Call, volume: Volume) -> bool:
    """Return whether the volume lies where it was asked for."""
    args, store = call.args, call.world.store
    pool = store.pools.get(volume.pool_id or "")
    vm = store.vms.get(volume.vm_id or "")
    return (
        same(args.get("storageid"), volume.pool_id)
        and same(args.get("clusterid"), pool.cluster_id if pool else None)
        and same(args.get("podid"), pool.pod_id if pool else None)
        and same(args.get("hostid"), vm.host_id if vm else None)
    )


def list_vms(call: Call) -> Row:
    """listVirtualMachines; a user does not see what was destroyed."""
    sees = visible(call)
    shown = [
        v
        for v in named(call, "vms")
        if not v.removed and _vm_shown(call, v) and _vm_placed(call, v) and sees(v.account_id)
    ]
    return paged(call, "virtualmachine", shown, lambda v: render_vm.vm(call, v))


def _vm_shown(call: Call, vm: Vm) -> bool:
    args, keyword = call.args, call.args.get("keyword", "").lower()
    texts = (vm.name, vm.display_name, vm.instance_name, vm.state)
    return (
        (vm.kind in USER_KINDS or "id" in args)
        and (vm.state is not VmState.DESTROYED or _sees_destroyed(call))
        and args.get("name", vm.name) == vm.name
        and args.get("state", vm.state).lower() == vm.state.lower()
        and args.get("hypervisor", vm.hypervisor).lower() == vm.hypervisor.lower()
        and any(keyword in text.lower() for text in texts)
        and same(args.get("serviceofferingid"), vm.service_offering_id)
        and same(args.get("templateid"), vm.template_id)
        and same(args.get("networkid"), vm.network_id)
        and same(args.get("userid"), vm.user_id)
        and tagged(call, vm.id)
    )


def _sees_destroyed(call: Call) -> bool:
    return is_admin(call.account) or call.world.settings.flag("allow.user.view.destroyed.vm")


def _vm_placed(call: Call, vm: Vm) -> bool:
    """Return whether the VM is where it was asked for, or one of its volumes is."""
    args, store = call.args, call.world.store
    host = store.hosts.get(vm.host_id or "")
    pool = args.get("storageid")
    return (
        same(args.get("zoneid"), vm.zone_id)
        and same(args.get("hostid"), vm.host_id)
        and same(args.get("clusterid"), host.cluster_id if host else None)
        and same(args.get("podid"), host.pod_id if host else None)
        and (pool is None or any(v.pool_id == pool.id for v in store.siblings(vm.id)))
    )


COMMANDS = (
    Command(
        "listVolumes",
        list_volumes,
        "id:volume~ ids:volume*~ name:text type:text virtualmachineid:vm~ zoneid:zone podid:pod "
        "clusterid:cluster storageid:pool hostid:host diskofferingid:disk "
        "serviceofferingid:service displayvolume:bool isencrypted:bool state:text tags:map "
        f"{OWNED}",
        says="Lists the volumes",
        answers="volume",
        roles="ASDUR",
    ),
    Command(
        "listVirtualMachines",
        list_vms,
        "id:vm~ ids:vm*~ name:text state:text hypervisor:text zoneid:zone podid:pod "
        "clusterid:cluster hostid:host storageid:pool serviceofferingid:service "
        f"templateid:template networkid:network userid:user details:text tags:map {OWNED}",
        says="Lists the VMs",
        answers="virtualmachine",
        roles="ASDUR",
    ),
)

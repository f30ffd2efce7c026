"""listVolumes and listVirtualMachines with all their filters (semantics 7.5)."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from operator import attrgetter
from typing import Any

from simulator.api import render_vm, render_volume
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, named, paged, same, tagged, visible
from simulator.domain.access import is_admin
from simulator.domain.records import USER_KINDS, Vm, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState

Keeps = Callable[[Volume], bool]


def list_volumes(call: Call) -> Row:
    """listVolumes with its filters; pages are cut newest first (C23)."""
    sees, keeps, vm = cache(visible(call)), list(_volume_filters(call)), call.args.get(_VM)
    found: Iterable[Volume] = named(call, "volumes")
    if vm is not None and not _IDS & call.args.keys():
        found = call.world.store.siblings(vm.id)
    for keep in keeps:
        found = filter(keep, found)
    rows = sorted((v for v in found if sees(v.account_id)), key=attrgetter("db_id"))
    return paged(call, "volume", rows, lambda v: render_volume.volume(call, v), newest_first=True)


def _volume_filters(call: Call) -> Iterator[Keeps]:
    """Yield what a volume must pass, the filters that were asked for alone."""
    args = call.args
    by_id, admin = "id" in args, is_admin(call.account)
    yield lambda v: not v.removed or (by_id and v.type is VolumeType.ROOT)
    if not admin:
        yield lambda v: v.state is not VolumeState.EXPUNGED
    for name, field in _SAME.items():
        if name in args:
            yield _has(field, args[name].id)
    for name, keep in _KEEPS.items():
        if name in args:
            yield partial(keep, call, args[name])


def _has(field: str, wanted: str) -> Keeps:
    get = attrgetter(field)
    return lambda volume: bool(get(volume) == wanted)


def _keyword(_: Call, wanted: str, volume: Volume) -> bool:
    texts = (volume.name, volume.type, volume.state)
    return any(wanted.lower() in text.lower() for text in texts)


def _encrypted(_: Call, wanted: bool, volume: Volume) -> bool:
    return wanted == (volume.encrypt_format is not None)


def _in_cluster(call: Call, wanted: Any, volume: Volume) -> bool:
    pool = call.world.store.pools.get(volume.pool_id or "")
    return pool is not None and pool.cluster_id == wanted.id


def _in_pod(call: Call, wanted: Any, volume: Volume) -> bool:
    pool = call.world.store.pools.get(volume.pool_id or "")
    return pool is not None and pool.pod_id == wanted.id


def _on_host(call: Call, wanted: Any, volume: Volume) -> bool:
    vm = call.world.store.vms.get(volume.vm_id or "")
    return vm is not None and vm.host_id == wanted.id


_VM, _IDS = "virtualmachineid", frozenset({"id", "ids"})
_SAME = {
    _VM: "vm_id",
    "zoneid": "zone_id",
    "storageid": "pool_id",
    "diskofferingid": "disk_offering_id",
    "serviceofferingid": "service_offering_id",
}
"""Filter by an entity -> field of the volume."""
_KEEPS: dict[str, Callable[[Call, Any, Volume], bool]] = {
    "name": lambda _, wanted, v: bool(v.name == wanted),
    "type": lambda _, wanted, v: wanted.lower() in v.type.lower(),
    "state": lambda _, wanted, v: bool(v.state.lower() == wanted.lower()),
    "displayvolume": lambda _, wanted, v: bool(v.display == wanted),
    "keyword": _keyword,
    "isencrypted": _encrypted,
    "clusterid": _in_cluster,
    "podid": _in_pod,
    "hostid": _on_host,
    "tags": lambda call, _, v: tagged(call, v.id),
}
"""Any other filter -> whether a volume passes it."""


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
        and same(args.get("isoid"), vm.iso_id)
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


_VOLUMES = (
    "id:volume~ ids:volume*~ name:text type:text virtualmachineid:vm~ zoneid:zone podid:pod "
    "clusterid:cluster storageid:pool hostid:host diskofferingid:disk "
    f"serviceofferingid:service displayvolume:bool isencrypted:bool state:text tags:map {OWNED}"
)
_VMS = (
    "id:vm~ ids:vm*~ name:text state:text hypervisor:text zoneid:zone podid:pod "
    "clusterid:cluster hostid:host storageid:pool serviceofferingid:service "
    "templateid:template isoid:template networkid:network userid:user details:text tags:map "
    f"userdata:bool {OWNED}"
)
COMMANDS = tuple(
    Command(
        name,
        handler,
        params,
        says=says,
        answers=answers,
        roles="ASDU" if name.endswith("Metrics") else "ASDUR",
    )
    for name, handler, params, says, answers in (
        ("listVolumes", list_volumes, _VOLUMES, "Lists the volumes", "volume"),
        (
            "listVolumesMetrics",
            list_volumes,
            _VOLUMES,
            "Lists the volumes with what is measured of them",
            "volume",
        ),
        ("listVirtualMachines", list_vms, _VMS, "Lists the VMs", "virtualmachine"),
        (
            "listVirtualMachinesMetrics",
            list_vms,
            _VMS,
            "Lists the VMs with what is measured of them",
            "virtualmachine",
        ),
    )
)

"""listVolumes and listVirtualMachines with all their filters (semantics 7.5)."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from simulator.api import render_vm, render_volume
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, named, paging, tag_test, visible
from simulator.api.matching import containing, equal_to
from simulator.domain.access import is_admin
from simulator.domain.inventory import Hypervisor
from simulator.domain.lists import LIST_VMS, LIST_VOLUMES, VmFilter, VolumeFilter
from simulator.domain.records import USER_KINDS, Vm, Volume, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.engine.nics import nic_in

Keeps = Callable[[Any], bool]
_GONE = frozenset({VmState.DESTROYED, VmState.EXPUNGING})
_HYPERVISORS = frozenset(h.lower() for h in Hypervisor if h is not Hypervisor.NONE)
_VM, _IDS = "virtualmachineid", frozenset({"id", "ids"})


def list_volumes(call: Call) -> Row:
    """listVolumes with its filters; pages are cut newest first (C23)."""
    args, store = call.args, call.world.store
    page, sees, vm = paging(call), cache(visible(call)), args.get(_VM)
    pool = args.get("storageid")
    case = VolumeFilter(call.world.dialect, pool, pool is None or pool in store.pools)
    LIST_VOLUMES.require(Phase.REQUEST, case)
    rows: Iterable[Volume] = named(call, "volumes")
    if vm is not None and not _IDS & args.keys():
        rows = store.siblings(vm.id)
    for keep in _volume_filters(call):
        rows = filter(keep, rows)
    shown = sorted((v for v in rows if sees(v.account_id)), key=attrgetter("db_id"))
    return page.cut("volume", shown, lambda v: render_volume.volume(call, v), newest_first=True)


def _volume_filters(call: Call) -> Iterator[Keeps]:
    """Yield what a volume must pass, the filters that were asked for alone.

    `hostid` is taken and means nothing, as in the server.
    """
    args = call.args
    yield from _volumes_shown(call)
    for name, field in {_VM: "vm_id", "zoneid": "zone_id"}.items():
        if name in args:
            yield _is(field, args[name].id)
    if "storageid" in args:
        yield _is("pool_id", args["storageid"])
    yield from _by_offering(call)
    yield from _by_text(call)
    if "isencrypted" in args:
        yield lambda v: args["isencrypted"] == _encrypted(v)
    for name, field in {"clusterid": "cluster_id", "podid": "pod_id"}.items():
        if name in args:
            yield _on_pool(call, field, args[name].id)
    if "tags" in args:
        has = tag_test(call)
        yield lambda v: has(v.id)


def _volumes_shown(call: Call) -> Iterator[Keeps]:
    """Yield what nobody asks for: no removed volumes, and no hidden or system VMs' without a word.

    Hidden ones are shown to those who ask for them, and then alone (ListVolumesCmd.getDisplay).
    """
    args, vms = call.args, call.world.store.vms
    by_id = "id" in args
    yield lambda v: not v.removed or (by_id and v.type is VolumeType.ROOT)
    yield _is("display", args.get("displayvolume", True))
    if "state" not in args and not is_admin(call.account):
        yield lambda v: v.state is not VolumeState.EXPUNGED
    if not args.get("listsystemvms"):
        yield lambda v: v.vm_id is None or vms[v.vm_id].kind in USER_KINDS


def _by_offering(call: Call) -> Iterator[Keeps]:
    """Yield the filter by an offering: a disk offering decides alone."""
    args = call.args
    if "diskofferingid" in args:
        yield _is("disk_offering_id", args["diskofferingid"].id)
    elif "serviceofferingid" in args:
        yield _is("service_offering_id", args["serviceofferingid"].id)


def _by_text(call: Call) -> Iterator[Keeps]:
    args = call.args
    for name in ("name", "state"):
        if name in args:
            yield _passes(equal_to(args[name]), name)
    if "type" in args:
        yield _passes(containing(args["type"]), "type")
    if args.get("keyword"):
        yield _passes(containing(args["keyword"]), "name", "type", "state")


def _is(field: str, wanted: Any) -> Keeps:
    get = attrgetter(field)
    return lambda record: bool(get(record) == wanted)


def _passes(test: Callable[[str], bool], *fields: str) -> Keeps:
    """Return whether the text of any of the fields passes."""
    gets = [attrgetter(field) for field in fields]
    return lambda record: any(test(get(record)) for get in gets)


def _encrypted(volume: Volume) -> bool:
    return volume.encrypt_format is not None


def _on_pool(call: Call, field: str, wanted: str) -> Keeps:
    pools = call.world.store.pools
    right = {p.id for p in pools.values() if getattr(p, field) == wanted}
    return lambda volume: volume.pool_id in right


def list_vms(call: Call) -> Row:
    """listVirtualMachines; a user does not see what was destroyed."""
    args, page, sees = call.args, paging(call), cache(visible(call))
    text = args.get("hypervisor", "any")
    case = VmFilter(
        dialect=call.world.dialect,
        pool_alive="storageid" not in args or args["storageid"].id in call.world.store.pools,
        leased=bool(args.get("leased")),
        hypervisor_text=text,
        hypervisor_known=text.lower() in _HYPERVISORS,
    )
    LIST_VMS.require(Phase.REQUEST, case)
    rows: Iterable[Vm] = named(call, "vms")
    for keep in _vm_filters(call):
        rows = filter(keep, rows)
    shown = [v for v in rows if sees(v.account_id)]
    return page.cut("virtualmachine", shown, lambda v: render_vm.vm(call, v))


def _vm_filters(call: Call) -> Iterator[Keeps]:
    """Yield what a VM must pass, the filters that were asked for alone."""
    args = call.args
    yield lambda v: not v.removed and v.kind in USER_KINDS
    yield from _vm_states(call)
    for name in ("name", "hypervisor"):
        if name in args:
            yield _passes(equal_to(args[name]), name)
    for name, field in _SAME.items():
        if name in args:
            yield _is(field, args[name].id)
    if "networkid" in args:
        yield lambda v: nic_in(call.world.store, v, args["networkid"].id) is not None
    if args.get("keyword"):
        yield _vm_keyword(call)
    if "haenable" in args:
        yield lambda _: not args["haenable"]
    yield from _vm_places(call)
    if "tags" in args:
        has = tag_test(call)
        yield lambda v: has(v.id)


def _vm_states(call: Call) -> Iterator[Keeps]:
    """Yield the states that are shown: "present" is none of those at the end."""
    args, state = call.args, call.args.get("state", "")
    present = state.lower() == "present"
    if present or not _sees_destroyed(call):
        yield lambda v: v.state not in _GONE
    elif "state" not in args and "podid" in args:
        yield lambda v: v.state is not VmState.DESTROYED
    if "state" in args and not present:
        yield _passes(equal_to(state), "state")


def _vm_keyword(call: Call) -> Keeps:
    """Return whether names and addresses have the keyword in them, or the state is it."""
    keyword = call.args["keyword"]
    fields = ["display_name", "name", "address", *(["instance_name"] if call.is_root else [])]
    in_text, same_state = _passes(containing(keyword), *fields), equal_to(keyword)
    return lambda vm: in_text(vm) or same_state(vm.state)


def _sees_destroyed(call: Call) -> bool:
    return is_admin(call.account) or call.world.settings.flag("allow.user.view.destroyed.vm")


def _vm_places(call: Call) -> Iterator[Keeps]:
    """Yield where a VM must be: a root admin's filters."""
    args, store = call.args, call.world.store
    if "hostid" in args:
        yield _is("host_id", args["hostid"].id)
    if "podid" in args:
        in_pod = {h.id for h in store.hosts.values() if h.pod_id == args["podid"].id}
        yield lambda v: (v.host_id or v.last_host_id) in in_pod
    if "clusterid" in args:
        inside = {h.id for h in store.hosts.values() if h.cluster_id == args["clusterid"].id}
        yield (
            lambda v: (
                v.host_id in inside or (v.state is VmState.STOPPED and v.last_host_id in inside)
            )
        )
    if "storageid" in args:
        pool = args["storageid"].id
        yield lambda v: any(d.pool_id == pool for d in store.siblings(v.id))


_SAME = {
    "zoneid": "zone_id",
    "serviceofferingid": "service_offering_id",
    "templateid": "template_id",
    "isoid": "iso_id",
    "userid": "user_id",
}
"""Filter of VMs by an entity -> field of the VM."""
_VOLUMES = (
    "id:volume~ ids:volume*~ name:text type:text virtualmachineid:vm~ zoneid:zone~ "
    "podid:pod~ clusterid:cluster~^ storageid:text^ diskofferingid:disk~ "
    "serviceofferingid:service~ displayvolume:bool^ listsystemvms:bool^ isencrypted:bool^ "
    f"state:text retrieveonlyresourcecount:bool tags:map {OWNED}"
)
_VMS = (
    "id:vm~ ids:vm*~ name:text state:text hypervisor:text zoneid:zone~ podid:pod~^ "
    "clusterid:cluster~^ hostid:host~^ storageid:pool~^ serviceofferingid:service~ "
    "templateid:template~ isoid:template~ networkid:network~ userid:user~ haenable:bool "
    f"leased:bool details:text userdata:bool retrieveonlyresourcecount:bool tags:map {OWNED}"
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
        ("listVolumes", list_volumes, _VOLUMES, "Lists the volumes", render_volume.VOLUME),
        (
            "listVolumesMetrics",
            list_volumes,
            _VOLUMES,
            "Lists the volumes with what is measured of them",
            render_volume.VOLUME,
        ),
        ("listVirtualMachines", list_vms, _VMS, "Lists the VMs", render_vm.VM),
        (
            "listVirtualMachinesMetrics",
            list_vms,
            _VMS,
            "Lists the VMs with what is measured of them",
            render_vm.VM,
        ),
    )
)

"""System VMs and routers: the VMs of the cloud itself."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, listing
from simulator.api.matching import equal_to
from simulator.api.render_system import ROUTER, SYSTEM_VM, TYPES, router, system_vm
from simulator.domain.records import Vm, VmKind


def _is_router(call: Call, record: Vm) -> bool:
    placed = record.network_id is not None and record.last_host_id is not None
    args = call.args
    return (
        record.kind is VmKind.DOMAIN_ROUTER
        and placed
        and _fits(call, record)
        and not args.get("forvpc", False)
        and not args.get("healthchecksfailed", False)
    )


def _is_system(call: Call, record: Vm) -> bool:
    kind = TYPES.get(record.kind)
    wanted = call.args.get("systemvmtype", kind)
    placed = record.last_host_id is not None
    return kind is not None and placed and wanted == kind and _fits(call, record)


def _fits(call: Call, record: Vm) -> bool:
    """Return whether a system VM is in the state and where it was asked for."""
    args = call.args
    last = call.world.store.hosts[record.host_id or record.last_host_id or ""]
    return (
        equal_to(args.get("state", record.state))(record.state)
        and ("hostid" not in args or args["hostid"].id == record.host_id)
        and ("podid" not in args or args["podid"].id == last.pod_id)
        and ("clusterid" not in args or args["clusterid"].id == last.cluster_id)
    )


COMMANDS = (
    Command(
        "listSystemVms",
        listing("vms", "systemvm", system_vm, by="name zoneid", also=_is_system),
        "id:vm~ name:text zoneid:zone~ hostid:host~ podid:pod~ state:text systemvmtype:text "
        f"{PAGING}",
        says="Lists the system VMs",
        answers=SYSTEM_VM,
        roles="AS",
    ),
    Command(
        "listRouters",
        listing("vms", "router", router, by="name zoneid networkid", owned=True, also=_is_router),
        "id:vm~ name:text zoneid:zone~ networkid:network~ hostid:host~ podid:pod~ "
        f"clusterid:cluster~ state:text forvpc:bool healthchecksfailed:bool {OWNED}",
        says="Lists the routers of the guest networks",
        answers=ROUTER,
        roles="ASD",
    ),
)

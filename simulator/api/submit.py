"""How a command becomes a job: its Java class, its instance, what its result shows."""

from collections.abc import Callable
from typing import Any

from simulator.api.command import Call, read_again
from simulator.api.narrate import narrated
from simulator.api.render import SUCCESS
from simulator.api.shape import Row
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_PACKAGE = "org.apache.cloudstack.api.command"
_BY_ADMIN = frozenset({"volume", "vm", "template", "iso", "vmsnapshot"})
_ALIKE = frozenset(
    {
        "extractVolume", "checkVolume", "changeOfferingForVolume", "deleteTemplate",
        "extractTemplate", "deleteIso", "extractIso", "createVMSnapshot", "deleteVMSnapshot",
    }
)  # fmt: skip
"""Commands whose class is the same for root admins."""
_NAMELESS = frozenset({"VmSnapshot"})
"""What a job works on without showing its id."""
_CLASSES = {
    "checkVolume": "CheckAndRepairVolumeCmd",
    "resetPasswordForVirtualMachine": "ResetVMPasswordCmd",
    "resetSSHKeyForVirtualMachine": "ResetVMSSHKeyCmd",
    "addIpToNic": "AddIpToVmNicCmd",
    "removeIpFromNic": "RemoveIpFromVmNicCmd",
    "startSystemVm": "StartSystemVMCmd",
    "startConsoleProxy": "StartSystemVMCmd",
    "stopConsoleProxy": "StopSystemVmCmd",
    "rebootConsoleProxy": "RebootSystemVmCmd",
    "destroyConsoleProxy": "DestroySystemVmCmd",
}
"""Command -> its Java class, where the one is not called after the other."""
_ADMIN_ONLY = frozenset({"account", "domain", "router", "systemvm"})


def class_name(call: Call, area: str) -> str:
    """Return the Java class a job shows as `cmd`."""
    short = call.command.replace("VirtualMachine", "VM")
    name = _CLASSES.get(call.command) or f"{short[0].upper()}{short[1:]}Cmd"
    if call.is_root and area in _BY_ADMIN and call.command not in _ALIKE:
        return f"{_PACKAGE}.admin.{area}.{name}ByAdmin"
    side = "admin" if area in _ADMIN_ONLY else "user"
    return f"{_PACKAGE}.{side}.{area}.{name}"


def submit(
    call: Call,
    flow: Flow,
    area: str,
    show: Callable[[Any, Job], Row],
    instance: tuple[str, str | None] | None = None,
) -> Row:
    """Start a job whose result *show* renders; *instance* is what it works on."""
    flow = _start(call, narrated(call, flow, instance[1] if instance else None))
    named = None
    if instance is not None:
        kind, entity_id = instance
        named = (kind, "" if kind in _NAMELESS else entity_id or "")
    job = call.jobs.submit(flow, class_name(call, area), call.account.id, call.user.id, show, named)
    return {"jobid": job.id}


def _start(call: Call, flow: Flow) -> Flow:
    """Run *flow* unless what the call names went away before its job had a thread."""
    read_again(call)
    return (yield from flow)


def submit_success(
    call: Call, flow: Flow, area: str, instance: tuple[str, str | None] | None = None
) -> Row:
    """Start a job whose result is that it succeeded."""
    return submit(call, flow, area, lambda *_: SUCCESS.render(True), instance)

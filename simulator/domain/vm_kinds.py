"""Which VMs the commands about users' VMs are for, judged before anything else of them."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import USER_KINDS, Vm, VmKind
from simulator.domain.rules import Phase, Rule, Table


class OfKind(NamedTuple):
    """A VM that a command names; *forced* is whether it is to be stopped by force."""

    dialect: Dialect
    vm: Vm
    forced: bool = False
    may_force: bool = True


R, J = Phase.REQUEST, Phase.JOB
_UNKNOWN = "unable to find a virtual machine with id {c.vm.db_id}"


def _user_vm(rule_id: str, what: str, text: str = _UNKNOWN, phase: Phase = J) -> Rule[OfKind]:
    return Rule(rule_id, f"the VM to {what} is a user's", lambda k: k.vm.kind in USER_KINDS, phase,
                Kind.PARAM, text, "GT2 4")  # fmt: skip


def _no_shared_fs(rule_id: str, what: str, phase: Phase = J) -> Rule[OfKind]:
    return Rule(rule_id, f"the VM to {what} is no shared file system",
                lambda k: k.vm.kind is not VmKind.SHARED_FS, phase, Kind.PARAM,
                "Operation not supported on Shared FileSystem Instance", "4.2")  # fmt: skip


START_KIND: Table[OfKind] = Table("startVirtualMachine, kind", (_user_vm("STA-10", "start"),))
STOP_KIND: Table[OfKind] = Table(
    "stopVirtualMachine",
    (
        _user_vm("STP-01", "stop"),
        Rule(
            "STP-02",
            "the caller may stop by force",
            lambda k: not k.forced or k.may_force,
            J,
            Kind.DENIED,
            "Account does not have the permission to force stop the vm.",
            "4.2",
        ),
    ),
)
REBOOT_KIND: Table[OfKind] = Table(
    "rebootVirtualMachine, kind", (_user_vm("REB-02", "reboot", "U" + _UNKNOWN[1:]),)
)
DESTROY_KIND: Table[OfKind] = Table(
    "destroyVirtualMachine, kind",
    (_user_vm("DSM-05", "destroy"), _no_shared_fs("DSM-06", "destroy")),
)
EXPUNGE_KIND: Table[OfKind] = Table(
    "expungeVirtualMachine, kind",
    (
        _user_vm("EXP-03", "expunge", "Unable to find a virtual machine with specified vmId"),
        _no_shared_fs("EXP-04", "expunge"),
    ),
)
RECOVER_KIND: Table[OfKind] = Table(
    "recoverVirtualMachine, kind",
    (_user_vm("RCM-03", "recover", phase=R), _no_shared_fs("RCM-04", "recover", R)),
)

"""assignVirtualMachine: VMs that get another owner, with all their volumes."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account, Role, Vm, VmKind
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

R = Phase.REQUEST


class AssignVm(NamedTuple):
    """A VM that shall have another owner.

    *owner* is None where nobody is meant, because of *fault*. *shared_project* is whether a
    project comes without a domain, *snapshots* whether any volume of the VM has one, *at_home*
    whether a domain is named that the new owner may look into. *barred* is whether a network is
    named that VMs of the new owner may not be on; where none is named, *isolated* is how many
    isolated networks the new owner has, and *network_room* whether it may have one more.
    """

    dialect: Dialect
    caller: Account
    vm: Vm
    owner: Account | None
    fault: Kind | None = None
    caller_may: bool = True
    shared_project: bool = False
    forwarded: bool = False
    snapshots: bool = False
    over_limit: str = ""
    may_launch: bool = True
    at_home: bool = True
    barred: bool = False
    isolated: int = 0
    network_room: bool = True


_FAILED = "Failed to move VM [{c.vm.db_id}]."
"""All that the command says, whatever it was."""
_NAMED_BADLY = frozenset({Kind.PARAM, Kind.MALFORMED})
_GIVERS = frozenset({Role.ADMIN, Role.DOMAIN_ADMIN})

# fmt: off
ASSIGN_VM: Table[AssignVm] = Table("assignVirtualMachine", (
    Rule("ASM-15", "who assigns a VM is a root or a domain administrator",
         lambda a: a.caller.role in _GIVERS, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-02", "a VM to assign does not run",
         lambda a: a.vm.state is not VmState.RUNNING, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-09", "a VM to assign is no shared file system's",
         lambda a: a.vm.kind is VmKind.USER, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-10", "the new owner of a VM is named well",
         lambda a: a.fault not in _NAMED_BADLY, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-11", "the new owner of a VM is one that the caller may name",
         lambda a: a.fault is None, R, Kind.INTERNAL, _FAILED, "6.1", "SPEC-03"),
    Rule("ASM-16", "the new owner of a VM is not disabled",
         lambda a: a.owner is None or a.owner.state != "disabled", R, Kind.MALFORMED, _FAILED,
         "4.3"),
    Rule("ASM-04", "the new owner of a VM is another one",
         lambda a: a.owner is None or a.owner.id != a.vm.account_id, R, Kind.MALFORMED, _FAILED,
         "4.3"),
    Rule("ASM-01", "the caller may act for the old and for the new owner of a VM",
         lambda a: a.caller_may, R, Kind.INTERNAL, _FAILED, "6.1", "SPEC-03"),
    Rule("ASM-12", "a project that gets a VM is named with a domain",
         lambda a: not a.shared_project, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-07", "no port and no address leads to a VM to assign",
         lambda a: not a.forwarded, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-05", "no volume of a VM to assign has a snapshot",
         lambda a: not a.snapshots, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-08", "the new owner's limits leave room for the VM and its volumes",
         lambda a: not a.over_limit, R, Kind.INTERNAL, _FAILED, "6.2", "SPEC-03"),
    Rule("ASM-13", "the new owner may have VMs of the VM's template",
         lambda a: a.may_launch, R, Kind.INTERNAL, _FAILED, "6.1", "SPEC-03"),
    Rule("ASM-14", "the new owner may look into the domain that is named",
         lambda a: a.at_home, R, Kind.INTERNAL, _FAILED, "6.1", "SPEC-03"),
    Rule("ASM-17", "the new owner may use the networks that are named",
         lambda a: not a.barred, R, Kind.INTERNAL, _FAILED, "6.1", "SPEC-03"),
    Rule("ASM-18", "the new owner has no two isolated networks to choose from",
         lambda a: a.isolated < 2, R, Kind.MALFORMED, _FAILED, "4.3"),
    Rule("ASM-19", "the new owner's limits leave room for the network it lacks",
         lambda a: a.isolated > 0 or a.network_room, R, Kind.INTERNAL, _FAILED, "6.2", "SPEC-03"),
))
# fmt: on

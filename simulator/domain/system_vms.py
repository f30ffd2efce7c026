"""Starting, stopping and destroying of system VMs and routers."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account, Role, Vm, VmKind
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

SYSTEM_KINDS = frozenset({VmKind.CONSOLE_PROXY, VmKind.SECONDARY_STORAGE})
"""The kinds that are called system VMs; a router is none."""


_KINDS = {Role.DOMAIN_ADMIN: "domain admin", Role.USER: "normal user"}
"""Role -> how the refusal of a router calls its callers."""


class OnSystemVm(NamedTuple):
    """A system VM to start, to stop, to reboot or to destroy."""

    dialect: Dialect
    vm: Vm


class OnRouter(NamedTuple):
    """A router to start, to stop, to reboot or to destroy; *network* spells its guests' network."""

    dialect: Dialect
    vm: Vm
    caller: Account
    network: str
    caller_may: bool

    @property
    def denial(self) -> str:
        """Why the caller may not: by what may be done to the network."""
        kind = _KINDS.get(self.caller.role, "this account")
        return f"network {self.network} cannot be operated by {kind} {self.caller.text}"


R, J = Phase.REQUEST, Phase.JOB
_DENIED = "{c.denial}"
_ROUTER = VmKind.DOMAIN_ROUTER
_SOURCE = "VirtualNetworkApplianceManagerImpl"
_NETWORKS = "NetworkModelImpl.checkRouterPermissions"

# fmt: off
ON_SYSTEM_VM: Table[OnSystemVm] = Table("commands on system VMs", (
    Rule("SVM-01", "what is started, stopped, rebooted or destroyed as a system VM is one",
         lambda s: s.vm.kind in SYSTEM_KINDS, R, Kind.PARAM,
         "Unable to find a system vm of specified instanceId", "ManagementServerImpl",
         ids="{c.vm.db_id} instanceId"),
))

START_ROUTER: Table[OnRouter] = Table("startRouter", (
    Rule("RTS-01", "a router to start is one",
         lambda r: r.vm.kind is _ROUTER and not r.vm.removed, J, Kind.PARAM,
         "Can't find router by id", "StartRouterCmd"),
    Rule("RTS-02", "the caller may start the router",
         lambda r: r.caller_may, J, Kind.DENIED, _DENIED, _NETWORKS, "SPEC-03"),
))

STOP_ROUTER: Table[OnRouter] = Table("stopRouter", (
    Rule("RTO-01", "a router to stop is one",
         lambda r: r.vm.kind is _ROUTER and not r.vm.removed, J, Kind.PARAM,
         "Can't find router by id", "StopRouterCmd"),
    Rule("RTO-02", "the caller may stop the router",
         lambda r: r.caller_may, J, Kind.DENIED, _DENIED, _NETWORKS, "SPEC-03"),
))

DESTROY_ROUTER: Table[OnRouter] = Table("destroyRouter", (
    Rule("RTD-01", "a router to destroy is one",
         lambda r: r.vm.kind is _ROUTER and not r.vm.removed, J, Kind.INTERNAL,
         "Failed to destroy router", "DestroyRouterCmd"),
    Rule("RTD-02", "the caller may destroy the router",
         lambda r: r.caller_may, J, Kind.DENIED, _DENIED, _NETWORKS, "SPEC-03"),
))

REBOOT_ROUTER: Table[OnRouter] = Table("rebootRouter", (
    Rule("RTB-01", "a router to reboot is one",
         lambda r: r.vm.kind is _ROUTER and not r.vm.removed, J, Kind.PARAM,
         "Unable to find domain router with id {c.vm.db_id}.", _SOURCE),
    Rule("RTB-02", "the caller may reboot the router",
         lambda r: r.caller_may, J, Kind.DENIED, _DENIED, _NETWORKS, "SPEC-03"),
    Rule("RTB-03", "a router to reboot runs",
         lambda r: r.vm.state is VmState.RUNNING, J, Kind.RUNTIME,
         "Unable to reboot domR, it is not in right state {c.vm.state}", _SOURCE),
))
# fmt: on

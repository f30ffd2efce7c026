"""More addresses of nics: what is kept of them, and when they are refused."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect, Quirk
from simulator.domain.errors import Kind
from simulator.domain.networks import Network
from simulator.domain.nics import Nic, is_ipv4
from simulator.domain.records import USER_KINDS, Vm
from simulator.domain.rules import Phase, Rule, Table


class SecondaryIp(NamedTuple):
    """An address that a nic has besides its own."""

    id: str
    db_id: int
    nic_id: str
    vm_id: str
    network_id: str
    address: str


class AddIp(NamedTuple):
    """A nic that shall have one more address; *full* is whether it has as many as it may."""

    dialect: Dialect
    vm: Vm
    nic: Nic
    network: Network | None
    address: str | None
    caller_may: bool
    full: bool = False
    address_free: bool = True

    @property
    def network_text(self) -> str:
        """The network as the refusal spells it."""
        network = self.network
        if network is None:
            return ""
        return f"[name={network.name}, id={network.db_id}, uuid={network.id}]"


class RemoveIp(NamedTuple):
    """An address to take off a nic; *used* is whether a public address leads to it."""

    dialect: Dialect
    there: bool
    caller_may: bool
    used: bool


R, J = Phase.REQUEST, Phase.JOB
_SOURCE = "NetworkServiceImpl"
_FAILED = "Allocating guest ip for nic failed : "

# fmt: off
ADD_IP: Table[AddIp] = Table("addIpToNic", (
    Rule("NSA-01", "a nic that gets an address is there",
         lambda a: not a.nic.removed, R, Kind.PARAM,
         "Can't find nic for id specified", "AddIpToVmNicCmd"),
    Rule("NSA-02", "a nic that gets an address is of a user's VM",
         lambda a: a.vm.kind in USER_KINDS, R, Kind.PARAM,
         "The NIC [{c.nic.id}] does not belong to a user VM", _SOURCE),
    Rule("NSA-03", "the caller may give a nic an address",
         lambda a: a.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("NSA-04", "a nic has no more addresses than the setting says",
         lambda a: not a.full, R, Kind.PARAM,
         _FAILED + "Maximum Number of Ips per Nic has been crossed.", _SOURCE),
    Rule("NSA-05", "a new address of a nic is one of its network's kind",
         lambda a: not a.address or is_ipv4(a.address), R, Kind.PARAM,
         _FAILED + "There is no IPv6 address available in the network {c.network_text}", _SOURCE),
    Rule("NSA-06", "the network has a new address of a nic to give",
         lambda a: a.address_free, R, Kind.INTERNAL, "Failed to assign secondary ip to nic",
         "AddIpToVmNicCmd"),
))

REMOVE_IP: Table[RemoveIp] = Table("removeIpFromNic", (
    Rule("NSR-01", "an address to take off a nic is there",
         lambda r: r.there, J, Kind.INTERNAL, "Invalid IP id is passed", "RemoveIpFromVmNicCmd"),
    Rule("NSR-02", "the caller may take an address off a nic",
         lambda r: r.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("NSR-03", "no public address leads to one to take off a nic",
         lambda r: not r.used, J, Kind.PARAM, "Removing guest ip from nic failed",
         "RemoveIpFromVmNicCmd", unless=Quirk.NAT_HOLDS_NO_ADDRESS),
))
# fmt: on

"""Static NAT: when a public address leads to a VM, and when it is refused."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import Network, PublicIp
from simulator.domain.records import USER_KINDS, Vm
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState


class Lead(NamedTuple):
    """A public address that shall lead to a VM.

    *network* is the address's, else the one asked for; *serves* is whether it offers static NAT.
    *ip_text* spells the address; *wanted* is the VM's address asked for, *known* whether it has
    it, *other* the public address that leads there already.
    """

    dialect: Dialect
    ip: PublicIp
    vm: Vm
    network: Network | None
    ip_text: str
    caller_may: bool
    joined: bool = True
    serves: bool = True
    wanted: str = ""
    known: bool = True
    forwards: bool = False
    other: PublicIp | None = None


class Unlead(NamedTuple):
    """A public address that shall lead to no VM any more."""

    dialect: Dialect
    ip: PublicIp


R, J = Phase.REQUEST, Phase.JOB
_SOURCE = "RulesManagerImpl"
_ENABLE = "Failed to enable static nat for the ip address {c.ip_text} as it already has "
_GONE = frozenset({VmState.DESTROYED, VmState.EXPUNGING})

# fmt: off
LEAD: Table[Lead] = Table("enableStaticNat", (
    Rule("STN-01", "an address that leads to a VM is of a network",
         lambda s: s.network is not None, R, Kind.PARAM,
         "Unable to enable static NAT for the ipAddress id={c.ip.db_id} as IP is not associated "
         "with any network and no networkId is passed in", "EnableStaticNatCmd"),
    Rule("STN-02", "a VM that an address leads to is on its network",
         lambda s: s.joined, R, Kind.PARAM,
         "Vm doesn't belong to the network with specified id", _SOURCE),
    Rule("STN-03", "the network of an address that leads to a VM offers static NAT",
         lambda s: s.serves, R, Kind.PARAM,
         "Unable to create static nat rule; StaticNat service is not supported in network with "
         "specified id", _SOURCE),
    Rule("STN-04", "a VM that an address leads to is a user's",
         lambda s: s.vm.kind in USER_KINDS, R, Kind.PARAM,
         "Can't enable static nat for the address {c.ip_text}, invalid virtual machine id "
         "specified ({c.vm.db_id}).", _SOURCE),
    Rule("STN-05", "an address that leads to a VM is of the network that is named",
         lambda s: s.network is None or s.ip.network_id is not None, R, Kind.PARAM,
         "Ip address {c.ip_text} is not assigned to the network ", _SOURCE),
    Rule("STN-06", "a VM that an address leads to is not destroyed",
         lambda s: s.vm.state not in _GONE, R, Kind.PARAM, "Invalid user vm: {c.vm.text}", _SOURCE),
    Rule("STN-07", "the caller may have an address lead to a VM",
         lambda s: s.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("STN-08", "the VM has the address that is led to",
         lambda s: s.known, R, Kind.PARAM,
         "VM ip {c.wanted} address not belongs to the vm", _SOURCE),
    Rule("STN-09", "an address that leads to a VM is not its network's source NAT",
         lambda s: not s.ip.source_nat, R, Kind.PARAM,
         "Can't enable static, ip address {c.ip_text} is a sourceNat ip address", _SOURCE),
    Rule("STN-10", "an address that leads to a VM forwards no ports",
         lambda s: not s.forwards, R, Kind.CONFLICT_API, _ENABLE + "PortForwarding rules assigned",
         _SOURCE),
    Rule("STN-11", "an address leads to one VM",
         lambda s: s.ip.nat_vm_id in {None, s.vm.id}, R, Kind.CONFLICT_API,
         "Failed to enable static for the ip address {c.ip_text} and vm id={c.vm.db_id} as it's "
         "already assigned to antoher vm", _SOURCE),
    Rule("STN-12", "one address leads to a VM's address",
         lambda s: s.other is None, R, Kind.PARAM,
         "Failed to enable static nat on the  ip {c.ip.address} with Id {c.ip.id} as the vm "
         "{c.vm.instance_name} with Id {c.vm.id} is already associated with another public ip "
         "{c.other.address} with id {c.other.id}", _SOURCE),
))

UNLEAD: Table[Unlead] = Table("disableStaticNat", (
    Rule("STF-01", "an address that leads to no VM any more is somebody's when that is asked for",
         lambda s: not s.ip.removed, R, Kind.RUNTIME,
         "Unable to persist on DB, due to: Data truncation: Out of range value for column "
         "'account_id' at row 1", "DisableStaticNatCmd: the event of nobody's address"),
    Rule("STF-02", "an address that leads to no VM any more led to one",
         lambda s: s.ip.nat_vm_id is not None, J, Kind.PARAM,
         "Specified IP address id is not associated with any vm Id", _SOURCE),
))
# fmt: on

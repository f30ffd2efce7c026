"""The networks a new VM joins, with the addresses it asks for."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import Network
from simulator.domain.nics import is_ipv4, is_mac, standard_mac
from simulator.domain.rules import Phase, Rule, Table


class Join(NamedTuple):
    """A network to join; None where *named* is none, or "" for the owner's own.

    *both* is whether networks are named in two ways, *free* whether the network has the address.
    """

    dialect: Dialect
    network: Network | None
    named: str = ""
    address: str | None = None
    mac: str | None = None
    both: bool = False
    free: bool = True
    mac_free: bool = True


R = Phase.REQUEST

# fmt: off
JOIN: Table[Join] = Table("deployVirtualMachine, networks", (
    Rule("JOI-01", "networks are named by their ids or with addresses, not both",
         lambda j: not j.both, R, Kind.PARAM,
         "ipToNetworkMap can't be specified along with networkIds or ipAddress", "BaseDeployVMCmd"),
    Rule("JOI-02", "a network that is named with an address is there",
         lambda j: j.network is not None or not j.named, R, Kind.PARAM,
         "Unable to translate and find entity with networkId: {c.named}", "BaseDeployVMCmd"),
    Rule("JOI-03", "a MAC address for a network is one",
         lambda j: j.mac is None or is_mac(j.mac), R, Kind.PARAM,
         "Mac address is not valid: {c.mac}", "BaseDeployVMCmd"),
    Rule("JOI-04", "a MAC address for a network is for one alone",
         lambda j: j.mac is None or not is_mac(j.mac) or int(standard_mac(j.mac)[:2], 16) % 2 == 0,
         R, Kind.PARAM, "Mac address is not unicast: {c.mac}", "BaseDeployVMCmd"),
    Rule("JOI-05", "an address for a network is one",
         lambda j: j.address is None or is_ipv4(j.address), R, Kind.PARAM,
         "Invalid specified IPv4 address {c.address}", "NetworkModelImpl"),
    Rule("JOI-06", "no nic of the network has the MAC address",
         lambda j: j.mac_free, R, Kind.PARAM,
         "The requested Mac address is already taken! {c.mac}", "NetworkModelImpl"),
))

JOIN_ADDRESS: Table[Join] = Table("deployVirtualMachine, addresses of networks", (
    Rule("JOI-07", "the network has the address",
         lambda j: j.free, R, Kind.WRAPPED,
         "Unable to acquire Guest IP address for network {c.network.name}", "GuestNetworkGuru"),
))
# fmt: on

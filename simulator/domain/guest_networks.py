"""createNetwork to restartNetwork: what a guest network must be."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import ISOLATED, Network, NetworkOffering
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_ALL_ONES = (1 << 32) - 1
_LONGEST_DOMAIN = 190
_PRIVATE = tuple(
    map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))
)


def is_address(text: str) -> bool:
    """Return whether *text* is an IPv4 address."""
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def block_of(gateway: str | None, netmask: str | None) -> IPv4Network | None:
    """Return the block of addresses of a gateway and its netmask, None where they make none."""
    if not gateway or not netmask or not (is_address(gateway) and is_address(netmask)):
        return None
    try:
        block = IPv4Network(f"{gateway}/{netmask}", strict=False)
    except (NetmaskValueError, ValueError):
        return None
    return block if str(block.netmask) == netmask and block.prefixlen else None


def is_domain(text: str) -> bool:
    """Return whether *text* is a DNS name that guests' names can end with."""
    return len(text) <= _LONGEST_DOMAIN and all(_LABEL.fullmatch(p) for p in text.split("."))


class NewNetwork(NamedTuple):
    """A network someone wants; what was not given is None.

    *narrowest* is the shortest prefix that a user may ask for.
    """

    dialect: Dialect
    offering: NetworkOffering
    caller_may: bool
    over_limit: str
    by_root: bool
    zone_enabled: bool
    zone_id: str = "-"
    acl_type: str | None = None
    gateway: str | None = None
    netmask: str | None = None
    start_ip: str | None = None
    end_ip: str | None = None
    vlan: str | None = None
    domain: str | None = None
    narrowest: int = 22

    @property
    def ranged(self) -> bool:
        """Whether addresses are looked at: they are not without a gateway."""
        return bool(self.gateway)

    @property
    def block(self) -> IPv4Network | None:
        """The block of addresses that gateway and netmask make."""
        return block_of(self.gateway, self.netmask)

    @property
    def mask(self) -> int | None:
        """The netmask as the server reads it, whose parts may be few or large; None for none."""
        parts = (self.netmask or "").rstrip(".").split(".")
        if not all(_NUMBER.fullmatch(part) for part in parts):
            return None
        value = 0
        for part in parts:
            value = value << 8 | int(part)
        return value & _ALL_ONES

    @property
    def usable(self) -> bool:
        """Whether the gateway can be a host of its block, as wide as the netmask's end says."""
        mask = self.mask
        if mask is None or not is_address(self.gateway or ""):
            return True
        gateway, size = int(IPv4Address(self.gateway or "")), mask & -mask
        first = gateway & mask
        return not size or first < gateway < first + size - 1

    @property
    def private(self) -> bool:
        """Whether the block is one of those that are nobody's."""
        block = self.block
        return block is None or any(block.subnet_of(whole) for whole in _PRIVATE)


class GoneNetwork(NamedTuple):
    """A network someone wants no more; *guests* are the VMs that have a nic on it."""

    dialect: Dialect
    guests: int
    forced: bool = False
    by_root: bool = True


class OnNetwork(NamedTuple):
    """A network to change or to restart; *domain* is the DNS suffix it shall have."""

    dialect: Dialect
    network: Network
    domain: str | None = None


# fmt: off
_BAD_DOMAIN = (
    "Invalid network domain. Total length shouldn't exceed 190 chars. Each domain label must be "
    "between 1 and 63 characters long, can contain ASCII letters 'a' through 'z', the digits '0' "
    "through '9', and the hyphen ('-'); can't start or end with \"-\""
)
NEW_NETWORK: Table[NewNetwork] = Table("createNetwork", (
    Rule("NWC-05", "the zone of a network is enabled, or the caller a root admin",
         lambda n: n.zone_enabled or n.by_root, R, Kind.DENIED,
         "Cannot perform this operation since specified Zone is currently disabled",
         "NetworkServiceImpl", "SPEC-03", ids="{c.zone_id} zoneId"),
    Rule("NWC-06", "a network is for an account or for a domain",
         lambda n: (n.acl_type or "account").lower() in {"account", "domain"}, R, Kind.PARAM,
         "Incorrect aclType specified. Check the API documentation for supported types",
         "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-07", "an isolated network is for an account",
         lambda n: n.offering.kind != ISOLATED or (n.acl_type or "account").lower() != "domain",
         R, Kind.PARAM, "AclType should be Account for network of type Isolated",
         "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-08", "the gateway of a network is an address",
         lambda n: not n.gateway or is_address(n.gateway), R, Kind.PARAM,
         "Gateway parameter is invalid", "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-09", "the first address of a network is one",
         lambda n: not n.ranged or n.start_ip is None or is_address(n.start_ip), R, Kind.PARAM,
         "Invalid format for the startIp parameter", "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-10", "the last address of a network is one",
         lambda n: not n.ranged or n.start_ip is None or n.end_ip is None or is_address(n.end_ip),
         R, Kind.PARAM, "Invalid format for the endIp parameter", "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-11", "a range of addresses comes with gateway and netmask",
         lambda n: not n.ranged or n.start_ip is None or n.netmask is not None, R, Kind.PARAM,
         "gateway and netmask should be defined when startIP/endIP are passed in",
         "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-22", "the netmask of a network is made of numbers",
         lambda n: not n.ranged or n.netmask is None or n.mask is not None, R, Kind.UNCAUGHT,
         "Incorrect number", "NetUtils", "SPEC-03"),
    Rule("NWC-12", "the gateway of a network is neither its first address nor its last",
         lambda n: n.usable, R, Kind.PARAM,
         "Invalid gateway IP provided. Either the IP is broadcast or network IP.",
         "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-13", "the netmask of a network is one",
         lambda n: not n.ranged or n.netmask is None or n.block is not None, R, Kind.PARAM,
         "Invalid netmask", "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-21", "a user's network is isolated, or shared without a VLAN to be named",
         lambda n: n.by_root or n.offering.kind == ISOLATED or not n.offering.specify_vlan, R,
         Kind.PARAM,
         "This user can only create an Isolated network, a L2 network or a Shared network with "
         "specifyVlan=false.", "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-14", "only root admins make networks whose VLAN must be named",
         lambda n: n.by_root or not n.offering.specify_vlan, R, Kind.PARAM,
         "Only ROOT admin is allowed to specify vlanId or bypass vlan overlap check",
         "NetworkServiceImpl", "SPEC-03"),
    Rule("NWC-15", "a user's network is not too large",
         lambda n: n.by_root or n.block is None or n.block.prefixlen >= n.narrowest, R,
         Kind.PARAM, "Cidr size can't be less than {c.narrowest}", "NetworkServiceImpl",
         "SPEC-03"),
    Rule("NWC-04", "the owner's limit leaves room for the network",
         lambda n: not n.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("NWC-02", "the network offering is enabled",
         lambda n: n.offering.enabled, R, Kind.PARAM,
         "Can't use specified network offering id as its state is not Enabled", "callers",
         ids="{c.offering.id} networkOfferingId"),
    Rule("NWC-16", "a VLAN is named only where the offering wants one",
         lambda n: n.vlan is None or n.offering.specify_vlan, R, Kind.PARAM,
         "Can't specify vlan; corresponding offering says specifyVlan=false",
         "NetworkOrchestrator", "SPEC-03"),
    Rule("NWC-17", "a VLAN is named where the offering wants one",
         lambda n: n.vlan is not None or not n.offering.specify_vlan, R, Kind.PARAM,
         "Vlan has to be specified; corresponding offering says specifyVlan=true",
         "NetworkOrchestrator", "SPEC-03"),
    Rule("NWC-18", "the DNS suffix of a network is a domain's name",
         lambda n: n.domain is None or is_domain(n.domain), R, Kind.PARAM, _BAD_DOMAIN,
         "NetworkOrchestrator", "SPEC-03"),
    Rule("NWC-19", "a network without source NAT has gateway and netmask",
         lambda n: n.offering.kind != ISOLATED or "SourceNat" in n.offering.services
         or n.block is not None, R, Kind.PARAM,
         "gateway/netmask are required when create network of type Isolated with service "
         "SourceNat disabled", "NetworkOrchestrator", "SPEC-03"),
    Rule("NWC-20", "the addresses of a network are private",
         lambda n: n.private, R, Kind.PARAM,
         "Virtual Guest Cidr {c.block} is not RFC 1918 or 6598 compliant", "NetworkOrchestrator",
         "SPEC-03"),
    Rule("NWC-23", "somebody provides each service of the network offering",
         lambda n: not n.offering.unprovided, R, Kind.RUNTIME,
         "More than 1 provider supporting service {c.offering.unprovided} found in cloudStack",
         "NetworkModelImpl", "SPEC-03"),
    Rule("NWC-03", "the network offering makes isolated networks",
         lambda n: n.offering.kind == ISOLATED, R, Kind.PARAM,
         "Only isolated networks can be created here", "callers"),
))

GONE_NETWORK: Table[GoneNetwork] = Table("deleteNetwork", (
    Rule("NWD-02", "only root admins delete a network by force",
         lambda n: n.by_root or not n.forced, J, Kind.PARAM,
         "Delete network with 'forced' option can only be called by root admins",
         "NetworkServiceImpl", "SPEC-03"),
    Rule("NWD-01", "no VM is on a network to delete",
         lambda n: n.guests == 0, J, Kind.INTERNAL, "Failed to delete network",
         "DeleteNetworkCmd", "SPEC-03"),
))

UPDATE_NETWORK: Table[OnNetwork] = Table("updateNetwork", (
    Rule("NWU-01", "the new DNS suffix of a network is a domain's name",
         lambda n: n.domain is None or is_domain(n.domain), J, Kind.PARAM, _BAD_DOMAIN,
         "NetworkServiceImpl", "SPEC-03"),
))

RESTART_NETWORK: Table[OnNetwork] = Table("restartNetwork", (
    Rule("NWR-01", "a network to restart is implemented",
         lambda n: n.network.state == "Implemented", J, Kind.PARAM,
         "Network is not in the right state to be restarted. Correct states are: Implemented, "
         "Setup", "NetworkServiceImpl", "SPEC-03"),
))
# fmt: on

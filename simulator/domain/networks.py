"""Networks as far as a VM's nic needs one: offerings, networks, public addresses. Immutable."""

from functools import cache
from ipaddress import IPv4Address, IPv4Network
from typing import NamedTuple

Facts = tuple[tuple[str, str, bool], ...]


class Service(NamedTuple):
    """A network service: who provides it, and its *facts* (capability, value, can be chosen)."""

    name: str
    provider: str
    facts: Facts = ()


SERVICES: dict[str, Service] = {
    row.name: row
    for row in (
        Service(
            "Firewall",
            "VirtualRouter",
            (
                ("SupportedProtocols", "tcp,udp,icmp", False),
                ("SupportedTrafficDirection", "ingress, egress", False),
                ("MultipleIps", "true", False),
            ),
        ),
        Service("SourceNat", "VirtualRouter", (("SupportedSourceNatTypes", "peraccount", True),)),
        Service("StaticNat", "VirtualRouter", (("AssociatePublicIP", "true", False),)),
        Service("Dhcp", "VirtualRouter", (("DhcpAccrossMultipleSubnets", "true", False),)),
        Service("PortForwarding", "VirtualRouter", (("SupportedProtocols", "tcp,udp", False),)),
        Service("UserData", "VirtualRouter"),
        Service("Vpn", "VirtualRouter", (("SupportedVpnTypes", "pptp,l2tp,ipsec", False),)),
        Service("Lb", "VirtualRouter", (("SupportedLbAlgorithms", "roundrobin", False),)),
        Service("Dns", "VirtualRouter", (("AllowDnsSuffixModification", "true", False),)),
        Service("SecurityGroup", "SecurityGroupProvider"),
    )
}
_ISOLATED = tuple(name for name in SERVICES if name != "SecurityGroup")


class NetworkOffering(NamedTuple):
    """What networks are made from; *rate_mbps* is the traffic a nic is given.

    *provider* provides all services where it is given, *unprovided* is the first service that
    nobody was named for.
    """

    id: str
    db_id: int
    name: str
    text: str
    kind: str
    services: tuple[str, ...]
    availability: str = "Optional"
    specify_vlan: bool = False
    rate_mbps: int = 200
    default: bool = True
    enabled: bool = True
    removed: bool = False
    ranges: bool = False
    provider: str = ""
    unprovided: str = ""

    def provides(self, service: str) -> str:
        """Return who provides a service: one for all, or who does by default."""
        return self.provider or SERVICES[service].provider


SHARED, ISOLATED, L2 = "Shared", "Isolated", "L2"
OFFERINGS = (
    NetworkOffering(
        "", 0, "DefaultSharedNetworkOfferingWithSGService",
        "Offering for Shared Security group enabled networks", SHARED,
        ("Dhcp", "SecurityGroup", "UserData", "Dns"), specify_vlan=True,
    ),
    NetworkOffering(
        "", 0, "DefaultSharedNetworkOffering", "Offering for Shared networks", SHARED,
        ("Dhcp", "UserData", "Dns"), specify_vlan=True,
    ),
    NetworkOffering(
        "", 0, "DefaultIsolatedNetworkOfferingWithSourceNatService",
        "Offering for Isolated networks with Source Nat service enabled", ISOLATED, _ISOLATED,
        availability="Required",
    ),
    NetworkOffering(
        "", 0, "DefaultIsolatedNetworkOffering",
        "Offering for Isolated networks with no Source Nat service", ISOLATED,
        ("Dhcp", "UserData", "Dns"), specify_vlan=True, ranges=True,
    ),
    NetworkOffering(
        "", 0, "DefaultL2NetworkOffering", "Offering for L2 networks", L2, (),
    ),
    NetworkOffering(
        "", 0, "DefaultL2NetworkOfferingVlan", "Offering for L2 networks VLAN", L2, (),
        specify_vlan=True,
    ),
    NetworkOffering(
        "", 0, "DefaultL2NetworkOfferingConfigDrive",
        "Offering for L2 networks with config drive user data", L2, ("UserData",),
        provider="ConfigDrive",
    ),
    NetworkOffering(
        "", 0, "DefaultL2NetworkOfferingConfigDriveVlan",
        "Offering for L2 networks with config drive user data VLAN", L2, ("UserData",),
        specify_vlan=True, provider="ConfigDrive",
    ),
)  # fmt: skip
"""The stock offerings, as far as networks here can be made from them."""


class PhysicalNetwork(NamedTuple):
    """A physical network of a zone and the range of its VLANs, both ends included."""

    id: str
    db_id: int
    name: str
    zone_id: str
    first_vlan: int
    last_vlan: int


class Network(NamedTuple):
    """A guest network; *vlan* is None until its first VM runs, which implements it."""

    id: str
    db_id: int
    name: str
    text: str
    account_id: str
    zone_id: str
    offering_id: str
    physical_id: str
    created_s: float
    vlan: int | None = None
    gateway: str = "10.1.1.1"
    netmask: str = "255.255.255.0"
    cidr: str = "10.1.1.0/24"
    removed: bool = False
    domain_name: str = ""

    @property
    def state(self) -> str:
        """Return the state as the API spells it."""
        return "Allocated" if self.vlan is None else "Implemented"

    def in_block(self, cidr: str, gateway: str | None = None) -> "Network":
        """Return the network with a block of addresses, whose first is the gateway's if unsaid."""
        block = IPv4Network(cidr)
        first = str(block.network_address + 1)
        return self._replace(cidr=cidr, netmask=str(block.netmask), gateway=gateway or first)

    def spelt(self, offering: int) -> str:
        """Return how the server's messages spell a network, made from an offering's row."""
        return (
            f'Network {{"id": {self.db_id}, "name": "{self.name}", "uuid": "{self.id}", '
            f'"networkofferingid": {offering}}}'
        )

    @property
    def addresses(self) -> range:
        """Return the addresses of its guests as numbers, the gateway's among them."""
        return _numbers(self.cidr)

    def address(self, number: int) -> str:
        """Return the guest's address of a number, which goes on at the first after the last."""
        numbers = _numbers(self.cidr)
        chosen = numbers[number % max(1, len(numbers) - 1)]
        if chosen >= _number(self.gateway):
            chosen = min(chosen + 1, numbers[-1])
        return ".".join(str(chosen >> shift & 255) for shift in (24, 16, 8, 0))


@cache
def _numbers(cidr: str) -> range:
    block = IPv4Network(cidr)
    first = int(block.network_address)
    return range(first + 1, first + block.num_addresses - 1)


@cache
def _number(address: str) -> int:
    return int(IPv4Address(address))


class PublicRange(NamedTuple):
    """A range of public addresses of a zone; *subnet* is the first three bytes."""

    id: str
    db_id: int
    zone_id: str
    physical_id: str
    network_id: str
    vlan: int
    subnet: str
    first: int = 2
    last: int = 200

    @property
    def span(self) -> str:
        """Return the range as the server keeps it."""
        return f"{self.subnet}.{self.first}-{self.subnet}.{self.last}"


class PublicIp(NamedTuple):
    """A public address: of a network, of a system VM where *network_id* is None, or nobody's.

    *nat_vm_id* and *nat_address* say where one with static NAT leads to.
    """

    id: str
    db_id: int
    address: str
    range_id: str
    account_id: str
    network_id: str | None
    vm_id: str | None
    allocated_s: float
    source_nat: bool = False
    removed: bool = False
    nat_vm_id: str | None = None
    nat_address: str = ""

    def spelt(self, zone: int) -> str:
        """Return how the server's messages spell an address; *zone* is the number of its zone."""
        return (
            f'IPAddress {{"address":"{self.address}","dataCenterId":{zone},"id":{self.db_id},'
            f'"uuid":"{self.id}"}}'
        )

    @property
    def state(self) -> str:
        """Return the state as the API spells it."""
        return "Allocated" if self.account_id else "Free"


class Ports(NamedTuple):
    """A range of ports, both ends included; 0 to 0 where the protocol has none."""

    first: int
    last: int

    @property
    def width(self) -> int:
        """Return how many ports there are."""
        return max(0, self.last - self.first + 1)

    def meets(self, other: "Ports") -> bool:
        """Return whether any port is in both ranges."""
        return self.first <= other.last and other.first <= self.last

    @property
    def text(self) -> str:
        """Return the range as messages spell it."""
        return f"{self.first}-{self.last}"


class FirewallRule(NamedTuple):
    """A rule of a public address, or of a network where *ip_id* is None (egress).

    *vm_id* and *private* say where a forwarded port leads to, None for a rule of the firewall.
    """

    id: str
    db_id: int
    account_id: str
    network_id: str
    ip_id: str | None
    protocol: str
    ports: Ports
    cidrs: str
    icmp: tuple[int, int] | None = None
    vm_id: str | None = None
    private: Ports | None = None
    removed: bool = False

    def admits_some_of(self, cidrs: str) -> bool:
        """Return whether one of its blocks of addresses is among those of a comma list."""
        mine, others = ({c.strip() for c in text.split(",")} for text in (self.cidrs, cidrs))
        return not mine.isdisjoint(others)

    def spelt(self, network: int) -> str:
        """Return how the server's messages spell it; *network* is the number of its network."""
        purpose = "Firewall" if self.vm_id is None else "PortForwarding"
        return (
            f'FirewallRule {{"id":{self.db_id},"networkId":{network},"purpose":"{purpose}",'
            f'"state":"Active","uuid":"{self.id}"}}'
        )

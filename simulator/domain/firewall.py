"""associateIpAddress to createPortForwardingRule: addresses and the rules on them."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import FirewallRule, Ports
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB
_LAST_PORT = 65535
_SOURCE, _RULES = "FirewallManagerImpl", "RulesManagerImpl"
_REVERSED = "Start port can't be bigger than end port"
_NO_FORWARD = (
    'Cannot invoke "com.cloud.network.rules.PortForwardingRuleVO.setSourceCidrList(java.util.List)"'
    ' because "rule" is null'
)
_PROTOCOLS = frozenset({"tcp", "udp"})
_INGRESS = _PROTOCOLS | {"icmp"}
ANYWHERE = "0.0.0.0/0"
"""The block of all addresses."""


class Associate(NamedTuple):
    """A public address someone wants for a network, or for a zone to begin with."""

    dialect: Dialect
    placed: bool
    caller_may: bool
    over_limit: str
    owner: str = ""


class Open(NamedTuple):
    """A firewall rule someone wants beside *others*, for a comma list of blocks of addresses.

    Its ports are 0 to 0 where it has none; *icmp* is its type and code, *network* the number of
    its network, *zone* that of the network's zone.
    """

    dialect: Dialect
    protocol: str
    ports: Ports
    others: tuple[FirewallRule, ...] = ()
    cidrs: str = ANYWHERE
    icmp: tuple[int, int] | None = None
    network: int = 0
    zone: int = 0

    @property
    def ports_text(self) -> str:
        """Why the ports are refused."""
        return _ports_text(self.ports)

    @property
    def near(self) -> tuple[FirewallRule, ...]:
        """The rules of the same protocol that admit some of the same addresses."""
        same = (o for o in self.others if o.protocol == self.protocol)
        return tuple(o for o in same if o.admits_some_of(self.cidrs))

    @property
    def twin_text(self) -> str:
        """Why an ICMP rule is refused that is there."""
        twins = (o for o in self.near if self.protocol == "icmp" and o.icmp == self.icmp)
        rule = next(twins, None)
        return f"New rule conflicts with existing rule: {rule.spelt(self.network)}" if rule else ""

    @property
    def conflict_text(self) -> str:
        """Why a rule is refused whose ports are another's."""
        if self.protocol == "icmp":
            return ""
        for other in self.near:
            if not self.ports.last and not other.ports.last:
                return (
                    f"There is already a firewall rule specified with protocol = {self.protocol} "
                    "and no ports"
                )
            if self.ports.last and other.ports.last and other.ports.meets(self.ports):
                return _conflict_text(self.ports, other, self.network)
        return ""


class Forward(NamedTuple):
    """A public port that shall lead to a VM, beside what *others* lead to.

    *cidrs* is a comma list of blocks of addresses, *network* and *zone* are the numbers of the
    network and its zone, *natted* spells the address where it leads to a VM as a whole.
    """

    dialect: Dialect
    protocol: str
    public: Ports
    private: Ports
    on_network: bool
    caller_may: bool
    others: tuple[FirewallRule, ...] = ()
    cidrs: str = ANYWHERE
    network: int = 0
    natted: str = ""
    zone: int = 0

    @property
    def ports_text(self) -> str:
        """Why the public ports are refused."""
        return _ports_text(self.public)

    @property
    def private_text(self) -> str:
        """Why the ports of the VM are refused."""
        if self.private.first > self.private.last:
            return _REVERSED
        equal = self.private.width == self.public.width
        return "" if equal else "Source port and destination port ranges should be of equal sizes."

    @property
    def conflict_text(self) -> str:
        """Why one of the public ports is not free for the addresses."""
        for other in self.others:
            near = other.protocol == self.protocol and other.admits_some_of(self.cidrs)
            if near and other.ports.meets(self.public):
                return _conflict_text(self.public, other, self.network)
        return ""


def _conflict_text(ports: Ports, other: FirewallRule, network: int) -> str:
    return (
        f"The range specified, {ports.text}, conflicts with rule {other.spelt(network)} which has "
        f"{other.ports.text}"
    )


def _ports_text(ports: Ports) -> str:
    """Return why public ports are refused."""
    first, last = ports
    if not _is_port(first):
        return f"publicPort is an invalid value: {first}"
    if not _is_port(last):
        return f"Public port range is an invalid value: {last}"
    return "" if first <= last else _REVERSED


def _is_port(number: int) -> bool:
    return 0 <= number <= _LAST_PORT


class Release(NamedTuple):
    """A public address to give back; *used* is whether its network still needs it."""

    dialect: Dialect
    named: bool
    known: bool
    caller_may: bool
    used: bool
    spelt: str = ""


class Close(NamedTuple):
    """A rule to delete, by its number; *fits* is whether it is of the kind that *what* says.

    *forward* is whether a port forwarding rule shall be deleted.
    """

    dialect: Dialect
    row: int
    fits: bool
    what: str
    forward: bool = False


class RulesOf(NamedTuple):
    """The address whose rules are listed, by its number, and which rules these are."""

    dialect: Dialect
    row: int
    gone: bool
    what: str


# fmt: off
ASSOCIATE: Table[Associate] = Table("associateIpAddress", (
    Rule("AIP-01", "the address is for a network or a zone",
         lambda a: a.placed, R, Kind.PARAM,
         "Unable to figure out zone or network to assign ip to", "callers"),
    Rule("AIP-02", "the caller may use the network of the address",
         lambda a: a.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AIP-03", "the owner's limit leaves room for the address",
         lambda a: not a.over_limit, R, Kind.ACCOUNT_LIMIT,
         "Maximum number of public IP addresses for account: {c.owner} has been exceeded.",
         "6.2; seen on a real 4.22", "SPEC-03"),
))


def _open_rules(
    prefix: str, known: frozenset[str], what: str, conflict: Kind
) -> tuple[Rule[Open], ...]:
    return (
        Rule(f"{prefix}-02", f"the ports of {what} are in range",
             lambda o: not o.ports_text, R, Kind.PARAM, "{c.ports_text}", _SOURCE),
        Rule(f"{prefix}-01", f"the protocol of {what} is known",
             lambda o: o.protocol in known, R, Kind.PARAM,
             "Protocol {c.protocol} is not supported in zone {c.zone}", _SOURCE),
        Rule(f"{prefix}-04", f"no other rule lets in what {what} for ICMP does",
             lambda o: not o.twin_text, R, Kind.PARAM, "{c.twin_text}", _SOURCE, "SPEC-03"),
        Rule(f"{prefix}-03", f"no other rule has a port of {what} for some of its addresses",
             lambda o: not o.conflict_text, R, conflict, "{c.conflict_text}", _SOURCE),
    )


OPEN: Table[Open] = Table(
    "createFirewallRule", _open_rules("FWR", _INGRESS, "a firewall rule", Kind.CONFLICT)
)
OPEN_EGRESS: Table[Open] = Table(
    "createEgressFirewallRule",
    _open_rules("EFW", _INGRESS | {"all"}, "an egress firewall rule", Kind.CONFLICT_API),
)

RELEASE: Table[Release] = Table("disassociateIpAddress", (
    Rule("AIR-01", "an address to give back is named",
         lambda a: a.named, R, Kind.PARAM, "Please specify either IP address or IP address ID",
         "DisassociateIPAddrCmd", "SPEC-03"),
    Rule("AIR-02", "an address to give back is there",
         lambda a: a.known, R, Kind.PARAM, "Unable to find IP address by {c.spelt}",
         "DisassociateIPAddrCmd", "SPEC-03"),
    Rule("AIR-03", "the caller may give an address back",
         lambda a: a.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AIR-04", "an address to give back is not the one of its network's source NAT",
         lambda a: not a.used, J, Kind.RUNTIME,
         "ip address is used for source nat purposes and can not be disassociated.",
         "NetworkServiceImpl", "SPEC-03"),
))

CLOSE: Table[Close] = Table("deleteFirewallRule", (
    Rule("FWD-02", "a port forwarding rule to delete is one",
         lambda r: r.fits or not r.forward, R, Kind.UNCAUGHT, _NO_FORWARD, _RULES, "SPEC-03"),
    Rule("FWD-01", "a rule to delete is of its command's kind",
         lambda r: r.fits, J, Kind.PARAM, "Unable to find {c.row}{c.what}",
         "FirewallManagerImpl", "SPEC-03"),
))

RULES_OF: Table[RulesOf] = Table("listFirewallRules", (
    Rule("FWL-01", "the address whose rules are listed is in use",
         lambda r: not r.gone, R, Kind.PARAM,
         "Ip address id={c.row} not ready for {c.what} rules yet", "FirewallManagerImpl",
         "SPEC-03"),
))

FORWARD: Table[Forward] = Table("createPortForwardingRule", (
    Rule("PFW-03", "the caller may use the VM that a port is forwarded to",
         lambda f: f.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("PFW-06", "the address of a port forwarding rule leads to no VM as a whole",
         lambda f: not f.natted, R, Kind.PARAM,
         "Unable to create port forwarding rule; ip {c.natted} has static nat enabled", _RULES),
    Rule("PFW-02", "the public ports of a port forwarding rule are in range",
         lambda f: not f.ports_text, R, Kind.PARAM, "{c.ports_text}", _SOURCE),
    Rule("PFW-01", "the protocol of a port forwarding rule is tcp or udp",
         lambda f: f.protocol in _PROTOCOLS, R, Kind.PARAM,
         "Protocol {c.protocol} is not supported in zone {c.zone}", _SOURCE),
    Rule("PFW-07", "as many ports of the VM as public ones are in a port forwarding rule",
         lambda f: not f.private_text, R, Kind.PARAM, "{c.private_text}", _RULES),
    Rule("PFW-04", "the VM that a port is forwarded to is on the network of the address",
         lambda f: f.on_network, R, Kind.PARAM,
         "Vm doesn't belong to network associated with ipAddress", _RULES),
    Rule("PFW-05", "the public ports of a port forwarding rule are free",
         lambda f: not f.conflict_text, R, Kind.CONFLICT, "{c.conflict_text}",
         _SOURCE),
))
# fmt: on

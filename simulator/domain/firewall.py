"""associateIpAddress to createPortForwardingRule: addresses and the rules on them."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import FirewallRule, Ports
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB
_LAST_PORT = 65535
_PROTOCOLS = frozenset({"tcp", "udp"})
_WITHOUT_PORTS = frozenset({"icmp", "all"})


class Associate(NamedTuple):
    """A public address someone wants for a network, or for a zone to begin with."""

    dialect: Dialect
    placed: bool
    caller_may: bool
    over_limit: str


class Open(NamedTuple):
    """A firewall rule someone wants beside *others*."""

    dialect: Dialect
    protocol: str
    ports: Ports
    others: tuple[FirewallRule, ...] = ()

    @property
    def needs_ports(self) -> bool:
        """Whether the protocol has ports."""
        return self.protocol not in _WITHOUT_PORTS

    @property
    def conflict(self) -> FirewallRule | None:
        """The first rule that says the same."""
        mine = (self.protocol, self.ports)
        return next((o for o in self.others if (o.protocol, o.ports) == mine), None)


class Forward(NamedTuple):
    """A public port that shall lead to a VM, beside what *others* lead to."""

    dialect: Dialect
    protocol: str
    public: Ports
    private: Ports
    on_network: bool
    caller_may: bool
    others: tuple[FirewallRule, ...] = ()

    @property
    def conflict(self) -> FirewallRule | None:
        """The first rule that has one of the public ports."""
        same = (o for o in self.others if o.protocol == self.protocol)
        return next((o for o in same if o.ports.meets(self.public)), None)


class Release(NamedTuple):
    """A public address to give back; *used* is whether its network still needs it."""

    dialect: Dialect
    named: bool
    known: bool
    caller_may: bool
    used: bool
    spelt: str = ""


class Close(NamedTuple):
    """A rule to delete, by its number; *fits* is whether it is of the kind that *what* says."""

    dialect: Dialect
    row: int
    fits: bool
    what: str


class RulesOf(NamedTuple):
    """The address whose rules are listed, by its number, and which rules these are."""

    dialect: Dialect
    row: int
    gone: bool
    what: str


def _in_range(ports: Ports) -> bool:
    return 0 < ports.first <= ports.last <= _LAST_PORT


# fmt: off
ASSOCIATE: Table[Associate] = Table("associateIpAddress", (
    Rule("AIP-01", "the address is for a network or a zone",
         lambda a: a.placed, R, Kind.PARAM,
         "Unable to figure out zone or network to assign ip to", "callers"),
    Rule("AIP-02", "the caller may use the network of the address",
         lambda a: a.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AIP-03", "the owner's limit leaves room for the address",
         lambda a: not a.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
))


def _open_rules(prefix: str, phase: Phase, what: str) -> tuple[Rule[Open], ...]:
    return (
        Rule(f"{prefix}-01", f"the protocol of {what} is known",
             lambda o: o.protocol in _PROTOCOLS | _WITHOUT_PORTS, phase, Kind.PARAM,
             "Protocol {c.protocol} is not supported", "callers"),
        Rule(f"{prefix}-02", f"the ports of {what} are in range",
             lambda o: not o.needs_ports or _in_range(o.ports), phase, Kind.PARAM,
             "Invalid port range: {c.ports.text}", "callers"),
        Rule(f"{prefix}-03", f"no other rule says the same as {what}",
             lambda o: o.conflict is None, phase, Kind.PARAM,
             "There is already a firewall rule specified with protocol = {c.protocol} and no ports "
             "other than {c.ports.text}: {c.conflict.id}", "callers"),
    )


OPEN: Table[Open] = Table("createFirewallRule", _open_rules("FWR", R, "a firewall rule"))
OPEN_EGRESS: Table[Open] = Table(
    "createEgressFirewallRule", _open_rules("EFW", R, "an egress firewall rule")
)

RELEASE: Table[Release] = Table("disassociateIpAddress", (
    Rule("AIR-01", "an address to give back is named",
         lambda a: a.named, R, Kind.PARAM, "Please specify either IP address or IP address ID",
         "DisassociateIPAddrCmd", "SPEC-03"),
    Rule("AIR-02", "an address to give back is there",
         lambda a: a.known, R, Kind.PARAM, "Unable to find IP address by {c.spelt}",
         "DisassociateIPAddrCmd", "SPEC-03"),
    Rule("AIR-03", "the caller may give an address back",
         lambda a: a.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AIR-04", "an address to give back is not the one of its network's source NAT",
         lambda a: not a.used, J, Kind.RUNTIME,
         "ip address is used for source nat purposes and can not be disassociated.",
         "NetworkServiceImpl", "SPEC-03"),
))

CLOSE: Table[Close] = Table("deleteFirewallRule", (
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
    Rule("PFW-01", "the protocol of a port forwarding rule is tcp or udp",
         lambda f: f.protocol in _PROTOCOLS, R, Kind.PARAM,
         "Protocol {c.protocol} is not supported for port forwarding", "callers"),
    Rule("PFW-02", "the ports of a port forwarding rule are in range and equally many",
         lambda f: _in_range(f.public) and _in_range(f.private)
         and f.public.width == f.private.width, R, Kind.PARAM,
         "Invalid port ranges: public {c.public.text}, private {c.private.text}", "callers"),
    Rule("PFW-03", "the caller may use the VM that a port is forwarded to",
         lambda f: f.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("PFW-04", "the VM that a port is forwarded to is on the network of the address",
         lambda f: f.on_network, R, Kind.PARAM,
         "Unable to create port forwarding rule: the VM is not on the network of the address",
         "callers"),
    Rule("PFW-05", "the public ports of a port forwarding rule are free",
         lambda f: f.conflict is None, R, Kind.PARAM,
         "The range specified, {c.public.text}, conflicts with rule {c.conflict.id} which has "
         "{c.conflict.ports.text}", "callers"),
))
# fmt: on

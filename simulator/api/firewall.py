"""Public addresses of networks, and the rules on them: firewall, egress, port forwarding."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, listing
from simulator.api.narrate import tell_of_system_rules
from simulator.api.owners import address_owner_of
from simulator.api.render import Seen, of_job, seen
from simulator.api.render_address import FIREWALL_RULE, FORWARDING_RULE, PUBLIC_IP, public_ip
from simulator.api.submit import submit
from simulator.domain.errors import Broke, Kind
from simulator.domain.firewall import (
    ANYWHERE,
    ASSOCIATE,
    FORWARD,
    OPEN,
    OPEN_EGRESS,
    Associate,
    Forward,
    Open,
)
from simulator.domain.limits import Resource
from simulator.domain.networks import FirewallRule, Network, Ports, PublicIp
from simulator.domain.rules import Phase
from simulator.engine.jobs import Job
from simulator.engine.networking import network_for, take_address
from simulator.engine.nics import nic_in
from simulator.engine.world import Flow

_NO_ADDRESS = "Unable to find available public IP addresses"


def _done(call: Call, key: str, row: Row) -> Row:
    """Start a job that has only to say what was made."""

    def flow() -> Flow:
        yield call.world.spend("work")

    def show(_: None, job: Job) -> Row:
        return {key: row | of_job(job)}

    area = "address" if key == "ipaddress" else "firewall"
    return {"id": row["id"], **submit(call, flow(), area, show, ("Firewall", row["id"]))}


def associate(call: Call) -> Row:
    """associateIpAddress: the next free address of the network's zone."""
    world, args, owner = call.world, call.args, address_owner_of(call)
    zone, network = args.get("zoneid"), args.get("networkid")
    zone_id = network.zone_id if network else zone.id if zone else ""
    if network is not None:
        owner = world.store.accounts[network.account_id]
    case = Associate(
        dialect=world.dialect,
        placed=bool(zone_id),
        caller_may=world.may(call.account, owner.id),
        over_limit=world.over_limit(owner.id, Resource.PUBLIC_IP, 1),
        owner=owner.name,
    )
    ASSOCIATE.require(Phase.REQUEST, case)
    network = network or network_for(world, owner.id, zone_id)
    taken = take_address(world, zone_id, owner.id, network.id, None)
    if taken is None:
        raise Broke(_NO_ADDRESS, Kind.CAPACITY)
    tell_of_system_rules(call)
    return _done(call, "ipaddress", public_ip(call, taken))


def _ports(call: Call, first: str, last: str) -> Ports:
    start = call.args.get(first, 0)
    return Ports(start, call.args.get(last, start))


def _others(call: Call, place: Network | PublicIp, *, forwards: bool) -> tuple[FirewallRule, ...]:
    rules = call.world.store.firewall_rules.values()
    at = (r for r in rules if place.id == (r.ip_id or r.network_id) and not r.removed)
    return tuple(r for r in at if (r.vm_id is not None) == forwards)


def _keep(
    call: Call, place: Network | PublicIp, case: Open | Forward, ports: Ports
) -> FirewallRule:
    store = call.world.store
    on_ip = isinstance(place, PublicIp)
    network_id = place.network_id if isinstance(place, PublicIp) else place.id
    vm = call.args.get("virtualmachineid")
    made = FirewallRule(
        store.new_id(),
        store.new_row("firewallrule"),
        place.account_id,
        network_id or "",
        place.id if on_ip else None,
        case.protocol,
        ports,
        case.cidrs,
        icmp=case.icmp if isinstance(case, Open) else None,
        vm_id=vm.id if vm else None,
        private=case.private if isinstance(case, Forward) else None,
    )
    return store.firewall_rules.setdefault(made.id, made)


def _open(call: Call, place: Network | PublicIp) -> Row:
    store, args = call.world.store, call.args
    on_ip = isinstance(place, PublicIp)
    network = store.networks.get(place.network_id or "") if isinstance(place, PublicIp) else place
    zone_id = network.zone_id if network else ""
    protocol, ports = args["protocol"].lower(), _ports(call, "startport", "endport")
    case = Open(
        dialect=call.world.dialect,
        protocol=protocol,
        ports=ports,
        others=_others(call, place, forwards=False),
        cidrs=args.get("cidrlist") or ANYWHERE,
        icmp=(args.get("icmptype", -1), args.get("icmpcode", -1)) if protocol == "icmp" else None,
        network=network.db_id if network else 0,
        zone=store.zones[zone_id].db_id if zone_id else 0,
    )
    (OPEN if on_ip else OPEN_EGRESS).require(Phase.REQUEST, case)
    return _done(
        call, "firewallrule", FIREWALL_RULE.render(Seen(call, _keep(call, place, case, ports)))
    )


def create_rule(call: Call) -> Row:
    """createFirewallRule on a public address."""
    return _open(call, call.args["ipaddressid"])


def create_egress(call: Call) -> Row:
    """createEgressFirewallRule on a network."""
    return _open(call, call.args["networkid"])


def forward(call: Call) -> Row:
    """createPortForwardingRule from a public address to a VM."""
    ip, vm = call.args["ipaddressid"], call.args["virtualmachineid"]
    public = _ports(call, "publicport", "publicendport")
    case = Forward(
        dialect=call.world.dialect,
        protocol=call.args["protocol"].lower(),
        public=public,
        private=_ports(call, "privateport", "privateendport"),
        on_network=nic_in(call.world.store, vm, ip.network_id) is not None,
        caller_may=call.world.may(call.account, vm.account_id),
        others=_others(call, ip, forwards=True),
        cidrs=call.args.get("cidrlist") or ANYWHERE,
        network=call.world.store.networks[ip.network_id].db_id if ip.network_id else 0,
        zone=call.world.store.zones[vm.zone_id].db_id,
        natted=ip.spelt(call.world.store.zones[vm.zone_id].db_id) if ip.nat_vm_id else "",
    )
    FORWARD.require(Phase.REQUEST, case)
    made = _keep(call, ip, case, public)
    return _done(call, "portforwardingrule", FORWARDING_RULE.render(Seen(call, made)))


def _never(_: Call, __: FirewallRule) -> bool:
    return False


_RANGE = "protocol:text! startport:integer endport:integer cidrlist:text icmptype:integer"
COMMANDS = (
    Command(
        "associateIpAddress",
        associate,
        "networkid:network zoneid:zone account:text domainid:domain~ projectid:anyproject~",
        says="Takes a public address for a network",
        answers=PUBLIC_IP,
        is_async=True,
    ),
    Command(
        "createFirewallRule",
        create_rule,
        f"ipaddressid:publicip!@ {_RANGE} icmpcode:integer",
        says="Opens ports of a public address",
        answers=FIREWALL_RULE,
        is_async=True,
    ),
    Command(
        "createEgressFirewallRule",
        create_egress,
        f"networkid:network!@ {_RANGE} icmpcode:integer",
        says="Lets traffic of a network out",
        answers=FIREWALL_RULE,
        is_async=True,
    ),
    Command(
        "createPortForwardingRule",
        forward,
        "ipaddressid:publicip!@ virtualmachineid:vm! protocol:text! publicport:integer! "
        "privateport:integer! publicendport:integer privateendport:integer cidrlist:text",
        says="Lets a port of a public address lead to a VM",
        answers=FORWARDING_RULE,
        is_async=True,
    ),
    Command(
        "listIpForwardingRules",
        listing(
            "firewall_rules", "ipforwardingrule", seen(FORWARDING_RULE), owned=True, also=_never
        ),
        f"id:firewallrule~ ipaddressid:publicip~ virtualmachineid:vm~ {OWNED}",
        says="Lists the addresses that lead to VMs, of which there are none here",
        answers=FORWARDING_RULE,
        roles="ASDUR",
    ),
)  # fmt: skip

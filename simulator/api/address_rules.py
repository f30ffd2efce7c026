"""Public addresses given back, and the rules on them listed and deleted."""

from collections.abc import Callable

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Lister, Row, listing
from simulator.api.render import SUCCESS, seen
from simulator.api.render_address import FIREWALL_RULE, FORWARDING_RULE
from simulator.api.submit import submit_success
from simulator.domain.firewall import CLOSE, RELEASE, RULES_OF, Close, Release, RulesOf
from simulator.domain.networks import FirewallRule, PublicIp
from simulator.domain.rules import Phase
from simulator.engine.networking import release_address
from simulator.engine.world import Flow

Test = Callable[[FirewallRule], bool]


def _ingress(rule: FirewallRule) -> bool:
    return rule.vm_id is None and rule.ip_id is not None


def _egress(rule: FirewallRule) -> bool:
    return rule.vm_id is None and rule.ip_id is None


def _opens(rule: FirewallRule) -> bool:
    return rule.vm_id is None


def _forwards(rule: FirewallRule) -> bool:
    return rule.vm_id is not None


def _address(call: Call) -> PublicIp | None:
    """Return the address that a call names by its id or as it is spelt."""
    args = call.args
    if "id" in args:
        return call.world.store.public_ips.get(args["id"].id)
    ips = (p for p in call.world.store.public_ips.values() if not p.removed)
    return next((p for p in ips if p.address == args.get("ipaddress")), None)


def disassociate(call: Call) -> Row:
    """disassociateIpAddress: its rules and tags go; one that nobody has stays as it is."""
    world, record = call.world, _address(call)
    may = record is None or record.removed or world.may(call.account, record.account_id)
    named = bool(call.args.keys() & {"id", "ipaddress"})
    spelt = f"IP address={call.args.get('ipaddress')}"
    if "id" in call.args:
        spelt = f"ID={call.args['id'].db_id}"
    case = Release(world.dialect, named, record is not None, may, used=False, spelt=spelt)
    RELEASE.require(Phase.REQUEST, case)
    address_id = record.id if record is not None else ""

    def flow() -> Flow:
        yield world.spend("work")
        now = world.store.public_ips[address_id]
        guest = world.store.networks.get(now.network_id or "")
        used = now.source_nat and guest is not None and guest.vlan is not None
        RELEASE.require(Phase.JOB, case._replace(used=used and not now.removed))
        release_address(world, address_id)

    return submit_success(call, flow(), "address", ("IpAddress", address_id))


def _close(test: Test, what: str) -> Callable[[Call], Row]:
    """Return the handler that deletes rules of a kind."""

    def handler(call: Call) -> Row:
        store, rule = call.world.store, call.args["id"]
        case = Close(call.world.dialect, rule.db_id, test(rule), what, test is _forwards)
        CLOSE.require(Phase.REQUEST, case)

        def flow() -> Flow:
            yield call.world.spend("work")
            now = store.firewall_rules[rule.id]
            CLOSE.require(Phase.JOB, case._replace(fits=case.fits and not now.removed))
            store.firewall_rules[rule.id] = now._replace(removed=True)
            store.tags.pop(rule.id, None)

        return submit_success(call, flow(), "firewall", ("FirewallRule", rule.id))

    return handler


def _rules(root: str, show: Callable[[Call, FirewallRule], Row], test: Test, what: str) -> Lister:
    """Return the handler of a list of rules of a kind, newest first."""

    def shown(call: Call, record: FirewallRule) -> bool:
        ip = call.args.get("ipaddressid")
        visible = bool(call.args.get("fordisplay", True))
        return visible and test(record) and (ip is None or ip.id == record.ip_id)

    rows = listing(
        "firewall_rules", root, show, by="networkid", words="", owned=True, newest_first=True,
        also=shown,
    )  # fmt: skip

    def handler(call: Call) -> Row:
        ip = call.args.get("ipaddressid")
        gone = ip is not None and ip.removed
        case = RulesOf(call.world.dialect, ip.db_id if ip is not None else 0, gone, what)
        RULES_OF.require(Phase.REQUEST, case)
        return rows(call)

    return handler


_LIST = (
    f"id:firewallrule~ ipaddressid:publicip~@ networkid:network~ fordisplay:bool^ tags:map {OWNED}"
)
COMMANDS = (
    Command(
        "disassociateIpAddress",
        disassociate,
        "id:publicip~ ipaddress:text",
        says="Gives a public address back",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "listFirewallRules",
        _rules("firewallrule", seen(FIREWALL_RULE), _ingress, "firewall"),
        _LIST,
        says="Lists the open ports of public addresses",
        answers=FIREWALL_RULE,
        roles="ASDUR",
    ),
    Command(
        "listEgressFirewallRules",
        _rules("firewallrule", seen(FIREWALL_RULE), _egress, "firewall"),
        _LIST,
        says="Lists what traffic of networks is let out",
        answers=FIREWALL_RULE,
        roles="ASDUR",
    ),
    Command(
        "listPortForwardingRules",
        _rules("portforwardingrule", seen(FORWARDING_RULE), _forwards, "port forwarding"),
        _LIST,
        says="Lists the ports that lead to VMs",
        answers=FORWARDING_RULE,
        roles="ASDUR",
    ),
    *(
        Command(
            name,
            _close(test, what),
            "id:firewallrule!@",
            says=f"Deletes {text}",
            answers=SUCCESS,
            is_async=True,
        )
        for name, test, what, text in (
            (
                "deleteFirewallRule",
                _opens,
                " having purpose [Firewall, Ipv6Firewall]",
                "a rule of a public address",
            ),
            (
                "deleteEgressFirewallRule",
                _opens,
                " having purpose Firewall",
                "a rule of a network",
            ),
            ("deletePortForwardingRule", _forwards, "", "a rule that leads to a VM"),
        )
    ),
)

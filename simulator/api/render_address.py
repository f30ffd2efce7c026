"""Public addresses and the rules on them as CloudStack's JSON."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import JOB, NOT_ANNOTATED, OF_OWNER, TAG_LIST, ZONE_FIELDS, Seen
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    integer,
    shared,
    text,
    within,
)
from simulator.domain import networks as net
from simulator.domain.inventory import Zone
from simulator.domain.records import Vm
from simulator.engine.nics import nic_in

_MASK = "255.255.255.0"

VLAN_RANGE = Shape[net.PublicRange](
    "vlaniprange",
    text("id", "id", lambda r: r.id),
    boolean("forvirtualnetwork", "whether it is for guest networks", Always(True)),
    text("zoneid", "id of the zone", lambda r: r.zone_id),
    text("vlan", "VLAN", lambda r: f"vlan://{r.vlan}"),
    text("gateway", "gateway", lambda r: f"{r.subnet}.1"),
    text("netmask", "netmask", Always(_MASK)),
    text("cidr", "address block", lambda r: f"{r.subnet}.0/24"),
    text("startip", "first address", lambda r: f"{r.subnet}.{r.first}"),
    text("endip", "last address", lambda r: f"{r.subnet}.{r.last}"),
    text("networkid", "id of the network", lambda r: r.network_id),
    text("physicalnetworkid", "id of the physical network", lambda r: r.physical_id),
    boolean("forsystemvms", "whether it is for system VMs", Always(False)),
)


class _IpAt(NamedTuple):
    """An address of a range as a caller sees it."""

    call: Call
    record: net.PublicIp
    span: net.PublicRange
    job_id: str | None


_GUESTS: Parts[net.Network] = (
    text("associatednetworkid", "id of the network the address belongs to", lambda n: n.id),
    text("associatednetworkname", "name of the network the address belongs to", lambda n: n.name),
)


class _Lead(NamedTuple):
    """The VM an address leads to."""

    vm: Vm
    address: str | None


_LEAD: Parts[_Lead] = (
    text("virtualmachineid", "id of the VM", lambda at: at.vm.id),
    text("vmipaddress", "address of the VM that it leads to", lambda at: at.address),
    text("virtualmachinename", "name of the VM", lambda at: at.vm.name),
    text("virtualmachinedisplayname", "display name of the VM", lambda at: at.vm.display_name),
)


def _zone(at: _IpAt) -> Zone:
    return at.call.world.store.zones[at.span.zone_id]


def _lead(at: _IpAt) -> _Lead | None:
    vm = at.call.world.store.vms.get(at.record.nat_vm_id or "")
    return None if vm is None else _Lead(vm, at.record.nat_address)


def _guests(at: _IpAt) -> net.Network | None:
    return at.call.world.store.networks.get(at.record.network_id or "")


def _has_rules(at: _IpAt) -> bool:
    rules = at.call.world.store.firewall_rules.values()
    return any(r.ip_id == at.record.id and not r.removed for r in rules)


PUBLIC_IP = Shape[_IpAt](
    "publicipaddress",
    text("id", "id", lambda i: i.record.id),
    text("ipaddress", "IP address", lambda i: i.record.address),
    date("allocated", "when the address was taken",
         lambda i: i.record.allocated_s if i.record.account_id else None),
    shared(_zone, ZONE_FIELDS),
    boolean("issourcenat", "whether the address is for source NAT", lambda i: i.record.source_nat),
    within(lambda i: i if i.record.account_id else None, OF_OWNER),
    boolean("forvirtualnetwork", "whether it is for guest networks", Always(True)),
    text("vlanid", "id of the range", lambda i: i.span.id),
    text("vlanname", "name of the VLAN", lambda i: f"vlan://{i.span.vlan}"),
    boolean("isstaticnat", "whether the address is for static NAT",
            lambda i: i.record.nat_vm_id is not None),
    within(_lead, _LEAD),
    boolean("issystem", "whether it is the system's own", Always(False)),
    within(_guests, _GUESTS),
    text("networkid", "id of the public network", lambda i: i.span.network_id),
    text("state", "state", lambda i: i.record.state),
    text("physicalnetworkid", "id of the physical network", lambda i: i.span.physical_id),
    *TAG_LIST,
    boolean("isportable", "whether the address can move between zones", Always(False)),
    boolean("fordisplay", "whether it is shown to its owner", Always(True)),
    boolean("hasrules", "whether the address has rules", _has_rules),
    boolean("forsystemvms", "whether it is for system VMs", Always(False)),
    boolean("forprovider", "whether the address is for a provider", Always(False)),
    *NOT_ANNOTATED,
    *JOB,
)  # fmt: skip


def public_ip(call: Call, record: net.PublicIp, job_id: str | None = None) -> Row:
    """Return IPAddressResponse."""
    span = call.world.store.public_ranges[record.range_id]
    return PUBLIC_IP.render(_IpAt(call, record, span, job_id))


_NUMBERED: Parts[net.PublicIp] = (
    text("ipaddressid", "id of the address", lambda ip: ip.id),
    text("ipaddress", "IP address", lambda ip: ip.address),
)


def _ip(rule: Seen[net.FirewallRule]) -> net.PublicIp | None:
    return rule.call.world.store.public_ips.get(rule.record.ip_id or "")


def _icmp(rule: Seen[net.FirewallRule]) -> tuple[int, int] | None:
    return rule.record.icmp


_ICMP: Parts[tuple[int, int]] = (
    integer("icmptype", "ICMP type, -1 for all", lambda icmp: icmp[0]),
    integer("icmpcode", "ICMP code, -1 for all", lambda icmp: icmp[1]),
)
FIREWALL_RULE = Shape[Seen[net.FirewallRule]](
    "firewallrule",
    text("id", "id", lambda s: s.record.id),
    text("protocol", "protocol", lambda s: s.record.protocol),
    integer("startport", "first port", lambda s: s.record.ports.first or None),
    integer("endport", "last port", lambda s: s.record.ports.last or None),
    within(_ip, _NUMBERED[:1]),
    text("networkid", "id of the network", lambda s: s.record.network_id),
    within(_ip, _NUMBERED[1:]),
    text("state", "state", Always("Active")),
    text("cidrlist", "address blocks that are let through", lambda s: s.record.cidrs),
    within(_icmp, _ICMP),
    *TAG_LIST,
    boolean("fordisplay", "whether it is shown to its owner", Always(True)),
    *JOB,
)


def _private(rule: Seen[net.FirewallRule]) -> net.Ports:
    return rule.record.private or rule.record.ports


def _vm(rule: Seen[net.FirewallRule]) -> Vm:
    return rule.call.world.store.vms[rule.record.vm_id or ""]


def _guest_address(rule: Seen[net.FirewallRule]) -> str:
    store, vm = rule.call.world.store, _vm(rule)
    return (nic_in(store, vm, rule.record.network_id) or store.default_nic(vm)).address


_TARGET: Parts[Vm] = (
    text("virtualmachineid", "id of the VM", lambda vm: vm.id),
    text("virtualmachinename", "name of the VM", lambda vm: vm.name),
    text("virtualmachinedisplayname", "display name of the VM", lambda vm: vm.display_name),
)
FORWARDING_RULE = Shape[Seen[net.FirewallRule]](
    "portforwardingrule",
    text("id", "id", lambda s: s.record.id),
    text("privateport", "port of the VM", lambda s: str(_private(s).first)),
    text("privateendport", "last port of the VM", lambda s: str(_private(s).last)),
    text("protocol", "protocol", lambda s: s.record.protocol),
    text("publicport", "first port of the address", lambda s: str(s.record.ports.first)),
    text("publicendport", "last port of the address", lambda s: str(s.record.ports.last)),
    within(_vm, _TARGET),
    within(_ip, _NUMBERED),
    text("state", "state", Always("Active")),
    text("cidrlist", "address blocks that are let through", lambda s: s.record.cidrs),
    *TAG_LIST,
    text("vmguestip", "address of the VM", _guest_address),
    text("networkid", "id of the network", lambda s: s.record.network_id),
    boolean("fordisplay", "whether it is shown to its owner", Always(True)),
    *JOB,
)

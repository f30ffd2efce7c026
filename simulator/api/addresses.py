"""Public addresses, where they come from, and what else stands beside networks."""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address

from simulator.api.command import Call, Command
from simulator.api.dates import date
from simulator.api.lists import OWNED, PAGING, listing, paging, tag_test, visible
from simulator.api.matching import containing, equal_to
from simulator.api.rows import owner, present, tags, zone_of
from simulator.api.shape import Row
from simulator.domain import networks as net
from simulator.domain.lists import LIST_ADDRESSES, AddressFilter
from simulator.domain.management import SecurityGroup
from simulator.domain.rules import Phase
from simulator.engine.networking import address_id, free_addresses

_MASK = "255.255.255.0"
_FREE = frozenset({"free", "reserved"})


def physical_network(call: Call, record: net.PhysicalNetwork) -> Row:
    """Return PhysicalNetworkResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "broadcastdomainrange": "ZONE",
        **zone_of(call, record.zone_id),
        "state": "Enabled",
        "vlan": f"{record.first_vlan}-{record.last_vlan}",
        "isolationmethods": "VLAN",
    }


def vlan_range(_: Call, record: net.PublicRange) -> Row:
    """Return VlanIpRangeResponse."""
    return {
        "id": record.id,
        "forvirtualnetwork": True,
        "zoneid": record.zone_id,
        "vlan": f"vlan://{record.vlan}",
        "gateway": f"{record.subnet}.1",
        "netmask": _MASK,
        "cidr": f"{record.subnet}.0/24",
        "startip": f"{record.subnet}.{record.first}",
        "endip": f"{record.subnet}.{record.last}",
        "networkid": record.network_id,
        "physicalnetworkid": record.physical_id,
        "forsystemvms": False,
    }


def public_ip(call: Call, record: net.PublicIp) -> Row:
    """Return IPAddressResponse."""
    store = call.world.store
    span = store.public_ranges[record.range_id]
    guest = store.networks.get(record.network_id or "")
    body: Row = {
        "id": record.id,
        "ipaddress": record.address,
        "allocated": date(record.allocated_s) if record.account_id else None,
        **zone_of(call, span.zone_id),
        "issourcenat": record.source_nat,
        **(owner(call, record.account_id) if record.account_id else {}),
        "forvirtualnetwork": True,
        "vlanid": span.id,
        "vlanname": f"vlan://{span.vlan}",
        "isstaticnat": record.nat_vm_id is not None,
        **_led_to(call, record),
        "issystem": False,
        "associatednetworkid": guest.id if guest else None,
        "associatednetworkname": guest.name if guest else None,
        "networkid": span.network_id,
        "state": record.state,
        "physicalnetworkid": span.physical_id,
        "tags": tags(call, record.id),
        "isportable": False,
        "fordisplay": True,
        "hasrules": any(_rules_of(call, record)),
        "forsystemvms": False,
        "forprovider": False,
        "hasannotations": False,
    }
    return present(body)


def _led_to(call: Call, record: net.PublicIp) -> Row:
    """Return the fields that name the VM an address leads to."""
    vm = call.world.store.vms.get(record.nat_vm_id or "")
    if vm is None:
        return {}
    return {
        "virtualmachineid": vm.id,
        "vmipaddress": record.nat_address,
        "virtualmachinename": vm.name,
        "virtualmachinedisplayname": vm.display_name,
    }


def _rules_of(call: Call, record: net.PublicIp) -> Iterator[bool]:
    rules = call.world.store.firewall_rules.values()
    return (r.ip_id == record.id and not r.removed for r in rules)


def security_group(call: Call, record: SecurityGroup) -> Row:
    """Return SecurityGroupResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "description": record.text,
        **owner(call, record.account_id),
        "ingressrule": [],
        "egressrule": [],
        "tags": tags(call, record.id),
        "virtualmachinecount": 0,
        "virtualmachineids": [],
    }


_RANGES = listing(
    "public_ranges",
    "vlaniprange",
    vlan_range,
    by="id zoneid vlan networkid physicalnetworkid",
    words="",
    also=lambda call, _: call.args.get("forvirtualnetwork", True),
)
_RANGES_BY_WORD = listing("public_ranges", "vlaniprange", vlan_range, words="vlan span")


def list_ranges(call: Call) -> Row:
    """listVlanIpRanges; a keyword outdoes every filter."""
    keyword = call.args.get("keyword")
    if keyword is None:
        return _RANGES(call)
    wanted = {k: v for k, v in call.args.items() if k in {"keyword", "page", "pagesize"}}
    return _RANGES_BY_WORD(call._replace(args=wanted))


def list_addresses(call: Call) -> Row:
    """listPublicIpAddresses by address: those that are taken, and free ones where asked for."""
    args, page, state = call.args, paging(call), call.args.get("state", "").lower()
    case = AddressFilter(call.world.dialect, bool(args.get("allocatedonly")), state)
    LIST_ADDRESSES.require(Phase.REQUEST, case)
    alone = args.get("allocatedonly", state not in _FREE) or state == "allocated"
    rows = [*_taken(call, guarded=alone), *([] if alone else _free(call))]
    keep = _address_test(call)
    shown = sorted((p for p in rows if keep(p)), key=lambda p: IPv4Address(p.address))
    return page.cut("publicipaddress", shown, lambda p: public_ip(call, p))


def _taken(call: Call, *, guarded: bool) -> Iterator[net.PublicIp]:
    """Yield the addresses that are taken; all of them to a root admin who asks for free ones."""
    sees = visible(call) if guarded or not call.is_root or "domainid" in call.args else None
    for record in call.world.store.public_ips.values():
        if not record.removed and (sees is None or sees(record.account_id)):
            yield record


def _free(call: Call) -> Iterator[net.PublicIp]:
    for span, address in free_addresses(call.world):
        yield net.PublicIp(address_id(span, address), 0, address, span.id, "", None, None, 0.0)


def _address_test(call: Call) -> Callable[[net.PublicIp], bool]:
    """Return the test of an address by the filters asked for."""
    args, store = call.args, call.world.store
    facts = [
        (get, getattr(args[name], "id", args[name]))
        for name, get in _ADDRESS_FACTS.items()
        if name in args
    ]
    state, address = args.get("state"), args.get("ipaddress")
    word = args.get("keyword", "") if address is None else ""
    has, within = tag_test(call), containing(word)

    def fits(record: net.PublicIp) -> bool:
        span = store.public_ranges[record.range_id]
        return (
            all(get(record, span) == wanted for get, wanted in facts)
            and (state is None or equal_to(state)(record.state))
            and (address is None or equal_to(address)(record.address))
            and within(record.address)
            and has(record.id)
        )

    return fits


_ADDRESS_FACTS: dict[str, Callable[[net.PublicIp, net.PublicRange], object]] = {
    "id": lambda p, _: p.id,
    "zoneid": lambda _, s: s.zone_id,
    "vlanid": lambda _, s: s.id,
    "physicalnetworkid": lambda _, s: s.physical_id,
    "networkid": lambda _, s: s.network_id,
    "associatednetworkid": lambda p, _: p.network_id,
    "issourcenat": lambda p, _: p.source_nat,
    "isstaticnat": lambda p, _: p.nat_vm_id is not None,
    "forvirtualnetwork": lambda *_: True,
    "forsystemvms": lambda *_: False,
    "fordisplay": lambda *_: True,
}
"""Filter of addresses -> what is true of an address of a range."""


COMMANDS = (
    Command(
        "listPhysicalNetworks",
        listing("physical_networks", "physicalnetwork", physical_network, by="zoneid", like="name"),
        f"id:physicalnetwork~ name:text zoneid:zone~ {PAGING}",
        says="Lists the physical networks",
        answers="physicalnetwork",
        roles="A",
    ),
    Command(
        "listVlanIpRanges",
        list_ranges,
        "id:publicrange~ zoneid:zone~ vlan:text networkid:text forvirtualnetwork:bool "
        f"physicalnetworkid:physicalnetwork~ {PAGING}",
        says="Lists the ranges of public addresses",
        answers="vlaniprange",
        roles="A",
    ),
    Command(
        "listPublicIpAddresses",
        list_addresses,
        "allocatedonly:bool state:text forvirtualnetwork:bool id:publicip~ ipaddress:text "
        "vlanid:publicrange~ zoneid:zone~ physicalnetworkid:physicalnetwork~ "
        "associatednetworkid:network~ networkid:text issourcenat:bool isstaticnat:bool "
        f"fordisplay:bool^ forsystemvms:bool retrieveonlyresourcecount:bool tags:map {OWNED}",
        says="Lists the public addresses",
        answers="publicipaddress",
        roles="ASDUR",
    ),
    Command(
        "listSecurityGroups",
        listing(
            "security_groups", "securitygroup", security_group, by="securitygroupname", owned=True
        ),
        f"id:securitygroup~ securitygroupname:text tags:map {OWNED}",
        says="Lists the security groups",
        answers="securitygroup",
        roles="ASDUR",
    ),
)

"""Public addresses, where they come from, and what else stands beside networks."""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, listing, paging, tag_test, visible
from simulator.api.matching import containing, equal_to
from simulator.api.render import plain, seen
from simulator.api.render_address import PUBLIC_IP, VLAN_RANGE, public_ip
from simulator.api.render_network import PHYSICAL_NETWORK, SECURITY_GROUP
from simulator.api.shape import Row
from simulator.domain import networks as net
from simulator.domain.lists import LIST_ADDRESSES, AddressFilter
from simulator.domain.rules import Phase
from simulator.engine.networking import address_id, free_addresses

_FREE = frozenset({"free", "reserved"})


_RANGES = listing(
    "public_ranges",
    "vlaniprange",
    plain(VLAN_RANGE),
    by="id zoneid vlan networkid physicalnetworkid",
    words="",
    also=lambda call, _: call.args.get("forvirtualnetwork", True),
)
_RANGES_BY_WORD = listing("public_ranges", "vlaniprange", plain(VLAN_RANGE), words="vlan span")


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
        listing(
            "physical_networks", "physicalnetwork", seen(PHYSICAL_NETWORK), by="zoneid", like="name"
        ),
        f"id:physicalnetwork~ name:text zoneid:zone~ {PAGING}",
        says="Lists the physical networks",
        answers=PHYSICAL_NETWORK,
        roles="A",
    ),
    Command(
        "listVlanIpRanges",
        list_ranges,
        "id:publicrange~ zoneid:zone~ vlan:text networkid:text forvirtualnetwork:bool "
        f"physicalnetworkid:physicalnetwork~ {PAGING}",
        says="Lists the ranges of public addresses",
        answers=VLAN_RANGE,
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
        answers=PUBLIC_IP,
        roles="ASDUR",
    ),
    Command(
        "listSecurityGroups",
        listing(
            "security_groups",
            "securitygroup",
            seen(SECURITY_GROUP),
            by="securitygroupname",
            owned=True,
        ),
        f"id:securitygroup~ securitygroupname:text tags:map {OWNED}",
        says="Lists the security groups",
        answers=SECURITY_GROUP,
        roles="ASDUR",
    ),
)

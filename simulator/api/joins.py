"""Which networks a new VM joins: the first is its default one."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.domain.joins import JOIN, JOIN_ADDRESS, Join
from simulator.domain.networks import Network
from simulator.domain.nics import is_mac, standard_mac
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.engine.nics import free_address, mac_free, put_nic

_IDS, _LIST = "networkids", "iptonetworklist"


class Wanted(NamedTuple):
    """A network that a call names, "" for the owner's own, and what it wants there."""

    network: Network | None
    named: str
    address: str | None = None
    mac: str | None = None


def wanted(call: Call) -> list[Wanted]:
    """Return what a call names, each network once."""
    store, args = call.world.store, call.args
    rows = [Wanted(n, n.id) for n in args.get(_IDS, ())]
    for row in args.get(_LIST, ()):
        named = row.get("networkid", "null")
        network = store.networks.get(named)
        rows.append(Wanted(network, named, row.get("ip"), row.get("mac")))
    if "macaddress" in args:
        rows = rows or [Wanted(None, "")]
        rows[0] = rows[0]._replace(mac=args["macaddress"])
    return list({row.named: row for row in rows}.values())


def networks_of(call: Call) -> list[Network]:
    """Return the networks that a call names, its default one first."""
    return [row.network for row in wanted(call) if row.network is not None]


def require_joins(call: Call) -> None:
    """Judge each network that a call names."""
    store, dialect = call.world.store, call.world.dialect
    both = _LIST in call.args and bool(call.args.keys() & {_IDS, "ipaddress"})
    for row in wanted(call):
        network, address, mac = row.network, row.address, row.mac
        case = Join(dialect, network, row.named, address, mac, both=both)
        if network is not None:
            unused = mac is None or not is_mac(mac) or mac_free(store, network.id, mac)
            case = case._replace(mac_free=unused)
        JOIN.require(Phase.REQUEST, case)


def require_addresses(call: Call) -> None:
    """Judge each address that a call names, when all else of its VM was judged."""
    store, dialect = call.world.store, call.world.dialect
    for row in wanted(call):
        if row.network is not None and row.address is not None:
            free = free_address(store, row.network, row.address) is not None
            case = Join(dialect, row.network, row.named, row.address, free=free)
            JOIN_ADDRESS.require(Phase.REQUEST, case)


def join(call: Call, vm: Vm) -> None:
    """Give a new VM what it asked for in its first network, and a nic in each other one."""
    world, store, rows = call.world, call.world.store, wanted(call)
    for row in rows[:1]:
        mac = standard_mac(row.mac) if row.mac and "ipaddress" not in call.args else vm.mac
        store.put_vm(vm._replace(address=row.address or vm.address, mac=mac))
    for row in rows[1:]:
        if row.network is not None:
            address = free_address(store, row.network, row.address)
            put_nic(world, store.vms[vm.id], row.network, address or "", row.mac)

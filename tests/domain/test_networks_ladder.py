"""createNetwork to restartNetwork refuse by their first broken row."""

from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.guest_networks import (
    GONE_NETWORK,
    NEW_NETWORK,
    RESTART_NETWORK,
    UPDATE_NETWORK,
    GoneNetwork,
    NewNetwork,
    OnNetwork,
)
from simulator.domain.networks import ISOLATED, SHARED, Network, NetworkOffering
from simulator.domain.rules import Phase

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, LIMIT = Kind.PARAM, Kind.DENIED, Kind.LIMIT
PLAN = NetworkOffering("plan-1", 8, "plan", "plan", ISOLATED, ("SourceNat", "Dns"))
NETWORK = Network("net-1", 5, "net", "net", "account-1", "zone-1", "plan-1", "p-1", 0.0, vlan=7)


def wanted(dialect: Dialect) -> NewNetwork:
    """Return a root admin's network with addresses of its own."""
    return NewNetwork(
        dialect,
        PLAN,
        caller_may=True,
        over_limit="",
        by_root=True,
        zone_enabled=True,
        gateway="10.9.0.1",
        netmask="255.255.255.0",
        start_ip="10.9.0.10",
        end_ip="10.9.0.20",
    )


def by_user(case: NewNetwork) -> NewNetwork:
    """Return *case* as a user asks for it."""
    return case._replace(by_root=False)


def of(case: NewNetwork, **changes: Any) -> NewNetwork:
    """Return *case* with changes to its offering."""
    return case._replace(offering=case.offering._replace(**changes))


# fmt: off
NEW: dict[str, Break[NewNetwork]] = {
    "NWC-05": Break(R, DENIED, lambda n: by_user(n)._replace(zone_enabled=False)),
    "NWC-06": Break(R, PARAM, lambda n: n._replace(acl_type="odd")),
    "NWC-07": Break(R, PARAM, lambda n: n._replace(acl_type="Domain")),
    "NWC-08": Break(R, PARAM, lambda n: n._replace(gateway="10.9")),
    "NWC-09": Break(R, PARAM, lambda n: n._replace(start_ip="first")),
    "NWC-10": Break(R, PARAM, lambda n: n._replace(end_ip="last")),
    "NWC-11": Break(R, PARAM, lambda n: n._replace(netmask=None)),
    "NWC-22": Break(R, Kind.UNCAUGHT, lambda n: n._replace(gateway="10.9.0.1", netmask="wide")),
    "NWC-12": Break(R, PARAM, lambda n: n._replace(gateway="10.9.0.255", netmask="255.255.255.0")),
    "NWC-13": Break(R, PARAM, lambda n: n._replace(netmask="255.255.255.256")),
    "NWC-21": Break(R, PARAM, lambda n: of(by_user(n), kind=SHARED, specify_vlan=True)),
    "NWC-14": Break(R, PARAM, lambda n: of(by_user(n), specify_vlan=True)._replace(vlan="5")),
    "NWC-15": Break(R, PARAM, lambda n: by_user(n)._replace(
        gateway="10.9.0.1", netmask="255.255.0.0")),
    "NWC-04": Break(R, LIMIT, lambda n: n._replace(over_limit="no room")),
    "NWC-02": Break(R, PARAM, lambda n: of(n, enabled=False)),
    "NWC-16": Break(R, PARAM, lambda n: of(n, specify_vlan=False)._replace(vlan="5")),
    "NWC-17": Break(R, PARAM, lambda n: of(n, specify_vlan=True)._replace(vlan=None)),
    "NWC-18": Break(R, PARAM, lambda n: n._replace(domain="-odd-")),
    "NWC-19": Break(R, PARAM, lambda n: of(n, services=("Dns",))._replace(
        gateway=None, netmask=None)),
    "NWC-20": Break(R, PARAM, lambda n: n._replace(gateway="8.8.8.1", netmask="255.255.255.0")),
    "NWC-23": Break(R, Kind.RUNTIME, lambda n: of(n, unprovided="Dhcp")),
    "NWC-03": Break(R, PARAM, lambda n: of(n, kind=SHARED)),
}
GONE: dict[str, Break[GoneNetwork]] = {
    "NWD-02": Break(J, PARAM, lambda n: n._replace(forced=True, by_root=False)),
    "NWD-01": Break(J, Kind.INTERNAL, lambda n: n._replace(guests=1)),
}
UPDATE: dict[str, Break[OnNetwork]] = {
    "NWU-01": Break(J, PARAM, lambda n: n._replace(domain="odd-")),
}
RESTART: dict[str, Break[OnNetwork]] = {
    "NWR-01": Break(J, PARAM, lambda n: n._replace(network=n.network._replace(vlan=None))),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        NEW_NETWORK,
        (
            wanted,
            lambda d: wanted(d)._replace(gateway=None, netmask=None, start_ip=None, end_ip=None),
            lambda d: by_user(wanted(d))._replace(domain="a-b.example.org", acl_type="account"),
        ),
        NEW,
        {
            ("NWC-06", "NWC-07"): "a type is unknown or wrong",
            ("NWC-11", "NWC-22"): "a netmask is given or not",
            ("NWC-22", "NWC-12"): "a netmask is of numbers or not",
            ("NWC-16", "NWC-17"): "a VLAN is named or not",
            ("NWC-19", "NWC-20"): "there is a block or there is none",
        },
    ),
    Ladder(GONE_NETWORK, (lambda d: GoneNetwork(d, 0),), GONE),
    Ladder(UPDATE_NETWORK, (lambda d: OnNetwork(d, NETWORK, "example.org"),), UPDATE),
    Ladder(RESTART_NETWORK, (lambda d: OnNetwork(d, NETWORK),), RESTART),
)

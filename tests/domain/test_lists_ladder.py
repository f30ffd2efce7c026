"""Lists refuse pages and filters by their first broken row."""

from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.lists import (
    DATE,
    LIST_ADDRESSES,
    LIST_DOMAINS,
    LIST_EVENTS,
    LIST_NETWORKS,
    LIST_OFFERINGS,
    LIST_POOLS,
    LIST_SETTINGS,
    LIST_VMS,
    LIST_VOLUMES,
    PAGE,
    PICK,
    SERVICES_ASKED,
    TAG_PAIRS,
    AddressFilter,
    DateGiven,
    DomainFilter,
    EventFilter,
    NetworkFilter,
    OfferingFilter,
    Page,
    Picked,
    PoolFilter,
    ServiceAsked,
    SettingFilter,
    TagPair,
    VmFilter,
    VolumeFilter,
)
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase

R = Phase.REQUEST
ALICE = Account("account-1", 5, "alice", "domain-1", Role.USER)
PARAM, MALFORMED, DENIED = Kind.PARAM, Kind.MALFORMED, Kind.DENIED


def page(dialect: Dialect) -> Page:
    """Return a page that is allowed."""
    return Page(dialect, 1, 20, 500)


def of_domain(dialect: Dialect) -> DomainFilter:
    """Return the caller's own domain."""
    return DomainFilter(dialect, 7, "domain-7", removed=False, held=True, caller=ALICE)


def of_offerings(dialect: Dialect) -> OfferingFilter:
    """Return a user's list of disk offerings."""
    return OfferingFilter(
        dialect, "disk", by_user=True, by_root=False, system=False, recursive=False
    )


def of_vms(dialect: Dialect) -> VmFilter:
    """Return a list of VMs of a hypervisor."""
    return VmFilter(
        dialect, pool_alive=True, leased=False, hypervisor_text="KVM", hypervisor_known=True
    )


def of_events(dialect: Dialect) -> EventFilter:
    """Return a list of the events of a resource."""
    return EventFilter(
        dialect,
        type_known=True,
        id_given=True,
        type_given=True,
        id_known=True,
        state_text="Started",
        state_known=True,
    )


# fmt: off
PAGES: dict[str, Break[Page]] = {
    "LST-01": Break(R, MALFORMED, lambda p: p._replace(size=None)),
    "LST-02": Break(R, MALFORMED, lambda p: p._replace(page=None)),
    "LST-03": Break(R, PARAM, lambda p: p._replace(size=501)),
    "LST-04": Break(R, PARAM, lambda p: p._replace(size=-1)),
}
PICKS: dict[str, Break[Picked]] = {
    "LST-05": Break(R, PARAM, lambda p: p._replace(ids_given=True)),
}
VOLUMES: dict[str, Break[VolumeFilter]] = {
    "LST-06": Break(R, PARAM, lambda v: v._replace(pool_known=False)),
}
VMS: dict[str, Break[VmFilter]] = {
    "LST-07": Break(R, PARAM, lambda v: v._replace(pool_alive=False)),
    "LST-08": Break(R, PARAM, lambda v: v._replace(leased=True)),
    "LST-09": Break(R, PARAM, lambda v: v._replace(hypervisor_known=False)),
}
DATES: dict[str, Break[DateGiven]] = {
    "LST-10": Break(R, MALFORMED, lambda d: d._replace(well_formed=False)),
}
EVENTS: dict[str, Break[EventFilter]] = {
    "LST-11": Break(R, PARAM, lambda e: e._replace(type_known=False)),
    "LST-12": Break(R, PARAM, lambda e: e._replace(type_given=False)),
    "LST-13": Break(R, PARAM, lambda e: e._replace(id_known=False)),
    "LST-14": Break(R, PARAM, lambda e: e._replace(state_known=False)),
}
ADDRESSES: dict[str, Break[AddressFilter]] = {
    "LST-15": Break(R, PARAM, lambda a: a._replace(state="free")),
}
SETTINGS: dict[str, Break[SettingFilter]] = {
    "LST-30": Break(R, MALFORMED, lambda s: s._replace(group="", subgroup="Cpu")),
    "LST-17": Break(R, MALFORMED, lambda s: s._replace(group_known=False)),
    "LST-18": Break(R, MALFORMED, lambda s: s._replace(subgroup_known=False)),
}
TAGS: dict[str, Break[TagPair]] = {
    "LST-19": Break(R, PARAM, lambda t: t._replace(value=None)),
}
POOLS: dict[str, Break[PoolFilter]] = {
    "LST-20": Break(R, PARAM, lambda p: p._replace(scope="planet")),
    "LST-21": Break(R, PARAM, lambda p: p._replace(status="odd")),
}
NETWORKS: dict[str, Break[NetworkFilter]] = {
    "LST-22": Break(R, PARAM, lambda n: n._replace(kind="odd")),
    "LST-23": Break(R, PARAM, lambda n: n._replace(system_of_somebody=True)),
}
SERVICES: dict[str, Break[ServiceAsked]] = {
    "LST-24": Break(R, PARAM, lambda s: s._replace(known=False)),
}
DOMAINS: dict[str, Break[DomainFilter]] = {
    "LST-25": Break(R, PARAM, lambda d: d._replace(removed=True)),
    "LST-26": Break(R, DENIED, lambda d: d._replace(held=False)),
}
OFFERINGS: dict[str, Break[OfferingFilter]] = {
    "LST-29": Break(R, Kind.ARGUMENT, lambda o: o._replace(state="odd")),
    "LST-27": Break(R, PARAM, lambda o: o._replace(system=True)),
    "LST-28": Break(R, PARAM, lambda o: o._replace(recursive=True)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        PAGE,
        (page, lambda d: Page(d, None, None, 500), lambda d: Page(d, None, -1, 500)),
        PAGES,
        {
            ("LST-01", "LST-02"): "one of the two is given",
            ("LST-03", "LST-04"): "the size of a page is one number",
        },
    ),
    Ladder(PICK, (lambda d: Picked(d, id_given=True, ids_given=False),), PICKS),
    Ladder(LIST_VOLUMES, (lambda d: VolumeFilter(d, "pool-1", pool_known=True),), VOLUMES),
    Ladder(LIST_VMS, (of_vms,), VMS),
    Ladder(DATE, (lambda d: DateGiven(d, "listevents", "2026-01-01", well_formed=True),), DATES),
    Ladder(LIST_EVENTS, (of_events,), EVENTS),
    Ladder(LIST_ADDRESSES, (lambda d: AddressFilter(d, taken_alone=True, state=""),), ADDRESSES),
    Ladder(
        LIST_SETTINGS,
        (lambda d: SettingFilter(d, "Access", group_known=True, subgroup="", subgroup_known=True),),
        SETTINGS,
    ),
    Ladder(TAG_PAIRS, (lambda d: TagPair(d, "colour", "red"),), TAGS),
    Ladder(LIST_POOLS, (lambda d: PoolFilter(d, "ZONE", "Up"),), POOLS),
    Ladder(LIST_NETWORKS, (lambda d: NetworkFilter(d, "all", system_of_somebody=False),), NETWORKS),
    Ladder(SERVICES_ASKED, (lambda d: ServiceAsked(d, "Dns", known=True),), SERVICES),
    Ladder(LIST_DOMAINS, (of_domain,), DOMAINS),
    Ladder(LIST_OFFERINGS, (of_offerings,), OFFERINGS),
)

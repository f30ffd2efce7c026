"""createServiceOffering and the sizes of VMs refuse by their first row."""

from typing import Any

from builders import data, offering, pool
from ladder import Break, Ladder

from simulator.domain.compute_offerings import (
    OFFER_COMPUTE,
    SIZE,
    CustomSize,
    OfferCompute,
    chosen,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import (
    CPU_NUMBER,
    CPU_SPEED,
    MEMORY,
    Host,
    Hypervisor,
    ServiceOffering,
)
from simulator.domain.offering_changes import DELETE_COMPUTE, REOFFER, GoingCompute, ReofferDisk
from simulator.domain.records import Role, User
from simulator.domain.rules import Phase
from simulator.domain.traits import Traits

R, PARAM = Phase.REQUEST, Kind.PARAM
OPEN = ServiceOffering("open", 3, "Open", 0, 0, 0, dynamic=True)
BOUNDED = OPEN._replace(cpu_mhz=500, least_cpu=1, most_cpu=4, least_mib=256, most_mib=2048)
USER = User("user-bob", 4, "bob", "account-bob")
HOST = Host("h", 1, "h", "z", "p", "c", Hypervisor.KVM, "1", "10.0.0.1", 4, 1000, 1 << 30)
FIXED = ServiceOffering("small", 1, "Small", 1, 500, 512)
ALL = {CPU_NUMBER: "2", CPU_SPEED: "500", MEMORY: "512"}


def fixed(dialect: Dialect) -> OfferCompute:
    """Return a compute offering whose VMs are of one size."""
    return OfferCompute(dialect, "c", False, 1, 500, 512)


def reoffered(dialect: Dialect) -> ReofferDisk:
    """Return a disk offering that a root admin changes."""
    return ReofferDisk(dialect, offering(), Role.ADMIN, USER)


def bounded(dialect: Dialect) -> OfferCompute:
    """Return a customized compute offering with bounds."""
    return OfferCompute(dialect, "c", True, None, 500, None, (1, 4, 256, 2048))


def custom(case: OfferCompute, **changes: Any) -> OfferCompute:
    """Return *case* as a customized offering with bounds, with *changes*."""
    if not case.custom:
        case = bounded(case.dialect)
    return case._replace(**changes)


def sized(dialect: Dialect) -> CustomSize:
    """Return a VM of a customized offering with a size of its own."""
    return CustomSize(dialect, OPEN, ALL)


def details(case: CustomSize, **values: str) -> CustomSize:
    """Return *case* with changed details."""
    return case._replace(details={**case.details, **values})


def fixes(case: CustomSize, **amounts: Any) -> CustomSize:
    """Return *case* with amounts that its offering fixes."""
    return case._replace(offering=case.offering._replace(**amounts))


# fmt: off
COMPUTE_BREAKS: dict[str, Break[OfferCompute]] = {
    "COF-04": Break(R, PARAM, lambda o: custom(o, cpu=1)),
    "COF-05": Break(R, PARAM, lambda o: custom(o, bounds=(None, *o.bounds[1:]))),
    "COF-06": Break(R, PARAM, lambda o: custom(o, mhz=-1)),
    "COF-07": Break(R, PARAM, lambda o: custom(o, bounds=(0, 4, *custom(o).bounds[2:]))),
    "COF-08": Break(R, PARAM, lambda o: custom(o, bounds=(*custom(o).bounds[:2], 31, 64))),
    "COF-09": Break(R, PARAM, lambda o: o._replace(cpu=0)),
    "COF-10": Break(R, PARAM, lambda o: o._replace(mhz=None)),
    "COF-11": Break(R, PARAM, lambda o: o._replace(mib=31)),
    "COF-12": Break(R, PARAM, lambda o: o._replace(storage="odd")),
    "COF-13": Break(R, PARAM, lambda o: o._replace(offers_ha=True, storage="Local")),
    "COF-14": Break(R, PARAM, lambda o: o._replace(system=True, kind="DomainRouter")),
    "COF-15": Break(R, PARAM, lambda o: o._replace(system=True, kind="consoleproxy", rate_mbps=2)),
    "COF-16": Break(R, PARAM, lambda o: o._replace(rate_mbps=-1)),
    "COF-17": Break(R, PARAM, lambda o: o._replace(planner="Mine")),
    "COF-18": Break(R, PARAM, lambda o: o._replace(root_gib=0)),
    "COF-19": Break(R, PARAM, lambda o: o._replace(root_gib=1025)),
}
SIZE_BREAKS: dict[str, Break[CustomSize]] = {
    "SIZ-01": Break(R, PARAM, lambda s: s._replace(details={})),
    "SIZ-02": Break(R, PARAM, lambda s: details(s, **{CPU_NUMBER: "0"})),
    "SIZ-03": Break(R, PARAM, lambda s: fixes(s, cpu_count=1)),
    "SIZ-04": Break(R, PARAM, lambda s: details(s, **{CPU_SPEED: "fast"})),
    "SIZ-05": Break(R, PARAM, lambda s: fixes(s, cpu_mhz=500)),
    "SIZ-06": Break(R, PARAM, lambda s: details(s, **{MEMORY: "31"})),
    "SIZ-07": Break(R, PARAM, lambda s: fixes(s, memory_mib=512)),
    "SIZ-08": Break(R, PARAM, lambda s: s._replace(
        offering=s.offering._replace(dynamic=False, cpu_count=9), most_cpu=8)),
    "SIZ-09": Break(R, PARAM, lambda s: s._replace(
        offering=s.offering._replace(dynamic=False, memory_mib=4096), most_mib=2048)),
}
REOFFER_BREAKS: dict[str, Break[ReofferDisk]] = {
    "UOF-01": Break(R, PARAM, lambda o: o._replace(state="odd")),
    "UOF-02": Break(R, PARAM, lambda o: o._replace(
        role=Role.DOMAIN_ADMIN, offering=o.offering._replace(domain_ids=frozenset()))),
    "UOF-03": Break(R, PARAM, lambda o: o._replace(
        tags=frozenset({"new"}), pools=(pool(),), volumes=(data(1),))),
    "UOF-04": Break(R, PARAM, lambda o: o._replace(
        compute=FIXED, host_tags=frozenset({"new"}), hosts=(HOST,))),
}
# fmt: on
_FIXED = "the offering fixes an amount or leaves it open"
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        OFFER_COMPUTE,
        (
            fixed,
            bounded,
            lambda d: OfferCompute(d, "c", True, None, None, None),
            lambda d: fixed(d)._replace(system=True, rate_mbps=0, planner="FirstFitPlanner"),
            lambda d: fixed(d)._replace(offers_ha=True),
        ),
        COMPUTE_BREAKS,
        {
            ("COF-05", "COF-06"): "without all bounds none is judged",
            ("COF-08", "COF-09"): "an offering is customized or fixed",
            ("COF-12", "COF-13"): "what is no storage is not local",
            ("COF-18", "COF-19"): "a size is too small or too large",
        },
    ),
    Ladder(
        REOFFER,
        (
            reoffered,
            lambda d: reoffered(d)._replace(state="inactive", tags=frozenset(), pools=(pool(),)),
            lambda d: reoffered(d)._replace(
                role=Role.DOMAIN_ADMIN,
                offering=offering(domain_ids=frozenset({"d"})),
                host_tags=frozenset(),
                hosts=(HOST,),
            ),
        ),
        REOFFER_BREAKS,
    ),
    Ladder(
        DELETE_COMPUTE,
        (lambda d: GoingCompute(d, FIXED),),
        {
            "DCO-01": Break(
                R,
                PARAM,
                lambda g: g._replace(offering=g.offering._replace(traits=Traits(default_use=True))),
            ),
        },
    ),
    Ladder(
        SIZE,
        (
            sized,
            lambda d: CustomSize(d, FIXED, {}),
            lambda d: CustomSize(d, BOUNDED, {CPU_NUMBER: "4", MEMORY: "2048"}),
        ),
        SIZE_BREAKS,
        {
            ("SIZ-01", "SIZ-02"): "without details none is judged",
            ("SIZ-02", "SIZ-03"): _FIXED,
            ("SIZ-04", "SIZ-05"): _FIXED,
            ("SIZ-06", "SIZ-07"): _FIXED,
            ("SIZ-07", "SIZ-08"): "an offering is customized or fixed",
        },
    ),
)


def test_only_what_an_offering_leaves_open_is_kept() -> None:
    """The details of a VM hold what its offering does not say, spelt as numbers."""
    assert chosen(OPEN, ALL | {CPU_NUMBER: "02"}) == ALL
    assert chosen(BOUNDED, {CPU_NUMBER: "4", MEMORY: "512"}) == {
        CPU_NUMBER: "4", CPU_SPEED: None, MEMORY: "512",
    }  # fmt: skip

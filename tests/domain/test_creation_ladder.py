"""createVolume refuses by its first broken row."""

from typing import Any

from builders import GIB, offering, snapshot, vm
from ladder import Break, Ladder

from simulator.domain.creation import CREATE, Create
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Zone
from simulator.domain.records import VmKind, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.sizing import Sizes
from simulator.domain.states import VmState

R = Phase.REQUEST
PARAM, DENIED = Kind.PARAM, Kind.DENIED
MIN_GIB, MAX_GIB, MOST_GIB = 2, 1024, 2000
SIZES = Sizes(MIN_GIB, MAX_GIB, MOST_GIB)
ZONE = Zone("zone-1", 1, "zone1")
ROOT = VolumeType.ROOT


def creation(dialect: Dialect) -> Create:
    """Return a volume wanted from a custom disk offering."""
    any_size = offering(custom=True, size_gib=0)
    return Create(dialect, any_size, None, ZONE, 10, True, "", sizes=SIZES)


def taken(case: Create, **changes: Any) -> Create:
    """Return *case* from the snapshot of a ROOT, changed."""
    return case._replace(snapshot=(case.snapshot or snapshot())._replace(**changes), parent=ROOT)


def pure(dialect: Dialect) -> Create:
    """Return a volume wanted from a snapshot alone."""
    return taken(creation(dialect))._replace(offering=None, wanted_gib=None)


def of(case: Create, **changes: Any) -> Create:
    """Return *case* with its disk offering changed."""
    return case._replace(offering=(case.offering or offering())._replace(**changes))


def on_vm(case: Create, **changes: Any) -> Create:
    """Return *case* of a volume to attach to its VM, changed."""
    return case._replace(vm=(case.vm or vm())._replace(**changes))


def sized(case: Create, gib: int | None, *, custom: bool) -> Create:
    """Return *case* with a disk offering that is *custom* or not, and a size."""
    return of(case, custom=custom, size_gib=0 if custom else 10)._replace(wanted_gib=gib)


def zone(case: Create, **changes: Any) -> Create:
    """Return *case* in another zone."""
    return case._replace(zone=(case.zone or ZONE)._replace(**changes))


# fmt: off
CREATE_BREAKS: dict[str, Break[Create]] = {
    "CRE-01": Break(R, DENIED, lambda c: c._replace(caller_may=False)),
    "CRE-02": Break(R, PARAM, lambda c: c._replace(offering=None, snapshot=None)),
    "CRE-14": Break(R, PARAM, lambda c: taken(c)._replace(parent=VolumeType.DATADISK)),
    "CRE-05": Break(R, PARAM, lambda c: c._replace(wanted_gib=0)),
    "CRE-04": Break(R, PARAM, lambda c: sized(c, None, custom=True)),
    "CRE-06": Break(R, PARAM, lambda c: c._replace(wanted_gib=MAX_GIB + 1)),
    "CRE-03": Break(R, PARAM, lambda c: sized(c, 10, custom=False)),
    "CRE-15": Break(R, DENIED, lambda c: c._replace(offering_open=False, offering_text="no")),
    "CRE-16": Break(R, PARAM, lambda c: of(c, custom_iops=True)._replace(wanted_iops=(0, 5))),
    "CRE-17": Break(R, PARAM, lambda c: of(c, custom_iops=True)._replace(wanted_iops=(6, 5))),
    "CRE-18": Break(R, PARAM, lambda c: sized(
        c._replace(sizes=SIZES._replace(max_gib=9999)), MOST_GIB + 1, custom=True)),
    "CRE-19": Break(R, PARAM, lambda c: taken(c, state="BackingUp")),
    "CRE-20": Break(R, Kind.UNCAUGHT, lambda c: taken(c)._replace(encrypted=True)),
    "CRE-21": Break(R, PARAM, lambda c: taken(c, size_bytes=9999 * GIB)),
    "CRE-10": Break(R, PARAM, lambda c: on_vm(c, kind=VmKind.DOMAIN_ROUTER)),
    "CRE-22": Break(R, PARAM, lambda c: on_vm(c, zone_id="zone-2")),
    "CRE-11": Break(R, PARAM, lambda c: on_vm(c, state=VmState.DESTROYED)),
    "CRE-12": Break(R, DENIED, lambda c: c._replace(caller_may_vm=False)),
    "CRE-13": Break(R, Kind.LIMIT, lambda c: c._replace(over_limit="no room")),
    "CRE-07": Break(R, PARAM, lambda c: c._replace(zone=None)),
    "CRE-08": Break(R, DENIED, lambda c: zone(c, enabled=False)),
    "CRE-09": Break(R, PARAM, lambda c: of(c, local=True)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        CREATE,
        (
            creation,
            pure,
            lambda d: sized(creation(d), None, custom=False),
            lambda d: taken(creation(d)),
            lambda d: pure(d)._replace(wanted_gib=0),
            lambda d: creation(d)._replace(wanted_gib=MIN_GIB),
            lambda d: creation(d)._replace(wanted_gib=MAX_GIB),
            lambda d: zone(of(creation(d), local=True), local_storage=True),
            lambda d: zone(creation(d), enabled=False)._replace(is_root=True),
            lambda d: of(creation(d), custom_iops=True)._replace(wanted_iops=(5, 5)),
            lambda d: creation(d)._replace(wanted_iops=(6, 5)),
            lambda d: on_vm(creation(d), state=VmState.RUNNING),
            lambda d: on_vm(creation(d), kind=VmKind.SHARED_FS),
        ),
        CREATE_BREAKS,
        {
            ("CRE-02", "CRE-14"): "there is an offering or none",
            ("CRE-05", "CRE-04"): "there is a size or none",
            ("CRE-04", "CRE-06"): "there is a size or none",
            ("CRE-06", "CRE-03"): "the offering is custom or fixed",
            ("CRE-16", "CRE-17"): "the least iops are there or not",
            ("CRE-07", "CRE-08"): "there is a zone or none",
        },
    ),
)

"""createVolume refuses by its first broken row."""

from typing import Any

from builders import offering, snapshot, vm
from ladder import Break, Ladder

from simulator.domain.creation import CREATE, Create
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R = Phase.REQUEST
PARAM, DENIED = Kind.PARAM, Kind.DENIED
MIN_GIB, MAX_GIB = 2, 1024


def creation(dialect: Dialect) -> Create:
    """Return a volume wanted from a custom disk offering."""
    return Create(
        dialect=dialect,
        offering=offering(custom=True, size_gib=0),
        snapshot=None,
        zone_known=True,
        zone_has_local=False,
        zone_open=True,
        wanted_gib=10,
        min_gib=MIN_GIB,
        max_gib=MAX_GIB,
        caller_may=True,
        over_limit="",
    )


def local(case: Create) -> Create:
    """Return *case* with a local disk offering."""
    return case._replace(offering=(case.offering or offering())._replace(local=True))


def on_vm(case: Create, **changes: Any) -> Create:
    """Return *case* of a volume to attach to its VM, changed."""
    return case._replace(vm=(case.vm or vm())._replace(**changes))


def sized(case: Create, gib: int | None, *, custom: bool) -> Create:
    """Return *case* with a disk offering that is *custom* or not, and a size."""
    return case._replace(
        offering=(case.offering or offering())._replace(custom=custom), wanted_gib=gib
    )


# fmt: off
CREATE_BREAKS: dict[str, Break[Create]] = {
    "CRE-01": Break(R, DENIED, lambda c: c._replace(caller_may=False)),
    "CRE-02": Break(R, PARAM, lambda c: c._replace(offering=None, snapshot=None)),
    "CRE-03": Break(R, PARAM, lambda c: sized(c, 10, custom=False)),
    "CRE-04": Break(R, PARAM, lambda c: sized(c, None, custom=True)),
    "CRE-05": Break(R, PARAM, lambda c: c._replace(wanted_gib=0)),
    "CRE-06": Break(R, PARAM, lambda c: c._replace(wanted_gib=c.wanted_gib and MAX_GIB + 1)),
    "CRE-07": Break(R, PARAM, lambda c: c._replace(zone_known=False)),
    "CRE-08": Break(R, DENIED, lambda c: c._replace(zone_open=False)),
    "CRE-09": Break(R, PARAM, local),
    "CRE-10": Break(R, PARAM, lambda c: on_vm(c, kind=VmKind.DOMAIN_ROUTER)),
    "CRE-11": Break(R, PARAM, lambda c: on_vm(c, state=VmState.DESTROYED)),
    "CRE-12": Break(R, DENIED, lambda c: c._replace(caller_may_vm=False)),
    "CRE-13": Break(R, Kind.LIMIT, lambda c: c._replace(over_limit="no room")),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        CREATE,
        (
            creation,
            lambda d: sized(creation(d), None, custom=False),
            lambda d: creation(d)._replace(offering=None, snapshot=snapshot(), wanted_gib=None),
            lambda d: sized(creation(d), 10, custom=False)._replace(snapshot=snapshot()),
            lambda d: sized(creation(d), None, custom=True)._replace(snapshot=snapshot()),
            lambda d: creation(d)._replace(wanted_gib=MIN_GIB),
            lambda d: creation(d)._replace(wanted_gib=MAX_GIB),
            lambda d: local(creation(d))._replace(zone_has_local=True),
            lambda d: on_vm(creation(d), state=VmState.RUNNING),
            lambda d: on_vm(creation(d), kind=VmKind.SHARED_FS),
        ),
        CREATE_BREAKS,
        {
            ("CRE-02", "CRE-03"): "there is an offering or none",
            ("CRE-03", "CRE-04"): "the offering is custom or fixed",
            ("CRE-04", "CRE-05"): "there is a size or none",
        },
    ),
)

"""changeOfferingForVolume refuses by its first broken row."""

from typing import Any

from builders import offering
from ladder import Break, Ladder
from test_resizing_ladder import new, of_vm, of_volume, old, resizing, root, running, want

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind
from simulator.domain.reoffering import CHANGE_OFFERING
from simulator.domain.rules import Phase
from simulator.domain.sizing import Resize
from simulator.domain.states import VolumeState

J = Phase.JOB
PARAM, DENIED, RUNTIME, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.RUNTIME, Kind.INTERNAL
SSD = frozenset({"ssd"})


def changing(dialect: Dialect) -> Resize:
    """Return a disk of 10 GiB of a Stopped KVM VM that shall have another offering of any size."""
    return new(resizing(dialect), custom=True, size_gib=0)


def same(case: Resize) -> Resize:
    """Return *case* with the very offering it has, one that fixes the size."""
    fixed = offering(id=case.offering.id, size_gib=10)
    return case._replace(offering=case.offering._replace(custom=False), new=fixed)


def smaller(case: Resize, **changes: Any) -> Resize:
    """Return *case* that shrinks, signed off, on a hypervisor that can."""
    return want(case, size_gib=1, shrink_ok=True)._replace(**{"format": "OVA", **changes})


def elsewhere(case: Resize, **changes: Any) -> Resize:
    """Return *case* that must go elsewhere, and may."""
    return want(case, auto_migrate=True)._replace(stays=False, **changes)


# fmt: off
BREAKS: dict[str, Break[Resize]] = {
    "COV-01": Break(J, PARAM, lambda r: r._replace(row_db_id=99)),
    "COV-03": Break(J, PARAM, lambda r: new(r, encrypted=True)),
    "COV-04": Break(J, DENIED, lambda r: r._replace(offering_open=False, offering_text="no")),
    "COV-05": Break(J, PARAM, lambda r: want(new(r, custom=True, size_gib=0), size_gib=None)),
    "COV-06": Break(J, PARAM, lambda r: new(r, min_iops=7)),
    "COV-07": Break(J, PARAM, lambda r: new(r, min_iops=7, max_iops=6)),
    "COV-08": Break(J, PARAM, lambda r: new(old(r, strict=True), strict=True)),
    "COV-09": Break(J, PARAM, same),
    "COV-10": Break(J, PARAM, lambda r: new(r, strict=not r.offering.strict)),
    "COV-11": Break(J, PARAM, lambda r: old(r, tags=SSD)),
    "COV-12": Break(J, PARAM, lambda r: root(running(r))),
    "COV-13": Break(J, PARAM, lambda r: r._replace(vm_snapshots=True)),
    "COV-14": Break(J, PARAM, lambda r: want(r, size_gib=-1)),
    "COV-15": Break(J, PARAM, lambda r: want(r, size_gib=2001)),
    "COV-16": Break(J, RUNTIME, lambda r: running(r)._replace(
        pool=r.pool._replace(managed=True) if r.pool else None)),
    "COV-17": Break(J, PARAM, lambda r: of_vm(smaller(r), kind=VmKind.SHARED_FS)),
    "COV-18": Break(J, PARAM, lambda r: want(r, size_gib=1)._replace(format="QCOW2")),
    "COV-19": Break(J, PARAM, lambda r: want(r, size_gib=1, shrink_ok=False)._replace(
        format=r.format if r.format != "QCOW2" else None)),
    "COV-20": Break(J, PARAM, lambda r: want(
        r, size_gib=1, shrink_ok=r.format is None or r.wanted.shrink_ok)._replace(
        format="VHD", xen_there=True) if r.shrinks else smaller(r, format="VHD", xen_there=True)),
    "COV-21": Break(J, Kind.LIMIT, lambda r: r._replace(over_limit="no room")),
    "COV-22": Break(J, RUNTIME, lambda r: r._replace(snapshotting=True)),
    "COV-23": Break(J, PARAM, lambda r: r._replace(hypervisor=Hypervisor.LXC)),
    "COV-24": Break(J, PARAM, lambda r: of_volume(r, state=VolumeState.MIGRATING)),
    "COV-25": Break(J, PARAM, lambda r: smaller(r, hypervisor=Hypervisor.VMWARE)),
    "COV-26": Break(J, PARAM, lambda r: new(
        running(root(want(r, size_gib=10)))._replace(hypervisor=Hypervisor.VMWARE),
        min_iops=5, max_iops=5)),
    "COV-27": Break(J, PARAM, lambda r: want(r, auto_migrate=False)._replace(stays=False)),
    "COV-28": Break(J, INTERNAL, lambda r: elsewhere(r, others=0, roomy=0)),
    "COV-29": Break(J, INTERNAL, lambda r: elsewhere(r, others=r.others or 1, roomy=0)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        CHANGE_OFFERING,
        (
            changing,
            lambda d: want(changing(d), size_gib=10),
            lambda d: new(resizing(d), custom=False, size_gib=20),
            lambda d: smaller(changing(d)),
            lambda d: of_volume(
                want(changing(d), size_gib=1, shrink_ok=True), state=VolumeState.ALLOCATED
            ),
            lambda d: new(old(changing(d), tags=SSD), tags=SSD | {"nvme"}),
            lambda d: old(changing(d), tags=SSD)._replace(match_tags=False),
            lambda d: elsewhere(changing(d), others=2, roomy=1),
            lambda d: want(new(changing(d), custom_iops=True), min_iops=5, max_iops=6),
        ),
        BREAKS,
        {
            ("COV-06", "COV-07"): "both iops are there or not",
            ("COV-08", "COV-09"): "the very offering that fixes the size has that size",
            ("COV-14", "COV-15"): "a size is too small or too large",
            ("COV-25", "COV-26"): "a ROOT that shrinks is on a Stopped VM",
        },
    ),
)

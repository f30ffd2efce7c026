"""resizeVolume refuses by its first broken row."""

from typing import Any

from builders import GIB, offering, pool, vm, volume
from ladder import OLD, Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Hypervisor
from simulator.domain.records import VmKind, VolumeType
from simulator.domain.resizing import RESIZE
from simulator.domain.rules import Phase
from simulator.domain.sizing import Resize, Wanted
from simulator.domain.states import VmState, VolumeState

J, W = Phase.JOB, Phase.WORK
U, RUNTIME = Kind.UNSUPPORTED, Kind.RUNTIME
XEN, KVM = Hypervisor.XENSERVER, Hypervisor.KVM


def host(**changes: Any) -> Host:
    """Return the KVM host of a VM, Up and Enabled."""
    base = Host("h", 1, "h", "zone-1", "pod-1", "cluster-1", KVM, "10", "10.0.0.1", 1, 1, GIB)
    return base._replace(**changes)


def resizing(dialect: Dialect) -> Resize:
    """Return a data disk of a Stopped KVM VM to grow by size, its offering of any size."""
    return Resize(
        dialect=dialect,
        volume=volume(vm_id=vm().id),
        row_db_id=volume().db_id,
        wanted=Wanted(20),
        offering=offering(size_gib=0, custom=True),
        new=None,
        vm=vm(),
        host=None,
        pool=pool(),
        hypervisor=KVM,
        format="QCOW2",
    )


def of_volume(case: Resize, **changes: Any) -> Resize:
    """Return *case* with another volume."""
    return case._replace(volume=case.volume._replace(**changes))


def want(case: Resize, **changes: Any) -> Resize:
    """Return *case* that asks for something else."""
    return case._replace(wanted=case.wanted._replace(**changes))


def old(case: Resize, **changes: Any) -> Resize:
    """Return *case* with another offering that it has."""
    return case._replace(offering=case.offering._replace(**changes))


def new(case: Resize, **changes: Any) -> Resize:
    """Return *case* with another offering that it shall have: a fixed one of 20 GiB."""
    base = case.new or offering(id="new", size_gib=20)
    return case._replace(new=base._replace(**changes))


def of_vm(case: Resize, **changes: Any) -> Resize:
    """Return *case* with its VM changed."""
    return case._replace(vm=(case.vm or vm())._replace(**changes))


def root(case: Resize) -> Resize:
    """Return *case* of a ROOT."""
    return of_volume(case, type=VolumeType.ROOT)


def smaller(case: Resize, **changes: Any) -> Resize:
    """Return *case* that shrinks, signed off, on a hypervisor that can."""
    return want(case, size_gib=1, shrink_ok=True)._replace(**{"format": "OVA", **changes})


def running(case: Resize) -> Resize:
    """Return *case* of a Running VM."""
    return of_vm(case, state=VmState.RUNNING)


# fmt: off
BREAKS: dict[str, Break[Resize]] = {
    "RSZ-01": Break(J, U, lambda r: r._replace(row_db_id=99)),
    "RSZ-02": Break(J, RUNTIME, lambda r: r._replace(snapshotting=True)),
    "RSZ-04": Break(J, U, lambda r: r._replace(hypervisor=Hypervisor.LXC)),
    "RSZ-03": Break(J, U, lambda r: of_volume(r, state=VolumeState.UPLOADED)),
    "RSZ-09": Break(J, U, lambda r: old(r, strict=True)),
    "RSZ-10": Break(J, U, lambda r: new(r, strict=not r.offering.strict)),
    "RSZ-11": Break(J, U, lambda r: new(old(r, strict=True, size_gib=10, custom=False), strict=True)
                    if r.new is None or r.new.strict else new(old(r, strict=True, size_gib=10))),
    "RSZ-12": Break(J, U, lambda r: new(root(r), encrypted=True)),
    "RSZ-13": Break(J, U, lambda r: new(old(r, tags=frozenset({"ssd"})))),
    "RSZ-14": Break(J, U, lambda r: new(r, tags=frozenset({"ssd"}))),
    "RSZ-15": Break(J, Kind.DENIED, lambda r: new(
        r._replace(offering_open=False, offering_text="no"))),
    "RSZ-16": Break(J, U, lambda r: want(new(r, custom=True, size_gib=0), size_gib=None)),
    "RSZ-17": Break(J, U, lambda r: want(r, size_gib=1025)),
    "RSZ-18": Break(J, U, lambda r: old(root(r), custom=False, of_compute=True, size_gib=10)),
    "RSZ-19": Break(J, U, lambda r: want(r, min_iops=5)),
    "RSZ-20": Break(J, U, lambda r: want(r, max_iops=5)),
    "RSZ-21": Break(J, U, lambda r: new(root(running(r)))),
    "RSZ-22": Break(J, U, lambda r: new(r, min_iops=7) if r.new else of_volume(r, min_iops=7)),
    "RSZ-23": Break(J, U, lambda r: of_volume(r, min_iops=7, max_iops=6)),
    "RSZ-06": Break(J, U, lambda r: r._replace(vm_snapshots=True)),
    "RSZ-24": Break(J, U, lambda r: want(old(r, custom=False), size_gib=-1)),
    "RSZ-25": Break(J, U, lambda r: want(old(r, custom=False), size_gib=2001)),
    "RSZ-26": Break(J, RUNTIME, lambda r: running(r)._replace(pool=pool(managed=True))),
    "RSZ-27": Break(J, U, lambda r: of_vm(smaller(r), kind=VmKind.SHARED_FS)),
    "RSZ-28": Break(J, U, lambda r: want(r, size_gib=1)._replace(format="QCOW2")),
    "RSZ-07": Break(J, U, lambda r: want(r, size_gib=1, shrink_ok=False)._replace(
        format=r.format if r.format != "QCOW2" else None)),
    "RSZ-29": Break(J, U, lambda r: smaller(r, format="VHD", xen_there=True)),
    "RSZ-08": Break(J, Kind.LIMIT_API, lambda r: r._replace(over_limit="no room")),
    "RSZ-91": Break(J, Kind.LIMIT, lambda r: r._replace(over_limit="no room"), (OLD,)),
    "RSZ-30": Break(J, RUNTIME, lambda r: r._replace(fits=False)),
    "RSZ-31": Break(J, Kind.INTERNAL, lambda r: want(
        r._replace(fits=False, others=0, roomy=0), auto_migrate=True)),
    "RSZ-32": Break(J, Kind.INTERNAL, lambda r: want(
        r._replace(fits=False, others=r.others or 1, roomy=0), auto_migrate=True)),
    "RSZ-33": Break(W, RUNTIME, lambda r: r._replace(fits=False)),
    "RSZ-34": Break(W, U, lambda r: running(r)._replace(hypervisor=XEN)),
    "RSZ-35": Break(W, U, lambda r: running(r)._replace(host=host(state="Down"))),
    "RSZ-36": Break(W, U, lambda r: running(r)._replace(
        host=(r.host or host())._replace(enabled=False))),
}
# fmt: on
A_NEW_OFFERING = "a new offering is given or not"
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        RESIZE,
        (
            resizing,
            lambda d: want(resizing(d), size_gib=10),
            lambda d: want(old(resizing(d), custom=False, size_gib=5), size_gib=2000),
            lambda d: smaller(resizing(d)),
            lambda d: of_volume(
                want(resizing(d), size_gib=1, shrink_ok=True), state=VolumeState.ALLOCATED
            ),
            lambda d: resizing(d)._replace(hypervisor=Hypervisor.NONE, pool=None, vm=None),
            lambda d: root(old(resizing(d), custom=False, of_compute=True, size_gib=0)),
            lambda d: root(old(resizing(d), custom=False, of_compute=True, size_gib=10))._replace(
                from_iso=True
            ),
            lambda d: new(want(resizing(d), size_gib=None)),
            lambda d: new(resizing(d), custom=True, size_gib=0),
            lambda d: new(old(resizing(d), tags=frozenset({"SSD"})), tags=frozenset({"ssd"})),
            lambda d: new(old(resizing(d), strict=True, custom=False, size_gib=20), strict=True),
            lambda d: want(old(resizing(d), custom_iops=True), min_iops=1, max_iops=1),
            lambda d: want(root(resizing(d)), min_iops=1, max_iops=2),
            lambda d: want(new(resizing(d), custom_iops=True), min_iops=1, max_iops=2),
            lambda d: running(resizing(d))._replace(host=host()),
            lambda d: want(resizing(d)._replace(vm_snapshots=True), size_gib=10),
        ),
        BREAKS,
        {
            ("RSZ-09", "RSZ-10"): A_NEW_OFFERING,
            ("RSZ-13", "RSZ-14"): "the old offering has tags or none",
            ("RSZ-16", "RSZ-17"): "a size is given or not",
            ("RSZ-17", "RSZ-18"): "an offering fixes the size or leaves it open",
            ("RSZ-18", "RSZ-19"): "the iops of a ROOT are free",
            ("RSZ-20", "RSZ-21"): A_NEW_OFFERING,
            ("RSZ-22", "RSZ-23"): "both iops are there or not",
            ("RSZ-24", "RSZ-25"): "a size is too small or too large",
            ("RSZ-30", "RSZ-31"): "the volume may go elsewhere or not",
        },
    ),
)

"""detachVolume refuses by its first broken row."""

from typing import Any

from builders import VM_ID, data, pool, vm
from ladder import NEW, OLD, Break, Ladder, refusal

from simulator.domain.detach import DETACH, Detach
from simulator.domain.dialect import ACS, SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

J, W = Phase.JOB, Phase.WORK
PARAM, DENIED, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.INTERNAL


def good(dialect: Dialect) -> Detach:
    """Return a data disk, named by its id, about to leave a Running VM."""
    return Detach(
        dialect=dialect,
        volume=data(1),
        vm=vm(state=VmState.RUNNING),
        pool=pool(),
        by_id=True,
        by_tuple=False,
        vm_snapshots=False,
        backups=False,
        caller_may=True,
        asked_vm_id=VM_ID,
        row_db_id=data(1).db_id,
    )


def of_volume(case: Detach, **changes: Any) -> Detach:
    """Return *case* with another volume."""
    return case._replace(volume=(case.volume or data(1))._replace(**changes))


def of_vm(case: Detach, **changes: Any) -> Detach:
    """Return *case* with another VM."""
    return case._replace(vm=(case.vm or vm())._replace(**changes))


def of_root(case: Detach, state: VmState = VmState.STOPPED, **changes: Any) -> Detach:
    """Return *case* with a ROOT that leaves a VM in *state*."""
    return of_vm(of_volume(case, type=VolumeType.ROOT, device_id=0), state=state, **changes)


def by_tuple(case: Detach) -> Detach:
    """Return *case* naming its volume by device id and VM."""
    return case._replace(by_id=False, by_tuple=True)


def empty_slot(case: Detach) -> Detach:
    """Return *case* naming a device id nobody uses."""
    return by_tuple(case)._replace(volume=None)


def moved(case: Detach) -> Detach:
    """Return *case* with its volume on another VM than when it was asked for."""
    return of_volume(case, vm_id="vm-2")


# fmt: off
BREAKS: dict[str, Break[Detach]] = {
    "DET-01": Break(J, PARAM, lambda d: d._replace(by_tuple=d.by_id)),
    "DET-02": Break(J, INTERNAL, empty_slot, (ACS,)),
    "DET-03": Break(J, PARAM, empty_slot, (SPEC,)),
    "DET-91": Break(J, PARAM, lambda d: of_volume(d, removed=True), (NEW,)),
    "DET-04": Break(J, PARAM, lambda d: of_volume(d, removed=True)),
    "DET-05": Break(J, DENIED, lambda d: d._replace(caller_may=False)),
    "DET-06": Break(J, PARAM, lambda d: d._replace(vm=None)),
    "DET-07": Break(J, PARAM, lambda d: of_vm(d, kind=VmKind.SHARED_FS)),
    "DET-08": Break(J, PARAM, lambda d: of_vm(d, state=VmState.STARTING)),
    "DET-09": Break(J, PARAM, lambda d: of_volume(d, type=VolumeType.ISO)),
    "DET-10": Break(J, PARAM, lambda d: of_root(d, hypervisor=Hypervisor.LXC)),
    "DET-11": Break(J, PARAM, lambda d: of_root(d, VmState.DESTROYED)),
    "DET-12": Break(J, PARAM, lambda d: of_root(d)._replace(pool=pool(managed=True))),
    "DET-13": Break(J, PARAM, lambda d: d._replace(vm_snapshots=True)),
    "DET-14": Break(J, PARAM, lambda d: d._replace(backups=True)),
    "DET-92": Break(J, INTERNAL, lambda d: of_vm(d, host_id=None, last_host_id=None), (OLD,)),
    "DET-15": Break(J, INTERNAL, by_tuple, (ACS,)),
    "DET-16": Break(W, INTERNAL, lambda d: of_volume(d, db_id=99)),
    "DET-17": Break(W, PARAM, moved, (SPEC,)),
    "DET-18": Break(W, PARAM, lambda d: of_root(d, VmState.RUNNING), (SPEC,)),
}
# fmt: on
GOODS = (
    good,
    lambda d: of_root(good(d)),
    lambda d: of_vm(good(d), state=VmState.STOPPED),
    lambda d: of_vm(good(d), state=VmState.DESTROYED),
    lambda d: of_vm(good(d), hypervisor=Hypervisor.LXC),
    lambda d: good(d)._replace(pool=pool(managed=True)),
    lambda d: of_root(good(d))._replace(pool=None),
)
LADDER: Ladder[Any] = Ladder(
    DETACH,
    GOODS,
    BREAKS,
    {
        ("DET-02", "DET-04"): "a slot or an id names the volume",
        ("DET-03", "DET-04"): "a slot or an id names the volume",
        ("DET-06", "DET-07"): "no VM is no shared file system",
        ("DET-09", "DET-10"): "an ISO is no ROOT",
    },
)
LADDERS: tuple[Ladder[Any], ...] = (LADDER,)


def test_the_tuple_form_detaches_in_the_specification() -> None:
    """A device id and a VM name a volume as well as its id does (SPEC-08)."""
    for phase in (J, W):
        DETACH.require(phase, by_tuple(good(SPEC)))


def test_a_call_that_names_nothing_is_refused() -> None:
    """Neither form is as bad as both."""
    case = good(SPEC)._replace(by_id=False, volume=None)
    assert refusal(LADDER, J, case).rule_id == "DET-01"


def test_a_removed_volume_is_refused_when_the_work_starts() -> None:
    """The row of a removed volume is not the one the job was made for."""
    assert refusal(LADDER, W, of_volume(good(ACS), removed=True)).rule_id == "DET-16"


def test_a_stale_detach_passes_without_the_recheck() -> None:
    """acs-4.22 takes the volume from its new VM, and a ROOT from a Running one."""
    DETACH.require(W, moved(good(ACS)))
    DETACH.require(W, of_root(good(ACS), VmState.RUNNING))

"""createSnapshot and createVMSnapshot refuse by their first broken row."""

from typing import Any

from builders import account, data, root, snapshot, vm, volume
from ladder import Break, Ladder, refusal

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.snapshots import (
    DELETE_SNAPSHOT,
    LIST_SNAPSHOTS,
    SNAPSHOT,
    VM_SNAPSHOT,
    Listed,
    OldSnap,
    Snap,
    VmSnap,
)
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB
PARAM, RUNTIME = Kind.PARAM, Kind.RUNTIME


def of_volume(dialect: Dialect) -> Snap:
    """Return a Ready volume to snapshot."""
    return Snap(dialect, volume(), vm(), account(), over_limit="")


def of_vm(dialect: Dialect) -> VmSnap:
    """Return a Stopped VM to snapshot without its memory."""
    return VmSnap(
        dialect=dialect,
        vm=vm(),
        volumes=(root(), data(1)),
        hypervisor_can=True,
        memory=False,
        snapshotting=False,
        busy=False,
    )


def state(case: VmSnap, to: VmState) -> VmSnap:
    """Return *case* with its VM in state *to*."""
    return case._replace(vm=case.vm._replace(state=to))


# fmt: off
SNAPSHOT_BREAKS: dict[str, Break[Snap]] = {
    "SNA-01": Break(R, PARAM, lambda s: s._replace(volume=s.volume._replace(removed=True))),
    "SNA-04": Break(R, Kind.DENIED, lambda s: s._replace(owner=account(enabled=False))),
    "SNA-05": Break(R, Kind.DENIED, lambda s: s._replace(caller_may=False)),
    "SNA-06": Break(R, RUNTIME, lambda s: s._replace(location="moon")),
    "SNA-07": Break(R, Kind.DENIED, lambda s: s._replace(zone_open=False)),
    "SNA-02": Break(
        R, PARAM, lambda s: s._replace(volume=s.volume._replace(state=VolumeState.ALLOCATED))
    ),
    "SNA-08": Break(R, PARAM, lambda s: s._replace(location=s.location or "primary")),
    "SNA-09": Break(R, RUNTIME, lambda s: s._replace(vm=vm(state=VmState.DESTROYED))),
    "SNA-10": Break(R, PARAM, lambda s: s._replace(busy=True)),
    "SNA-11": Break(R, RUNTIME, lambda s: s._replace(vm_busy=True)),
    "SNA-03": Break(R, Kind.LIMIT, lambda s: s._replace(over_limit="no room")),
}
LISTED_BREAKS: dict[str, Break[Listed]] = {
    "LSN-01": Break(R, Kind.DENIED, lambda s: s._replace(caller_may=False)),
    "LSN-02": Break(R, PARAM, lambda s: s._replace(kind="yearly")),
    "LSN-03": Break(R, PARAM, lambda s: s._replace(interval="yearly")),
}
VM_SNAPSHOT_BREAKS: dict[str, Break[VmSnap]] = {
    "VMS-07": Break(R, Kind.PARAM_API, lambda s: s._replace(
        vm=s.vm._replace(kind=VmKind.DOMAIN_ROUTER))),
    "VMS-04": Break(R, Kind.PARAM_API, lambda s: s._replace(hypervisor_can=False)),
    "VMS-08": Break(R, Kind.PARAM_API, lambda s: s._replace(taken=True), (SPEC,)),
    "VMS-01": Break(R, Kind.PARAM_API, lambda s: state(s, VmState.STARTING)),
    "VMS-02": Break(R, Kind.PARAM_API, lambda s: s._replace(memory=True)),
    "VMS-03": Break(R, Kind.RUNTIME_API, lambda s: s._replace(volumes=(data(1),))),
    "VMS-09": Break(R, Kind.RUNTIME_API, lambda s: s._replace(can_handle=False)),
    "VMS-10": Break(R, Kind.UNCAUGHT, lambda s: s._replace(
        vm=s.vm._replace(state=VmState.RUNNING), memory=True,
        volumes=tuple(v._replace(encrypt_format="luks") for v in s.volumes))),
    "VMS-11": Break(R, Kind.RUNTIME_API, lambda s: s._replace(full=True)),
    "VMS-05": Break(R, Kind.RUNTIME_API, lambda s: s._replace(snapshotting=True)),
    "VMS-06": Break(R, Kind.RUNTIME_API, lambda s: s._replace(busy=True)),
}
DELETE_BREAKS: dict[str, Break[OldSnap]] = {
    "SND-01": Break(J, PARAM, lambda s: s._replace(snapshot=s.snapshot._replace(removed=True))),
    "SND-02": Break(J, PARAM, lambda s: s._replace(
        snapshot=s.snapshot._replace(state="BackingUp"))),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        SNAPSHOT,
        (
            of_volume,
            lambda d: of_volume(d)._replace(vm=None),
            lambda d: of_volume(d)._replace(location=" Secondary", managed=True),
            lambda d: of_volume(d)._replace(vm=vm(hypervisor=Hypervisor.XENSERVER), busy=True),
        ),
        SNAPSHOT_BREAKS,
    ),
    Ladder(
        LIST_SNAPSHOTS,
        (lambda d: Listed(d, True), lambda d: Listed(d, True, "recurring", "yearly")),
        LISTED_BREAKS,
        {("LSN-02", "LSN-03"): "a kind puts the interval aside"},
    ),
    Ladder(
        DELETE_SNAPSHOT,
        (
            lambda d: OldSnap(d, snapshot()),
            lambda d: OldSnap(d, snapshot()._replace(state="Error")),
        ),
        DELETE_BREAKS,
    ),
    Ladder(
        VM_SNAPSHOT,
        (
            of_vm,
            lambda d: state(of_vm(d), VmState.RUNNING),
            lambda d: state(of_vm(d), VmState.RUNNING)._replace(memory=True),
        ),
        VM_SNAPSHOT_BREAKS,
    ),
)


def test_a_root_that_is_not_ready_is_no_root_to_snapshot() -> None:
    """A VM snapshot needs a ROOT that was created."""
    case = of_vm(SPEC)._replace(volumes=(root(state=VolumeState.ALLOCATED),))
    assert refusal(LADDERS[-1], R, case).rule_id == "VMS-03"

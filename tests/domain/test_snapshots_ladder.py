"""createSnapshot and createVMSnapshot refuse by their first broken row."""

from typing import Any

from builders import data, root, vm, volume
from ladder import Break, Ladder, refusal

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase
from simulator.domain.snapshots import POLICY, SNAPSHOT, VM_SNAPSHOT, Policy, Snap, VmSnap
from simulator.domain.states import VmState, VolumeState

R = Phase.REQUEST
PARAM, RUNTIME = Kind.PARAM, Kind.RUNTIME


def of_volume(dialect: Dialect) -> Snap:
    """Return a Ready volume to snapshot."""
    return Snap(dialect, volume(), vm(), over_limit="")


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
POLICY_BREAKS: dict[str, Break[Policy]] = {
    "SPO-01": Break(R, PARAM, lambda p: p._replace(interval="yearly")),
    "SPO-02": Break(R, PARAM, lambda p: p._replace(keep=0)),
    "SPO-03": Break(R, PARAM, lambda p: p._replace(volume=volume(state=VolumeState.DESTROY))),
}
SNAPSHOT_BREAKS: dict[str, Break[Snap]] = {
    "SNA-02": Break(R, PARAM, lambda s: s._replace(volume=volume(state=VolumeState.ALLOCATED))),
    "SNA-03": Break(R, Kind.LIMIT, lambda s: s._replace(over_limit="no room")),
}
VM_SNAPSHOT_BREAKS: dict[str, Break[VmSnap]] = {
    "VMS-01": Break(R, PARAM, lambda s: state(s, VmState.STARTING)),
    "VMS-02": Break(R, PARAM, lambda s: s._replace(memory=True)),
    "VMS-03": Break(R, RUNTIME, lambda s: s._replace(volumes=(data(1),))),
    "VMS-04": Break(R, PARAM, lambda s: s._replace(hypervisor_can=False)),
    "VMS-05": Break(R, RUNTIME, lambda s: s._replace(snapshotting=True)),
    "VMS-06": Break(R, RUNTIME, lambda s: s._replace(busy=True)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(POLICY, (lambda d: Policy(d, volume(), "DAILY", 3),), POLICY_BREAKS),
    Ladder(SNAPSHOT, (of_volume, lambda d: of_volume(d)._replace(vm=None)), SNAPSHOT_BREAKS),
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
    assert refusal(LADDERS[2], R, case).rule_id == "VMS-03"

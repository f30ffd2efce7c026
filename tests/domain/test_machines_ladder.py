"""deployVirtualMachine to restoreVirtualMachine refuse by their first broken row."""

from typing import Any

from builders import VM_ID, account, data, root, vm
from ladder import Break, Ladder, refusal

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Hypervisor
from simulator.domain.machines import (
    DESTROY_VM,
    EXPUNGE,
    REBOOT,
    RECOVER_VM,
    START,
    OnVm,
)
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK
PARAM, DENIED, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.RUNTIME

HOST = Host("host-2", 2, "h2", "zone-1", "pod-1", "cluster-1", Hypervisor.KVM, "10", "", 8, 2000, 9)


def stopped(dialect: Dialect) -> OnVm:
    """Return a Stopped VM with a ROOT and a data disk."""
    return OnVm(dialect, vm(), (root(), data(1)))


def running(dialect: Dialect) -> OnVm:
    """Return the same VM, Running."""
    return state(stopped(dialect), VmState.RUNNING)


def destroyed(dialect: Dialect) -> OnVm:
    """Return the same VM, Destroyed."""
    return state(stopped(dialect), VmState.DESTROYED)


def state(case: OnVm, to: VmState) -> OnVm:
    """Return *case* with its VM in state *to*."""
    return case._replace(vm=case.vm._replace(state=to))


def disks(case: OnVm, to: VolumeState) -> OnVm:
    """Return *case* with every volume in state *to*."""
    return case._replace(volumes=tuple(v._replace(state=to) for v in case.volumes))


def no_expunge(case: OnVm) -> OnVm:
    """Return *case* of a caller who may not expunge."""
    return case._replace(may_expunge=False)


# fmt: off
START_BREAKS: dict[str, Break[OnVm]] = {
    "STA-01": Break(J, PARAM, lambda s: state(s, VmState.RUNNING)),
    "STA-02": Break(J, DENIED, lambda s: s._replace(owner=account(enabled=False))),
    "STA-09": Break(J, DENIED, lambda s: s._replace(placed_by="podid")),
    "STA-11": Break(J, PARAM, lambda s: s._replace(host=HOST, capable=False)),
    "STA-12": Break(J, PARAM, lambda s: s._replace(host=HOST, roomy=False)),
    "STA-13": Break(J, PARAM, lambda s: s._replace(setup=True)),
    "STA-14": Break(J, PARAM, lambda s: s._replace(planner="Mine")),
    "STA-15": Break(J, RUNTIME, lambda s: s._replace(tags_known=False, placeable=False)),
    "STA-03": Break(J, RUNTIME, lambda s: disks(s, VolumeState.DESTROY)),
    "STA-04": Break(J, RUNTIME, lambda s: s._replace(volumes=(data(1),))),
    "STA-05": Break(J, Kind.CAPACITY, lambda s: s._replace(placeable=False, placed=True)),
    "STA-06": Break(W, RUNTIME, lambda s: state(s, VmState.DESTROYED)),
    "STA-07": Break(W, RUNTIME, lambda s: s._replace(volumes=(data(1),))),
    "STA-08": Break(W, RUNTIME, lambda s: s._replace(placeable=False)),
}
REBOOT_BREAKS: dict[str, Break[OnVm]] = {
    "REB-01": Break(J, PARAM, lambda s: state(s, VmState.STOPPED)),
    "REB-03": Break(J, PARAM, lambda s: s._replace(setup=True)),
}
DESTROY_BREAKS: dict[str, Break[OnVm]] = {
    "DSM-01": Break(J, DENIED, lambda s: no_expunge(s)._replace(expunge=True)),
    "DSM-08": Break(J, DENIED, lambda s: s._replace(expunge=True, role_expunges=False)),
    "DSM-02": Break(J, PARAM, lambda s: s._replace(vm=s.vm._replace(protected=True))),
    "DSM-03": Break(J, RUNTIME, lambda s: disks(s, VolumeState.SNAPSHOTTING)),
    "DSM-04": Break(J, PARAM, lambda s: s._replace(doomed=(data(1), data(2, vm_id="vm-2")))),
    "DSM-07": Break(J, PARAM, lambda s: s._replace(
        doomed=tuple(v._replace(protected=True) for v in s.doomed or (data(1),)))),
}
EXPUNGE_BREAKS: dict[str, Break[OnVm]] = {
    "EXP-02": Break(J, RUNTIME, lambda s: state(s, VmState.STOPPED)),
    "EXP-01": Break(J, DENIED, no_expunge),
}
RECOVER_BREAKS: dict[str, Break[OnVm]] = {
    "RCM-01": Break(R, DENIED, no_expunge),
    "RCM-02": Break(R, PARAM, lambda s: state(s, VmState.EXPUNGING)),
    "RCM-05": Break(R, Kind.LIMIT, lambda s: s._replace(over_limit="no room")),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        START,
        (
            stopped,
            lambda d: disks(stopped(d), VolumeState.ALLOCATED),
            lambda d: stopped(d)._replace(volumes=(root(),)),
        ),
        START_BREAKS,
    ),
    Ladder(REBOOT, (running,), REBOOT_BREAKS),
    Ladder(
        DESTROY_VM,
        (
            stopped,
            running,
            lambda d: stopped(d)._replace(expunge=True, doomed=(data(1),)),
            lambda d: no_expunge(stopped(d)),
            lambda d: stopped(d)._replace(volumes=()),
            lambda d: stopped(d)._replace(volumes=(data(1, state=VolumeState.SNAPSHOTTING),)),
        ),
        DESTROY_BREAKS,
    ),
    Ladder(EXPUNGE, (destroyed, lambda d: state(stopped(d), VmState.ERROR)), EXPUNGE_BREAKS),
    Ladder(RECOVER_VM, (destroyed,), RECOVER_BREAKS),
)


def test_a_root_is_no_data_disk_to_go() -> None:
    """The misfits are named, each spelt out; the data disk of the VM is not among them."""
    case = stopped(SPEC)._replace(doomed=(root(), data(1)))
    refused = refusal(LADDERS[2], J, case)
    assert refused.rule_id == "DSM-04"
    assert refused.text.endswith(f"{root().spelt(vm(id=VM_ID))}; ")

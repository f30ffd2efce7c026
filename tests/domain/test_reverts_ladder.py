"""revertSnapshot, revertToVMSnapshot and deleteVMSnapshot refuse by their first broken row."""

from typing import Any

from builders import snapshot, vm, volume
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmSnapshot
from simulator.domain.reverts import (
    DELETE_VM_SNAPSHOT,
    REVERT,
    REVERT_VM,
    Revert,
    RevertVm,
)
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

J = Phase.JOB
PARAM, RUNTIME = Kind.PARAM, Kind.RUNTIME
TAKEN = VmSnapshot("vms-1", 4, "i_VS_1", "account-1", "vm-1", "Ready", False, 0.0)


def revert(dialect: Dialect) -> Revert:
    """Return a KVM volume of a Stopped VM to revert."""
    return Revert(dialect, snapshot(), volume(), vm(), False, Hypervisor.KVM)


def back(dialect: Dialect) -> RevertVm:
    """Return a Stopped VM to revert."""
    return RevertVm(dialect, TAKEN, vm())


def kept(case: RevertVm, state: str) -> RevertVm:
    """Return *case* with its VM snapshot in *state*."""
    return case._replace(snapshot=case.snapshot._replace(state=state))


# fmt: off
REVERT_BREAKS: dict[str, Break[Revert]] = {
    "RVS-01": Break(J, PARAM, lambda r: r._replace(volume=volume(state=VolumeState.RESIZING))),
    "RVS-02": Break(J, PARAM, lambda r: r._replace(vm=vm(state=VmState.RUNNING))),
    "RVS-03": Break(J, PARAM, lambda r: r._replace(vm_snapshots=True)),
    "RVS-04": Break(J, RUNTIME, lambda r: r._replace(hypervisor=Hypervisor.VMWARE)),
    "RVS-05": Break(J, RUNTIME, lambda r: r._replace(pool_up=False)),
}
REVERT_VM_BREAKS: dict[str, Break[RevertVm]] = {
    "RVV-01": Break(J, PARAM, lambda r: r._replace(busy=True)),
    "RVV-02": Break(J, PARAM, lambda r: r._replace(vm=vm(state=VmState.ERROR))),
    "RVV-03": Break(J, PARAM, lambda r: r._replace(snapshot=r.snapshot._replace(memory=True))),
    "RVV-04": Break(J, PARAM, lambda r: kept(r, "Error")),
}
DELETE_BREAKS: dict[str, Break[RevertVm]] = {
    "DVS-01": Break(J, PARAM, lambda r: kept(r, "Creating")),
    "DVS-02": Break(J, PARAM, lambda r: r._replace(busy=True)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(REVERT, (revert, lambda d: revert(d)._replace(vm=None)), REVERT_BREAKS),
    Ladder(
        REVERT_VM,
        (
            back,
            lambda d: RevertVm(d, TAKEN._replace(memory=True), vm(state=VmState.RUNNING)),
        ),
        REVERT_VM_BREAKS,
    ),
    Ladder(DELETE_VM_SNAPSHOT, (back, lambda d: kept(back(d), "Error")), DELETE_BREAKS),
)

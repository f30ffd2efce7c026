"""revertSnapshot, revertToVMSnapshot and deleteVMSnapshot: back to what was kept (4.3, F)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Snapshot, Vm, VmSnapshot, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

J = Phase.JOB
_STEADY = frozenset({VmState.RUNNING, VmState.STOPPED})
_DELETABLE = frozenset({"Ready", "Expunging", "Error"})


class Revert(NamedTuple):
    """A volume that shall be again as a snapshot of it is; *hypervisor* is where it lies."""

    dialect: Dialect
    snapshot: Snapshot
    volume: Volume
    vm: Vm | None
    vm_snapshots: bool
    hypervisor: Hypervisor
    pool_up: bool = True


class RevertVm(NamedTuple):
    """A VM that shall be again as a VM snapshot is; *busy* is whether another is worked on."""

    dialect: Dialect
    snapshot: VmSnapshot
    vm: Vm
    busy: bool = False

    @property
    def alike(self) -> bool:
        """Whether the VM runs just if its memory was kept."""
        return (self.vm.state is VmState.RUNNING) is self.snapshot.memory


# fmt: off
REVERT: Table[Revert] = Table("revertSnapshot", (
    Rule("RVS-01", "the volume to revert is Ready",
         lambda r: r.volume.state is VolumeState.READY and not r.volume.removed, J, Kind.PARAM,
         "The volume is not in Ready state.", "4.3"),
    Rule("RVS-02", "the VM of the volume to revert is Stopped",
         lambda r: r.vm is None or r.vm.state in {VmState.STOPPED, VmState.SHUTDOWN}, J,
         Kind.PARAM,
         "The VM the specified disk is attached to is not in the shutdown state.", "4.3"),
    Rule("RVS-03", "the VM of the volume to revert has no VM snapshots",
         lambda r: not r.vm_snapshots, J, Kind.PARAM,
         "Unable to revert snapshot for VM, please remove VM snapshots before reverting VM from "
         "snapshot", "4.3"),
    Rule("RVS-04", "the volume to revert is one of KVM",
         lambda r: r.hypervisor is Hypervisor.KVM, J, Kind.RUNTIME,
         "Revert snapshot command failed for snapshot {c.snapshot.text}, because this command is "
         "supported only for KVM hypervisor", "4.3"),
    Rule("RVS-05", "the storage of the volume to revert is Up",
         lambda r: r.pool_up, J, Kind.RUNTIME, "store is not in up state", "4.3"),
))

REVERT_VM: Table[RevertVm] = Table("revertToVMSnapshot", (
    Rule("RVV-01", "no VM snapshot of the VM to revert is worked on",
         lambda r: not r.busy, J, Kind.PARAM,
         "There is other active vm snapshot tasks on the instance, please try again later", "4.3"),
    Rule("RVV-02", "the VM to revert is Running or Stopped",
         lambda r: r.vm.state in _STEADY, J, Kind.PARAM,
         "VM Snapshot reverting failed due to vm is not in the state of Running or Stopped.",
         "4.3"),
    Rule("RVV-03", "a VM runs just if its memory was kept",
         lambda r: r.alike, J, Kind.PARAM,
         "VM Snapshot revert not allowed. This will result in VM state change. You can revert "
         "running VM to disk and memory type snapshot and stopped VM to disk type snapshot",
         "4.3"),
    Rule("RVV-04", "the VM snapshot to revert to is Ready",
         lambda r: r.snapshot.state == "Ready", J, Kind.PARAM,
         "VM Snapshot reverting failed due to vm snapshot is not in the state of Created.", "4.3"),
))

DELETE_VM_SNAPSHOT: Table[RevertVm] = Table("deleteVMSnapshot", (
    Rule("DVS-01", "the VM snapshot to delete is Ready or failed",
         lambda r: r.snapshot.state in _DELETABLE, J, Kind.PARAM,
         "Can't delete the vm snapshotshot {c.snapshot.spelt} due to it is not in Created or "
         "Error, or Expunging State", "4.3"),
    Rule("DVS-02", "no other VM snapshot of the VM is worked on",
         lambda r: not r.busy, J, Kind.PARAM,
         "There is other active vm snapshot tasks on the instance, please try again later", "4.3"),
))
# fmt: on

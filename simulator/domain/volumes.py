"""deleteVolume to migrateVolume: what may happen to a volume on its own (semantics 4.3)."""

from typing import NamedTuple

from simulator.domain.detach import detached
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.hypervisors import RESIZABLE
from simulator.domain.inventory import Hypervisor, StoragePool
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeEvent, VolumeState

_S = VolumeState
GIB = 1 << 30


class OnVolume(NamedTuple):
    """A volume someone wants to delete, destroy or recover."""

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    expunge: bool = False
    may_expunge: bool = True
    snapshotting: bool = False
    over_limit: str = ""


_GONE = frozenset({_S.DESTROY, _S.EXPUNGING, _S.EXPUNGED})
_SETTLED = frozenset({_S.READY, _S.ALLOCATED})
_UNPLACED = frozenset({_S.ALLOCATED, _S.UPLOADED})
_UPLOADING = frozenset({_S.NOT_UPLOADED, _S.UPLOAD_IN_PROGRESS})
_DESTROYABLE = frozenset({_S.ALLOCATED, _S.CREATING, _S.READY, _S.UPLOADED, _S.UPLOAD_ERROR,
                          _S.UPLOAD_ABANDONED}) | _GONE  # fmt: skip
_ATTACHED_TEXT = "Please specify a volume that is not attached to any VM."
_PROTECTED_TEXT = (
    "Volume [id = {c.volume.id}, name = {c.volume.name}] has delete protection enabled and cannot "
    "be deleted."
)
_STUCK_TEXT = (
    'Failed to transit volume {{"name":"{c.volume.name}","uuid":"{c.volume.id}"}} to '
    "[DestroyRequested] due to [Unable to transition to a new state from {c.volume.state} via "
    "DestroyRequested]."
)
R, J = Phase.REQUEST, Phase.JOB


def _removal(prefix: str, phase: Phase, operation: str) -> tuple[Rule[OnVolume], ...]:
    """Return the rows that deleteVolume (at once) and destroyVolume (in a job) share."""
    # fmt: off
    return (
        Rule(f"{prefix}-02", f"no snapshot of the volume to {operation} is being taken",
             lambda v: not v.snapshotting, phase, Kind.PARAM,
             "There is snapshot creating on it, Unable to delete the volume", "4.3", "SPEC-03"),
        Rule(f"{prefix}-03", f"the volume to {operation} is on no VM",
             lambda v: v.vm is None, phase, Kind.PARAM, _ATTACHED_TEXT, "4.3, S35", "SPEC-03"),
        Rule(f"{prefix}-04", f"the volume to {operation} is not being uploaded",
             lambda v: v.volume.state is not _S.UPLOAD_OP, phase, Kind.PARAM,
             "Please specify a volume that is not uploading", "4.3"),
        Rule(f"{prefix}-05", f"no upload waits for the volume to {operation}",
             lambda v: v.volume.state not in _UPLOADING, phase, Kind.PARAM,
             "The volume is either getting uploaded or it may be initiated shortly, please wait "
             "for it to be completed", "4.3"),
        Rule(f"{prefix}-07", f"the volume to {operation} is not delete-protected",
             lambda v: not v.volume.protected, phase, Kind.PARAM, _PROTECTED_TEXT, "GT 4"),
    )
    # fmt: on


# fmt: off
DELETE: Table[OnVolume] = Table("deleteVolume", (
    *_removal("DEL", R, "delete"),
    Rule("DEL-08", "the volume's state knows a way to Destroy",
         lambda v: v.volume.state in _DESTROYABLE, R, Kind.RUNTIME, _STUCK_TEXT, "3.3, 5.3"),
))

DESTROY: Table[OnVolume] = Table("destroyVolume", (
    Rule("DSV-01", "the volume to destroy exists",
         lambda v: not v.volume.removed, J, Kind.PARAM,
         "Unable to find volume with ID: {c.volume.db_id}", "4.3, C1", "SPEC-03"),
    *_removal("DSV", J, "destroy"),
    Rule("DSV-08", "the caller may expunge the volume",
         lambda v: not v.expunge or v.may_expunge, J, Kind.DENIED,
         "Expunging a volume can only be done by an Admin. Or when the "
         "allow.user.expunge.recover.volume key is set.", "4.3", "SPEC-03"),
    Rule("DSV-09", "a volume to destroy without expunge was created",
         lambda v: v.expunge or v.volume.state not in _UNPLACED, J, Kind.PARAM,
         "The volume in Allocated/Uploaded state can only be expunged not destroyed/recovered",
         "4.3", "SPEC-03"),
    Rule("DSV-10", "the state of the volume to destroy knows a way to Destroy",
         lambda v: v.volume.state in _DESTROYABLE, J, Kind.RUNTIME, _STUCK_TEXT, "3.3, 5.3"),
))

RECOVER: Table[OnVolume] = Table("recoverVolume", (
    Rule("RCV-01", "the volume to recover exists",
         lambda v: not v.volume.removed, R, Kind.PARAM,
         "Unable to find a volume with id {c.volume.db_id}", "C1", "SPEC-03"),
    Rule("RCV-03", "the caller may recover volumes",
         lambda v: v.may_expunge, R, Kind.DENIED,
         "Recovering a volume can only be done by an Admin. Or when the "
         "allow.user.expunge.recover.volume key is set.", "4.3"),
    Rule("RCV-04", "the volume to recover is in Destroy",
         lambda v: v.volume.state is _S.DESTROY, R, Kind.PARAM,
         "Please specify a volume in Destroy state.", "4.3", "SPEC-03"),
    Rule("RCV-05", "the volume to recover fits into its owner's primary storage",
         lambda v: not v.over_limit, R, Kind.PARAM, "{c.over_limit}", "C4", "SPEC-03"),
))


class Resize(NamedTuple):
    """A volume someone wants in another size."""

    dialect: Dialect
    volume: Volume
    volume_hypervisor: Hypervisor
    new_bytes: int
    shrink_ok: bool
    vm_snapshots: bool
    over_limit: str

    @property
    def shrinks(self) -> bool:
        """Whether the volume would get smaller."""
        return self.new_bytes < self.volume.size_bytes


RESIZE: Table[Resize] = Table("resizeVolume", (
    Rule("RSZ-01", "the volume to resize exists",
         lambda r: not r.volume.removed, J, Kind.PARAM, "No such volume", "4.3", "SPEC-03"),
    Rule("RSZ-03", "the volume to resize is Ready or Allocated",
         lambda r: r.volume.state in _SETTLED, J, Kind.PARAM,
         "Volume {c.volume.name} should be in ready or allocated state before attempting a resize. "
         "Volume is in state {c.volume.state}.", "4.3"),
    Rule("RSZ-04", "the volume's hypervisor can resize",
         lambda r: r.volume_hypervisor in RESIZABLE, J, Kind.PARAM,
         "Hypervisor {c.volume_hypervisor} does not support volume resize", "4.3"),
    Rule("RSZ-06", "the VM of the volume to resize has no VM snapshots",
         lambda r: not r.vm_snapshots, J, Kind.UNSUPPORTED,
         "The volume is attached to a VM with memory&disk VM snapshots; therefore, it cannot be "
         "resized.", "GT 4"),
    Rule("RSZ-07", "a shrink was signed off",
         lambda r: not r.shrinks or r.shrink_ok, J, Kind.UNSUPPORTED,
         "Going from existing size of {c.volume.size_bytes} to size of {c.new_bytes} would shrink "
         "the volume.Need to sign off by supplying the shrinkok parameter with value of true.",
         "GT 4"),
    Rule("RSZ-08", "the owner's primary storage leaves room for the growth",
         lambda r: not r.over_limit, J, Kind.LIMIT_API, "{c.over_limit}", "GT 6", "SPEC-03"),
))


class Migrate(NamedTuple):
    """A volume an administrator wants on another primary storage."""

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    pool: StoragePool
    vm_snapshots: bool
    fits: bool


_MIGRATABLE_VM = frozenset({VmState.STOPPED, VmState.RUNNING, VmState.SHUTDOWN})

MIGRATE: Table[Migrate] = Table("migrateVolume", (
    Rule("MIG-01", "the volume to migrate exists",
         lambda m: not m.volume.removed, J, Kind.PARAM,
         "Failed to find the volume id: {c.volume.db_id}", "4.3"),
    Rule("MIG-03", "the volume to migrate is Ready",
         lambda m: m.volume.state is _S.READY, J, Kind.PARAM, "Volume must be in ready state",
         "4.3"),
    Rule("MIG-04", "the volume is not on the destination already",
         lambda m: m.volume.pool_id != m.pool.id, J, Kind.PARAM,
         "Volume {c.volume.name} is already on the destination storage pool", "4.3"),
    Rule("MIG-05", "the VM of the volume to migrate is Stopped or Running",
         lambda m: m.vm is None or m.vm.state in _MIGRATABLE_VM, J, Kind.PARAM,
         "The VM must be Stopped or Running to migrate a volume", "4.3"),
    Rule("MIG-06", "the VM of the volume to migrate has no VM snapshots",
         lambda m: not m.vm_snapshots, J, Kind.PARAM,
         "Volume cannot be migrated, please remove all VM snapshots for VM to which this volume "
         "is attached", "4.3"),
    Rule("MIG-07", "no VM runs on the volume to migrate",
         lambda m: m.vm is None or m.vm.state is not VmState.RUNNING, J, Kind.PARAM,
         "Volume needs to be detached from VM", "GT 4"),
    Rule("MIG-08", "the destination takes new volumes",
         lambda m: m.pool.up, J, Kind.PARAM,
         "Storage pool {c.pool.name} is not up or in maintenance", "4.3"),
    Rule("MIG-09", "the destination has room",
         lambda m: m.fits, J, Kind.RUNTIME,
         "Storage pool {c.pool.name} does not have enough space to migrate volume {c.volume.name}",
         "4.3"),
))
# fmt: on


def recovered(volume: Volume, now_s: float) -> Volume:
    """Return a destroyed volume after its recovery: a loose, Ready DATADISK (semantics 4.3)."""
    return detached(volume.on(VolumeEvent.RECOVER), now_s)

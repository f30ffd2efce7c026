"""deleteVolume to migrateVolume: what may happen to a volume on its own (semantics 4.3)."""

from typing import NamedTuple

from simulator.domain.detach import detached
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, Hypervisor, Scope, StoragePool
from simulator.domain.records import Vm, Volume
from simulator.domain.releases import Flag
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
    "Failed to transit volume {c.volume.plain} to [DestroyRequested] due to [Unable to transition "
    "to a new state from {c.volume.state} via DestroyRequested]."
)
R, J = Phase.REQUEST, Phase.JOB


def _removal(prefix: str, phase: Phase, operation: str) -> tuple[Rule[OnVolume], ...]:
    """Return the rows that deleteVolume (at once) and destroyVolume (in a job) share."""
    # fmt: off
    return (
        Rule(f"{prefix}-02", f"no snapshot of the volume to {operation} is being taken",
             lambda v: not v.snapshotting, phase, Kind.PARAM,
             "There are snapshot operations in progress on the volume, unable to delete it", "4.3",
             "SPEC-03"),
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
    Rule("DEL-91", "the volume to delete is there",
         lambda v: not v.volume.removed, R, Kind.PARAM,
         "Unable to find volume with ID: {c.volume.db_id}", "versions 4", "SPEC-03",
         when=Flag.SERVICE_JUDGES_REMOVED),
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
# fmt: on


class Migrate(NamedTuple):
    """A volume an administrator wants on another primary storage.

    *pool* is the destination, *motion* whether the hypervisor of the VM's host can move the disks
    of a Running VM, *live* whether the caller agrees to that, *cluster_id* where the VM runs, and
    *offering* the one that the destination must suit, None where none is asked for.
    """

    dialect: Dialect
    volume: Volume
    row_db_id: int
    vm: Vm | None
    pool: StoragePool
    hypervisor: Hypervisor
    vm_snapshots: bool
    fits: bool
    offering: DiskOffering | None
    motion: bool = False
    live: bool = False
    cluster_id: str | None = None
    offering_open: bool = True
    offering_text: str = ""

    @property
    def running(self) -> bool:
        """Whether a Running VM has the volume."""
        return self.vm is not None and self.vm.state is VmState.RUNNING

    @property
    def moves_alive(self) -> bool:
        """Whether hypervisors move the disk themselves, so that its row stays."""
        stopped_vmware = (
            self.vm is not None
            and self.vm.hypervisor is Hypervisor.VMWARE
            and self.vm.state is VmState.STOPPED
        )
        return self.running or stopped_vmware

    @property
    def spelt(self) -> str:
        """The volume as messages spell it."""
        return self.volume.spelt(self.vm)

    @property
    def pool_tags(self) -> str:
        """The tags of the destination as a Java list."""
        return f"[{', '.join(sorted(self.pool.tags))}]"


_MIGRATABLE_VM = frozenset({VmState.STOPPED, VmState.RUNNING, VmState.SHUTDOWN})

# fmt: off
MIGRATE: Table[Migrate] = Table("migrateVolume", (
    Rule("MIG-01", "the volume to migrate exists",
         lambda m: m.volume.db_id == m.row_db_id and not m.volume.removed, J, Kind.PARAM,
         "Failed to find the volume id: {c.row_db_id}", "4.3"),
    Rule("MIG-03", "the volume to migrate is Ready",
         lambda m: m.volume.state is _S.READY, J, Kind.PARAM, "Volume must be in ready state",
         "4.3"),
    Rule("MIG-04", "the volume is not on the destination already",
         lambda m: m.volume.pool_id != m.pool.id, J, Kind.PARAM,
         "Volume {c.spelt} is already on the destination storage pool", "4.3"),
    Rule("MIG-10", "a volume to migrate is not one of an External hypervisor",
         lambda m: m.hypervisor is not Hypervisor.EXTERNAL, J, Kind.PARAM,
         "Volume migration operation is not allowed for hypervisor type External", "4.3"),
    Rule("MIG-05", "the VM of the volume to migrate is Stopped, Running or Shutdown",
         lambda m: m.vm is None or m.vm.state in _MIGRATABLE_VM, J, Kind.RUNTIME,
         "Volume migration is not allowed when the VM is in the {c.vm.state} state. Supported "
         "states are: [Stopped, Running, Shutdown].", "4.3", unless=Flag.MIGRATE_IN_ANY_STATE),
    Rule("MIG-06", "the VM of the volume to migrate has no VM snapshots",
         lambda m: not m.vm_snapshots, J, Kind.PARAM,
         "Volume cannot be migrated, please remove all VM snapshots for VM to which this volume "
         "is attached", "4.3"),
    Rule("MIG-11", "no KVM VM runs on the volume to migrate",
         lambda m: not m.running or not m.motion or m.hypervisor is not Hypervisor.KVM,
         J, Kind.PARAM,
         "KVM does not support volume live migration due to the limited possibility to refresh VM "
         "XML domain. Therefore, to live migrate a volume between storage pools, one must migrate "
         "the VM to a different host as well to force the VM XML domain update. Use "
         "'migrateVirtualMachineWithVolumes' instead.", "4.3", "SPEC-03"),
    Rule("MIG-07", "no VM runs on the volume to migrate, unless its host can move disks",
         lambda m: not m.running or m.motion, J, Kind.PARAM,
         "Volume needs to be detached from VM", "GT 4"),
    Rule("MIG-12", "the caller agrees to move a disk that a VM runs on",
         lambda m: not m.running or m.live, J, Kind.PARAM,
         "The volume {c.spelt}is attached to a vm and for migrating it the parameter livemigrate "
         "should be specified", "4.3", "SPEC-03"),
    Rule("MIG-13", "a volume to migrate is not encrypted",
         lambda m: m.volume.encrypt_format is None, J, Kind.PARAM,
         "Migration of encrypted volumes is unsupported", "4.3", "SPEC-03"),
    Rule("MIG-08", "the destination is not in maintenance",
         lambda m: m.pool.state != "Maintenance", J, Kind.PARAM,
         "Cannot migrate volume {c.spelt}to the destination storage pool {c.pool.name} as the "
         "storage pool is in maintenance mode.", "4.3"),
    Rule("MIG-09", "the destination has room",
         lambda m: m.fits, J, Kind.RUNTIME,
         "Storage pool {c.pool.name} does not have enough space to migrate volume {c.volume.name}",
         "4.3"),
    Rule("MIG-14", "a disk that a VM runs on stays in the cluster",
         lambda m: not m.running or m.cluster_id is None
         or m.pool.cluster_id in {None, m.cluster_id}, J, Kind.PARAM,
         "Cannot migrate a volume of a virtual machine to a storage pool in a different cluster",
         "4.3"),
    Rule("MIG-15", "the caller may use the new offering in the volume's zone",
         lambda m: m.offering_open, J, Kind.DENIED, "{c.offering_text}",
         "4.3; seen on a real 4.22"),
    Rule("MIG-16", "a volume with a local offering does not go to shared storage",
         lambda m: m.offering is None or m.pool.scope is Scope.HOST or not m.offering.local,
         J, Kind.PARAM,
         "You cannot move the volume to shared storage, with the disk offering configured for "
         "local storage.", "4.3"),
    Rule("MIG-17", "a volume with a shared offering does not go to local storage",
         lambda m: m.offering is None or m.pool.scope is not Scope.HOST or m.offering.local,
         J, Kind.PARAM,
         "You cannot move the volume to local storage, with the disk offering configured for "
         "shared storage.", "4.3"),
    Rule("MIG-18", "the destination has the tags that the volume needs",
         lambda m: m.offering is None or m.offering.tags <= m.pool.tags, J, Kind.PARAM,
         "Migration failed: target pool [{c.pool.name}, tags:{c.pool_tags}] has no matching tags "
         "for volume [{c.volume.name}, uuid:{c.volume.id}, tags:{c.offering.tag_text}]",
         "4.3", "SPEC-03"),
))
# fmt: on


def recovered(volume: Volume, now_s: float) -> Volume:
    """Return a destroyed volume after its recovery: a loose, Ready DATADISK (semantics 4.3)."""
    return detached(volume.on(VolumeEvent.RECOVER), now_s)

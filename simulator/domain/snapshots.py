"""Snapshots of volumes and of VMs (semantics 4.3)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect, Quirk
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import USER_KINDS, Account, Snapshot, Vm, Volume, VolumeType
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

_S = VolumeState
R = Phase.REQUEST
ACTIVE = frozenset({"Creating", "Reverting", "Expunging"})
"""States of a VM snapshot that is worked on."""
RECURRING = frozenset({"HOURLY", "DAILY", "WEEKLY", "MONTHLY"})
"""Kinds of snapshots that policies take."""
_KINDS = RECURRING | {"MANUAL", "RECURRING", "TEMPLATE", "GROUP", "FROM_GROUP"}
_LOCATIONS = frozenset({"PRIMARY", "SECONDARY"})
_ONE_AT_A_TIME = frozenset({Hypervisor.KVM, Hypervisor.VMWARE})
_ENDING = frozenset({VmState.DESTROYED, VmState.EXPUNGING})


class Snap(NamedTuple):
    """A volume someone wants a snapshot of.

    *location* is where it shall lie, None for where it usually does; *busy* whether another
    snapshot of the VM's volumes is being taken, *vm_busy* the same of VM snapshots.
    """

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    owner: Account
    over_limit: str
    caller_may: bool = True
    zone_name: str = ""
    zone_open: bool = True
    location: str | None = None
    managed: bool = False
    busy: bool = False
    vm_busy: bool = False

    @property
    def spelt(self) -> str:
        """The volume as the server's messages spell it."""
        return self.volume.spelt(self.vm)

    @property
    def ends(self) -> bool:
        """Whether the volume is on a VM that is on its way out."""
        return self.vm is not None and self.vm.state in _ENDING


class Listed(NamedTuple):
    """Snapshots or policies someone wants to see: those of a volume, or of a kind."""

    dialect: Dialect
    caller_may: bool
    kind: str | None = None
    interval: str | None = None


# fmt: off
SNAPSHOT: Table[Snap] = Table("createSnapshot", (
    Rule("SNA-01", "the volume to snapshot exists",
         lambda s: not s.volume.removed, R, Kind.PARAM,
         "Unable to find volume by id={c.volume.db_id}", "GT 2, D", "SPEC-03"),
    Rule("SNA-04", "the owner of the volume to snapshot is enabled",
         lambda s: s.owner.enabled, R, Kind.DENIED,
         "The owner of template is disabled: {c.owner.text}", "4.3"),
    Rule("SNA-05", "the caller may use the volume to snapshot",
         lambda s: s.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("SNA-06", "a snapshot lies on primary or secondary storage",
         lambda s: s.location is None or s.location.strip().upper() in _LOCATIONS, R, Kind.RUNTIME,
         "Invalid locationType {c.location}Specified for volume {c.volume.db_id} Valid values are: "
         "primary,secondary ", "4.3"),
    Rule("SNA-07", "a disabled zone takes snapshots of root admins only",
         lambda s: s.zone_open, R, Kind.DENIED,
         "Cannot perform this operation, Zone is currently disabled: {c.zone_name}", "6.1"),
    Rule("SNA-02", "the volume to snapshot is Ready",
         lambda s: s.volume.state is _S.READY, R, Kind.PARAM,
         "Volume: {c.spelt} is not in Ready state but {c.volume.state}. Cannot take snapshot.",
         "4.3, GT 4"),
    Rule("SNA-08", "managed storage alone is told where a snapshot lies",
         lambda s: s.location is None or s.managed, R, Kind.PARAM,
         "VolumeId: {c.volume.db_id} LocationType is supported only for managed storage", "4.3"),
    Rule("SNA-09", "the VM of the volume to snapshot is not on its way out",
         lambda s: not s.ends, R, Kind.RUNTIME,
         "Creating snapshot failed due to volume: {c.spelt} is associated with vm: {c.vm.text} is "
         "in {c.vm.state} state", "4.3"),
    Rule("SNA-10", "KVM and VMware take one snapshot of a VM's volumes at a time",
         lambda s: not s.busy or s.vm is None or s.vm.hypervisor not in _ONE_AT_A_TIME, R,
         Kind.PARAM, "There is other active snapshot tasks on the instance to which the volume is "
         "attached, please try again later", "4.3"),
    Rule("SNA-11", "no VM snapshot of the VM is worked on",
         lambda s: not s.vm_busy, R, Kind.RUNTIME,
         "There is other active vm snapshot tasks on the instance to which the volume is attached, "
         "please try again later", "4.3"),
    Rule("SNA-03", "the owner's limits leave room for the snapshot",
         lambda s: not s.over_limit, R, Kind.LIMIT, "{c.over_limit}", "GT 6"),
))

LIST_SNAPSHOTS: Table[Listed] = Table("listSnapshots", (
    Rule("LSN-01", "the caller may use the volume whose snapshots are listed",
         lambda s: s.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("LSN-02", "snapshots are listed of a kind there is",
         lambda s: s.kind is None or s.kind.upper() in _KINDS, R, Kind.PARAM,
         "Unsupported snapshot type {c.kind}", "7.5"),
    Rule("LSN-03", "snapshots are listed of an interval there is",
         lambda s: s.kind is not None or s.interval is None or s.interval.upper() in _KINDS, R,
         Kind.PARAM, "Unsupported snapshot interval type {c.interval}", "7.5"),
))
# fmt: on


class VmSnap(NamedTuple):
    """A VM someone wants a VM snapshot of; *volumes* are all it has.

    *taken* is whether another has the *name*, *can_handle* whether the hypervisor's way to take
    them does it here, *full* whether the VM has *most* of them, *volumes_will_do* whether snapshots
    of all volumes make one.
    """

    dialect: Dialect
    vm: Vm
    volumes: tuple[Volume, ...]
    hypervisor_can: bool
    memory: bool
    snapshotting: bool
    busy: bool
    name: str = ""
    taken: bool = False
    can_handle: bool = True
    full: bool = False
    most: int = 10
    volumes_will_do: bool = False

    @property
    def no_way(self) -> str:
        """Why KVM does not take the VM snapshot, as releases before 4.21.0 word it."""
        if self.memory or self.volumes_will_do:
            return "KVM does not support the type of snapshot requested"
        return "Creating a snapshot of a running KVM instance without memory is not supported"

    @property
    def secret_memory(self) -> bool:
        """Whether memory would be kept of a KVM VM with an encrypted ROOT."""
        kvm = self.vm.hypervisor is Hypervisor.KVM and self.memory
        roots = (v for v in self.volumes if v.type is VolumeType.ROOT)
        return kvm and any(v.encrypt_format is not None for v in roots)

    @property
    def has_ready_root(self) -> bool:
        """Whether a Ready ROOT is attached."""
        return any(v.type is VolumeType.ROOT and v.state is _S.READY for v in self.volumes)


class OldSnap(NamedTuple):
    """A snapshot of a volume to delete."""

    dialect: Dialect
    snapshot: Snapshot


AT_ONCE = frozenset({"Allocated", "Error"})
"""States of snapshots that have no image to delete."""

# fmt: off
DELETE_SNAPSHOT: Table[OldSnap] = Table("deleteSnapshot", (
    Rule("SND-01", "a snapshot to delete is there",
         lambda s: not s.snapshot.removed, Phase.JOB, Kind.PARAM,
         "unable to find a snapshot with id {c.snapshot.db_id}", "4.3", "SPEC-03"),
    Rule("SND-02", "a snapshot to delete is not being taken or copied away",
         lambda s: s.snapshot.state in AT_ONCE | {"BackedUp"}, Phase.JOB, Kind.PARAM,
         "Can't delete snapshot {c.snapshot.text} due to it is in {c.snapshot.state} Status",
         "4.3", "SPEC-03"),
))
# fmt: on

_STATES = frozenset({VmState.RUNNING, VmState.STOPPED})
_SOURCE = "VMSnapshotManagerImpl"
_NO_VM_SNAPSHOT = "Failed to create vm snapshot: "

# fmt: off
VM_SNAPSHOT: Table[VmSnap] = Table("createVMSnapshot", (
    Rule("VMS-07", "a VM to snapshot is a user's",
         lambda s: s.vm.kind in USER_KINDS, R, Kind.PARAM_API,
         _NO_VM_SNAPSHOT + "Creating VM snapshot failed due to VM:{c.vm.db_id} is a system VM or "
         "does not exist", _SOURCE),
    Rule("VMS-04", "the hypervisor has VM snapshots",
         lambda s: s.hypervisor_can, R, Kind.PARAM_API,
         _NO_VM_SNAPSHOT + "VM snapshot is not enabled for hypervisor type: {c.vm.hypervisor}",
         "1.7"),
    Rule("VMS-08", "no VM snapshot of the VM has the name of a new one",
         lambda s: not s.taken, R, Kind.PARAM_API,
         _NO_VM_SNAPSHOT + "Creating VM snapshot failed due to VM snapshot with name{c.name}  "
         "already exists", _SOURCE, unless=Quirk.SAME_VM_SNAPSHOT_NAMES),
    Rule("VMS-01", "the VM to snapshot is Running or Stopped",
         lambda s: s.vm.state in _STATES, R, Kind.PARAM_API,
         _NO_VM_SNAPSHOT + "Creating vm snapshot failed due to VM:{c.vm.db_id} is not in the "
         "running or Stopped state", "4.3"),
    Rule("VMS-02", "a snapshot of memory is of a Running VM",
         lambda s: not s.memory or s.vm.state is VmState.RUNNING, R, Kind.PARAM_API,
         _NO_VM_SNAPSHOT + "Can not snapshot memory when VM is not in Running state", "4.3"),
    Rule("VMS-03", "the VM has a Ready ROOT",
         lambda s: s.has_ready_root, R, Kind.RUNTIME_API,
         _NO_VM_SNAPSHOT + "Unable to find root volume for the user vm:{c.vm.id}",
         "C17", "SPEC-06"),
    Rule("VMS-09", "KVM has a way to take the VM snapshot",
         lambda s: s.can_handle, R, Kind.RUNTIME_API,
         _NO_VM_SNAPSHOT + "No strategy was able to handle requested snapshot for VM [{c.vm.id}].",
         _SOURCE),
    Rule("VMS-10", "no memory is kept of a KVM VM with an encrypted ROOT",
         lambda s: not s.secret_memory, R, Kind.UNCAUGHT,
         "Cannot create VM memory snapshots on KVM from encrypted root volumes", _SOURCE),
    Rule("VMS-11", "a VM has no more VM snapshots than the setting says",
         lambda s: not s.full, R, Kind.RUNTIME_API,
         _NO_VM_SNAPSHOT + "Creating vm snapshot failed due to a VM can just have : {c.most} VM "
         "snapshots. Please delete old ones", _SOURCE),
    Rule("VMS-05", "no volume of the VM is being snapshotted",
         lambda s: not s.snapshotting, R, Kind.RUNTIME_API,
         _NO_VM_SNAPSHOT + "There is other active volume snapshot tasks on the "
         "instance to which the volume is attached, please try again later.", "4.3"),
    Rule("VMS-06", "no other VM snapshot is being taken",
         lambda s: not s.busy, R, Kind.RUNTIME_API,
         _NO_VM_SNAPSHOT + "There is other active vm snapshot tasks on the instance, "
         "please try again later", "4.3"),
))
# fmt: on

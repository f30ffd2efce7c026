"""Snapshots of volumes and of VMs (semantics 4.3)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Vm, Volume, VolumeType
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

_S = VolumeState
_GONE = frozenset({_S.DESTROY, _S.EXPUNGING, _S.EXPUNGED})
R = Phase.REQUEST


class Snap(NamedTuple):
    """A volume someone wants a snapshot of."""

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    over_limit: str

    @property
    def spelt(self) -> str:
        """The volume as the server's messages spell it."""
        return self.volume.spelt(self.vm)


# fmt: off
SNAPSHOT: Table[Snap] = Table("createSnapshot", (
    Rule("SNA-02", "the volume to snapshot is Ready",
         lambda s: s.volume.state is _S.READY, R, Kind.PARAM,
         "Volume: {c.spelt} is not in Ready state but {c.volume.state}. Cannot take snapshot.",
         "4.3, GT 4"),
    Rule("SNA-03", "the owner's limit leaves room for the snapshot",
         lambda s: not s.over_limit, R, Kind.LIMIT, "{c.over_limit}", "GT 6"),
))
# fmt: on


class Policy(NamedTuple):
    """A schedule someone wants for the snapshots of a volume; *keep* is how many are kept."""

    dialect: Dialect
    volume: Volume
    interval: str
    keep: int


INTERVALS = {"hourly": 0, "daily": 1, "weekly": 2, "monthly": 3}
"""Word of an interval -> its number in a response."""

# fmt: off
POLICY: Table[Policy] = Table("createSnapshotPolicy", (
    Rule("SPO-01", "the interval of a snapshot policy is known",
         lambda p: p.interval.lower() in INTERVALS, R, Kind.PARAM,
         "Unsupported interval type {c.interval}", "callers"),
    Rule("SPO-02", "a snapshot policy keeps one snapshot at least",
         lambda p: p.keep > 0, R, Kind.PARAM,
         "maxSnaps should be greater than 0", "callers"),
    Rule("SPO-03", "a volume with a snapshot policy is not destroyed",
         lambda p: p.volume.state not in _GONE, R, Kind.PARAM,
         "Volume: {c.volume.name} is in {c.volume.state}. Cannot create snapshot policy", "4.3"),
))
# fmt: on


class VmSnap(NamedTuple):
    """A VM someone wants a VM snapshot of; *volumes* are all it has."""

    dialect: Dialect
    vm: Vm
    volumes: tuple[Volume, ...]
    hypervisor_can: bool
    memory: bool
    snapshotting: bool
    busy: bool

    @property
    def has_ready_root(self) -> bool:
        """Whether a Ready ROOT is attached."""
        return any(v.type is VolumeType.ROOT and v.state is _S.READY for v in self.volumes)


_STATES = frozenset({VmState.RUNNING, VmState.STOPPED})

# fmt: off
VM_SNAPSHOT: Table[VmSnap] = Table("createVMSnapshot", (
    Rule("VMS-01", "the VM to snapshot is Running or Stopped",
         lambda s: s.vm.state in _STATES, R, Kind.PARAM,
         "Creating vm snapshot failed due to VM:{c.vm.id} is not in the running or Stopped state",
         "4.3"),
    Rule("VMS-02", "a snapshot of memory is of a Running VM",
         lambda s: not s.memory or s.vm.state is VmState.RUNNING, R, Kind.PARAM,
         "Creating memory snapshot is not supported for a stopped VM", "4.3"),
    Rule("VMS-03", "the VM has a Ready ROOT",
         lambda s: s.has_ready_root, R, Kind.RUNTIME,
         "Failed to create vm snapshot: Unable to find root volume for the user vm:{c.vm.id}",
         "C17", "SPEC-06"),
    Rule("VMS-04", "the hypervisor has VM snapshots",
         lambda s: s.hypervisor_can, R, Kind.PARAM,
         "VM snapshot is not enabled for hypervisor type: {c.vm.hypervisor}", "1.7"),
    Rule("VMS-05", "no volume of the VM is being snapshotted",
         lambda s: not s.snapshotting, R, Kind.RUNTIME,
         "There is other active volume snapshot tasks on the instance, please wait and try again",
         "4.3"),
    Rule("VMS-06", "no other VM snapshot is being taken",
         lambda s: not s.busy, R, Kind.RUNTIME,
         "There is other active vm snapshot tasks on the instance, please try again later", "4.3"),
))
# fmt: on

"""detachVolume: what may leave which VM, and what a detach leaves (semantics 2)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.attach import ATTACHABLE, allowed_root_states
from simulator.domain.dialect import Dialect, Quirk
from simulator.domain.errors import INTERNAL_TEXT, Kind
from simulator.domain.hypervisors import root_detach_supported
from simulator.domain.inventory import StoragePool
from simulator.domain.records import Vm, VmKind, Volume, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

_DATADISK, _ROOT = VolumeType.DATADISK, VolumeType.ROOT
_STOPPED, _SHARED_FS = VmState.STOPPED, VmKind.SHARED_FS
_DETACHABLE_FROM = frozenset({VmState.RUNNING, VmState.STOPPED, VmState.DESTROYED})


class Detach(NamedTuple):
    """Everything a detach rule may look at, read at one instant.

    *volume* is None where the tuple form names an empty slot; *asked_vm_id* is the VM the
    volume was on when the job started; *row_db_id* the row of the volume it then had.
    """

    dialect: Dialect
    volume: Volume | None
    vm: Vm | None
    pool: StoragePool | None
    by_id: bool
    by_tuple: bool
    vm_snapshots: bool
    backups: bool
    caller_may: bool
    asked_vm_id: str | None = None
    row_db_id: int | None = None

    @property
    def is_root(self) -> bool:
        """Whether the volume is a ROOT."""
        return self.volume is not None and self.volume.type is _ROOT

    @property
    def stopped(self) -> bool:
        """Whether the VM is Stopped."""
        return self.vm is not None and self.vm.state is _STOPPED

    @property
    def same_row(self) -> bool:
        """Whether the volume still has the row the job was made for."""
        volume = self.volume
        return volume is not None and volume.db_id == self.row_db_id and not volume.removed

    @property
    def allowed_states(self) -> str:
        """The VM states the refusal of a ROOT operation names."""
        return allowed_root_states(self.dialect)


J, W = Phase.JOB, Phase.WORK
_ROOT_TEXT = "Root volume detach can happen only when vm is in {c.allowed_states}"
_FORM_TEXT = "Please provide either a volume id, or a tuple(device id, instance id)"
_LOOSE_TEXT = "The specified volume is not attached to a VM."

# fmt: off
DETACH: Table[Detach] = Table("detachVolume", (
    Rule("DET-01", "the call names a volume, or a device id and a VM",
         lambda d: d.by_id != d.by_tuple, J, Kind.PARAM, _FORM_TEXT, "2.2/1", "SPEC-08"),
    Rule("DET-02", "a volume uses the named device id",
         lambda d: d.by_id or d.volume is not None, J, Kind.INTERNAL,
         "Index 0 out of bounds for length 0", "2.2/2b", "SPEC-08",
         when=Quirk.EMPTY_SLOT_IS_INTERNAL),
    Rule("DET-03", "a volume uses the named device id, a parameter error else",
         lambda d: d.by_id or d.volume is not None, J, Kind.PARAM,
         "Unable to find a volume with the device id on the VM", "2.2/2b", "SPEC-08",
         unless=Quirk.EMPTY_SLOT_IS_INTERNAL),
    Rule("DET-91", "the volume asked for is there",
         lambda d: d.volume is None or not d.by_id or not d.volume.removed, J, Kind.PARAM,
         "Unable to find volume with ID: {c.row_db_id}", "versions 4", "SPEC-03",
         when=Flag.SERVICE_JUDGES_REMOVED),
    Rule("DET-04", "the volume has the row it was asked for",
         lambda d: d.same_row or not d.by_id, J, Kind.PARAM,
         "Unable to find UUID for id [{c.row_db_id}] of type [Volume]", "races", "SPEC-03"),
    Rule("DET-05", "the caller may use the volume",
         lambda d: d.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "2.2/3", "SPEC-03"),
    Rule("DET-06", "the volume is on a VM",
         lambda d: d.vm is not None, J, Kind.PARAM, _LOOSE_TEXT, "2.2/4", "SPEC-04"),
    Rule("DET-07", "the VM is no shared file system",
         lambda d: d.vm is None or d.vm.kind is not _SHARED_FS, J, Kind.PARAM,
         "Can't detach a volume from a Shared FileSystem Instance", "2.2/6",
         unless=Flag.NO_SHARED_FS),
    Rule("DET-08", "the VM is Running, Stopped or Destroyed",
         lambda d: d.vm is None or d.vm.state in _DETACHABLE_FROM, J, Kind.PARAM,
         "Please specify a VM that is either running or stopped.", "2.2/7", "SPEC-04"),
    Rule("DET-09", "the volume is a ROOT or a DATADISK",
         lambda d: d.volume is None or d.volume.type in ATTACHABLE, J, Kind.PARAM,
         "Please specify volume of type DATADISK or ROOT", "2.2/8", "SPEC-04"),
    Rule("DET-10", "a ROOT leaves a hypervisor that supports it",
         lambda d: not d.is_root or d.vm is None
         or root_detach_supported(d.vm.hypervisor, d.dialect), J, Kind.PARAM,
         "Root volume detach is not supported for hypervisor type {c.vm.hypervisor}",
         "2.2/9", "SPEC-13"),
    Rule("DET-11", "a ROOT leaves a Stopped VM",
         lambda d: not d.is_root or d.stopped, J, Kind.PARAM, _ROOT_TEXT, "2.2/10", "SPEC-04"),
    Rule("DET-12", "a ROOT is not on managed storage",
         lambda d: not (d.is_root and d.pool is not None and d.pool.managed), J, Kind.PARAM,
         "Root volume detach is not supported for Managed DataStores", "2.2/11", "SPEC-12"),
    Rule("DET-13", "the VM has no VM snapshots",
         lambda d: not d.vm_snapshots, J, Kind.PARAM,
         "Unable to detach volume, please specify a VM that does not have VM snapshots",
         "2.2/12", "SPEC-03"),
    Rule("DET-14", "the VM has no backups",
         lambda d: not d.backups, J, Kind.PARAM,
         "Unable to detach volume, cannot detach volume from a VM that has backups. First remove "
         "the VM from the backup offering or set the global configuration "
         "'backup.enable.attach.detach.of.volumes' to true.", "2.2/13, C14", "SPEC-03"),
    Rule("DET-92", "the VM was started before",
         lambda d: d.vm is None or (d.vm.host_id or d.vm.last_host_id) is not None, J,
         Kind.INTERNAL, INTERNAL_TEXT, "versions 7b", "SPEC-03", when=Flag.NEVER_STARTED_STAYS),
    Rule("DET-15", "the call names the volume by its id",
         lambda d: d.by_id, J, Kind.INTERNAL,
         'Cannot invoke "java.lang.Long.longValue()" because "volumeId" is null',
         "2.4, S28", "SPEC-08", when=Quirk.TUPLE_DETACH_FAILS),
    Rule("DET-16", "the volume still has the row the job was made for",
         lambda d: d.same_row, W, Kind.INTERNAL, INTERNAL_TEXT, "C8", "SPEC-03"),
    Rule("DET-17", "the volume is still on that VM",
         lambda d: d.volume is not None and d.volume.vm_id == d.asked_vm_id, W, Kind.PARAM,
         _LOOSE_TEXT, "5.3", "SPEC-04", unless=Quirk.NO_RECHECK),
    Rule("DET-18", "a ROOT still leaves a Stopped VM",
         lambda d: not d.is_root or d.stopped, W, Kind.PARAM, _ROOT_TEXT, "5.3", "SPEC-04",
         unless=Quirk.NO_RECHECK),
))
# fmt: on


def detached(volume: Volume, now_s: float) -> Volume:
    """Return the volume after the detach: a ROOT becomes a DATADISK (SPEC-05; semantics 3.1)."""
    kind = _DATADISK if volume.type is _ROOT else volume.type
    return volume.but(vm_id=None, device_id=None, attached_s=None, updated_s=now_s, type=kind)

"""attachVolume: what may be attached where, and what an attach leaves (semantics 1)."""

from typing import NamedTuple

from simulator.domain import devices
from simulator.domain.dialect import Dialect, Quirk
from simulator.domain.errors import INTERNAL_TEXT, Kind
from simulator.domain.hypervisors import root_detach_supported
from simulator.domain.inventory import DiskOffering, Host, Hypervisor, StoragePool
from simulator.domain.records import Vm, VmKind, Volume, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeEvent, VolumeState

ATTACHABLE = frozenset({VolumeType.ROOT, VolumeType.DATADISK})
_ACCEPTED = frozenset({VolumeState.ALLOCATED, VolumeState.READY, VolumeState.UPLOADED})
_SETTLED = frozenset({VolumeState.ALLOCATED, VolumeState.READY})
_UNMADE = frozenset({VolumeState.ALLOCATED, VolumeState.CREATING, VolumeState.UPLOADED,
                     VolumeState.COPYING})  # fmt: skip
_USABLE_VM = frozenset({VmState.RUNNING, VmState.STOPPED})
_DATADISK, _ROOT = VolumeType.DATADISK, VolumeType.ROOT
_DESTROYED, _STOPPED, _SHARED_FS = VolumeState.DESTROY, VmState.STOPPED, VmKind.SHARED_FS
_UPLOADED = VolumeState.UPLOADED
_EXTERNAL, _ANY, _DONE = Hypervisor.EXTERNAL, Hypervisor.NONE, VolumeEvent.SUCCEEDED
_USER_VMS = frozenset({VmKind.USER, VmKind.SHARED_FS})


class Attach(NamedTuple):
    """Everything an attach rule may look at, read at one instant.

    *siblings* are the volumes of the VM, *wanted* the device id asked for or None, *holder*
    the VM the volume is on, *over_limit* the refusal of a limit that an Uploaded volume breaks,
    *plain_host* the VM's host if the volume is encrypted and that host cannot encrypt.
    """

    dialect: Dialect
    volume: Volume
    vm: Vm
    wanted: int | None
    siblings: tuple[Volume, ...]
    pool: StoragePool | None
    offering: DiskOffering | None
    volume_hypervisor: Hypervisor
    max_data: int
    zone_has_local: bool
    vm_snapshots: bool
    backups: bool
    claimed: bool
    holder: Vm | None
    over_limit: str
    row_db_id: int
    plain_host: Host | None = None

    @property
    def same_row(self) -> bool:
        """Whether the volume still has the row the job was made for."""
        return self.volume.db_id == self.row_db_id and not self.volume.removed

    @property
    def as_root(self) -> bool:
        """Whether device 0 was asked for."""
        return self.wanted == devices.ROOT_DEVICE

    @property
    def data_disks(self) -> int:
        """How many DATADISKs the VM has, in whatever state."""
        return len([v for v in self.siblings if v.type is _DATADISK])

    @property
    def roots(self) -> int:
        """How many ROOT volumes the VM has."""
        return len([v for v in self.siblings if v.type is _ROOT])

    @property
    def taken(self) -> frozenset[int]:
        """The device ids in use."""
        return frozenset([v.device_id for v in self.siblings if v.device_id is not None])

    @property
    def device(self) -> int | None:
        """The wanted device id, else the lowest free one, else None."""
        if self.wanted is not None:
            return self.wanted
        return devices.lowest_free(self.taken, self.max_data)

    @property
    def occupant(self) -> str:
        """The volume that uses the wanted device id, spelt out."""
        return next(v for v in self.siblings if v.device_id == self.wanted).spelt(self.vm)

    @property
    def ids_allowed(self) -> str:
        """The device ids that may be asked for, as the server words it."""
        return f"0,1,2,4-{self.max_data + 1}"

    @property
    def object_text(self) -> str:
        """The volume with its pool, spelt out ({VOBJ} of the ground truth)."""
        inner = self.volume.spelt(self.holder).replace('"', '\\"')
        store = f'"{self.pool.text}"'.replace('"', '\\"')[1:-2] + '"' if self.pool else "null"
        return f'VolumeObject {{"dataStore":{store},"volumeVO":"{inner}"}}'

    @property
    def holder_name(self) -> str:
        """The instance name of the VM the volume is on."""
        return self.holder.instance_name if self.holder else ""

    @property
    def encrypted(self) -> bool:
        """Whether the volume's disk offering asks for encryption."""
        return self.offering is not None and self.offering.encrypted

    @property
    def allowed_states(self) -> str:
        """The VM states the refusal of a ROOT operation names."""
        return allowed_root_states(self.dialect)


def allowed_root_states(dialect: Dialect) -> str:
    """Return the states that the refusal of a ROOT operation names."""
    if Quirk.DESTROYED_MESSAGE in dialect:
        return "states: Stopped or Destroyed"
    return "state: Stopped"


J, W, P = Phase.JOB, Phase.WORK, Phase.PLUG
_ROOT_TEXT = "Root volume detach can happen only when vm is in {c.allowed_states}"

# fmt: off
ATTACH: Table[Attach] = Table("attachVolume", (
    Rule("ATT-92", "the volume to attach is there",
         lambda a: not a.volume.removed, J, Kind.PARAM,
         "Please specify a volume with the valid type: ROOT or DATADISK", "versions 4", "SPEC-03",
         when=Flag.SERVICE_JUDGES_REMOVED),
    Rule("ATT-01", "the volume is a ROOT or a DATADISK",
         lambda a: a.volume.type in ATTACHABLE, J, Kind.PARAM,
         "Please specify a volume with the valid type: ROOT or DATADISK", "1.2/1", "SPEC-03"),
    Rule("ATT-02", "the volume is on no VM",
         lambda a: a.volume.vm_id is None, J, Kind.PARAM,
         "Please specify a volume that is not attached to any VM.", "1.2/2", "SPEC-03"),
    Rule("ATT-03", "the volume is not destroyed",
         lambda a: a.volume.state is not _DESTROYED, J, Kind.PARAM,
         "Please specify a volume that is not destroyed.", "1.2/3", "SPEC-03"),
    Rule("ATT-04", "the volume is Allocated, Ready or Uploaded",
         lambda a: a.volume.state in _ACCEPTED, J, Kind.PARAM,
         "Volume state must be in Allocated, Ready or in Uploaded state", "1.2/4", "SPEC-03"),
    Rule("ATT-05", "the VM is a user's VM",
         lambda a: a.vm.kind in _USER_VMS and not a.vm.removed, J, Kind.PARAM,
         "Please specify a valid User VM.", "1.2/5", "SPEC-03"),
    Rule("ATT-06", "the VM is Running or Stopped",
         lambda a: a.vm.state in _USABLE_VM, J, Kind.PARAM,
         "Please specify a VM that is either running or stopped.", "1.2/6", "SPEC-03"),
    Rule("ATT-07", "the VM is in the volume's zone",
         lambda a: a.vm.zone_id == a.volume.zone_id, J, Kind.PARAM,
         "Please specify a VM that is in the same zone as the volume.", "1.2/7", "SPEC-03"),
    Rule("ATT-08", "the VM is no shared file system",
         lambda a: a.vm.kind is not _SHARED_FS, J, Kind.PARAM,
         "Can't attach a volume to a Shared FileSystem Instance", "1.2/8",
         unless=Flag.NO_SHARED_FS),
    Rule("ATT-09", "a ROOT goes to a hypervisor that supports it",
         lambda a: not a.as_root or root_detach_supported(a.vm.hypervisor, a.dialect),
         J, Kind.PARAM,
         "Root volume detach is not supported for hypervisor type {c.vm.hypervisor}",
         "1.2/9a", "SPEC-13"),
    Rule("ATT-10", "a ROOT goes to a Stopped VM",
         lambda a: not a.as_root or a.vm.state is _STOPPED, J, Kind.PARAM,
         _ROOT_TEXT, "1.2/9b", "SPEC-06"),
    Rule("ATT-11", "a ROOT is not on managed storage",
         lambda a: not (a.as_root and a.pool is not None and a.pool.managed), J, Kind.PARAM,
         "Root volume detach is not supported for Managed DataStores", "1.2/9c", "SPEC-12"),
    Rule("ATT-12", "a ROOT goes to a VM whose device 0 is free",
         lambda a: not (a.as_root and devices.ROOT_DEVICE in a.taken), J, Kind.PARAM,
         "Vm already has root volume attached to it", "1.2/9d", "SPEC-06"),
    Rule("ATT-91", "a ROOT is not Uploaded",
         lambda a: not a.as_root or a.volume.state is not _UPLOADED, J, Kind.PARAM,
         "No support for Root volume attach in state Uploaded", "versions 6b", "SPEC-03",
         when=Flag.NOTHING_CREATED_WITHOUT_DISKS),
    Rule("ATT-13", "the VM's hypervisor is not External",
         lambda a: a.vm.hypervisor is not _EXTERNAL, J, Kind.PARAM,
         "Volume operations are not allowed for External hypervisor type", "1.2/10",
         unless=Flag.NO_EXTERNAL),
    Rule("ATT-14", "a data disk goes to a VM below its maximum",
         lambda a: a.as_root or a.data_disks < a.max_data, J, Kind.PARAM,
         "The specified VM already has the maximum number of data disks ({c.max_data}) attached. "
         "Please specify another VM.", "1.2/11", "SPEC-03"),
    Rule("ATT-15", "a local disk offering goes to a zone with local storage",
         lambda a: a.zone_has_local or a.offering is None or not a.offering.local,
         J, Kind.PARAM,
         "Zone is not configured to use local storage but volume's disk offering "
         "{c.offering.name} uses it", "1.2/12", "SPEC-03"),
    Rule("ATT-16", "the VM has no VM snapshots",
         lambda a: not a.vm_snapshots, J, Kind.PARAM,
         "Unable to attach volume to VM {c.vm.instance_name}/{c.vm.id}, please specify a VM that "
         "does not have VM snapshots", "1.2/13", "SPEC-03"),
    Rule("ATT-17", "the VM has no backups",
         lambda a: not a.backups, J, Kind.PARAM,
         "Unable to attach volume, please specify a VM that does not have any backups or set the "
         "global configuration 'backup.enable.attach.detach.of.volumes' to true.",
         "1.2/14, C14", "SPEC-03"),
    Rule("ATT-18", "volume and VM have one owner",
         lambda a: a.volume.account_id == a.vm.account_id, J, Kind.DENIED,
         "Entity {c.vm.text} and entity {c.object_text} belong to different accounts",
         "1.2/15", "SPEC-03"),
    Rule("ATT-20", "an Uploaded volume fits into its owner's primary storage",
         lambda a: not a.over_limit, J, Kind.PARAM, "{c.over_limit}", "1.2/16", "SPEC-03"),
    Rule("ATT-21", "the volume was made for the VM's hypervisor",
         lambda a: a.pool is None or a.pool.managed
         or a.volume_hypervisor in (_ANY, a.vm.hypervisor), J, Kind.PARAM,
         "Can't attach a volume created by: {c.volume_hypervisor} to a {c.vm.hypervisor} vm",
         "1.2/17", "SPEC-14"),
    Rule("ATT-22", "an encrypted volume goes to KVM",
         lambda a: not a.encrypted or a.vm.hypervisor is Hypervisor.KVM, J, Kind.PARAM,
         "Volume's disk offering has encryption enabled, but volume encryption is not supported "
         "for hypervisor type {c.vm.hypervisor}", "1.2/18", "SPEC-03"),
    Rule("ATT-23", "the volume to attach still has the row the job was made for",
         lambda a: a.same_row, W, Kind.INTERNAL, INTERNAL_TEXT, "C9, GT 5", "SPEC-03"),
    Rule("ATT-24", "the volume is still on no VM",
         lambda a: a.volume.vm_id is None, W, Kind.RUNTIME,
         "This volume is already attached to a VM.", "1.3/a", "SPEC-03"),
    Rule("ATT-25", "the VM has no two ROOT volumes",
         lambda a: a.roots <= 1, W, Kind.RUNTIME,
         "The VM {c.vm.instance_name} has more than one ROOT volume and is in an invalid state.",
         "1.3/b", "SPEC-06"),
    Rule("ATT-30", "nobody is attaching the volume without storage",
         lambda a: not a.claimed or a.volume.state not in _UNMADE, W, Kind.RUNTIME,
         "Volume: {c.object_text} is in Attaching. It should be in Ready or Allocated state",
         "5.3", "SPEC-03", unless=Quirk.ALLOCATED_DOUBLE_ATTACH),
    Rule("ATT-26", "the VM is still Running or Stopped",
         lambda a: a.vm.state in _USABLE_VM, W, Kind.PARAM,
         "Please specify a VM that is either running or stopped.", "5.3", "SPEC-03",
         unless=Quirk.NO_RECHECK),
    Rule("ATT-27", "a ROOT still goes to a Stopped VM",
         lambda a: not a.as_root or a.vm.state is _STOPPED, W, Kind.PARAM,
         _ROOT_TEXT, "5.3", "SPEC-06", unless=Quirk.NO_RECHECK),
    Rule("ATT-31", "the VM's host supports encryption, if the volume is encrypted",
         lambda a: a.plain_host is None, P, Kind.RUNTIME,
         "Failed to attach volume {c.volume.name} to VM {c.vm.name} because target host "
         "{c.plain_host.text} doesn't support volume encryption", "1.6/3", "SPEC-03"),
    Rule("ATT-28", "nobody attached the volume meanwhile",
         lambda a: a.volume.vm_id is None, P, Kind.RUNTIME,
         "volume: {c.volume.name} is already attached to a VM: {c.holder_name}",
         "1.6/5", "SPEC-03"),
    Rule("ATT-29", "the volume is Ready or Allocated",
         lambda a: a.volume.state in _SETTLED, P, Kind.RUNTIME,
         "Volume: {c.object_text} is in {c.volume.state}. It should be in Ready or Allocated state",
         "1.6/5", "SPEC-03"),
))

DEVICE: Table[Attach] = Table("attachVolume, device id", (
    Rule("DEV-01", "the wanted device id is in range and not the CD-ROM's",
         lambda a: a.wanted is None or devices.in_range(a.wanted, a.max_data), P, Kind.INTERNAL,
         "deviceId should be {c.ids_allowed}", "1.7", "SPEC-03"),
    Rule("DEV-02", "the wanted device id is unused",
         lambda a: a.wanted is None or a.wanted not in a.taken, P, Kind.INTERNAL,
         "deviceId {c.wanted} is used by vol {c.occupant} on vm {c.vm.text}", "1.7", "SPEC-06"),
    Rule("DEV-03", "some device id is free",
         lambda a: a.device is not None, P, Kind.INTERNAL,
         "All device Ids are used by vm {c.vm.text}", "1.7", "SPEC-03"),
))
# fmt: on


def attached(case: Attach, now_s: float) -> Volume:
    """Return the volume after the attach: at device 0 it is a ROOT (SPEC-07; semantics 3.1)."""
    device = case.device
    kind = _ROOT if device == devices.ROOT_DEVICE else case.volume.type
    return case.volume.on(
        _DONE,
        vm_id=case.vm.id,
        device_id=device,
        type=kind,
        attached_s=now_s,
        updated_s=now_s,
        plugged=True,
    )

"""deployVirtualMachine to recoverVirtualMachine: rules about VMs (semantics 4.1, 4.2, 4.3)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Template
from simulator.domain.records import Vm, Volume, VolumeType
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState
from simulator.domain.user_data import Content, content_rows

_USABLE = frozenset({VolumeState.ALLOCATED, VolumeState.CREATING, VolumeState.READY})
_STARTABLE = frozenset({VmState.STOPPED, VmState.RUNNING})
_EXPUNGEABLE = frozenset({VmState.DESTROYED, VmState.EXPUNGING, VmState.ERROR})
_ROOT, _RUNNING = VolumeType.ROOT, VmState.RUNNING
_GONE = frozenset({VmState.DESTROYED, VmState.EXPUNGING})


class Deploy(NamedTuple):
    """A VM someone wants, from a template or an ISO.

    *placement* is the parameter that chose where, "" for none, *network_zones* are those of the
    networks named, *root_gib* is the size wanted for the ROOT, None as the template says, and
    *data_size_known* is whether the data disk has a size.
    """

    dialect: Dialect
    template: Template | None
    zone_open: bool
    caller_may: bool
    placement: str
    caller_is_root: bool
    name_free: bool
    over_limit: str
    zone_id: str = ""
    network_zones: tuple[str, ...] = ()
    may_see: bool = True
    may_join: bool = True
    root_gib: int | None = None
    iso: bool = False
    complete: bool = True
    data_size_known: bool = True
    keys_known: bool = True
    content: Content = Content()

    @property
    def grows(self) -> bool:
        """Whether the ROOT would hold what the template has."""
        size = self.template.size_bytes if self.template and not self.iso else 0
        return self.root_gib is None or self.root_gib << 30 >= size


class OnVm(NamedTuple):
    """A VM someone wants to change; *volumes* are all it has, *doomed* those to go with it.

    *placed_by_other* is whether somebody chose where it starts who is no root admin.
    """

    dialect: Dialect
    vm: Vm
    volumes: tuple[Volume, ...]
    owner_enabled: bool = True
    may_expunge: bool = True
    placeable: bool = True
    vm_snapshots: bool = False
    placed_by_other: bool = False
    expunge: bool = False
    doomed: tuple[Volume, ...] = ()
    over_limit: str = ""
    grouped: bool = False

    @property
    def hint(self) -> str:
        """What else may be why no host is found: the VM's affinity groups."""
        return _HINT if self.grouped else ""

    @property
    def usable(self) -> bool:
        """Whether any volume could be given to the hypervisor."""
        return any(v.state in _USABLE for v in self.volumes)

    @property
    def root(self) -> Volume | None:
        """The ROOT volume, if there is one."""
        for volume in self.volumes:
            if volume.type is _ROOT:
                return volume
        return None

    @property
    def usable_root(self) -> bool:
        """Whether the ROOT could be given to the hypervisor."""
        root = self.root
        return root is not None and root.state in _USABLE

    @property
    def misfits(self) -> tuple[Volume, ...]:
        """The volumes to go with the VM that are no data disks of it."""
        return tuple(
            v for v in self.doomed if v.vm_id != self.vm.id or v.type is not VolumeType.DATADISK
        )

    @property
    def shielded(self) -> Volume | None:
        """The first volume to go that is protected from deletion."""
        return next((v for v in self.doomed if v.protected), None)

    @property
    def misfit_text(self) -> str:
        """Those volumes, spelt out."""
        return "".join(
            v.spelt(self.vm if v.vm_id == self.vm.id else None) + "; " for v in self.misfits
        )


R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK


def _content(case: Deploy) -> Content:
    return case.content


_HINT = (
    ", Please check the affinity groups provided, there may not be sufficient capacity to follow "
    "them"
)
_ORCHESTRATE = "Unable to orchestrate the start of {c.vm.short}."

# fmt: off
DEPLOY: Table[Deploy] = Table("deployVirtualMachine", (
    Rule("DEP-01", "the caller may deploy for the owner",
         lambda d: d.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("DEP-02", "only a root admin chooses where",
         lambda d: d.caller_is_root or not d.placement, R, Kind.DENIED,
         "Parameter {c.placement} can only be specified by a Root Admin, permission denied",
         "4.1/7"),
    Rule("DEP-03", "a disabled zone is for root admins",
         lambda d: d.zone_open, R, Kind.DENIED,
         "Cannot perform this operation, Zone is currently disabled", "6.1"),
    Rule("DEP-04", "the template is given and exists",
         lambda d: d.template is not None and not d.template.removed, R, Kind.PARAM,
         "Unable to use template", "4.1"),
    Rule("DEP-07", "the caller may see the template",
         lambda d: d.may_see, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("DEP-08", "a VM from an ISO comes with a hypervisor and a disk offering",
         lambda d: not d.iso or d.complete, R, Kind.PARAM,
         "hypervisor and diskofferingid parameters are needed to deploy a VM from an ISO", "4.1"),
    *content_rows("DEP", 52, "deploy", _content, "c.content"),
    Rule("DEP-51", "the owner has the key pairs of the VM",
         lambda d: d.keys_known, R, Kind.PARAM,
         "Not all specified keypairs exist", "UserVmManagerImpl"),
    Rule("DEP-09", "the networks of a VM are in its zone",
         lambda d: all(z == d.zone_id for z in d.network_zones), R, Kind.PARAM,
         "Network in zone {c.network_zones} doesn't belong to zone {c.zone_id}", "4.1"),
    Rule("DEP-10", "the caller may use the networks of the VM",
         lambda d: d.may_join, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("DEP-11", "the ROOT is larger than nothing",
         lambda d: d.root_gib is None or d.root_gib > 0, R, Kind.PARAM,
         "Root disk size should be a positive number. Current size is {c.root_gib}", "4.1"),
    Rule("DEP-12", "the ROOT is no smaller than its template",
         lambda d: d.grows, R, Kind.PARAM,
         "Unable to set root disk size: {c.root_gib} GB is smaller than the template", "4.1"),
    Rule("DEP-13", "a data disk of any size comes with one",
         lambda d: d.data_size_known, R, Kind.PARAM,
         "Disk offering requires size parameter.", "4.1"),
    Rule("DEP-05", "the VM's name is free",
         lambda d: d.name_free, R, Kind.PARAM,
         "The vm with hostName already exists in the network domain", "4.1"),
    Rule("DEP-06", "the owner's limits leave room for the VM",
         lambda d: not d.over_limit, R, Kind.LIMIT_API, "{c.over_limit}", "C15", "SPEC-03"),
))

START: Table[OnVm] = Table("startVirtualMachine", (
    Rule("STA-01", "the VM to start does not run",
         lambda s: s.vm.state is not _RUNNING, J, Kind.PARAM,
         "The virtual machine {c.vm.id} ({c.vm.display_name}) is already running", "4.1/3"),
    Rule("STA-02", "the owner of the VM is enabled",
         lambda s: s.owner_enabled, J, Kind.DENIED,
         "The owner of {c.vm.short} is disabled", "4.1/5"),
    Rule("STA-09", "only a root admin chooses where a VM starts",
         lambda s: not s.placed_by_other, J, Kind.DENIED,
         "Parameter hostid can only be specified by a Root Admin, permission denied", "4.1/7"),
    Rule("STA-03", "the VM has a usable volume",
         lambda s: s.usable, J, Kind.RUNTIME,
         "Unable to create deployment, no usable volumes found for the VM: {c.vm.id}",
         "4.1/8, S3", "SPEC-01"),
    Rule("STA-04", "the VM has a ROOT volume",
         lambda s: s.usable_root, J, Kind.RUNTIME,
         "Unable to deploy VM [{c.vm.id}] because the ROOT volume is missing.",
         "4.1/8, S2", "SPEC-01"),
    Rule("STA-05", "some host and its storage take the VM",
         lambda s: s.placeable, J, Kind.CAPACITY,
         "No destination found for a deployment for {c.vm.text}{c.hint}", "GT 1.4"),
    Rule("STA-06", "the VM's state knows a way to Starting",
         lambda s: s.vm.state in _STARTABLE, W, Kind.RUNTIME, _ORCHESTRATE, "C10"),
    Rule("STA-07", "the VM still has a ROOT volume",
         lambda s: s.usable_root, W, Kind.RUNTIME, _ORCHESTRATE, "C10, 4.1", "SPEC-01"),
    Rule("STA-08", "some host and its storage still take the VM",
         lambda s: s.placeable, W, Kind.RUNTIME, _ORCHESTRATE, "C10"),
))

REBOOT: Table[OnVm] = Table("rebootVirtualMachine", (
    Rule("REB-01", "the VM to reboot runs",
         lambda s: s.vm.state is _RUNNING, J, Kind.PARAM,
         "The VM {c.vm.id} ({c.vm.display_name}) is not running, unable to reboot it", "GT 4"),
))

DESTROY_VM: Table[OnVm] = Table("destroyVirtualMachine", (
    Rule("DSM-01", "the caller may expunge",
         lambda s: not s.expunge or s.may_expunge, J, Kind.DENIED,
         "Account does not have permission for expunging.", "4.2"),
    Rule("DSM-02", "the VM to destroy is not delete-protected",
         lambda s: not s.vm.protected, J, Kind.PARAM,
         "Instance [id = {c.vm.id}, name = {c.vm.name}] has delete protection enabled and cannot "
         "be deleted.", "GT 4"),
    Rule("DSM-03", "no snapshot of the ROOT is being taken",
         lambda s: s.root is None or s.root.state is not VolumeState.SNAPSHOTTING, J, Kind.RUNTIME,
         "There is/are unbacked up snapshot(s) on ROOT volume, vm destroy is not permitted, "
         "please try again later.", "4.2"),
    Rule("DSM-04", "the volumes to go are data disks of the VM",
         lambda s: not s.misfits, J, Kind.PARAM,
         "The following supplied volumes are not DATADISK attached to the VM: {c.misfit_text}",
         "4.2"),
    Rule("DSM-07", "the volumes to go are not delete-protected",
         lambda s: s.shielded is None, J, Kind.PARAM,
         "Volume [id = {c.shielded.id}, name = {c.shielded.name}] has delete protection enabled "
         "and cannot be deleted", "4.2"),
))

EXPUNGE: Table[OnVm] = Table("expungeVirtualMachine", (
    Rule("EXP-02", "the VM to expunge is destroyed",
         lambda s: s.vm.state in _EXPUNGEABLE, J, Kind.RUNTIME,
         "Please destroy vm with specified vmId before expunge", "4.2"),
    Rule("EXP-01", "the caller may expunge the VM",
         lambda s: s.may_expunge, J, Kind.DENIED,
         "Expunging a vm can only be done by an Admin. Or when the "
         "allow.user.expunge.recover.vm key is set.", "4.2"),
))

RECOVER_VM: Table[OnVm] = Table("recoverVirtualMachine", (
    Rule("RCM-01", "the caller may recover VMs",
         lambda s: s.may_expunge, R, Kind.DENIED,
         "Recovering a vm can only be done by an Admin. Or when the "
         "allow.user.expunge.recover.vm key is set.", "C16"),
    Rule("RCM-02", "the VM to recover is Destroyed",
         lambda s: s.vm.state is VmState.DESTROYED, R, Kind.PARAM,
         "Vm with id {c.vm.id} is not in the right state", "4.2"),
    Rule("RCM-05", "the owner's limits leave room for the VM to recover",
         lambda s: not s.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
))
# fmt: on


def gone(vm: Vm) -> bool:
    """Return whether a destroy without expunge has nothing left to do."""
    return vm.state in _GONE

"""restoreVirtualMachine: what may be reinstalled, and how large the new ROOT is (semantics 4.3)."""

from typing import NamedTuple

from simulator.domain.details import gib
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, Hypervisor, Template
from simulator.domain.records import USER_KINDS, Account, Vm, VmKind, Volume, VolumeType
from simulator.domain.registering import ISO
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

_STEADY = frozenset({VmState.RUNNING, VmState.STOPPED})
_GIB = 1 << 30
J, W = Phase.JOB, Phase.WORK


class Reinstall(NamedTuple):
    """A VM someone wants to reinstall; *volumes* are all it has.

    *template* is what the new ROOT is made from and *current* the VM's own, None where they are
    gone; *asked* is whether the caller named the template, *wanted* the size asked for as text,
    *offering* the disk offering of the new ROOT, *caller_text* spells who asks.
    """

    dialect: Dialect
    vm: Vm
    owner: Account
    volumes: tuple[Volume, ...]
    template: Template | None
    current: Template | None
    asked: bool = False
    wanted: str | None = None
    offering: DiskOffering | None = None
    details_fault: str = ""
    vm_snapshots: bool = False
    may_see: bool = True
    over_limit: str = ""
    expunge: bool = False
    may_expunge: bool = True
    caller_text: str = ""

    @property
    def roots(self) -> int:
        """How many ROOT volumes there are."""
        return sum(v.type is VolumeType.ROOT for v in self.volumes)

    @property
    def root(self) -> Volume | None:
        """The ROOT volume, if there is one."""
        return next((v for v in self.volumes if v.type is VolumeType.ROOT), None)

    @property
    def measure(self) -> Template | None:
        """What the size of the new ROOT is held against before the VM's turn."""
        return self.template if self.asked else self.current

    @property
    def template_text(self) -> str:
        """The template as a refusal spells it."""
        return self.template.text if self.template else ""

    @property
    def large_enough(self) -> bool:
        """Whether the size asked for holds the template."""
        size, template = gib(self.wanted), self.measure
        return size is None or template is None or size * _GIB >= template.size_bytes

    @property
    def offering_bytes(self) -> int:
        """The size the offering gives, 0 where it leaves it open."""
        return self.offering.size_gib * _GIB if self.offering else 0

    @property
    def offering_holds(self) -> bool:
        """Whether the offering holds the template, where no size is asked for."""
        template = self.measure
        open_size = self.offering is None or gib(self.wanted) is not None
        return open_size or template is None or self.offering_bytes >= template.size_bytes

    @property
    def blank(self) -> bool:
        """Whether the ROOT came from no template."""
        return self.root is not None and self.root.template_id is None

    @property
    def from_iso(self) -> bool:
        """Whether the caller names an ISO."""
        return self.asked and self.template is not None and self.template.image_format == ISO

    @property
    def here(self) -> bool:
        """Whether the template is in the VM's zone."""
        return self.template is None or self.template.zone_id in {None, self.vm.zone_id}

    @property
    def expunges(self) -> bool:
        """Whether the old ROOT goes for good."""
        return self.expunge or (self.root is not None and self.root.state is VolumeState.ALLOCATED)

    @property
    def replaces(self) -> bool:
        """Whether there is anything to do: a ROOT nobody created yet stays as it is."""
        fresh = self.root is not None and self.root.state is VolumeState.ALLOCATED
        return not fresh or self.asked or self.offering is not None


# fmt: off
RESTORE: Table[Reinstall] = Table("restoreVirtualMachine", (
    Rule("RST-07", "the details of a reinstall are taken",
         lambda s: not s.details_fault, J, Kind.PARAM, "{c.details_fault}", "GT 4"),
    Rule("RST-08", "the VM to reinstall is a user's",
         lambda s: s.vm.kind in USER_KINDS, J, Kind.PARAM,
         "Cannot find VM with ID {c.vm.db_id}", "4.3"),
    Rule("RST-09", "the VM to reinstall is no shared file system",
         lambda s: s.vm.kind is not VmKind.SHARED_FS, J, Kind.PARAM,
         "Operation not supported on Shared FileSystem Instance", "4.3"),
    Rule("RST-10", "the VM to reinstall is not on an external hypervisor",
         lambda s: s.vm.hypervisor is not Hypervisor.EXTERNAL, J, Kind.PARAM,
         "Operation not supported for instance: {c.vm.name}", "4.3"),
    Rule("RST-11", "the template of a VM to reinstall still exists",
         lambda s: s.asked or s.current is not None, J, Kind.PARAM,
         "Cannot find template linked with VM", "4.3"),
    Rule("RST-12", "the size asked for holds the template",
         lambda s: s.large_enough, J, Kind.PARAM,
         "Root disk size [{c.wanted}] is smaller than the template size "
         "[{c.measure.size_bytes}]", "4.3"),
    Rule("RST-13", "the offering of the new ROOT holds the template",
         lambda s: s.offering_holds, J, Kind.PARAM,
         "Disk size for selected offering [{c.offering_bytes}] is less than the template's size "
         "[{c.measure.size_bytes}]", "4.3"),
    Rule("RST-14", "no snapshot of the ROOT to replace is being taken",
         lambda s: s.root is None or s.root.state is not VolumeState.SNAPSHOTTING, J, Kind.RUNTIME,
         "There is/are unbacked up snapshot(s) on ROOT volume, Re-install VM is not permitted, "
         "please try again later.", "4.3"),
    Rule("RST-15", "the owner of a VM to reinstall is enabled",
         lambda s: s.owner.enabled, W, Kind.DENIED,
         "The owner of {c.vm.text} is disabled: {c.owner.text}", "4.3"),
    Rule("RST-01", "the VM to restore is Running or Stopped",
         lambda s: s.vm.state in _STEADY, W, Kind.RUNTIME,
         "Vm {c.vm.id} currently in {c.vm.state} state, restore vm can only execute when VM in "
         "Running or Stopped", "4.3"),
    Rule("RST-02", "the VM to restore has a ROOT volume",
         lambda s: s.root is not None, W, Kind.PARAM,
         "Can not find root volume for VM {c.vm.id}", "4.3, S38", "SPEC-01"),
    Rule("RST-03", "the VM to restore has one ROOT volume",
         lambda s: s.roots <= 1, W, Kind.PARAM,
         "There are {c.roots} root volumes for VM {c.vm.id}", "4.3"),
    Rule("RST-04", "the VM to restore has no VM snapshots",
         lambda s: not s.vm_snapshots, W, Kind.PARAM,
         "Unable to restore VM, please remove VM snapshots before restoring VM", "4.3"),
    Rule("RST-16", "the caller may use the template of a reinstall",
         lambda s: not s.asked or s.may_see, W, Kind.DENIED,
         "Account {c.caller_text} does not have permission to launch instances from template "
         "{c.template_text}", "6.1", "SPEC-03"),
    Rule("RST-05", "a blank ROOT is restored without a template",
         lambda s: not (s.blank and s.asked and not s.from_iso), W, Kind.PARAM,
         "VM has been created using an ISO therefore it can not be re-installed with a template",
         "GT 4"),
    Rule("RST-17", "a ROOT of a template is restored without an ISO",
         lambda s: s.blank or not s.from_iso, W, Kind.PARAM,
         "Invalid template id provided to restore the VM ", "4.3"),
    Rule("RST-06", "a blank ROOT is restored from an ISO",
         lambda s: s.asked or not s.blank or s.vm.iso_id is not None, W, Kind.RUNTIME,
         "Cannot restore the VM since there is no ISO attached to VM", "GT 4"),
    Rule("RST-18", "the template or ISO of a ROOT to restore still exists",
         lambda s: s.template is not None, W, Kind.PARAM,
         "Cannot find template/ISO for specified volumeid and vmId", "4.3"),
    Rule("RST-19", "the template of a reinstall is in the VM's zone",
         lambda s: s.here, W, Kind.PARAM,
         "Cannot restore the vm as the template {c.template.id} isn't available in the zone",
         "4.3"),
    Rule("RST-20", "the owner's limits leave room for a larger ROOT",
         lambda s: not s.over_limit, W, Kind.RUNTIME,
         "Failed to restore VM {c.vm.id} due to {c.over_limit}", "6.2", "SPEC-03",
         unless=Flag.RESTORE_BEYOND_LIMIT),
))

REPLACE_ROOT: Table[Reinstall] = Table("restoreVirtualMachine, the old ROOT", (
    Rule("RST-21", "the ROOT to replace is not delete-protected",
         lambda s: s.root is None or not s.root.protected, W, Kind.PARAM,
         "Volume [id = {c.root.id}, name = {c.root.name}] has delete protection enabled and cannot "
         "be deleted.", "4.3"),
    Rule("RST-22", "the caller may expunge the ROOT to replace",
         lambda s: not s.expunges or s.may_expunge, W, Kind.DENIED,
         "Expunging a volume can only be done by an Admin. Or when the "
         "allow.user.expunge.recover.volume key is set.", "4.3"),
))
# fmt: on


def new_root_bytes(case: Reinstall, detail: str | None) -> tuple[int, str | None]:
    """Return (size of the new ROOT, what the VM's detail of it becomes); *detail* is what it is.

    The template's size, or that of the detail where it is larger; an offering of a fixed size
    wins over both, and the size asked for over everything.
    """
    root, template, known = case.root, case.template, gib(detail)
    size = template.size_bytes if template else root.size_bytes if root else 0
    if known is not None and size >= known * _GIB:
        detail = None
    elif known is not None:
        size = known * _GIB
    if case.offering is not None and not case.offering.custom:
        size = case.offering_bytes
    wanted = gib(case.wanted)
    if wanted is not None:
        return wanted * _GIB, case.wanted
    return size, detail

"""startVirtualMachine to recoverVirtualMachine: rules about VMs (semantics 4.1, 4.2, 4.3)."""

from typing import NamedTuple

from simulator.domain.compute_offerings import PLANNERS
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Hypervisor
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

_USABLE = frozenset({VolumeState.ALLOCATED, VolumeState.CREATING, VolumeState.READY})
_STARTABLE = frozenset({VmState.STOPPED, VmState.RUNNING})
_EXPUNGEABLE = frozenset({VmState.DESTROYED, VmState.EXPUNGING, VmState.ERROR})
_ROOT, _RUNNING = VolumeType.ROOT, VmState.RUNNING
_GONE = frozenset({VmState.DESTROYED, VmState.EXPUNGING})


class OnVm(NamedTuple):
    """A VM someone wants to change; *volumes* are all it has, *doomed* those to go with it.

    *placed_by* is the parameter by which somebody who is no root admin chose where it starts, ""
    for none. *host* is the one asked for; *capable* is whether it has the CPUs, *roomy* whether it
    has the memory left; *placed* is whether any place is asked for. *setup* is whether it shall
    boot into its hardware's menu, *planner* the name of what shall choose its host, None for the
    usual. *tags_known* is whether some host has the tags of its offering, or a host was chosen.
    """

    dialect: Dialect
    vm: Vm
    volumes: tuple[Volume, ...]
    may_expunge: bool = True
    placeable: bool = True
    vm_snapshots: bool = False
    placed_by: str = ""
    expunge: bool = False
    role_expunges: bool = True
    doomed: tuple[Volume, ...] = ()
    over_limit: str = ""
    grouped: bool = False
    owner: Account | None = None
    host: Host | None = None
    capable: bool = True
    roomy: bool = True
    setup: bool = False
    planner: str | None = None
    placed: bool = False
    tags_known: bool = True

    @property
    def queues_anyway(self) -> bool:
        """Whether the start goes on though no host is found at first: the ROOT has its storage."""
        root = self.root
        return root is not None and root.state is VolumeState.READY and not self.placed

    @property
    def starting_text(self) -> str:
        """The VM as messages spell it while it starts."""
        return self.vm._replace(state=VmState.STARTING).text

    @property
    def hint(self) -> str:
        """What else may be why no host is found: the VM's affinity groups."""
        return _HINT if self.grouped else ""

    @property
    def capable_text(self) -> str:
        """Whether the host asked for has the CPUs, as old releases say it."""
        return str(self.capable).lower()

    @property
    def roomy_text(self) -> str:
        """Whether the host asked for has the memory left, as old releases say it."""
        return str(self.roomy).lower()

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


_HINT = (
    ", Please check the affinity groups provided, there may not be sufficient capacity to follow "
    "them"
)
_NO_EXPUNGING = "Account does not have permission for expunging."
_SOURCE = "UserVmManagerImpl"
_ORCHESTRATE = "Unable to orchestrate the start of {c.vm.short}."

# fmt: off
START: Table[OnVm] = Table("startVirtualMachine", (
    Rule("STA-01", "the VM to start does not run",
         lambda s: s.vm.state is not _RUNNING, J, Kind.PARAM,
         "The virtual machine {c.vm.id} ({c.vm.display_name}) is already running", "4.1/3"),
    Rule("STA-02", "the owner of the VM is not disabled",
         lambda s: s.owner is None or s.owner.state != "disabled", J, Kind.DENIED,
         "The owner of {c.vm.text} is disabled: {c.owner.text}", "4.1/5"),
    Rule("STA-09", "only a root admin chooses where a VM starts",
         lambda s: not s.placed_by, J, Kind.DENIED,
         "Parameter {c.placed_by} can only be specified by a Root Admin, permission denied",
         "4.1/7"),
    Rule("STA-11", "the host asked for has the CPUs of the VM",
         lambda s: s.host is None or s.capable, J, Kind.PARAM,
         "Cannot deploy the VM to specified host {c.host.text}, requested CPU and speed is more "
         "than the host capability", "4.1/7"),
    Rule("STA-12", "the host asked for has memory left for the VM",
         lambda s: s.host is None or s.roomy, J, Kind.PARAM,
         "Cannot deploy the VM to specified host {c.host.text}, host does not have enough free CPU "
         "or RAM, please check the logs", "4.1/7"),
    Rule("STA-13", "only VMware starts into the menu of the hardware",
         lambda s: not s.setup or s.vm.hypervisor is Hypervisor.VMWARE, J, Kind.PARAM,
         "bootintosetup makes no sense for {c.vm.hypervisor}", _SOURCE),
    Rule("STA-14", "what shall choose the host of the VM is known",
         lambda s: s.planner is None or s.planner in PLANNERS, J, Kind.PARAM,
         "Can't find a planner by name {c.planner}", _SOURCE),
    Rule("STA-15", "some host has the tags of the VM's offering",
         lambda s: s.tags_known or s.placeable, J, Kind.RUNTIME, "No suitable host found.",
         "FirstFitPlanner", unless=Flag.HOST_TAGS_LATE),
    Rule("STA-03", "the VM has a usable volume",
         lambda s: s.usable, J, Kind.RUNTIME,
         "Unable to create deployment, no usable volumes found for the VM: {c.vm.id}",
         "4.1/8, S3", "SPEC-01"),
    Rule("STA-04", "the VM has a ROOT volume",
         lambda s: s.usable_root, J, Kind.RUNTIME,
         "Unable to deploy VM [{c.vm.id}] because the ROOT volume is missing.",
         "4.1/8, S2", "SPEC-01"),
    Rule("STA-05", "some host and its storage take a VM whose ROOT has none, or as asked for",
         lambda s: s.placeable or s.queues_anyway, J, Kind.CAPACITY,
         "No destination found for a deployment for {c.vm.text}{c.hint}", "GT 1.4"),
    Rule("STA-06", "the VM's state knows a way to Starting",
         lambda s: s.vm.state in _STARTABLE, W, Kind.RUNTIME, _ORCHESTRATE, "C10"),
    Rule("STA-07", "the VM still has a ROOT volume",
         lambda s: s.usable_root, W, Kind.RUNTIME, _ORCHESTRATE, "C10, 4.1", "SPEC-01"),
    Rule("STA-08", "some host and its storage still take the VM",
         lambda s: s.placeable, W, Kind.RUNTIME,
         "Unable to start a VM [{c.vm.id}] due to [Unable to create a deployment for "
         "{c.starting_text}].", "VirtualMachineManagerImpl.start"),
))

REBOOT: Table[OnVm] = Table("rebootVirtualMachine", (
    Rule("REB-01", "the VM to reboot runs",
         lambda s: s.vm.state is _RUNNING, J, Kind.PARAM,
         "The VM {c.vm.id} ({c.vm.display_name}) is not running, unable to reboot it", "GT 4"),
    Rule("REB-03", "only VMware reboots into the menu of the hardware",
         lambda s: not s.setup or s.vm.hypervisor is Hypervisor.VMWARE, J, Kind.PARAM,
         "Booting into a hardware setup menu is not implemented on {c.vm.hypervisor}", _SOURCE),
))

DESTROY_VM: Table[OnVm] = Table("destroyVirtualMachine", (
    Rule("DSM-01", "the caller may expunge",
         lambda s: not s.expunge or s.may_expunge, J, Kind.DENIED,
         _NO_EXPUNGING, "4.2"),
    Rule("DSM-08", "the caller's role may expunge",
         lambda s: not s.expunge or s.role_expunges, J, Kind.DENIED,
         _NO_EXPUNGING, "UserVmManagerImpl, versions 19",
         unless=Flag.EXPUNGE_ROLE_NOT_ASKED),
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

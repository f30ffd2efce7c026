"""updateVirtualMachine, changeServiceForVirtualMachine, scaleVirtualMachine (semantics 4.3)."""

from collections.abc import Mapping
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.hostnames import NAME_FORM, well_named
from simulator.domain.inventory import Hypervisor, ServiceOffering
from simulator.domain.records import Vm, VmKind
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState
from simulator.domain.user_data import Content, content_rows

R, J = Phase.REQUEST, Phase.JOB
_STEADY = frozenset({VmState.RUNNING, VmState.STOPPED})
_UNCHANGEABLE = frozenset({VmState.ERROR, VmState.EXPUNGING})
_SCALABLE = frozenset(
    {Hypervisor.XENSERVER, Hypervisor.VMWARE, Hypervisor.SIMULATOR, Hypervisor.KVM}
)


class UpdateVm(NamedTuple):
    """A VM whose record shall change; *taken* tells of the VM that has the name already.

    *details* are those to be written, *restricted* and *read_only* the ones of them that the
    caller may not touch, *scalable* and *ha* what he wants of dynamic scaling and of HA.
    """

    dialect: Dialect
    vm: Vm
    name: str | None
    taken: str = ""
    details: Mapping[str, str] = {}
    restricted: str = ""
    read_only: str = ""
    over_limit: str = ""
    scalable: bool = False
    ha: bool = False
    content: Content = Content()


class Upgrade(NamedTuple):
    """A VM that shall have another compute offering.

    *old* and *new* have the sizes that the VM has and shall have, *dynamic* is whether VMs may
    be scaled while they run, *root_local* whether the ROOT lies on a host's own storage,
    *tagged* whether the new offering must have the tags of the old one.
    """

    dialect: Dialect
    vm: Vm
    old: ServiceOffering
    new: ServiceOffering
    dynamic: bool = False
    root_local: bool = False
    tagged: bool = True
    over_limit: str = ""

    @property
    def runs(self) -> bool:
        """Whether the VM is not Stopped."""
        return self.vm.state is not VmState.STOPPED

    @property
    def has_it(self) -> bool:
        """Whether the VM has the offering already, and cannot have it in another size."""
        return self.old.id == self.new.id and not self.new.dynamic

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """MiB, MHz and cores: what the VM has and what it shall have."""
        old, new = self.old, self.new
        return (
            (old.memory_mib, new.memory_mib),
            (old.cpu_mhz, new.cpu_mhz),
            (old.cpu_count, new.cpu_count),
        )

    @property
    def grows(self) -> bool:
        """Whether nothing gets less, and something more."""
        return all(a <= b for a, b in self.sizes) and any(a < b for a, b in self.sizes)

    @property
    def new_text(self) -> str:
        """The size the VM shall have, as a refusal spells it."""
        return _size_text(self.new)

    @property
    def old_text(self) -> str:
        """The size the VM has, as a refusal spells it."""
        return _size_text(self.old)

    @property
    def old_tags(self) -> str:
        """The storage tags of the old offering."""
        return f"[{', '.join(sorted(self.old.tags))}]"

    @property
    def new_tags(self) -> str:
        """The storage tags of the new offering."""
        return f"[{', '.join(sorted(self.new.tags))}]"


def _size_text(offering: ServiceOffering) -> str:
    size = (offering.memory_mib, offering.cpu_mhz, offering.cpu_count)
    return '{{"memory": {}, "speed": {}, "cpu": {}}}'.format(*size)


def _given(case: UpdateVm) -> Content:
    return case.content


NO_UPDATE = "Failed to update VM, due to: "
"""What stands before a refusal of updateVirtualMachine, but for that of a name."""
_STATE_TEXT = "Unable to upgrade virtual machine {c.vm.text}  in state {c.vm.state}; make sure "
_OTHER_STORAGE = "Unable to upgrade virtual machine {c.vm.text}, target offering use "
_NOT_HERE = "Dynamic Scaling cannot be enabled for the VM since its template does not have "

# fmt: off
UPDATE_VM: Table[UpdateVm] = Table("updateVirtualMachine", (
    Rule("UPM-10", "the new name of the VM is a host name",
         lambda u: u.name is None or well_named(u.name), R, Kind.MALFORMED,
         "Unable to execute API command updatevirtualmachine due to invalid value. Invalid value "
         f"provided for API arg: name - it {NAME_FORM}", "4.3"),
    Rule("UPM-03", "the VM to update is no shared file system",
         lambda u: u.vm.kind is not VmKind.SHARED_FS, R, Kind.PARAM,
         "Operation not supported on Shared FileSystem Instance", "4.3"),
    *content_rows("UPM", 11, "give to a VM at once", _given, "c.content"),
    Rule("UPM-04", "the details of a VM are no extra configuration",
         lambda u: "extraconfig" not in u.details, R, Kind.PARAM,
         "'extraconfig' should not be included in details as key", "4.3"),
    Rule("UPM-05", "details that an administrator alone may set are left alone",
         lambda u: not u.restricted, R, Kind.PARAM,
         "You're not allowed to add or edit the restricted setting: {c.restricted}", "4.3"),
    Rule("UPM-06", "details that are read-only are left alone",
         lambda u: not u.read_only, R, Kind.PARAM,
         "You're not allowed to add or edit the read-only setting: {c.read_only}", "4.3"),
    Rule("UPM-07", "the owner's limits leave room for the new size of a VM",
         lambda u: not u.over_limit, R, Kind.PARAM, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("UPM-01", "the VM to update is neither in Error nor Expunging",
         lambda u: u.vm.state not in _UNCHANGEABLE, R, Kind.PARAM,
         "Vm {c.vm.text} is not in the right state", "4.3"),
    Rule("UPM-08", "a VM of an offering without HA has none",
         lambda u: not u.ha, R, Kind.PARAM,
         "Can't enable ha for the vm as it's created from the Service offering having HA disabled",
         "4.3"),
    Rule("UPM-09", "a VM of a template without dynamic scaling has none",
         lambda u: not u.scalable, R, Kind.PARAM, _NOT_HERE + "dynamic scaling enabled", "4.3"),
    Rule("UPM-02", "the new name of the VM is free",
         lambda u: not u.taken, R, Kind.PARAM, "{c.taken}", "4.3"),
))

CHANGE_SERVICE: Table[Upgrade] = Table("changeServiceForVirtualMachine", (
    Rule("CHS-01", "a VM whose offering is changed is Stopped",
         lambda s: s.vm.state is VmState.STOPPED, R, Kind.PARAM,
         _STATE_TEXT + "the virtual machine is stopped", "4.3"),
))

UPGRADE_STOPPED: Table[Upgrade] = Table("a new offering for a Stopped VM", (
    Rule("UPG-01", "the new offering of a Stopped VM was not deleted",
         lambda s: s.runs or not s.new.inactive, R, Kind.PARAM,
         "Unable to upgrade virtual machine {c.vm.id} with an inactive service offering "
         "{c.new.id}", "4.3"),
))

UPGRADE: Table[Upgrade] = Table("a new offering for a VM", (
    Rule("UPG-02", "the owner's limits leave room for the new size of a Stopped VM",
         lambda s: s.runs or not s.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("UPG-03", "the new offering of a VM was not deleted",
         lambda s: not s.new.inactive, R, Kind.PARAM,
         "New service offering is inactive: [{c.new.id}].", "4.3"),
    Rule("UPG-04", "the VM to give another offering is Running or Stopped",
         lambda s: s.vm.state in _STEADY, R, Kind.PARAM,
         _STATE_TEXT + "the virtual machine is stopped/running", "4.3"),
    Rule("UPG-05", "the VM does not have the compute offering already",
         lambda s: not s.has_it, R, Kind.PARAM,
         "Not upgrading vm {c.vm.text} since it already has the requested service offering "
         "({c.new.name})", "4.3"),
    Rule("UPG-06", "a ROOT on shared storage goes to no local offering",
         lambda s: s.root_local or not s.new.local, R, Kind.PARAM,
         _OTHER_STORAGE + "local storage but the storage pool where the volume is allocated is a "
         "shared storage.", "4.3"),
    Rule("UPG-07", "a ROOT on local storage goes to no shared offering",
         lambda s: not s.root_local or s.new.local, R, Kind.PARAM,
         _OTHER_STORAGE + "shared storage but the storage pool where the volume is allocated is a "
         "local storage.", "4.3"),
    Rule("UPG-08", "the offerings are both of the system or neither is",
         lambda s: s.old.system == s.new.system, R, Kind.PARAM,
         "isSystem property is different for current service offering and new service offering",
         "4.3"),
    Rule("UPG-09", "the new offering has the storage tags of the old one",
         lambda s: not s.tagged or s.old.tags <= s.new.tags, R, Kind.PARAM,
         "Unable to upgrade virtual machine; the current service offering  should have tags as "
         "subset of the new service offering tags. Current service offering tags: {c.old_tags}; "
         "new service offering tags: {c.new_tags}", "4.3"),
))

SCALE: Table[Upgrade] = Table("scaleVirtualMachine", (
    Rule("SCA-05", "a VM on an external hypervisor is not scaled",
         lambda s: s.vm.hypervisor is not Hypervisor.EXTERNAL, J, Kind.PARAM,
         "Operation not supported for instance: {c.vm.name}", "4.3"),
    Rule("SCA-06", "a VM that is not Stopped is on a hypervisor that can scale it",
         lambda s: not s.runs or s.vm.hypervisor in _SCALABLE, J, Kind.PARAM,
         "Scaling the VM dynamically is not supported for VMs running on Hypervisor "
         "[{c.vm.hypervisor}].", "4.3"),
))

SCALE_RUNNING: Table[Upgrade] = Table("scaleVirtualMachine, Running", (
    Rule("SCA-07", "the offerings both have dynamic scaling or neither has",
         lambda s: s.old.scalable == s.new.scalable, J, Kind.PARAM,
         "Unable to Scale VM: since dynamic scaling enabled flag is not same for new service "
         "offering and old service offering", "4.3"),
    Rule("SCA-08", "a Running VM gets larger",
         lambda s: s.grows, J, Kind.PARAM,
         "While the VM is running, only scalling up it is supported. New service offering "
         "{c.new_text} should have at least one value (ram, speed or cpu) greater than the current "
         "values {c.old_text}.", "GT 4"),
    Rule("SCA-09", "a Running VM on KVM has a customized offering",
         lambda s: s.vm.hypervisor is not Hypervisor.KVM or s.old.dynamic, J, Kind.PARAM,
         'Unable to live scale VM on KVM when current service offering is a "Fixed Offering". KVM '
         'needs the tag "maxMemory" to live scale and it is only configured when VM is deployed '
         'with a custom service offering and "Dynamic Scalable" is enabled.', "4.3"),
    Rule("SCA-10", "the owner's limits leave room for the new size of a Running VM",
         lambda s: not s.over_limit, J, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("SCA-04", "a Running VM is scaled where that is enabled",
         lambda s: s.dynamic, J, Kind.DENIED,
         "Dynamically scaling virtual machines is disabled for this zone, please contact your "
         "admin.", "GT 4"),
    Rule("SCA-11", "a VM to scale while it runs has the tools for it",
         lambda s: s.vm.state is not VmState.RUNNING, J, Kind.RUNTIME,
         "Unable to scale {c.vm.text} as it does not have tools to support dynamic scaling.",
         "GT 4"),
))
# fmt: on

"""deployVirtualMachine: whether, for whom and where a VM may be made (semantics 4.1)."""

from collections.abc import Mapping
from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.details import SIZE_NAMES, fault
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.hostnames import NAME_FORM, well_named
from simulator.domain.inventory import (
    DiskOffering,
    Host,
    Hypervisor,
    ServiceOffering,
    Template,
    Zone,
)
from simulator.domain.records import Account
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.user_data import Content, content_rows

R = Phase.REQUEST
BOOT_TYPES, BOOT_MODES = ("UEFI", "BIOS"), ("LEGACY", "SECURE")
_TEMPLATES_OF_ALL = frozenset({Hypervisor.NONE, Hypervisor.ANY})


class Deploy(NamedTuple):
    """A VM someone wants, from a template or an ISO.

    *hypervisor* is the one asked for, NONE where none is or nobody knows it. *boot_type* and
    *boot_mode* are as asked for, "" for none. *host* was chosen, by somebody who is no root admin
    if *placed_by_other*. *barred* is the id of a network that the owner may not use, *isolated*
    how many networks of his own he could mean who names none.
    """

    dialect: Dialect
    owner: Account
    compute: ServiceOffering
    zone: Zone
    template: Template | None
    caller_may: bool = True
    caller_is_root: bool = False
    name: str | None = None
    details: Mapping[str, str] = {}
    boot_type: str = ""
    boot_mode: str = ""
    disk: DiskOffering | None = None
    hypervisor: Hypervisor = Hypervisor.NONE
    host: Host | None = None
    placed_by_other: bool = False
    barred: str = ""
    isolated: int = 0
    content: Content = Content()

    @property
    def details_fault(self) -> str:
        """Why the details are not taken, "" where they are."""
        return fault(self.details)

    @property
    def boots_as(self) -> str:
        """The boot type as the server reads it."""
        return self.boot_type.strip().upper()

    @property
    def boot_known(self) -> bool:
        """Whether the boot type is known, or none is asked for."""
        return not self.boots_as or self.boots_as in BOOT_TYPES

    @property
    def mode_known(self) -> bool:
        """Whether the boot mode that comes with a boot type is known, or none is given."""
        mode = self.boot_mode.strip().upper()
        return not self.boots_as or not mode or mode in BOOT_MODES

    @property
    def mode_given(self) -> bool:
        """Whether a boot mode is given."""
        return bool(self.boot_mode.strip())

    @property
    def sized(self) -> bool:
        """Whether the details say a size of the VM."""
        return any(name.lower() in SIZE_NAMES for name in self.details)

    @property
    def runs_on(self) -> Hypervisor:
        """What the VM would run on: what its template is made for, else what is asked for."""
        made_for = self.template.hypervisor if self.template else Hypervisor.NONE
        return self.hypervisor if made_for in _TEMPLATES_OF_ALL else made_for

    @property
    def agreed(self) -> bool:
        """Whether the hypervisor asked for is the template's, if both are said."""
        return self.hypervisor in _TEMPLATES_OF_ALL or self.runs_on is self.hypervisor


_NO_MODE = (
    'Cannot invoke "org.apache.cloudstack.api.ApiConstants$BootMode.toString()" because the '
    'return value of "org.apache.cloudstack.api.command.user.vm.DeployVMCmd.getBootMode()" is null'
)
_NO_LOCAL = "Zone is not configured to use local storage but disk offering {c."

# fmt: off
DEPLOY: Table[Deploy] = Table("deployVirtualMachine", (
    Rule("DEP-14", "the name of a VM is a host name",
         lambda d: d.name is None or well_named(d.name), R, Kind.MALFORMED,
         "Unable to execute API command deployvirtualmachine due to invalid value. Invalid value "
         f"provided for API arg: name - it {NAME_FORM}", "4.1"),
    Rule("DEP-01", "the caller may deploy for the owner",
         lambda d: d.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("DEP-04", "a template is given",
         lambda d: d.template is not None, R, Kind.RUNTIME,
         "Please provide only one of the following parameters - template ID, volume ID or snapshot "
         "ID", "4.1"),
    Rule("DEP-15", "the boot type is known",
         lambda d: d.boot_known, R, Kind.PARAM,
         "Invalid bootType {c.boot_type}Specified for vm {c.name} Valid values are: [UEFI, BIOS]",
         "4.1"),
    Rule("DEP-16", "the boot mode is known",
         lambda d: d.mode_known, R, Kind.PARAM,
         "Invalid bootmode: {c.boot_mode} specified for VM: {c.name}. Valid values are: [LEGACY, "
         "SECURE]", "4.1"),
    Rule("DEP-17", "the boot type UEFI comes with a mode",
         lambda d: d.boots_as != "UEFI" or d.mode_given, R, Kind.PARAM,
         "bootmode must be specified for the VM with boot type: UEFI. Valid values are: [LEGACY, "
         "SECURE]", "4.1"),
    Rule("DEP-18", "the boot type BIOS comes with a mode",
         lambda d: d.boots_as != "BIOS" or d.mode_given, R, Kind.UNCAUGHT, _NO_MODE, "4.1"),
    Rule("DEP-19", "the details of a VM are taken",
         lambda d: not d.details_fault, R, Kind.PARAM, "{c.details_fault}", "4.1"),
    Rule("DEP-20", "the compute offering of a VM was not deleted",
         lambda d: not d.compute.inactive, R, Kind.PARAM,
         "Service offering is inactive: [{c.compute.id}].", "4.1"),
    Rule("DEP-21", "a VM of a fixed offering comes without a size",
         lambda d: d.compute.dynamic or not d.sized, R, Kind.PARAM,
         "cpuNumber or cpuSpeed or memory should not be specified for static service offering",
         "GT 4"),
    Rule("DEP-22", "a local compute offering comes with a zone that has local storage",
         lambda d: d.zone.local_storage or not d.compute.local, R, Kind.PARAM,
         _NO_LOCAL + "compute.name} mapped in service offering uses it", "4.1"),
    Rule("DEP-23", "a local disk offering comes with a zone that has local storage",
         lambda d: d.zone.local_storage or d.disk is None or not d.disk.local, R, Kind.PARAM,
         _NO_LOCAL + "disk.name} uses it", "4.1"),
    *content_rows("DEP", 52, "deploy", lambda d: d.content, "c.content"),
    Rule("DEP-02", "only a root admin chooses where",
         lambda d: not d.placed_by_other, R, Kind.DENIED,
         "Parameter hostid can only be specified by a Root Admin, permission denied", "4.1/7"),
    Rule("DEP-24", "the host chosen is up and takes VMs",
         lambda d: d.host is None or (d.host.enabled and d.host.state == "Up"), R, Kind.PARAM,
         "Unable to deploy the VM as the host: {c.host.name} is not in the right state", "4.1"),
    Rule("DEP-10", "the owner may use the networks of the VM",
         lambda d: not d.barred, R, Kind.DENIED,
         "Unable to use network with id= {c.barred}, permission denied", "6.1", "SPEC-03"),
    Rule("DEP-25", "who names no network has one of his own at most",
         lambda d: d.isolated <= 1, R, Kind.PARAM,
         "More than 1 default Isolated networks are found for account {c.owner.text}; please "
         "specify networkIds", "4.1"),
    Rule("DEP-08", "a VM from an ISO comes with a hypervisor",
         lambda d: d.runs_on not in _TEMPLATES_OF_ALL, R, Kind.PARAM,
         "hypervisor parameter is needed to deploy VM or the hypervisor parameter value passed is "
         "invalid", "4.1"),
    Rule("DEP-27", "the hypervisor asked for is the template's",
         lambda d: d.agreed, R, Kind.PARAM,
         "Hypervisor passed to the deployVm call, is different from the hypervisor type of the "
         "template", "4.1"),
    Rule("DEP-03", "a disabled zone is for root admins",
         lambda d: d.zone.enabled or d.caller_is_root, R, Kind.DENIED,
         "Cannot perform this operation, Zone is currently disabled: {c.zone.text}", "6.1"),
))
# fmt: on

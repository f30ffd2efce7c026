"""deployVirtualMachine: the disks and the nic of a new VM (semantics 4.1)."""

from collections.abc import Mapping
from typing import NamedTuple

from simulator.domain.details import ROOT_SIZE, number
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, Hypervisor, ServiceOffering, Template, Zone
from simulator.domain.nics import is_ipv4
from simulator.domain.records import Account
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.sizing import readable

R = Phase.REQUEST
_GIB = 1 << 30
_ROOT_SIZES = frozenset(
    {
        Hypervisor.XENSERVER, Hypervisor.KVM, Hypervisor.VMWARE, Hypervisor.SIMULATOR,
        Hypervisor.EXTERNAL,
    }
)  # fmt: skip
"""Hypervisors whose ROOTs may be larger than their template."""


class Furnish(NamedTuple):
    """What a new VM shall have.

    *disk* is the offering of the ROOT of a VM from an *iso*, else that of a data disk; *size_gib*
    is the size asked for with it. *stray* spells the first network of another zone, *network* the
    one of the default nic, *given* is the *address* asked for, or any, None where it has it not,
    *taken* tells of the VM with the same name.
    *over_limit* is the refusal of the VM and its ROOT, *over_data_limit* that of the data disk.
    """

    dialect: Dialect
    owner: Account
    compute: ServiceOffering
    zone: Zone
    template: Template
    hypervisor: Hypervisor
    iso: bool
    details: Mapping[str, str] = {}
    disk: DiskOffering | None = None
    size_gib: int | None = None
    bounds_gib: tuple[int, int] = (1, 1024)
    max_gib: int = 2000
    over_limit: str = ""
    over_data_limit: str = ""
    may_launch: bool = True
    keys_known: bool = True
    stray: str = ""
    network: str = ""
    address: str | None = None
    given: str | None = "10.1.1.2"
    taken: str = ""

    @property
    def wanted(self) -> str | None:
        """The size of the ROOT asked for, as text."""
        asked = self.details.get(ROOT_SIZE)
        if asked is None and self.iso and self.size_gib is not None:
            return str(self.size_gib)
        return asked

    @property
    def root_disk(self) -> DiskOffering | None:
        """The disk offering of the ROOT of a VM from an ISO."""
        return self.disk if self.iso else None

    @property
    def data_disk(self) -> DiskOffering | None:
        """The disk offering of the data disk, None where there is none."""
        return None if self.iso else self.disk

    @property
    def fixed_gib(self) -> int:
        """The size of the ROOT that its offering gives, 0 where it gives none."""
        return self.root_disk.size_gib if self.root_disk else self.compute.root_gib

    @property
    def root_gib(self) -> int | None:
        """The size of the ROOT in GiB where it is not its template's: the offering's wins."""
        return self.fixed_gib or (None if self.wanted is None else number(self.wanted))

    @property
    def root_bytes(self) -> int:
        """The size of the ROOT in bytes."""
        return self.template.size_bytes if self.root_gib is None else self.root_gib * _GIB

    @property
    def data_bytes(self) -> int:
        """The size of the data disk in bytes."""
        disk = self.data_disk
        return (disk.size_gib or self.size_gib or 0) * _GIB if disk else 0

    @property
    def root_text(self) -> str:
        """The size of the ROOT for people."""
        return readable(self.root_bytes)

    @property
    def template_text(self) -> str:
        """The size of the template, for people and in bytes."""
        return f"({readable(self.template.size_bytes)}) {self.template.size_bytes}"

    def in_bounds(self, disk: DiskOffering | None, text: str | None) -> bool:
        """Return whether the size of a disk of any size is in range, or not to be judged."""
        least, most = self.bounds_gib
        return disk is None or not disk.custom or text is None or least <= number(text) <= most

    @property
    def data_text(self) -> str | None:
        """The size asked for the data disk, as text."""
        return None if self.size_gib is None else str(self.size_gib)


_RANGE = "GB is out of allowed range. Min: {c.bounds_gib[0]}. Max: {c.bounds_gib[1]}"
_SIZELESS = "This disk offering requires a custom size specified"

# fmt: off
FURNISH: Table[Furnish] = Table("deployVirtualMachine, disks and nic", (
    Rule("DEP-28", "a VM from an ISO comes with a disk offering",
         lambda d: not d.iso or d.disk is not None, R, Kind.PARAM,
         "Installing from ISO requires a disk offering to be specified for the root disk.", "4.1"),
    Rule("DEP-29", "the hypervisor lets a ROOT have a size",
         lambda d: d.root_gib is None or d.hypervisor in _ROOT_SIZES, R, Kind.PARAM,
         "Hypervisor {c.hypervisor} does not support rootdisksize override", "4.1"),
    Rule("DEP-11", "the ROOT is larger than nothing",
         lambda d: d.wanted is None or number(d.wanted) > 0, R, Kind.PARAM,
         "Root disk size should be a positive number.", "4.1"),
    Rule("DEP-30", "a ROOT of any size comes with one",
         lambda d: d.root_disk is None or not d.root_disk.custom or d.wanted is not None,
         R, Kind.PARAM, _SIZELESS, "4.1"),
    Rule("DEP-31", "the size of a ROOT of any size is in range",
         lambda d: d.in_bounds(d.root_disk, d.wanted), R, Kind.PARAM,
         "Volume size: {c.wanted} " + _RANGE, "4.1"),
    Rule("DEP-32", "the ROOT is no larger than a volume may be",
         lambda d: d.root_gib is None or d.root_gib <= d.max_gib, R, Kind.PARAM,
         "Requested volume size is {c.root_text}, but the maximum size allowed is {c.max_gib} GB.",
         "4.1"),
    Rule("DEP-33", "an encrypted ROOT is on KVM",
         lambda d: not (d.root_disk or d.compute.disk).encrypted
         or d.hypervisor is Hypervisor.KVM, R, Kind.PARAM,
         "Root volume encryption is not supported for hypervisor type {c.hypervisor}", "4.1"),
    Rule("DEP-06", "the owner's limits leave room for the VM and its ROOT",
         lambda d: not d.over_limit, R, Kind.LIMIT_API, "{c.over_limit}", "C15", "SPEC-03"),
    Rule("DEP-13", "a data disk of any size comes with one",
         lambda d: d.data_disk is None or not d.data_disk.custom or d.size_gib is not None,
         R, Kind.PARAM, _SIZELESS, "4.1"),
    Rule("DEP-34", "the size of a data disk of any size is in range",
         lambda d: d.in_bounds(d.data_disk, d.data_text), R, Kind.PARAM,
         "Volume size: {c.size_gib} " + _RANGE, "4.1"),
    Rule("DEP-35", "the owner's limits leave room for the data disk",
         lambda d: not d.over_data_limit, R, Kind.LIMIT_API, "{c.over_data_limit}", "C15",
         "SPEC-03"),
    Rule("DEP-36", "a VM is not made of a system template",
         lambda d: d.template.kind != "SYSTEM", R, Kind.PARAM,
         "Unable to use system template {c.template.text} to deploy a user vm", "4.1"),
    Rule("DEP-37", "the template is in the zone of the VM",
         lambda d: d.template.zone_id in {None, d.zone.id}, R, Kind.PARAM,
         "The template {c.template.db_id} is not available for use", "4.1"),
    Rule("DEP-38", "an ISO to deploy from is bootable",
         lambda d: not d.iso or d.template.bootable, R, Kind.PARAM,
         "Installing from ISO requires an ISO that is bootable: {c.template.text}", "4.1"),
    Rule("DEP-07", "the owner may launch VMs of the template",
         lambda d: d.may_launch, R, Kind.DENIED,
         "Account {c.owner.text} does not have permission to launch instances from template "
         "{c.template.text}", "6.1", "SPEC-03"),
    Rule("DEP-51", "the owner has the key pairs of the VM",
         lambda d: d.keys_known, R, Kind.PARAM,
         "Not all specified keypairs exist", "UserVmManagerImpl"),
    Rule("DEP-09", "the networks of a VM are in its zone",
         lambda d: not d.stray, R, Kind.PARAM,
         "{c.stray} doesn't belong to zone {c.zone.text}", "4.1"),
    Rule("DEP-39", "the address asked for is one",
         lambda d: d.address is None or is_ipv4(d.address), R, Kind.PARAM,
         "Invalid specified IPv4 address {c.address}", "4.1"),
    Rule("DEP-05", "the VM's name is free",
         lambda d: not d.taken, R, Kind.PARAM, "{c.taken}", "4.1"),
    Rule("DEP-12", "the ROOT is no smaller than its template",
         lambda d: d.root_gib is None or d.root_bytes >= d.template.size_bytes, R, Kind.PARAM,
         "Unsupported: rootdisksize override ({c.root_gib} GB) is smaller than template size "
         "{c.template_text}", "4.1"),
    Rule("DEP-41", "the address asked for is free in the network of the VM",
         lambda d: d.given is not None, R, Kind.WRAPPED,
         "Unable to acquire Guest IP address for network {c.network}", "4.1"),
))
# fmt: on

"""The form of a cloud file: what may stand in it, and what is meant by what is left out.

Where the *count* of a table is more than 1, its names are numbered from 0.
"""

from typing import Annotated, Literal, NewType

from msgspec import Meta, Struct

GIB = 1 << 30
TIB = GIB << 10

Many = Annotated[int, Meta(ge=1, le=100_000)]
Positive = Annotated[int, Meta(ge=1)]
Name = Annotated[str, Meta(max_length=255, pattern=r"^[^\x00-\x1f\x7f]+\Z")]
Secret = Annotated[str, Meta(max_length=255, pattern=r"^[A-Za-z0-9_.~+/=-]+\Z")]
"""A key: letters, digits and what base64 needs, so that every export can spell it."""
_BYTE = r"(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
Subnet = Annotated[str, Meta(pattern=rf"^{_BYTE}\.{_BYTE}\.{_BYTE}\Z")]
HypervisorName = Literal["KVM", "VMware", "XenServer", "Simulator", "LXC", "Hyperv", "Ovm3"]
RoleName = Literal["Admin", "ResourceAdmin", "DomainAdmin", "User", "ReadOnlyUser"]


Size = NewType("Size", int)
"""Bytes, written with their unit: "10 GiB"."""


class PodPlan(Struct, frozen=True):
    """A pod; *subnet* is the first three bytes of its management network."""

    name: Name | None = None
    subnet: Subnet | None = None


class HostPlan(Struct, frozen=True):
    """Hosts of a cluster; *local_storage* gives each a pool of that size for itself."""

    name: Name | None = None
    count: Many = 1
    version: str | None = None
    cores: Positive = 32
    mhz: Positive = 8000
    memory: Size = Size(256 * GIB)
    state: Literal["Up", "Down", "Maintenance"] = "Up"
    encryption: bool = False
    local_storage: Size | None = None


class PoolPlan(Struct, frozen=True):
    """Primary storages of a cluster, or of a zone for *hypervisor*."""

    name: Name | None = None
    count: Many = 1
    capacity: Size = Size(10 * TIB)
    managed: bool = False
    kind: str | None = None
    tags: tuple[str, ...] = ()
    state: Literal["Up", "Maintenance", "Disabled"] = "Up"
    hypervisor: HypervisorName | None = None


class ClusterPlan(Struct, frozen=True):
    """Clusters; two hosts and two pools each unless said otherwise."""

    hypervisor: HypervisorName
    name: Name | None = None
    count: Many = 1
    pod: str | None = None
    hosts: tuple[HostPlan, ...] = (HostPlan(count=2),)
    pools: tuple[PoolPlan, ...] = (PoolPlan(count=2),)


class ZonePlan(Struct, frozen=True):
    """A zone; its first pod is the one of clusters that name none."""

    name: Name | None = None
    local_storage: bool = False
    pods: tuple[PodPlan, ...] = (PodPlan(),)
    clusters: tuple[ClusterPlan, ...] = ()
    pools: tuple[PoolPlan, ...] = ()


class ServicePlan(Struct, frozen=True):
    """A compute offering; *local* and *tags* are about its ROOT disk."""

    name: Name
    cores: Positive = 1
    mhz: Positive = 500
    memory: Size = Size(GIB >> 1)
    local: bool = False
    tags: tuple[str, ...] = ()


class DiskPlan(Struct, frozen=True):
    """A disk offering; without *size* the size is the caller's to choose."""

    name: Name
    size: Size | None = None
    local: bool = False
    encrypted: bool = False
    tags: tuple[str, ...] = ()


class TemplatePlan(Struct, frozen=True):
    """A template; without *hypervisor* there is one for each of the cloud's."""

    name: Name
    hypervisor: HypervisorName | None = None
    size: Size = Size(2 * GIB)
    format: str | None = None
    featured: bool = True
    public: bool = True


class UserPlan(Struct, frozen=True):
    """A login; both keys or none are given, else they are drawn."""

    name: Name | None = None
    password: Name = "password"  # noqa: S105 - the stock one
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    apikey: Secret | None = None
    secretkey: Secret | None = None


class AccountPlan(Struct, frozen=True):
    """Accounts in a domain ("ROOT/sub"); without *users* each has one."""

    name: Name | None = None
    count: Many = 1
    role: RoleName = "User"
    domain: str = "ROOT"
    users: tuple[UserPlan, ...] = (UserPlan(),)


class DataDiskPlan(Struct, frozen=True):
    """Data disks of a VM; *size* is for an offering that leaves it open."""

    offering: str
    name: Name | None = None
    count: Many = 1
    size: Size | None = None


class VmPlan(Struct, frozen=True):
    """VMs with their ROOT; offering, template and zone are the first that fit.

    A *New* one is Stopped, and never ran: its disks are Allocated, on no pool.
    """

    name: Name | None = None
    count: Many = 1
    zone: str | None = None
    cluster: str | None = None
    offering: str | None = None
    template: str | None = None
    account: str = "admin"
    state: Literal["Running", "Stopped", "New"] = "Running"
    disks: tuple[DataDiskPlan, ...] = ()


class VolumePlan(Struct, frozen=True):
    """Data disks on no VM: Ready on *pool*, Allocated without one."""

    offering: str
    name: Name | None = None
    count: Many = 1
    size: Size | None = None
    account: str = "admin"
    zone: str | None = None
    pool: str | None = None


class CloudPlan(Struct, frozen=True):
    """A whole cloud; offerings and templates left out are the stock ones."""

    zones: tuple[ZonePlan, ...]
    admin: UserPlan = UserPlan()
    service_offerings: tuple[ServicePlan, ...] = (
        ServicePlan(name="Small Instance"),
        ServicePlan(name="Medium Instance", mhz=1000, memory=Size(GIB)),
    )
    disk_offerings: tuple[DiskPlan, ...] = (
        DiskPlan(name="Small", size=Size(5 * GIB)),
        DiskPlan(name="Medium", size=Size(20 * GIB)),
        DiskPlan(name="Large", size=Size(100 * GIB)),
        DiskPlan(name="Custom"),
        DiskPlan(name="Encrypted", size=Size(5 * GIB), encrypted=True),
        DiskPlan(name="Local", size=Size(5 * GIB), local=True),
        DiskPlan(name="Managed", size=Size(5 * GIB), tags=("managed",)),
        DiskPlan(name="Nowhere", size=Size(5 * GIB), tags=("no-such-tag",)),
    )
    templates: tuple[TemplatePlan, ...] = (TemplatePlan(name="CentOS 5.6 (64-bit) no GUI"),)
    accounts: tuple[AccountPlan, ...] = ()
    vms: tuple[VmPlan, ...] = ()
    volumes: tuple[VolumePlan, ...] = ()
    settings: dict[str, str] = {}

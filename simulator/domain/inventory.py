"""Infrastructure and catalogue records: zones to pools, offerings, templates. Immutable."""

from enum import StrEnum
from typing import NamedTuple

from simulator.domain.traits import Traits

Details = tuple[tuple[str, str], ...]
"""The details of a VM or of an offering: (name, value) by the time they were set."""


CPU_NUMBER, CPU_SPEED, MEMORY = "cpuNumber", "cpuSpeed", "memory"
SIZES = frozenset({CPU_NUMBER, CPU_SPEED, MEMORY})
"""The details that hold the size of a VM whose offering leaves it open: cores, MHz, MiB."""


class Hypervisor(StrEnum):
    """HypervisorType, as spelt in the API."""

    KVM = "KVM"
    VMWARE = "VMware"
    XENSERVER = "XenServer"
    SIMULATOR = "Simulator"
    LXC = "LXC"
    HYPERV = "Hyperv"
    OVM3 = "Ovm3"
    BAREMETAL = "BareMetal"
    EXTERNAL = "External"
    ANY = "Any"
    NONE = "None"


class Scope(StrEnum):
    """Reach of a storage pool."""

    HOST = "HOST"
    CLUSTER = "CLUSTER"
    ZONE = "ZONE"


class Zone(NamedTuple):
    """A zone; `enabled` is its allocation state."""

    id: str
    db_id: int
    name: str
    local_storage: bool = False
    enabled: bool = True
    dns: str = "192.0.2.53"
    guest_cidr: str = "10.1.1.0/24"
    token: str = ""

    @property
    def text(self) -> str:
        """Return how the server's messages spell a zone."""
        return f'Zone {{"id": "{self.db_id}", "name": "{self.name}", "uuid": "{self.id}"}}'


class Pod(NamedTuple):
    """A pod of a zone; *subnet* is the first three bytes of its management network."""

    id: str
    db_id: int
    name: str
    zone_id: str
    subnet: str


class Cluster(NamedTuple):
    """A cluster of hosts that share a hypervisor."""

    id: str
    db_id: int
    name: str
    zone_id: str
    pod_id: str
    hypervisor: Hypervisor


class Host(NamedTuple):
    """A host; *version* is its hypervisor's."""

    id: str
    db_id: int
    name: str
    zone_id: str
    pod_id: str
    cluster_id: str
    hypervisor: Hypervisor
    version: str
    address: str
    cpu_cores: int
    cpu_mhz: int
    memory_bytes: int
    state: str = "Up"
    encryption: bool = False
    enabled: bool = True
    tags: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """Return how the server's messages spell a host."""
        return (
            f'Host {{"id":{self.db_id},"name":"{self.name}","type":"Routing","uuid":"{self.id}"}}'
        )

    @property
    def kind(self) -> str:
        """Return the type of host as the API spells it."""
        return "Routing"


class StoragePool(NamedTuple):
    """A primary storage; *pod_id* and *cluster_id* are None where its scope is wider."""

    id: str
    db_id: int
    name: str
    zone_id: str
    pod_id: str | None
    cluster_id: str | None
    host_id: str | None
    scope: Scope
    kind: str
    hypervisor: Hypervisor
    managed: bool
    capacity_bytes: int
    tags: frozenset[str] = frozenset()
    state: str = "Up"
    iops: int = 1_000_000
    details: tuple[tuple[str, str], ...] = ()

    @property
    def up(self) -> bool:
        """Return whether new volumes may be placed here."""
        return self.state == "Up"

    @property
    def text(self) -> str:
        """Return how the server's messages spell a pool."""
        return (
            f'StoragePool {{"id":{self.db_id},"name":"{self.name}",'
            f'"poolType":"{self.kind}","uuid":"{self.id}"}}'
        )


class ServiceOffering(NamedTuple):
    """A compute offering; its ROOT disk comes from *tags* and *local*, *disk_id* is its twin.

    *root_gib* is the size of its ROOT disks, 0 where that is the template's. Cores, MHz and MiB
    are 0 where each VM has its own (*dynamic*), within the *least* and the *most* of them (0: no
    bound). *scalable* is whether its VMs may be scaled while they run.
    """

    id: str
    db_id: int
    name: str
    cpu_count: int
    cpu_mhz: int
    memory_mib: int
    local: bool = False
    tags: frozenset[str] = frozenset()
    disk_id: str = ""
    system: bool = False
    inactive: bool = False
    said: str = ""
    root_gib: int = 0
    dynamic: bool = False
    least_cpu: int = 0
    most_cpu: int = 0
    least_mib: int = 0
    most_mib: int = 0
    scalable: bool = True
    traits: Traits = Traits()

    def sized(self, details: Details) -> "ServiceOffering":
        """Return the offering as a VM with *details* has it."""
        if not self.dynamic:
            return self
        own = dict(details)
        return self._replace(
            cpu_count=self.cpu_count or int(own.get(CPU_NUMBER, 0)),
            cpu_mhz=self.cpu_mhz or int(own.get(CPU_SPEED, 0)),
            memory_mib=self.memory_mib or int(own.get(MEMORY, 0)),
        )

    @property
    def disk(self) -> "DiskOffering":
        """Return the disk offering of its ROOT disks."""
        return DiskOffering(
            self.disk_id,
            self.db_id,
            self.name,
            self.root_gib,
            local=self.local,
            encrypted=self.traits.encrypts_root,
            tags=self.tags,
            of_compute=True,
        )


class DiskOffering(NamedTuple):
    """A disk offering; *size_gib* is 0 where the size is the caller's to choose.

    *strict* keeps the size of its volumes as it is, *custom_iops* leaves their iops to the caller,
    else they are *min_iops* and *max_iops*. Only accounts of *domain_ids* and below may use it, in
    *zone_ids* alone; empty is everybody, everywhere. *of_compute* marks a compute offering's twin.
    """

    id: str
    db_id: int
    name: str
    size_gib: int
    custom: bool = False
    local: bool = False
    encrypted: bool = False
    tags: frozenset[str] = frozenset()
    inactive: bool = False
    said: str = ""
    strict: bool = False
    custom_iops: bool = False
    min_iops: int | None = None
    max_iops: int | None = None
    domain_ids: frozenset[str] = frozenset()
    zone_ids: frozenset[str] = frozenset()
    of_compute: bool = False

    @property
    def encrypt_text(self) -> str:
        """Return whether volumes are encrypted, as messages spell it."""
        return str(self.encrypted).lower()

    @property
    def folded_tags(self) -> frozenset[str]:
        """Return the tags without their case."""
        return frozenset(tag.lower() for tag in self.tags)

    @property
    def tag_text(self) -> str:
        """Return the tags as messages spell them."""
        return ",".join(sorted(self.tags)) or "null"

    @property
    def text(self) -> str:
        """Return the description."""
        if self.said:
            return self.said
        return f"{self.name} Disk" + (f", {self.size_gib} GB" if self.size_gib else "")


class Template(NamedTuple):
    """A template or an ISO, ready at once: in every zone, or in the one of *zone_id*.

    *source_id* is the template it goes back to; *copied* is whether it was made of a volume.
    """

    id: str
    db_id: int
    name: str
    hypervisor: Hypervisor
    size_bytes: int
    account_id: str
    image_format: str
    os_name: str = "CentOS 5.6 (64-bit)"
    kind: str = "BUILTIN"
    featured: bool = True
    removed: bool = False
    created_s: float = 0.0
    public: bool = True
    extractable: bool = False
    said: str = ""
    zone_id: str | None = None
    url: str = ""
    bootable: bool = False
    checksum: str = ""
    password_enabled: bool = False
    user_data_id: str | None = None
    user_data_policy: str = ""
    source_id: str | None = None
    copied: bool = False

    @property
    def text(self) -> str:
        """Return how the server's messages spell a template."""
        return (
            f'Template {{"format":"{self.image_format}","id":{self.db_id},"name":"{self.name}",'
            f'"uniqueName":"{self.db_id}-{self.id}","uuid":"{self.id}"}}'
        )


FORMATS = {
    Hypervisor.KVM: "QCOW2",
    Hypervisor.XENSERVER: "VHD",
    Hypervisor.VMWARE: "OVA",
    Hypervisor.HYPERV: "VHDX",
    Hypervisor.SIMULATOR: "VHD",
}
"""Image format by hypervisor (semantics 3.2); RAW where a hypervisor has no row."""
RAW_POOLS = frozenset({"RBD", "PowerFlex", "CLVM", "Linstor", "FiberChannel"})
"""Kinds of storage pools that keep raw images whatever the hypervisor."""

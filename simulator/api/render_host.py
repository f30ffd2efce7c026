"""Hosts as CloudStack's JSON, with what their VMs have taken."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import (
    IN_CLUSTER,
    IN_POD,
    IN_ZONE,
    NOT_ANNOTATED,
    ON_SERVER,
    server,
)
from simulator.api.shape import (
    Always,
    Parts,
    Shape,
    boolean,
    date,
    decimal,
    integer,
    long,
    mapping,
    shared,
    text,
)
from simulator.domain.inventory import Host

_EVENTS = (
    "AgentConnected; ManagementServerDown; Remove; ShutdownRequested; AgentDisconnected; "
    "StartAgentRebalance; Ping; PingTimeout; HostDown"
)


def percent(part: float, whole: float) -> str:
    """Return a share as the API prints it: at most two decimals."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


def cpu_taken(call: Call, record: Host) -> int:
    """Return the MHz that VMs on a host have taken."""
    store = call.world.store
    offerings = (store.compute_of(store.vms[i]) for i in store.vms_on.get(record.id, ()))
    return sum(o.cpu_count * o.cpu_mhz for o in offerings)


class HostAt(NamedTuple):
    """A host as a caller sees it, with what its running VMs have taken.

    *share* is how much of its CPU is taken; *suits* and *moves_disks* are how a VM that might go
    there finds it.
    """

    call: Call
    record: Host
    mhz: int
    taken_mhz: int
    taken_bytes: int
    share: str
    suits: bool = False
    moves_disks: bool = False


_LOAD: Parts[HostAt] = (
    integer("cpunumber", "number of CPU cores", lambda h: h.record.cpu_cores),
    long("cpuspeed", "speed of a core in MHz", lambda h: h.record.cpu_mhz),
    text("cpuallocated", "share of the CPU that is allocated", lambda h: h.share),
    long("cpuallocatedvalue", "MHz that are allocated", lambda h: h.taken_mhz),
    text("cpuallocatedpercentage", "share of the CPU that is allocated", lambda h: h.share),
    text("cpuallocatedwithoverprovisioning",
         "share of the CPU with overcommitment that is allocated", lambda h: h.share),
    text("cpuused", "share of the CPU that is used", Always("0%")),
    text("cpuwithoverprovisioning", "MHz with overcommitment", lambda h: str(h.mhz)),
    decimal("cpuloadaverage", "load of the host", Always(0.0)),
    long("networkkbsread", "KiB received", Always(0)),
    long("networkkbswrite", "KiB sent", Always(0)),
    long("memorytotal", "bytes of memory", lambda h: h.record.memory_bytes),
    text("memorywithoverprovisioning", "bytes of memory with overcommitment",
         lambda h: str(h.record.memory_bytes)),
    long("memoryallocated", "bytes of memory that are allocated", lambda h: h.taken_bytes),
    text("memoryallocatedpercentage", "share of the memory that is allocated",
         lambda h: percent(h.taken_bytes, h.record.memory_bytes)),
    long("memoryallocatedbytes", "bytes of memory that are allocated", lambda h: h.taken_bytes),
    long("memoryused", "bytes of memory that are used", Always(0)),
)  # fmt: skip
HOST = Shape[HostAt](
    "host",
    text("id", "id", lambda h: h.record.id),
    text("name", "name", lambda h: h.record.name),
    text("state", "state", lambda h: h.record.state),
    text("type", "type", lambda h: h.record.kind),
    text("ipaddress", "IP address", lambda h: h.record.address),
    *IN_ZONE,
    shared(lambda h: h.call.world.store.pods[h.record.pod_id], IN_POD),
    text("version", "version", lambda h: h.call.world.dialect.version),
    text("hypervisor", "hypervisor", lambda h: str(h.record.hypervisor)),
    *_LOAD,
    text("capabilities", "what the host can", Always("hvm")),
    text("hosttags", "tags of hosts, a comma list",
         lambda h: ",".join(sorted(h.record.tags)) or None),
    date("lastpinged", "when the host was last heard of", lambda h: h.call.world.env.now),
    shared(lambda h: server(h.call), ON_SERVER),
    shared(lambda h: h.call.world.store.clusters[h.record.cluster_id], IN_CLUSTER),
    text("clustertype", "type of the cluster", Always("CloudManaged")),
    boolean("islocalstorageactive", "whether the host's local storage is used", Always(False)),
    date("created", "when it was created", lambda _: 0),
    text("events", "events the host's state can get", Always(_EVENTS)),
    mapping("hostha", "high availability of the host",
            lambda _: {"haenable": False, "hastate": "Disabled"}),
    mapping("outofbandmanagement", "out-of-band management of the host",
            lambda _: {"powerstate": "Disabled", "enabled": False}),
    text("resourcestate", "whether the host takes new VMs",
         lambda h: "Enabled" if h.record.enabled else "Disabled"),
    text("hypervisorversion", "version of the hypervisor", lambda h: h.record.version),
    boolean("hahost", "whether the host is kept for VMs of failed hosts", Always(False)),
    boolean("ueficapability", "whether the host can boot by UEFI", Always(False)),
    boolean("encryptionsupported", "whether the host can encrypt volumes",
            lambda h: h.record.encryption if h.record.hypervisor == "KVM" else None),
    text("arch", "CPU architecture", Always("x86_64")),
    *NOT_ANNOTATED,
)  # fmt: skip
HOST_FOR_MIGRATION = Shape[HostAt](
    "hostformigration",
    *HOST.parts,
    boolean("suitableformigration", "whether the VM can move there", lambda h: h.suits),
    boolean("requiresStorageMotion", "whether the disks of the VM must move too",
            lambda h: h.moves_disks),
)  # fmt: skip


def host_at(call: Call, record: Host) -> HostAt:
    """Return a host with what its running VMs have taken."""
    mhz, used_bytes = record.cpu_cores * record.cpu_mhz, call.world.store.used_mib[record.id] << 20
    taken = cpu_taken(call, record)
    return HostAt(call, record, mhz, taken, used_bytes, percent(taken, mhz))

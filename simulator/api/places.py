"""Zones, pods, clusters, hosts and storage pools as CloudStack's JSON (semantics 7.6)."""

from typing import Any

from simulator.api.command import Call
from simulator.api.render import date, place
from simulator.domain.inventory import Cluster, Host, Pod, StoragePool, Zone


def zone(_: Call, record: Zone) -> dict[str, Any]:
    """Return ZoneResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "networktype": "Advanced",
        "securitygroupsenabled": False,
        "allocationstate": "Enabled" if record.enabled else "Disabled",
        "localstorageenabled": record.local_storage,
        "dhcpprovider": "VirtualRouter",
        "type": "Core",
        "tags": [],
        "hasannotations": False,
    }


def pod(call: Call, record: Pod) -> dict[str, Any]:
    """Return PodResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "zoneid": record.zone_id,
        "zonename": call.world.store.zones[record.zone_id].name,
        "gateway": f"{record.subnet}.1",
        "netmask": "255.255.255.0",
        "allocationstate": "Enabled",
        "hasannotations": False,
    }


def cluster(call: Call, record: Cluster) -> dict[str, Any]:
    """Return ClusterResponse."""
    store = call.world.store
    return {
        "id": record.id,
        "name": record.name,
        "podid": record.pod_id,
        "podname": store.pods[record.pod_id].name,
        "zoneid": record.zone_id,
        "zonename": store.zones[record.zone_id].name,
        "hypervisortype": str(record.hypervisor),
        "clustertype": "CloudManaged",
        "allocationstate": "Enabled",
        "managedstate": "Managed",
        "arch": "x86_64",
        "hasannotations": False,
    }


def host(call: Call, record: Host) -> dict[str, Any]:
    """Return HostResponse."""
    store = call.world.store
    return {
        "id": record.id,
        "name": record.name,
        "state": record.state,
        "type": "Routing",
        "ipaddress": record.address,
        "zoneid": record.zone_id,
        "zonename": store.zones[record.zone_id].name,
        **place(call, record.cluster_id, record.pod_id),
        "hypervisor": str(record.hypervisor),
        "hypervisorversion": record.version,
        "cpunumber": record.cpu_cores,
        "cpuspeed": record.cpu_mhz,
        "memorytotal": record.memory_bytes,
        "resourcestate": "Enabled",
        "created": date(0),
        "hasannotations": False,
    }


def pool(call: Call, record: StoragePool) -> dict[str, Any]:
    """Return StoragePoolResponse."""
    store = call.world.store
    return {
        "id": record.id,
        "name": record.name,
        "zoneid": record.zone_id,
        "zonename": store.zones[record.zone_id].name,
        **place(call, record.cluster_id, record.pod_id),
        "type": record.kind,
        "scope": str(record.scope),
        "state": record.state,
        "managed": record.managed,
        "hypervisor": str(record.hypervisor),
        "tags": ",".join(sorted(record.tags)),
        "disksizetotal": record.capacity_bytes,
        "disksizeallocated": store.allocated_bytes[record.id],
        "created": date(0),
        "hasannotations": False,
    }

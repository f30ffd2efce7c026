"""Zones, pods, clusters, hosts and storage pools as CloudStack's JSON (semantics 7.6)."""

from simulator.api.command import Call, Command
from simulator.api.dates import date
from simulator.api.rows import place, present, server, zone_of
from simulator.api.shape import Row
from simulator.domain.inventory import Cluster, Host, Pod, StoragePool, Zone
from simulator.domain.management import ImageStore
from simulator.domain.moves import UPDATE_HOST, UpdateHost
from simulator.domain.rules import Phase

_EVENTS = (
    "AgentConnected; ManagementServerDown; Remove; ShutdownRequested; AgentDisconnected; "
    "StartAgentRebalance; Ping; PingTimeout; HostDown"
)
POOL_ADDRESS = "192.0.2.10"
"""Where every pool is served from."""
_FIRST_FREE, _LAST_FREE = 2, 200


def zone(_: Call, record: Zone) -> Row:
    """Return ZoneResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "dns1": record.dns,
        "internaldns1": record.dns,
        "guestcidraddress": record.guest_cidr,
        "networktype": "Advanced",
        "securitygroupsenabled": False,
        "gputotal": 0,
        "gpuused": 0,
        "allocationstate": "Enabled" if record.enabled else "Disabled",
        "zonetoken": record.token,
        "dhcpprovider": "VirtualRouter",
        "localstorageenabled": record.local_storage,
        "tags": [],
        "allowuserspecifyvrmtu": False,
        "routerprivateinterfacemaxmtu": 1500,
        "routerpublicinterfacemaxmtu": 1500,
        "type": "Core",
        "isnsxenabled": False,
        "ismultiarch": False,
        "asnrange": "",
        "routedmodeenabled": True,
        "hasannotations": False,
    }


def pod(call: Call, record: Pod) -> Row:
    """Return PodResponse."""
    first, last = f"{record.subnet}.{_FIRST_FREE}", f"{record.subnet}.{_LAST_FREE}"
    untagged = "vlan://untagged"
    span = {"startip": first, "endip": last, "forsystemvms": "0", "vlanid": untagged}
    return {
        "id": record.id,
        "name": record.name,
        **zone_of(call, record.zone_id),
        "gateway": f"{record.subnet}.1",
        "netmask": "255.255.255.0",
        "ipranges": [span],
        **{name: [value] for name, value in span.items()},
        "allocationstate": "Enabled",
        "hasannotations": False,
    }


def cluster(call: Call, record: Cluster) -> Row:
    """Return ClusterResponse."""
    store = call.world.store
    return {
        "id": record.id,
        "name": record.name,
        "podid": record.pod_id,
        "podname": store.pods[record.pod_id].name,
        **zone_of(call, record.zone_id),
        "hypervisortype": str(record.hypervisor),
        "clustertype": "CloudManaged",
        "allocationstate": "Enabled",
        "managedstate": "Managed",
        "cpuovercommitratio": "1.0",
        "memoryovercommitratio": "1.0",
        "resourcedetails": {"memoryOvercommitRatio": "1.0", "cpuOvercommitRatio": "1.0"},
        "arch": "x86_64",
        "hasannotations": False,
    }


def percent(part: float, whole: float) -> str:
    """Return a share as the API prints it: at most two decimals."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


def host(call: Call, record: Host) -> Row:
    """Return HostResponse, with what its running VMs have taken."""
    where = place(call, record.cluster_id, record.pod_id)
    home = {key: where[key] for key in ("clusterid", "clustername")}
    off = {"powerstate": "Disabled", "enabled": False}
    return {
        "id": record.id,
        "name": record.name,
        "state": record.state,
        "type": record.kind,
        "ipaddress": record.address,
        **zone_of(call, record.zone_id),
        "podid": where["podid"],
        "podname": where["podname"],
        "version": call.world.dialect.version,
        "hypervisor": str(record.hypervisor),
        **_load(call, record),
        "capabilities": "hvm",
        **({"hosttags": ",".join(sorted(record.tags))} if record.tags else {}),
        "lastpinged": date(call.world.env.now),
        **server(call),
        **home,
        "clustertype": "CloudManaged",
        "islocalstorageactive": False,
        "created": date(0),
        "events": _EVENTS,
        "hostha": {"haenable": False, "hastate": "Disabled"},
        "outofbandmanagement": off,
        "resourcestate": "Enabled" if record.enabled else "Disabled",
        "hypervisorversion": record.version,
        "hahost": False,
        "ueficapability": False,
        **({"encryptionsupported": record.encryption} if record.hypervisor == "KVM" else {}),
        "arch": "x86_64",
        "hasannotations": False,
    }


def cpu_taken(call: Call, record: Host) -> int:
    """Return the MHz that VMs on a host have taken."""
    store = call.world.store
    offerings = (store.compute_of(store.vms[i]) for i in store.vms_on.get(record.id, ()))
    return sum(o.cpu_count * o.cpu_mhz for o in offerings)


def _load(call: Call, record: Host) -> Row:
    mhz, taken = record.cpu_cores * record.cpu_mhz, cpu_taken(call, record)
    share, used = percent(taken, mhz), call.world.store.used_mib[record.id] << 20
    return {
        "cpunumber": record.cpu_cores,
        "cpuspeed": record.cpu_mhz,
        "cpuallocated": share,
        "cpuallocatedvalue": taken,
        "cpuallocatedpercentage": share,
        "cpuallocatedwithoverprovisioning": share,
        "cpuused": "0%",
        "cpuwithoverprovisioning": str(mhz),
        "cpuloadaverage": 0.0,
        "networkkbsread": 0,
        "networkkbswrite": 0,
        "memorytotal": record.memory_bytes,
        "memorywithoverprovisioning": str(record.memory_bytes),
        "memoryallocated": used,
        "memoryallocatedpercentage": percent(used, record.memory_bytes),
        "memoryallocatedbytes": used,
        "memoryused": 0,
    }


def pool_path(record: StoragePool) -> str:
    """Return where a pool is exported."""
    return f"/export/primary/{record.name}"


def pool(call: Call, record: StoragePool) -> Row:
    """Return StoragePoolResponse."""
    store = call.world.store
    where = place(call, record.cluster_id, record.pod_id)
    body: Row = {
        "id": record.id,
        **zone_of(call, record.zone_id),
        "podid": where.get("podid"),
        "podname": where.get("podname"),
        "name": record.name,
        "ipaddress": POOL_ADDRESS,
        "path": pool_path(record),
        "created": date(0),
        "type": record.kind,
        "clusterid": where.get("clusterid"),
        "clustername": where.get("clustername"),
        "capacitybytes": record.capacity_bytes,
        "disksizetotal": record.capacity_bytes,
        "disksizeallocated": store.allocated_bytes[record.id],
        "disksizeused": 0,
        "capacityiops": record.iops,
        "usediops": 0,
        "tags": ",".join(sorted(record.tags)) or None,
        "istagarule": False,
        "state": record.state,
        "scope": str(record.scope),
        "overprovisionfactor": str(call.world.settings.number("storage.overprovisioning.factor")),
        "hypervisor": str(record.hypervisor),
        "provider": "DefaultPrimary",
        "storagecapabilities": {"VOLUME_SNAPSHOT_QUIESCEVM": "false"},
        "managed": record.managed,
        "details": dict(record.details),
        "hasannotations": False,
    }
    if call.command == "updateStoragePool":
        body |= {"storagecapabilities": None, "details": body["details"] or None}
    return present(body)


def image_store(call: Call, record: ImageStore) -> Row:
    """Return ImageStoreResponse."""
    return {
        "id": record.id,
        **zone_of(call, record.zone_id),
        "name": record.name,
        "url": record.name,
        "protocol": "nfs",
        "providername": "NFS",
        "scope": "ZONE",
        "readonly": False,
        "hasannotations": False,
    }


def update_host(call: Call) -> Row:
    """updateHost: its name, its tags, and whether it takes new VMs."""
    args, record = call.args, call.args["id"]
    wanted = args["allocationstate"].lower() if "allocationstate" in args else None
    UPDATE_HOST.require(Phase.REQUEST, UpdateHost(call.world.dialect, record, wanted))
    enabled = record.enabled if wanted is None else wanted == "enable"
    tags = args["hosttags"].split(",") if "hosttags" in args else record.tags
    changed = record._replace(
        name=args.get("name", record.name),
        enabled=enabled,
        tags=frozenset(tag.strip() for tag in tags if tag.strip()),
    )
    call.world.store.hosts[changed.id] = changed
    return {"host": host(call, changed)}


COMMANDS = (
    Command(
        "updateHost",
        update_host,
        "id:host! name:text allocationstate:text hosttags:text",
        says="Changes the name or the tags of a host, or whether it takes new VMs",
        answers="host",
        roles="A",
    ),
)

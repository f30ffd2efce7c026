"""Lists of zones, pods, clusters, hosts and storages, and how many there are of each."""

from collections.abc import Callable
from typing import Any

from simulator.api import places as render
from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Lister, Row, listing
from simulator.api.matching import equal_to
from simulator.domain.inventory import Cluster, Host, Hypervisor, Scope, StoragePool, Zone
from simulator.domain.lists import LIST_POOLS, PoolFilter
from simulator.domain.management import ImageStore
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase

_HYPERVISORS = frozenset(h.lower() for h in Hypervisor) - {"none", "any"}
_SYSTEM = frozenset({VmKind.CONSOLE_PROXY, VmKind.SECONDARY_STORAGE})


def _shown(call: Call, record: Zone) -> bool:
    """Return whether a zone is listed: an id outdoes a name, and both any other filter."""
    args = call.args
    kind = args.get("networktype", "Advanced")
    if not equal_to(kind)("Advanced"):
        return False
    if "id" in args:
        return True
    if "name" in args:
        return equal_to(args["name"])(record.name)
    if "domainid" in args or not (record.enabled or call.is_root):
        return False
    return args.get("available", True) or record.id in _routed(call)


def _routed(call: Call) -> set[str]:
    """Return the zones where the caller has a router."""
    vms = call.world.store.vms.values()
    own = (v for v in vms if v.account_id == call.account.id and not v.removed)
    return {v.zone_id for v in own if v.kind is VmKind.DOMAIN_ROUTER}


def _zones() -> Lister:
    named = listing("zones", "zone", render.zone, words="", also=_shown)
    searched = listing("zones", "zone", render.zone, also=_shown)
    return lambda call: (named if call.args.keys() & {"id", "name"} else searched)(call)


def _fixed(field: str, right: str) -> Callable[[Call, Any], bool]:
    """Return whether a filter asks for the one value that every record has."""
    return lambda call, _record: equal_to(call.args.get(field, right))(right)


def _cluster_shown(call: Call, record: Cluster) -> bool:
    fixed = {"clustertype": "CloudManaged", "managedstate": "Managed", "arch": "x86_64"}
    fixed["allocationstate"] = "Enabled"
    wanted = call.args.get("hypervisor", record.hypervisor)
    return equal_to(wanted)(record.hypervisor) and all(
        _fixed(field, right)(call, record) for field, right in fixed.items()
    )


def _host_shown(call: Call, record: Host) -> bool:
    """Return whether a host is listed; a hypervisor that is none is not looked at."""
    args = call.args
    wanted = str(args.get("hypervisor", "none")).lower()
    state = "Enabled" if record.enabled else "Disabled"
    return (
        (wanted not in _HYPERVISORS or wanted == record.hypervisor.lower())
        and equal_to(args.get("type", record.kind))(record.kind)
        and equal_to(args.get("resourcestate", state))(state)
        and equal_to(args.get("arch", "x86_64"))("x86_64")
    )


def _pools() -> Lister:
    rows = listing(
        "pools", "storagepool", render.pool, by="name zoneid podid clusterid scope status",
        words="name kind", also=_pool_shown,
    )  # fmt: skip

    def handler(call: Call) -> Row:
        scope, status = (call.args.get(name) for name in ("scope", "status"))
        LIST_POOLS.require(Phase.REQUEST, PoolFilter(call.world.dialect, scope, status))
        return rows(call)

    return handler


def _pool_shown(call: Call, record: StoragePool) -> bool:
    """Return whether a pool is reached from the host that is asked for, and has its address."""
    args = call.args
    host = call.world.store.hosts.get(args["hostid"].id) if "hostid" in args else None
    if "hostid" in args and (host is None or not _reaches(host, record)):
        return False
    fixed = {"ipaddress": render.POOL_ADDRESS, "path": render.pool_path(record)}
    return all(equal_to(args.get(name, right))(right) for name, right in fixed.items())


def _reaches(host: Host, pool: StoragePool) -> bool:
    if pool.scope is Scope.ZONE:
        return pool.zone_id == host.zone_id
    return pool.host_id == host.id if pool.host_id else pool.cluster_id == host.cluster_id


def _store_shown(call: Call, _: ImageStore) -> bool:
    fixed = {"protocol": "nfs", "provider": "NFS"}
    same = all(equal_to(call.args.get(name, right))(right) for name, right in fixed.items())
    return same and not call.args.get("readonly", False)


def list_infrastructure(call: Call) -> Row:
    """listInfrastructure: how many there are of each."""
    store = call.world.store
    vms = [v for v in store.vms.values() if not v.removed]
    body = {
        "zones": len(store.zones),
        "pods": len(store.pods),
        "clusters": len(store.clusters),
        "hosts": len(store.hosts),
        "storagepools": len(store.pools),
        "imagestores": len(store.image_stores),
        "backuprepositories": 0,
        "objectstores": 0,
        "systemvms": sum(v.kind in _SYSTEM for v in vms),
        "routers": sum(v.kind is VmKind.DOMAIN_ROUTER for v in vms),
        "ilbvms": 0,
        "cpusockets": 0,
        "managementservers": len(store.servers),
        "alerts": len(store.alerts),
    }
    return {"infrastructure": body}


_ZONES = (
    "id:zone~ ids:zone*~ available:bool domainid:domain~ name:text networktype:text tags:map "
    f"{PAGING}"
)
_PODS = f"id:pod~ name:text zoneid:zone~ allocationstate:text {PAGING}"
_CLUSTERS = (
    "id:cluster~ name:text podid:pod~ zoneid:zone~ hypervisor:text clustertype:text "
    f"allocationstate:text managedstate:text arch:text {PAGING}"
)
_HOSTS = (
    "clusterid:cluster~ id:host~ name:text podid:pod~ state:text type:text zoneid:zone~ "
    f"resourcestate:text hypervisor:text arch:text {PAGING}"
)
_POOLS = (
    "clusterid:cluster~ ipaddress:text name:text path:text podid:pod~ zoneid:zone~ id:pool~ "
    f"scope:text status:text hostid:host~ {PAGING}"
)
_EVERYBODY = {"zones": "ASDUR"}
"""Lists that are for all roles."""
_LISTS: tuple[tuple[str, Lister, str, str], ...] = (
    ("zones", _zones(), _ZONES, "zone"),
    (
        "pods",
        listing(
            "pods", "pod", render.pod, by="name zoneid",
            also=_fixed("allocationstate", "Enabled"),
        ),
        _PODS,
        "pod",
    ),
    (
        "clusters",
        listing(
            "clusters", "cluster", render.cluster, by="name zoneid podid",
            words="name hypervisor", also=_cluster_shown,
        ),
        _CLUSTERS,
        "cluster",
    ),
    (
        "hosts",
        listing(
            "hosts", "host", render.host, by="name zoneid podid clusterid state",
            words="name state kind", also=_host_shown,
        ),
        _HOSTS,
        "host",
    ),
    ("storage pools", _pools(), _POOLS, "storagepool"),
)  # fmt: skip


def _named(what: str) -> str:
    return "list" + "".join(word.title() for word in what.split())


COMMANDS = (
    *(
        Command(
            _named(what), handler, params, says=f"Lists the {what}", answers=answers,
            roles=_EVERYBODY.get(what, "AS"),
        )
        for what, handler, params, answers in _LISTS
    ),
    *(
        Command(
            f"{_named(what)}Metrics", handler, params,
            says=f"Lists the {what} with what is measured of them", answers=answers, roles="A",
        )
        for what, handler, params, answers in _LISTS
        if what != "pods"
    ),
    Command(
        "listImageStores",
        listing(
            "image_stores", "imagestore", render.image_store, by="name zoneid", also=_store_shown
        ),
        "id:imagestore~ name:text zoneid:zone~ provider:text protocol:text readonly:bool "
        f"{PAGING}",
        says="Lists the secondary storages",
        answers="imagestore",
        roles="A",
    ),
    Command(
        "listInfrastructure",
        list_infrastructure,
        says="Counts the zones, pods, clusters, hosts, storages and system VMs",
        answers="infrastructure",
        roles="A",
    ),
)  # fmt: skip

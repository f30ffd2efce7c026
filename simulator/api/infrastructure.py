"""Lists of zones, pods, clusters, hosts and storages, and how many there are of each."""

from collections.abc import Callable
from typing import Any

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Lister, Row, listing
from simulator.api.matching import equal_to
from simulator.api.render import plain, seen
from simulator.api.render_host import HOST, host_at
from simulator.api.render_place import CLUSTER, POD, ZONE
from simulator.api.render_storage import IMAGE_STORE, POOL, POOL_ADDRESS, PoolAt, pool_path
from simulator.api.shape import Shape, integer
from simulator.domain.inventory import Cluster, Host, Hypervisor, Scope, StoragePool, Zone
from simulator.domain.lists import LIST_POOLS, PoolFilter
from simulator.domain.management import ImageStore
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.engine.store import Store

_HYPERVISORS = frozenset(h.lower() for h in Hypervisor) - {"none", "any"}
_SYSTEM = frozenset({VmKind.CONSOLE_PROXY, VmKind.SECONDARY_STORAGE})
_ROUTERS = frozenset({VmKind.DOMAIN_ROUTER})


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
    named = listing("zones", "zone", plain(ZONE), words="", also=_shown)
    searched = listing("zones", "zone", plain(ZONE), also=_shown)
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


def _host(call: Call, record: Host) -> Row:
    return HOST.render(host_at(call, record))


def _pool(call: Call, record: StoragePool) -> Row:
    return POOL.render(PoolAt(call, record))


def _pools() -> Lister:
    rows = listing(
        "pools", "storagepool", _pool, by="name zoneid podid clusterid scope status",
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
    fixed = {"ipaddress": POOL_ADDRESS, "path": pool_path(record)}
    return all(equal_to(args.get(name, right))(right) for name, right in fixed.items())


def _reaches(host: Host, pool: StoragePool) -> bool:
    if pool.scope is Scope.ZONE:
        return pool.zone_id == host.zone_id
    return pool.host_id == host.id if pool.host_id else pool.cluster_id == host.cluster_id


def _store_shown(call: Call, _: ImageStore) -> bool:
    fixed = {"protocol": "nfs", "provider": "NFS"}
    same = all(equal_to(call.args.get(name, right))(right) for name, right in fixed.items())
    return same and not call.args.get("readonly", False)


def _vms(store: Store, kinds: frozenset[VmKind]) -> int:
    return sum(v.kind in kinds and not v.removed for v in store.vms.values())


INFRASTRUCTURE = Shape[Store](
    "infrastructure",
    integer("zones", "number of zones", lambda s: len(s.zones)),
    integer("pods", "number of pods", lambda s: len(s.pods)),
    integer("clusters", "number of clusters", lambda s: len(s.clusters)),
    integer("hosts", "number of hosts", lambda s: len(s.hosts)),
    integer("storagepools", "number of storage pools", lambda s: len(s.pools)),
    integer("imagestores", "number of secondary storages", lambda s: len(s.image_stores)),
    integer("backuprepositories", "number of backup repositories", lambda _: 0),
    integer("objectstores", "number of object stores", lambda _: 0),
    integer("systemvms", "number of system VMs", lambda s: _vms(s, _SYSTEM)),
    integer("routers", "number of routers", lambda s: _vms(s, _ROUTERS)),
    integer("ilbvms", "number of internal load balancers", lambda _: 0),
    integer("cpusockets", "number of CPU sockets", lambda _: 0),
    integer("managementservers", "number of management servers", lambda s: len(s.servers)),
    integer("alerts", "number of alerts", lambda s: len(s.alerts)),
)


def list_infrastructure(call: Call) -> Row:
    """listInfrastructure: how many there are of each."""
    return {"infrastructure": INFRASTRUCTURE.render(call.world.store)}


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
_LISTS: tuple[tuple[str, Lister, str, Shape[Any]], ...] = (
    ("zones", _zones(), _ZONES, ZONE),
    (
        "pods",
        listing(
            "pods", "pod", seen(POD), by="name zoneid",
            also=_fixed("allocationstate", "Enabled"),
        ),
        _PODS,
        POD,
    ),
    (
        "clusters",
        listing(
            "clusters", "cluster", seen(CLUSTER), by="name zoneid podid",
            words="name hypervisor", also=_cluster_shown,
        ),
        _CLUSTERS,
        CLUSTER,
    ),
    (
        "hosts",
        listing(
            "hosts", "host", _host, by="name zoneid podid clusterid state",
            words="name state kind", also=_host_shown,
        ),
        _HOSTS,
        HOST,
    ),
    ("storage pools", _pools(), _POOLS, POOL),
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
            "image_stores", "imagestore", seen(IMAGE_STORE), by="name zoneid", also=_store_shown
        ),
        "id:imagestore~ name:text zoneid:zone~ provider:text protocol:text readonly:bool "
        f"{PAGING}",
        says="Lists the secondary storages",
        answers=IMAGE_STORE,
        roles="A",
    ),
    Command(
        "listInfrastructure",
        list_infrastructure,
        says="Counts the zones, pods, clusters, hosts, storages and system VMs",
        answers=INFRASTRUCTURE,
        roles="A",
    ),
)  # fmt: skip

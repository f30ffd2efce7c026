"""Zones, pods, clusters, hosts and primary storages of a plan."""

from collections import Counter

from simulator.boot.build import Build, numbered
from simulator.boot.lines import Path
from simulator.boot.plan import CloudPlan, ClusterPlan, HostPlan, PoolPlan, ZonePlan
from simulator.domain.inventory import Cluster, Host, Hypervisor, Pod, Scope, StoragePool, Zone

_VERSIONS = {
    Hypervisor.KVM: "10",
    Hypervisor.VMWARE: "8.0",
    Hypervisor.XENSERVER: "8.2.0",
    Hypervisor.SIMULATOR: "4.22.0.0-SNAPSHOT",
}
_FIRST, _LAST = 10, 249
"""Last bytes of host addresses in a pod."""
_STEP = 20
"""A cluster's addresses start at a multiple of this above the first."""


def build_places(build: Build, plan: CloudPlan) -> None:
    """Add every zone of *plan*."""
    if not plan.zones:
        build.faults.add(("zones",), "there is no zone")
    for number, zone in enumerate(plan.zones):
        _zone(build, zone, number)


def _zone(build: Build, plan: ZonePlan, number: int) -> None:
    store, path = build.store, ("zones", number)
    name = plan.name or build.fake("zone", build.faker.city)
    zone = Zone(store.new_id(), store.new_row(), name, plan.local_storage, token=store.new_id())
    store.zones[zone.id] = zone
    build.claim("zone", name, zone.id, (*path, "name"))
    pods = _pods(build, plan, zone, number)
    used: Counter[str] = Counter()
    index = 0
    for n, clusters in enumerate(plan.clusters):
        at = (*path, "clusters", n)
        pod = _pod_of(build, clusters, pods, (*at, "pod"))
        for m in range(clusters.count if pod else 0):
            label = f"Z{number}C{index}"
            if clusters.name is not None:
                label = numbered(clusters.name, clusters.count, m)
            cluster = _cluster(build, clusters, pod or pods[0], label, (*at, "name"))
            if not _hosts(build, clusters, cluster, used, at):
                break
            for k, pool in enumerate(clusters.pools):
                _pools(build, pool, zone, cluster, (*at, "pools", k))
            index += 1
    for k, pool in enumerate(plan.pools):
        _pools(build, pool, zone, None, (*path, "pools", k))


def _pods(build: Build, plan: ZonePlan, zone: Zone, number: int) -> list[Pod]:
    store, made = build.store, []
    if not plan.pods:
        build.faults.add(("zones", number, "pods"), "a zone needs a pod")
    for n, pod in enumerate(plan.pods):
        at = number + n * 16
        name = pod.name or (f"POD{number}" if n == 0 else f"POD{number}-{n}")
        subnet = pod.subnet or f"172.{16 + at // 240}.{15 + at % 240}"
        made.append(Pod(store.new_id(), store.new_row(), name, zone.id, subnet))
        store.pods[made[-1].id] = made[-1]
        build.claim("pod", name, made[-1].id, ("zones", number, "pods", n, "name"))
    return made


def _pod_of(build: Build, plan: ClusterPlan, pods: list[Pod], path: Path) -> Pod | None:
    if plan.pod is None:
        return pods[0] if pods else None
    pod = build.find("pod", plan.pod, build.store.pods, path)
    if pod is not None and pod not in pods:
        build.faults.add(path, f"{plan.pod!r} is a pod of another zone")
        return None
    return pod


def _cluster(build: Build, plan: ClusterPlan, pod: Pod, name: str, path: Path) -> Cluster:
    store, hypervisor = build.store, Hypervisor(plan.hypervisor)
    cluster = Cluster(store.new_id(), store.new_row(), name, pod.zone_id, pod.id, hypervisor)
    store.clusters[cluster.id] = cluster
    build.claim("cluster", name, cluster.id, path)
    return cluster


def _hosts(
    build: Build, plan: ClusterPlan, cluster: Cluster, used: Counter[str], path: Path
) -> bool:
    """Add a cluster's hosts and return whether all found an address; *used* counts in each pod."""
    number, first = 0, used[cluster.pod_id]
    subnet = build.store.pods[cluster.pod_id].subnet
    for n, hosts in enumerate(plan.hosts):
        at = (*path, "hosts", n) if len(plan.hosts) > 1 or hosts.name else (*path, "hosts")
        for m in range(hosts.count):
            name = f"{cluster.name.lower()}-host{number}"
            if hosts.name is not None:
                name = numbered(hosts.name, hosts.count, m)
            byte = _FIRST + first + number
            if byte > _LAST:
                build.faults.add(at, f"pod network {subnet}.0/24 has no address for host {name}")
                return False
            host = _host(build, hosts, cluster, name, f"{subnet}.{byte}")
            build.claim("host", name, host.id, (*at, "name"))
            if hosts.local_storage is not None:
                plan_ = PoolPlan(name=f"{name}-local", capacity=hosts.local_storage)
                _pool(build, plan_, f"{name}-local", cluster.zone_id, cluster, host)
            number += 1
    used[cluster.pod_id] = first + -(-number // _STEP) * _STEP
    return True


def _host(build: Build, plan: HostPlan, cluster: Cluster, name: str, address: str) -> Host:
    store = build.store
    host = Host(
        store.new_id(),
        store.new_row(),
        name,
        cluster.zone_id,
        cluster.pod_id,
        cluster.id,
        cluster.hypervisor,
        plan.version or _VERSIONS.get(cluster.hypervisor, "default"),
        address,
        plan.cores,
        plan.mhz,
        plan.memory,
        plan.state,
        plan.encryption,
    )
    return store.hosts.setdefault(host.id, host)


def _pools(build: Build, plan: PoolPlan, zone: Zone, cluster: Cluster | None, path: Path) -> None:
    """Add the pools of one table, to a cluster or to the whole zone."""
    if cluster is None and plan.hypervisor is None:
        build.faults.add(path, "a pool of a whole zone needs hypervisor")
        return
    if cluster is not None and plan.hypervisor not in {None, str(cluster.hypervisor)}:
        build.faults.add((*path, "hypervisor"), f"the cluster's is {cluster.hypervisor}")
    reach = cluster.id if cluster else zone.id
    for n in range(plan.count):
        name = f"{cluster.name if cluster else zone.name}PS{build.numbers[reach]}"
        build.numbers[reach] += 1
        if plan.name is not None:
            name = numbered(plan.name, plan.count, n)
        pool = _pool(build, plan, name, zone.id, cluster, None)
        build.claim("pool", name, pool.id, (*path, "name"))


def _pool(
    build: Build,
    plan: PoolPlan,
    name: str,
    zone_id: str,
    cluster: Cluster | None,
    host: Host | None,
) -> StoragePool:
    store = build.store
    kinds = ("Filesystem" if host else "NetworkFilesystem", "Iscsi")
    pool = StoragePool(
        store.new_id(),
        store.new_row(),
        name,
        zone_id,
        cluster.pod_id if cluster else None,
        cluster.id if cluster else None,
        host.id if host else None,
        Scope.HOST if host else Scope.CLUSTER if cluster else Scope.ZONE,
        plan.kind or kinds[plan.managed],
        cluster.hypervisor if cluster else Hypervisor(plan.hypervisor or "KVM"),
        plan.managed,
        plan.capacity,
        frozenset(plan.tags),
        plan.state,
    )
    return store.pools.setdefault(pool.id, pool)

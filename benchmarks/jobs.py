"""How many jobs a CPU second simulates: `python benchmarks/jobs.py [day|mass|burst|scale …]`."""

import sys
from collections.abc import Callable

from bare import Bare
from loads import Driver, Load, poisson, swaps
from meter import Measured, measured, middle, peak_mib, say, timed

from simulator.domain.inventory import (
    Cluster,
    Host,
    Hypervisor,
    Pod,
    Scope,
    ServiceOffering,
    StoragePool,
    Template,
    Zone,
)
from simulator.domain.records import Account, Domain, Role, Vm, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.engine import machines, starting, volumes
from simulator.engine.jobs import Jobs
from simulator.engine.latency import Capacities, Timings
from simulator.engine.world import Flow, World

HOSTS, POOLS, GUESTS = 250, 10, 40
"""250 hosts, not 100: KVM's capability row allows 50 guests on a host."""

_GIB = 1 << 30


WORKLOADS = {
    "day": Load(10_000, swaps(10_000, 21_600), poisson(21_600, 86_400.0)),
    "mass": Load(5_000, swaps(5_000, 5_000), sessions=200),
    "burst": Load(5_000, swaps(5_000, 5_000), sessions=5_000),
    "scale": Load(100_000, swaps(100_000, 250_000), poisson(250_000, 80_000.0)),
}


def build(
    vms: int, hosts: int, seed: int, timings: Timings | None, size: Capacities | None
) -> tuple[World, Account, list[tuple[str, str]]]:
    """Return a world, its admin, and the (VM, ROOT) ids of its Running VMs."""
    world = World(seed=seed, timings=timings, capacities=size)
    store = world.store
    domain = Domain("domain", 1, "ROOT", None, "ROOT")
    admin = Account("admin", 2, "admin", domain.id, Role.ADMIN)
    store.domains[domain.id], store.accounts[admin.id] = domain, admin
    store.zones["zone"] = Zone("zone", 3, "zone1")
    store.pods["pod"] = Pod("pod", 4, "pod1", "zone", "172.16.1")
    store.service_offerings["offering"] = ServiceOffering("offering", 5, "Small", 1, 500, 512)
    store.templates["template"] = Template(
        "template", 6, "CentOS", Hypervisor.KVM, 2 * _GIB, admin.id, "QCOW2"
    )
    for n in range(POOLS):
        _add_cluster(world, n, hosts)
    return world, admin, [_add_vm(world, n, hosts) for n in range(vms)]


def _add_cluster(world: World, n: int, hosts: int) -> None:
    store, kvm, cluster_id, pool_id = world.store, Hypervisor.KVM, f"cluster{n}", f"pool{n}"
    store.clusters[cluster_id] = Cluster(cluster_id, n, cluster_id, "zone", "pod", kvm)
    store.pools[pool_id] = StoragePool(
        pool_id, n, pool_id, "zone", "pod", cluster_id, None, Scope.CLUSTER,
        "NetworkFilesystem", kvm, managed=False, capacity_bytes=1 << 50,
    )  # fmt: skip
    for h in range(n, hosts, POOLS):
        store.hosts[f"host{h}"] = Host(
            f"host{h}", h, f"host{h}", "zone", "pod", cluster_id, kvm, "10", "172.16.1.1",
            64, 3000, 1024 * _GIB,
        )  # fmt: skip


def _add_vm(world: World, n: int, hosts: int) -> tuple[str, str]:
    host_id = f"host{n % hosts}"
    vm = Vm(
        f"vm{n}", n, f"vm{n}", f"vm{n}", "admin", "zone", Hypervisor.KVM, VmState.RUNNING,
        "offering", "template", f"i-2-{n}-VM", "10.1.1.2", "02:01:00:00:00:01",
        host_id=host_id, last_host_id=host_id,
    )  # fmt: skip
    root = Volume(
        f"root{n}", n, f"ROOT-{n}", "admin", "zone", VolumeType.ROOT, VolumeState.READY, 2 * _GIB,
        vm_id=vm.id, device_id=0, pool_id=f"pool{n % POOLS}", service_offering_id="offering",
        template_id="template", attached_s=0.0, plugged=True, path=f"root{n}",
    )  # fmt: skip
    world.store.put_vm(vm)
    world.store.put_volume(root)
    return vm.id, root.id


class Lab:
    """The simulator with *vms* Running VMs."""

    def __init__(
        self,
        vms: int,
        seed: int = 1,
        timings: Timings | None = None,
        size: Capacities | None = None,
        hosts: int = HOSTS,
    ) -> None:
        self.world, self.admin, self.pairs = build(vms, hosts, seed, timings, size)
        self.jobs = Jobs(self.world)

    @property
    def now_s(self) -> float:
        """Return the world's second."""
        return float(self.world.env.now)

    def later(self, delay_s: float, then: Callable[[], None]) -> None:
        """Do *then* after *delay_s*."""
        self.world.later(delay_s, then)

    def submit(self, kind: str, vm: int, then: Callable[[], None]) -> None:
        """Start a job of *kind* on VM number *vm*; *then* is called at its end."""
        admin = self.admin
        flow = self._flow(kind, *self.pairs[vm])
        self.jobs.submit(flow, "bench", admin.id, "user", then=lambda _: then())

    def _flow(self, kind: str, vm: str, root: str) -> Flow:
        world, admin = self.world, self.admin
        if kind == "stop":
            return starting.stop(world, vm)
        if kind == "detach":
            return volumes.detach(world, admin, root)
        if kind == "attach":
            return volumes.attach(world, root, vm, 0)
        if kind == "start":
            return starting.start(world, admin, vm)
        return machines.reboot(world, admin, vm)

    def run(self) -> None:
        """Run to the end."""
        self.world.env.run()

    @property
    def events(self) -> int:
        """Return how many events SimPy has made."""
        return next(self.world.env._eid)  # noqa: SLF001 - SimPy counts its events there

    def check(self, jobs: int) -> None:
        """Raise if not all *jobs* succeeded or a VM is not Running with its ROOT."""
        bad = [j.error for j in self.jobs.all.values() if j.status != 1]
        down = [v.id for v in self.world.store.vms.values() if v.state is not VmState.RUNNING]
        if bad or down or len(self.jobs.all) != jobs:
            msg = f"{len(bad)} failed jobs ({bad[:1]}), {len(down)} VMs down"
            raise RuntimeError(msg)


def hosts_for(vms: int) -> int:
    """Return how many hosts so many VMs need."""
    return max(HOSTS, vms // GUESTS)


def measure(name: str, rounds: int = 3) -> None:
    """Print the figures of one workload: the best of *rounds*, the middle R."""
    load = WORKLOADS[name]
    total, hosts = load.jobs, hosts_for(load.vms)
    found: list[Measured] = []
    floors_s: list[float] = []
    ratios: list[float] = []
    events, floor_events, span_s = 0, 0, 0.0
    for _ in range(rounds):
        bare = Bare([n % hosts for n in range(load.vms)])
        floors_s.append(timed(Driver(load, bare).run))
        lab = Lab(load.vms, hosts=hosts)
        found.append(measured(Driver(load, lab).run))
        lab.check(total)
        events, floor_events, span_s = lab.events, bare.events, lab.now_s
        ratios.append(found[-1].ratio(events))
    best_s, floor_s = min(one.cpu_s for one in found), min(floors_s)
    say(
        f"{name}: {total:,} jobs, {load.vms:,} VMs, {hosts:,} KVM hosts, {POOLS} pools\n"
        f"  rootswap   {best_s:7.3f} CPU s {total / best_s:10,.0f} jobs/CPU s "
        f"{events / total:6.2f} events/job\n"
        f"  bare heapq {floor_s:7.3f} CPU s {total / floor_s:10,.0f} jobs/CPU s "
        f"{floor_events / total:6.2f} events/job\n"
        f"  ratio {best_s / floor_s:.2f}, R {middle(ratios):.2f} (a bare timeout takes "
        f"{middle([one.timeout_s for one in found]) * 1e6:.2f} us), "
        f"{span_s / best_s:,.0f} simulated s/CPU s, peak {peak_mib():.0f} MiB"
    )


if __name__ == "__main__":
    for workload in sys.argv[1:] or ("day", "mass"):
        measure(workload)

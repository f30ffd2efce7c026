"""How many jobs a CPU second simulates: `python benchmarks/jobs.py [day|mass …]`."""

import gc
import sys
from collections.abc import Callable
from itertools import accumulate
from random import Random
from time import process_time
from typing import NamedTuple

from bare import STEPS, Bare

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
from simulator.engine import machines, volumes
from simulator.engine.jobs import Job, Jobs
from simulator.engine.world import Flow, World

HOSTS, POOLS = 250, 10
"""250 hosts, not 100: KVM's capability row allows 50 guests on a host."""

_GIB = 1 << 30


class Workload(NamedTuple):
    """*workflows* of four jobs over *vms*; *span_s* of Poisson arrivals, or *sessions* in turn."""

    vms: int
    workflows: int
    span_s: float = 0.0
    sessions: int = 0


WORKLOADS = {
    "day": Workload(10_000, 21_600, span_s=86_400.0),
    "mass": Workload(5_000, 5_000, sessions=200),
}


def arrivals_of(load: Workload) -> list[float]:
    """Return when each workflow starts; empty where sessions decide."""
    if not load.span_s:
        return []
    dice = Random("arrivals")
    rate = load.workflows / load.span_s
    return list(accumulate(dice.expovariate(rate) for _ in range(load.workflows)))


def build(load: Workload) -> tuple[World, Account, list[tuple[str, str]]]:
    """Return a world, its admin, and the (VM, ROOT) ids of its Running VMs."""
    world = World(seed=1)
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
        _add_cluster(world, n)
    return world, admin, [_add_vm(world, n) for n in range(load.vms)]


def _add_cluster(world: World, n: int) -> None:
    store, kvm, cluster_id, pool_id = world.store, Hypervisor.KVM, f"cluster{n}", f"pool{n}"
    store.clusters[cluster_id] = Cluster(cluster_id, n, cluster_id, "zone", "pod", kvm)
    store.pools[pool_id] = StoragePool(
        pool_id, n, pool_id, "zone", "pod", cluster_id, None, Scope.CLUSTER,
        "NetworkFilesystem", kvm, managed=False, capacity_bytes=1 << 50,
    )  # fmt: skip
    for h in range(n, HOSTS, POOLS):
        store.hosts[f"host{h}"] = Host(
            f"host{h}", h, f"host{h}", "zone", "pod", cluster_id, kvm, "10", "172.16.1.1",
            64, 3000, 1024 * _GIB,
        )  # fmt: skip


def _add_vm(world: World, n: int) -> tuple[str, str]:
    host_id = f"host{n % HOSTS}"
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


def _stop_there() -> None:
    """Let arrivals decide when the next workflow starts."""


class Lab:
    """The simulator under one workload."""

    def __init__(self, load: Workload, arrivals: list[float]) -> None:
        self.load, self.arrivals = load, arrivals
        self.world, self.admin, self.pairs = build(load)
        self.jobs = Jobs(self.world)
        self.todo = iter(range(load.workflows))
        env = self.world.env
        if arrivals:
            env.process(self._source())
        for _ in range(load.sessions):
            self.session()

    def _source(self) -> Flow:
        env = self.world.env
        for i, at_s in enumerate(self.arrivals):
            if at_s > env.now:
                yield env.timeout(at_s - env.now)
            self._workflow(i, _stop_there)

    def session(self) -> None:
        """Run the next workflow, and another one at its end."""
        i = next(self.todo, None)
        if i is not None:
            self._workflow(i, self.session)

    def _workflow(self, i: int, after: Callable[[], None]) -> None:
        """Replace the ROOT of a VM by itself in four jobs, each submitted as the last one ends."""
        world, admin, (vm, root) = self.world, self.admin, self.pairs[i % len(self.pairs)]
        flows = iter(
            (
                machines.stop(world, vm),
                volumes.detach(world, admin, root),
                volumes.attach(world, root, vm, 0),
                machines.start(world, admin, vm),
            )
        )

        def go(_: Job | None = None) -> None:
            flow = next(flows, None)
            if flow is None:
                after()
            else:
                self.jobs.submit(flow, "bench", admin.id, "user", then=go)

        go()

    def run(self) -> None:
        """Run to the end."""
        self.world.env.run()

    def check(self) -> None:
        """Raise if a job failed or a VM is not Running with its ROOT."""
        bad = [j.error for j in self.jobs.all.values() if j.status != 1]
        down = [v.id for v in self.world.store.vms.values() if v.state is not VmState.RUNNING]
        if bad or down or len(self.jobs.all) != STEPS * self.load.workflows:
            msg = f"{len(bad)} failed jobs ({bad[:1]}), {len(down)} VMs down"
            raise RuntimeError(msg)


def timed(subject: Lab | Bare) -> float:
    """Return the CPU seconds of a run, the garbage collector off."""
    gc.collect()
    gc.freeze()
    gc.disable()
    start_s = process_time()
    subject.run()
    spent_s = process_time() - start_s
    gc.enable()
    gc.unfreeze()
    return spent_s


def measure(name: str, rounds: int = 3) -> None:
    """Print the figures of one workload: the best of *rounds*."""
    load = WORKLOADS[name]
    arrivals = arrivals_of(load)
    hosts_of = [n % HOSTS for n in range(load.vms)]
    vm_of = [i % load.vms for i in range(load.workflows)]
    total = STEPS * load.workflows
    best, floor, events, floor_events = 1e9, 1e9, 0.0, 0.0
    for _ in range(rounds):
        bare = Bare(hosts_of, vm_of, arrivals, load.sessions)
        floor = min(floor, timed(bare))
        floor_events = bare.events / bare.jobs
        lab = Lab(load, arrivals)
        best = min(best, timed(lab))
        lab.check()
        events = next(lab.world.env._eid) / total  # noqa: SLF001 - SimPy counts its events there
    sys.stdout.write(
        f"{name}: {total} jobs, {load.vms} VMs, {HOSTS} KVM hosts, {POOLS} pools\n"
        f"  rootswap   {best:7.3f} CPU s {total / best:10,.0f} jobs/CPU s "
        f"{events:6.2f} events/job\n"
        f"  bare heapq {floor:7.3f} CPU s {total / floor:10,.0f} jobs/CPU s "
        f"{floor_events:6.2f} events/job\n  ratio {best / floor:.2f}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    for workload in sys.argv[1:] or WORKLOADS:
        measure(workload)

"""Where the time of a job goes: every phase by hand, and their sum."""

from functools import partial
from typing import cast

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.boot import CloudFile
from simulator.domain.records import VolumeType
from simulator.engine import migrating, starting, volumes
from simulator.engine.jobs import Job
from simulator.engine.latency import Capacities, Timings, constant
from simulator.engine.timed import PHASES, Book, Timed
from simulator.engine.world import Flow

CLOUD = """\
[[zones]]
name = "zone"
[[zones.clusters]]
hypervisor = "KVM"
hosts = [{ memory = "1 TiB" }]
pools = [{ count = 2, capacity = "1 PiB" }]
[[vms]]
name = "vm"
count = 8
disks = [{ offering = "Small" }]
"""
TIMES = Timings(
    api=constant(0.5), work=constant(0.25), pickup=constant(0.0), read=constant(0.0),
    commands=dict.fromkeys(Timings().commands, constant(1.0)),
)  # fmt: skip


def cloud_of(
    sizes: Capacities | None = None, timings: Timings | None = TIMES, dialect: str = "spec"
) -> SimulatedCloud:
    file = CloudFile("cloud", CLOUD)
    cloud = boot(cloud=file, timings=timings, capacities=sizes, dialect=dialect)
    cloud.jobs.make = partial(Timed, Book(cloud.world.env))
    return cloud


def start(cloud: SimulatedCloud, flow: Flow) -> Timed:
    user = cloud.user
    return cast("Timed", cloud.jobs.submit(flow, "a job", user.account_id, user.id))


def detach(cloud: SimulatedCloud, most: int) -> list[Timed]:
    """Detach the disks of *most* VMs, all of one host."""
    data = [v for v in cloud.world.store.volumes.values() if v.type is VolumeType.DATADISK][:most]
    return [start(cloud, volumes.detach(cloud.world, cloud.account, v.id)) for v in data]


def settled(cloud: SimulatedCloud, jobs: list[Timed]) -> list[dict[str, float]]:
    """Let *jobs* end, and return their phases, whose sum is the latency of each."""
    cloud.jobs.settle()
    for job in jobs:
        assert job.completed_s is not None
        assert sum(job.phases_s.values()) == pytest.approx(job.completed_s - job.created_s)
        assert set(job.phases_s) <= set(PHASES)
    return [job.phases_s for job in jobs]


def test_a_job_alone() -> None:
    cloud = cloud_of()
    jobs = detach(cloud, 1)
    (phases,) = settled(cloud, jobs)
    assert phases == {"api": 0.5, "dispatch": 1.5, "server": 0.25, "host": 1.0}
    assert (jobs[0].begun_s, jobs[0].dispatched_s, jobs[0].completed_s) == (0.0, 2.0, 3.25)


@pytest.mark.parametrize(
    ("sizes", "second"),
    [
        (Capacities(api_threads=1), {"api_wait": 3.25, "dispatch": 0.25}),
        (Capacities(tick_batch=1), {"dispatch": 3.5}),
        (Capacities(work_threads=1), {"work_wait": 1.25}),
        (Capacities(kvm_agent_workers=1), {"agent_wait": 1.0}),
        (Capacities(cores=1), {"api": 1.0, "dispatch": 1.0, "server": 0.5}),
    ],
)
def test_what_the_second_job_waits_for(sizes: Capacities, second: dict[str, float]) -> None:
    cloud = cloud_of(sizes)
    _, phases = settled(cloud, detach(cloud, 2))
    device = {"agent_wait": 1.0} if sizes.cores == 1 else {}  # a host has one
    wanted = {"api": 0.5, "dispatch": 1.5, "server": 0.25, "host": 1.0} | device | second
    assert phases == pytest.approx(wanted)


def test_a_lock_that_is_held_is_no_turn_that_has_not_come() -> None:
    cloud = cloud_of(dialect="acs-4.22")
    disk, other = two_of_one(cloud)
    jobs = [start(cloud, volumes.detach(cloud.world, cloud.account, v)) for v in (disk, other)]
    first, second = settled(cloud, jobs)
    assert "lock" not in first
    assert second["lock"] == 5.0  # lost until 5.5, dispatched at 6
    assert second["dispatch"] == 0.5


def two_of_one(cloud: SimulatedCloud) -> tuple[str, str]:
    """Return two data disks of one VM."""
    store = cloud.world.store
    one, two = [v for v in store.volumes.values() if v.type is VolumeType.DATADISK][:2]
    store.put_volume(two._replace(vm_id=one.vm_id, device_id=2))
    return one.id, two.id


def test_a_copy_is_told_from_a_command() -> None:
    cloud = cloud_of(Capacities(pool_bytes_per_s=float(1 << 30)))
    store = cloud.world.store
    disk = next(v for v in store.volumes.values() if v.type is VolumeType.ROOT)
    vm = store.vms[disk.vm_id or ""]
    settled(cloud, [start(cloud, starting.stop(cloud.world, vm.id))])
    pool = next(p for p in store.pools.values() if p.id != disk.pool_id)
    job = start(cloud, migrating.migrate(cloud.world, store.accounts[vm.account_id], disk, pool.id))
    (phases,) = settled(cloud, [job])
    assert (phases["copy"], phases["storage"]) == (disk.size_bytes / (1 << 30), 1.0)


@pytest.mark.parametrize("at_s", [0.2, 1.0, 2.1, 2.6, 4.0])
def test_a_restart_ends_the_wait_it_finds(at_s: float) -> None:
    cloud = cloud_of(Capacities(api_threads=4, work_threads=2, kvm_agent_workers=1))
    jobs = detach(cloud, 8)
    cloud.world.advance(at_s)
    cloud.jobs.restart()
    settled(cloud, jobs)
    assert cloud_book(cloud).under_way == {}


def test_a_job_given_up_waits_on_for_the_book_alone() -> None:
    slow = Timings(commands={**TIMES.commands, "DettachCommand": constant(9000.0)})
    cloud = cloud_of(timings=slow)
    (job,) = jobs = detach(cloud, 1)
    (phases,) = settled(cloud, jobs)
    assert job.status == 2
    assert phases["host"] == pytest.approx(3610 - 2, abs=2)
    cloud.world.advance(3600.0)
    assert job.phases_s is phases
    assert cloud_book(cloud).totals()["host"] > phases["host"] + 3000
    cloud.world.advance(3600.0)
    assert cloud_book(cloud).under_way == {}


def cloud_book(cloud: SimulatedCloud) -> Book:
    """Return the book of a cloud's jobs."""
    return cast("Book", cast("partial[Timed]", cloud.jobs.make).args[0])


def test_the_book_is_the_sum_of_its_jobs_at_any_time() -> None:
    cloud = cloud_of(Capacities(api_threads=3, work_threads=2), timings=None)
    jobs = detach(cloud, 8)
    totals = [cloud_book(cloud).totals()]
    while cloud.jobs.running:
        cloud.world.env.forward()
        totals.append(cloud_book(cloud).totals())
    phases = settled(cloud, jobs)
    for phase in PHASES:
        assert totals[-1][phase] == pytest.approx(sum(one.get(phase, 0.0) for one in phases))
        assert sorted(one[phase] for one in totals) == [one[phase] for one in totals]
    threads_s = sum(sum(p.values()) - p.get("api_wait", 0.0) for p in phases)
    assert totals[-1]["api_thread"] == pytest.approx(threads_s)


def test_jobs_end_when_they_end_untimed() -> None:
    ends = []
    for made in (Job, None):
        cloud = cloud_of(Capacities(api_threads=3, work_threads=2, cores=2), timings=None)
        cloud.jobs.make = made or cloud.jobs.make
        detach(cloud, 8)
        jobs = list(cloud.jobs.all.values())
        cloud.jobs.settle()
        ends.append([job.completed_s for job in jobs])
    assert ends[0] == ends[1]

"""Faults of the queues: of VMs, of API threads, of hosts, and of jobs that wait too long."""

from typing import Any

from conformance.mutation.fault import of_kind
from simulator.engine.hosts import arm
from simulator.engine.jobs import Job, Jobs
from simulator.engine.queue import WorkQueue
from simulator.engine.world import World


def _capacity(**values: Any) -> Any:
    """Return the change of a World that has other capacities."""

    def open_for_business(original: Any, world: World) -> None:
        for name, value in values.items():
            object.__setattr__(world.capacities, name, value)
        original(world)

    return open_for_business


def _lock(seconds: float) -> Any:
    def init(original: Any, queue: WorkQueue, *args: Any, **named: Any) -> None:
        original(queue, *args, **named)
        queue.lock_s = seconds

    return init


def _never_busy(original: Any, queue: WorkQueue, turn: Any, served: Any) -> None:
    original(queue, turn, served)
    queue._busy.clear()


def _newest_first(original: Any, queue: WorkQueue, turn: Any) -> None:
    original(queue, turn)
    waiting = queue._waiting.get(turn.vm_id)
    if waiting is not None and len(waiting) > 1:
        waiting.insert(0, waiting.pop())
        queue._heads.append((turn.item_id, turn.vm_id))
        queue._heads.sort()


def _at_once(original: Any, queue: WorkQueue, turn: Any) -> None:
    original(queue, turn)
    if turn.picked and queue._waiting:
        queue._tick(None)  # type: ignore[arg-type]


def _kept(original: Any, queue: WorkQueue, turn: Any) -> None:
    original(queue, turn)
    if turn.picked:
        queue._busy.add(turn.vm_id)


def _never_ends(_original: Any, _job: Job, _error: Exception) -> None:
    """Leave a job that failed pending for ever."""


def _done(original: Any, job: Job, error: Exception) -> None:
    original(job, error)
    job.status, job.result = 1, {"success": True}


_OPEN = World.open_for_business
FAULTS = [
    *of_kind(
        "queue", "queue_limits per_vm_queue",
        ("51", "51 pieces of work begin at a tick", _OPEN, _capacity(tick_batch=51)),
        ("49", "49 pieces of work begin at a tick", _OPEN, _capacity(tick_batch=49)),
        ("any", "any number of pieces of work begins at a tick", _OPEN,
         _capacity(tick_batch=10_000)),
        ("tick", "the queue ticks every second", _OPEN, _capacity(tick_s=1.0)),
        ("slow-tick", "the queue ticks every four seconds", _OPEN, _capacity(tick_s=4.0)),
        ("threads", "there are two API threads", _OPEN, _capacity(api_threads=2)),
        ("one-worker", "there is one thread for work", _OPEN, _capacity(work_threads=1)),
        ("kvm-one", "a KVM agent works on one request at a time", _OPEN,
         _capacity(kvm_agent_workers=1)),
        ("kvm-many", "a KVM agent works on any number of requests", _OPEN,
         _capacity(kvm_agent_workers=500)),
        ("direct-one", "a direct agent works on one request at a time", _OPEN,
         _capacity(direct_agent_workers=1)),
        ("devices", "a KVM host takes several disks at once", World._agent,
         lambda original, world, host: original(world, host)[:1]),
        ("parallel", "work of one VM goes on at once", WorkQueue._pick, _never_busy),
        ("newest", "of the work of a VM the newest begins first", WorkQueue.join, _newest_first),
        ("at-once", "the end of work begins the next", WorkQueue.leave, _at_once),
        ("kept", "a VM whose work ended stays busy", WorkQueue.leave, _kept),
        ("locked", "who finds a VM locked sleeps, in the specification too", WorkQueue.__init__,
         _lock(0.015)),
    ),
    *of_kind(
        "queue",
        "queue_limits per_vm_queue",
        ("lock", "nobody sleeps who finds a VM locked", WorkQueue.__init__, _lock(0.0)),
        dialect="acs-4.22",
    ),
    *of_kind(
        "jobs", "queue_limits async_jobs restart faults",
        ("expiry", "jobs are never forgotten", Jobs._expired, lambda *_: False),
        ("early-expiry", "jobs are forgotten at their end", Jobs._expired,
         lambda _, jobs, job: job.completed_s is not None
         and jobs.world.env.now > job.completed_s),
        ("cancel", "work that blocks its VM is never given up", Jobs._unblock,
         lambda *_: None),
        ("hangs", "a job that fails stays pending", Job._fail, _never_ends),
        ("succeeds", "a job that fails is said to have succeeded", Job._fail, _done),
        ("last", "a volume shows no job that works on it", Jobs.last_on, lambda *_: None),
        ("restart", "a restart lets jobs go on", Jobs.restart, lambda *_: None),
        ("settings", "a setting that is changed counts for timers after a restart alone",
         Jobs.configure, lambda _, jobs, name, value: jobs.world.settings.change(name, value)),
        ("ping", "hosts never report", arm, lambda *_: None),
    ),
]  # fmt: skip
"""All of them."""

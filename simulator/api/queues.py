"""rootswapQueues: the thread pools, the queues of the VMs and their ticks, and where jobs stand."""

from itertools import islice
from math import inf
from typing import Any, NamedTuple

from simulator.api.command import Call, Command
from simulator.api.shape import Shape, boolean, decimal, integer, listed, text
from simulator.engine.history import NEWEST, Tick
from simulator.engine.jobs import Job
from simulator.engine.queue import Turn
from simulator.engine.slots import Slots
from simulator.engine.world import World


class _Pool(NamedTuple):
    """A thread pool by its name."""

    name: str
    slots: Slots


class _Line(NamedTuple):
    """The queue of a VM: how many pieces of work wait, and whether one goes on."""

    world: World
    vm_id: str
    waiting: int


class _Work(NamedTuple):
    """A piece of work, in the queue of a VM."""

    world: World
    turn: Turn


class _Job(NamedTuple):
    """A job, and what it works on."""

    world: World
    record: Job


class _Queues(NamedTuple):
    """What a call is shown: the world, and the jobs and work that it asked about."""

    world: World
    jobs: list[_Job]
    work: list[_Work]


def _name(world: World, entity_id: str | None) -> str | None:
    """Return the name of a VM or a volume, None for anything else."""
    known = world.store.vms.get(entity_id or "") or world.store.volumes.get(entity_id or "")
    return None if known is None else known.name


_POOL = Shape[_Pool](
    "threadpool",
    text("name", "name of the pool", lambda p: p.name),
    integer("capacity", "how many threads there are", lambda p: p.slots.capacity),
    integer("busy", "how many threads are at work", lambda p: p.slots.busy),
    integer("waiting", "how many wait for a thread", lambda p: len(p.slots.waiting)),
)
_LINE = Shape[_Line](
    "vmqueue",
    text("virtualmachineid", "id of the VM", lambda q: q.vm_id),
    text("name", "name of the VM", lambda q: _name(q.world, q.vm_id)),
    integer("waiting", "how many pieces of work wait", lambda q: q.waiting),
    boolean("busy", "whether a piece of work goes on", lambda q: q.world.queue.is_busy(q.vm_id)),
)
_TICK = Shape[Tick](
    "tick",
    decimal("at", "simulated second", lambda t: t.at_s),
    integer("seen", "how many VMs it looked at, of as many as it has places", lambda t: t.seen),
    integer("picked", "how many pieces of work it picked", lambda t: t.picked),
    integer("left", "how many pieces of work it left waiting", lambda t: t.left),
)
_JOB = Shape[_Job](
    "timedjob",
    text("jobid", "id of the job", lambda j: j.record.id),
    text("cmd", "class of the command the job runs", lambda j: j.record.command),
    integer("jobstatus", "0 pending, 1 succeeded, 2 failed", lambda j: j.record.status),
    text("jobinstancetype", "type of what the job works on",
         lambda j: j.record.instance_type or None),
    text("jobinstanceid", "id of what the job works on", lambda j: j.record.instance_id or None),
    text("name", "name of the VM or volume that the job works on",
         lambda j: _name(j.world, j.record.instance_id)),
    decimal("submitted", "simulated second it was submitted at", lambda j: j.record.created_s),
    decimal("started", "simulated second it had its API thread at", lambda j: j.record.begun_s),
    decimal("ended", "simulated second it ended at", lambda j: j.record.completed_s),
)  # fmt: skip
_WORK = Shape[_Work](
    "workjob",
    text("jobid", "id of the job it belongs to", lambda w: w.turn.job_id or None),
    text("virtualmachineid", "id of the VM in whose queue it is", lambda w: w.turn.vm_id),
    text("name", "name of the VM", lambda w: _name(w.world, w.turn.vm_id)),
    decimal("submitted", "simulated second it was submitted at", lambda w: w.turn.submitted_s),
    decimal("picked", "simulated second of the tick that picked it", lambda w: w.turn.picked_s),
    decimal("started", "simulated second it had a work thread at", lambda w: w.turn.started_s),
    decimal("ended", "simulated second it ended at", lambda w: w.turn.ended_s),
)


def _next_s(world: World) -> float | None:
    next_s = world.env.next_s
    return None if next_s == inf else next_s


def _pools(world: World) -> list[_Pool]:
    return [_Pool("API threads", world.api), _Pool("work threads", world.queue.work)]


def _lines(world: World) -> list[_Line]:
    return [_Line(world, vm_id, count) for vm_id, count in world.queue.lengths().items()]


QUEUES = Shape[_Queues](
    "queues",
    decimal("now", "simulated seconds since boot", lambda q: q.world.env.now),
    decimal("next", "simulated second at which something is due", lambda q: _next_s(q.world)),
    decimal("tickseconds", "seconds between two ticks", lambda q: q.world.queue.tick_s),
    integer("tickplaces", "how many VMs a tick looks at", lambda q: q.world.queue.batch),
    listed("threadpools", "the thread pools", _POOL, lambda q: _pools(q.world)),
    listed("vmqueues", "queues that work waits or goes on in", _LINE, lambda q: _lines(q.world)),
    listed("ticks", "the newest ticks that found work waiting, oldest first", _TICK,
           lambda q: q.world.history.ticks),
    listed("jobs", "the newest jobs, oldest first", _JOB, lambda q: q.jobs),
    listed("workjobs", "the newest pieces of work, oldest first", _WORK, lambda q: q.work),
)  # fmt: skip


def queues(call: Call) -> dict[str, Any]:
    """rootswapQueues: what waits and goes on, with the newest jobs and pieces of work.

    With *virtualmachineid* those of one VM; with *since* those that had not ended by that second.
    """
    world, since_s = call.world, call.args.get("since", -inf)
    work = [
        turn for turn in world.history.work if turn.ended_s is None or turn.ended_s >= since_s
    ]  # fmt: skip
    jobs = [job for job in _newest(call) if job.completed_s is None or job.completed_s >= since_s]
    vm_id = call.text("virtualmachineid")
    if vm_id is not None:
        work = [turn for turn in work if turn.vm_id == vm_id]
        here = {turn.job_id for turn in work}
        jobs = [job for job in jobs if job.instance_id == vm_id or job.id in here]
    shown = _Queues(
        world, [_Job(world, job) for job in jobs], [_Work(world, turn) for turn in work]
    )
    return {"queues": QUEUES.render(shown)}


def _newest(call: Call) -> list[Job]:
    """Return the newest jobs that are not forgotten, oldest first."""
    return [*islice(reversed(call.jobs.all.values()), NEWEST)][::-1]


COMMANDS = (
    Command(
        "rootswapQueues",
        queues,
        "virtualmachineid:text since:float",
        roles="A",
        says="Shows thread pools, the queues of VMs and their ticks, and the newest jobs and work",
        answers=QUEUES,
        reads=True,
    ),
)

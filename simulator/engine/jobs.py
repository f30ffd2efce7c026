"""Async jobs: an API thread runs a flow, whose end is remembered (semantics 5.1).

A job drives its flow itself: a SimPy process would add an event at either end of each.
"""

from collections import OrderedDict
from collections.abc import Callable
from math import floor
from typing import Any

from simpy import Event

from simulator.domain.errors import INTERNAL_TEXT, CloudError, Kind, Refused
from simulator.engine import hosts
from simulator.engine.cleaning import Cleaner
from simulator.engine.draws import Draws
from simulator.engine.errors import Restarted, Stuck, report
from simulator.engine.leftovers import as_found
from simulator.engine.queue import Turn
from simulator.engine.world import Flow, World

_BLOCKED = "Job is cancelled as it has been blocking others for too long"
_ROUND_S = 10.0  # between two rounds of the collector of blocked work (10.2)
_ALARMS_IN_VAIN = 1000  # after so many without any event between, no job will ever go on
Render = Callable[[Any, "Job"], Any]


class Job:
    """One asynchronous job; *status* is 0 pending, 1 succeeded, 2 failed.

    *begun_s* is when it got its API thread. *result* is what the flow returned, rendered; *error*
    is (code, text) of a failure, None when the management server went away under it.
    """

    __slots__ = (
        "_draws", "_flow", "_jobs", "_reason", "_render", "_then", "_turn", "_waits",
        "account_id", "begun_s", "command", "completed_s", "created_s", "db_id", "error", "id",
        "instance_id", "instance_type", "result", "status", "user_id",
    )  # fmt: skip

    def __init__(
        self,
        jobs: "Jobs",
        flow: Flow,
        command: str,
        account_id: str,
        user_id: str,
        render: Render | None,
        then: Callable[["Job"], None] | None,
        draws: Draws | None,
    ) -> None:
        store = jobs.world.store
        self.id, self.db_id = store.new_id(), store.new_row("job")
        self.command, self.account_id, self.user_id = command, account_id, user_id
        self.status, self._draws, self._reason = 0, draws, "restart"
        self.result: Any = None
        self.error: tuple[int, str] | None = None
        self.created_s: float = jobs.world.env.now
        self.begun_s: float | None = None
        self.completed_s: float | None = None
        self.instance_type: str | None = None
        self.instance_id: str | None = None
        self._jobs, self._render, self._then = jobs, render, then
        self._flow: Any = flow  # None once it has ended: those of a day take room
        self._waits: Event | None = None
        self._turn: Turn | None = None  # the one it had last

    @property
    def failure(self) -> str:
        """Return code and reason of a job that failed: a rule's id, or a word or two."""
        return f"{self.error[0] if self.error else 530} {self._reason}"

    def begin(self, _: Event | None = None) -> None:
        """Have an API thread: spend its time, then run the flow."""
        world = self._jobs.world
        self.begun_s, world.draws = world.env.now, self._draws
        self._await(world.spend("api"), self._resume)

    def wait_for(self, thread: Event) -> None:
        """Begin when an API thread is free."""
        self._await(thread, self.begin)

    def interrupt(self) -> None:
        """End at once as a restart of the management server ends it."""
        if self._waits is not None and self._waits.callbacks is not None:
            self._waits.callbacks.clear()  # nobody else waits for what a job waits for
        flow, self._flow = self._flow, None
        try:
            flow.throw(Restarted())
        except Restarted:
            pass
        except Exception as bug:  # noqa: BLE001 - the restart of all others goes on
            report(self._jobs.world, self.command, bug)
        else:
            report(self._jobs.world, self.command, AssertionError("went on after a restart"))
        if self.status == 0:
            self._end(2)

    def _await(self, event: Event, then: Callable[[Event], None]) -> None:
        self._waits = event
        event.callbacks.append(then)

    def _resume(self, _: Event) -> None:
        self._jobs.world.draws = self._draws
        try:
            waits = self._flow.send(None)
        except StopIteration as end:
            self._succeed(end.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this job's alone
            self._fail(error)
        else:
            self._waits = waits
            if waits.__class__ is Turn:
                self._turn, waits.job_id = waits, self.id
            waits.callbacks.append(self._resume)

    def _succeed(self, value: Any) -> None:
        self._flow = None
        if self.status:
            self._jobs.bury(self)
            return
        try:
            self.result = self._render(value, self) if self._render else value
        except Exception as error:  # noqa: BLE001 - a result that cannot be shown is a failure
            self._fail(error)
        else:
            self._end(1)

    def _fail(self, error: Exception) -> None:
        """End as failed; as the server does, any error that was not foreseen is a 530 (A1)."""
        self._flow, world = None, self._jobs.world
        if not isinstance(error, CloudError):
            report(world, self.command, error)
            error = CloudError(Kind.INTERNAL, INTERNAL_TEXT)
            error.reason = "internal"
        if self.status:
            self._jobs.bury(self)
            return
        self.error, self._reason = (error.kind.job_code, error.text), error.reason
        if isinstance(error, Refused):
            world.refusals.append(error.rule_id)
        self._end(2)

    def holds(self, turn: Turn) -> bool:
        """Return whether the job's work is what was granted by *turn*."""
        return self._turn is turn

    def give_up(self) -> None:
        """End as failed, though the flow goes on: whatever comes of it, nobody hears (5.4)."""
        self.error, self._reason, waits = (530, _BLOCKED), "blocked", self._waits
        self._end(2)
        self._waits = waits

    def _end(self, status: int) -> None:
        self.status, self.completed_s = status, self._jobs.world.env.now
        self._jobs.leave(self)
        then = self._then
        self._waits = self._turn = self._render = self._then = None
        if then is not None:
            try:
                then(self)
            except Exception as bug:  # noqa: BLE001 - who waited for this job has the bug alone
                report(self._jobs.world, self.command, bug)


class Jobs:
    """Starts flows and answers for them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.make: Callable[..., Job] = Job
        self.all: OrderedDict[str, Job] = OrderedDict()  # a dict is slow to find its oldest
        self.running: dict[str, Job] = {}
        self._working_on: dict[str, dict[str, Job]] = {}
        self._given_up: dict[str, Job] = {}
        self.cleaner = Cleaner(world)
        self._keeps_s = self._blocks_s = 0.0
        self.arm()

    def submit(
        self,
        flow: Flow,
        command: str,
        account_id: str,
        user_id: str,
        render: Render | None = None,
        instance: tuple[str, str] | None = None,
        then: Callable[[Job], None] | None = None,
        draws: Draws | None = None,
    ) -> Job:
        """Start *flow* in an API thread and return its job.

        *render* makes its result; *then* is called at its end, in the same instant. *draws* are
        the random numbers of its own.
        """
        job = self.make(self, flow, command, account_id, user_id, render, then, draws)
        self._forget()
        if instance:
            job.instance_type, job.instance_id = instance
            self._working_on.setdefault(instance[1], {})[job.id] = job
        self.all[job.id] = self.running[job.id] = job
        thread = self.world.api.grab()
        if thread is None:
            job.begin()
        else:
            job.wait_for(thread)
        return job

    def leave(self, job: Job) -> None:
        """Give back the API thread of a job that ended."""
        self.world.api.drop()
        del self.running[job.id]
        working = self._working_on.get(job.instance_id or "")
        if working is not None and working.pop(job.id, None) is not None and not working:
            self._working_on.pop(job.instance_id or "")

    def last_on(self, instance_id: str) -> Job | None:
        """Return the youngest running job that works on an instance."""
        working = self._working_on.get(instance_id)
        return next(reversed(working.values())) if working else None

    def find(self, job_id: str) -> Job | None:
        """Return a job that is not forgotten yet (semantics 5.4)."""
        job = self.all.get(job_id)
        return None if job is None or self._expired(job) else job

    def pending(self) -> list[Job]:
        """Return the running jobs that are not forgotten yet."""
        return [job for job in self.running.values() if not self._expired(job)]

    def _expired(self, job: Job) -> bool:
        since_s = job.created_s if job.completed_s is None else job.completed_s
        return float(self.world.env.now - since_s) > self._keeps_s

    def _forget(self) -> None:
        """Drop the oldest jobs for good once they are expired."""
        since_s = self.world.env.now - self._keeps_s
        while self.all:
            oldest = next(iter(self.all.values()))
            if oldest.completed_s is None or oldest.completed_s >= since_s:
                return
            del self.all[oldest.id]

    def settle(self) -> None:
        """Let time pass until no job is running, and everything due then has happened.

        Stuck if nothing is left that could let one go on.
        """
        env, alarms = self.world.env, 0
        while self.running:
            alarms = alarms + 1 if env.only_alarms else 0
            if env.idle or alarms > _ALARMS_IN_VAIN:
                raise Stuck(self.running)
            env.forward()
        self.world.advance(0)

    def restart(self) -> None:
        """Fail every running job as a restart of the management server does (semantics 5.4)."""
        with as_found(self.world):
            for job in [*self.running.values(), *self._given_up.values()]:
                job.interrupt()
            for exchange in [*self.world.exchanges]:
                exchange.interrupt()
        self._given_up.clear()
        self.world.open_for_business()
        self.arm()

    def arm(self) -> None:
        """Set every timer by the records and settings as they are, as after a checkpoint."""
        settings = self.world.settings
        self._keeps_s = settings.number("job.expire.minutes") * 60
        self._blocks_s = settings.number("job.cancel.threshold.minutes") * 60
        self.cleaner.arm()
        hosts.arm(self.world)
        self.world.queue.on_pick = self._watch

    def configure(self, name: str, value: str) -> None:
        """Change a setting, and the timers with it; KeyError for a name that is no setting."""
        self.world.settings.change(name, value)
        self.arm()

    def bury(self, job: Job) -> None:
        """Forget the flow of a job that was given up."""
        self._given_up.pop(job.id, None)

    def _watch(self) -> None:
        """See to it that work does not block its VM's queue for ever."""
        env, due_s = self.world.env, self.world.queue.oldest_s() + max(0.0, self._blocks_s)
        if due_s < env.alarm_at("blocked"):
            env.wake("blocked", (floor(due_s / _ROUND_S) + 1) * _ROUND_S, self._unblock)

    def _unblock(self) -> None:
        """Give up the jobs whose work has blocked a queue for too long."""
        queue = self.world.queue
        while queue.oldest_s() + self._blocks_s < self.world.env.now:
            turn = queue.take_away()
            for job in [j for j in self.running.values() if j.holds(turn)]:
                self._given_up[job.id] = job
                job.give_up()
        self._watch()

"""Jobs that know where their time went: each wait is put down to what was waited for."""

from typing import Any

from simpy import Environment, Event

from simulator.engine.exchange import Exchange
from simulator.engine.jobs import Job
from simulator.engine.queue import Turn
from simulator.engine.world import World

PHASES = (
    "api_wait", "api", "lock", "dispatch", "work_wait", "server", "agent_wait", "host",
    "storage", "copy", "stuck", "other",
)  # fmt: skip
"""What a job waits for, in the order it comes to: an API thread and its time there, the VM's lock,
its turn (queue and tick), a work thread, work of the management server and its database, an agent's
worker or device, a host's command, a storage command, a copy, what never comes, and what nothing is
known about."""
_PHASE_OF = {
    "api": "api", "pickup": "server", "read": "server", "work": "server", "plan": "server",
    "refuse": "server", "allocate": "server", "delete": "server", "backup": "storage",
    "copy": "copy", "agent": "agent_wait", "host": "host", "storage": "storage", "stuck": "stuck",
    "thread": "api_wait",
}  # fmt: skip
"""What `World.label` says -> phase."""


class Book:
    """What the jobs of a world spent in each phase; and those, and synchronous calls, under way."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self.spent_s = dict.fromkeys(PHASES, 0.0)
        self.threads_s = self.held_s = 0.0
        self._holders: dict[Event, float] = {}
        self.under_way: dict[object, Timed | TimedExchange] = {}

    def totals(self) -> dict[str, float]:
        """Return the seconds spent in each phase and in threads, those under way included."""
        now = self._now_s()
        held_s = self.held_s + sum(now - since_s for since_s in self._holders.values())
        found = self.spent_s | {"api_thread": self.threads_s, "work_thread": held_s}
        for job in self.under_way.values():
            for phase, seconds in job.waited():
                found[phase] += seconds
            if isinstance(job, Timed):
                found["api_thread"] += job.in_thread_s()
        return found

    def hold(self, granted: Event) -> None:
        """Note that whoever waited for *granted* has a work thread from now on."""
        self._holders[granted] = self._now_s()

    def let_go(self, granted: Event) -> None:
        """Note that the work thread is given back, if there was one."""
        since_s = self._holders.pop(granted, None)
        if since_s is not None:
            self.held_s += self._now_s() - since_s

    def _now_s(self) -> float:
        return float(self._env.now)


class Timed(Job):
    """A job that adds up what it spent in each phase; the sum is its latency.

    *begun_s* is when it got its API thread, *dispatched_s* when its first turn came.
    """

    __slots__ = ("_book", "_label", "_since_s", "dispatched_s", "phases_s")

    def __init__(self, book: Book, *args: Any) -> None:
        super().__init__(*args)
        self._book, self._label, self._since_s = book, "", self.created_s
        self.dispatched_s: float | None = None
        self.phases_s: dict[str, float] = {}
        book.under_way[self.id] = self

    def begin(self, _: Event | None = None) -> None:
        """Have an API thread: spend its time, then run the flow."""
        self._note()
        super().begin(_)
        self._relabel()

    def wait_for(self, thread: Event) -> None:
        """Begin when an API thread is free."""
        super().wait_for(thread)
        self._label = "thread"

    def interrupt(self) -> None:
        """End at once as a restart of the management server ends it."""
        super().interrupt()
        self._book.under_way.pop(self.id, None)

    def waited(self) -> tuple[tuple[str, float], ...]:
        """Return the seconds of the wait under way, by what they were waited for."""
        now, waits = self._jobs.world.env.now, self._waits
        if now == self._since_s:
            return ()
        if waits.__class__ is not Turn:
            return ((_PHASE_OF.get(self._label, "other"), now - self._since_s),)
        asked_s = min(now, waits.asked_s)
        lock_s = min(waits.lost_s, asked_s - self._since_s)
        turn_s = asked_s - self._since_s - lock_s
        return ("lock", lock_s), ("dispatch", turn_s), ("work_wait", now - asked_s)

    def in_thread_s(self) -> float:
        """Return for how long the job has had an API thread, 0 once it has given it back."""
        if self.begun_s is None or self.status:
            return 0.0
        return float(self._jobs.world.env.now - self.begun_s)

    def _resume(self, event: Event) -> None:
        self._note()
        if event.__class__ is Turn:
            self._book.hold(event)
            if self.dispatched_s is None:
                self.dispatched_s = self._since_s
        super()._resume(event)
        self._relabel()
        if self.status and self._flow is None:
            self._book.under_way.pop(self.id, None)

    def _note(self) -> None:
        """Put down the wait that is over; what a job given up still does is not its latency."""
        for phase, seconds in self.waited():
            if seconds:
                self._book.spent_s[phase] += seconds
                if self.status == 0:
                    self.phases_s[phase] = self.phases_s.get(phase, 0.0) + seconds
        self._since_s = self._jobs.world.env.now

    def _relabel(self) -> None:
        world = self._jobs.world
        self._label, world.label = world.label, ""

    def _end(self, status: int) -> None:
        self._note()
        self._book.threads_s += self.in_thread_s()
        super()._end(status)


class TimedExchange(Exchange):
    """A synchronous call that adds what it spent in each phase to the book."""

    def __init__(self, book: Book, world: World, *args: Any) -> None:
        self._book, self._label, self._since_s = book, "", float(world.env.now)
        book.under_way[self] = self
        super().__init__(world, *args)

    def waited(self) -> tuple[tuple[str, float], ...]:
        """Return the seconds of the wait under way, by what they were waited for."""
        return ((_PHASE_OF.get(self._label, "other"), self._world.env.now - self._since_s),)

    def _resume(self, event: Event | None = None) -> None:
        self._note()
        super()._resume(event)
        self._label, self._world.label = self._world.label, ""

    def _end(self, value: Any, error: Exception | None) -> None:
        self._note()
        self._book.under_way.pop(self, None)
        super()._end(value, error)

    def _note(self) -> None:
        for phase, seconds in self.waited():
            self._book.spent_s[phase] += seconds
        self._since_s = float(self._world.env.now)

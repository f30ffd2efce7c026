"""The simulated clock: SimPy's environment, able to reach a given second exactly, with alarms."""

from collections.abc import Callable
from heapq import heappush
from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING

from simpy import Environment, Event
from simpy.events import NORMAL, EventPriority

from simulator.engine.errors import Crashed

LOW = EventPriority(NORMAL + 1)
"""Priority of what happens last in its instant."""


class Lapse(Event):
    """What a Timeout without a value is, in half the time: nothing but its place in the queue."""

    _value = None

    def __init__(self, env: Environment, delay_s: float, priority: EventPriority = NORMAL) -> None:
        if delay_s < 0:
            msg = f"Negative delay {delay_s}"
            raise ValueError(msg)
        self.callbacks, self._ok = [], True
        heappush(env._queue, (env._now + delay_s, priority, next(env._eid), self))  # noqa: SLF001 - as SimPy's own


class Clock(Environment):
    """Seconds since boot.

    An alarm rings at its second, after all else that happens then. It is no event: nobody has to
    wait for it, and a clock on which nothing but alarms is left stands still until it is told to
    reach a second.
    """

    if not TYPE_CHECKING:
        now = property(attrgetter("_now"))  # a call of Python less than its own

    def __init__(self) -> None:
        super().__init__(0.0)  # not 0: a second reads the same before and after a checkpoint
        self._alarms: dict[str, tuple[float, Callable[[], None]]] = {}
        self._alarm_s = inf
        self.on_bug: Callable[[str, Exception], None] = self.raise_after_instant

    @property
    def only_alarms(self) -> bool:
        """Whether no event is due."""
        return not self._queue

    @property
    def idle(self) -> bool:
        """Whether nothing is due at all."""
        return not self._queue and self._alarm_s == inf

    @property
    def next_s(self) -> float:
        """The second at which something is due next, infinity for never."""
        return min(float(self.peek()), self._alarm_s)

    def raise_after_instant(self, where: str, bug: Exception) -> None:
        """Raise *bug* from the clock as Crashed, once all else that is due now has happened."""
        last = Lapse(self, 0.0, LOW)

        def crash(_: Event) -> None:
            raise Crashed(where, bug) from bug

        last.callbacks.append(crash)

    def later(self, delay_s: float, then: Callable[[], None]) -> None:
        """Do *then* after *delay_s*."""
        name = getattr(then, "__qualname__", "a timer")
        Lapse(self, delay_s).callbacks.append(lambda _: self._guarded(name, then))

    def _guarded(self, name: str, then: Callable[[], None]) -> None:
        try:
            then()
        except Exception as bug:  # noqa: BLE001 - what else is due must happen all the same
            self.on_bug(name, bug)

    def reach(self, at_s: float) -> None:
        """Let everything happen that is due up to and including *at_s*, and stand there.

        `run(until=…)` adds up differences, so that a replay could end a rounding error apart.
        """
        queue = self._queue
        while True:
            while queue and queue[0][0] <= at_s and queue[0][0] <= self._alarm_s:
                self.step()
            if self._alarm_s > at_s:
                break
            self._ring()
        self._now = max(self._now, at_s)

    def forward(self) -> None:
        """Let the next thing happen, be it an event or an alarm."""
        if self._alarm_s < self.peek():
            self._ring()
        else:
            self.step()

    def wake(self, name: str, at_s: float, then: Callable[[], None]) -> None:
        """Set the alarm called *name*, unless it rings earlier anyway; infinity is never."""
        if at_s < self.alarm_at(name):
            self._alarms[name] = (at_s, then)
            self._alarm_s = min(self._alarm_s, at_s)

    def alarm_at(self, name: str) -> float:
        """Return the second an alarm is set for, infinity for none."""
        alarm = self._alarms.get(name)
        return alarm[0] if alarm else inf

    def silence(self, name: str) -> None:
        """Take an alarm back."""
        self._alarms.pop(name, None)
        self._alarm_s = min((at_s for at_s, _ in self._alarms.values()), default=inf)

    def _ring(self) -> None:
        name = min(self._alarms, key=self.alarm_at)
        at_s, then = self._alarms[name]
        self.silence(name)
        self._now = max(self._now, at_s)
        self._guarded(name, then)

"""The simulated clock: SimPy's environment, able to reach a given second exactly, with alarms."""

from collections.abc import Callable
from math import inf

from simpy import Environment


class Clock(Environment):
    """Seconds since boot.

    An alarm rings at its second, after all else that happens then. It is no event: nobody has to
    wait for it, and a clock on which nothing but alarms is left stands still until it is told to
    reach a second.
    """

    def __init__(self) -> None:
        super().__init__(0.0)  # not 0: a second reads the same before and after a checkpoint
        self._alarms: dict[str, tuple[float, Callable[[], None]]] = {}
        self._alarm_s = inf

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
        return self._alarms[name][0] if name in self._alarms else inf

    def silence(self, name: str) -> None:
        """Take an alarm back."""
        self._alarms.pop(name, None)
        self._alarm_s = min((at_s for at_s, _ in self._alarms.values()), default=inf)

    def _ring(self) -> None:
        name = min(self._alarms, key=self.alarm_at)
        at_s, then = self._alarms[name]
        self.silence(name)
        self._now = max(self._now, at_s)
        then()

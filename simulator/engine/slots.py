"""Things there are only so many of: thread pools, agent workers, bandwidth, processors.

Lean on purpose: a grant needs no event unless somebody has to wait (SimPy's Resource makes
three events for each use).
"""

from collections import deque
from heapq import heappop, heappush
from itertools import count
from math import inf

from simpy import Environment, Event
from simpy.events import Timeout


class Signal(Event):
    """An event that happens when it is told to, without a place in the queue of events.

    Of whoever waits, *lost_s* went to a lock, and what came after *asked_s* to a full pool.
    """

    lost_s = 0.0
    asked_s = inf

    def fire(self) -> None:
        """Happen now: whoever waits goes on before this returns."""
        self._ok, self._value = True, None
        for waiter in self.callbacks:
            waiter(self)


class Slots:
    """A pool of *capacity* equal slots, first come first served."""

    __slots__ = ("capacity", "env", "free", "waiting")

    def __init__(self, env: Environment, capacity: int) -> None:
        self.env, self.capacity, self.free = env, capacity, capacity
        self.waiting: deque[Event] = deque()

    @property
    def busy(self) -> int:
        """Return how many slots are taken."""
        return self.capacity - self.free

    def grab(self) -> Event | None:
        """Take a slot at once and return None, or return the event to wait for."""
        if self.free:
            self.free -= 1
            return None
        event = Event(self.env)
        self.waiting.append(event)
        return event

    def grab_for(self, event: Signal) -> bool:
        """Take a slot at once and return True, or let *event* succeed when one is free."""
        if self.free:
            self.free -= 1
            return True
        event.asked_s = self.env.now
        self.waiting.append(event)
        return False

    def drop(self) -> None:
        """Give a slot back, to whoever waits longest."""
        if self.waiting:
            self.waiting.popleft().succeed()
        else:
            self.free += 1


class Shared:
    """Processor sharing: what is under way shares *per_s* evenly, each at *most_per_s* at most.

    Kept in virtual time: one heap of finish tags and one live timer, whatever the number.
    """

    def __init__(self, env: Environment, per_s: float, most_per_s: float = inf) -> None:
        self.env, self.per_s, self.most_per_s = env, per_s, most_per_s
        self._tags: list[tuple[float, int, Event]] = []
        self._serial = count()
        self._virtual, self._last_s, self._round = 0.0, 0.0, 0

    def take(self, amount: float) -> Event:
        """Start to take *amount* and return the event of its end."""
        self._advance()
        if not self._tags:
            self._virtual = 0.0  # an idle one remembers nothing, so that a checkpoint need not
        done = Event(self.env)
        heappush(self._tags, (self._virtual + amount, next(self._serial), done))
        self._arm()
        return done

    def change(self, per_s: float) -> None:
        """Share *per_s* from now on, what is under way included."""
        self._advance()
        self.per_s = per_s
        self._arm()

    def _each_per_s(self) -> float:
        return min(self.most_per_s, self.per_s / len(self._tags))

    def _advance(self) -> None:
        now = self.env.now
        if self._tags:
            self._virtual += (now - self._last_s) * self._each_per_s()
        self._last_s = now

    def _arm(self) -> None:
        self._round += 1
        if self._tags:
            left = max(0.0, self._tags[0][0] - self._virtual)
            timer = Timeout(self.env, left / self._each_per_s(), value=self._round)
            timer.callbacks.append(self._ring)

    def _ring(self, timer: Event) -> None:
        if timer.value != self._round:
            return
        self._advance()
        self._virtual = max(self._virtual, self._tags[0][0])
        while self._tags and self._tags[0][0] <= self._virtual:
            heappop(self._tags)[2].succeed()
        self._arm()

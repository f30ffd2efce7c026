"""Parts that count: how many wait and how many are served, over time."""

from itertools import pairwise
from math import inf
from typing import Any

from simpy import Environment, Event
from simpy.events import Timeout

from simulator.engine.parts import Parts
from simulator.engine.queue import Turn, WorkQueue
from simulator.engine.slots import Shared, Signal, Slots
from simulator.engine.timed import Book

MOST_BINS = 240
"""Pieces that a time is cut into at most."""


DISPATCHER, TURNS = "dispatcher", "dispatcher queue"
"""The gauges of the places of a tick, and of those that wait for their VM's turn."""


class Gauge:
    """A level over time: its integral, its peak, and its mean in up to 240 equal pieces of time.

    Pieces are a power of two of seconds; they are put together by twos when time outgrows them.
    """

    __slots__ = (
        "_edge_s", "_edges", "_last_s", "area", "entries", "env", "level", "peak", "width_s",
    )  # fmt: skip

    def __init__(self, env: Environment, zero_s: float = 0.0) -> None:
        self.env, self.entries = env, 0
        self.level = self.peak = self.area = 0.0
        self._last_s = zero_s
        self.width_s = 0.125
        self._edge_s = self._last_s + self.width_s
        self._edges: list[float] = []  # the area up to the end of each piece

    def add(self, change: int) -> None:
        """Change the level by *change*, which came if it is more than 0."""
        now = self.env.now
        if now >= self._edge_s:
            self._cross(now)
        self.area += self.level * (now - self._last_s)
        self._last_s = now
        self.level += change
        if change > 0:
            self.entries += 1
            self.peak = max(self.peak, self.level)

    def put(self, level: float) -> None:
        """Have the level at *level* from now on."""
        now = self.env.now
        if now >= self._edge_s:
            self._cross(now)
        self.area += self.level * (now - self._last_s)
        self._last_s = now
        self.level = level

    def note(self) -> None:
        """Count the time that passed."""
        self.put(self.level)

    def means(self) -> tuple[float, ...]:
        """Return the mean level in each piece, the last one as far as it has come."""
        self.note()
        begun = [0.0, *self._edges]
        found = [(b - a) / self.width_s for a, b in pairwise(begun)]
        part_s = self._last_s - self._edge_s + self.width_s
        return (*found, (self.area - begun[-1]) / part_s) if part_s > 0 else tuple(found)

    def _cross(self, now: float) -> None:
        """Write down the area at each edge between pieces up to *now*."""
        while self._edge_s <= now:
            self._edges.append(self.area + self.level * (self._edge_s - self._last_s))
            if len(self._edges) == MOST_BINS:
                self._edges = self._edges[1::2]
                self.width_s *= 2
            self._edge_s += self.width_s


class MeteredSlots(Slots):
    """Slots that count into a gauge of those that have one and a gauge of those that wait."""

    __slots__ = ("_used_s", "used", "waits")

    def __init__(self, env: Environment, capacity: int, used: Gauge, waits: Gauge) -> None:
        super().__init__(env, capacity)
        self.used, self.waits = used, waits
        self._used_s = 0.0  # ends less beginnings, of these slots alone

    def busy_s(self) -> float:
        """Return the seconds that these slots were in use, one beside the other."""
        return self._used_s + self.busy * float(self.env.now)

    def grab(self) -> Event | None:
        """Take a slot at once and return None, or return the event to wait for."""
        event = super().grab()
        self._count(at_once=event is None)
        return event

    def grab_for(self, event: Signal) -> bool:
        """Take a slot at once and return True, or let *event* succeed when one is free."""
        at_once = super().grab_for(event)
        self._count(at_once=at_once)
        return at_once

    def _count(self, *, at_once: bool) -> None:
        if at_once:
            self.used.add(1)
            self._used_s -= self.env.now
        else:
            self.waits.add(1)

    def drop(self) -> None:
        """Give a slot back, to whoever waits longest."""
        if self.waiting:
            self.waits.add(-1)
            self.used.entries += 1
        else:
            self.used.add(-1)
            self._used_s += self.env.now
        super().drop()


class WorkThreads(MeteredSlots):
    """Work threads: whoever asks for one has left the queues of the VMs."""

    __slots__ = ("turns",)

    def __init__(
        self, env: Environment, capacity: int, used: Gauge, waits: Gauge, turns: Gauge
    ) -> None:
        super().__init__(env, capacity, used, waits)
        self.turns = turns

    def grab_for(self, event: Signal) -> bool:
        """Take a slot at once and return True, or let *event* succeed when one is free."""
        self.turns.add(-1)
        return super().grab_for(event)


class MeteredQueue(WorkQueue):
    """Queues that count who waits in them, and how long work holds its thread.

    *places* has how many VMs the last tick looked at, of as many as a tick may.
    """

    def __init__(self, turns: Gauge, places: Gauge, book: Book, *args: Any, **sizes: Any) -> None:
        super().__init__(*args, **sizes)
        self._turns, self._places, self._book = turns, places, book

    def join(self, turn: Turn) -> None:
        """Queue *turn*, as soon as the VM's lock is free, and see to it that a tick comes."""
        super().join(turn)
        if turn.item_id:
            self._turns.add(1)

    def _tick(self, event: Event) -> None:
        self._places.put(min(self.batch, len(self._waiting)))
        super()._tick(event)
        if not self._ticking:
            Timeout(self.env, self.tick_s).callbacks.append(self._rest)

    def _rest(self, _: Event) -> None:
        if not self._ticking:
            self._places.put(0.0)

    def leave(self, turn: Turn) -> None:
        """Take *turn* out: its work is done, or will never be."""
        if turn.item_id and not turn.picked:
            self._turns.add(-1)
        self._book.let_go(turn)
        super().leave(turn)


class MeteredShared(Shared):
    """Something shared that counts its takers, what they ask for, and what they get."""

    def __init__(self, takers: Gauge, flow: Gauge, *args: Any) -> None:
        super().__init__(*args)
        self._takers, self._flow = takers, flow
        self.asked = self._got = 0.0
        self.counts = True

    def take(self, amount: float) -> Event:
        """Start to take *amount* and return the event of its end."""
        self.asked += amount
        self._takers.add(1)
        done = super().take(amount)
        done.callbacks.append(self._done)
        return done

    def _done(self, _: Event) -> None:
        if self.counts:
            self._takers.add(-1)

    def got(self) -> float:
        """Return what was got of what was asked for."""
        if self.counts:
            self._advance()
            self._got = self.asked - sum(tag - self._virtual for tag, _, _ in self._tags)
        return self._got

    def forget(self) -> None:
        """Count nothing any more: what it belonged to is gone."""
        self.got()
        self.counts = False

    def _arm(self) -> None:
        count = len(self._tags)
        if self.counts:
            self._flow.put(count * self._each_per_s() if count else 0.0)
        super()._arm()


class Meters(Parts):
    """Makes parts that count.

    A gauge is called as its part, with " queue" or " takers" for those that wait or share.
    """

    def __init__(self, env: Environment, book: Book) -> None:
        self.env, self.book, self._zero_s = env, book, float(env.now)
        self.gauges: dict[str, Gauge] = {}
        self.pools: dict[str, list[MeteredSlots]] = {}
        self.shares: dict[str, list[MeteredShared]] = {}
        self.opened_at: list[float] = []

    def gauge(self, name: str) -> Gauge:
        """Return the gauge called *name*."""
        if name not in self.gauges:
            self.gauges[name] = Gauge(self.env, self._zero_s)
        return self.gauges[name]

    def opened(self) -> None:
        """Take note that the management server starts: nobody has or waits for what it had."""
        self.opened_at.append(float(self.env.now))
        self.pools.clear()
        for name, gauge in self.gauges.items():
            if not name.startswith("pool "):
                gauge.put(0.0)
        for made in self.shares.get("cores", []):
            made.forget()

    def slots(self, env: Environment, name: str, capacity: int) -> Slots:
        """Return a pool of slots; those of all agents have one name."""
        used, waits = self.gauge(name), self.gauge(f"{name} queue")
        made = (
            WorkThreads(env, capacity, used, waits, self.gauge(TURNS))
            if name == "work threads"
            else MeteredSlots(env, capacity, used, waits)
        )
        self.pools.setdefault(name, []).append(made)
        return made

    def shared(self, env: Environment, name: str, per_s: float, most_per_s: float = inf) -> Shared:
        """Return something of which all get equal shares."""
        takers, flow = self.gauge(f"{name} takers"), self.gauge(name)
        made = MeteredShared(takers, flow, env, per_s, most_per_s)
        self.shares.setdefault(name, []).append(made)
        return made

    def queue(self, *args: Any, **sizes: Any) -> WorkQueue:
        """Return the queues of all VMs."""
        turns, places = self.gauge(TURNS), self.gauge(DISPATCHER)
        return MeteredQueue(turns, places, self.book, *args, **sizes)

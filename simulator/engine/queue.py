"""The per-VM work queue (semantics 5.1): one piece of work per VM, started by a tick.

Every 2 s the oldest waiting item of each VM queue is looked at, 50 at most, oldest first; a
busy VM's item takes one of the 50 places and stays. The end of a piece of work starts nothing.
The tick runs only while something waits. Whoever queues work holds its VM's lock meanwhile; in the
product, who finds it held sleeps before trying again.
"""

from collections import deque
from heapq import heappop, heappush
from itertools import count
from math import inf
from types import TracebackType
from typing import TYPE_CHECKING

from simpy import Environment, Event
from simpy.events import Timeout

from simulator.engine.slots import Signal, Slots

if TYPE_CHECKING:
    from collections.abc import Callable


class Turn:
    """A place in a VM's queue: `with queue.turn(vm_id) as granted: yield granted`."""

    __slots__ = ("granted", "item_id", "left", "picked", "queue", "vm_id")

    def __init__(self, queue: "WorkQueue", vm_id: str) -> None:
        self.queue, self.vm_id, self.item_id = queue, vm_id, 0
        self.granted = Signal(queue.env)
        self.picked = self.left = False

    def __enter__(self) -> Event:
        self.queue.join(self)
        return self.granted

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.queue.leave(self)


class WorkQueue:
    """The queues of all VMs and the tick that serves them."""

    def __init__(
        self,
        env: Environment,
        work: Slots,
        tick_s: float,
        batch: int,
        *,
        lock_s: float,
        lock_retry_s: float,
    ) -> None:
        self.env, self.work, self.tick_s, self.batch = env, work, tick_s, batch
        self.lock_s, self.lock_retry_s = lock_s, lock_retry_s
        self._locked_until_s: dict[str, float] = {}
        self._waiting: dict[str, deque[Turn]] = {}
        self._heads: list[tuple[int, str]] = []
        self._busy: set[str] = set()
        self._picked_s: dict[Turn, float] = {}  # of the turns whose work goes on, oldest first
        self.on_pick: Callable[[], None] = lambda: None
        self._items = count(1)
        self._ticking = False

    def turn(self, vm_id: str) -> Turn:
        """Return a new place at the end of the VM's queue."""
        return Turn(self, vm_id)

    def waiting(self) -> int:
        """Return how many pieces of work wait for a tick."""
        return sum(len(queue) for queue in self._waiting.values())

    def join(self, turn: Turn) -> None:
        """Queue *turn*, as soon as the VM's lock is free, and see to it that a tick comes."""
        if self.lock_s and not self._lock(turn):
            return
        turn.item_id = next(self._items)
        queue = self._waiting.get(turn.vm_id)
        if queue is None:
            self._waiting[turn.vm_id] = deque((turn,))
            heappush(self._heads, (turn.item_id, turn.vm_id))
        else:
            queue.append(turn)
        if not self._ticking:
            self._ticking = True
            self._schedule()

    def _lock(self, turn: Turn) -> bool:
        """Take the VM's lock and return True, or have *turn* come again later."""
        now = self.env.now
        if now >= self._locked_until_s.get(turn.vm_id, 0.0):
            self._locked_until_s[turn.vm_id] = now + self.lock_s
            return True
        turn.granted.lost_s += self.lock_retry_s
        Timeout(self.env, self.lock_retry_s).callbacks.append(
            lambda _: None if turn.left else self.join(turn)
        )
        return False

    def leave(self, turn: Turn) -> None:
        """Take *turn* out: its work is done, or will never be."""
        turn.left = True
        if turn.picked:
            if self._picked_s.pop(turn, None) is not None:
                self._busy.discard(turn.vm_id)
            self.work.drop()
            return
        queue = self._waiting.get(turn.vm_id)
        if queue is not None and turn in queue:
            first = queue[0] is turn
            queue.remove(turn)
            if not queue:
                del self._waiting[turn.vm_id]
            elif first:
                heappush(self._heads, (queue[0].item_id, turn.vm_id))

    def oldest_s(self) -> float:
        """Return when the oldest work that goes on was picked up, infinity for none."""
        return next(iter(self._picked_s.values()), inf)

    def take_away(self) -> Turn:
        """Let the VM of the oldest work that goes on be free for the next (semantics 5.4)."""
        turn = next(iter(self._picked_s))
        del self._picked_s[turn]
        self._busy.discard(turn.vm_id)
        return turn

    def _schedule(self) -> None:
        now = self.env.now
        delay_s = (now // self.tick_s + 1) * self.tick_s - now
        Timeout(self.env, delay_s).callbacks.append(self._tick)

    def _tick(self, _: Event) -> None:
        kept: list[tuple[int, str]] = []
        served: list[Turn] = []
        for item_id, vm_id in self._oldest():
            if vm_id in self._busy:
                kept.append((item_id, vm_id))
                continue
            queue = self._waiting[vm_id]
            turn = queue.popleft()
            if queue:
                kept.append((queue[0].item_id, vm_id))
            else:
                del self._waiting[vm_id]
            turn.picked = True
            self._picked_s[turn] = self.env.now
            self._busy.add(vm_id)
            if self.work.grab_for(turn.granted):
                served.append(turn)
        for head in kept:
            heappush(self._heads, head)
        if self._waiting:
            self._schedule()
        else:
            self._ticking = False
        if self._picked_s:
            self.on_pick()
        for turn in served:
            turn.granted.fire()

    def _oldest(self) -> list[tuple[int, str]]:
        heads: list[tuple[int, str]] = []
        while self._heads and len(heads) < self.batch:
            item_id, vm_id = heappop(self._heads)
            queue = self._waiting.get(vm_id)
            if queue and queue[0].item_id == item_id:
                heads.append((item_id, vm_id))
        return heads

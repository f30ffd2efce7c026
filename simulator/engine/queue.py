"""The per-VM work queue (semantics 5.1): one piece of work per VM, started by a tick.

Every 2 s the oldest waiting item of each VM queue is looked at, 50 at most, oldest first; a
busy VM's item takes one of the 50 places and stays. The end of a piece of work starts nothing.
The tick runs only while something waits. Whoever queues work holds its VM's lock meanwhile; in the
product, who finds it held sleeps before trying again.
"""

from heapq import heappop, heappush
from itertools import count
from math import inf
from types import TracebackType
from typing import TYPE_CHECKING

from simpy import Environment, Event

from simulator.engine.clock import Lapse
from simulator.engine.history import History, Tick
from simulator.engine.slots import Signal, Slots

if TYPE_CHECKING:
    from collections.abc import Callable


class Turn(Signal):
    """A place in a VM's queue: `with queue.turn(vm_id) as granted: yield granted`.

    It is itself the event of its grant. It was *picked_s* by a tick, *started_s* in a work thread.
    """

    job_id = ""
    picked_s: float | None = None
    started_s: float | None = None
    ended_s: float | None = None

    def __init__(self, queue: "WorkQueue", vm_id: str) -> None:
        self.env, self.callbacks = queue.env, []
        self.queue, self.vm_id, self.item_id = queue, vm_id, 0
        self.picked = self.left = False
        self.submitted_s: float = queue.env.now

    def __enter__(self) -> Event:
        self.queue.history.work.append(self)
        self.queue.join(self)
        return self

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
        self._waiting: dict[str, list[Turn]] = {}
        self._heads: list[tuple[int, str]] = []
        self._busy: set[str] = set()
        self._picked_s: dict[Turn, float] = {}  # of the turns whose work goes on, oldest first
        self.on_pick: Callable[[], None] = lambda: None
        self._items = count(1)
        self._ticking = False
        self.history = History()

    def turn(self, vm_id: str) -> Turn:
        """Return a new place at the end of the VM's queue."""
        return Turn(self, vm_id)

    def works_on(self, vm_id: str) -> bool:
        """Return whether work of a VM goes on or waits."""
        return vm_id in self._busy or vm_id in self._waiting

    def waiting(self) -> int:
        """Return how many pieces of work wait for a tick."""
        return sum(len(queue) for queue in self._waiting.values())

    def lengths(self) -> dict[str, int]:
        """Return how many pieces of work wait for each VM that any waits or goes on for."""
        waiting = {vm_id: len(queue) for vm_id, queue in self._waiting.items()}
        return dict.fromkeys(self._busy, 0) | waiting

    def is_busy(self, vm_id: str) -> bool:
        """Return whether work of a VM goes on."""
        return vm_id in self._busy

    def join(self, turn: Turn) -> None:
        """Queue *turn*, as soon as the VM's lock is free, and see to it that a tick comes."""
        if self.lock_s and not self._lock(turn):
            return
        turn.item_id = next(self._items)
        queue = self._waiting.get(turn.vm_id)
        if queue is None:
            self._waiting[turn.vm_id] = [turn]
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
        turn.lost_s += self.lock_retry_s
        Lapse(self.env, self.lock_retry_s).callbacks.append(
            lambda _: None if turn.left else self.join(turn)
        )
        return False

    def leave(self, turn: Turn) -> None:
        """Take *turn* out: its work is done, or will never be."""
        turn.left, turn.ended_s = True, self.env.now
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
        Lapse(self.env, delay_s).callbacks.append(self._tick)

    def _tick(self, _: Event) -> None:
        heads, left = self._heads, self.batch
        going = len(self._picked_s)
        kept: list[tuple[int, str]] = []
        served: list[Turn] = []
        while heads and left:
            head = heappop(heads)
            item_id, vm_id = head
            queue = self._waiting.get(vm_id)
            if not queue or queue[0].item_id != item_id:
                continue  # it left before its turn
            left -= 1
            if vm_id in self._busy:
                kept.append(head)
                continue
            turn = queue.pop(0)
            if queue:
                kept.append((queue[0].item_id, vm_id))
            else:
                del self._waiting[vm_id]
            self._pick(turn, served)
        for head in kept:
            heappush(heads, head)
        picked = len(self._picked_s) - going
        tick = Tick(self.env.now, self.batch - left, picked, self.waiting())
        self.history.ticks.append(tick)
        if self._waiting:
            self._schedule()
        else:
            self._ticking = False
        if self._picked_s:
            self.on_pick()
        for turn in served:
            turn.fire()

    def _pick(self, turn: Turn, served: list[Turn]) -> None:
        """Give *turn* its VM; it is *served* if there is a work thread for it as well."""
        turn.picked, turn.picked_s = True, self.env.now
        self._picked_s[turn] = self.env.now
        self._busy.add(turn.vm_id)
        if self.work.grab_for(turn):
            turn.started_s = self.env.now
            served.append(turn)
        else:
            turn.callbacks.insert(0, _start)


def _start(turn: Event) -> None:
    """Note that there is a work thread at last."""
    if isinstance(turn, Turn):
        turn.started_s = turn.env.now

"""The floor and the oracle: the same control plane as hand-written callbacks on one bare heap.

It shares no line with the engine. Driven by the same streams it must end every job at the very
same second; timed, it is what no engine in Python can beat.
"""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from random import Random

from simulator.engine.latency import Capacities, Timings

Then = Callable[[], None]
API, WORK = 0, 1
HOST_COMMANDS = {"stop": "StopCommand", "start": "StartCommand", "reboot": "RebootCommand"}
"""The jobs that ask a host; the others change a VM that does not run."""


class Piece:
    """One job of a *kind* on a VM, and what follows it."""

    __slots__ = ("kind", "then", "vm")

    def __init__(self, kind: str, vm: int, then: Then) -> None:
        self.kind, self.vm, self.then = kind, vm, then


Step = Callable[[Piece], None]


class Bare:
    """API threads, queues of VMs with a tick, work threads, agents with workers.

    *hosts_of* is the host of each VM.
    """

    def __init__(
        self,
        hosts_of: list[int],
        seed: int = 1,
        timings: Timings | None = None,
        size: Capacities | None = None,
    ) -> None:
        size, timings = size or Capacities(), timings or Timings()
        self.heap: list[tuple[float, int, Step, Piece]] = []
        self.serial, self.items = count(), count(1)
        self.now_s, self.events, self.jobs = 0.0, 0, 0
        steps = {"api": timings.api, "work": timings.work, "plan": timings.plan}
        steps.update(timings.commands)
        self.draws = {name: (took, Random(f"{seed}/{name}")) for name, took in steps.items()}
        self.tick_s, self.batch = size.tick_s, size.tick_batch
        self.host_of = hosts_of
        self.free = [size.api_threads, size.work_threads]
        self.free += [size.kvm_agent_workers] * (max(hosts_of) + 1)
        self.waits: list[deque[tuple[Step, Piece]]] = [deque() for _ in self.free]
        self.queues: dict[int, deque[tuple[int, Piece]]] = {}
        self.heads: list[tuple[int, int]] = []
        self.busy: set[int] = set()
        self.ticking = False

    def run(self) -> None:
        """Run to the end."""
        heap = self.heap
        while heap:
            self.now_s, _, step, piece = heappop(heap)
            self.events += 1
            step(piece)

    def later(self, delay_s: float, then: Then) -> None:
        """Do *then* after *delay_s*."""
        self._push(self.now_s + delay_s, _follow, Piece("", 0, then))

    def submit(self, kind: str, vm: int, then: Then) -> None:
        """Start a job of *kind* on a VM; *then* is called at its end."""
        self._grab(API, self._begin, Piece(kind, vm, then))

    def _push(self, at_s: float, step: Step, piece: Piece) -> None:
        heappush(self.heap, (at_s, next(self.serial), step, piece))

    def _spend(self, name: str, then: Step, piece: Piece) -> None:
        took, dice = self.draws[name]
        self._push(self.now_s + took(dice), then, piece)

    def _grab(self, slot: int, then: Step, piece: Piece) -> None:
        if self.free[slot]:
            self.free[slot] -= 1
            then(piece)
        else:
            self.waits[slot].append((then, piece))

    def _drop(self, slot: int) -> None:
        if self.waits[slot]:
            self._push(self.now_s, *self.waits[slot].popleft())
        else:
            self.free[slot] += 1

    def _begin(self, piece: Piece) -> None:
        self._spend("api", self._plan if piece.kind == "start" else self._queue, piece)

    def _plan(self, piece: Piece) -> None:
        self._spend("plan", self._queue, piece)

    def _queue(self, piece: Piece) -> None:
        item, vm = next(self.items), piece.vm
        if vm in self.queues:
            self.queues[vm].append((item, piece))
        else:
            self.queues[vm] = deque(((item, piece),))
            heappush(self.heads, (item, vm))
        if not self.ticking:
            self.ticking = True
            self._tick_later(piece)

    def _tick_later(self, piece: Piece) -> None:
        self._push((self.now_s // self.tick_s + 1) * self.tick_s, self._tick, piece)

    def _tick(self, piece: Piece) -> None:
        looked_at = [heappop(self.heads) for _ in range(min(self.batch, len(self.heads)))]
        picked: list[Piece] = []
        for item, vm in looked_at:
            if vm in self.busy:
                heappush(self.heads, (item, vm))
                continue
            queue = self.queues[vm]
            picked.append(queue.popleft()[1])
            self.busy.add(vm)
            if queue:
                heappush(self.heads, (queue[0][0], vm))
            else:
                del self.queues[vm]
        self.ticking = bool(self.queues)
        if self.ticking:
            self._tick_later(piece)
        for found in picked:
            self._grab(WORK, self._work, found)

    def _work(self, piece: Piece) -> None:
        if piece.kind in {"start", "reboot"}:
            self._worker(piece)
        else:
            asks = piece.kind in HOST_COMMANDS
            self._spend("work", self._worker if asks else self._finish, piece)

    def _worker(self, piece: Piece) -> None:
        self._grab(2 + self.host_of[piece.vm], self._command, piece)

    def _command(self, piece: Piece) -> None:
        self._spend(HOST_COMMANDS[piece.kind], self._answered, piece)

    def _answered(self, piece: Piece) -> None:
        self._drop(2 + self.host_of[piece.vm])
        self._finish(piece)

    def _finish(self, piece: Piece) -> None:
        self.busy.discard(piece.vm)
        self._drop(WORK)
        self._drop(API)
        self.jobs += 1
        piece.then()


def _follow(piece: Piece) -> None:
    piece.then()

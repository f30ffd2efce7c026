"""The benchmark's floor: the same model as hand-written callbacks on one bare heap."""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from random import Random

from simulator.engine.latency import Capacities, Latency, Timings

Step = Callable[[int], None]
STEPS = 4


class Bare:
    """Stop, detach, attach and start of VMs: slots, per-VM queues with a tick, host commands.

    *hosts_of* is the host of each VM, *vm_of* the VM of each workflow; workflow i starts at
    *arrivals*[i], or as soon as one of *sessions* is free where *arrivals* is empty.
    """

    def __init__(
        self, hosts_of: list[int], vm_of: list[int], arrivals: list[float], sessions: int
    ) -> None:
        size, timings = Capacities(), Timings()
        self.heap: list[tuple[float, int, Step, int]] = []
        self.serial, self.now, self.events, self.jobs = count(), 0.0, 0, 0
        self.dice = {name: Random(name) for name in ("api", "work", "plan", "host")}
        self.timings, self.tick_s, self.batch = timings, size.tick_s, size.tick_batch
        hosts = max(hosts_of) + 1
        self.free = [size.api_threads, size.work_threads]
        self.free += [size.kvm_agent_workers] * hosts + [1] * hosts
        self.hosts, self.host_of, self.vm_of = hosts, hosts_of, vm_of
        self.waits: list[deque[tuple[Step, int]]] = [deque() for _ in self.free]
        self.step, self.arrivals = [0] * len(vm_of), arrivals
        self.queues: dict[int, deque[int]] = {}
        self.busy: set[int] = set()
        self.ticking = False
        self.todo = iter(range(len(vm_of)))
        for _ in range(1 if arrivals else sessions):
            self._next()

    def run(self) -> None:
        """Run to the end."""
        heap = self.heap
        while heap:
            self.now, _, step, i = heappop(heap)
            self.events += 1
            step(i)

    def _next(self) -> None:
        i = next(self.todo, None)
        if i is None:
            return
        if self.arrivals:
            heappush(self.heap, (self.arrivals[i], next(self.serial), self._arrive, i))
        else:
            self._submit(i)

    def _arrive(self, i: int) -> None:
        self._next()
        self._submit(i)

    def _wait(self, latency: Latency, dice: str, then: Step, i: int) -> None:
        end_s = self.now + latency(self.dice[dice])
        heappush(self.heap, (end_s, next(self.serial), then, i))

    def _grab(self, slot: int, then: Step, i: int) -> None:
        if self.free[slot]:
            self.free[slot] -= 1
            then(i)
        else:
            self.waits[slot].append((then, i))

    def _drop(self, slot: int) -> None:
        if self.waits[slot]:
            then, i = self.waits[slot].popleft()
            heappush(self.heap, (self.now, next(self.serial), then, i))
        else:
            self.free[slot] += 1

    def _submit(self, i: int) -> None:
        self._grab(0, self._begin, i)

    def _begin(self, i: int) -> None:
        starts = self.step[i] == STEPS - 1
        self._wait(self.timings.api, "api", self._plan if starts else self._queue, i)

    def _plan(self, i: int) -> None:
        self._wait(self.timings.plan, "plan", self._queue, i)

    def _queue(self, i: int) -> None:
        self.queues.setdefault(self.vm_of[i], deque()).append(i)
        if not self.ticking:
            self.ticking = True
            self._tick_later()

    def _tick_later(self) -> None:
        at_s = (self.now // self.tick_s + 1) * self.tick_s
        heappush(self.heap, (at_s, next(self.serial), self._tick, 0))

    def _tick(self, _: int) -> None:
        heads = [vm for vm, _ in zip(self.queues, range(self.batch), strict=False)]
        for vm in heads:
            if vm not in self.busy:
                queue = self.queues[vm]
                i = queue.popleft()
                if not queue:
                    del self.queues[vm]
                self.busy.add(vm)
                self._grab(1, self._work, i)
        self.ticking = bool(self.queues)
        if self.ticking:
            self._tick_later()

    def _work(self, i: int) -> None:
        if self.step[i] == STEPS - 1:
            self._worker(i)
        else:
            then = self._finish if self.step[i] else self._worker
            self._wait(self.timings.work, "work", then, i)

    def _worker(self, i: int) -> None:
        self._grab(2 + self.host_of[self.vm_of[i]], self._device, i)

    def _device(self, i: int) -> None:
        self._grab(2 + self.hosts + self.host_of[self.vm_of[i]], self._command, i)

    def _command(self, i: int) -> None:
        name = "StartCommand" if self.step[i] else "StopCommand"
        self._wait(self.timings.commands[name], "host", self._answered, i)

    def _answered(self, i: int) -> None:
        host = self.host_of[self.vm_of[i]]
        self._drop(2 + self.hosts + host)
        self._drop(2 + host)
        self._finish(i)

    def _finish(self, i: int) -> None:
        self.busy.discard(self.vm_of[i])
        self._drop(1)
        self._drop(0)
        self.jobs += 1
        self.step[i] += 1
        if self.step[i] < STEPS:
            self._submit(i)
        elif not self.arrivals:
            self._next()

"""Loads of jobs, and the driver that puts one on the engine or on the bare heap."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from itertools import accumulate
from random import Random
from struct import pack
from typing import NamedTuple, Protocol

ROOT_SWAP = ("stop", "detach", "attach", "start")


class Load(NamedTuple):
    """*workflows* are (VM, kinds of jobs one after the other), over *vms* VMs.

    Each starts at its place in *arrivals_s*; where that is empty, so many *sessions* take turns.
    """

    vms: int
    workflows: tuple[tuple[int, tuple[str, ...]], ...]
    arrivals_s: tuple[float, ...] = ()
    sessions: int = 0

    @property
    def jobs(self) -> int:
        """Return how many jobs there are in all."""
        return sum(len(kinds) for _, kinds in self.workflows)


def swaps(vms: int, count: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return *count* ROOT swaps, of one VM after the other."""
    return tuple((n % vms, ROOT_SWAP) for n in range(count))


def poisson(count: int, span_s: float) -> tuple[float, ...]:
    """Return *count* arrivals, *span_s* apart from first to last on average."""
    dice = Random("arrivals")
    rate = count / span_s
    return tuple(accumulate(dice.expovariate(rate) for _ in range(count)))


class System(Protocol):
    """What runs jobs."""

    @property
    def now_s(self) -> float:
        """The second it is."""

    def later(self, delay_s: float, then: Callable[[], None]) -> None:
        """Do *then* after *delay_s*."""

    def submit(self, kind: str, vm: int, then: Callable[[], None]) -> None:
        """Start a job."""

    def run(self) -> None:
        """Run to the end."""


class Driver:
    """One load on one system; *took_s* has the latency of every job, by workflow."""

    def __init__(self, load: Load, system: System) -> None:
        self.load, self.system = load, system
        self.took_s: list[list[float]] = [[] for _ in load.workflows]
        self._todo: Iterator[int] = iter(range(len(load.workflows)))

    def run(self) -> None:
        """Run to the end."""
        if self.load.arrivals_s:
            self._next()
        for _ in range(self.load.sessions):
            self._session()
        self.system.run()

    def digest(self) -> str:
        """Return a hash of all latencies, to the last bit."""
        all_s = [took for workflow in self.took_s for took in workflow]
        return sha256(pack(f"<{len(all_s)}d", *all_s)).hexdigest()

    def _next(self) -> None:
        n = next(self._todo, None)
        if n is not None:
            delay_s = max(0.0, self.load.arrivals_s[n] - self.system.now_s)
            self.system.later(delay_s, partial(self._arrive, n))

    def _arrive(self, n: int) -> None:
        self._next()
        self._go(n, lambda: None)

    def _session(self) -> None:
        n = next(self._todo, None)
        if n is not None:
            self._go(n, self._session)

    def _go(self, n: int, after: Callable[[], None]) -> None:
        vm, kinds = self.load.workflows[n]
        system, took_s, left = self.system, self.took_s[n], iter(kinds)
        begun_s = system.now_s

        def go() -> None:
            nonlocal begun_s
            kind = next(left, None)
            if kind is None:
                after()
            else:
                begun_s = system.now_s
                system.submit(kind, vm, end)

        def end() -> None:
            took_s.append(system.now_s - begun_s)
            go()

        go()

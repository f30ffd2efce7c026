"""Workloads at work: when each asks for a workflow, and what becomes of it."""

from collections.abc import Callable
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from simulator.engine.draws import Draws
from study.arrivals import Pace
from study.clients import Client
from study.figures import Tally
from study.plan import WorkloadPart

if TYPE_CHECKING:
    from study.replication import Replication

_IDLE_S = 1.0
"""After which a session that found nothing to work on goes on to its next item."""


class Source:
    """A workload at work; nothing is begun from *end_s* on, what ends after *due_s* is late."""

    def __init__(self, run: "Replication", part: WorkloadPart) -> None:
        self.run, self.part, self.tally = run, part, Tally()
        dice = run.dice(f"arrivals/{part.name}")
        even = part.spacing == "constant"
        gap = (lambda: 1.0) if even else partial(dice.expovariate, 1.0)
        self.pace = Pace(part.rate or 0.0, part.stages, gap)
        self.draws = Draws(run.stream, run.seed(f"draws/{part.name}"))
        self.policy = part.retry.policy if part.retry is not None else ""
        self._think = part.think.latency() if part.think is not None else None
        self._workflows = 0
        self._left = part.items or 0
        self.start_s = run.zero_s + part.start
        self.due_s = self.start_s + (part.deadline or inf)
        self.end_s = min(run.end_s, self.due_s)

    def open(self) -> None:
        """Set the first arrivals."""
        kind = self.part.executor
        if kind == "arrival-rate":
            self._next()
        elif kind == "trace":
            for offset_s in self.run.study.traces[self.part.name].offsets_s:
                self._at(self.start_s + offset_s, self._begin)
        elif kind == "sessions":
            for _ in range(self.part.sessions or 0):
                self._at(self.start_s, self._session)
        else:
            for _ in range(self._left):
                self._at(self.start_s, self._begin)

    def think_s(self, draws: Draws) -> float:
        """Draw how long a person thinks."""
        return self._think(draws.of("think")) if self._think is not None else 0.0

    def _at(self, due_s: float, then: Callable[[], None]) -> None:
        if due_s < self.end_s:
            self.run.at(due_s, then)

    def _next(self) -> None:
        self._at(self.start_s + self.pace.next_s(), self._arrive)

    def _arrive(self) -> None:
        self._begin()
        self._next()

    def _session(self) -> None:
        if self._left and self.run.now_s < self.end_s:
            self._left -= 1
            self._begin(partial(self._rest, self._workflows))

    def _rest(self, number: int) -> None:
        """Think, where a session does between two items, and go on after a workflow."""
        if self._think is None or self.part.workflow == "rescue":
            self._session()
            return
        thought_s = self.think_s(self.draws.job(number))
        self.run.at(self.run.now_s + thought_s, self._session)

    def _begin(self, after: Callable[[], None] | None = None) -> None:
        """Start a workflow on an idle target, or note that there is none."""
        run, counts = self.run, self.run.now_s >= self.run.counted_s
        number, self._workflows = self._workflows, self._workflows + 1
        target = run.targets.take(self.part.workflow, self.draws.job(number).of("choice"))
        if counts:
            self.tally.begun += 1
        if target is None:
            self.tally.dropped += counts
            if after is not None:
                run.at(run.now_s + _IDLE_S, after)
            return
        Client(self, number, target, after).begin()

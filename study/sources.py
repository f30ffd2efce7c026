"""Workloads at work: when each asks for a workflow, and what becomes of it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from simulator.engine.draws import Draws
from simulator.engine.jobs import Job
from study.figures import Tally
from study.plan import WorkloadPart
from study.targets import Target
from study.workflows import Steps

if TYPE_CHECKING:
    from study.replication import Replication


class Source:
    """A workload at work."""

    def __init__(self, run: "Replication", part: WorkloadPart) -> None:
        self.run, self.part, self.tally = run, part, Tally()
        self.gap_s = partial(run.dice(f"arrivals/{part.name}").expovariate, part.rate or 1.0)
        self.draws = Draws(run.stream, run.seed(f"draws/{part.name}"))
        self._workflows = 0
        self._left = part.items or 0
        self.start_s = run.zero_s + part.start
        self._due_s = self.start_s

    def open(self) -> None:
        """Set the first arrivals."""
        kind = self.part.executor
        if kind == "arrival-rate":
            self._next()
        elif kind == "trace":
            for offset_s in self.run.study.traces[self.part.name].offsets_s:
                self._at(self.start_s + offset_s, partial(self._begin, lambda: None))
        elif kind == "sessions":
            for _ in range(self.part.sessions or 0):
                self._at(self.start_s, self._session)
        else:
            for _ in range(self._left):
                self._at(self.start_s, partial(self._begin, lambda: None))

    def _at(self, due_s: float, then: Callable[[], None]) -> None:
        if due_s < self.run.end_s:
            self.run.at(due_s, then)

    def _next(self) -> None:
        self._due_s += self.gap_s()
        self._at(self._due_s, self._arrive)

    def _arrive(self) -> None:
        self._begin(lambda: None)
        self._next()

    def _session(self) -> None:
        if self._left and self.run.now_s < self.run.end_s:
            self._left -= 1
            self._begin(self._session)

    def _begin(self, after: Callable[[], None]) -> None:
        """Start a workflow on an idle target, or note that there is none."""
        run, counts = self.run, self.run.now_s >= self.run.counted_s
        number, self._workflows = self._workflows, self._workflows + 1
        target = run.targets.take(self.part.workflow, self.draws.job(number).of("choice"))
        if counts:
            self.tally.begun += 1
        if target is None:
            self.tally.dropped += counts
            return
        run.working += 1
        begun_s, steps = run.now_s, run.workflows.steps(self.part.workflow, target)
        self._go(steps, target, begun_s, after, (number, 0), None)

    def _go(
        self,
        steps: Steps,
        target: Target,
        begun_s: float,
        after: Callable[[], None],
        place: tuple[int, int],
        job: Job | None,
    ) -> None:
        """Start the job at *place* (workflow, number in it), or end the workflow."""
        run = self.run
        failure = job.failure if job is not None and job.status != 1 else ""
        if job is not None:
            run.recorder.ended(self.part.name, place[0], job, failure)
        run.world.draws = self.draws.job(*place)
        step = None if failure else next(steps, None)
        if step is not None:
            then = partial(self._go, steps, target, begun_s, after, (place[0], place[1] + 1))
            run.submit(*step, run.world.draws, then)
            return
        run.working -= 1
        run.targets.put_back(target)
        if begun_s >= run.counted_s:
            self.tally.add(begun_s - self.start_s, run.now_s - begun_s, failure)
        after()

"""One replication: a world of its own, its workloads, and what came of them."""

import hashlib
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from math import inf
from random import Random
from typing import NamedTuple

from simulator import boot
from simulator.engine.draws import Draws, Stream
from simulator.engine.jobs import Job
from simulator.engine.latency import Capacities, Timings
from simulator.engine.world import Flow
from study.figures import Tally
from study.plan import StudyPlan, WorkloadPart
from study.reading import Study
from study.targets import Target, Targets
from study.workflows import Steps, Workflows

Row = dict[str, float | int | None]
"""A replication's figures by name; None where there is nothing to measure."""


class Outcome(NamedTuple):
    """What came of a replication: its figures, and each workload's percentiles of latency."""

    row: Row
    curves: dict[str, tuple[float, ...]]


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
        failed = job is not None and job.status != 1
        run.world.draws = self.draws.job(*place)
        step = None if failed else next(steps, None)
        if step is not None:
            then = partial(self._go, steps, target, begun_s, after, (place[0], place[1] + 1))
            run.submit(*step, run.world.draws, then)
            return
        run.working -= 1
        run.targets.put_back(target)
        if begun_s >= run.counted_s:
            self.tally.add(begun_s - self.start_s, run.now_s - begun_s, failed=failed)
        after()


class Replication:
    """A study's world, ready to be run once."""

    def __init__(self, study: Study, number: int) -> None:
        self.study, self.number = study, number
        plan = study.plan
        cloud = boot(
            cloud=study.cloud,
            seed=self.seed("world"),
            dialect=plan.cloud.dialect,
            timings=_timings(plan),
            capacities=_capacities(plan),
        )
        self.world, self._jobs = cloud.world, cloud.jobs
        self._admin = cloud.user
        tick_s = plan.management.tick
        first_s = plan.management.first_tick
        if first_s is None:
            first_s = self.dice("first tick").uniform(0.0, tick_s)
        self.world.env.reach(tick_s - first_s % tick_s)
        self.zero_s = self.now_s
        self.end_s = self.zero_s + (plan.run.horizon or inf)
        self.counted_s = self.zero_s + plan.run.warmup
        self.working = self._coming = 0
        self.stream = Stream(0)
        self.targets = Targets(self.world.store)
        self.workflows = Workflows(self.world, cloud.account)
        self.sources = [Source(self, part) for part in plan.workload]

    @property
    def now_s(self) -> float:
        """Return the world's second."""
        return float(self.world.env.now)

    def seed(self, purpose: str) -> int:
        """Return the seed of this replication for one purpose, from the study's only seed."""
        told = f"{self.study.plan.run.seed}/{purpose}/{self.number}"
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])

    def dice(self, purpose: str) -> Random:
        """Return the random stream for one purpose; no other purpose disturbs it."""
        return Random(self.seed(purpose))

    def at(self, due_s: float, then: Callable[[], None]) -> None:
        """Do *then* at a second; the run goes on until then."""
        self._coming += 1

        def come() -> None:
            self._coming -= 1
            then()

        self.world.later(max(0.0, due_s - self.now_s), come)

    def submit(self, command: str, flow: Flow, draws: Draws, then: Callable[[Job], None]) -> None:
        """Start a job of the admin's."""
        user = self._admin
        self._jobs.submit(flow, command, user.account_id, user.id, then=then, draws=draws)

    def run(self) -> Outcome:
        """Run to the end and return what came of it."""
        for source in self.sources:
            source.open()
        if self.study.plan.run.kind == "steady":
            self.world.env.reach(self.end_s)
        else:
            while self.working or self._coming:
                self.world.env.forward()
        row: Row = {}
        for source in self.sources:
            row |= {f"{source.part.name}.{k}": v for k, v in source.tally.figures().items()}
        return Outcome(row, {s.part.name: s.tally.curve() for s in self.sources})


def replicate(study: Study, number: int) -> Outcome:
    """Run replication *number* of a study: the same figures wherever and whenever."""
    return Replication(study, number).run()


def _timings(plan: StudyPlan) -> Timings:
    given = {f.name: getattr(plan.latency, f.name, None) for f in fields(Timings)}
    return replace(Timings(), **{k: v.latency() for k, v in given.items() if v is not None})


def _capacities(plan: StudyPlan) -> Capacities:
    part = plan.management
    return Capacities(
        api_threads=part.api_threads,
        work_threads=part.work_threads,
        tick_s=part.tick,
        tick_batch=part.tick_batch,
        cores=part.cores or inf,
    )

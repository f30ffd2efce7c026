"""One replication: a world of its own, its workloads, and what came of them."""

import hashlib
from collections.abc import Callable
from math import inf
from random import Random
from typing import NamedTuple

from simulator import boot
from simulator.engine.draws import Draws, Stream
from simulator.engine.jobs import Job
from simulator.engine.latency import Capacities
from simulator.engine.trouble import Trouble
from simulator.engine.world import Flow
from study.collector import seldom_collecting
from study.fault_plan import named
from study.faults import Mishap
from study.plan import StudyPlan
from study.reading import Study
from study.recorded import Recorded
from study.recording import Recorder
from study.sources import Source
from study.targets import Targets
from study.workflows import Workflows

Row = dict[str, float | int | None]
"""A replication's figures by name; None where there is nothing to measure."""


class Outcome(NamedTuple):
    """What came of a replication: figures, each workload's percentiles, what was recorded.

    *failures* are how many workflows of each workload failed, by error code and reason: the id of
    the rule that refused, or a word or two. *series* are a steady run's latencies in the course of
    time.
    """

    row: Row
    curves: dict[str, tuple[float, ...]]
    failures: dict[str, dict[str, int]] = {}  # noqa: RUF012 - never changed
    recorded: Recorded | None = None
    series: dict[str, tuple[float | None, ...]] | None = None


class Replication:
    """A study's world, ready to be run once."""

    def __init__(self, study: Study, number: int) -> None:
        self.study, self.number = study, number
        plan = study.plan
        cloud = boot(
            cloud=study.cloud,
            seed=self.seed("world"),
            dialect=plan.cloud.dialect,
            timings=plan.latency.timings(),
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
        self.recorder = Recorder(
            self.world, self._jobs, keep_jobs=plan.record.jobs, draw=number == 0
        )
        self.targets = Targets(self.world.store)
        self.workflows = Workflows(self.world, cloud.account, self.recorder.exchange)
        self.sources = [Source(self, part) for part in plan.workload]
        self.mishaps = self._mishaps()
        self.away = 0
        self._knocking: list[Callable[[], None]] = []

    def _mishaps(self) -> list[Mishap]:
        parts = self.study.plan.fault
        if not parts:
            return []
        trouble = self.world.trouble = Trouble(self.world)
        names = named(parts)
        return [Mishap(self, trouble, part, n) for part, n in zip(parts, names, strict=True)]

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

    def knock(self, then: Callable[[], None]) -> None:
        """Do *then* as soon as the server is there again."""
        self._knocking.append(then)

    def restart(self, away_s: float) -> None:
        """Restart the management server, which is away for so long."""
        self.away += 1  # before the jobs end, as whoever hears of that may ask again at once
        self._jobs.restart()
        self.world.later(away_s, self._back)

    def _back(self) -> None:
        self.away -= 1
        calls, self._knocking = self._knocking, []
        for call in calls:
            call()

    def gauge(self, name: str) -> int:
        """Return where a gauge stands that conditions of faults may look at."""
        queue, api = self.world.queue, self.world.api
        gauges: dict[str, Callable[[], int]] = {
            "queue": queue.waiting,
            "jobs": lambda: len(self._jobs.running),
            "api-busy": lambda: api.busy,
            "api-waiting": lambda: len(api.waiting),
            "work-busy": lambda: queue.work.busy,
            "work-waiting": lambda: len(queue.work.waiting),
        }
        return gauges[name]()

    def run(self) -> Outcome:
        """Run to the end and return what came of it."""
        for source in self.sources:
            source.open()
        for mishap in self.mishaps:
            mishap.open()
        if self.study.plan.run.kind == "steady":
            self.at(self.counted_s, self.recorder.mark)
            self.world.env.reach(self.end_s)
        else:
            while self.working or self._coming:
                self.world.env.forward()
        row: Row = {}
        for source in self.sources:
            row |= {f"{source.part.name}.{k}": v for k, v in source.tally.figures().items()}
        for mishap in self.mishaps:
            told = {"times": mishap.times, "lasted_s": mishap.lasted_s()}
            row |= {f"fault.{mishap.name}.{k}": v for k, v in told.items()}
        outcome = Outcome(
            row,
            {s.part.name: s.tally.curve() for s in self.sources},
            {s.part.name: dict(sorted(s.tally.failures.items())) for s in self.sources},
            self.recorder.recorded(),
            self._series(),
        )
        while self.study.plan.run.kind != "steady" and self.world.exchanges:
            self.world.env.forward()  # who draws what depends on no end that cuts something short
        return outcome

    def _series(self) -> dict[str, tuple[float | None, ...]] | None:
        """Return the latencies of a steady run in the course of time."""
        run = self.study.plan.run
        if run.kind != "steady" or run.horizon is None:
            return None
        return {s.part.name: s.tally.series(s.part.start, run.horizon) for s in self.sources}


def replicate(study: Study, number: int) -> Outcome:
    """Run replication *number* of a study: the same figures wherever and whenever."""
    with seldom_collecting():
        return Replication(study, number).run()


def _capacities(plan: StudyPlan) -> Capacities:
    part = plan.management
    return Capacities(
        api_threads=part.api_threads,
        work_threads=part.work_threads,
        tick_s=part.tick,
        tick_batch=part.tick_batch,
        cores=part.cores or inf,
    )

"""Watches a replication: who waits where, how much is used, where the time of jobs goes."""

from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple, cast

from simulator.domain.inventory import Hypervisor
from simulator.engine.jobs import Job, Jobs
from simulator.engine.meters import DISPATCHER, TURNS, Meters
from simulator.engine.timed import PHASES, Book, Timed, TimedExchange
from simulator.engine.world import World
from study.recorded import Bar, Law, Recorded, Series, Spent, Use

BARS = 400
"""Jobs that are drawn one by one: as many as there are about the time of the most."""
_LEAST = 1e-6
"""A mean number below which sums of rounding errors are no small part of it."""
_CORED = ("api", "server")
"""Phases that are processor time where processors are counted."""


class _Mark(NamedTuple):
    """All sums as they stood at a moment."""

    at_s: float
    areas: dict[str, float]
    entries: dict[str, int]
    spent: dict[str, float]
    asked: dict[str, float]


class Recorder:
    """Counts in one world, from when it is made or from *mark* on."""

    def __init__(self, world: World, jobs: Jobs, *, keep_jobs: bool, draw: bool) -> None:
        self.world, self._jobs = world, jobs
        self.zero_s = float(world.env.now)
        self.book = Book(world.env)
        self.meters = world.parts = Meters(world.env, self.book)
        jobs.make = partial(Timed, self.book)
        self.exchange = partial(TimedExchange, self.book)
        world.open_for_business()
        jobs.arm()
        self._keep_jobs, self._draw = keep_jobs, draw
        self._counts: dict[str, int] = {}
        self._phases: dict[str, dict[str, float]] = {}
        self._rows: list[Bar] = []
        self._last: deque[Bar] = deque(maxlen=BARS)
        self._most, self._ended, self._freeze_at = 0, 0, 0
        self._window: list[Bar] = []
        self.mark()

    def mark(self) -> None:
        """Count from now on."""
        self._from = self._sums()

    def ended(self, workload: str, number: int, job: Job, reason: str = "") -> None:
        """Write down a job that ended."""
        timed = cast("Timed", job)
        self._jobs.all.pop(job.id, None)  # the server remembers its jobs for a day
        self.world.sent.clear()  # and a stage its commands for ever
        if timed.created_s < self._from.at_s:
            return
        self._counts[job.command] = self._counts.get(job.command, 0) + 1
        sums = self._phases.setdefault(job.command, {})
        for phase, seconds in timed.phases_s.items():
            sums[phase] = sums.get(phase, 0.0) + seconds
        if self._keep_jobs or self._draw:
            bar = self._bar(workload, number, timed, reason)
            if self._keep_jobs:
                self._rows.append(bar)
            if self._draw:
                self._remember(bar)
        timed.phases_s = {}  # the server remembers its jobs for a day

    def _bar(self, workload: str, number: int, job: Timed, reason: str) -> Bar:
        begun_s, turn_s, done_s = job.begun_s, job.dispatched_s, job.completed_s
        return Bar(
            workload,
            number,
            job.command,
            job.created_s - self.zero_s,
            None if begun_s is None else begun_s - self.zero_s,
            None if turn_s is None else turn_s - self.zero_s,
            (self.world.env.now if done_s is None else done_s) - self.zero_s,
            job.status,
            job.error[0] if job.error else None,
            reason,
            job.phases_s,
        )

    def _remember(self, bar: Bar) -> None:
        """Keep the last jobs until the middle one ended when the most were running."""
        self._last.append(bar)
        self._ended += 1
        if len(self._jobs.running) > self._most:
            self._most, self._freeze_at = len(self._jobs.running), self._ended + BARS // 2
        if self._ended == self._freeze_at:
            self._window = list(self._last)

    def recorded(self) -> Recorded:
        """Return all that was written down until now."""
        to = self._sums()
        span_s = to.at_s - self._from.at_s
        bars = list(self._last) if self._ended <= max(BARS, self._freeze_at) else self._window
        return Recorded(
            span_s,
            dict(self._uses(to, span_s)) if span_s else {},
            tuple(self._laws(to, span_s)) if span_s else (),
            len(self.meters.opened_at) - 1,
            {
                name: Series(gauge.width_s, gauge.means())
                for name, gauge in self.meters.gauges.items()
                if gauge.area
            },
            {
                command: Spent(count, {p: s for p in PHASES if (s := self._phases[command].get(p))})
                for command, count in self._counts.items()
            },
            tuple(sorted(bars, key=lambda bar: (bar.submitted_s, bar.done_s))),
            tuple(self._rows),
        )

    def _sums(self) -> _Mark:
        for gauge in self.meters.gauges.values():
            gauge.note()
        return _Mark(
            float(self.world.env.now),
            {name: gauge.area for name, gauge in self.meters.gauges.items()},
            {name: gauge.entries for name, gauge in self.meters.gauges.items()},
            self.book.totals(),
            {name: sum(one.got() for one in made) for name, made in self.meters.shares.items()},
        )

    def _capacity(self, name: str) -> float:
        """Return how much there is of a resource."""
        size, store = self.world.capacities, self.world.store
        kvm = sum(h.hypervisor is Hypervisor.KVM for h in store.hosts.values())
        other = len(store.hosts) - kvm
        workers = kvm * size.kvm_agent_workers + other * size.direct_agent_workers
        return {
            "API threads": size.api_threads,
            "work threads": size.work_threads,
            "agent workers": workers,
            "agent devices": kvm,
            "cores": size.cores,
        }.get(name, size.pool_bytes_per_s)

    def _uses(self, to: _Mark, span_s: float) -> Iterator[tuple[str, Use]]:
        meters = self.meters
        for name in (*meters.pools, *meters.shares):
            waits = f"{name} queue" if name in meters.pools else f"{name} takers"
            used = self._area(to, name) / span_s
            capacity = self._capacity(name)
            busiest = None
            if name.startswith("agent"):
                whole_s = to.at_s - max(meters.opened_at)
                shares = (one.busy_s() / one.capacity / whole_s for one in meters.pools[name])
                busiest = max(shares) if whole_s else None
            waiting, most = self._area(to, waits) / span_s, meters.gauges[waits].peak
            yield name, Use(capacity, used / capacity, busiest, used, waiting, most)
        used, batch = self._area(to, DISPATCHER) / span_s, float(self.world.capacities.tick_batch)
        waiting, most = self._area(to, TURNS) / span_s, meters.gauges[TURNS].peak
        yield DISPATCHER, Use(batch, used / batch, None, used, waiting, most)

    def _area(self, to: _Mark, name: str) -> float:
        return to.areas.get(name, 0.0) - self._from.areas.get(name, 0.0)

    def _laws(self, to: _Mark, span_s: float) -> Iterator[Law]:
        """Compare what resources counted with what their users say."""
        spent = {key: value - self._from.spent[key] for key, value in to.spent.items()}
        area = partial(self._area, to)
        little = {
            "API threads queue": spent["api_wait"],
            "API threads": spent["api_thread"],
            TURNS: spent["dispatch"],
            "work threads queue": spent["work_wait"],
            "work threads": spent["work_thread"],
        }
        if "cores" in self.meters.shares:
            little["cores takers"] = sum(spent[phase] for phase in _CORED)
        for name, seconds in little.items():
            yield self._law(name, "Little", area(name), seconds, span_s, self._came(to, name))
        agents = ("agent workers queue", "agent devices queue")
        came = sum(self._came(to, name) for name in agents)
        yield self._law("agent queues", "Little", sum(map(area, agents)), spent["agent_wait"],
                        span_s, came)  # fmt: skip
        served = area("agent workers") - area("agent devices queue")
        came = self._came(to, "agent workers")
        yield self._law("agents", "Little", served, spent["host"], span_s, came)
        if len(self.meters.opened_at) == 1:  # a copy goes on when its job has ended with a server
            pools = [f"{name} takers" for name in self.meters.shares if name.startswith("pool ")]
            came = sum(self._came(to, name) for name in pools)
            yield self._law("copies", "Little", sum(map(area, pools)), spent["copy"], span_s, came)
        for name in self.meters.shares:
            got = to.asked[name] - self._from.asked.get(name, 0.0)
            came = self._came(to, f"{name} takers")
            yield self._law(name, "utilisation", area(name), got, span_s, came)

    def _came(self, to: _Mark, name: str) -> int:
        return to.entries.get(name, 0) - self._from.entries.get(name, 0)

    @staticmethod
    def _law(name: str, law: str, area: float, told: float, span_s: float, came: int) -> Law:
        one, other = area / span_s, told / span_s
        most = max(abs(one), abs(other))
        residual = (one - other) / max(most, _LEAST)
        each = told / came if came else 0.0
        return Law(name, law, one, came / span_s, each, other, residual)

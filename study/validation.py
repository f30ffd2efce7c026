"""A study's cloud under the load that a real server had: whether it takes as long."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil, floor, sqrt
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from simulator import __version__
from study.experiment_plan import AUTO
from study.figures import FEWEST, percentile, student_t, summed_up
from study.fitting import ENOUGH
from study.history import FAILED, SUCCEEDED, BadHistory, History, Past
from study.plan import StudyPlan, WorkloadPart
from study.reading import Study
from study.replication import Row
from study.traces import COMMANDS, trace_of

Light = Literal["green", "amber", "red"]
SHARES = {"p50_s": 0.5, "p95_s": 0.95, "p99_s": 0.99}
"""The percentiles that are compared."""
_REPLAYED = {names[0]: workflow for workflow, names in COMMANDS.items() if len(names) == 1}
_FALLBACK = 20
"""Replications where a study leaves their number to its own figures."""
_DROPPED = 0.02
"""The share of jobs that may find nothing to work on; with more it is not the same load."""


class Compared(NamedTuple):
    """One percentile of one command: measured and predicted, each with a 95 % interval.

    The predicted interval is where one more replication would fall: what was measured is one day,
    not a mean of days.
    """

    command: str
    figure: str
    n: int
    measured: float
    measured_low: float
    measured_high: float
    predicted: float
    predicted_low: float
    predicted_high: float
    light: Light

    @property
    def error(self) -> float:
        """Return how far the prediction is off, as a part of what was measured."""
        return self.predicted / self.measured - 1


class Verdict(NamedTuple):
    """What became of a validation; *dropped* commands found too few VMs in the study's cloud."""

    compared: tuple[Compared, ...]
    dropped: dict[str, float]
    jobs: dict[str, tuple[int, int]]
    """Jobs and failures of each command on the real server."""

    @property
    def red(self) -> bool:
        """Return whether anything is worse than chance and a tolerance can explain."""
        return bool(self.dropped) or any(one.light == "red" for one in self.compared)


def chosen(history: History, days: Sequence[str]) -> History:
    """Return the jobs of some days, all for none; BadHistory if there are none to replay."""
    jobs = [
        job
        for job in history.jobs
        if job.command in _REPLAYED
        and (not days or f"{datetime.fromtimestamp(job.created_s, UTC):%Y-%m-%d}" in days)
    ]
    if not jobs:
        when = f" on {' or '.join(days)}" if days else ""
        raise BadHistory([f"{history.name}: has no {' or '.join(_REPLAYED)}{when}"])
    return history._replace(jobs=tuple(jobs))


def replay_of(study: Study, history: History) -> Study:
    """Return *study* with the jobs of a real server in the place of its workloads."""
    names = sorted({job.command for job in history.jobs})
    parts = tuple(
        WorkloadPart(name, _REPLAYED[name], "trace", file=history.name)  # type: ignore[arg-type] # a key of COMMANDS is a workflow
        for name in names
    )
    traces = {n: trace_of([j for j in history.jobs if j.command == n], history) for n in names}
    run = study.plan.run
    count = run.replications if run.replications != AUTO else _FALLBACK
    run = replace(run, horizon=None, kind="terminating", warmup=0.0, replications=count)
    plan: StudyPlan = replace(
        study.plan, workload=parts, run=run, precision=None, threshold=(), variant=(), sweep=()
    )
    return Study(study.name, plan, study.cloud, traces)


def verdict_of(history: History, rows: Sequence[Row], within: float) -> Verdict:
    """Return how the replications of a replay compare with what it is a replay of."""
    found: list[Compared] = []
    dropped: dict[str, float] = {}
    counts: dict[str, tuple[int, int]] = {}
    for command in sorted({job.command for job in history.jobs}):
        jobs = [job for job in history.jobs if job.command == command]
        counts[command] = len(jobs), sum(job.status == FAILED for job in jobs)
        missed = sum(row[f"{command}.dropped"] or 0 for row in rows) / len(rows) / len(jobs)
        if missed > _DROPPED:
            dropped[command] = missed
        took_s = latencies_of(jobs, coarse=history.coarse)
        if len(took_s) < ENOUGH:
            continue
        for figure, share in SHARES.items():
            seen = [v for row in rows if (v := row[f"{command}.{figure}"]) is not None]
            if seen:
                found.append(_compared(command, figure, took_s, share, seen, within))
    if not found and not dropped:
        raise BadHistory([f"{history.name}: no command has {ENOUGH} jobs that succeeded"])
    return Verdict(tuple(found), dropped, counts)


def latencies_of(jobs: Sequence[Past], *, coarse: bool) -> list[float]:
    """Return how long the jobs that succeeded took, in order.

    Whole seconds are spread over what two clocks that show seconds may have hidden.
    """
    took_s = [
        job.completed_s - job.created_s
        for job in jobs
        if job.status == SUCCEEDED and job.completed_s is not None
    ]
    if not coarse:
        return sorted(took_s)
    found: list[float] = []
    for seconds, count in Counter(took_s).items():
        for n in range(count):
            u = (n + 0.5) / count
            hidden = sqrt(2 * u) - 1 if u < 0.5 else 1 - sqrt(2 * (1 - u))
            found.append(abs(seconds + hidden))
    return sorted(found)


def _compared(
    command: str,
    figure: str,
    took_s: list[float],
    share: float,
    seen: Sequence[float],
    within: float,
) -> Compared:
    n, measured = len(took_s), percentile(took_s, share) or 0.0
    wide = 1.96 * sqrt(n * share * (1 - share))
    low = took_s[max(0, floor(n * share - wide))]
    high = took_s[min(n - 1, ceil(n * share + wide))]
    predicted = summed_up(seen)["mean"]
    ends = _next(seen, predicted)
    light: Light = "green"
    if abs(predicted / measured - 1) > within:
        light = "amber" if ends[0] <= high and low <= ends[1] else "red"
    return Compared(command, figure, n, measured, low, high, predicted, *ends, light)


def _next(seen: Sequence[float], mean: float) -> tuple[float, float]:
    """Return where one more value would lie; the range, if there are too few."""
    n = len(seen)
    if n < FEWEST:
        return min(seen), max(seen)
    variance = sum((v - mean) ** 2 for v in seen) / (n - 1)
    half = student_t(n - 1) * sqrt(variance * (1 + 1 / n))
    return max(0.0, mean - half), mean + half


def as_text(verdict: Verdict, history: History) -> str:
    """Return the verdict for people."""
    first, last = history.span()
    lines = [f"{history.name}: {history.kind}, {first} to {last}", ""]
    for command, (jobs, failed) in verdict.jobs.items():
        lines.append(f"{command}: {jobs:,} jobs, {failed:,} of them failed")
    head = f"{'figure':<28}{'measured':>10}{'95 % interval':>20}{'predicted':>11}"
    lines += ["", f"{head}{'next one in':>20}{'error':>10}"]
    for one in verdict.compared:
        measured = f"{one.measured_low:.2f} to {one.measured_high:.2f}"
        predicted = f"{one.predicted_low:.2f} to {one.predicted_high:.2f}"
        lines.append(
            f"{one.command + '.' + one.figure:<28}{one.measured:>10.3f}{measured:>20}"
            f"{one.predicted:>11.3f}{predicted:>20}{100 * one.error:>+8.1f} %  {one.light}"
        )
    for command, share in verdict.dropped.items():
        why = "of its jobs found no VM in this cloud"
        lines.append(f"{command + '.dropped':<28}{100 * share:>8.1f} %  {why}  red")
    return "\n".join(lines) + "\n"


def as_table(verdict: Verdict, study: Study, history: History) -> dict[str, Any]:
    """Return the verdict as plain data."""
    return {
        "version": __version__,
        "study": study.name,
        "sha256": study.digest,
        "against": {"name": history.name, "kind": history.kind, "sha256": history.sha256},
        "replications": study.plan.run.replications,
        "red": verdict.red,
        "jobs": {name: {"n": n, "failed": f} for name, (n, f) in verdict.jobs.items()},
        "dropped": verdict.dropped,
        "figures": [one._asdict() | {"error": one.error} for one in verdict.compared],
    }

"""Fit the processor times of examples/studies/measured.toml, and judge the fit on the unseen.

`python benchmarks/fit_measured.py` fits on each pair of the three measured loads, predicts the
third, then fits on all three (3 minutes). Four numbers are fitted: median and sigma of `api`,
medians of `work` and `pickup`. While fitting, the first tick is where the recording shows it; the
predictions know nothing of it. The Poisson load, whose ticks are apart, also counts job by job.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from scipy.stats import qmc

from study.figures import Tally, curve_of
from study.plan import StudyPlan
from study.reading import Study, read_study
from study.replication import Replication
from study.report import measured_by

STUDY = Path(__file__).parent.parent / "examples" / "studies" / "measured.toml"
LOADS = {"attach": (0, 1.1, "loose"), "detach": (1, 0.2, "attached"), "poisson": (2, 0.8, "loose")}
"""Place in the study, seconds of the first tick, where the disks are at first."""
POLL_S = 0.015
"""How late on average the recording client saw the end of a job."""
FITTED, SHOWN = 6, 40
"""Replications of a step of the fit, and of a prediction."""
BOX = ((log(0.04), log(0.09)), (0.4, 1.1), (log(0.003), log(0.02)), (log(0.008), log(0.03)))
POINTS, BEST = 256, 8
"""Points of the box that are tried; a fit is the middle of the best."""


class Told(Tally):
    """A tally that knows which latency was whose."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[float, float]] = []

    def add(self, offset_s: float, latency_s: float, failure: str = "") -> None:
        """Note the end of a workflow."""
        super().add(offset_s, latency_s, failure)
        self.pairs.append((round(offset_s, 6), latency_s))


class Seen(NamedTuple):
    """What replications of a load came to on average."""

    curve: list[float]
    makespan_s: float
    by_offset: dict[float, float]


def study_of(load: str, numbers: Sequence[float], *, ticks_known: bool) -> Study:
    """Return the study of one load alone, with *numbers* for its latencies."""
    place, first_s, disks = LOADS[load]
    api_s, sigma, work_s, pickup_s = exp(numbers[0]), numbers[1], exp(numbers[2]), exp(numbers[3])
    given = [
        f"cloud.disks={disks}",
        f"latency.api=lognormal({1000 * api_s:.6f}ms, {sigma:.6f})",
        f"latency.work=lognormal({1000 * work_s:.6f}ms, 0.4)",
        f"latency.pickup=lognormal({1000 * pickup_s:.6f}ms, 0.4)",
    ]
    if ticks_known:
        given.append(f"management.first_tick={first_s}s")
    study = read_study(STUDY, tuple(given))
    alone = study.plan.workload[place]
    return Study(
        study.name, _only(study, alone.name), study.cloud, {alone.name: study.traces[alone.name]}
    )


def _only(study: Study, name: str) -> StudyPlan:
    parts = tuple(w for w in study.plan.workload if w.name == name)
    return replace(study.plan, workload=parts)


def seen(study: Study, count: int) -> Seen:
    """Return what *count* replications come to."""
    curves, ends_s = [], 0.0
    latencies: dict[float, list[float]] = defaultdict(list)
    for number in range(count):
        run = Replication(study, number)
        tally = run.sources[0].tally = Told()
        run.run()
        curves.append(tally.curve())
        ends_s += max(at + took for at, took in tally.pairs) / count
        for at_s, took_s in tally.pairs:
            latencies[at_s].append(took_s)
    mean = [sum(values) / count for values in zip(*curves, strict=True)]
    return Seen(mean, ends_s, {at: sum(took) / len(took) for at, took in latencies.items()})


def distance(load: str, study: Study, found: Seen) -> float:
    """Return how far a prediction is from what was measured: area between the curves, ends."""
    (trace,) = study.traces.values()
    real = curve_of(trace.measured_s)
    area = sum(abs(a - b) for a, b in zip(found.curve, real, strict=True)) / sum(real)
    if load != "poisson":
        return area + 0.5 * abs(found.makespan_s / measured_by(trace)["makespan_s"] - 1)
    rows = zip(trace.offsets_s, trace.measured_s, strict=True)
    apart = [abs(found.by_offset[round(at, 6)] + POLL_S - took) for at, took in rows]
    return area + sum(apart) / len(apart)


def costs() -> list[tuple[list[float], dict[str, float]]]:
    """Return points all over the box, and how far each load is off at each."""
    sobol = qmc.Sobol(len(BOX), seed=1)
    found = []
    for share in sobol.random(POINTS).tolist():
        point = [low + (high - low) * at for at, (low, high) in zip(share, BOX, strict=True)]
        loads = {load: study_of(load, point, ticks_known=True) for load in LOADS}
        each = {load: distance(load, one, seen(one, FITTED)) for load, one in loads.items()}
        found.append((point, each))
    return found


def fit(table: list[tuple[list[float], dict[str, float]]], loads: Sequence[str]) -> list[float]:
    """Return the middle of the points that fit *loads* best."""
    ranked = sorted(table, key=lambda row: sum(row[1][load] for load in loads))[:BEST]
    return [sum(values) / BEST for values in zip(*(point for point, _ in ranked), strict=True)]


def kolmogorov(measured_s: Sequence[float], curve: Sequence[float]) -> float:
    """Return the largest distance between two distributions, one by its percentiles."""
    ordered, last = sorted(measured_s), len(curve) - 1
    most = 0.0
    for n, value in enumerate(ordered):
        below = next((k for k, at in enumerate(curve) if at > value), last + 1)
        if below in (0, last + 1):
            share = min(1.0, float(below))
        else:
            low, high = curve[below - 1], curve[below]
            share = (below - 1 + (value - low) / (high - low)) / last
        most = max(most, abs(share - n / len(ordered)), abs(share - (n + 1) / len(ordered)))
    return most


def tell(load: str, numbers: Sequence[float], role: str) -> None:
    """Print how far the predictions of a load are off."""
    study = study_of(load, numbers, ticks_known=False)
    found = seen(study, SHOWN)
    (trace,) = study.traces.values()
    real = measured_by(trace)
    errors = (
        found.curve[50] / real["p50_s"] - 1,
        found.curve[95] / real["p95_s"] - 1,
        found.makespan_s / real["makespan_s"] - 1,
    )
    shown = "  ".join(f"{100 * e:+6.1f} %" for e in errors)
    say(f"  {load:<9}{role:<10}{shown}  KS {kolmogorov(trace.measured_s, found.curve):.3f}")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Fit on each pair, then on all."""
    everything, table = list(LOADS), costs()
    for chosen in (*([x for x in everything if x != out] for out in everything), everything):
        numbers = fit(table, chosen)
        api, work, pickup = (1000 * exp(numbers[n]) for n in (0, 2, 3))
        found = (
            f"api {api:.1f} ms sigma {numbers[1]:.2f}, work {work:.1f} ms, pickup {pickup:.1f} ms"
        )
        say(f"fitted on {', '.join(chosen)}: {found}; errors of p50, p95, makespan")
        for load in everything:
            tell(load, numbers, "fitted" if load in chosen else "predicted")


if __name__ == "__main__":
    main()

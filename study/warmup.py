"""How long a steady study takes to settle: MSER-5 on the average of several replications."""

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from msgspec.structs import replace as put

from study.experiment_plan import AUTO_WARMUP
from study.figures import CELLS
from study.reading import BadStudy, Study
from study.replications import Fixed, Gathering, Tell, Where

PILOTS = 10
"""Replications whose average is looked at; a single one is erratic."""
_BATCH = 5
_FEWEST = 10
"""Batches below which there is nothing to be seen."""
Series = Sequence[float | None]


def settled(studies: Sequence[Study], where: Where, tell: Tell) -> list[Study]:
    """Return *studies* with one warm-up that is enough for all where they ask for "auto".

    BadStudy if one of them does not settle in the first half of its horizon.
    """
    asking = [study for study in studies if study.plan.run.warmup == AUTO_WARMUP]
    if not asking:
        return list(studies)
    found = Gathering(asking, Fixed(PILOTS)).run(where, tell)
    cuts_s = [
        _cut_s(study, [outcome.series or {} for outcome in outcomes])
        for study, outcomes in zip(asking, found, strict=True)
    ]
    return [_cut(study, max(cuts_s)) for study in studies]


def _cut(study: Study, warmup_s: float) -> Study:
    run = study.plan.run
    if run.warmup != AUTO_WARMUP:
        return study
    return replace(study, plan=put(study.plan, run=put(run, warmup=warmup_s)))


def _cut_s(study: Study, runs: Sequence[dict[str, tuple[float | None, ...]]]) -> float:
    """Return when the slowest workload of a study has settled."""
    cuts_s = [0.0]
    horizon_s = study.plan.run.horizon or 0.0
    for part in study.plan.workload:
        series = averaged([run[part.name] for run in runs])
        there = [(cell, value) for cell, value in enumerate(series) if value is not None]
        cut = mser5([value for _, value in there])
        if cut is None:
            told = f"run.warmup: {part.name!r} has not settled in the first half of the horizon"
            advice = "make it longer, the load smaller, or say how long the warm-up is"
            raise BadStudy([f"{study.name}: {told}: {advice}"])
        cuts_s.append(horizon_s * there[cut][0] / CELLS if cut else 0.0)
    return max(cuts_s)


def averaged(runs: Sequence[Series]) -> list[float | None]:
    """Return the mean of each cell over the runs that have something in it."""
    columns = ([v for v in column if v is not None] for column in zip(*runs, strict=True))
    return [fsum(values) / len(values) if values else None for values in columns]


def mser5(series: Sequence[float]) -> int | None:
    """Return how many of *series* to leave out; None if that is not in the first half.

    It is where the mean of the rest has the smallest standard error, as if it were of independent
    values, by batches of five (White 1997). A last quarter is always kept: fewer batches look
    alike by chance.
    """
    batches = [fsum(series[n : n + 5]) / 5 for n in range(0, len(series) - 4, _BATCH)]
    if len(batches) < _FEWEST:
        return None
    best, at = float("inf"), 0
    total = squares = 0.0
    for left, value in enumerate(reversed(batches), 1):
        total, squares = total + value, squares + value * value
        error = max(0.0, squares / left - (total / left) ** 2) / left
        if 4 * left >= len(batches) and error <= best:
            best, at = error, len(batches) - left
    return at * _BATCH if at <= len(batches) // 2 else None

"""What must hold of the variants and the sweep of a study."""

from simulator.boot.lines import Path
from simulator.boot.reading import Faults
from study.experiment_plan import AUTO, BASE, Entry
from study.metrics import no_metric
from study.plan import StudyPlan
from study.thresholds import bound_of

COMMON = ("run.seed", "run.replications")
"""What studies have to have in common so that they are pairs."""
_MOST = 1000
"""Points of a sweep."""


def check_experiment(plan: StudyPlan, faults: Faults) -> None:
    """Note what contradicts itself in what is asked of *plan*."""
    names = {BASE}
    for n, variant in enumerate(plan.variant):
        path = ("variant", n)
        if variant.name in names:
            told = "is what the file itself is called" if variant.name == BASE else "is there twice"
            faults.add((*path, "name"), f"{variant.name!r} {told}")
        names.add(variant.name)
        if not variant.set:
            faults.add((*path, "set"), "is empty")
        for entry in variant.set:
            _common(entry, (*path, "set"), faults)
    _precision(plan, faults)
    _thresholds(plan, faults)
    points = 1
    for entry in plan.sweep:
        _common(entry, ("sweep",), faults)
        if not isinstance(entry.value, list) or not entry.value:
            faults.add(("sweep", *entry.path), f"{entry.value!r} is no list of values")
        elif len({repr(value) for value in entry.value}) < len(entry.value):
            faults.add(("sweep", *entry.path), "has a value twice")
        else:
            points *= len(entry.value)
    if points > _MOST:
        faults.add(("sweep",), f"makes {points:,} points, and {_MOST:,} are the most")


def _thresholds(plan: StudyPlan, faults: Faults) -> None:
    """Note each line of [threshold] that says nothing."""
    for entry in plan.threshold:
        bound = bound_of(entry, plan)
        if isinstance(bound, str):
            faults.add(("threshold", *entry.path), bound)


def _precision(plan: StudyPlan, faults: Faults) -> None:
    part, asked = plan.precision, plan.run.replications
    if part is None:
        if asked == AUTO:
            faults.add(("run", "replications"), '"auto" needs [precision]')
        return
    if asked != AUTO:
        told = f'is for replications = "auto", and {asked} are asked for'
        faults.add(("precision",), told)
    for name in part.metric:
        if why := no_metric(name, plan):
            faults.add(("precision", "metric"), why)


def _common(entry: Entry, path: Path, faults: Faults) -> None:
    """Note what has to be common."""
    if entry.key in COMMON:
        faults.add((*path, *entry.path), "is one for all variants and points")

"""What must hold between the keys of a study, beyond the form of each."""

from simulator.boot.reading import Faults
from study.arrivals import expected
from study.experiment_checks import check_experiment
from study.fault_checks import check_faults
from study.plan import NEEDS, StudyPlan, WorkloadPart

_OPEN = "arrival-rate"
_ONLY: tuple[tuple[str, str, object], ...] = (
    ("key", "trace", None), ("speed", "trace", 1.0),
    ("stages", "arrival-rate", ()), ("spacing", "arrival-rate", "poisson"),
)  # fmt: skip
"""Keys that one executor may have, and their defaults."""
_MOST = 10_000_000
"""Workflows of one run: what its figures are made of has to fit into memory."""


def check(plan: StudyPlan, faults: Faults) -> None:
    """Note what contradicts itself in *plan*."""
    _cloud(plan, faults)
    _run(plan, faults)
    first_s = plan.management.first_tick
    if first_s is not None and first_s > plan.management.tick:
        faults.add(("management", "first_tick"), "comes later than one tick")
    check_faults(plan.fault, plan.run.horizon, faults)
    if not plan.workload:
        faults.add(("workload",), "there is no workload")
    names: set[str] = set()
    for n, part in enumerate(plan.workload):
        if part.name in names:
            faults.add(("workload", n, "name"), f"there is another workload called {part.name!r}")
        names.add(part.name)
        _workload(plan, part, n, faults)
    check_experiment(plan, faults)


def _cloud(plan: StudyPlan, faults: Faults) -> None:
    part = plan.cloud
    ways = [name for name in ("preset", "file", "vms") if getattr(part, name) is not None]
    if len(ways) != 1:
        said = f"not {' and '.join(ways)}" if ways else "none is there"
        faults.add(("cloud",), f"needs one of preset, file and vms: {said}")


def _run(plan: StudyPlan, faults: Faults) -> None:
    run = plan.run
    if run.kind == "terminating" and run.warmup:
        faults.add(("run", "warmup"), "only a steady run has one")
    if run.kind == "steady" and run.horizon is None:
        faults.add(("run",), "a steady run needs horizon")
    if run.horizon is not None and run.warmup >= run.horizon:
        faults.add(("run", "warmup"), "is not before the horizon")


def _workload(plan: StudyPlan, part: WorkloadPart, n: int, faults: Faults) -> None:
    path = ("workload", n)
    needed = NEEDS[part.executor]
    for key in ("rate", "items", "sessions", "file"):
        there = getattr(part, key) is not None
        if key in needed and not there and not (key == "rate" and part.stages):
            faults.add(path, f"needs {key}, as its executor is {part.executor}")
        elif there and key not in needed:
            faults.add((*path, key), f"is not for executor {part.executor}")
    for key, executor, default in _ONLY:
        if getattr(part, key) != default and part.executor != executor:
            faults.add((*path, key), f"is not for executor {part.executor}")
    if part.think is not None and part.workflow != "rescue" and part.executor != "sessions":
        faults.add((*path, "think"), "is for workflow rescue or executor sessions")
    if part.workflow == "rescue" and part.think is None:
        faults.add(path, "needs think, as its workflow is rescue")
    horizon_s = plan.run.horizon
    if horizon_s is not None and part.start >= horizon_s:
        faults.add((*path, "start"), "is not before the horizon")
    if part.executor == _OPEN:
        _arrivals(part, n, horizon_s, faults)


def _arrivals(part: WorkloadPart, n: int, horizon_s: float | None, faults: Faults) -> None:
    """Note where arrivals would never end, or be too many or none."""
    path = ("workload", n)
    if horizon_s is None and part.deadline is None and not part.stages:
        faults.add(("run",), f"needs horizon, as {part.name!r} would never end")
        return
    rate = part.rate or 0.0
    many = expected(rate, part.stages) if part.stages else rate * (horizon_s or part.deadline or 0)
    if many > _MOST:
        key = "stages" if part.stages else "rate"
        faults.add((*path, key), f"makes more than {_MOST:,} workflows before the horizon")
    if part.stages and not many:
        faults.add((*path, "stages"), "nobody comes in any of them")

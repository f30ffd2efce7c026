"""The names of the figures that a study will have, before it has any."""

from simulator.boot.reading import meant
from study.fault_plan import named
from study.figures import Tally
from study.plan import StudyPlan


def metrics_of(plan: StudyPlan) -> list[str]:
    """Return the name of every figure."""
    names = [f"{part.name}.{figure}" for part in plan.workload for figure in Tally().figures()]
    return names + [
        f"fault.{name}.{k}" for name in named(plan.fault) for k in ("times", "lasted_s")
    ]


def main_metrics(plan: StudyPlan) -> list[str]:
    """Return what is looked at where nobody says what."""
    figures = ["mean_s", "p95_s"] + ["makespan_s"] * (plan.run.kind == "terminating")
    return [f"{part.name}.{figure}" for part in plan.workload for figure in figures]


def no_metric(name: str, plan: StudyPlan) -> str:
    """Return why *name* is no figure of the study, "" if it is one."""
    known = metrics_of(plan)
    return "" if name in known else f"{name!r} is no figure of this study{meant(name, known)}"

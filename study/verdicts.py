"""What a study was asked to prove, beside its figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from study import thresholds
from study.rates import Rows, rates_of
from study.reading import Study
from study.replications import Rule
from study.stopping import Precise

FAILED = 99
"""The exit code where a threshold or a precision was not met, as of load tools."""


def verdicts_of(study: Study, rows: Rows, rule: Rule, at: int = 0) -> dict[str, Any]:
    """Return the rates of failures, which thresholds held, and how precise it is, if asked for."""
    found: dict[str, Any] = {"rates": rates_of([w.name for w in study.plan.workload], rows)}
    if study.plan.run.kind == "steady":
        found["warmup_s"] = study.plan.run.warmup
    if study.plan.threshold:
        found["thresholds"] = thresholds.held(study.plan, rows)
    if isinstance(rule, Precise):
        found["precision"] = rule.watches[at].verdict(len(rows))
    return found


def failed(found: Mapping[str, Any]) -> bool:
    """Return whether anything was not met."""
    broken = any(not one["held"] for one in found.get("thresholds", ()))
    return broken or not found.get("precision", {"reached": True})["reached"]


def as_text(found: Mapping[str, Any]) -> str:
    """Return verdicts for people."""
    warmup_s = found.get("warmup_s")
    lines = [] if warmup_s is None else [f"warm-up: the first {warmup_s:g} s are not counted"]
    lines += thresholds.as_text(found.get("thresholds", ()))
    lines += _precision(found["precision"]) if "precision" in found else []
    return "".join(f"{line}\n" for line in lines)


def _precision(found: Mapping[str, Any]) -> Sequence[str]:
    count, sure = found["replications"], f"{100 * found['confidence']:g} %"
    told = "reached" if found["reached"] else "NOT reached"
    lines = [
        "",
        f"precision {told} after {count} replications: half the {sure} interval, of the mean",
    ]
    for name, half in found["figures"].items():
        is_there = "has no interval" if half is None else f"{100 * half:.2f} %"
        lines.append(f"{name:<32}{is_there:>12} of {100 * found['relative']:g} % at most")
    several = len(found["figures"])
    if several > 1:
        each = 100 * (1 - (1 - found["confidence"]) / several)
        lines.append(f"(each for itself; for all at once ask for confidence = {each / 100:.4g})")
    return lines

"""What a study has to come to, and whether it did."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from simulator.boot.reading import meant
from study.experiment_plan import Entry
from study.figures import figures_of
from study.metrics import metrics_of
from study.plan import StudyPlan
from study.rates import Rows, rates_of
from study.units import TIME

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_FORM = re.compile(r"(<=?|>=?) ?(.+)")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_RATE = "failure_rate"


class Bound(NamedTuple):
    """A figure, how it has to compare, and with what."""

    metric: str
    sign: str
    value: float
    text: str

    def held(self, value: float) -> bool:
        """Return whether *value* is on the right side."""
        return _OPERATORS[self.sign](value, self.value)


def bound_of(entry: Entry, plan: StudyPlan) -> Bound | str:
    """Return what a line of [threshold] says, or why it says nothing."""
    known = [*metrics_of(plan), *(f"{part.name}.{_RATE}" for part in plan.workload), _RATE]
    if entry.key not in known:
        return f"is no figure of this study{meant(entry.key, known)}"
    found = _FORM.fullmatch(entry.value) if isinstance(entry.value, str) else None
    value = _value(entry.key, found[2].strip()) if found else None
    if found is None or value is None:
        return f'{entry.value!r} is no bound like "{_like(entry.key)}"'
    return Bound(entry.key, found[1], value, entry.value)


def _like(metric: str) -> str:
    if metric.endswith(_RATE):
        return "< 0.5%"
    return "< 60s" if metric.endswith("_s") else "< 5"


def _value(metric: str, text: str) -> float | None:
    if metric.endswith("_s"):
        return TIME.read(text)
    number = text.removesuffix("%").strip() if metric.endswith(_RATE) else text
    if not _NUMBER.fullmatch(number) or (number == text) == metric.endswith(_RATE):
        return None
    return float(number) / 100 if metric.endswith(_RATE) else float(number)


def bounds_of(plan: StudyPlan) -> list[Bound]:
    """Return the bounds of a study that was found to be without faults."""
    found = (bound_of(entry, plan) for entry in plan.threshold)
    return [bound for bound in found if isinstance(bound, Bound)]


def held(plan: StudyPlan, rows: Rows) -> list[dict[str, Any]]:
    """Return each bound with what was found: *held* is of the mean, *sure* of its interval."""
    figures: dict[str, Mapping[str, Any]] = {
        name: found | {"value": found["mean"]} for name, found in figures_of(rows).items()
    }
    rates = rates_of([part.name for part in plan.workload], rows)
    figures |= {name: rate | {"value": rate["rate"]} for name, rate in rates.items()}
    return [_judged(bound, figures.get(bound.metric, {})) for bound in bounds_of(plan)]


def _judged(bound: Bound, found: Mapping[str, Any]) -> dict[str, Any]:
    value, ends = found.get("value"), (found.get("low"), found.get("high"))
    fits = value is not None and bound.held(value)
    sure = all(end is not None and bound.held(end) == fits for end in ends)
    told = {"figure": bound.metric, "bound": bound.text, "value": value}
    return told | {"low": ends[0], "high": ends[1], "held": fits, "sure": sure}


def as_text(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines of a table for people."""
    if not found:
        return []
    lines = ["", f"{'threshold':<40}{'found':>12}{'95 % interval':>26}  verdict"]
    for one in found:
        scale, unit = (100, " %") if one["figure"].endswith(_RATE) else (1, "")
        value = "-" if one["value"] is None else f"{scale * one['value']:.3f}{unit}"
        ends = (
            "" if one["low"] is None else f"{scale * one['low']:.3f} to {scale * one['high']:.3f}"
        )
        verdict = ("held" if one["held"] else "broken") + ("" if one["sure"] else ", not sure")
        lines.append(f"{one['figure'] + ' ' + one['bound']:<40}{value:>12}{ends:>26}  {verdict}")
    return lines

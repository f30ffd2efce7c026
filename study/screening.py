"""Which values of a study its figures hang on: each changed by a part, one at a time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Any, NamedTuple

from study.comparing import Delta, Difference, compared, judged
from study.experiment_plan import BASE
from study.explaining import whole
from study.layers import Change, Origin
from study.points import Point
from study.reading import BadStudy, Sheet
from study.replication import Outcome

_LEFT_OUT = ("run", "cloud", "record", "precision", "threshold", "variant", "sweep")
"""Tables whose values are no properties of a load or a server."""
_AMOUNT = r"(\d{1,9}(?:\.\d{1,9})?)( ?/?(?:us|ms|s|min|h|d)\b)"
_QUANTITY = re.compile(rf"{_AMOUNT}|\w+\(.*{_AMOUNT}.*\)")
"""A time, a rate, or a distribution of times, all of which are made longer."""


class Factor(NamedTuple):
    """A value, and the studies in which it is less and more; the study itself where none can be."""

    path: str
    value: Any
    less: Point
    more: Point


class Effect(NamedTuple):
    """What a factor does to a figure: *elasticity* is in percent for one percent of it."""

    path: str
    value: Any
    less: Any
    more: Any
    difference: Difference
    elasticity: float | None


def factors(sheet: Sheet, part: float) -> list[Factor]:
    """Return every number of the study that can be changed by *part*."""
    study = sheet.study()
    found = []
    for path, value in _numbers(whole(study), ""):
        base = Point(BASE, study, {path: value})
        less, more = (_point(sheet, path, scaled(value, s)) or base for s in (1 - part, 1 + part))
        if less.study.key != more.study.key:
            found.append(Factor(path, value, less, more))
    return found


def points_of(found: Sequence[Factor]) -> list[Point]:
    """Return all points once."""
    return list({point.name: point for f in found for point in (f.less, f.more)}.values())


def _point(sheet: Sheet, path: str, value: Any) -> Point | None:
    change = Change(path, value, Origin(path, sheet.source.parent))
    try:
        return Point(f"{path}={value}", sheet.study(last=(change,)), {path: value})
    except BadStudy:
        return None


def scaled(value: Any, scale: float) -> Any:
    """Return a number, or one with a unit, times *scale*; whole if it is whole, and another."""
    if isinstance(value, int):
        changed = round(value * scale)
        return max(value + 1, changed) if scale > 1 else min(value - 1, changed)
    if isinstance(value, float):
        return value * scale
    if not _QUANTITY.fullmatch(value):
        return value
    return re.sub(_AMOUNT, lambda found: _plain(float(found[1]) * scale) + found[2], value)


def _plain(number: float) -> str:
    return f"{number:.9f}".rstrip("0").rstrip(".")


def _numbers(table: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Return what can be changed, with its dotted path."""
    inner = table.items() if isinstance(table, Mapping) else enumerate(table)
    for key, value in inner:
        here = f"{path}.{key}".removeprefix(".")
        if here in _LEFT_OUT or isinstance(value, bool):
            continue
        if isinstance(value, Mapping | list | tuple):
            yield from _numbers(value, here)
        elif isinstance(value, int | float) or (
            isinstance(value, str) and _QUANTITY.fullmatch(value)
        ):
            yield here, value


def effects(
    found: Sequence[Factor], metric: str, outcomes: Mapping[str, Sequence[Outcome]]
) -> list[Effect]:
    """Return what each factor does to *metric*, the greatest first, by the outcomes of points."""
    pairs = []
    for factor in found:
        less, more = ([o.row.get(metric) for o in outcomes[p.name]] for p in factor[2:])
        difference = compared(metric, (factor.less.name, factor.more.name), less, more, Delta())
        if difference is not None:
            pairs.append((factor, difference))
    verdicts = judged([difference for _, difference in pairs])
    effects = [_effect(factor, one) for (factor, _), one in zip(pairs, verdicts, strict=True)]
    return sorted(effects, key=lambda e: (-abs(e.difference.difference), e.path))


def _effect(factor: Factor, difference: Difference) -> Effect:
    less, more = (point.values[factor.path] for point in factor[2:])
    low, high = _size(less), _size(more)
    fits = low > 0 and min(difference.base_mean, difference.other_mean) > 0
    gain = log(difference.other_mean / difference.base_mean) if fits else 0.0
    elasticity = gain / log(high / low) if fits else None
    return Effect(factor.path, factor.value, less, more, difference, elasticity)


def as_text(found: Sequence[Effect], metric: str) -> str:
    """Return effects as a table for people."""
    wide = max([5, *(len(effect.path) for effect in found)]) + 2
    lines = [f"{metric}: what a change of each value does, the greatest first", ""]
    head = f"{'value':<{wide}}{'less':>24}{'more':>24}{'difference, 95 % interval':>34}"
    lines.append(f"{head}{'% per %':>9}  verdict")
    for one in found:
        gap, far = one.difference, one.elasticity
        ends = "" if gap.low is None else f" ({gap.low:+.3f} to {gap.high:+.3f})"
        told = f"{one.path:<{wide}}{one.less!s:>24}{one.more!s:>24}"
        told += f"{gap.difference:+.3f}{ends}".rjust(34)
        verdict = gap.verdict.replace("better", "less").replace("worse", "more")
        lines.append(f"{told}{'-' if far is None else f'{far:+.2f}':>9}  {verdict}")
    return "\n".join(lines) + "\n"


def _size(value: Any) -> float:
    found = re.search(_AMOUNT, value) if isinstance(value, str) else None
    return float(found[1] if found else value)

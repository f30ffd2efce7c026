"""Up to which value of a key a study meets its thresholds: bisection, all points on one seed."""

import re
from collections.abc import Callable
from math import sqrt
from typing import Any, NamedTuple

from study.reading import BadStudy

_END = r"(\d{1,9}(?:\.\d{1,9})?)\s*([^\d\s.][^\s]*)?"
_FORM = re.compile(rf"\s*([^=\s]+)\s*=\s*{_END}\s*\.\.\s*{_END}\s*")
_DIGITS = 4
"""Of a value that is tried."""


class Axis(NamedTuple):
    """A dotted path and the range in which its value is looked for."""

    path: str
    low: float
    high: float
    unit: str
    whole: bool

    def value(self, at: float) -> Any:
        """Return the value as a study says it."""
        if self.whole:
            return int(at)
        number = f"{at:.9f}".rstrip("0").rstrip(".")
        return f"{number}{self.unit}" if self.unit else float(number)

    def between(self, low: float, high: float, within: float) -> float | None:
        """Return the value to try between two; None if they are near enough."""
        if self.whole:
            near = high - low <= max(1.0, within * low)
            half = int(sqrt(low * high)) if low else int(high) // 2
            return None if near else float(min(max(half, int(low) + 1), int(high) - 1))
        middle = float(f"{sqrt(low * high):.{_DIGITS}g}")
        return middle if high > low * (1 + within) and low < middle < high else None


def axis_of(text: str) -> Axis:
    """Return what a --vary says; BadStudy if that is nothing."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise BadStudy(
            [f"--vary {text}: is no dotted.path=low..high like workload.0.rate=1/s..9/s"]
        )
    path, low, unit, high, other = found.groups()
    if (unit or "") != (other or ""):
        raise BadStudy([f"--vary {text}: has two units"])
    if not float(low) < float(high):
        raise BadStudy([f"--vary {text}: is no range from low to high"])
    whole = not unit and "." not in low + high
    if not float(low) and not whole:
        raise BadStudy([f"--vary {text}: has to begin above 0"])
    return Axis(path, float(low), float(high), unit or "", whole)


class Bracket(NamedTuple):
    """The nearest values that meet the thresholds and do not; None where there is none."""

    held: float | None
    broken: float | None


def search(axis: Axis, held: Callable[[float], bool], within: float) -> Bracket:
    """Return where it stops to hold, to a part *within*: from low to high, or the other way."""
    low, high = axis.low, axis.high
    at_low, at_high = held(low), held(high)
    if at_low and at_high:
        return Bracket(high, None)
    if not at_low and not at_high:
        return Bracket(None, low)
    while (middle := axis.between(low, high, within)) is not None:
        if held(middle) == at_low:
            low = middle
        else:
            high = middle
    return Bracket(low, high) if at_low else Bracket(high, low)

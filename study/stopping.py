"""When there are enough replications: a number that was said, or intervals narrow enough."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from study.experiment_plan import AUTO, PrecisionPart
from study.figures import summed_up
from study.reading import Study
from study.replication import Row
from study.replications import Fixed, Rule

_AHEAD = 5
"""Replications that have to stay as precise before it counts; more in proportion above 100."""
_MANY = 100


def rule_for(studies: Sequence[Study], *, together: bool = False) -> Rule:
    """Return the rule that *studies* ask for; *together*: as many of each, to be pairs."""
    plan = studies[0].plan
    if plan.run.replications != AUTO:
        return Fixed(plan.run.replications)
    return Precise(
        [study.plan.precision or PrecisionPart(()) for study in studies], together=together
    )


class Watch:
    """The intervals of one study, taken in order: Hoad, Robinson and Davies' look-ahead."""

    def __init__(self, part: PrecisionPart) -> None:
        self.part = part
        self.reached: int | None = None
        self._values: dict[str, list[float | int | None]] = {name: [] for name in part.metric}
        self._count = 0
        self._since: int | None = None

    def note(self, row: Row) -> None:
        """Take the figures of the next replication."""
        self._count += 1
        for name, values in self._values.items():
            values.append(row.get(name))
        if self.reached is not None:
            return
        if not all(self._precise(values) for values in self._values.values()):
            self._since = None
            return
        if self._since is None:
            self._since = self._count
        if self._count >= self._since + _AHEAD * max(self._since, _MANY) // _MANY:
            self.reached = self._count

    def _precise(self, values: Sequence[float | int | None]) -> bool:
        """Return whether the interval is narrow enough; never, if a value is missing."""
        half = self._half(values)
        return half is not None and half <= self.part.relative

    def _half(self, values: Sequence[float | int | None]) -> float | None:
        """Return half the interval as a part of the mean; None where there is no such thing."""
        there = [v for v in values if v is not None and isfinite(v)]
        found = summed_up(there, self.part.confidence)
        if len(there) < len(values) or found["low"] is None:
            return None
        half = float(found["high"] - found["mean"])
        if not half:
            return 0.0
        return half / abs(found["mean"]) if found["mean"] else None

    def verdict(self, count: int) -> dict[str, Any]:
        """Return what *count* replications came to."""
        return {
            "reached": self.reached is not None,
            "replications": count,
            "relative": self.part.relative,
            "confidence": self.part.confidence,
            "figures": {name: self._half(v[:count]) for name, v in self._values.items()},
        }


class Precise:
    """As many of each as make its intervals narrow; *together*: until those of all are."""

    def __init__(self, parts: Sequence[PrecisionPart], *, together: bool) -> None:
        self.most = max(part.max for part in parts)
        self.watches = [Watch(part) for part in parts]
        self._together = together

    def note(self, at: int, row: Row) -> None:
        """Take the figures of the next replication of a study."""
        self.watches[at].note(row)

    def wanted(self, at: int) -> int:
        """Return how many that study needs, as far as is known."""
        if not self._together:
            return self.watches[at].reached or self.watches[at].part.max
        return max(watch.reached or self.most for watch in self.watches)

"""When an open workload asks: so many a second, evenly or by chance, at a rate that may change."""

from collections.abc import Callable, Sequence
from math import inf, sqrt

from study.load_plan import Stage


class Pace:
    """The seconds at which somebody comes, from the start of a workload on.

    The nth comes when the rate has added up to the sum of the first n *gaps*: 1 each for an even
    spacing, exponential ones for a Poisson process. So the nth of a faster variant is the nth of
    a slower one, only earlier.
    """

    def __init__(self, per_s: float, stages: Sequence[Stage], gap: Callable[[], float]) -> None:
        self._gap = gap
        ends = [stage.per_s for stage in stages]
        rates = zip(stages, [per_s, *ends], ends, strict=False)
        self._legs = [(stage.lasts_s, one, other) for stage, one, other in rates]
        if not stages:
            self._legs = [(inf, per_s, per_s)]
        self._leg, self._since_s, self._into_s = 0, 0.0, 0.0

    def next_s(self) -> float:
        """Return when the next one comes, infinity when nobody does."""
        left = self._gap()
        while self._leg < len(self._legs):
            lasts_s, first, last = self._legs[self._leg]
            slope = (last - first) / lasts_s
            rate = first + slope * self._into_s
            rest = (rate + last) / 2 * (lasts_s - self._into_s)
            if left < rest:
                then = sqrt(max(0.0, rate * rate + 2 * slope * left))
                self._into_s += 2 * left / (rate + then)
                return self._since_s + self._into_s
            left -= rest
            self._leg, self._since_s, self._into_s = self._leg + 1, self._since_s + lasts_s, 0.0
        return inf


def expected(per_s: float, stages: Sequence[Stage]) -> float:
    """Return how many come in all stages."""
    found = 0.0
    for stage in stages:
        found += (per_s + stage.per_s) / 2 * stage.lasts_s
        per_s = stage.per_s
    return found

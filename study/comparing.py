"""Whether one study does better than another that met the same load."""

from collections.abc import Sequence
from math import fsum, inf, sqrt
from typing import Any, NamedTuple

from scipy import special

from study.figures import FEWEST, student_t

CONFIDENCE = 0.95
_LOWER_IS_BETTER = ("_s", "failed", "dropped", "unfinished", "failure_rate")
_HIGHER_IS_BETTER = (".done",)


class Delta(NamedTuple):
    """A difference too small to matter: *size* of a figure's unit, or that part of its mean."""

    size: float = 0.0
    relative: bool = False

    def of(self, mean: float) -> float:
        """Return it in the unit of a figure whose mean is so much."""
        return self.size * abs(mean) if self.relative else self.size


class Difference(NamedTuple):
    """What a figure comes to in *other* less what it does in *base*."""

    metric: str
    base: str
    other: str
    n: int
    base_mean: float
    other_mean: float
    difference: float
    low: float | None
    high: float | None
    correlation: float | None
    way: str
    p: float
    delta: float
    verdict: str = ""


Values = Sequence[float | int | None]


def compared(
    metric: str, names: tuple[str, str], base: Values, other: Values, delta: Delta
) -> Difference | None:
    """Return the difference over the replications that have the figure in both; None for none.

    Paired, as both met the same load; by Welch where that made them no more alike.
    """
    pairs = [(a, b) for a, b in zip(base, other, strict=False) if a is not None and b is not None]
    n = len(pairs)
    if not n:
        return None
    ones, others = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    mean_a, mean_b = fsum(ones) / n, fsum(others) / n
    gap, bar = mean_b - mean_a, delta.of(mean_a)
    if n < FEWEST:
        few = Difference(metric, *names, n, mean_a, mean_b, gap, None, None, None, "", 1.0, bar)
        return few._replace(verdict=f"fewer than {FEWEST} pairs")
    between = [b - a for a, b in zip(ones, others, strict=True)]
    spread_a, spread_b = _variance(ones), _variance(others)
    alike = _correlation(ones, others)
    if (alike is not None and alike > 0) or not _variance(between):
        way, error, freedom = "paired", sqrt(_variance(between) / n), n - 1.0
    else:
        way, error = "Welch", sqrt((spread_a + spread_b) / n)
        freedom = (n - 1) * (spread_a + spread_b) ** 2 / (spread_a**2 + spread_b**2)
    half = student_t(freedom, CONFIDENCE) * error
    p = _p(abs(gap) - bar, error, freedom)
    ends = (gap - half, gap + half)
    return Difference(metric, *names, n, mean_a, mean_b, gap, *ends, alike, way, p, bar)


def _p(beyond: float, error: float, freedom: float) -> float:
    """Return how likely so much *beyond* what does not matter is by chance, on either side."""
    if beyond <= 0:
        return 1.0
    return 2 * float(special.stdtr(freedom, -(beyond / error if error else inf)))


def judged(differences: Sequence[Difference]) -> list[Difference]:
    """Return all with their verdicts; p is made to hold for all of them at once (Holm)."""
    count, least = len(differences), 0.0
    order = sorted(range(count), key=lambda at: (differences[at].p, at))
    found = list(differences)
    for rank, at in enumerate(order):
        one = differences[at]
        least = max(least, min(1.0, (count - rank) * one.p))
        found[at] = one._replace(p=least, verdict=one.verdict or _verdict(one, least))
    return found


def _verdict(one: Difference, p: float) -> str:
    if p <= 1 - CONFIDENCE:
        less = one.difference < 0
        if one.metric.endswith(_HIGHER_IS_BETTER):
            return "worse" if less else "better"
        if one.metric.endswith(_LOWER_IS_BETTER):
            return "better" if less else "worse"
        return "lower" if less else "higher"
    low, high = one.low, one.high
    if low is not None and high is not None and -one.delta <= low and high <= one.delta:
        return "no difference"
    return "undecided"


def _variance(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((v - mean) ** 2 for v in values) / (len(values) - 1)


def _correlation(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Return how much alike two rows are, None if one of them is constant."""
    spread = sqrt(_variance(ones) * _variance(others))
    if not spread:
        return None
    n = len(ones)
    mean_a, mean_b = fsum(ones) / n, fsum(others) / n
    both = fsum((a - mean_a) * (b - mean_b) for a, b in zip(ones, others, strict=True))
    return both / (n - 1) / spread


def as_json(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return differences as plain data."""
    return [one._asdict() for one in found]


def as_text(found: Sequence[Difference]) -> str:
    """Return differences as a table for people."""
    head = f"{'figure':<24}{'against':<16}{'base':>11}{'other':>11}"
    lines = [f"{head}{'difference, 95 % interval':>40}{'r':>7}{'p':>9}  verdict"]
    for one in found:
        ends = "" if one.low is None else f" ({one.low:+.3f} to {one.high:+.3f})"
        gap = f"{one.difference:+.3f}{ends}"
        alike = "" if one.correlation is None else f"{one.correlation:.2f}"
        lines.append(
            f"{one.metric:<24}{one.other:<16}{one.base_mean:>11.3f}{one.other_mean:>11.3f}{gap:>40}"
            f"{alike:>7}{one.p:>9.2g}  {one.verdict}{', Welch' if one.way == 'Welch' else ''}"
        )
    lines += ["", "r: correlation of the pairs; p: of all these verdicts at once (Holm)"]
    return "\n".join(lines) + "\n"

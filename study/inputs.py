"""How much of what is not known about a figure comes from what is not known about its inputs.

Every variant has the same replications, with the same luck: an analysis of variance in two ways,
variants and replications, tells them apart.
"""

from collections.abc import Sequence
from math import fsum, sqrt
from typing import Any, NamedTuple

from study.figures import FEWEST, student_t

Values = Sequence[float]
LEAST = FEWEST
"""Variants, and replications, below which nothing is said."""


class Known(NamedTuple):
    """A figure: its mean, half its interval by replications alone and with inputs, the share."""

    metric: str
    mean: float
    half: float
    half_with_inputs: float
    share: float


def known(metric: str, base: Values, variants: Sequence[Values]) -> Known:
    """Return how well a figure is known, by its values in each replication of base and variants.

    The share is that of the inputs in the variance of the mean.
    """
    count, mean = len(base), sum(base) / len(base)
    luck = sum((v - mean) ** 2 for v in base) / (count - 1) / count
    inputs = _between(variants)
    freedom = min(count, len(variants)) - 1
    share = inputs / (inputs + luck) if inputs + luck > 0 else 0.0
    half = student_t(count - 1) * sqrt(luck)
    return Known(metric, mean, half, max(half, student_t(freedom) * sqrt(luck + inputs)), share)


def _between(variants: Sequence[Values]) -> float:
    """Return the variance between variants beyond what luck alone makes."""
    rows, columns = len(variants), len(variants[0])
    means = [sum(values) / columns for values in variants]
    lucky = [sum(values) / rows for values in zip(*variants, strict=True)]
    middle = sum(means) / rows
    outer = columns * fsum((m - middle) ** 2 for m in means) / (rows - 1)
    rest = fsum(
        (v - m - at + middle) ** 2
        for values, m in zip(variants, means, strict=True)
        for v, at in zip(values, lucky, strict=True)
    )
    return max(0.0, outer - rest / ((rows - 1) * (columns - 1))) / columns


def enough(replications: int, variants: int) -> bool:
    """Return whether there are enough of both to tell."""
    return min(replications, variants) >= LEAST


def as_text(found: Sequence[Known], variants: int) -> str:
    """Return a table for people."""
    head = f"{'figure':<32}{'mean':>10}{'95 %, luck alone':>24}{'with inputs':>24}{'inputs':>9}"
    lines = [f"{variants} variants of the inputs, the same luck in each", "", head]
    for one in found:
        alone, both = (
            f"{one.mean - half:.3f} to {one.mean + half:.3f}"
            for half in (one.half, one.half_with_inputs)
        )
        share = f"{100 * one.share:.0f} %"
        lines.append(f"{one.metric:<32}{one.mean:>10.3f}{alone:>24}{both:>24}{share:>9}")
    return "\n".join(lines) + "\n"


def as_table(found: Sequence[Known], variants: int) -> dict[str, Any]:
    """Return the same as plain data."""
    return {"variants": variants, "figures": [one._asdict() for one in found]}

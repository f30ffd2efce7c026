"""Figures of a run and of a study: percentiles, and intervals over replications only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum, sqrt
from typing import Any

from scipy import special

CELLS = 500
FEWEST = 5
"""Replications below which no interval is given."""


class Tally:
    """What became of the workflows of a workload in one run."""

    def __init__(self) -> None:
        self.begun = self.failed = self.dropped = self.gave_up = self.late = self.retries = 0
        self._latencies_s: list[float] = []
        self._offsets_s: list[float] = []
        self._last_s = 0.0
        self.failures: Counter[str] = Counter()

    def add(self, offset_s: float, latency_s: float, failure: str = "") -> None:
        """Note the end of a workflow that began *offset_s* after its workload.

        *failure* says why it failed.
        """
        self._last_s = max(self._last_s, offset_s + latency_s)
        if failure:
            self.failed += 1
            self.failures[failure] += 1
        else:
            self._latencies_s.append(latency_s)
            self._offsets_s.append(offset_s)

    def figures(self) -> dict[str, float | int | None]:
        """Return the figures of this run."""
        done = sorted(self._latencies_s)
        return {
            "begun": self.begun,
            "done": len(done),
            "failed": self.failed,
            "dropped": self.dropped,
            "gave_up": self.gave_up,
            "unfinished": self.begun - self.failed - self.dropped - self.gave_up - len(done),
            "late": self.late,
            "retries": self.retries,
            "mean_s": fsum(done) / len(done) if done else None,
            "p50_s": percentile(done, 0.5),
            "p95_s": percentile(done, 0.95),
            "p99_s": percentile(done, 0.99),
            "max_s": done[-1] if done else None,
            "makespan_s": self._last_s if done or self.failed else None,
        }

    def series(self, start_s: float, horizon_s: float) -> tuple[float | None, ...]:
        """Return the mean latency of what began in each of CELLS parts of a run, None for none."""
        cells: list[list[float]] = [[] for _ in range(CELLS)]
        for offset_s, latency_s in zip(self._offsets_s, self._latencies_s, strict=True):
            cells[min(CELLS - 1, int((start_s + offset_s) / horizon_s * CELLS))].append(latency_s)
        return tuple(fsum(cell) / len(cell) if cell else None for cell in cells)

    def curve(self) -> tuple[float, ...]:
        """Return the percentiles 0 to 100 of the latencies; empty where there are none."""
        return curve_of(self._latencies_s)


def curve_of(latencies_s: Sequence[float]) -> tuple[float, ...]:
    """Return the percentiles 0 to 100 of *latencies_s*; empty for none."""
    ordered = sorted(latencies_s)
    found = (percentile(ordered, n / 100) for n in range(101))
    return tuple(at for at in found if at is not None)


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """Return the value below which *share* of *ordered* lie, between neighbours if need be."""
    if not ordered:
        return None
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def student_t(freedom: float, confidence: float = 0.95) -> float:
    """Return the quantile that such a part of a t distribution lies within, on either side of 0."""
    return float(special.stdtrit(freedom, (1 + confidence) / 2))


def summed_up(values: Sequence[float], confidence: float = 0.95) -> dict[str, Any]:
    """Return mean, interval, range and number of a figure's values, one a replication.

    Below five there is no interval: the range has to do.
    """
    n = len(values)
    if not n:
        return {"n": 0, "mean": None, "low": None, "high": None, "min": None, "max": None}
    mean = fsum(values) / n
    half = None
    if n >= FEWEST:
        variance = fsum((v - mean) ** 2 for v in values) / (n - 1)
        half = student_t(n - 1, confidence) * sqrt(variance / n)
    return {
        "n": n,
        "mean": mean,
        "low": None if half is None else mean - half,
        "high": None if half is None else mean + half,
        "min": min(values),
        "max": max(values),
    }


def figures_of(rows: Sequence[Mapping[str, float | int | None]]) -> dict[str, Any]:
    """Return mean, interval and range of every figure, in replication order."""
    names = rows[0] if rows else ()
    return {
        name: summed_up([v for row in rows if (v := row.get(name)) is not None]) for name in names
    }

"""How often things fail, and how sure that is where few do."""

from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import Any

from scipy import special

Rows = Sequence[Mapping[str, float | int | None]]


def rate_of(failed: int, ended: int, confidence: float = 0.95) -> dict[str, Any]:
    """Return the part of *ended* that *failed*: Wilson's interval, the rule of three for none."""
    if not ended:
        return {"failed": 0, "ended": 0, "rate": None, "low": None, "high": None}
    rate = failed / ended
    if not failed:
        high = min(1.0, -log(1 - confidence) / ended)
        return {"failed": 0, "ended": ended, "rate": 0.0, "low": 0.0, "high": high}
    z = float(special.ndtri((1 + confidence) / 2))
    middle = (rate + z * z / (2 * ended)) / (1 + z * z / ended)
    half = z * sqrt(rate * (1 - rate) / ended + (z / (2 * ended)) ** 2) / (1 + z * z / ended)
    ends = {"low": max(0.0, middle - half), "high": min(1.0, middle + half)}
    return {"failed": failed, "ended": ended, "rate": rate} | ends


def rates_of(workloads: Sequence[str], rows: Rows) -> dict[str, Any]:
    """Return the rate of failures of each workload over all replications, and of all together."""
    counts = {
        name: (_sum(rows, f"{name}.failed"), _sum(rows, f"{name}.done")) for name in workloads
    }
    rates = {
        f"{name}.failure_rate": rate_of(failed, failed + done)
        for name, (failed, done) in counts.items()
    }
    failed = sum(failed for failed, _ in counts.values())
    return rates | {"failure_rate": rate_of(failed, failed + sum(d for _, d in counts.values()))}


def _sum(rows: Rows, name: str) -> int:
    return sum(int(row.get(name) or 0) for row in rows)

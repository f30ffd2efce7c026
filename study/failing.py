"""Why workflows came to nothing, counted over all replications."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from study.replication import Outcome

_BESIDE = {"dropped": "dropped: nothing was idle", "gave_up": "the client gave up"}
"""Figure of a workload -> what it is as a reason."""


def failures_of(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """Return how many workflows of each workload were not done, by reason, most first."""
    total: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        for workload in outcome.curves:
            counts = total.setdefault(workload, Counter())
            counts.update(outcome.failures.get(workload, {}))
            for figure, reason in _BESIDE.items():
                counts[reason] += int(outcome.row.get(f"{workload}.{figure}") or 0)
    return {
        workload: {reason: n for reason, n in counts.most_common() if n}
        for workload, counts in total.items()
    }


def as_lines(summary: dict[str, Any]) -> list[str]:
    """Return the failures of a summary for people."""
    rows = [
        f"{workload:<24}{n:>8}  {reason}"
        for workload, counts in summary.get("failures", {}).items()
        for reason, n in counts.items()
    ]
    return ["", f"{'not done':<24}{'times':>8}  why", *rows] if rows else []

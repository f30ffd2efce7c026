"""All pictures of a study, in the order of its page."""

from collections.abc import Sequence
from typing import Any

from study import plots
from study.picture import Picture, latencies, styled
from study.reading import Study
from study.replication import Outcome


def pictures(study: Study, summary: dict[str, Any], outcomes: Sequence[Outcome]) -> list[Picture]:
    """Return what there is to show."""
    found = [outcome.recorded for outcome in outcomes if outcome.recorded]
    with styled():
        every = [
            latencies(study, [outcome.curves for outcome in outcomes]),
            plots.time_spent(summary.get("time", {})),
            plots.utilisation(found),
            plots.queues(found),
            plots.failures(summary.get("failures", {})),
            plots.gantt(found[0].bars if found else ()),
        ]
    return [picture for picture in every if picture is not None]

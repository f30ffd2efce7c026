"""Several studies in one table: runs.csv, summary.json, and the same for people."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from simulator import __version__
from study.figures import figures_of
from study.points import Point
from study.replication import Outcome
from study.replications import Rule
from study.verdicts import FAILED, failed, verdicts_of

Found = Sequence[Sequence[Outcome]]
"""The replications of each point."""


def names_of(found: Found) -> list[str]:
    """Return the figures that any replication has, in the order of the first that has each."""
    names: dict[str, None] = {}
    for outcomes in found:
        for outcome in outcomes[:1]:
            names |= dict.fromkeys(outcome.row)
    return list(names)


def runs_csv(points: Sequence[Point], found: Found) -> str:
    """Return one line per point and replication."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    paths, names = _paths(points), names_of(found)
    writer.writerow(["point", *paths, "replication", *names])
    for point, outcomes in zip(points, found, strict=True):
        own = [point.values.get(path, "") for path in paths]
        for number, outcome in enumerate(outcomes):
            figures = ["" if (v := outcome.row.get(name)) is None else repr(v) for name in names]
            writer.writerow([point.name, *own, number, *figures])
    return text.getvalue()


def summary_of(points: Sequence[Point], found: Found, rule: Rule) -> dict[str, Any]:
    """Return what every point comes to, each figure with its interval."""
    run = points[0].study.plan.run
    return {
        "version": __version__,
        "study": points[0].study.name,
        "seed": run.seed,
        "kind": run.kind,
        "points": [
            {
                "point": point.name,
                "values": point.values,
                "sha256": point.study.digest,
                "replications": len(outcomes),
                "figures": figures_of([outcome.row for outcome in outcomes]),
                **verdicts_of(point.study, [outcome.row for outcome in outcomes], rule, at),
            }
            for at, (point, outcomes) in enumerate(zip(points, found, strict=True))
        ],
    }


def code_of(summary: dict[str, Any]) -> int:
    """Return the exit code: whether every point was what it has to be."""
    return FAILED if any(map(failed, summary["points"])) else 0


def as_text(summary: dict[str, Any], metrics: Sequence[str]) -> str:
    """Return a line per point with those *metrics*, each with half its interval."""
    points = summary["points"]
    wide = max([5, *(len(point["point"]) for point in points)]) + 2
    lines = [f"{summary['study']}: {len(points)} points, {summary['kind']}, seed {summary['seed']}"]
    lines += ["", f"{'point':<{wide}}{'n':>5}" + "".join(f"{name:>26}" for name in metrics)]
    for point in points:
        figures = (_cell(point["figures"].get(name)) for name in metrics)
        told = f"{point['point']:<{wide}}{point['replications']:>5}{''.join(figures)}"
        lines.append(told + _verdict(point))
    return "\n".join(lines) + "\n"


def _verdict(point: dict[str, Any]) -> str:
    """Return what a point was not."""
    broken = [one["figure"] for one in point.get("thresholds", ()) if not one["held"]]
    told = f"  broken: {', '.join(broken)}" if broken else ""
    reached = point.get("precision", {"reached": True})["reached"]
    return told if reached else f"{told}  precision not reached"


def _cell(found: dict[str, Any] | None) -> str:
    if found is None or found["mean"] is None:
        return f"{'-':>26}"
    about = "" if found["low"] is None else f" +- {found['mean'] - found['low']:.3f}"
    return f"{found['mean']:.3f}{about}".rjust(26)


def _paths(points: Sequence[Point]) -> list[str]:
    return list(dict.fromkeys(path for point in points for path in point.values))

"""What a study found: a page, its pictures, runs.csv, summary.json, and a table for people."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator import __version__
from study import failing
from study.figures import figures_of, percentile
from study.gallery import pictures
from study.page import page
from study.picture import as_png
from study.reading import Study
from study.recorded import Recorded
from study.replication import Outcome, Row
from study.resources import as_lines, laws_of, resources_of, time_of
from study.traces import Trace

_SHOWN = ("p50_s", "p95_s", "makespan_s")


def runs_csv(rows: Sequence[Row]) -> str:
    """Return one line per replication."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["replication", *rows[0]])
    for number, row in enumerate(rows):
        writer.writerow([number, *("" if v is None else repr(v) for v in row.values())])
    return text.getvalue()


def summary_of(study: Study, rows: Sequence[Row], found: Sequence[Recorded] = ()) -> dict[str, Any]:
    """Return mean, interval and range of every figure, and what was *found* beside them."""
    run = study.plan.run
    summary: dict[str, Any] = {
        "version": __version__,
        "study": study.name,
        "sha256": study.digest,
        "seed": run.seed,
        "kind": run.kind,
        "replications": len(rows),
        "asked": run.replications or "auto",
        "figures": figures_of(rows),
    }
    measured = {name: measured_by(t) for name, t in study.traces.items() if t.measured_s}
    if measured:
        summary["measured"] = {
            name: {
                key: _compared(value, summary["figures"][f"{name}.{key}"]["mean"])
                for key, value in figures.items()
            }
            for name, figures in measured.items()
        }
    if found:
        summary |= {"resources": resources_of(found), "time": time_of(found)}
        summary["laws"] = laws_of(found)
    return summary


def measured_by(trace: Trace) -> dict[str, float]:
    """Return what the latencies of a trace come to."""
    ordered = sorted(trace.measured_s)
    ends = (at + took for at, took in zip(trace.offsets_s, trace.measured_s, strict=True))
    return {
        "p50_s": percentile(ordered, 0.5) or 0.0,
        "p95_s": percentile(ordered, 0.95) or 0.0,
        "makespan_s": max(ends),
    }


def _compared(measured: float, predicted: float | None) -> dict[str, float | None]:
    error = None if predicted is None else predicted / measured - 1
    return {"measured": measured, "predicted": predicted, "error": error}


def as_json(summary: dict[str, Any]) -> str:
    """Return a summary as it is written."""
    return json.dumps(summary, indent=1, allow_nan=False) + "\n"


def as_text(summary: dict[str, Any]) -> str:
    """Return a summary for people."""
    run = f"{summary['replications']} replications, {summary['kind']}, seed {summary['seed']}"
    lines = [f"{summary['study']}: {run}", ""]
    lines.append(f"{'figure':<32}{'mean':>12} {'95 % interval':>30}{'n':>6}")
    for name, found in summary["figures"].items():
        if found["mean"] is None or (found["max"] == 0 and not name.endswith("_s")):
            continue
        between = (
            f"{found['min']:.3f} to {found['max']:.3f} (range)"
            if found["low"] is None
            else f"{found['low']:.3f} to {found['high']:.3f}"
        )
        lines.append(f"{name:<32}{found['mean']:>12.3f} {between:>30}{found['n']:>6}")
    lines += _measured(summary.get("measured", {}))
    lines += failing.as_lines(summary)
    if "resources" in summary:
        lines += as_lines(summary)
    return "\n".join(lines) + "\n"


def _measured(found: dict[str, Any]) -> list[str]:
    if not found:
        return []
    lines = ["", f"{'against what was measured':<32}{'measured':>12}{'predicted':>12}{'error':>10}"]
    for name, figures in found.items():
        for key in _SHOWN:
            one = figures[key]
            told = f"{name + '.' + key:<32}{one['measured']:>12.3f}"
            if one["predicted"] is not None:
                told += f"{one['predicted']:>12.3f}{100 * one['error']:>+8.1f} %"
            lines.append(told)
    return lines


def write(folder: Path, study: Study, summary: dict[str, Any], outcomes: Sequence[Outcome]) -> None:
    """Put all files into *folder*, made if need be; OSError if that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "runs.csv").write_text(runs_csv([outcome.row for outcome in outcomes]), "utf-8")
    (folder / "summary.json").write_text(as_json(summary), "utf-8")
    shown = pictures(study, summary, outcomes)
    (folder / "report.html").write_text(page(summary, shown), "utf-8")
    for picture in shown:
        (folder / f"{picture.name}.png").write_bytes(as_png(picture))

"""`rootswap compare` and `rootswap sweep`: several studies that differ in some values."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.study_options import (
    Place,
    StudyCommand,
    gathered,
    json_option,
    metric_option,
    metrics_said,
    place_options,
    refusing,
    set_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from study.comparing import Delta, Difference
    from study.points import Point
    from study.tables import Found


def _delta(_: click.Context, __: click.Parameter, value: str) -> "Delta":
    """Return the difference that is meant."""
    from study.comparing import Delta
    from study.units import TIME

    percent = re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?) ?%", value)
    if percent:
        return Delta(float(percent[1]) / 100, relative=True)
    found = float(value) if re.fullmatch(r"\d{1,9}", value) else TIME.read(value)
    if found is None:
        msg = f"{value!r} is no part, time or number like 5%, 2s or 3"
        raise click.BadParameter(msg)
    return Delta(found)


def _unlike(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return *names*; UsageError if one stands there twice."""
    if len({*names}) < len(names):
        msg = "a variant is named twice"
        raise click.UsageError(msg)
    return names


def _pairs(
    names: tuple[str, ...], metrics: "Sequence[str]", found: "Found", delta: "Delta"
) -> "list[Difference]":
    """Return each of *metrics* of the first of *names* beside that of each other one."""
    from study import comparing

    values = [[[outcome.row.get(m) for outcome in outcomes] for m in metrics] for outcomes in found]
    pairs = (
        comparing.compared(metric, (names[0], other), values[0][n], values[at][n], delta)
        for at, other in enumerate(names[1:], 1)
        for n, metric in enumerate(metrics)
    )
    return [pair for pair in pairs if pair is not None]


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("base")
@click.argument("others", nargs=-1, required=True)
@click.option("--delta", callback=_delta, default="0", metavar="SIZE",
              help="What does not matter: 5% of base, 2s, or a number.")  # fmt: skip
@metric_option
@set_option
@place_options
@json_option
def compare(
    file: Path,
    base: str,
    others: tuple[str, ...],
    delta: "Delta",
    metrics: tuple[str, ...],
    given: tuple[str, ...],
    place: Place,
    *,
    as_json: bool,
) -> None:
    """Compare variants of the study in FILE with one of them, BASE; the file itself is "base".

    All meet the same arrivals, choices and latencies, so that differences are of pairs. A verdict
    is given where 95 % intervals allow one. With --out it writes report.html, its pictures,
    runs.csv and summary.json.
    """
    from study import comparing, tables
    from study.points import variant_of
    from study.reading import Sheet

    names = _unlike((base, *others))
    with refusing():
        sheet = Sheet(file, given)
        points = [variant_of(sheet, name) for name in names]
        looked_at = metrics_said(metrics, points[0].study)
    gathering, code = gathered(place, [point.study for point in points], together=True)
    points = [point._replace(study=s) for point, s in zip(points, gathering.studies, strict=True)]
    found = gathering.found
    judged = comparing.judged(_pairs(names, looked_at, found, delta))
    summary = tables.summary_of(points, found, gathering.rule) | {
        "compared": comparing.as_json(judged)
    }
    text = comparing.as_text(judged)
    _told(place, points, found, summary, looked_at, text, as_json=as_json)
    sys.exit(code or tables.code_of(summary))


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--over", multiple=True, metavar="PATH=VALUE,VALUE",
              help="Values to try, instead of the file's [sweep]; may be said again.")  # fmt: skip
@metric_option
@set_option
@place_options
@json_option
def sweep(
    file: Path,
    over: tuple[str, ...],
    metrics: tuple[str, ...],
    given: tuple[str, ...],
    place: Place,
    *,
    as_json: bool,
) -> None:
    """Run the study in FILE for every combination of the values of its [sweep].

    With --out it writes report.html, its pictures, summary.json, and runs.csv, a line per point and
    replication.
    """
    from study import tables
    from study.points import grid
    from study.reading import Sheet

    with refusing():
        points = grid(Sheet(file, given), over)
        looked_at = metrics_said(metrics, points[0].study)
    gathering, code = gathered(place, [point.study for point in points])
    points = [point._replace(study=s) for point, s in zip(points, gathering.studies, strict=True)]
    found = gathering.found
    summary = tables.summary_of(points, found, gathering.rule)
    text = tables.as_text(summary, looked_at)
    _told(place, points, found, summary, looked_at, text, as_json=as_json)
    sys.exit(code or tables.code_of(summary))


def _told(
    place: Place,
    points: "Sequence[Point]",
    found: "Found",
    summary: dict[str, Any],
    metrics: "Sequence[str]",
    text: str,
    *,
    as_json: bool,
) -> None:
    """Print what was found, and write it where that was asked for."""
    from study import points_page, tables
    from study.picture import as_png

    if not any(found):
        return
    spelt = json.dumps(summary, indent=1, allow_nan=False) + "\n"
    if place.out is not None:
        (place.out / "runs.csv").write_text(tables.runs_csv(points, found), "utf-8")
        (place.out / "summary.json").write_text(spelt, "utf-8")
        shown = points_page.pictures(points, found, metrics)
        text_of = points_page.page(summary, found, metrics, shown)
        (place.out / "report.html").write_text(text_of, "utf-8")
        for picture in shown:
            (place.out / f"{picture.name}.png").write_bytes(as_png(picture))
    click.echo(spelt if as_json else text, nl=False)

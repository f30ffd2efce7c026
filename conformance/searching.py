"""`rootswap find` and `rootswap screen`: where a study ceases to do, and what it hangs on."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from conformance.study_options import (
    Place,
    StudyCommand,
    fail,
    gathered,
    json_option,
    metric_option,
    metrics_said,
    place_options,
    refusing,
    set_option,
)


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--vary", required=True, metavar="PATH=LOW..HIGH",
              help="What to look for, as workload.0.rate=1/s..100/s.")  # fmt: skip
@click.option("--within", type=click.FloatRange(0.001, 1), default=0.05, show_default=True,
              metavar="PART", help="How near the answer has to be.")  # fmt: skip
@set_option
@place_options
@json_option
def find(
    file: Path, vary: str, within: float, given: tuple[str, ...], place: Place, *, as_json: bool
) -> None:
    """Find up to which value of a key the study in FILE meets its thresholds.

    Values are halved on one seed, so that the points differ in the value alone. Whether a
    threshold holds is told by the mean; a verdict that its interval does not bear out is marked.
    With --out it writes find.json. Exits 99 if no value in the range does.
    """
    from study.finding import axis_of
    from study.reading import BadStudy, Sheet

    with refusing():
        axis = axis_of(vary)
        sheet = Sheet(file, given)
        if not sheet.study().plan.threshold:
            raise BadStudy([f"{file}: has no [threshold] to meet"])
        for end in (axis.low, axis.high):
            _at(sheet, axis, end)
    summary, code = _found(sheet, axis, within, place)
    text = json.dumps(summary, indent=1, allow_nan=False) + "\n"
    if place.out is not None:
        (place.out / "find.json").write_text(text, "utf-8")
    click.echo(text if as_json else _as_text(summary), nl=False)
    sys.exit(code)


def _at(sheet: Any, axis: Any, at: float) -> Any:
    """Return the study with a value put where it is varied."""
    from study.layers import Change, Origin

    value = axis.value(at)
    origin = Origin(f"--vary {axis.path}={value}", Path())
    return sheet.study(last=(Change(axis.path, value, origin),))


def _found(sheet: Any, axis: Any, within: float, place: Place) -> tuple[dict[str, Any], int]:
    """Return what was tried and where it ended, and the exit code."""
    from study.finding import Bracket, search
    from study.verdicts import FAILED, verdicts_of

    tried: list[dict[str, Any]] = []

    def held(at: float) -> bool:
        with refusing():
            study = _at(sheet, axis, at)
        click.echo(f"{axis.path} = {axis.value(at)}", err=True)
        gathering, code = gathered(place, [study])
        if code:
            raise KeyboardInterrupt
        rows = [outcome.row for outcome in gathering.found[0]]
        verdicts = verdicts_of(gathering.studies[0], rows, gathering.rule)
        tried.append({"value": axis.value(at), "replications": len(rows), **verdicts})
        return all(one["held"] for one in verdicts["thresholds"])

    code = 0
    try:
        bracket = search(axis, held, within)
    except KeyboardInterrupt:
        bracket, code = Bracket(None, None), 130
    ends = {
        name: None if end is None else axis.value(end) for name, end in bracket._asdict().items()
    }
    summary = {"study": sheet.source.name, "path": axis.path, "within": within, **ends}
    code = code or (FAILED if bracket.held is None else 0)
    return summary | {"tried": tried, "ended": code != 130}, code


def _as_text(summary: dict[str, Any]) -> str:
    """Return what was tried and found for people."""
    lines = [f"{summary['path']:<24}{'n':>5}  thresholds"]
    for one in summary["tried"]:
        told = ", ".join(
            f"{t['figure']} {'-' if t['value'] is None else format(t['value'], '.4g')} "
            f"{'held' if t['held'] else 'broken'}{'' if t['sure'] else ' (not sure)'}"
            for t in one["thresholds"]
        )
        lines.append(f"{one['value']!s:<24}{one['replications']:>5}  {told}")
    held, broken = summary["held"], summary["broken"]
    if not summary["ended"]:
        told = "ended before there was an answer"
    elif held is None:
        told = "no value in the range meets the thresholds"
    elif broken is None:
        told = "all of the range meets the thresholds"
    else:
        told = f"{held} meets the thresholds, {broken} does not"
    return "\n".join([*lines, "", f"{summary['path']}: {told}"]) + "\n"


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@metric_option
@click.option("--by", type=click.FloatRange(0.001, 0.9), default=0.2, show_default=True,
              metavar="PART", help="How much less and more each value is made.")  # fmt: skip
@set_option
@place_options
@json_option
def screen(
    file: Path,
    metrics: tuple[str, ...],
    by: float,
    given: tuple[str, ...],
    place: Place,
    *,
    as_json: bool,
) -> None:
    """Rank the values of the study in FILE by what a change of each does to its figures.

    One value at a time is made less and more, its distribution scaled; all meet the same load. It
    sees no interplay of two values. With --out it writes runs.csv and screen.json.
    """
    from study import screening, tables
    from study.reading import Sheet

    with refusing():
        sheet = Sheet(file, given)
        looked_at = metrics_said(metrics, sheet.study())
        factors = screening.factors(sheet, by)
    points = screening.points_of(factors)
    if not points:
        fail(f"{file}: has no value that can be changed")
    gathering, code = gathered(place, [point.study for point in points], together=True)
    if not all(gathering.found):
        sys.exit(code)
    outcomes = dict(zip([point.name for point in points], gathering.found, strict=True))
    effects = {name: screening.effects(factors, name, outcomes) for name in looked_at}
    plain = {
        name: [e._asdict() | {"difference": e.difference._asdict()} for e in found]
        for name, found in effects.items()
    }
    text = json.dumps({"study": file.name, "by": by, "effects": plain}, indent=1, allow_nan=False)
    if place.out is not None:
        (place.out / "runs.csv").write_text(tables.runs_csv(points, gathering.found), "utf-8")
        (place.out / "screen.json").write_text(text + "\n", "utf-8")
    tables_of = [screening.as_text(found, name) for name, found in effects.items()]
    click.echo(text if as_json else "\n".join(tables_of), nl=as_json)
    sys.exit(code)

"""`rootswap study`: what-if load studies."""

import sys
from pathlib import Path

import click

from conformance.study_options import (
    Place,
    StudyCommand,
    gathered,
    json_option,
    place_options,
    point_of,
    set_option,
    unwritable,
    variant_option,
)


def _table(_: click.Context, __: click.Parameter, file: Path | None) -> Path | None:
    """Return where a row for each job goes; BadParameter if it cannot."""
    from study import job_table

    if file is not None and (why := job_table.refusal(file) or unwritable(file.parent)):
        raise click.BadParameter(why)
    return file


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@variant_option
@set_option
@place_options
@click.option("--jobs", type=click.Path(path_type=Path), metavar="FILE", callback=_table,
              help="Write a row for each job there: FILE.parquet or FILE.csv.")  # fmt: skip
@json_option
def study(
    file: Path,
    variant: str,
    given: tuple[str, ...],
    place: Place,
    jobs: Path | None,
    *,
    as_json: bool,
) -> None:
    """Run the load study in FILE and print what came of it.

    With --out it writes report.html, its pictures, runs.csv and summary.json. Exits 2, and writes
    nothing, if FILE describes no study; 99 if a threshold or the precision was not met; 130 after
    Ctrl-C, with what was finished by then.
    """
    from study import job_table, report
    from study.failing import failures_of
    from study.verdicts import FAILED, as_text, failed, verdicts_of

    if jobs is not None:
        given = (*given, "record.jobs=true")
    chosen = point_of(file, given, variant)
    gathering, code = gathered(place, [chosen])
    outcomes = gathering.found[0]
    if outcomes:
        rows, found = [o.row for o in outcomes], [o.recorded for o in outcomes if o.recorded]
        verdicts = verdicts_of(gathering.studies[0], rows, gathering.rule)
        summary = report.summary_of(chosen, rows, found) | verdicts
        summary["failures"] = failures_of(outcomes)
        code = code or FAILED * failed(verdicts)
        if place.out is not None:
            report.write(place.out, chosen, summary, outcomes)
        if jobs is not None:
            job_table.write(jobs, outcomes)
        click.echo(
            report.as_json(summary) if as_json else report.as_text(summary) + as_text(verdicts),
            nl=False,
        )
    sys.exit(code)

"""`rootswap study`: what-if load studies."""

import sys
from pathlib import Path

import click

from conformance.study_options import (
    Place,
    gathered,
    json_option,
    place_options,
    point_of,
    set_option,
    variant_option,
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@variant_option
@set_option
@place_options
@json_option
def study(file: Path, variant: str, given: tuple[str, ...], place: Place, *, as_json: bool) -> None:
    """Run the load study in FILE and print what came of it.

    With --out it writes runs.csv, summary.json and latency.svg. Exits 2, and writes nothing, if
    FILE describes no study; 130 after Ctrl-C, with what was finished by then.
    """
    from study import report

    chosen = point_of(file, given, variant)
    (outcomes,), code = gathered(place, [chosen])
    if outcomes:
        rows, found = [o.row for o in outcomes], [o.recorded for o in outcomes if o.recorded]
        summary = report.summary_of(chosen, rows, found)
        if place.out is not None:
            report.write(place.out, chosen, summary, outcomes)
        click.echo(report.as_json(summary) if as_json else report.as_text(summary), nl=False)
    sys.exit(code)

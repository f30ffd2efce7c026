"""`rootswap inputs`: how much of a study's uncertainty comes from what it was told."""

import json
import sys
from pathlib import Path

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
@click.argument("file", type=click.Path(path_type=Path), metavar="STUDY")
@metric_option
@set_option
@place_options
@json_option
def inputs(
    file: Path, metrics: tuple[str, ...], given: tuple[str, ...], place: Place, *, as_json: bool
) -> None:
    """Run STUDY with every variant of its inputs, and say what they do to its figures.

    The variants are those whose names begin with inputs-, as `calibrate --inputs` writes them.
    Takes five of them and five replications at least.
    """
    from study import inputs as known
    from study.calibration import INPUTS
    from study.points import variants
    from study.reading import Sheet

    with refusing():
        points = [p for p in variants(Sheet(file, given)) if p.name.startswith((INPUTS, "base"))]
        looked_at = metrics_said(metrics, points[0].study)
    if not known.enough(known.LEAST, len(points) - 1):
        fail(f"{file}: has {len(points) - 1} variants called {INPUTS}…, fewer than {known.LEAST}")
    gathering, code = gathered(place, [point.study for point in points], together=True)
    if not known.enough(count := min(map(len, gathering.found)), len(points) - 1):
        fail(f"{file}: {count} replications are fewer than {known.LEAST}")
    found = []
    for metric in looked_at:
        base, *others = [[o.row[metric] for o in some[:count]] for some in gathering.found]
        values = [[v for v in some if v is not None] for some in (base, *others)]
        if all(len(some) == count for some in values):
            found.append(known.known(metric, values[0], values[1:]))
    table = json.dumps(known.as_table(found, len(points) - 1), indent=1)
    if place.out is not None:
        place.out.mkdir(parents=True, exist_ok=True)
        (place.out / "inputs.json").write_text(f"{table}\n", "utf-8")
    click.echo(table if as_json else known.as_text(found, len(points) - 1).rstrip("\n"))
    sys.exit(code)

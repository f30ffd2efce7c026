"""`rootswap calibrate` and `rootswap validate`: studies and what a real server did."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.study_options import (
    Place,
    StudyCommand,
    fail,
    gathered,
    json_option,
    place_options,
    point_of,
    set_option,
    variant_option,
)

if TYPE_CHECKING:
    from study.history import History


def _seconds(_: click.Context, option: click.Parameter, value: str) -> float:
    """Return a time that is written with its unit."""
    from study.units import TIME

    found = TIME.read(value)
    if found is None:
        msg = f'{value!r} is no {TIME.what} like "{TIME.like}"'
        raise click.BadParameter(msg, param=option)
    return found


def _dates(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return dates as they are written."""
    for value in values:
        try:
            date.fromisoformat(value)
        except ValueError:
            msg = f"{value!r} is no date like 2026-01-31"
            raise click.BadParameter(msg, param=option) from None
    return values


def _read(files: tuple[Path, ...]) -> list["History"]:
    """Return what all files say; else say what is wrong with each and exit 2."""
    from study.history import BadHistory, read_history

    found: list[History] = []
    wrong: list[str] = []
    for file in files:
        try:
            found.append(read_history(file))
        except BadHistory as no:
            wrong += no.lines
    if wrong:
        fail("\n".join(wrong))
    return found


@click.command(cls=StudyCommand)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="TOML",
              help="Write the [latency] table there.")  # fmt: skip
@click.option("--tick", callback=_seconds, default="2s", metavar="TIME", show_default=True,
              help="How often the server serves its queues.")  # fmt: skip
@click.option("--no-hosts", is_flag=True,
              help="The VMs were stopped: no host was asked, the server did it all.")  # fmt: skip
@click.option("--bootstrap", type=click.IntRange(0, 9999), default=99, show_default=True,
              help="Data sets drawn to judge the best fit of each latency.")  # fmt: skip
@click.option("--inputs", type=click.IntRange(0), default=0, metavar="N",
              help="Write so many variants that fit the data as well.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
              help="Decides what is drawn.")  # fmt: skip
@json_option
def calibrate(
    files: tuple[Path, ...],
    out: Path | None,
    tick: float,
    bootstrap: int,
    inputs: int,
    seed: int,
    *,
    no_hosts: bool,
    as_json: bool,
) -> None:
    """Fit latencies to the jobs of a real server in each FILE.

    A FILE has answers of listAsyncJobs, queryAsyncJobResult or listEvents (JSON, or a line each),
    or is a management-server.log. Take hours without queues: who waits for others counts as slow.
    Exits 2, and writes nothing, if a FILE has nothing to fit.
    """
    from study.calibration import Asked, as_table, as_text, as_toml
    from study.calibration import calibrate as fitted
    from study.history import BadHistory

    if inputs > bootstrap or (inputs and out is None):
        fail("--inputs: needs --out, and --bootstrap for no fewer data sets")
    if out is not None and not out.parent.is_dir():
        fail(f"--out {out}: {out.parent} is no folder")
    try:
        found = fitted(_read(files), Asked(tick, not no_hosts, bootstrap, seed))
        if out is not None:
            out.write_text(as_toml(found, inputs), "utf-8")
    except BadHistory as no:
        fail(str(no))
    except OSError as no:
        fail(f"--out {out}: {no.strerror}")
    click.echo(json.dumps(as_table(found), indent=1) if as_json else as_text(found).rstrip("\n"))


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="STUDY")
@click.option("--against", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="What the server said of its jobs; as for calibrate.")  # fmt: skip
@click.option("--day", "days", multiple=True, metavar="DATE", callback=_dates,
              help="Only the jobs of this day (UTC), one that nothing was fitted to.")  # fmt: skip
@click.option("--within", type=click.FloatRange(0, 10), default=0.1, show_default=True,
              help="The error that is green, as a part of what was measured.")  # fmt: skip
@variant_option
@set_option
@place_options
@json_option
def validate(
    file: Path,
    against: Path,
    days: tuple[str, ...],
    within: float,
    variant: str,
    given: tuple[str, ...],
    place: Place,
    *,
    as_json: bool,
) -> None:
    """Replay the jobs of a real server in the cloud of STUDY, and compare how long they took.

    The workloads of STUDY make way for the attaches and detaches of FILE. A percentile is green
    when the prediction is near, amber when chance may explain the difference, else red: exit 99.
    """
    from study import validation
    from study.history import BadHistory
    from study.verdicts import FAILED

    study = point_of(file, given, variant)
    try:
        (history,) = _read((against,))
        history = validation.chosen(history, days)
        replay = validation.replay_of(study, history)
        gathering, code = gathered(place, [replay])
        if not (rows := [outcome.row for outcome in gathering.found[0]]):
            sys.exit(code)
        verdict = validation.verdict_of(history, rows, within)
    except BadHistory as no:
        fail(str(no))
    table = json.dumps(validation.as_table(verdict, replay, history), indent=1)
    if place.out is not None:
        place.out.mkdir(parents=True, exist_ok=True)
        (place.out / "validation.json").write_text(f"{table}\n", "utf-8")
    click.echo(table if as_json else validation.as_text(verdict, history).rstrip("\n"))
    sys.exit(code or FAILED * verdict.red)

"""`rootswap calibrate` and `rootswap validate`: studies and what a real server did."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.study_options import fail, json_option

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


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="TOML",
              help="Write the [latency] table there.")  # fmt: skip
@click.option("--tick", callback=_seconds, default="2s", metavar="TIME", show_default=True,
              help="How often the server serves its queues.")  # fmt: skip
@click.option("--no-hosts", is_flag=True,
              help="The VMs were stopped: no host was asked, the server did it all.")  # fmt: skip
@click.option("--bootstrap", type=click.IntRange(0, 9999), default=99, show_default=True,
              help="Data sets drawn to judge the best fit of each latency.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
              help="Decides what is drawn.")  # fmt: skip
@json_option
def calibrate(
    files: tuple[Path, ...],
    out: Path | None,
    tick: float,
    bootstrap: int,
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

    if out is not None and not out.parent.is_dir():
        fail(f"--out {out}: {out.parent} is no folder")
    try:
        found = fitted(_read(files), Asked(tick, not no_hosts, bootstrap, seed))
        if out is not None:
            out.write_text(as_toml(found), "utf-8")
    except BadHistory as no:
        fail(str(no))
    except OSError as no:
        fail(f"--out {out}: {no.strerror}")
    click.echo(json.dumps(as_table(found), indent=1) if as_json else as_text(found).rstrip("\n"))

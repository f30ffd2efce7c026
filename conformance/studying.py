"""`rootswap study`: what-if load studies."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from study.replication import Outcome


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--set", "given", multiple=True, metavar="PATH=VALUE",
              help="Put a value over the file's, as workload.0.rate=8/s.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), metavar="N",
              help="Processes, one a processor by default; the figures do not change.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR",
              help="Write runs.csv, summary.json and latency.svg there.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def study(
    file: Path, given: tuple[str, ...], workers: int | None, out: Path | None, *, as_json: bool
) -> None:
    """Run the load study in FILE and print what came of it.

    Exits 2, and writes nothing, if FILE describes no study; 130 after Ctrl-C, with what was
    finished by then.
    """
    from study import report
    from study.reading import BadStudy, read_study
    from study.replications import outcomes_of

    if out is not None and (why := _unwritable(out)):
        raise click.UsageError(why)
    try:
        chosen = read_study(file, given)
    except BadStudy as no:
        for line in no.lines:
            click.echo(line, err=True)
        sys.exit(2)
    outcomes: list[Outcome] = []
    progress = _Progress(chosen.plan.run.replications)
    code = 0
    try:
        for outcome in outcomes_of(chosen, workers or os.cpu_count() or 1):
            outcomes.append(outcome)
            progress.tell(len(outcomes))
    except KeyboardInterrupt:
        code = 130
    if outcomes:
        summary = report.summary_of(chosen, [outcome.row for outcome in outcomes])
        if out is not None:
            report.write(out, chosen, summary, outcomes)
        click.echo(report.as_json(summary) if as_json else report.as_text(summary), nl=False)
    sys.exit(code)


def _unwritable(folder: Path) -> str:
    """Return why nothing can be written into *folder*, "" if it can."""
    there = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not there.is_dir():
        return f"--out {folder}: {there} is no folder"
    return "" if os.access(there, os.W_OK) else f"--out {folder}: may not write to {there}"


class _Progress:
    """Says on standard error how far it is, and how long it will take."""

    def __init__(self, total: int) -> None:
        self.total, self.began_s = total, time.monotonic()
        self.live = sys.stderr.isatty()

    def tell(self, done: int) -> None:
        """Say that *done* replications are there: each to a terminal, every tenth part to a log."""
        if not self.live and done * 10 // self.total == (done - 1) * 10 // self.total:
            return
        left_s = (time.monotonic() - self.began_s) / done * (self.total - done)
        text = f"replication {done} of {self.total}, {left_s:.0f} s left"
        click.echo(f"\r{text}   " if self.live else text, err=True, nl=not self.live)
        if self.live and done == self.total:
            click.echo(err=True)

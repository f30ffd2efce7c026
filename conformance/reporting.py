"""`rootswap report`: the reports of a run that is over."""

from pathlib import Path

import click

from conformance.reports.files import Reports
from conformance.reports.options import report_options
from conformance.results import Unreadable, read
from conformance.telling import tell


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="RESULTS.json")
@report_options
def report(file: Path, reports: Reports) -> None:
    """Make reports from what `check --json` wrote; without any, say what was found.

    Exits 2 if RESULTS.json is none, or a report cannot be written.
    """
    try:
        results = read(file)
    except Unreadable as no:
        raise click.UsageError(str(no)) from None
    if reasons := reports.unwritable():
        raise click.UsageError(reasons[0])
    if reports.wanted():
        reports.write(results)
    else:
        tell(results)

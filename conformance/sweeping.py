"""`rootswap sweep RUN`: remove what a run of `check` left behind in a cloud, and prove it."""

import json
import sys
from typing import Any

import click

from conformance import runs
from conformance.contact import NoContact, contact
from conformance.foreign import swept
from conformance.line import HttpCloud, Line, NoAnswer
from conformance.removing import Removing
from conformance.surroundings import BadTarget
from conformance.where import Where, target_options

LEFT = 5


@click.command(hidden=True)
@click.argument("run", required=False)
@click.option("--list", "as_list", is_flag=True, help="List the runs that have a ledger here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@target_options
def sweep_run(run: str | None, where: Where, *, as_list: bool, as_json: bool) -> None:
    """Remove what RUN left behind at its target: what its ledger has, and nothing else.

    Exits 0 when nothing is left, 5 when something is, 2 when it could not be tried.
    """
    if as_list or run is None:
        _list(as_json=as_json)
        return
    try:
        ledger = runs.opened(run)
        where = where if where.named else where._replace(text=ledger.run[1])
        line = Line(where.target())
        contact(line)
        with runs.alone(line.url):
            before = len(ledger.open_entries())
            cloud = HttpCloud(line, line.target.key, line.target.secret)
            removing = Removing(ledger, sys.stderr)
            removing.begin()
            try:
                left = swept(cloud, ledger, line.target.job_timeout_s)
            finally:
                removing.end()
    except (runs.NoSuchRun, runs.Busy, BadTarget, NoContact, NoAnswer) as no:
        click.echo(f"rootswap: {no}", err=True)
        sys.exit(2)
    rows: list[dict[str, Any]] = [
        {"kind": x.entry.kind, "id": x.entry.id, "why": x.answer, "command": x.command}
        for x in left
    ]
    if as_json:
        click.echo(json.dumps({"run": run, "open_before": before, "left": rows}, indent=1))
    else:
        click.echo(f"run {run} at {line.url}: {before} things were open, {len(left)} are left")
        for row in rows:
            click.echo(f"left: {row['command']}  ({row['why']})", err=True)
    sys.exit(LEFT if left else 0)


def _list(*, as_json: bool) -> None:
    known = runs.known()
    if as_json:
        click.echo(json.dumps([row._asdict() for row in known], indent=1))
        return
    for row in known:
        word = "ended" if row.ended else f"{row.open_count} open"
        click.echo(f"{row.name}  {word:<9}  {row.url}")
    if not known:
        click.echo("no run has a ledger here")

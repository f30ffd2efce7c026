"""`rootswap replay`: what a state file tells of."""

import json
import sys
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from simulator.api.dates import EPOCH, date
from simulator.api.service import Pending, SimulatedCloud
from simulator.port import Reply
from simulator.serve import BadState, Row, booted, read, retell

_LAST = 10
_STATUS = {0: "in flight", 1: "succeeded", 2: "failed"}


def moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float:
    """Return simulated seconds, given as such or as the date the API shows; infinity for None."""
    if value is None:
        return float("inf")
    try:
        at_s = float(value)
    except ValueError:
        try:
            at = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            text = f"'{value}' is neither seconds nor a date like {date(0)}"
            raise click.BadParameter(text) from None
        at_s = (at - EPOCH).total_seconds()
    if not at_s >= 0:
        text = f"'{value}' is before second 0, {date(0)}"
        raise click.BadParameter(text)
    return at_s


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--until", callback=moment, metavar="T",
              help="Stop there: simulated seconds, or a date as the API shows it.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay(file: Path, until: float, as_json: bool) -> None:
    """Replay a state FILE of `rootswap serve` and print what the cloud then holds.

    Every command is executed again from the first on; FILE is only read.
    """
    try:
        saved = read(file, whole=True)
        cloud = booted(saved.header)
        told = 0
        last: deque[tuple[Row, Pending]] = deque(maxlen=_LAST)
        for told, answered in enumerate(retell(cloud, saved.rows, saved.header.clock, until), 1):  # noqa: B007 - told after the loop
            last.append(answered)
    except BadState as no:
        click.echo(f"rootswap: {no}", err=True)
        sys.exit(2)
    except ValueError as no:
        click.echo(f"rootswap: {file} tells of what does not exist: {no}", err=True)
        sys.exit(2)
    found = report(cloud, told, list(last))
    click.echo(json.dumps(found, indent=2) if as_json else "\n".join(lines(found)))


def report(cloud: SimulatedCloud, told: int, last: list[tuple[Row, Pending]]) -> dict[str, Any]:
    """Return what *cloud* holds after *told* commands, of which *last* are shown."""
    store = cloud.world.store
    vms = [v for v in store.vms.values() if not v.removed]
    volumes = [v for v in store.volumes.values() if not v.removed]
    flying = cloud.jobs.running.values()
    return {
        "seconds": cloud.now_s(),
        "date": date(cloud.now_s()),
        "counts": {"commands": told, "virtualmachines": len(vms), "volumes": len(volumes),
                   "jobs": len(cloud.jobs.all), "inflight": len(flying)},
        "virtualmachines": [{"id": v.id, "name": v.name, "state": str(v.state)} for v in vms],
        "volumes": [
            {"id": v.id, "name": v.name, "state": str(v.state), "type": str(v.type),
             "device": v.device_id, "virtualmachine": v.vm_id}
            for v in volumes
        ],
        "commands": [
            {"seq": row.seq, "seconds": row.at_s, "name": row.name,
             "outcome": _end(cloud, pending.reply)}
            for row, pending in last
        ],
        "inflight": [
            {"id": j.id, "cmd": j.command.rsplit(".", 1)[-1], "since": j.created_s,
             "instance": j.instance_id}
            for j in flying
        ],
    }  # fmt: skip


def _end(cloud: SimulatedCloud, reply: Reply | None) -> str:
    """Return how a command ended: its reply, or its job."""
    if reply is None:
        return "under way"
    job = cloud.jobs.all.get(str(reply.body.get("jobid")))
    if reply.status != 200:
        return f"{reply.status} {reply.body.get('errortext', '')}"
    if job is None:
        return "done"
    return f"job {_STATUS[job.status]}" + (f", {job.error[0]} {job.error[1]}" if job.error else "")


def lines(found: dict[str, Any]) -> list[str]:
    """Return a report as lines of text."""
    counts = ", ".join(f"{n} {name}" for name, n in found["counts"].items())
    text = [f"second {found['seconds']:g}, {found['date']}: {counts}"]
    for title, key in (("virtual machines", "virtualmachines"), ("volumes", "volumes"),
                       ("last commands", "commands"), ("jobs in flight", "inflight")):  # fmt: skip
        if found[key]:
            text += ["", title, *table(found[key])]
    return text


def table(rows: list[dict[str, Any]]) -> list[str]:
    """Return *rows* under their names, in columns."""
    cells = [list(rows[0])]
    cells += [["-" if v is None else str(v) for v in row.values()] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]

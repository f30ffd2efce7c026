"""`rootswap diff`: what changed between two runs."""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import click

from conformance.results import BAD, GOOD, Record, Results, Unreadable, read

_WORSE = BAD | {"error", "blocked", "flaky"}
_SLOWER, _SLOWER_S = 2.0, 0.5
"""How many times and how many seconds longer a scenario takes that is called slower."""


class Change(NamedTuple):
    """A scenario of which two runs differ; a verdict is "" where a run has it not."""

    id: str
    name: str
    before: str
    after: str
    why: str = ""


class Difference(NamedTuple):
    """What two runs differ in, by kind."""

    regressed: list[Change]
    fixed: list[Change]
    changed: list[Change]
    new: list[Change]
    gone: list[Change]
    slower: list[Change]


def difference(before: Results, after: Results) -> Difference:
    """Return what *after* differs in from *before*."""
    old = {record.id: record for record in before.scenarios}
    found = Difference([], [], [], [], [], [])
    for record in after.scenarios:
        earlier = old.pop(record.id, None)
        if earlier is None:
            found.new.append(Change(record.id, record.name, "", record.verdict))
            continue
        if record.verdict != earlier.verdict:
            _kind(found, earlier.verdict, record.verdict).append(_change(earlier, record))
        if record.seconds > max(earlier.seconds * _SLOWER, earlier.seconds + _SLOWER_S):
            times = f"{earlier.seconds:.2f} s", f"{record.seconds:.2f} s"
            found.slower.append(Change(record.id, record.name, *times))
    found.gone.extend(Change(r.id, r.name, r.verdict, "") for r in old.values())
    return found


def _kind(found: Difference, before: str, after: str) -> list[Change]:
    if after in _WORSE and before not in _WORSE:
        return found.regressed
    return found.fixed if after in GOOD and before in _WORSE else found.changed


def _change(before: Record, after: Record) -> Change:
    why = after.reason.text if after.reason else ""
    return Change(after.id, after.name, before.verdict, after.verdict, why)


def as_json(before: Results, after: Results, found: Difference) -> str:
    """Return a difference as JSON."""
    rows: dict[str, Any] = {
        kind: [change._asdict() for change in changes] for kind, changes in found._asdict().items()
    }
    return json.dumps(
        {
            "schema": "rootswap/diff/1",
            "verdict": {"before": before.verdict, "after": after.verdict},
            "seconds": {"before": before.run.seconds, "after": after.run.seconds},
            **rows,
        },
        indent=1,
    )


def as_text(before: Results, after: Results, found: Difference) -> str:
    """Return a difference for people: a line for each change, then how many there are."""
    lines = []
    for kind, changes in found._asdict().items():
        for one in changes:
            verdicts = " -> ".join(filter(None, (one.before, one.after)))
            lines.append(f"{kind:<10} {verdicts:<20} {one.name if one.id in one.name else one.id}")
            if one.why:
                lines.append(f"{'':<10} {one.why}")
    counts = ", ".join(f"{len(changes)} {kind}" for kind, changes in found._asdict().items())
    lines += ["", f"{before.verdict} -> {after.verdict}: {counts}"]
    for name, old, new in _headers(before, after):
        lines.append(f"not the same {name}: {old}, {new}")
    lines.append(f"{before.run.seconds:.1f} s -> {after.run.seconds:.1f} s")
    return "\n".join(lines).lstrip("\n")


def _headers(before: Results, after: Results) -> list[tuple[str, str, str]]:
    """Return in what the runs were not the same from the start."""
    pairs = [(name, str(getattr(before.run, name)), str(getattr(after.run, name)))
             for name in ("dialect", "seed", "target", "release", "partial")]  # fmt: skip
    return [(name, old, new) for name, old, new in pairs if old != new]


@click.command()
@click.argument("before", type=click.Path(path_type=Path), metavar="A.json")
@click.argument("after", type=click.Path(path_type=Path), metavar="B.json")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def diff(before: Path, after: Path, *, is_json: bool) -> None:
    """Say what changed from the run in A.json to the one in B.json.

    Exits 0 if nothing regressed, 1 if something did, 2 if a file cannot be read.
    """
    try:
        old, new = read(before), read(after)
    except Unreadable as no:
        raise click.UsageError(str(no)) from None
    found = difference(old, new)
    click.echo((as_json if is_json else as_text)(old, new, found))
    sys.exit(1 if found.regressed else 0)

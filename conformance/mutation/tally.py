"""What became of faults: shown as it comes, and kept in a file with which a later run goes on."""

import sys
import time
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from conformance.mutation.fault import Fault
from conformance.mutation.verdict import Verdict
from conformance.results import decoded
from simulator import __version__

_EVERY_S = 60
"""How often a line says how far the run is, where there is no terminal."""
_WRITE_S = 5
_KINDS = "kind        planted  noticed  survived"


class Row(msgspec.Struct):
    """A verdict as a file has it."""

    id: str
    kind: str
    what: str
    dialect: str
    noticed_by: str | None
    scenarios_run: int
    seconds: float
    wrong: str | None


class Counts(msgspec.Struct):
    """Of the faults of a kind, how many were planted, noticed, survived or cannot be judged."""

    planted: int = 0
    noticed: int = 0
    survived: int = 0
    unjudged: int = 0


class Summary(msgspec.Struct):
    """Of all faults; *left* counts those that an interrupted run did not come to."""

    faults: int
    survivors: int
    seconds: float
    version: str
    began: str
    options: list[str]
    left: int
    kinds: dict[str, Counts]


class Outcome(msgspec.Struct):
    """All that a file of verdicts holds."""

    summary: Summary
    faults: list[Row]


def read(file: Path) -> list[Row]:
    """Return the verdicts in *file*; Unreadable, in one line, if there are none."""
    return decoded(file, Outcome, "holds no verdicts on faults").faults


def kept(rows: Sequence[Row], faults: Sequence[Fault], *, again: bool) -> list[Verdict]:
    """Return the verdicts in *rows* on *faults* that hold: with *again*, not on what survived."""
    by_id = {fault.id: fault for fault in faults}
    return [
        Verdict(by_id[row.id], row.noticed_by or "", row.scenarios_run, row.seconds)
        for row in rows
        if row.id in by_id and not row.wrong and (row.noticed_by or not again)
    ]


class Tally:
    """What became of *faults* so far; *file* is rewritten as more comes, None for no file."""

    def __init__(self, faults: Sequence[Fault], file: Path | None, options: list[str]) -> None:
        self.order = {fault.id: place for place, fault in enumerate(faults)}
        self.verdicts = list[Verdict]()
        self._out, self._live = sys.stdout, sys.stdout.isatty()
        self._file, self._options = file, options
        self._began, self._began_s = datetime.now(tz=UTC), time.perf_counter()
        self._shown_s, self._written_s = self._began_s, -float(_WRITE_S)

    @property
    def survivors(self) -> list[Verdict]:
        """The faults that nothing noticed, or that could not be judged."""
        return [v for v in self.verdicts if not v.noticed_by]

    def add(self, verdict: Verdict) -> None:
        """Take one more verdict, and show it unless the fault was noticed."""
        self.verdicts.append(verdict)
        if not verdict.noticed_by:
            word = f"cannot be judged: {verdict.wrong}" if verdict.wrong else "survives"
            self._line(f"{verdict.fault.id} {word}: {verdict.fault.what}")
        now_s = time.perf_counter()
        if self._live:
            click.echo(f"\r{self._far()} ", self._out, nl=False)
        elif now_s - self._shown_s > _EVERY_S:
            self.say(f"{self._far()}, {len(self.survivors)} left; {now_s - self._began_s:.0f} s")
        if now_s - self._written_s > _WRITE_S:
            self.write()

    def say(self, text: str) -> None:
        """Show what goes on, beside the result."""
        self._shown_s = time.perf_counter()
        if self._live:
            self._line(text)
        else:
            click.echo(text, err=True)

    def forget(self, titles: Collection[str]) -> None:
        """Drop the verdicts that go by scenarios that fail without any fault."""
        self.verdicts = [v for v in self.verdicts if v.noticed_by not in titles]

    def _far(self) -> str:
        return f"{len(self.verdicts)}/{len(self.order)}"

    def _line(self, text: str) -> None:
        start = "\r" if self._live else ""
        click.echo(f"{start}{text}", self._out)

    def counts(self) -> dict[str, Counts]:
        """Return the counts of each kind that was judged."""
        verdicts = sorted(self.verdicts, key=lambda v: self.order[v.fault.id])
        counts = {v.fault.kind: Counts() for v in verdicts}
        for v in verdicts:
            count = counts[v.fault.kind]
            count.planted += 1
            count.noticed += bool(v.noticed_by)
            count.unjudged += bool(v.wrong)
            count.survived += not (v.noticed_by or v.wrong)
        return counts

    def show(self) -> None:
        """Print a line for each kind, then the total."""
        rows = self.counts()
        odd = any(row.unjudged for row in rows.values())
        self._line(f"\n{_KINDS}{'  not judged' * odd}")
        for kind, row in rows.items():
            more = f" {row.unjudged:>11}" * odd
            click.echo(f"{kind:<11} {row.planted:>7} {row.noticed:>8} {row.survived:>9}{more}")
        total: Counter[str] = Counter()
        for row in rows.values():
            total.update(msgspec.structs.asdict(row))
        more = f", {total['unjudged']} cannot be judged" * odd
        click.echo(
            f"\n{total['noticed']} of {total['planted']} faults are noticed, "
            f"{total['survived']} survive{more}; "
            f"{time.perf_counter() - self._began_s:.1f} s"
        )

    def write(self) -> None:
        """Write the file anew, whole at any moment, if there is to be one."""
        if self._file is None:
            return
        self._written_s = time.perf_counter()
        text = msgspec.json.format(msgspec.json.encode(self._outcome()), indent=1)
        beside = self._file.with_name(f"{self._file.name}.part")
        beside.write_bytes(text + b"\n")
        beside.replace(self._file)

    def _outcome(self) -> Outcome:
        verdicts = sorted(self.verdicts, key=lambda v: self.order[v.fault.id])
        rows = [
            Row(
                v.fault.id, v.fault.kind, v.fault.what, v.fault.dialect, v.noticed_by or None,
                v.ran, round(v.seconds, 3), v.wrong or None,
            )
            for v in verdicts
        ]  # fmt: skip
        summary = Summary(
            faults=len(rows), survivors=len(self.survivors),
            seconds=round(time.perf_counter() - self._began_s, 1), version=__version__,
            began=self._began.isoformat(timespec="seconds"), options=self._options,
            left=len(self.order) - len(rows), kinds=self.counts(),
        )  # fmt: skip
        return Outcome(summary, rows)

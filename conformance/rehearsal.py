"""`rootswap check --dry-run`: which scenarios would run, and whether their steps are sentences."""

import contextlib
import io
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.results import Record


class Rehearsed(NamedTuple):
    """One scenario, and what is wrong with its steps."""

    feature: str
    title: str
    faults: tuple[str, ...]


class Rehearsal:
    """A pytest plugin that looks at what was collected."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self.found: list[Rehearsed] = []
        self.records: dict[str, Record] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember what could not be read."""
        if report.failed:
            self.broken += report.longreprtext.splitlines()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Look at every scenario that was selected."""
        from conformance.items import feature_of, title_of
        from conformance.recorder import record_of
        from conformance.soundness import step_faults

        for item, faults in step_faults(session.items):
            self.records[item.nodeid] = record_of(item)
            self.found.append(Rehearsed(feature_of(item), title_of(item), tuple(faults)))


def rehearse(args: list[str]) -> tuple[int, Rehearsal, str]:
    """Return pytest's exit code for collecting by *args*, what was found, and what pytest said."""
    rehearsal, output = Rehearsal(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = int(pytest.main([*args, "--collect-only"], [rehearsal]))
    return code, rehearsal, output.getvalue()


def never_begun(args: list[str], found: "Sequence[Record]") -> "list[Record]":
    """Return records of what *args* select and was not *found*, as a run in lanes ended early."""
    from conformance.recorder import interrupted

    begun = {record.id for record in found}
    _, rehearsal, _ = rehearse(args)
    return [interrupted(r) for r in rehearsal.records.values() if r.id not in begun]


def show(found: list[Rehearsed]) -> int:
    """Print what would run, then what is wrong; return 1 if anything is, else 0."""
    for one in found:
        click.echo(f"{'no  ' if one.faults else 'ok  '} {one.feature}: {one.title}")
    faults = [line for one in found for line in one.faults]
    for line in dict.fromkeys(faults):
        click.echo(line)
    wrong = sum(bool(one.faults) for one in found)
    click.echo(f"\n{len(found)} scenarios would run, {wrong} of them cannot; nothing was run")
    return 1 if wrong else 0

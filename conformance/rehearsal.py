"""`rootswap check --dry-run`: which scenarios would run, and whether their steps are sentences."""

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest


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

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember what could not be read."""
        if report.failed:
            self.broken.append(report.longreprtext)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Look at every scenario that was selected."""
        from conformance.plugin import feature_of, title_of
        from conformance.sentences import sentences

        known = sentences()
        for item in session.items:
            faults = tuple(_faults(item, known))
            self.found.append(Rehearsed(feature_of(item), title_of(item), faults))


def _faults(item: pytest.Item, known: Iterable[Any]) -> Iterable[str]:
    """Yield a line for each step that none of the *known* sentences is."""
    from conformance.plugin import scenario_of

    template = scenario_of(item)
    params = item.callspec.params if hasattr(item, "callspec") else {}
    scenario = template.render(params.get("_pytest_bdd_example", {}))
    file = Path(template.feature.filename).name
    if not scenario.steps:
        yield f"{file}:{template.line_number}: a scenario without steps"
    for step in scenario.steps:
        if not any(s.type in {step.type, None} and s.parser.is_matching(step.name) for s in known):
            yield f"{file}:{step.line_number}: no sentence is {step.keyword} {step.name}"


def rehearse(args: list[str]) -> tuple[int, Rehearsal, str]:
    """Return pytest's exit code for collecting by *args*, what was found, and what pytest said."""
    rehearsal, output = Rehearsal(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = int(pytest.main([*args, "--collect-only"], [rehearsal]))
    return code, rehearsal, output.getvalue()


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

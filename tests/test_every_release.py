"""Every dialect that is offered passes the scenarios that are its own.

`python tests/test_every_release.py` is the long proof: all scenarios, a line for each dialect.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_runner import check
from test_traceability import FEATURES, SCENARIO_ID

from conformance.plugin import is_of
from simulator.api.since import COMMANDS_OF, PARAMETERS_OF, REQUIRED_IN
from simulator.domain.dialect import Dialect, dialect_names, dialect_of
from simulator.domain.releases import MEASURED, Flag

RELEASES = [name for name in dialect_names() if dialect_of(name).release != MEASURED]


def sent(scenario: Any) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each command that a scenario's tables send, with the parameters given."""
    for step in scenario.steps:
        rows = step.datatable.raw() if step.datatable else []
        if step.name.endswith(" asks all at once"):
            at = rows[0].index("command")
            for row in rows[1:]:
                yield row[at], frozenset(n for n, cell in zip(rows[0], row, strict=True) if cell)
        elif named := re.search(r" calls (\w+) with$", step.name):
            yield named[1], frozenset(row[0].partition("[")[0] for row in rows)


def asks_too_much(dialect: Dialect, scenario: Any) -> bool:
    """Return whether a scenario sends a command or a parameter that a release does not know."""
    return any(
        dialect.release not in COMMANDS_OF.get(command, {dialect.release})
        or any(dialect.release not in PARAMETERS_OF.get((command, name), {dialect.release})
               for name in given)
        for command, given in sent(scenario)
    )  # fmt: skip


def chosen(dialect: Dialect) -> list[str]:
    """Return the tags that are for some releases only, and the ids that send what one lacks."""
    tags = [f"{kind}-{flag}" for flag in Flag for kind in ("flag", "unless")]
    scenarios = (s for feature in FEATURES for s in feature.scenarios.values())
    return tags + sorted(
        next(tag for tag in s.tags if SCENARIO_ID.fullmatch(tag))
        for s in scenarios
        if is_of(dialect, s.tags | s.feature.tags) and asks_too_much(dialect, s)
    )


@pytest.mark.parametrize("name", RELEASES)
def test_what_a_release_has_otherwise_holds(name: str) -> None:
    marks = " or ".join(["smoke", *chosen(dialect_of(name))])
    done = check("--dialect", name, "-m", marks)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", RELEASES)
def test_a_scenario_gives_what_its_releases_require(name: str) -> None:
    """But one that is refused for it."""
    dialect = dialect_of(name)
    needed: dict[str, set[str]] = {}
    for (command, parameter), releases in REQUIRED_IN.items():
        if dialect.release in releases:
            needed.setdefault(command, set()).add(parameter)
    lacking = [
        (scenario.name, command)
        for feature in FEATURES
        for scenario in feature.scenarios.values()
        if is_of(dialect, scenario.tags | feature.tags)
        and not any(step.name.endswith("because parameter-missing") for step in scenario.steps)
        for command, given in sent(scenario)
        if needed.get(command, set()) - given
    ]
    assert lacking == []


def proof(name: str) -> tuple[bool, str]:
    """Judge a dialect by all its scenarios; return whether all passed, and a line that says so."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "result.json"
        done = check("--dialect", name, "--json", str(file))
        counts = json.loads(file.read_text())["summary"]
    line = "{passed:>4} of {scenarios} passed, {failed} failed, {seconds:.0f} s".format(**counts)
    return done.returncode == 0, f"{name:<11}{line}"


if __name__ == "__main__":
    good = True
    for dialect in sys.argv[1:] or dialect_names():
        passed, line = proof(dialect)
        good &= passed
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.exit(not good)

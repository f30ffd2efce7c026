"""The form of what answers show: which fields, and of which types."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_bdd import then

from simulator.domain.dialect import SPEC, dialect_of
from steps.looks import rows_of
from steps.own import own
from steps.words import words
from steps.world import KEY, World

FORMS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("forms.toml").read_text(encoding="utf-8")
)
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000")
_IS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and bool(_DATE.fullmatch(value)),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
"""Type of a field -> whether a value is of it."""


def unknown_to(dialect: str, form: dict[str, Any]) -> set[str]:
    """Return the fields that the release behind a dialect does not have."""
    whose = dialect_of(dialect)
    later = form.get("since", {}).items() if whose is not SPEC else ()
    return {f for first, names in later if _number(whose.release) < _number(first)
            for f in names.split()}  # fmt: skip


def _number(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]


def wrong_in(kind: str, row: dict[str, Any], dialect: str, *, by_admin: bool) -> list[str]:
    """Return what is wrong with the form of a row of some kind."""
    form = FORMS[kind]
    wanted = set(f"{form['always']} {form.get('admin', '') if by_admin else ''}".split())
    wanted -= unknown_to(dialect, form)
    found = [f"{name} is missing" for name in sorted(wanted - row.keys())]
    for group in form.get("together", ()):
        there = set(group.split()) & row.keys()
        if there and there != set(group.split()):
            found.append(f"of {group.split()} there is only {sorted(there)}")
    for name, is_right in _IS.items():
        fields = set(form.get(name, "").split()) & row.keys()
        found += [f"{f} is no {name}: {row[f]!r}" for f in sorted(fields) if not is_right(row[f])]
    return found


def _about_nothing(event: dict[str, Any]) -> bool:
    """Return whether an event names no resource: what was refused at once, a network's own rule."""
    return bool(event["level"] == "ERROR" or event["type"] == "FIREWALL.OPEN")


_ONLY = {"listHosts": {"type": "Routing"}}
"""List -> what narrows it to rows of its form: system VMs are hosts, too, with fewer fields."""


@then(words("each {kind:alias} that {command:alias} shows the {who:who} has its form"))
def have_form(world: World, kind: str, command: str, who: str) -> None:
    """Check fields and types of every row; of a job, of the one that was asked about last."""
    if command == "queryAsyncJobResult":
        job = world.outcome.body["jobid"]
        rows = [world.body(world.caller(who).call(command, jobid=job))]
    else:
        text = {"listall": "true", "templatefilter": "all"} | _ONLY.get(command, {})
        rows = own(world, who, rows_of(world, who, command, text))
    if kind == "event":
        rows = [row for row in rows if "resourceid" in row or not _about_nothing(row)]
    if kind == "nic":
        rows = [nic for row in rows for nic in row["nic"]]
    by_admin = who in {KEY, "root admin"}
    wrong = [
        fault for row in rows for fault in wrong_in(kind, row, world.dialect, by_admin=by_admin)
    ]
    assert rows, command
    assert not wrong, wrong

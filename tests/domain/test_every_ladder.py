"""Every table of the domain has a ladder, and no two rows share an id."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Any

import test_attach_ladder
import test_changes_ladder
import test_creation_ladder
import test_detach_ladder
import test_machines_ladder
import test_placement_ladder
import test_snapshots_ladder
import test_volumes_ladder

import simulator.domain
from simulator.domain.rules import Table

LADDERS = (
    *test_attach_ladder.LADDERS,
    *test_changes_ladder.LADDERS,
    *test_creation_ladder.LADDERS,
    *test_detach_ladder.LADDERS,
    *test_machines_ladder.LADDERS,
    *test_placement_ladder.LADDERS,
    *test_snapshots_ladder.LADDERS,
    *test_volumes_ladder.LADDERS,
)
ELSEWHERE = {"every command"}
"""Tables that other tests climb."""


def tables() -> dict[str, Table[Any]]:
    """Return every table of the domain by its name."""
    names = [f"simulator.domain.{m.name}" for m in iter_modules(simulator.domain.__path__)]
    found = [v for n in names for v in vars(import_module(n)).values() if isinstance(v, Table)]
    return {table.name: table for table in found}


def test_every_table_has_a_ladder() -> None:
    """A new table needs a ladder."""
    assert {ladder.table.name for ladder in LADDERS} == set(tables()) - ELSEWHERE


def test_rule_ids_are_unique() -> None:
    """An id names one row of one table."""
    ids = Counter(rule.id for table in tables().values() for rule in table.rules)
    assert [i for i, count in ids.items() if count > 1] == []


def test_texts_speak_of_the_case_alone() -> None:
    """Every field in a refusal is one of the case."""
    texts = [rule.text for table in tables().values() for rule in table.rules]
    fields = [name for text in texts for _, name, _, _ in Formatter().parse(text) if name]
    assert all(name.startswith("c.") for name in fields)

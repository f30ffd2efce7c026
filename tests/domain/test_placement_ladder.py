"""An attach that finds no storage is refused by its first broken row."""

from typing import Any

import pytest
from builders import pool, volume
from ladder import (
    Break,
    Ladder,
    check_alone,
    check_good,
    check_order,
    check_pins,
    each,
    each_break,
)

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.placement import PLACE, Place, Reach
from simulator.domain.rules import Phase

W = Phase.WORK
PARAM, RUNTIME = Kind.PARAM, Kind.RUNTIME


def good(dialect: Dialect) -> Place:
    """Return a volume that stays where it is."""
    return Place(dialect, volume(), creates=False, reach=Reach.STAY, local=False, target=None)


def created(dialect: Dialect) -> Place:
    """Return a volume that gets storage."""
    return good(dialect)._replace(creates=True, target=pool())


def moved(dialect: Dialect) -> Place:
    """Return a volume that must move, and can."""
    return good(dialect)._replace(reach=Reach.MOVE, target=pool())


BREAKS: dict[str, Break[Place]] = {
    "PLC-01": Break(W, RUNTIME, lambda p: p._replace(creates=True, target=None)),
    "PLC-02": Break(W, PARAM, lambda p: p._replace(reach=Reach.CANNOT)),
    "PLC-03": Break(W, RUNTIME, lambda p: p._replace(reach=Reach.MOVE, local=True)),
    "PLC-04": Break(W, RUNTIME, lambda p: p._replace(reach=Reach.MOVE, target=None)),
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        PLACE,
        (good, created, moved, lambda d: good(d)._replace(local=True)),
        BREAKS,
        {("PLC-02", "PLC-03"): "a scope that cannot be bridged is no move"},
    ),
)


@pytest.mark.parametrize("ladder", each(LADDERS))
def test_placement_rows_are_pinned(ladder: Ladder[Any]) -> None:
    """The tables have these rows, in this order, phase, kind and dialect."""
    check_pins(ladder)


@pytest.mark.parametrize("ladder", each(LADDERS))
def test_a_good_placement_case_passes(ladder: Ladder[Any]) -> None:
    """What breaks no row is refused in no phase of no dialect."""
    check_good(ladder)


@pytest.mark.parametrize(("ladder", "dialect", "rule_id"), each_break(LADDERS))
def test_a_broken_placement_row_answers(
    ladder: Ladder[Any], dialect: Dialect, rule_id: str
) -> None:
    """Each row refuses what breaks it."""
    check_alone(ladder, dialect, rule_id)


@pytest.mark.parametrize("ladder", each(LADDERS))
def test_the_earlier_placement_row_answers(ladder: Ladder[Any]) -> None:
    """Of two broken rows the earlier one is the answer."""
    check_order(ladder)

"""An attach that finds no storage is refused by its first broken row."""

from typing import Any

from builders import pool, volume
from ladder import Break, Ladder

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

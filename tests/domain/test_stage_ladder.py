"""The simulator's own commands refuse by their first broken row."""

from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase
from simulator.domain.stage import STAGE, Staged

R, PARAM = Phase.REQUEST, Kind.PARAM


def good(dialect: Dialect) -> Staged:
    """Return a call that nothing is wrong with."""
    return Staged(dialect)


BREAKS: dict[str, Break[Staged]] = {
    "STG-01": Break(R, PARAM, lambda s: s._replace(in_time=False)),
    "STG-02": Break(R, PARAM, lambda s: s._replace(is_object=False)),
    "STG-03": Break(R, PARAM, lambda s: s._replace(why="volume x: no such field")),
    "STG-04": Break(R, Kind.INTERNAL, lambda s: s._replace(listed=False)),
    "STG-05": Break(R, PARAM, lambda s: s._replace(clock="fast", is_clock=False)),
    "STG-06": Break(R, PARAM, lambda s: s._replace(off="last must be more than 0")),
}
LADDERS: tuple[Ladder[Any], ...] = (Ladder(STAGE, (good,), BREAKS),)

"""Every command refuses a parameter by its first broken row."""

from typing import Any

from ladder import Break, Ladder
from people import project

from simulator.domain.calls import HEARD, OPEN, Called
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase

R = Phase.REQUEST


def good(dialect: Dialect) -> Field:
    """Return a required id that names an entity of the caller."""
    return Field(dialect, "attachVolume", "id", "volume-1", required=True, is_id=True)


def called(dialect: Dialect) -> Called:
    """Return a call that names no project."""
    return Called(dialect, "listVolumes", frozenset())


# fmt: off
BREAKS: dict[str, Break[Field]] = {
    "REQ-01": Break(R, Kind.MALFORMED, lambda f: f._replace(text=f"{f.text or ''}\t")),
    "REQ-08": Break(R, Kind.BRACKETS, lambda f: f._replace(name="tags[0")),
    "REQ-02": Break(R, Kind.MALFORMED, lambda f: f._replace(well_formed=False)),
    "REQ-03": Break(R, Kind.MALFORMED, lambda f: f._replace(text=None)),
    "REQ-04": Break(R, Kind.PARAM, lambda f: f._replace(text="")),
    "REQ-10": Break(R, Kind.MALFORMED, lambda f: f._replace(longest=1)),
    "REQ-09": Break(R, Kind.MALFORMED, lambda f: f._replace(zero=True)),
    "REQ-05": Break(R, Kind.MALFORMED, lambda f: f._replace(found=False)),
    "REQ-06": Break(R, Kind.DENIED, lambda f: f._replace(caller_may=False)),
    "REQ-07": Break(R, Kind.PARAM, lambda f: f._replace(removed=True, row="Volume")),
}
HEARD_BREAKS: dict[str, Break[Called]] = {
    "CAL-01": Break(R, Kind.NOTHING, lambda c: c._replace(
        command="deleteProject", names=frozenset({"ID"}))),
}
OPEN_BREAKS: dict[str, Break[Called]] = {
    "CAL-02": Break(R, Kind.UNSUPPORTED, lambda c: c._replace(project=project(), belongs=False)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        REQUEST,
        (
            good,
            lambda d: good(d)._replace(required=False, text=None, found=False),
            lambda d: good(d)._replace(required=False, text="", is_id=False),
        ),
        BREAKS,
        {
            ("REQ-03", "REQ-04"): "a parameter is missing or empty",
            ("REQ-04", "REQ-10"): "a text is empty or too long",
        },
    ),
    Ladder(
        HEARD,
        (called, lambda d: called(d)._replace(command="deleteProject", names=frozenset({"id"}))),
        HEARD_BREAKS,
    ),
    Ladder(OPEN, (called, lambda d: called(d)._replace(project=project())), OPEN_BREAKS),
)

"""What may be asked of the simulator's own commands, and of listApis."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.pacing import CLOCKS
from simulator.domain.rules import Phase, Rule, Table

TEN_YEARS_S = 315_360_000


class Staged(NamedTuple):
    """A call of the stage; *why* says what is wrong with a record that is overwritten.

    *clock* is one that is asked for, *off* what says of a number that it is out of its range.
    """

    dialect: Dialect
    in_time: bool = True
    is_object: bool = True
    why: str = ""
    listed: bool = True
    clock: str = ""
    is_clock: bool = True
    off: str = ""


R = Phase.REQUEST

# fmt: off
STAGE: Table[Staged] = Table("the stage and listApis", (
    Rule("STG-01", "time only goes forward, and not too far",
         lambda s: s.in_time, R, Kind.PARAM,
         f"Time only goes forward: seconds must be from 0 to {TEN_YEARS_S}, or until from now to "
         "as far, before year 9000", "ours"),
    Rule("STG-02", "the fields of a record to overwrite are a JSON object",
         lambda s: s.is_object, R, Kind.PARAM, "fields must be a JSON object", "ours"),
    Rule("STG-03", "a record to overwrite, its fields and their values are there",
         lambda s: not s.why, R, Kind.PARAM, "Unable to arrange {c.why}", "ours"),
    Rule("STG-04", "the caller may use a command of the name to list",
         lambda s: s.listed, R, Kind.INTERNAL,
         "Api Discovery plugin was unable to find an api by that name or process any apis",
         "ApiDiscoveryServiceImpl"),
    Rule("STG-05", "a clock is one of those that there are",
         lambda s: s.is_clock, R, Kind.PARAM, f"'{{c.clock}}' is no clock: {CLOCKS}", "ours"),
    Rule("STG-06", "a number is in its range",
         lambda s: not s.off, R, Kind.PARAM, "{c.off}", "ours"),
))
# fmt: on

"""The id that an administrator chooses for a record, in updateVolume and its like (GT 2, 4)."""

import re
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase, Rule, Table

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
J = Phase.JOB


class Custom(NamedTuple):
    """An id someone wants; *taken* is whether a record of the kind has it already."""

    dialect: Dialect
    text: str
    taken: bool


# fmt: off
CUSTOM_ID: Table[Custom] = Table("customid", (
    Rule("CID-01", "a chosen id is a uuid in small letters",
         lambda c: _UUID.fullmatch(c.text) is not None, J, Kind.PARAM,
         "UUID: {c.text} doesn't follow the UUID format", "4.3"),
    Rule("CID-02", "a chosen id is not taken",
         lambda c: not c.taken, J, Kind.PARAM,
         "UUID: {c.text} already exists so can't create/update with custom id", "4.3"),
))
# fmt: on

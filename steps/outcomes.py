"""How requests end, and what a scenario saw then."""

from typing import Any, NamedTuple

Row = dict[str, Any]


class Outcome(NamedTuple):
    """How a request ended: *where* is "" for success, else "sync" or "job".

    *polls* are the states its job was seen in.
    """

    where: str
    code: int
    text: str
    body: Row
    polls: tuple[int, ...] = ()

    @property
    def fields(self) -> Row:
        """What was answered, the fields of a job's result or of the one row of it included."""
        lists = (v for v in self.body.values() if isinstance(v, list) and len(v) == 1)
        row = next((v[0] for v in lists if isinstance(v[0], dict)), {})
        result = self.body.get("jobresult", {})
        inner = next(iter(result.values()), None) if isinstance(result, dict) else None
        return row | (inner if isinstance(inner, dict) else {}) | self.body


NOTHING = Outcome("", 0, "", {})
"""How a request ended that nobody sent."""


class Moment(NamedTuple):
    """What there was after an operation of random callers, and how the operation ended.

    *created* and *removed* are the ids that may have come and gone until then, as somebody asked
    for it.
    """

    at_s: float
    operation: str
    outcome: Outcome
    seen: Row
    created: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

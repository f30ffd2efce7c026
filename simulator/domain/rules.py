"""The grammar of preconditions: a rule is a row, a table is their order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from simulator.domain.dialect import Dialect, Trait
from simulator.domain.errors import Kind, Refused


class Phase(StrEnum):
    """When a rule is judged, and so where its refusal surfaces (semantics 0)."""

    REQUEST = "request"  # in the HTTP reply
    JOB = "job"  # in the API job thread, before anything is queued
    WORK = "work"  # when the VM's queue lets the work start
    PLUG = "plug"  # after the volume went to Attaching


REQUEST, JOB, WORK, PLUG = Phase
"""By names of their own: Python 3.11 takes ten times as long to read a member off its Enum."""


class Case(Protocol):
    """What every case of a table has: the dialect it is judged in."""

    @property
    def dialect(self) -> Dialect: ...


C = TypeVar("C", bound=Case)


@dataclass(frozen=True, slots=True)
class Rule(Generic[C]):
    """One precondition.

    *must* is the positive sentence, *text* the refusal as CloudStack words it (fields of the
    case in braces), *source* the section it was read from, *spec* the clauses it serves.
    *when* and *unless* name a quirk, or a flag of releases, that switches the row on or off. *ids*
    are those that the refusal lists beside its text (addProxyObject), behind each what it is of.
    """

    id: str
    must: str
    holds: Callable[[C], bool]
    phase: Phase
    kind: Kind
    text: str
    source: str
    spec: str = ""
    when: Trait | None = None
    unless: Trait | None = None
    ids: str = ""

    def active(self, dialect: Dialect) -> bool:
        """Return whether the row counts in *dialect*."""
        return (self.when is None or self.when in dialect) and (
            self.unless is None or self.unless not in dialect
        )

    def refusal(self, case: C) -> Refused:
        """Return the error that tells *case* it broke this rule."""
        text = case.dialect.texts.get(self.id, self.text)
        words = iter(self.ids.format(c=case).split())
        ids = tuple(zip(words, words, strict=True))
        return Refused(self.kind, text.format(c=case), self.id, ids)


@dataclass(frozen=True, slots=True)
class Table(Generic[C]):
    """The ordered rules of one operation: the first broken row of a phase is the answer."""

    name: str
    rules: tuple[Rule[C], ...]
    _active: dict[tuple[str, Phase], tuple[tuple[Callable[[C], bool], Rule[C]], ...]] = field(
        default_factory=dict
    )

    def refusal(self, rule_id: str, case: C) -> Refused:
        """Return the error of a row, for one who knows that *case* breaks it."""
        return next(r for r in self.rules if r.id == rule_id).refusal(case)

    def require(self, phase: Phase, case: C) -> None:
        """Raise Refused for the first row of *phase* that *case* breaks."""
        dialect = case.dialect
        rows = self._active.get((dialect.name, phase))
        if rows is None:
            active = (r for r in self.rules if r.phase is phase and r.active(dialect))
            rows = self._active[dialect.name, phase] = tuple((r.holds, r) for r in active)
        for holds, rule in rows:
            if not holds(case):
                raise rule.refusal(case)

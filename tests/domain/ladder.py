"""The ladder: break every row of a table, alone and together with each later row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, Generic, TypeVar

import pytest

from simulator.domain.dialect import ACS, SPEC, Dialect, dialect_of
from simulator.domain.errors import Kind, Refused
from simulator.domain.rules import Case, Phase, Rule, Table

C = TypeVar("C", bound=Case)
BOTH = (SPEC, ACS)
OLD, NEW = dialect_of("4.18.0"), dialect_of("4.23")
"""Releases whose flags switch rows on that 4.22.0 has not."""


@dataclass(frozen=True)
class Break(Generic[C]):
    """How to break one row, and what must come of it."""

    phase: Phase
    kind: Kind
    apply: Callable[[C], C]
    dialects: tuple[Dialect, ...] = BOTH


@dataclass(frozen=True)
class Ladder(Generic[C]):
    """A table, cases that break nothing (the first is the one to break), and its breaks in order.

    *apart* are the adjacent rows that no case breaks together, each with the reason.
    """

    table: Table[C]
    goods: tuple[Callable[[Dialect], C], ...]
    breaks: Mapping[str, Break[C]]
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Rule[C]:
        """Return the row called *rule_id*."""
        return next(r for r in self.table.rules if r.id == rule_id)

    def rung(self, dialect: Dialect, phase: Phase) -> list[str]:
        """Return the ids that must count in *dialect* and *phase*, in order."""
        rows = self.breaks.items()
        return [i for i, b in rows if b.phase is phase and dialect in b.dialects]

    def broken(self, dialect: Dialect, *rule_ids: str) -> C:
        """Return the first good case after the breaks of *rule_ids*, in that order."""
        case = self.goods[0](dialect)
        for rule_id in rule_ids:
            case = self.breaks[rule_id].apply(case)
        return case

    def together(self, dialect: Dialect, one: str, two: str) -> C | None:
        """Return a case that breaks both rows, None where the breaks do not compose."""
        cases = (self.broken(dialect, one, two), self.broken(dialect, two, one))
        rules = (self.rule(one), self.rule(two))
        return next((c for c in cases if not any(r.holds(c) for r in rules)), None)


def refusal(ladder: Ladder[Any], phase: Phase, case: Any) -> Refused:
    """Return how the table refuses *case* in *phase*; fail if it does not."""
    with pytest.raises(Refused) as caught:
        ladder.table.require(phase, case)
    return caught.value


def each(ladders: Iterable[Ladder[Any]]) -> list[Any]:
    """Return one parameter per ladder."""
    return [pytest.param(ladder, id=ladder.table.name) for ladder in ladders]


def each_break(ladders: Iterable[Ladder[Any]]) -> list[Any]:
    """Return one parameter (ladder, dialect, rule id) per break and dialect it counts in."""
    return [
        pytest.param(ladder, dialect, rule_id, id=f"{rule_id}-{dialect.name}")
        for ladder in ladders
        for rule_id, row in ladder.breaks.items()
        for dialect in row.dialects
    ]


def check_pins(ladder: Ladder[Any]) -> None:
    """Every row is here, in order, in its phase, of its kind, in its dialects."""
    rows = ladder.table.rules
    assert list(ladder.breaks) == [r.id for r in rows]
    want = [(i, b.phase, b.kind, b.dialects) for i, b in ladder.breaks.items()]
    asked = {r.id: dict.fromkeys((*BOTH, *ladder.breaks[r.id].dialects)) for r in rows}
    assert want == [
        (r.id, r.phase, r.kind, tuple(d for d in asked[r.id] if r.active(d))) for r in rows
    ]


def check_good(ladder: Ladder[Any]) -> None:
    """No good case is refused, whatever the phase and the dialect."""
    for good in ladder.goods:
        for dialect in BOTH:
            for phase in Phase:
                ladder.table.require(phase, good(dialect))


def check_alone(ladder: Ladder[Any], dialect: Dialect, rule_id: str) -> None:
    """The break is refused by its row, in words; no other row of its phase says it first."""
    row = ladder.breaks[rule_id]
    no = refusal(ladder, row.phase, ladder.broken(dialect, rule_id))
    assert (no.rule_id, no.kind) == (rule_id, row.kind)
    assert no.text
    assert "{c." not in no.text


def answers(ladder: Ladder[Any], dialect: Dialect, phase: Phase, pair: tuple[str, str]) -> bool:
    """Check that the later row of *pair* never answers for both; return whether the earlier did.

    It does not where the two do not compose, or only with a row before them.
    """
    case = ladder.together(dialect, *pair)
    if case is None:
        return False
    found = refusal(ladder, phase, case).rule_id
    rung = ladder.rung(dialect, phase)
    assert rung.index(found) <= rung.index(pair[0]), f"{found} answers for {pair}"
    return found == pair[0]


def check_order(ladder: Ladder[Any]) -> None:
    """Of two broken rows the earlier one answers; only the *apart* neighbours do not compose."""
    apart: set[tuple[str, str]] = set()
    for dialect in BOTH:
        for phase in Phase:
            rung = ladder.rung(dialect, phase)
            silent = {p for p in combinations(rung, 2) if not answers(ladder, dialect, phase, p)}
            apart |= silent & set(pairwise(rung))
    assert apart == set(ladder.apart), apart ^ set(ladder.apart)

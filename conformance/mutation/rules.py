"""Faults of the rule rows: each row left out, turned round, or with another's code or words."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from typing import Any

from conformance.mutation.fault import Fault, body_of, put
from simulator import domain
from simulator.domain.attach import ATTACH
from simulator.domain.detach import DETACH
from simulator.domain.dialect import Dialect, dialect_names, dialect_of
from simulator.domain.errors import Kind
from simulator.domain.rules import Rule, Table

_DIALECTS: tuple[Dialect, ...] = tuple(dialect_of(name) for name in dialect_names())


def tables() -> list[Table[Any]]:
    """Return every table of the domain."""
    package = domain
    names = [f"{package.__name__}.{m.name}" for m in iter_modules(package.__path__)]
    found = [v for n in names for v in vars(import_module(n)).values() if isinstance(v, Table)]
    return list({id(table): table for table in found}.values())


def plant_row(rule: Rule[Any], **values: Any) -> None:
    """Change a row, and let no table go on with the row it has read before."""
    put(rule, **values)
    for table in tables():
        table._active.clear()


def _yes(_: Any) -> bool:
    return True


def _no(_: Any) -> bool:
    return False


def _other_kind(kind: Kind) -> Kind:
    """Return a kind that answers with other numbers, wherever it shows."""
    return Kind.PARAM if kind.sync_code != Kind.PARAM.sync_code else Kind.CAPACITY


def dialect_for(rule: Rule[Any]) -> str:
    """Return the first dialect that has the row: mostly the specification."""
    return next(d.name for d in _DIALECTS if rule.active(d))


def _of_row(table: Table[Any], rule: Rule[Any]) -> Iterator[Fault]:
    """Yield the faults of one row; who is refused by a later one notices what always refuses."""
    at = table.rules.index(rule)
    others = " ".join(r.id for r in (*table.rules[at + 1 :], *table.rules[:at]))
    name, dialect = rule.id, dialect_for(rule)
    touches = (body_of(rule.holds).__code__,)
    cases = (
        ("never", f"nobody is refused because of: {rule.must}", {"holds": _yes}),
        ("always", f"everybody is refused as if it were not so that {rule.must}", {"holds": _no}),
        ("code", f"another code than that of: {rule.must}", {"kind": _other_kind(rule.kind)}),
        ("words", f"other words than those of: {rule.must}", {"text": "No"}),
    )
    for way, what, values in cases:
        plant = partial(plant_row, rule, **values)
        guards = others if way == "always" else name
        yield Fault(f"{name}/{way}", "rules", what, plant, guards, touches, dialect)


def faults() -> Iterator[Fault]:
    """Yield the faults of every row."""
    for table in tables():
        for rule in table.rules:
            yield from _of_row(table, rule)


_APART = {
    ("ATT-92", "ATT-01"): "both say the same words",
    ("ATT-25", "ATT-30"): "it is chance whether an attach elsewhere is still under way",
    ("ATT-30", "ATT-26"): "who waits behind a destroy would have to meet an attach half done",
    ("ATT-31", "ATT-28"): "an attach elsewhere would have to end while storage is made",
    ("ATT-28", "ATT-29"): "a volume that was attached meanwhile is Ready",
    ("DET-06", "DET-07"): "no VM is no shared file system",
    ("DET-09", "DET-10"): "an ISO is no ROOT",
    ("DET-16", "DET-17"): "a VM's work is in order: who asked of the old row comes before who "
    "takes the volume off",
    ("DET-17", "DET-18"): "a volume that left its VM is no ROOT",
}
"""Rows of which no scenario breaks both, each with the reason: nobody sees them swapped."""


def _swap(table: Table[Any], first: Rule[Any], second: Rule[Any]) -> None:
    """Let a table judge *second* before *first*, which comes right before it."""
    rules = [rule for rule in table.rules if rule is not first]
    rules.insert(rules.index(second) + 1, first)
    _put_rules(table, tuple(rules))


def _put_rules(table: Table[Any], rules: tuple[Rule[Any], ...]) -> None:
    put(table, rules=rules)
    table._active.clear()


def orders() -> Iterator[Fault]:
    """Yield the faults of two rows of an attach or a detach that follow each other, swapped."""
    both_tables: tuple[Table[Any], ...] = (ATTACH, DETACH)
    for table in both_tables:
        for first, second in pairwise(table.rules):
            both = [d.name for d in _DIALECTS if first.active(d) and second.active(d)]
            if not both or first.phase is not second.phase or (first.id, second.id) in _APART:
                continue
            touches = body_of(first.holds).__code__, body_of(second.holds).__code__
            yield Fault(
                f"{second.id}<{first.id}", "order",
                f"{table.name}: it is judged whether {second.must} before {first.must}",
                partial(_swap, table, first, second), "precedence", touches,
                both[0],
            )  # fmt: skip

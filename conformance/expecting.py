"""Divergences that are expected of a target: a list with reason, link and expiry."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from conformance.results import Record
from simulator.domain.dialect import dialect_of


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    """One scenario that is expected to fail, with all of its examples if none is named."""

    scenario: str
    reason: str
    link: str
    expires: date
    dialect: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    expected: list[Expected] = msgspec.field(default_factory=list)


class BadList(Exception):
    """A list of expected divergences that cannot be used; *lines* say why."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


EXPECTED = pytest.StashKey[dict[str, Expected]]()


def read(file: Path, today: date) -> list[Expected]:
    """Return the divergences in *file*; BadList if it cannot be read or one is out of date."""
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=_File).expected
    except OSError as no:
        raise BadList([f"cannot read {file}: {no.strerror}"]) from None
    except (msgspec.MsgspecError, ValueError) as no:
        raise BadList([f"{file}: {no}"]) from None
    wrong = [f"{file}: {row.scenario}: expired on {row.expires}: judge it anew"
             for row in found if row.expires < today]  # fmt: skip
    for row in found:
        try:
            row.dialect = dialect_of(row.dialect).name if row.dialect else ""
        except ValueError as no:
            wrong.append(f"{file}: {row.scenario}: {no}")
    names = [(row.scenario, row.dialect) for row in found]
    wrong += [
        f"{file}: {name} is there twice" for name, _ in {n for n in names if names.count(n) > 1}
    ]
    if wrong:
        raise BadList(sorted(wrong))
    return found


def ids_of(record: Record) -> tuple[str, str]:
    """Return the ids that a scenario may be named by: its own, and that of all its examples."""
    example = f"[{', '.join(record.example.values())}]"
    return record.id, record.id.removesuffix(example)


def expected_of(config: pytest.Config, record: Record) -> Expected | None:
    """Return the divergence that is expected of a scenario, None if none is."""
    known = config.stash.get(EXPECTED, {})
    return next((known[name] for name in ids_of(record) if name in known), None)


def unknown(config: pytest.Config, found: Iterable[Record]) -> list[str]:
    """Return a line for each divergence that is expected of no scenario of those *found*."""
    names = {name for record in found for name in ids_of(record)}
    file = config.getoption("--expected")
    known = config.stash.get(EXPECTED, {})
    return [f"{file}: no scenario is {name}" for name in known if name not in names]

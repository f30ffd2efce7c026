"""Cassettes: what was asked of a cloud and what it answered, normalised, as lines of JSON."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from conformance.parity.common import Common
from conformance.parity.operations import Operation, fault
from conformance.parity.rooms import Answer

SCHEMA = 1
_LONGEST_BYTES = 64 * 2**20


class BadCassette(Exception):
    """A file that is no cassette, or not a whole one."""


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a cassette was recorded, and what its operations were drawn from."""

    cassette: int
    rootswap: str
    recorded: str
    target: str
    dialect: str
    release: str
    seed: int
    common: Common


class Taken(Struct, frozen=True, forbid_unknown_fields=True):
    """One operation, and what it came to."""

    number: int
    operation: Operation
    outcome: dict[str, Any]
    delta: dict[str, Any]


class End(Struct, frozen=True, forbid_unknown_fields=True):
    """The last line: how many operations there are."""

    operations: int


class Cassette(Struct, frozen=True):
    """A whole cassette."""

    header: Header
    taken: list[Taken]

    def answered(self) -> Iterator[tuple[Operation, Answer]]:
        """Yield each operation with the recorded answer."""
        for row in self.taken:
            yield row.operation, Answer(row.outcome, row.delta)


def write(
    file: Path, header: Header, answered: Iterable[tuple[Operation, Answer]]
) -> int:  # fmt: skip
    """Write a cassette and return how many operations it has; OSError where none can be written.

    Until it is whole, it stands under another name: an interrupted recording leaves no cassette.
    """
    part, count = file.with_name(f"{file.name}.part"), 0
    try:
        with part.open("wb") as out:
            out.write(msgspec.json.encode(header) + b"\n")
            for count, (operation, answer) in enumerate(answered, 1):
                row = Taken(count, operation, answer.outcome, answer.delta)
                out.write(msgspec.json.encode(row, order="deterministic") + b"\n")
            out.write(msgspec.json.encode(End(count)) + b"\n")
        os.replace(part, file)  # noqa: PTH105 - over a former cassette
    finally:
        part.unlink(missing_ok=True)
    return count


def read(file: Path) -> Cassette:
    """Return the cassette in *file*; BadCassette, in one line, for a file that holds none."""
    try:
        if file.stat().st_size > _LONGEST_BYTES:
            msg = f"{file}: longer than any cassette"
            raise BadCassette(msg)
        first, *lines = file.read_bytes().splitlines() or [b""]
    except OSError as no:
        msg = f"{file}: {no.strerror or no}"
        raise BadCassette(msg) from None
    header = _header(file, first)
    if not lines:
        msg = f"{file}: cut off after its header"
        raise BadCassette(msg)
    *rows, last = lines
    taken = [_row(file, number, row) for number, row in enumerate(rows, 1)]
    try:
        whole = msgspec.json.decode(last, type=End).operations == len(taken)
    except (msgspec.DecodeError, UnicodeDecodeError):
        whole = False
    if not whole:
        msg = f"{file}: cut off after {len(taken)} operations"
        raise BadCassette(msg)
    return Cassette(header, taken)


def _header(file: Path, line: bytes) -> Header:
    try:
        schema = msgspec.json.decode(line, type=dict[str, Any]).get("cassette")
        if schema == SCHEMA:
            return msgspec.json.decode(line, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as no:
        msg = f"{file}: no cassette: line 1: {no}"
        raise BadCassette(msg) from None
    if schema is None:
        msg = f"{file}: no cassette"
    else:
        msg = f"{file}: a cassette of schema {schema!r}, and this reads {SCHEMA}"
    raise BadCassette(msg)


def _row(file: Path, number: int, line: bytes) -> Taken:
    try:
        row = msgspec.json.decode(line, type=Taken)
    except (msgspec.DecodeError, UnicodeDecodeError) as no:
        msg = f"{file}: line {number + 1}: {no}"
        raise BadCassette(msg) from None
    wrong = fault(row.operation)
    if row.number != number:
        wrong = f"operation {row.number} in the place of {number}"
    if wrong:
        msg = f"{file}: line {number + 1}: {wrong}"
        raise BadCassette(msg)
    return row

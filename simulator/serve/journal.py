"""The state file: SQLite with every accepted command in the order they were executed.

It is made whole or not at all, and marked as ours in its first hundred bytes, so that a foreign
file is told by reading those. Each row carries a checksum over itself and all rows before it.
A server holds it exclusively; what is not whole is refused before anything is written to it.
"""

import hashlib
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from simulator import __version__
from simulator.boot import CloudFile

APPLICATION_ID = 0x72737770  # "rswp"
FORMAT = 1
_MAGIC = b"SQLite format 3\0"
_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
CREATE TABLE header (text TEXT NOT NULL, chain INTEGER NOT NULL);
CREATE TABLE command (seq INTEGER PRIMARY KEY, at_s REAL NOT NULL, user_id TEXT NOT NULL,
    name TEXT NOT NULL, parameters TEXT NOT NULL, chain INTEGER NOT NULL);
CREATE TABLE history (seq INTEGER PRIMARY KEY, digest BLOB NOT NULL, chapter BLOB NOT NULL);
CREATE TABLE checkpoint (seq INTEGER PRIMARY KEY, chain INTEGER NOT NULL, digest BLOB NOT NULL,
    state BLOB NOT NULL);
"""


class BadState(Exception):
    """A state file that cannot be used; its one line says why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} {why}")


@dataclass(frozen=True, slots=True)
class Header:
    """What a cloud was booted with; *started_at_s* is wall time at simulated second 0."""

    preset: str
    seed: int
    dialect: str
    admin_key: str | None
    admin_secret: str | None
    clock: str
    started_at_s: float
    cloud: CloudFile | None = None
    version: str = __version__


class Row(NamedTuple):
    """One accepted command: simulated time, who, what."""

    seq: int
    at_s: float
    user_id: str
    name: str
    parameters: dict[str, str]


class End(NamedTuple):
    """Where a file ends: its last command, the checksum so far, the digest of all history."""

    seq: int
    chain: int
    digest: bytes


class Checkpoint(NamedTuple):
    """The state after some command; *history* is what had only grown until then, in chapters."""

    state: bytes
    history: list[bytes]


class Saved(NamedTuple):
    """What a file holds: the newest checkpoint, if any, and the *rows* after it."""

    header: Header
    checkpoint: Checkpoint | None
    rows: list[Row]
    end: End


def create(path: Path, header: Header) -> None:
    """Make a state file for a new cloud; a file that stands there meanwhile is left alone."""
    text = msgspec.json.encode(header).decode()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as no:
        raise BadState(path, f"cannot be written, {no.strerror}") from None
    os.close(handle)
    try:
        with _told(path), closing(sqlite3.connect(name, isolation_level=None)) as db:
            db.executescript(_SCHEMA)
            db.execute("INSERT INTO header VALUES (?, ?)", (text, zlib.crc32(text.encode())))
        os.link(name, path)
    except OSError as no:
        raise BadState(path, f"cannot be written, {no.strerror}") from None
    finally:
        Path(name).unlink()


def read(path: Path, *, whole: bool = False) -> Saved:
    """Return what *path* holds, with all rows and no checkpoint if *whole*; change nothing.

    BadState for a file that is not ours, not whole, or held by a server.
    """
    _look(path)
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with _told(path), closing(sqlite3.connect(uri, uri=True, timeout=0)) as db:
        db.execute("BEGIN")
        if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise BadState(path, "is damaged")
        text, chain = db.execute("SELECT text, chain FROM header").fetchone() or ("", -1)
        if zlib.crc32(text.encode()) != chain:
            raise BadState(path, "is damaged, its header was changed")
        header = msgspec.json.decode(text, type=Header)
        if header.version != __version__:
            raise BadState(path, f"is of rootswap {header.version}, this is {__version__}")
        return _rows(path, db, header, whole=whole)


def _look(path: Path) -> None:
    """Read the marks without SQLite, which might touch what it opens."""
    if path.exists() and not path.is_file():
        raise BadState(path, "is not a file")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as no:
        raise BadState(path, f"cannot be read, {no.strerror}") from None
    mark = int.from_bytes(head[68:72])
    if len(head) < 100 or not head.startswith(_MAGIC) or mark != APPLICATION_ID:
        raise BadState(path, "is not a rootswap state file")
    version = int.from_bytes(head[60:64])
    if version != FORMAT:
        raise BadState(path, f"has format {version}, this rootswap reads {FORMAT}")


def _rows(path: Path, db: sqlite3.Connection, header: Header, *, whole: bool) -> Saved:
    """Check the chain of all rows, and the checkpoint against it."""
    (chain,) = db.execute("SELECT chain FROM header").fetchone()
    found = db.execute("SELECT * FROM checkpoint ORDER BY seq DESC").fetchone()
    after, promised, digest, state = found or (0, chain, b"", b"")
    rows: list[Row] = []
    seq, there = 0, chain
    for seq, (*parts, said) in enumerate(db.execute("SELECT * FROM command ORDER BY seq"), 1):
        chain = _link(chain, *parts)
        if parts[0] != seq or chain != said:
            raise BadState(path, f"is damaged, command {seq} was changed")
        if whole or seq > after:
            parameters = msgspec.json.decode(parts[4], type=dict[str, str])
            rows.append(Row._make((*parts[:4], parameters)))
        if seq == after:
            there = chain
    told, history = b"", []
    for _, said, chapter in db.execute("SELECT * FROM history ORDER BY seq"):
        told = _digest(told, chapter)
        if told != said:
            raise BadState(path, "is damaged, its history was changed")
        history.append(chapter)
    if found and (there != promised or seq < after or _digest(told, state) != digest):
        raise BadState(path, "is damaged, its checkpoint was changed")
    checkpoint = Checkpoint(state, history) if found and not whole else None
    return Saved(header, checkpoint, rows, End(seq, chain, told))


def _digest(before: bytes, blob: bytes) -> bytes:
    return hashlib.sha256(before + blob).digest()


def _link(chain: int, seq: int, at_s: float, user_id: str, name: str, parameters: str) -> int:
    return zlib.crc32(f"{seq} {at_s!r} {user_id} {name} {parameters}".encode(), chain)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what SQLite or a decoder found wrong with *path* as BadState."""
    try:
        yield
    except sqlite3.Error as no:
        if no.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise BadState(path, "is in use by another rootswap") from None
        if isinstance(no, sqlite3.OperationalError):
            raise BadState(path, f"cannot be used, {no}") from None
        raise BadState(path, f"is damaged, {no}") from None
    except (msgspec.MsgspecError, UnicodeError, TypeError) as no:
        raise BadState(path, f"is damaged, {no}") from None


class Journal:
    """A state file held for writing: what a method has returned from is on the disk."""

    def __init__(self, path: Path, end: End) -> None:
        """Hold the file that was read up to *end*; BadState if another holds it or wrote to it."""
        self.path = path
        self.seq, self._chain, self._digest = end
        if not all(os.access(place, os.W_OK) for place in (path, path.parent)):
            raise BadState(path, "cannot be written, Permission denied")
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with _told(path):
            self.db = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
        try:
            with _told(path):
                self._hold()
        except BadState:
            self.close()
            raise

    def _hold(self) -> None:
        """Lock the file for good, see that it can be written and ends where it was read to."""
        for pragma in ("locking_mode = EXCLUSIVE", "synchronous = FULL", "journal_mode = WAL"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute("BEGIN IMMEDIATE")
        (seq,) = self.db.execute("SELECT coalesce(max(seq), 0) FROM command").fetchone()
        self.db.execute("COMMIT")
        if seq != self.seq:
            raise BadState(self.path, "is in use by another rootswap")

    def append(self, at_s: float, user_id: str, name: str, parameters: dict[str, str]) -> None:
        """Keep a command; sqlite3.Error, and nothing is kept, if that fails."""
        row = (self.seq + 1, at_s, user_id, name, msgspec.json.encode(parameters).decode())
        chain = _link(self._chain, *row)
        self.db.execute("INSERT INTO command VALUES (?, ?, ?, ?, ?, ?)", (*row, chain))
        self.seq, self._chain = row[0], chain

    def checkpoint(self, state: bytes, chapter: bytes) -> None:
        """Keep the state after the last command, and what history grew by; sqlite3.Error if not."""
        told = _digest(self._digest, chapter)
        row = (self.seq, self._chain, _digest(told, state), state)
        self.db.execute("BEGIN")
        try:
            self.db.execute("DELETE FROM checkpoint")
            self.db.execute("INSERT INTO checkpoint VALUES (?, ?, ?, ?)", row)
            self.db.execute("INSERT INTO history VALUES (?, ?, ?)", (self.seq, told, chapter))
            self.db.execute("COMMIT")
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        self._digest = told

    def close(self) -> None:
        """Let the file go."""
        self.db.close()

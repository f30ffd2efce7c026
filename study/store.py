"""Finished replications in a SQLite file, so that a run that was ended goes on where it was."""

import hashlib
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

import simulator
import study
from study.replication import Outcome

_OUTCOME = msgspec.msgpack.Decoder(Outcome)
_TABLE = (
    "CREATE TABLE IF NOT EXISTS outcome (study TEXT NOT NULL, replication INTEGER NOT NULL, "
    "body BLOB NOT NULL, PRIMARY KEY (study, replication)) WITHOUT ROWID"
)
_SOURCES = (".py", ".toml")
_PATIENCE_S = 60.0
"""How long another run with the same file may keep us waiting."""


class BadStore(ValueError):
    """A file that can hold no results; its text says why."""


@cache
def model() -> str:
    """Return what tells this program from one that may come to other figures: its sources."""
    told = hashlib.sha256(simulator.__version__.encode())
    for package in (simulator, study):
        folder = Path(package.__path__[0])
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _SOURCES):
            told.update(path.relative_to(folder).as_posix().encode())
            told.update(path.read_bytes())
    return told.hexdigest()


def encoded(outcome: Outcome) -> bytes:
    """Return an outcome as it is sent and stored."""
    return msgspec.msgpack.encode(outcome)


def decoded(body: bytes) -> Outcome:
    """Return the outcome that was sent or stored."""
    return _OUTCOME.decode(body)


class Store:
    """The replications in *file*, made if need be; BadStore if it is no such file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._rows = sqlite3.connect(file, timeout=_PATIENCE_S)
            with self._rows:
                self._rows.execute(_TABLE)
        except sqlite3.Error as no:
            msg = f"{file}: {no}"
            raise BadStore(msg) from None

    def known(self, key: str) -> Iterator[tuple[int, Outcome]]:
        """Return the replications of the study with this key, in order."""
        told = "SELECT replication, body FROM outcome WHERE study = ? ORDER BY replication"
        for number, body in self._rows.execute(told, (f"{model()}/{key}",)):
            try:
                yield number, decoded(body)
            except msgspec.MsgspecError:
                continue  # damaged: done again

    def put(self, key: str, number: int, body: bytes) -> None:
        """Keep a replication, which no kill harms after that; BadStore if it cannot be."""
        told = "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)"
        try:
            with self._rows:
                self._rows.execute(told, (f"{model()}/{key}", number, body))
        except sqlite3.Error as no:
            msg = f"{self.file}: {no}"
            raise BadStore(msg) from None

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

"""Runs at clouds that others use: their names, their ledgers, and one run at a time."""

import fcntl
import hashlib
import re
import secrets
import sqlite3
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from conformance.ledger import Ledger

PREFIX = "rs"
_NAME = re.compile(rf"{PREFIX}[a-z0-9]{{8}}")
_LETTERS = string.ascii_lowercase + string.digits


class Busy(Exception):
    """Another run is under way at the same cloud."""


class NoSuchRun(Exception):
    """There is no ledger of a run."""


class Known(NamedTuple):
    """A run that has a ledger: *open_count* things may still be there."""

    name: str
    url: str
    ended: bool
    open_count: int


def home() -> Path:
    """Return the folder of ledgers and locks, beside the user's other settings."""
    return Path(click.get_app_dir("rootswap")) / "runs"


def fresh_name() -> str:
    """Return the name of a new run, with which the names of all that it creates begin."""
    return PREFIX + "".join(secrets.choice(_LETTERS) for _ in range(8))


def file_of(name: str) -> Path:
    """Return the file of a run's ledger; NoSuchRun for what can be none's name."""
    if not _NAME.fullmatch(name):
        msg = f"{name!r} is no name of a run: `rootswap sweep --list` shows those there are"
        raise NoSuchRun(msg)
    return home() / f"{name}.db"


def opened(name: str) -> Ledger:
    """Return the ledger of a run; NoSuchRun if there is none that can be read."""
    try:
        ledger = Ledger(file_of(name), create=False)
        ledger.run  # noqa: B018 - reads the file
    except (FileNotFoundError, sqlite3.DatabaseError, TypeError):
        msg = f"no run {name}: `rootswap sweep --list` shows those there are"
        raise NoSuchRun(msg) from None
    return ledger


def known() -> list[Known]:
    """Return the runs that have a ledger here, by the age of their files."""
    files = sorted(home().glob(f"{PREFIX}*.db"), key=lambda f: f.stat().st_mtime)
    rows = []
    for file in files:
        try:
            ledger = opened(file.stem)
        except NoSuchRun:
            continue
        name, url, ended = ledger.run
        rows.append(Known(name, url, ended, len(ledger.open_entries())))
        ledger.close()
    return rows


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Keep all other runs from the cloud at *url*; Busy if one is under way.

    The lock is this machine's, and goes with the process.
    """
    name = f"{hashlib.sha256(url.rstrip('/').lower().encode()).hexdigest()[:16]}.lock"
    try:
        home().mkdir(parents=True, exist_ok=True)
        opened_file = (home() / name).open("w")
    except OSError as no:
        msg = f"{url} cannot be locked: {home()}: {no.strerror}"
        raise Busy(msg) from None
    with opened_file as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            msg = f"another run is under way at {url}: wait for its end"
            raise Busy(msg) from None
        yield

"""What a run created in a cloud, written down before and after each create (SQLite)."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_SCHEMA = """
create table if not exists run (
    name text primary key, url text not null, began_at real not null, ended_at real
);
create table if not exists entry (
    number integer primary key, lane text not null, command text not null, kind text not null,
    label text not null, id text, state text not null, at real not null,
    gib real not null default 0
);
"""
INTENT, THERE, GONE = "intent", "there", "gone"


class Entry(NamedTuple):
    """Something that a run asked for: *state* is "intent", "there" or "gone".

    *label* is the name it was asked for under, *id* is None until the cloud answered.
    """

    number: int
    lane: str
    command: str
    kind: str
    label: str
    id: str | None
    state: str


_INTEND = """
insert into entry select null, ?, ?, ?, ?, null, ?, ?, ?
where (select count(*) from entry where kind = ? and state != 'gone') < ifnull(?, 9e999)
and (select total(gib) from entry where state != 'gone') + ? <= ifnull(?, 9e999)
returning number
"""


class Bounds(NamedTuple):
    """How many of a kind, and how many GiB of everything, may be there at once; None: any."""

    entries: int | None = None
    gib: float | None = None


class Ledger:
    """The ledger of one run; every line is on the disk before the next request is sent.

    Several processes may write to one file, each its own lane. FileNotFoundError where *create*
    is False and there is no such run; sqlite3.DatabaseError for a file that is none.
    """

    def __init__(
        self,
        file: Path,
        *,
        create: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not create and not file.is_file():
            raise FileNotFoundError(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file, self._clock = file, clock
        self._db = sqlite3.connect(file, timeout=60, isolation_level=None, check_same_thread=False)
        self._lock = threading.Lock()
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_SCHEMA)
        if not self._rows("select 1 from pragma_table_info('entry') where name = 'gib'"):
            self._rows("alter table entry add column gib real not null default 0")

    def begin(self, name: str, url: str) -> None:
        """Write down which run this is, and where."""
        row = (name, url, self._clock())
        self._rows("insert or ignore into run values (?, ?, ?, null)", *row)

    def end(self) -> None:
        """Write down that the run is over and nothing is left."""
        self._rows("update run set ended_at = ?", self._clock())

    def age_s(self) -> float:
        """Return how long ago the run began."""
        ((began_at,),) = self._rows("select began_at from run")
        return max(0.0, self._clock() - float(began_at))

    @property
    def run(self) -> tuple[str, str, bool]:
        """The run's name, its address, and whether it ended with nothing left."""
        (name, url, ended_at), *_ = self._rows("select name, url, ended_at from run")
        return str(name), str(url), ended_at is not None

    def intend(self, lane: str, command: str, kind: str, label: str) -> int:
        """Write down what is about to be asked for and return the number of the entry."""
        ((number,),) = self._intended(Bounds(), lane, command, kind, label, 0.0)
        return number

    def intend_within(
        self, bounds: Bounds, lane: str, command: str, kind: str, label: str, gib: float = 0.0
    ) -> int | None:
        """Write down what is about to be asked for, which holds *gib* of primary storage.

        None where no *bounds* have room for it; judged and written in one statement, so that lanes
        beside each other cannot both take the last place.
        """
        rows = self._intended(bounds, lane, command, kind, label, gib)
        return rows[0][0] if rows else None

    def _intended(
        self, bounds: Bounds, lane: str, command: str, kind: str, label: str, gib: float
    ) -> list[tuple[int]]:
        """Write an entry where *bounds* have room; return a row with its number, or none."""
        entry = (lane, command, kind, label, INTENT, self._clock(), gib)
        rows = self._rows(_INTEND, *entry, kind, bounds.entries, gib, bounds.gib)
        return [(int(number),) for (number,) in rows]

    def there(self, number: int, entity_id: str) -> None:
        """Write down the id of what is there now."""
        sql = "update entry set id = ?, state = ? where number = ?"
        self._rows(sql, entity_id, THERE, number)

    def holds(self, entity_id: str, gib: float) -> None:
        """Write down how much something of an id holds of primary storage."""
        self._rows("update entry set gib = ? where id = ?", gib, entity_id)

    def held_gib(self) -> float:
        """Return how much all that may be there holds of primary storage."""
        ((held,),) = self._rows("select total(gib) from entry where state != ?", GONE)
        return float(held)

    def gone(self, number: int) -> None:
        """Write down that something is not there, or not any more."""
        self._rows("update entry set state = ? where number = ?", GONE, number)

    def move(self, entity_ids: Iterable[str], lane: str) -> None:
        """Put what has one of *entity_ids* into another lane."""
        for entity_id in entity_ids:
            self._rows("update entry set lane = ? where id = ?", lane, entity_id)

    def open_entries(self, lane: str | None = None) -> list[Entry]:
        """Return what may be there, the youngest first: of one lane, or of all."""
        sql = "select number, lane, command, kind, label, id, state from entry where state != ?"
        rows = self._rows(f"{sql} order by number desc", GONE)
        return [e for e in map(Entry._make, rows) if lane is None or e.lane == lane]

    def gone_count(self) -> int:
        """Return how many entries are of what is not there, or not any more."""
        ((count,),) = self._rows("select count(*) from entry where state = ?", GONE)
        return int(count)

    def knows(self, entity_id: str) -> bool:
        """Return whether the run created something of an id."""
        sql = "select 1 from entry where id = ? limit 1"
        return bool(self._rows(sql, entity_id))

    def is_of_room(self, lane: str, domain_id: str) -> bool:
        """Return whether a domain is one of the room that *lane* is of; one without has any."""
        room = lane.partition("/")[0]
        sql = "select id from entry where kind = 'domain' and lane in (?, ?) and id is not null"
        ids = {entity_id for (entity_id,) in self._rows(sql, room, f"{room}/accounts")}
        return domain_id in ids or not ids

    def counts(self) -> Iterator[tuple[str, int]]:
        """Yield (kind, how many were created) of the whole run."""
        sql = "select kind, count(*) from entry where id is not null group by kind order by kind"
        yield from self._rows(sql)

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Execute one statement to its end, for one thread of a lane after the other.

        A cursor left open would keep other processes from writing.
        """
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

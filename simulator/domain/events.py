"""Events: what each command writes into the log, as one table (semantics 8, ground truth 8)."""

from typing import NamedTuple

from simulator.domain.disk_events import DISK_WORDS
from simulator.domain.event_words import Words
from simulator.domain.guest_events import GUEST_WORDS
from simulator.domain.owner_events import OWNER_WORDS, VLAN_ASSIGNED

INFO, ERROR = "INFO", "ERROR"


class Event(NamedTuple):
    """One row of the log; *row_db_id* is the row the resource had then, *parent_id* its first."""

    id: str
    db_id: int
    type: str
    level: str
    text: str
    state: str
    account_id: str
    user_id: str
    kind: str
    record_id: str
    row_db_id: int
    name: str
    created_s: float
    parent_id: str | None = None


WORDS: dict[str, Words] = DISK_WORDS | OWNER_WORDS | GUEST_WORDS
"""Command -> its words, also "command name=value"; one that is not here leaves no event."""

TYPES = tuple(dict.fromkeys(words.type for words in (*WORDS.values(), VLAN_ASSIGNED)))
"""The event types, in the order of the table."""

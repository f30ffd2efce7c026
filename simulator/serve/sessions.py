"""Who is logged in: sessions with a key, which end by the edge's clock.

Their keys are no part of the cloud: they come from the machine's own randomness, not its dice.
"""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

TIMEOUT_S = 1800


class Session(NamedTuple):
    """One login; *seen* is when it was last used."""

    id: str
    user_id: str
    key: str
    seen: datetime


class Sessions:
    """Every open session by its id."""

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}

    def open(self, user_id: str, now: datetime) -> Session:
        """Start a session; those that timed out are dropped."""
        self._open = {s.id: s for s in self._open.values() if not _late(s, now)}
        session = Session(f"node0{secrets.token_hex(16)}", user_id, secrets.token_urlsafe(20), now)
        self._open[session.id] = session
        return session

    def find(self, session_id: str, now: datetime) -> Session | None:
        """Return the session that *session_id* names and note that it is in use."""
        session = self._open.get(session_id)
        if session is None:
            return None
        if _late(session, now):
            self.close(session)
            return None
        self._open[session_id] = session = session._replace(seen=now)
        return session

    def close(self, session: Session) -> None:
        """End a session."""
        self._open.pop(session.id, None)


def _late(session: Session, now: datetime) -> bool:
    return now - session.seen > timedelta(seconds=TIMEOUT_S)

"""Who uses the cloud by pages: sessions, whose every call goes through the front door."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from simulator.api.dates import date
from simulator.api.signing import signature
from simulator.domain.records import Role, User
from simulator.port import Obstacle, Reply, Value, as_text
from simulator.serve.health import kind
from simulator.serve.http import Edge
from simulator.serve.request import Request
from simulator.serve.sessions import Session


class SignedOut(Exception):
    """The session of a visitor ended: it was closed, timed out, or the account may not enter."""


class Clock(NamedTuple):
    """Where the cloud's time stands: seconds since boot, as a date, and how it passes."""

    now_s: float
    date: str
    kind: str
    jobs: int


class Visitor:
    """One session, as its user sees the cloud; SignedOut by each method once it is over."""

    def __init__(self, edge: Edge, session: Session) -> None:
        self._edge, self.session = edge, session

    async def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command*, as a browser with this session would, and return the reply.

        TypeError for a parameter that is neither str, int nor bool.
        """
        self._user()
        sent = {"command": command, "response": "json", **as_text(command, parameters)}
        sent["sessionkey"] = self.session.key
        cookies = {"JSESSIONID": self.session.id, "sessionkey": self.session.key}
        low = {name.lower(): value for name, value in sent.items()}
        answer = await self._edge.ask(Request("POST", sent, low, cookies))
        return answer.reply or Reply(answer.status, {})

    def dry_run(self, command: str, /, **parameters: Value) -> Obstacle | None:
        """Return what would refuse *command* as things stand (`simulator.port.DryRun`)."""
        user, site = self._user(), self._edge.site
        site.pace.catch_up(site.cloud)
        return site.cloud.seen_by(user).dry_run(command, **parameters)

    def signed(self, command: str, parameters: Mapping[str, str]) -> str:
        """Return the query string of a call, signed with the user's keys; "" if it has none."""
        user = self._user()
        if not user.api_key or not user.secret_key:
            return ""
        sent = {"command": command, "response": "json", **parameters, "apiKey": user.api_key}
        return urlencode({**sent, "signature": signature(sent, user.secret_key)}, quote_via=quote)

    @property
    def name(self) -> str:
        """The user's name."""
        return self._user().name

    @property
    def is_root(self) -> bool:
        """Whether the user is a root admin."""
        account = self._edge.site.cloud.world.store.accounts[self._user().account_id]
        return account.role is Role.ADMIN

    @property
    def clock(self) -> Clock:
        """Where the cloud's time stands."""
        site = self._edge.site
        site.pace.catch_up(site.cloud)
        now_s = site.cloud.now_s()
        return Clock(now_s, date(now_s), kind(site.pace), len(site.cloud.jobs.running))

    def _user(self) -> User:
        user = self._edge.front.holder(self.session)
        if user is None:
            raise SignedOut
        return user


class Visits:
    """What pages need of a served cloud: who comes in, and as whom."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    def enter(self, name: str, password: str, domain: str) -> Visitor | Reply:
        """Open a session for a user's name and password, or return the refusal."""
        low = {"username": name, "password": password, "domain": domain}
        session = self._edge.front.admit(low)
        return session if isinstance(session, Reply) else Visitor(self._edge, session)

    def visitor(self, session_id: str) -> Visitor | None:
        """Return who has an open session of that id, None if nobody has."""
        front = self._edge.front
        session = front.sessions.find(session_id, front.site.cloud.clock())
        if session is None or front.holder(session) is None:
            return None
        return Visitor(self._edge, session)

    def leave(self, visitor: Visitor) -> None:
        """End a session."""
        self._edge.front.sessions.close(visitor.session)

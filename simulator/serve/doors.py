"""Who comes in by which door: signatures and sessions on the API's port, anybody on the other."""

import asyncio
from collections.abc import Mapping

from simulator.api.gate import unheard
from simulator.api.refusals import refusal, root_of, unavailable
from simulator.api.table import COMMANDS
from simulator.domain.errors import Kind
from simulator.domain.records import User
from simulator.port import Reply
from simulator.serve.answer import JSON, Answer, bare, envelope, plain
from simulator.serve.login import enter, welcome
from simulator.serve.outside import outside
from simulator.serve.request import Request
from simulator.serve.sessions import Session, Sessions
from simulator.serve.site import Site

_LOGOUT = "logoutresponse"
_SESSION = "JSESSIONID"


class FrontDoor:
    """The API's port: a signature, a session, or a login that opens one.

    In a session `listApis` is answered after *apis_after_s*: the official UI sends it together with
    `listZones` and hangs if that is answered later, which a real server is too slow to show.
    """

    apis_after_s = 0.0

    def __init__(self, site: Site) -> None:
        self.site, self.sessions = site, Sessions()

    async def answer(self, request: Request) -> Answer:
        """Return the answer to a request of /client/api."""
        name = (request.command or "").lower()
        if name == "login":
            return self._login(request)
        if name == "logout":
            return self._logout(request)
        session = self._session(request)
        if session is None:
            reply = outside(name) or await self.site.reply(
                self.site.send(request.parameters, request.method)
            )
        elif (user := self._user(request, session)) is None:
            self.sessions.close(session)
            text = "unable to verify user credentials"
            reply = refusal(Kind.UNAUTHORIZED, text, root_of(request.command))
        elif request.command is None:
            return Answer(200, b"", JSON)
        elif request.command not in COMMANDS:
            reply = unavailable(request.command, user.id)
        else:
            if request.command == "listApis" and self.apis_after_s:
                await asyncio.sleep(self.apis_after_s)
            silence = unheard(self.site.cloud.world, request.command, request.parameters)
            reply = silence or await self.site.reply(
                self.site.speak(user, request.parameters, request.method)
            )
        return self._envelope(reply, request)

    def _envelope(self, reply: Reply, request: Request) -> Answer:
        version = self.site.cloud.world.dialect.version
        return envelope(reply, as_json=request.wants_json, version=version)

    def _session(self, request: Request) -> Session | None:
        session_id = request.cookies.get(_SESSION)
        return self.sessions.find(session_id, self.site.cloud.clock()) if session_id else None

    def _user(self, request: Request, session: Session) -> User | None:
        """Return whose session it is, None if the request has not both copies of its key."""
        cookie, parameter = request.cookies.get("sessionkey"), request.low.get("sessionkey")
        if cookie != session.key or parameter != session.key:
            return None
        return self.holder(session)

    def holder(self, session: Session) -> User | None:
        """Return whose open session it is, None if it is over or its user may not enter."""
        if self.sessions.find(session.id, self.site.cloud.clock()) is None:
            return None
        user = self.site.cloud.world.store.users.get(session.user_id)
        return user if user is not None and self.site.cloud.may_enter(user) else None

    def admit(self, low: Mapping[str, str]) -> Session | Reply:
        """Open a session for who logs in with the parameters *low*, or return the refusal."""
        cloud = self.site.cloud
        user = enter(cloud, low)
        return user if isinstance(user, Reply) else self.sessions.open(user.id, cloud.clock())

    def _login(self, request: Request) -> Answer:
        if request.method != "POST":
            return plain(405, "login is for POST only")
        if not request.low.get("username"):
            return Answer(Kind.DENIED.sync_code, b"null", JSON)
        session, cloud = self.admit(request.low), self.site.cloud
        if isinstance(session, Reply):
            return self._envelope(session, request)
        old = self._session(request)
        if old is not None:
            self.sessions.close(old)
        user = cloud.world.store.users[session.user_id]
        answer = self._envelope(welcome(cloud, user, session), request)
        cookies = (
            f"{_SESSION}={session.id};Path=/client;HttpOnly",
            f"sessionkey={session.key};HttpOnly;SameSite=Lax",
        )
        return answer._replace(headers=tuple((b"set-cookie", c.encode()) for c in cookies))

    def _logout(self, request: Request) -> Answer:
        """End the session; no cookie is touched, a login may be under way beside it."""
        session = self._session(request)
        if session is None:
            text = "Session not found for the logout process."
            reply = refusal(Kind.MALFORMED, text, _LOGOUT)
        else:
            self.sessions.close(session)
            reply = Reply(200, {"description": "success"}, _LOGOUT)
        return self._envelope(reply, request)


class BackDoor:
    """The integration port: whoever reaches it is the root admin."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def answer(self, request: Request) -> Answer:
        """Return the answer to a request, whatever its path."""
        command = request.command
        if command is None:
            text = "Invalid request, no command sent"
            reply = refusal(Kind.UNSUPPORTED, text, "errorresponse")
        elif command not in COMMANDS:
            text = f"Unknown API command: {command}"
            reply = refusal(Kind.UNSUPPORTED, text, "errorresponse")
        else:
            user = self.site.cloud.user
            reply = await self.site.reply(self.site.speak(user, request.parameters, request.method))
        return bare(reply, as_json=request.wants_json)

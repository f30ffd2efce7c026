"""The HTTP edge: /client/api over a Site, as a bare ASGI application."""

import json
import sys
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

from simulator.api.refusals import refusal, root_of
from simulator.domain.errors import HIDDEN, Kind
from simulator.serve import health
from simulator.serve.answer import HTML, Answer, envelope, plain
from simulator.serve.doors import BackDoor, FrontDoor
from simulator.serve.recorder import Recorder
from simulator.serve.request import Request, read
from simulator.serve.site import Site

MAX_BODY_BYTES = 1 << 20
MAX_QUERY_BYTES = 1 << 16

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

Pages = Callable[[Scope, Receive, Send], Awaitable[None]]
"""What serves paths that are none of the API, as an ASGI application."""

_API = frozenset({"/client/api", "/client/api/"})
_ADMIN = "/admin.json"
_OWN = _API | {health.PATH, _ADMIN}
_FORM = b"application/x-www-form-urlencoded"
_NOT_FOUND = "<html><head><title>Error 404 Not Found</title></head><body>Not Found</body></html>"


class Edge:
    """Serves a site as CloudStack does; *integration_port* is the one nobody signs on.

    With *strict* an error nobody expected surfaces instead of being answered. Each request that
    is not about the server's health is told to *recorder*. *pages* answer what is none of the API,
    *ui* what of that is below /client/.
    """

    def __init__(
        self,
        site: Site,
        *,
        integration_port: int | None = None,
        strict: bool = False,
        recorder: Recorder | None = None,
        pages: Pages | None = None,
        ui: Pages | None = None,
    ) -> None:
        site.cloud.clock = lambda: datetime.now(tz=UTC)  # clients sign by their own clocks
        self.site, self.integration_port, self.strict = site, integration_port, strict
        if strict:
            site.cloud.world.on_bug = site.cloud.world.env.raise_after_instant
        self.front, self.back = FrontDoor(site), BackDoor(site)
        self.recorder, self.pages, self.ui = recorder, pages, ui
        if recorder is not None:
            recorder.listen(site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        beside = self._beside(scope)
        if beside is not None:
            await beside(scope, receive, send)
            return
        began_s = self.recorder.begin() if self.recorder is not None else 0.0
        given = await self._given(scope, receive)
        answer = given if isinstance(given, Answer) else await self._answer(scope, given)
        path = scope["path"]
        if self.recorder is not None and path != health.PATH:
            self.recorder.add(self.site.cloud, path, given, answer, began_s)
        headers = [
            (b"content-type", answer.kind),
            (b"content-length", b"%d" % len(answer.body)),
            (health.HEADER, health.name(self.site)),
        ]
        start = {"type": "http.response.start", "status": answer.status}
        await send(start | {"headers": headers + list(answer.headers)})
        await send({"type": "http.response.body", "body": answer.body})

    async def ask(self, request: Request) -> Answer:
        """Return the answer to a request of a page; the log has those that may change anything."""
        began_s = self.recorder.begin() if self.recorder is not None else 0.0
        answer = await self.front.answer(request)
        if self.recorder is not None and self.site.cloud.changes(request.command or ""):
            self.recorder.add(self.site.cloud, "/", request, answer, began_s)
        return answer

    def _beside(self, scope: Scope) -> Pages | None:
        """Return who answers instead of the API, None for nobody."""
        path = scope["path"]
        if scope["type"] == "websocket":
            return self.pages
        if self._inside(scope) or path in _OWN:
            return None
        return self.ui if path == "/client" or path.startswith("/client/") else self.pages

    def _inside(self, scope: Scope) -> bool:
        return self.integration_port is not None and scope["server"][1] == self.integration_port

    def _unread(self, scope: Scope, *, inside: bool) -> Answer | None:
        """Return the answer to a request that is none of the API, None for one that is."""
        path, method = scope["path"], scope["method"]
        if path == health.PATH and not inside:
            return health.health(self.site, method)
        if path == _ADMIN and method == "GET" and not inside:
            user = self.site.cloud.user
            keys = {"apikey": user.api_key, "secretkey": user.secret_key}
            return Answer(200, json.dumps(keys).encode(), b"application/json")
        if path not in _API and not inside:
            return plain(404, _NOT_FOUND, HTML)
        if method not in {"GET", "POST"}:
            return plain(405, "")
        if len(scope["query_string"]) > MAX_QUERY_BYTES:
            return plain(414, "URI Too Long")
        return None

    async def _given(self, scope: Scope, receive: Receive) -> Request | Answer:
        """Return the request, or the answer if it is none to be judged."""
        inside = self._inside(scope)
        refused = self._unread(scope, inside=inside)
        if refused is not None:
            return refused
        headers, form = dict(scope["headers"]), b""
        if scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                return plain(413, "Payload Too Large")
            kind = headers.get(b"content-type", b"").lower()
            form = body if kind.startswith(_FORM) and not inside else b""
        try:
            cookie = headers.get(b"cookie", b"")
            return read(scope["method"], scope["query_string"], form, cookie)
        except ValueError:
            return plain(400, "Too many parameters")

    async def _answer(self, scope: Scope, request: Request) -> Answer:
        door = self.back if self._inside(scope) else self.front
        try:
            return await door.answer(request)
        except Exception:
            if self.strict:
                raise
            traceback.print_exc(file=sys.stderr)
            reply = refusal(Kind.INTERNAL, HIDDEN, root_of(request.command))
            version = self.site.cloud.world.dialect.version
            return envelope(reply, as_json=request.wants_json, version=version)


async def _body(receive: Receive) -> bytes | None:
    """Return the body, None if it is over the limit."""
    parts, size = [], 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)

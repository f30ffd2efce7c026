"""The console as an ASGI application, which loads its library when the first page is asked for."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request

from console.guard import refuse
from console.login import PATHS, door, to_login, visitor_of
from simulator.serve.http import Receive, Scope, Send
from simulator.serve.visits import Visits

App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HUNG_UP = "No response returned."
"""How Starlette says that a browser went elsewhere before its page was there."""


class Console:
    """Serves the pages over the *visits* of a cloud.

    Requests that another site has a browser send are refused before anything looks at them.
    """

    def __init__(self, visits: Visits) -> None:
        self._visits = visits
        self._door = door(visits)
        self._ready: asyncio.Future[App] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or web socket."""
        refusal = refuse(scope) or self._unknown(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if scope["path"] in PATHS:
            self._begin()  # whoever logs in wants pages next
            await self._door(scope, receive, send)
            return
        app = await asyncio.shield(self._begin())
        try:
            await app(scope, receive, send)
        except RuntimeError as error:
            if str(error) != _HUNG_UP:
                raise

    def _unknown(self, scope: Scope) -> App | None:
        """Return what leads to the form whoever comes before the pages are loaded, unknown."""
        if self._ready is not None or scope["type"] != "http" or scope["path"] in PATHS:
            return None
        request = Request(scope)
        request.scope["app"] = self._door
        return None if visitor_of(request) else to_login(request)

    def _begin(self) -> asyncio.Future[App]:
        """Load the pages, if nobody has begun to; whoever comes first has them loaded."""
        if self._ready is None:
            self._ready = asyncio.ensure_future(self._load())
        return self._ready

    async def _load(self) -> App:
        # half a second of imports: in a thread, so that the API answers meanwhile
        site: Any = await asyncio.to_thread(importlib.import_module, f"{__package__}.site")
        app: App = await site.opened(self._visits)
        return app

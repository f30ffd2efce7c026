"""What a browser may be made to send by another site's page, and is not let in."""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse(scope: Scope) -> ASGIApp | None:
    """Return what answers a request of another site, None for one that is welcome.

    A change or a web socket must come from a page of this very server: browsers say which by the
    header Origin, and none lets a page set it.
    """
    if scope["type"] == "http" and scope["method"] in _SAFE:
        return None
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = headers.get(b"host", b"").decode("latin-1")
    if origin and urlsplit(origin).netloc == host:
        return None
    if scope["type"] == "websocket":
        return _closed
    return PlainTextResponse("This request comes from a page of another site.\n", status_code=403)


async def _closed(_scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a web socket before it opens, which the browser sees as 403."""
    await receive()
    await send({"type": "websocket.close"})

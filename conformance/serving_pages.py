"""What `rootswap serve` shows at `/`: the console, or how to get it."""

from importlib.util import find_spec

from simulator.serve import Place
from simulator.serve.answer import plain
from simulator.serve.http import Receive, Scope, Send

NEEDED = ("nicegui", "websockets")
"""What the extra `console` brings."""
_HOW = (
    "rootswap: CloudStack's API is at /client/api.\n\n"
    "The console, which shows the cloud in a browser, takes the extra:\n\n"
    "    pip install 'rootswap[console]'\n"
)
_ELSEWHERE = "There is nothing here. CloudStack's API is at /client/api.\n"


def with_pages(place: Place) -> Place:
    """Return *place* with what is to be served beside the API."""
    if any(find_spec(name) is None for name in NEEDED):
        return place._replace(pages=lambda _: _without)
    from console.app import Console

    return place._replace(pages=Console, sockets=True)


async def _without(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI's
    """Say how to get the console."""
    first = scope["path"] == "/"
    answer = plain(200, _HOW) if first else plain(404, _ELSEWHERE)
    headers = [(b"content-type", answer.kind), (b"content-length", b"%d" % len(answer.body))]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})

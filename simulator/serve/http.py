"""The HTTP edge: /client/api over a Site."""

import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.serve.site import Site

JSON = "application/json;charset=utf-8"


def app(site: Site) -> Starlette:
    """Return the web application that serves *site* as CloudStack does."""
    site.cloud.clock = lambda: datetime.now(tz=UTC)  # clients sign by their own clocks

    async def answer(request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "replace") if request.method == "POST" else ""
        parameters = dict(parse_qsl(body, keep_blank_values=True))
        parameters |= dict(parse_qsl(request.url.query, keep_blank_values=True))
        reply = site.send(parameters)
        text = json.dumps({reply.root: reply.body})
        words = str(reply.body.get("errortext", "")) if reply.status > 401 else ""
        headers = {"X-Description": "".join(c if 31 < ord(c) < 127 else "?" for c in words)}
        return Response(text, reply.status, headers if words else None, media_type=JSON)

    routes = [Route(p, answer, methods=["GET", "POST"]) for p in ("/client/api", "/client/api/")]
    return Starlette(routes=routes)


def serve(site: Site, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; OSError if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named so that asyncio switches Nagle's delay off
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    where = listener.getsockname()[1]
    lines = (
        f"CLOUDSTACK_ENDPOINT=http://{host}:{where}/client/api",
        f"CLOUDSTACK_KEY={site.cloud.user.api_key}",
        f"CLOUDSTACK_SECRET={site.cloud.user.secret_key}",
    )

    @asynccontextmanager
    async def announce(_: Starlette) -> AsyncIterator[None]:
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        yield

    application = app(site)
    application.router.lifespan_context = announce
    config = uvicorn.Config(application, log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])

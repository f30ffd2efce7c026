"""The sockets: a site on its ports until SIGINT or SIGTERM."""

import socket
import sys

import uvicorn

from simulator.serve.http import Edge
from simulator.serve.site import Site

LOOPBACK = "127.0.0.1"


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    lines: tuple[str, ...] = ()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then announce."""
        await super().startup(sockets)
        sys.stdout.write("".join(f"{line}\n" for line in self.lines))
        sys.stdout.flush()


def serve(site: Site, host: str, port: int, integration_port: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM; OSError, naming host and port, if one cannot be had."""
    listeners = [_listen(host, port)]
    where, inside = listeners[0].getsockname()[1], None
    lines = [
        f"CLOUDSTACK_ENDPOINT=http://{_spelt(host)}:{where}/client/api",
        f"CLOUDSTACK_KEY={site.cloud.user.api_key}",
        f"CLOUDSTACK_SECRET={site.cloud.user.secret_key}",
    ]
    if integration_port is not None:
        listeners.append(_listen(LOOPBACK, integration_port))
        inside = listeners[1].getsockname()[1]
        lines.append(f"CLOUDSTACK_INTEGRATION=http://{LOOPBACK}:{inside}/")
    config = uvicorn.Config(
        Edge(site, integration_port=inside),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    server.lines = tuple(lines)
    server.run(sockets=listeners)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named so that asyncio switches Nagle's delay off
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as no:
        listener.close()
        raise OSError(no.errno, no.strerror, f"{host} port {port}") from None
    return listener


def _spelt(host: str) -> str:
    """Return *host* as a URL spells it."""
    return f"[{host}]" if ":" in host else host

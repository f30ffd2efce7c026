"""The sockets: a site on its ports until SIGINT or SIGTERM."""

import socket
import sys
from collections.abc import Sequence

import uvicorn

from simulator.serve.exports import Access, Export, export
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


def serve(
    site: Site,
    host: str,
    port: int,
    integration_port: int | None = None,
    exports: Sequence[Export] = (),
) -> None:
    """Serve until SIGINT or SIGTERM, with the *exports* written as soon as the ports are had.

    OSError, naming host and port, for a port that cannot be had; Unwritable for such a file.
    """
    listeners = [listen(host, port)]
    inside, access = None, _access(site, host, listeners[0])
    lines = [
        f"CLOUDSTACK_ENDPOINT={access.endpoint}",
        f"CLOUDSTACK_KEY={access.key}",
        f"CLOUDSTACK_SECRET={access.secret}",
    ]
    if integration_port is not None:
        listeners.append(listen(LOOPBACK, integration_port))
        inside = listeners[1].getsockname()[1]
        lines.append(f"CLOUDSTACK_INTEGRATION=http://{LOOPBACK}:{inside}/")
    lines += [text.rstrip("\n") for text in (export(one, access) for one in exports) if text]
    config = uvicorn.Config(
        Edge(site, integration_port=inside),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    server.lines = tuple(lines)
    server.run(sockets=listeners)


def _access(site: Site, host: str, listener: socket.socket) -> Access:
    user = site.cloud.user
    endpoint = f"http://{_spelt(host)}:{listener.getsockname()[1]}/client/api"
    keys = (user.api_key or "", user.secret_key or "")
    return Access(endpoint, *keys, user.name, user.password)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; OSError, naming host and port, if it cannot be had."""
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

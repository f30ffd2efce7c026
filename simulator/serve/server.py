"""The sockets: a site on its ports until SIGINT or SIGTERM."""

import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import uvicorn

from simulator.serve import exports
from simulator.serve.child import Child
from simulator.serve.exports import Access, Export, export
from simulator.serve.http import Edge, Pages
from simulator.serve.recorder import Recorder
from simulator.serve.site import Site
from simulator.serve.visits import Visits

LOOPBACK = "127.0.0.1"
_APIS_AFTER_S = 0.1


class Place(NamedTuple):
    """Where to serve, what to write, and what to run meanwhile: nothing, until a signal, if ().

    *integration_port* and *log* are None for none; a *port* 0 is a free one; *verbose* says what
    is given in vain. *pages* makes what is served beside the API, which takes web *sockets*; *ui*
    is what is served below /client/.
    """

    host: str = LOOPBACK
    port: int = 0
    integration_port: int | None = None
    exports: Sequence[Export] = ()
    log: Path | None = None
    command: Sequence[str] = ()
    verbose: bool = False
    pages: Callable[[Visits], Pages] | None = None
    sockets: bool = False
    ui: Pages | None = None


class Unrunnable(Exception):
    """A command that the machine does not start."""


class _Server(uvicorn.Server):
    """Says where it listens once it does, and starts what is to run meanwhile."""

    lines: tuple[str, ...] = ()
    command: Sequence[str] = ()
    environment: Mapping[str, str]
    child: Child | None = None
    unrunnable = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then announce."""
        await super().startup(sockets)
        sys.stdout.write("".join(f"{line}\n" for line in self.lines))
        sys.stdout.flush()
        if self.command:
            try:
                self.child = Child(self.command, self.environment, self._end)
            except OSError as no:
                self.unrunnable = no.strerror or str(no)
                self._end()

    def _end(self) -> None:
        self.should_exit = True


def serve(site: Site, place: Place) -> int:
    """Serve until SIGINT or SIGTERM, or until the command of *place* ends; return its exit code.

    OSError, naming host and port, for a port that cannot be had; Unwritable for such a file;
    Unrunnable for such a command.
    """
    site.verbose = place.verbose
    listeners = [listen(place.host, place.port)]
    inside, access = None, _access(site, place.host, listeners[0])
    lines = _announced(access)
    environment = exports.environment(access)
    if place.integration_port is not None:
        listeners.append(listen(LOOPBACK, place.integration_port))
        inside = listeners[1].getsockname()[1]
        environment["CLOUDSTACK_INTEGRATION"] = f"http://{LOOPBACK}:{inside}/"
        lines.append(f"CLOUDSTACK_INTEGRATION={environment['CLOUDSTACK_INTEGRATION']}")
    recorder = Recorder(place.log) if place.log else None
    if place.command:
        lines = []  # standard output is the command's
    texts = [export(one, access) for one in place.exports]
    lines += [text.rstrip("\n") for text in texts if text]
    config = uvicorn.Config(
        _edge(site, place, inside, recorder),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="websockets-sansio" if place.sockets else "none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    server.lines, server.command, server.environment = tuple(lines), place.command, environment
    server.run(sockets=listeners)
    if recorder is not None:
        recorder.close()
    if server.unrunnable:
        msg = f"cannot run {place.command[0]!r}: {server.unrunnable}"
        raise Unrunnable(msg)
    return server.child.code if server.child else 0


def _edge(site: Site, place: Place, inside: int | None, recorder: Recorder | None) -> Edge:
    edge = Edge(site, integration_port=inside, recorder=recorder, ui=place.ui)
    edge.front.apis_after_s = _APIS_AFTER_S
    if place.pages is not None:
        edge.pages = place.pages(Visits(edge))
    return edge


def _announced(access: Access) -> list[str]:
    """Return what a client needs as lines of NAME=value."""
    names = ("ENDPOINT", "KEY", "SECRET")
    return [f"CLOUDSTACK_{n}={text}" for n, text in zip(names, access, strict=False)]


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

"""A proxy that spoils calls on their way to a cloud, and servers that are no cloud at all."""

import random
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

import urllib3

HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Fault(StrEnum):
    """What happens to one call."""

    DELAY = "it comes late"
    LIMITED = "429, it is not handed on"
    UNAVAILABLE = "503, it is not handed on"
    HTML = "an error page, it is not handed on"
    DROPPED = "the connection ends, it is not handed on"
    LOST = "it is handed on, the connection ends before the answer"
    GARBLED = "it is handed on, half of the answer comes back"
    HIDDEN = "it is handed on, an error page comes back"


NOT_HANDED_ON = {Fault.LIMITED, Fault.UNAVAILABLE, Fault.HTML, Fault.DROPPED}


class Passed(NamedTuple):
    """A call that came by, and what befell it."""

    command: str
    fault: Fault | None
    at_s: float


def seeded(seed: int, chances: Mapping[Fault, float]) -> Iterator[Fault | None]:
    """Yield for each call the fault that befalls it, None for most."""
    dice = random.Random(seed)
    while True:
        at, fate = dice.random(), None
        for fault, chance in chances.items():
            at -= chance
            if at < 0:
                fate = fault
                break
        yield fate


def scripted(*faults: Fault | None) -> Iterator[Fault | None]:
    """Yield *faults* for the first calls, None for all others."""
    yield from faults
    while True:
        yield None


class FaultyProxy:
    """Stands at *url* for the cloud at *upstream*; *passed* is all that came by.

    Faults come in the order of *plan*; calls whose command is not in *only*, if that is given,
    are spared and take none.
    """

    def __init__(
        self,
        upstream: str,
        plan: Iterable[Fault | None],
        *,
        delay_s: float = 0.05,
        only: Iterable[str] | None = None,
    ) -> None:
        self.upstream, self.delay_s = upstream, delay_s
        self.passed: list[Passed] = []
        self._plan, self._lock = iter(plan), threading.Lock()
        self._only = None if only is None else frozenset(only)
        self._pool = urllib3.PoolManager(retries=False)
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}{urlsplit(upstream).path}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._pool.clear()

    def commands(self, *faults: Fault | None) -> list[str]:
        """Return the commands that came by, of those with *faults* if any are given."""
        return [p.command for p in self.passed if not faults or p.fault in faults]

    def handed_on(self) -> list[str]:
        """Return the commands that the cloud saw."""
        return [p.command for p in self.passed if p.fault not in NOT_HANDED_ON]

    def fate(self, command: str) -> Fault | None:
        """Return what befalls the next call."""
        with self._lock:
            spared = self._only is not None and command not in self._only
            fault = None if spared else next(self._plan, None)
            self.passed.append(Passed(command, fault, time.monotonic()))
        return fault

    def answer(self, method: str, path: str, body: bytes) -> urllib3.BaseHTTPResponse:
        """Return what the cloud answers."""
        parts = urlsplit(self.upstream)
        url = f"{parts.scheme}://{parts.netloc}{path}"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._pool.request(method, url, body=body or None, headers=headers, timeout=60)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of who hung up: clients that are ended do."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    proxy: FaultyProxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Take a call by its query."""
        self._take(b"")

    def do_POST(self) -> None:
        """Take a call by its form."""
        self._take(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _take(self, body: bytes) -> None:
        words = parse_qs(body.decode() or urlsplit(self.path).query)
        fault = self.proxy.fate(words.get("command", [""])[0])
        if fault is Fault.DELAY:
            time.sleep(self.proxy.delay_s)
        if fault in {Fault.LIMITED, Fault.UNAVAILABLE, Fault.HTML}:
            status = {Fault.LIMITED: 429, Fault.UNAVAILABLE: 503}.get(fault, 502)
            self._say(status, HTML, {"Content-Type": "text/html"})
            return
        if fault is Fault.DROPPED:
            self._hang_up()
            return
        got = self.proxy.answer(self.command, self.path, body)
        kept = ("content-type", "x-rootswap", "date")
        headers = {name: got.headers[name] for name in kept if name in got.headers}
        if fault is Fault.LOST:
            self._hang_up()
        elif fault is Fault.GARBLED:
            self._say(got.status, got.data[: len(got.data) // 2], headers)
        elif fault is Fault.HIDDEN:
            self._say(504, HTML, {"Content-Type": "text/html"})
        else:
            self._say(got.status, got.data, headers)

    def _say(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class Stranger(NamedTuple):
    """A server that is no cloud: its address, and the requests it saw, with their headers."""

    url: str
    requests: list[str]
    headers: list[Message]


@contextmanager
def stranger(
    status: int,
    body: bytes,
    kind: str = "text/html",
    headers: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Stranger]:
    """Serve one answer, whatever is asked, with *tls* on such a line."""
    seen, heads = list[str](), list[Message]()

    class Handler(_Handler):
        def _take(self, form: bytes) -> None:
            seen.append(form.decode() or urlsplit(self.path).query)
            heads.append(self.headers)
            self._say(status, body, {"Content-Type": kind} | dict(headers or {}))

    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        scheme = "https" if tls else "http"
        yield Stranger(f"{scheme}://127.0.0.1:{server.server_port}/client/api", seen, heads)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closed_port() -> str:
    """Return an address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/client/api"

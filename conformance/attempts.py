"""One attempt at a call: what came back, and what it means that nothing came."""

import contextlib
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    NewConnectionError,
    ProxyError,
    SSLError,
    TimeoutError,  # noqa: A004 - of urllib3
)

from simulator.port import Reply

_FIRST_BYTES = 120
_LIMITED = re.compile(r"retry after (\d+) ms", re.IGNORECASE)
_CERTIFICATE = re.compile(r"certificate|hostname|WRONG_VERSION_NUMBER|handshake", re.IGNORECASE)
_ERRNO = re.compile(r"\[Errno -?\d+\] ([^'\")]+)")
_INNER = re.compile(r"\w+\((?:\d+, )?'([^']+)'\)")
"""What an error says that lies within another."""
_BROKEN = 500
_OK, _XML = 200, "text/xml"
"""How CloudStack's servlet answers where an error escaped it: with no text at all."""
_BUSY = frozenset({429, 503})


class Answer(NamedTuple):
    """A reply, the headers it came with and how long it took."""

    reply: Reply
    headers: Mapping[str, str]
    seconds: float


@dataclass(frozen=True)
class Edges:
    """The clocks, *clock* for spans and *wall* for dates, and the chance a line depends on."""

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Throttle:
    """Lets at most so many calls a minute pass, for all threads together."""

    def __init__(self, per_minute: float | None, edges: Edges) -> None:
        self._gap_s = 60 / per_minute if per_minute else 0.0
        self._edges, self._next_s, self._lock = edges, 0.0, threading.Lock()

    def wait(self) -> None:
        """Wait for one's turn."""
        with self._lock:
            now_s = self._edges.clock()
            at_s = max(now_s, self._next_s)
            self._next_s = at_s + self._gap_s
        if at_s > now_s:
            self._edges.sleep(at_s - now_s)

    def hold(self, seconds: float) -> None:
        """Let nobody pass for *seconds*."""
        with self._lock:
            self._next_s = max(self._next_s, self._edges.clock() + seconds)


@dataclass(frozen=True)
class Failure:
    """Why an attempt has no answer; *sent* is whether the command may have been executed.

    It is tried again at all with *again*, and before a cloud was ever heard with *early*.
    """

    detail: str
    sent: bool = True
    again: bool = True
    early: bool = False
    wait_s: float = 0.0
    status: int = 0
    first: str = ""


def read(got: urllib3.BaseHTTPResponse, seconds: float) -> Answer | Failure:
    """Return the answer that *got* holds, or why it is none."""
    text = " ".join(got.data[: 4 * _FIRST_BYTES].decode("utf-8", "replace").split())
    first = text[:_FIRST_BYTES]
    if got.status in _BUSY:
        detail = f"takes no call, {got.status}: {first!r}"
        return Failure(detail, False, True, True, _wait_s(got), got.status, first)
    kind = got.headers.get("content-type", "nothing")
    if not got.data and got.status == _OK and kind.startswith(_XML):
        return Answer(Reply(got.status, {}), got.headers, seconds)
    try:
        body = msgspec.json.decode(got.data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        body = None
    inner = list(body.values()) if isinstance(body, dict) else []
    if len(inner) == 1 and isinstance(inner[0], dict):
        (root,) = body
        return Answer(Reply(got.status, inner[0], root), got.headers, seconds)
    led = got.headers.get("location", "")
    detail = f"answers {got.status}, {kind}{led and f', leads to {led}'}, and not as a cloud"
    early = got.status >= _BROKEN
    return Failure(f"{detail}: {first!r}", early=early, status=got.status, first=first)


def _wait_s(got: urllib3.BaseHTTPResponse) -> float:
    """Return how long a server that takes no call asks to wait."""
    after = got.headers.get("retry-after")
    if after is not None:
        with contextlib.suppress(InvalidHeader):
            return urllib3.Retry().parse_retry_after(after)
    limited = _LIMITED.search(got.data.decode("utf-8", "replace"))
    return int(limited[1]) / 1000 if limited else 0.0


def failure(no: HTTPError) -> Failure:
    """Return what an error of the connection means."""
    text = " ".join(str(no).split())
    if isinstance(no, SSLError) and _CERTIFICATE.search(text):
        return Failure(f"no line with TLS: {text}", sent=False, again=False)
    unsent = isinstance(no, NewConnectionError | ConnectTimeoutError | ProxyError)
    found = _ERRNO.search(text) or _INNER.search(text)
    late = isinstance(no, TimeoutError)
    return Failure(
        f"no answer: {found[1] if found else text}", sent=not unsent, early=not (unsent or late)
    )

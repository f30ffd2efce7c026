"""Forked children: each does one piece of work and sends back what came of it."""

import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

_ROOM_BYTES = 8 << 30
_LUMP_BYTES = 1 << 16
_ENDING = (signal.SIGINT, signal.SIGTERM)


class Ended(NamedTuple):
    """How a child ended: the *value* of its work, or what went *wrong*."""

    value: Any
    wrong: str
    seconds: float


class _Child:
    """A child at work, and what it has sent so far."""

    def __init__(self, work: Callable[[], Any], most_s: int) -> None:
        self.began_s = time.perf_counter()
        self.line, into = os.pipe()
        self.sent = b""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        self.pid = os.fork()  # an exception from a signal would be lost in its hooks
        if self.pid == 0:
            os.close(self.line)
            for number in _ENDING:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            _do(work, into, most_s)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(into)

    def is_done(self) -> bool:
        """Read what has come, and return whether that was all."""
        lump = os.read(self.line, _LUMP_BYTES)
        self.sent += lump
        return not lump

    def end(self) -> Ended:
        """Return how it ended."""
        os.close(self.line)
        _, status = os.waitpid(self.pid, 0)
        seconds = time.perf_counter() - self.began_s
        if os.WIFSIGNALED(status):
            return Ended(None, signal.Signals(os.WTERMSIG(status)).name, seconds)
        value, wrong = pickle.loads(self.sent)  # noqa: S301 - from a child of ours
        return Ended(value, wrong, seconds)


def _do(work: Callable[[], Any], into: int, most_s: int) -> None:
    """Do the work in the child, send what came of it, and leave without a word."""
    signal.alarm(most_s)
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM_BYTES, _ROOM_BYTES))
    sys.setrecursionlimit(1000)
    try:
        sent = pickle.dumps((work(), ""))
    except BaseException as wrong:  # noqa: BLE001 - whatever it is, the parent is told
        sent = pickle.dumps((None, f"{type(wrong).__name__}: {wrong}"))
    with os.fdopen(into, "wb") as line:
        line.write(sent)
    os._exit(0)


def each(
    works: Iterable[tuple[Any, Callable[[], Any]]], jobs: int, most_s: int
) -> Iterator[tuple[Any, Ended]]:
    """Yield (name, how it ended) of each piece of work as it ends, *jobs* at a time.

    A child that takes longer than *most_s* is ended by SIGALRM.
    """
    gc.collect()
    gc.freeze()  # children share what they do not touch
    left = iter(works)
    busy: dict[int, tuple[Any, _Child]] = {}
    try:
        while True:
            while len(busy) < jobs and (piece := next(left, None)) is not None:
                child = _Child(piece[1], most_s)
                busy[child.line] = piece[0], child
            if not busy:
                return
            for line in select.select(list(busy), [], [])[0]:
                name, child = busy[line]
                if child.is_done():
                    del busy[line]
                    yield name, child.end()
    finally:
        for _, child in busy.values():
            os.kill(child.pid, signal.SIGKILL)
            child.end()
        gc.unfreeze()

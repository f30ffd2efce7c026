"""Serve a cloud with a fault in a process of its own, for scenarios that judge it over HTTP."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from conformance.line import Line
from conformance.targets import Given, resolve
from conformance.wire import WireCloud

_SERVE = ["serve", "--port", "0", "--preset", "mixed", "--clock", "manual"]
_WHERE = ("CLOUDSTACK_ENDPOINT", "CLOUDSTACK_KEY", "CLOUDSTACK_SECRET")


def _serve(plant: Callable[[], None], out: int, alive: int) -> None:
    """Plant the fault and serve; what `rootswap serve` prints goes to *out*."""
    from conformance.cli import main

    def end_with_the_other() -> None:
        os.read(alive, 1)  # nothing is ever written: it returns when the other end is gone
        os._exit(0)

    signal.alarm(0)
    plant()
    threading.Thread(target=end_with_the_other, daemon=True).start()
    os.dup2(out, 1)
    os.close(out)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    main(_SERVE)


@contextmanager
def served(plant: Callable[[], None]) -> Iterator[WireCloud]:
    """Give a served cloud with what *plant* plants, as its root admin; RuntimeError for none."""
    ready, out = os.pipe()
    alive, hold = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        os.close(hold)
        try:
            _serve(plant, out, alive)
        finally:
            os._exit(1)
    os.close(out)
    os.close(alive)
    try:
        with os.fdopen(ready) as lines:
            shown = dict(lines.readline().strip().partition("=")[::2] for _ in _WHERE)
            if not shown.keys() >= set(_WHERE):
                msg = "the cloud with the fault was not served"
                raise RuntimeError(msg)
            url, key, secret = (shown[name] for name in _WHERE)
            line = Line(resolve(url, environ={}, given=Given(key, secret)))
            yield WireCloud(line, key, secret)
            line.close()
    finally:
        os.close(hold)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

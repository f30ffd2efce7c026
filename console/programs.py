"""Programs of this project that a page starts: what they say as they say it, and their end."""

import asyncio
import atexit
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from nicegui import ui

_LONGEST_LINE = 1 << 24
_MOST = 2
"""As many run at once; others wait for their turn."""
_KEPT_LINES = 20
_turns = asyncio.Semaphore(_MOST)
_running: set[int] = set()
"""Process groups, ended with this server."""


class Program:
    """`rootswap` with some words, run in a process of its own; it ends when the page is left."""

    def __init__(self, *words: str) -> None:
        self._command = (sys.executable, "-P", "-m", "rootswap", *words)
        self._group = 0
        self.stopped = False
        self.errors: list[str] = []
        ui.context.client.on_delete(self.stop)

    async def run(
        self, out: Callable[[str], None], err: Callable[[str], None] = lambda _: None
    ) -> int:
        """Run it, tell each line of both its outputs, and return the exit code."""
        async with _turns:
            if self.stopped:
                return -signal.SIGTERM
            child = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE, limit=_LONGEST_LINE, start_new_session=True,
                env=_environment(),
            )  # fmt: skip
            self._group = child.pid
            _running.add(child.pid)

            def kept(line: str) -> None:
                self.errors = [*self.errors[1 - _KEPT_LINES :], line]
                err(line)

            try:
                await asyncio.gather(_read(child.stdout, out), _read(child.stderr, kept))
                return await child.wait()
            finally:
                self.stop()
                _running.discard(child.pid)
                self._group = 0

    def stop(self) -> None:
        """End it, and what it started."""
        self.stopped = True
        if self._group:
            with suppress(ProcessLookupError):
                os.killpg(self._group, signal.SIGTERM)


async def _read(stream: asyncio.StreamReader | None, tell: Callable[[str], None]) -> None:
    if stream is None:  # never: both are pipes
        return
    async for line in stream:
        tell(line.decode("utf-8", "replace").rstrip("\n"))


def _environment() -> dict[str, str]:
    """Return the environment without the keys of a cloud: these programs ask none."""
    return {n: text for n, text in os.environ.items() if not n.startswith("CLOUDSTACK_")}


@atexit.register
def _end() -> None:
    for group in _running:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGTERM)

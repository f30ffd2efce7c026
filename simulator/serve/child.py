"""`rootswap serve -- COMMAND`: a command that has the served cloud in its environment."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

FORWARDED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")
_OF_THE_KEYBOARD = {signal.SIGINT, signal.SIGQUIT}


class Child:
    """Runs *command* and tells *ended* when it has; signals that come to us are handed on."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], ended: Callable[[], None]
    ) -> None:
        """Start it; OSError if it cannot be."""
        self._process = subprocess.Popen([*command], env={**os.environ, **environment})  # noqa: S603
        for name in FORWARDED:
            signal.signal(getattr(signal, name), self.forward)
        threading.Thread(target=self._wait, args=(ended,), daemon=True).start()

    def _wait(self, ended: Callable[[], None]) -> None:
        self._process.wait()
        ended()

    def forward(self, number: int, _frame: FrameType | None = None) -> None:
        """Hand a signal on, but for one that the terminal has sent to both of us."""
        if not (number in _OF_THE_KEYBOARD and sys.stdin.isatty()):
            self._process.send_signal(number)

    @property
    def code(self) -> int:
        """The exit code as a shell has it: 128 and the signal's number for an end by a signal."""
        code = self._process.wait()
        return code if code >= 0 else 128 - code

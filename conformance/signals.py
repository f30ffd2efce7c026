"""What SIGINT and SIGTERM mean to a run: its scenarios end, what must come after them does not."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

import click

_BOTH = (signal.SIGINT, signal.SIGTERM)


class Signals:
    """Ends scenarios by KeyboardInterrupt; lets removing and reporting finish, unless asked twice.

    Only the main thread hears signals; in another one nothing is changed.
    """

    def __init__(self) -> None:
        self._may_end, self._count = True, 0
        self._old: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._old = {number: signal.signal(number, self._heard) for number in _BOTH}
        return self

    def __exit__(self, *_: object) -> None:
        for number, old in self._old.items():
            signal.signal(number, old)

    @property
    def asked(self) -> bool:
        """Whether somebody asked for the end since the scenarios ended."""
        return self._count > 0

    @contextmanager
    def scenarios(self) -> Iterator[None]:
        """Let a signal end what is done meanwhile."""
        self._may_end = True
        try:
            yield
        finally:
            self._may_end, self._count = False, 0

    def _heard(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the system's
        self._count += 1
        if self._may_end or self._count > 1:
            self._count = 0
            raise KeyboardInterrupt
        click.echo("rootswap: finishing what must be; once more ends it at once", err=True)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end what is done meanwhile as Ctrl-C does."""
    with Signals() as signals, signals.scenarios():
        yield

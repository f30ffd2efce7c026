"""What `rootswap check` shows while it runs."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pluggy import HookimplMarker

from conformance.results import GOOD, Ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from conformance.results import Verdict

hookimpl = HookimplMarker("pytest")


EVERY_S = 30.0
"""How long a file that is written to goes without a line."""


class Count:
    """A count that is written over on a terminal, and to a file now and then: the first *at_s*."""

    def __init__(
        self, out: TextIO, at_s: float = 0.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out, self.live, self._clock = out, out.isatty(), clock
        self._due_s = clock() + at_s

    def show(self, text: str) -> None:
        """Write *text*, if it is time."""
        if self.live:
            self._out.write(f"\r{text} ")
        elif self._clock() >= self._due_s:
            self._out.write(f"{text}\n")
            self.rest()
        self._out.flush()

    def rest(self) -> None:
        """Write nothing for a while: a line of another kind was written."""
        self._due_s = self._clock() + EVERY_S


class Progress:
    """A pytest plugin: one line per feature as soon as it is done, and a count.

    It leaves importing the suite's plugin to pytest, which rewrites its asserts. *at_end* is called
    once no more scenarios run.
    """

    def __init__(
        self,
        out: TextIO,
        at_end: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out, self._at_end = out, at_end
        self._count_line = Count(out, EVERY_S, clock)
        self._left: Counter[str] = Counter()
        self._most = self._done = 0
        self.broken: list[str] = []
        self.ending = Ending()
        self.not_selected = 0

    def pytest_collectreport(self, report: "pytest.CollectReport") -> None:
        """Remember what could not be read."""
        if report.failed:
            self.broken += report.longreprtext.splitlines()

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that somebody ended the run."""
        self.ending.stopped = "interrupted"

    @hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Say that the scenarios are over."""
        self._at_end()

    def pytest_unconfigure(self, config: "pytest.Config") -> None:
        """Learn how the run ended."""
        from conformance.recorder import ENDING, not_selected

        ending = config.stash.get(ENDING, self.ending)
        self.ending.stopped = self.ending.stopped or ending.stopped
        self.ending.left_behind = ending.left_behind
        self.not_selected = not_selected(config)

    def pytest_collection_finish(self, session: "pytest.Session") -> None:
        """Count the scenarios of every feature."""
        self._count([item.nodeid for item in session.items])

    @hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Count what the first lane found; all find the same."""
        if not self._most:
            self._count(ids)

    def _count(self, ids: list[str]) -> None:
        self._most, self._left = len(ids), Counter(map(_feature, ids))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Show a scenario that is done, and its feature if it was the last."""
        name = _feature(nodeid)
        self._left[name] -= 1
        self._done += 1
        if self._count_line.live or self._left[name]:
            self._count_line.show(f"{self._done}/{self._most}")
        if self._left[name] == 0:
            from conformance.recorder import records

            mine = [r.verdict for r in records() if r.feature == name]
            good = sum(verdict in GOOD for verdict in mine)
            start = "\r" if self._count_line.live else ""
            self._out.write(f"{start}{_word(mine)} {name:<22} {good}/{len(mine)}\n")
            self._out.flush()
            self._count_line.rest()


def _feature(nodeid: str) -> str:
    """Return the feature of a scenario, which is called as its file."""
    return Path(nodeid.partition("::")[0]).stem


def _word(verdicts: "Sequence[Verdict]") -> str:
    if GOOD.issuperset(verdicts):
        return "ok  "
    return "FAIL" if set(verdicts) - {*GOOD, "skipped", "not-run"} else "part"

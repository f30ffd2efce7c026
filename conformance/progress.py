"""What `rootswap check` shows while it runs."""

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from conformance.results import GOOD, Ending

if TYPE_CHECKING:
    import pytest


class Progress:
    """A pytest plugin: one line per feature as soon as it is done, on a terminal a counter too.

    It leaves importing the suite's plugin to pytest, which rewrites its asserts.
    """

    def __init__(self, out: TextIO) -> None:
        self._out, self._live = out, out.isatty()
        self._left: Counter[str] = Counter()
        self._feature: dict[str, str] = {}
        self._done = 0
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

    def pytest_unconfigure(self, config: "pytest.Config") -> None:
        """Learn how the run ended."""
        from conformance.recorder import ENDING, not_selected

        ending = config.stash.get(ENDING, self.ending)
        self.ending.stopped = self.ending.stopped or ending.stopped
        self.ending.left_behind = ending.left_behind
        self.not_selected = not_selected(config)

    def pytest_collection_finish(self, session: "pytest.Session") -> None:
        """Count the scenarios of every feature."""
        from conformance.items import feature_of

        self._feature = {item.nodeid: feature_of(item) for item in session.items}
        self._left = Counter(self._feature.values())

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Show a scenario that is done, and its feature if it was the last."""
        name = self._feature[nodeid]
        self._left[name] -= 1
        self._done += 1
        if self._live:
            self._out.write(f"\r{self._done}/{len(self._feature)} ")
        if self._left[name] == 0:
            from conformance.recorder import records

            mine = [r for r in records() if r.feature == name]
            good = sum(r.verdict in GOOD for r in mine)
            word = "ok  " if good == len(mine) else "FAIL"
            start = "\r" if self._live else ""
            self._out.write(f"{start}{word} {name:<22} {good}/{len(mine)}\n")
        self._out.flush()

"""What `rootswap check` shows while it runs."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pluggy import HookimplMarker

from conformance.results import GOOD, Ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from conformance.results import Verdict

hookimpl = HookimplMarker("pytest")


class Progress:
    """A pytest plugin: one line per feature as soon as it is done, on a terminal a counter too.

    It leaves importing the suite's plugin to pytest, which rewrites its asserts.
    """

    def __init__(self, out: TextIO) -> None:
        self._out, self._live = out, out.isatty()
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
        if self._live:
            self._out.write(f"\r{self._done}/{self._most} ")
        if self._left[name] == 0:
            from conformance.recorder import records

            mine = [r.verdict for r in records() if r.feature == name]
            good = sum(verdict in GOOD for verdict in mine)
            start = "\r" if self._live else ""
            self._out.write(f"{start}{_word(mine)} {name:<22} {good}/{len(mine)}\n")
        self._out.flush()


def _feature(nodeid: str) -> str:
    """Return the feature of a scenario, which is called as its file."""
    return Path(nodeid.partition("::")[0]).stem


def _word(verdicts: "Sequence[Verdict]") -> str:
    if GOOD.issuperset(verdicts):
        return "ok  "
    return "FAIL" if set(verdicts) - {*GOOD, "skipped", "not-run"} else "part"

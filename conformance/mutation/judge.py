"""Judge faults by the scenarios: which one notices a fault first.

pytest collects the scenarios once; then each fault is planted in a child of its own, which runs
them until one fails. Scenarios that guard the fault come first, then those that run the code it
touches. What a scenario runs is seen on the unmutated cloud, each in a child of its own, so that
nothing is left from the one before; it is looked at only when some fault is not noticed by its
guards.
"""

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from types import CodeType, FrameType
from typing import Any, NamedTuple

import pytest

from conformance.mutation.fault import Fault
from conformance.mutation.forks import Ended, each
from conformance.mutation.verdict import Verdict

_MOST_S = 300
_MOST_OVER_HTTP_S = 900
Report = Callable[[Verdict], None]
Say = Callable[[str], None]


class Seen(NamedTuple):
    """What a scenario did on the unmutated cloud."""

    passed: bool
    seconds: float
    codes: frozenset[tuple[str, int, str]]


def _key(code: CodeType) -> tuple[str, int, str]:
    """Return what names a piece of code in another process."""
    return code.co_filename, code.co_firstlineno, code.co_qualname


class Judge:
    """A pytest plugin that judges *faults* in place of running the tests."""

    def __init__(
        self,
        faults: Sequence[Fault],
        jobs: int,
        report: Report,
        say: Say,
        *,
        everywhere: bool,
        over_http: bool = False,
    ) -> None:
        self.faults, self.jobs, self.report, self.everywhere = faults, jobs, report, everywhere
        self.say, self.over_http = say, over_http
        self.broken: list[str] = []
        self.failing: set[str] = set()
        self.interrupted = False
        self._failed = False
        self._tags: dict[str, frozenset[str]] = {}
        self._seen: dict[str, Seen] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember what could not be read."""
        if report.failed:
            self.broken.append(report.longreprtext)

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that somebody ended the run."""
        self.interrupted = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See whether the scenario at hand fails."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge every fault; True tells pytest that all is done."""
        from conformance.items import feature_of, tags_of, title_of

        items = session.items
        for item in items:
            feature, (code, *title) = feature_of(item), title_of(item).split()
            words = {feature, code.strip("[]"), *(f"{feature}:{word}" for word in title)}
            self._tags[item.nodeid] = frozenset(tags_of(item) | words)
        first = {fault.id: self._guarding(items, fault) for fault in self.faults}
        left = self._round(first, self.faults, last=False)
        if left:
            self.say(f"{len(left)} faults escape who guards them: {len(items)} scenarios are run "
                     "to see which of them may notice")  # fmt: skip
            self._look(items)
            rest = {fault.id: self._reaching(items, fault, first[fault.id]) for fault in left}
            self._round(rest, left, last=True)
        return True

    def _round(
        self, asked: dict[str, list[pytest.Item]], faults: Sequence[Fault], *, last: bool
    ) -> list[Fault]:
        """Ask scenarios about each fault, tell of those noticed, and return the others."""
        works = ((fault, partial(self._run, fault, asked[fault.id])) for fault in faults)
        left: list[Fault] = []
        most_s = _MOST_OVER_HTTP_S if self.over_http else _MOST_S
        for fault, ended in each(works, self.jobs, most_s):
            verdict = self._verdict(fault, ended)
            if verdict.noticed_by or verdict.wrong or last:
                self.report(verdict)
            else:
                left.append(fault)
        return sorted(left, key=self.faults.index)

    def _verdict(self, fault: Fault, ended: Ended) -> Verdict:
        if ended.value is None:
            hangs = ended.wrong == "SIGALRM"  # a cloud that answers no more is noticed
            by = "it hangs" if hangs else ""
            return Verdict(fault, by, 0, ended.seconds, "" if hangs else ended.wrong)
        ran, title = ended.value
        return Verdict(fault, title, ran, ended.seconds)

    def _run(self, fault: Fault, items: list[pytest.Item]) -> tuple[int, str]:
        """Plant a fault, in a child, and return how many were asked and who noticed it."""
        if not (self.over_http and items):
            fault.plant()
            return self._ask(items)
        from conformance.mutation.serving import served
        from conformance.plugin import WIRE

        with served(fault.plant) as cloud:
            items[0].config.stash[WIRE] = cloud
            return self._ask(items)

    def _ask(self, items: list[pytest.Item]) -> tuple[int, str]:
        """Run scenarios until one fails."""
        from conformance.items import title_of

        for ran, item in enumerate(items, 1):
            if self._fails(item):
                return ran, title_of(item)
        return len(items), ""

    def _fails(self, item: pytest.Item) -> bool:
        self._failed = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return self._failed

    def _guarding(self, items: Sequence[pytest.Item], fault: Fault) -> list[pytest.Item]:
        """Return who guards a fault, in the order of its words."""
        words = dict.fromkeys(fault.guards.split())
        found = [
            (place, item)
            for item in items
            for place, word in enumerate(words)
            if word in self._tags[item.nodeid]
        ]
        return list({item.nodeid: item for _, item in sorted(found, key=lambda f: f[0])}.values())

    def _look(self, items: Sequence[pytest.Item]) -> None:
        """Run every scenario on the unmutated cloud, and see what it does."""
        from conformance.items import title_of

        works = ((item, partial(self._watch, item)) for item in items)
        for item, ended in each(works, self.jobs, _MOST_S):
            seen = ended.value or Seen(False, ended.seconds, frozenset())
            self._seen[item.nodeid] = seen
            if not seen.passed:
                self.failing.add(title_of(item))

    def _watch(self, item: pytest.Item) -> Seen:
        codes: set[CodeType] = set()

        def look(frame: FrameType, _event: str, _arg: Any) -> None:
            codes.add(frame.f_code)

        began_s = time.perf_counter()
        sys.settrace(look)
        try:
            failed = self._fails(item)
        finally:
            sys.settrace(None)
        ours = frozenset(_key(c) for c in codes if "simulator" in c.co_filename)
        return Seen(not failed, time.perf_counter() - began_s, ours)

    def _reaching(
        self, items: Sequence[pytest.Item], fault: Fault, asked: list[pytest.Item]
    ) -> list[pytest.Item]:
        """Return who may notice a fault and was not asked yet, the quickest first."""
        done, touched = {item.nodeid for item in asked}, {_key(code) for code in fault.touches}
        new = [item for item in items if item.nodeid not in done]
        if touched and not self.everywhere:
            new = [item for item in new if touched & self._seen[item.nodeid].codes]
        return sorted(new, key=lambda item: self._seen[item.nodeid].seconds)

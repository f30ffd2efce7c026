"""What a run shows while it runs and while it cleans up: a line now and then, never a flood."""

import io
from pathlib import Path

import pytest

from conformance.check import nothing
from conformance.ledger import Ledger
from conformance.progress import EVERY_S, Count, Progress
from conformance.removing import Removing


class Terminal(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that is moved by hand."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_file_gets_a_count_now_and_then() -> None:
    out, clock = io.StringIO(), Clock()
    count = Count(out, clock=clock)
    for number in range(100):
        count.show(f"{number} of 100")
        clock.now_s += 1
    assert out.getvalue().splitlines() == ["0 of 100", "30 of 100", "60 of 100", "90 of 100"]


def test_a_terminal_gets_every_count_in_one_line() -> None:
    out = Terminal()
    count = Count(out, clock=Clock())
    for number in range(3):
        count.show(str(number))
    assert out.getvalue() == "\r0 \r1 \r2 "


def test_a_feature_that_takes_long_is_not_silent() -> None:
    """Scenarios of all features take turns: the first feature may end after an hour."""
    out, clock = io.StringIO(), Clock()
    progress = Progress(out, nothing, clock)
    progress.pytest_xdist_node_collection_finished([f"a.feature::{n}" for n in range(100)])
    for number in range(99):
        progress.pytest_runtest_logfinish(f"a.feature::{number}")
        clock.now_s += 1
    assert out.getvalue().splitlines() == ["31/100", "61/100", "91/100"]
    clock.now_s += EVERY_S
    progress.pytest_runtest_logfinish("a.feature::99")
    assert out.getvalue().splitlines()[3:] == ["ok   a                      0/0"]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Give a ledger that has three things, of which one is gone."""
    ledger = Ledger(tmp_path / "run.db")
    for number in range(3):
        ledger.there(ledger.intend("lane", "createVolume", "volume", f"v{number}"), f"id-{number}")
    ledger.gone(1)
    return ledger


def test_what_is_removed_is_counted_whoever_removes_it(ledger: Ledger, tmp_path: Path) -> None:
    out, lane = Terminal(), Ledger(tmp_path / "run.db")
    removing = Removing(ledger, out)
    removing.begin()
    lane.gone(2)
    removing.look()
    lane.there(lane.intend("lane", "listed", "volume", "more"), "id-3")
    for number in (3, 4):
        lane.gone(number)
    removing.end()
    shown = list(dict.fromkeys(out.getvalue().rstrip("\n").split("\r")))
    assert shown[1:] == [f"removing what was created: {text} " for text in
                         ("0 of 2", "1 of 2", "3 of 3")]  # fmt: skip
    assert out.getvalue().endswith("3 of 3 \n")


def test_a_file_gets_its_begin_and_its_end(ledger: Ledger) -> None:
    out = io.StringIO()
    removing = Removing(ledger, out)
    removing.begin()
    removing.begin()
    for number in (2, 3):
        ledger.gone(number)
        removing.look()
    removing.end()
    removing.end()
    assert out.getvalue().splitlines() == [
        "removing what was created: 0 of 2", "removing what was created: 2 of 2",
    ]  # fmt: skip


def test_where_nothing_is_to_be_removed_nothing_is_shown(tmp_path: Path) -> None:
    out = Terminal()
    removing = Removing(Ledger(tmp_path / "run.db"), out)
    removing.begin()
    removing.end()
    assert out.getvalue() == ""

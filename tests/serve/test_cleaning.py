"""Cleaning up after a run: a cloud that is gone is given up soon, one that comes back is not."""

from pathlib import Path
from typing import Any

from conformance.cleaning import Cleaner
from conformance.ledger import Ledger
from conformance.line import Lost, NoAnswer, Unreachable
from simulator.port import Reply


class Silent:
    """A cloud that answers the first calls with an error of the line, and then that all is gone."""

    def __init__(self, fault: type[NoAnswer], times: int) -> None:
        self.fault, self.left, self.calls = fault, times, 0

    def call(self, command: str, /, **_text: Any) -> Reply:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise self.fault(command, "nothing answers")
        body = {"success": True} if command.startswith("delete") else {}
        return Reply(200, body, f"{command.lower()}response")

    def sleep(self, _seconds: float) -> None:
        """Let no time pass."""


def cleaner(cloud: Any, file: Path, count: int, kind: str = "network") -> Cleaner:
    ledger = Ledger(file / "run.db")
    for number in range(count):
        entry = ledger.intend("lane", f"create{kind.title()}", kind, f"n{number}")
        ledger.there(entry, f"id-{number}")
    return Cleaner(ledger, cloud, lambda: 0.0, 10.0)


def test_a_cloud_that_is_gone_is_given_up_after_three(tmp_path: Path) -> None:
    cloud = Silent(Unreachable, 1000)
    left = cleaner(cloud, tmp_path, 20).clean()
    assert (cloud.calls, len(left)) == (3, 20)
    assert left[0].answer == "nothing answers"
    assert left[-1].answer == "nothing answered before it"


def test_a_cloud_that_comes_back_is_cleaned(tmp_path: Path) -> None:
    cloud = Silent(Unreachable, 3)
    work = cleaner(cloud, tmp_path, 5)
    assert len(work.clean()) == 5
    assert work.clean() == []


def test_answers_that_are_lost_do_not_end_it(tmp_path: Path) -> None:
    cloud = Silent(Lost, 8)
    assert cleaner(cloud, tmp_path, 5).clean() == []


def test_the_domains_of_a_cloud_that_is_gone_are_not_all_looked_for(tmp_path: Path) -> None:
    """Each takes a minute to tell, and lanes have dozens."""
    cloud = Silent(Unreachable, 1000)
    cleaner(cloud, tmp_path, 20, "domain").adopt_domains()
    assert cloud.calls == 3


def test_all_domains_are_looked_for_once_the_cloud_is_back(tmp_path: Path) -> None:
    cloud = Silent(Unreachable, 2)
    cleaner(cloud, tmp_path, 20, "domain").adopt_domains()
    assert cloud.calls == 20

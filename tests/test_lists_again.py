"""A list that stumbled is asked once more, one that is not the caller's is not."""

from collections.abc import Mapping
from typing import Any

import pytest

from simulator.port import Reply
from steps.lists import shown

ROWS: list[dict[str, Any]] = [{"id": "1"}]


class Refusing:
    """A cloud that answers a list with each of some codes once, and then shows its rows."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def call(self, command: str, /, **text: Any) -> Reply:
        self.calls.append((command, text))
        if self.codes:
            return Reply(self.codes.pop(0), {"errortext": "no"}, "listhostsresponse")
        return Reply(200, {"count": 1, "host": ROWS}, "listhostsresponse")

    def send(self, parameters: Mapping[str, str]) -> Reply:
        raise NotImplementedError

    def sleep(self, _seconds: float) -> None:
        """Let no time pass."""

    def sign_in(self, _apikey: str, _secretkey: str) -> "Refusing":
        return self


@pytest.mark.parametrize("code", [401, 430, 432, 531])
def test_what_stays_refused_is_asked_once(code: int) -> None:
    cloud = Refusing(code)
    assert shown(cloud, "listHosts", "host", {"name": "h"}, again=True) == []
    assert cloud.calls == [("listHosts", {"listall": "true", "name": "h"})]


@pytest.mark.parametrize("code", [431, 530, 534])
def test_what_may_pass_is_asked_once_more_and_no_more(code: int) -> None:
    cloud = Refusing(code)
    assert shown(cloud, "listHosts", "host", {}, again=True) == ROWS
    assert len(cloud.calls) == 2
    cloud = Refusing(code, code)
    assert shown(cloud, "listHosts", "host", {}, again=True) == []
    assert len(cloud.calls) == 2


def test_where_nobody_else_is_no_list_is_asked_again() -> None:
    cloud = Refusing(530)
    assert shown(cloud, "listHosts", "host", {}, again=False) == []
    assert len(cloud.calls) == 1

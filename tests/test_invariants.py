"""Each invariant fails on a history that breaks it, whichever a scenario names."""

from types import SimpleNamespace
from typing import Any

import pytest

from steps.chance import ALONE, BETWEEN, held
from steps.outcomes import Moment, Outcome

VM = {"id": "vm", "zoneid": "z1"}
FREE = {"id": "v", "size": 1, "type": "DATADISK", "zoneid": "z1", "account": "a", "domainid": "d"}
ROOT = FREE | {"virtualmachineid": "vm", "deviceid": 0, "type": "ROOT"}
DATA = FREE | {"virtualmachineid": "vm", "deviceid": 1}
REFUSED = Outcome("sync", 431, "no", {})


def moment(*rows: dict[str, Any], at_s: float = 0, outcome: Outcome | None = None) -> Moment:
    named = (r if r["id"] == "vm" else r | {"id": f"v{n}"} for n, r in enumerate(rows))
    seen = {row["id"]: row for row in named}
    return Moment(at_s, "attachVolume", outcome or Outcome("", 200, "", {}, (0, 1, 1)), seen)


BROKEN = {
    "one-root-per-vm": moment(VM, ROOT, ROOT),
    "device-iff-attached": moment(VM, FREE | {"deviceid": 1}),
    "devices-unique": moment(VM, DATA, DATA),
    "same-zone": moment(VM, DATA | {"zoneid": "z2"}),
    "root-iff-device-0": moment(VM, DATA | {"type": "ROOT"}),
    "progress-goes-on": moment(VM, FREE, outcome=Outcome("", 200, "", {}, (0, 1, 0))),
    "owner-stays": moment(VM, FREE | {"account": "b"}),
    "nothing-lost": moment(VM),
    "time-goes-on": moment(VM, FREE, at_s=-1),
    "refused-changes-nothing": moment(VM, FREE | {"name": "other"}, outcome=REFUSED),
}
GOOD = (moment(VM, FREE), moment(VM, DATA, at_s=1), moment(VM, ROOT, at_s=2))


def world(*history: Moment, in_turn: bool = True) -> Any:
    return SimpleNamespace(history=list(history), in_turn=in_turn)


def test_there_is_a_broken_history_for_each() -> None:
    assert BROKEN.keys() == ALONE.keys() | BETWEEN.keys()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_history_fails_whatever_a_scenario_names(name: str) -> None:
    held(world(*GOOD), name)
    start = GOOD[0]
    for named in (name, "time-goes-on"):
        with pytest.raises(AssertionError, match=name):
            held(world(start, BROKEN[name]), named)


@pytest.mark.parametrize("name", ["refused-changes-nothing", "progress-goes-on"])
def test_what_says_nothing_of_jobs_side_by_side_is_left_out(name: str) -> None:
    held(world(GOOD[0], BROKEN[name], in_turn=False), "time-goes-on")


def test_what_somebody_asked_to_create_or_to_remove_is_not_lost() -> None:
    start, end = GOOD[0], moment(VM)
    gone = next(key for key in start.seen if key != "vm")
    held(world(start, end._replace(removed=frozenset({gone}))), "nothing-lost")
    held(world(end, start._replace(created=frozenset({gone}))), "nothing-lost")
    with pytest.raises(AssertionError):
        held(world(end, start), "nothing-lost")


_MADE = FREE | {"state": "Ready", "storage": "a pool"}
_OF_DEVICE = Outcome("job", 530, "deviceId 1 is used by vol v on vm w", {})


@pytest.mark.parametrize(
    ("outcome", "row", "kept"),
    [
        (_OF_DEVICE, _MADE, True),
        (_OF_DEVICE, _MADE | {"name": "other"}, False),
        (_OF_DEVICE, _MADE | {"virtualmachineid": "vm", "deviceid": 1}, False),
        (_OF_DEVICE, _MADE | {"state": "Destroy"}, False),
        (REFUSED, _MADE, False),
    ],
)
def test_only_a_refused_device_id_may_change_where_a_volume_lies(
    outcome: Outcome, row: dict[str, Any], kept: bool
) -> None:
    history = world(moment(VM, FREE | {"state": "Allocated"}), moment(VM, row, outcome=outcome))
    if kept:
        held(history, "refused-changes-nothing")
    else:
        with pytest.raises(AssertionError, match="refused-changes-nothing"):
            held(history, "refused-changes-nothing")

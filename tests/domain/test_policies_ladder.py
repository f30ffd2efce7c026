"""createSnapshotPolicy to deleteSnapshotPolicies refuse by their first broken row."""

from typing import Any

import pytest
from builders import account, volume
from ladder import OLD, Break, Ladder

from simulator.domain.customs import CUSTOM_ID, Custom
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.policies import (
    DELETE_POLICIES,
    LIST_POLICIES,
    POLICY,
    UPDATE_POLICY,
    Change,
    Forget,
    Policy,
    Sought,
)
from simulator.domain.rules import Phase
from simulator.domain.schedules import well_formed
from simulator.domain.states import VolumeState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED = Kind.PARAM, Kind.DENIED


def policy(dialect: Dialect) -> Policy:
    """Return a daily policy of a Ready volume."""
    return Policy(dialect, volume(), None, account(), "DAILY", "30:4", 3)


# fmt: off
POLICY_BREAKS: dict[str, Break[Policy]] = {
    "SPO-04": Break(R, PARAM, lambda p: p._replace(volume=p.volume._replace(removed=True))),
    "SPO-05": Break(R, DENIED, lambda p: p._replace(owner=account(enabled=False))),
    "SPO-06": Break(R, Kind.UNCAUGHT, lambda p: p._replace(encrypted=True)),
    "SPO-07": Break(R, DENIED, lambda p: p._replace(caller_may=False)),
    "SPO-03": Break(
        R, PARAM, lambda p: p._replace(volume=p.volume._replace(state=VolumeState.ALLOCATED))
    ),
    "SPO-01": Break(R, PARAM, lambda p: p._replace(interval="yearly")),
    "SPO-08": Break(R, PARAM, lambda p: p._replace(schedule="99")),
    "SPO-02": Break(R, PARAM, lambda p: p._replace(keep=0)),
    "SPO-09": Break(R, PARAM, lambda p: p._replace(keep=9)),
    "SPO-10": Break(R, PARAM, lambda p: p._replace(most=2)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        POLICY,
        (
            policy,
            lambda d: policy(d)._replace(interval="Hourly", schedule="61", most=3),
            lambda d: policy(d)._replace(display=False, volume=volume(state=VolumeState.ALLOCATED)),
            lambda d: policy(d)._replace(display=False, most=1),
        ),
        POLICY_BREAKS,
        {
            ("SPO-01", "SPO-08"): "an unknown interval has no form of schedule",
            ("SPO-02", "SPO-09"): "a number is not both too small and too large",
        },
    ),
    Ladder(
        UPDATE_POLICY,
        (lambda d: Change(d, True),),
        {"UPY-01": Break(R, PARAM, lambda u: u._replace(named=False))},
    ),
    Ladder(
        LIST_POLICIES,
        (lambda d: Sought(d, volume()),),
        {"LPO-01": Break(R, PARAM, lambda s: s._replace(volume=None), (OLD,))},
    ),
    Ladder(
        DELETE_POLICIES,
        (lambda d: Forget(d, True, True),),
        {
            "DSP-01": Break(R, PARAM, lambda u: u._replace(named=False)),
            "DSP-02": Break(R, DENIED, lambda u: u._replace(caller_may=False)),
        },
    ),
    Ladder(
        CUSTOM_ID,
        (lambda d: Custom(d, "11111111-2222-3333-4444-555555555555", False),),
        {
            "CID-01": Break(J, PARAM, lambda c: c._replace(text="ABC")),
            "CID-02": Break(J, PARAM, lambda c: c._replace(taken=True)),
        },
    ),
)


@pytest.mark.parametrize(
    ("interval", "schedule"),
    [
        ("hourly", ""), ("hourly", ":"), ("hourly", "x"), ("hourly", "1.5"), ("daily", "99"),
        ("daily", "9:"), ("weekly", "1:1"), ("monthly", "1:1:29"), ("daily", "1:9999999999"),
        ("hourly", " 5"), ("hourly", "٣"),
    ],
)  # fmt: skip
def test_a_schedule_has_the_parts_of_its_interval(interval: str, schedule: str) -> None:
    assert not well_formed(interval, schedule)

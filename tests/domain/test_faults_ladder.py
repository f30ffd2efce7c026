"""rootswapStrike refuses by its first broken row; faults come in the order they were asked for."""

from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.faults import ALWAYS, STRIKE, Fault, Mode, Strike, add, take
from simulator.domain.rules import Phase

R, PARAM = Phase.REQUEST, Kind.PARAM
ATTACH = "AttachCommand"


def once(dialect: Dialect) -> Strike:
    """Return a host that is to refuse one attach."""
    return Strike(dialect, ATTACH, (ATTACH,), 1, "fail", None)


# fmt: off
BREAKS: dict[str, Break[Strike]] = {
    "STK-01": Break(R, PARAM, lambda s: s._replace(operation="FlyCommand")),
    "STK-02": Break(R, PARAM, lambda s: s._replace(mode="mean")),
    "STK-03": Break(R, PARAM, lambda s: s._replace(times=-2)),
    "STK-04": Break(R, PARAM, lambda s: s._replace(seconds=0.0)),
    "STK-05": Break(R, PARAM, lambda s: s._replace(mode="slow", seconds=None)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        STRIKE,
        (
            once,
            lambda d: once(d)._replace(times=ALWAYS, mode="timeout", seconds=12.0),
            lambda d: once(d)._replace(times=0),
            lambda d: once(d)._replace(mode="slow", seconds=0.5),
        ),
        BREAKS,
        {("STK-04", "STK-05"): "no seconds are not too few"},
    ),
)


def test_faults_come_in_order_and_so_often() -> None:
    faults: dict[str, list[Fault]] = {}
    late = Fault(Mode.TIMEOUT, 1, 12.0)
    for fault in (Fault(Mode.FAIL, 1), Fault(Mode.FAIL, 1), late):
        add(faults, ATTACH, fault)

    came = [take(faults, ATTACH) for _ in range(4)]

    assert [fault and fault.mode for fault in came] == [Mode.FAIL, Mode.FAIL, Mode.TIMEOUT, None]
    assert not faults


def test_always_is_until_it_is_taken_back() -> None:
    faults: dict[str, list[Fault]] = {}
    for times in (1, ALWAYS, 1):
        add(faults, ATTACH, Fault(Mode.FAIL, times))
    assert all(take(faults, ATTACH) for _ in range(9))

    add(faults, ATTACH, Fault(Mode.FAIL, 0))

    assert take(faults, ATTACH) is None
    assert not faults

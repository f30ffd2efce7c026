"""Tags, jobs and settings refuse by their first broken row."""

from collections.abc import Callable
from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase
from simulator.domain.setting_values import GOOD_WAIT, bad_wait
from simulator.domain.upkeep import (
    ASK_JOB,
    CAPABLE,
    CONFIGURE,
    RESET,
    TAG,
    UNTAG,
    AskJob,
    Capable,
    Configure,
    Known,
    Tagging,
    Untagging,
)

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED = Kind.PARAM, Kind.DENIED
ALICE = Account("account-1", 5, "alice", "domain-1", Role.USER)


def tagging(dialect: Dialect) -> Tagging:
    """Return a new tag for a volume of the caller."""
    return Tagging(
        dialect, "volume", "Volume", tagged_kind=True, resource="volume-1", known=True,
        caller_may=True, key="colour", value="red", free=True,
    )  # fmt: skip


def configuring(dialect: Dialect) -> Configure:
    """Return a setting to change."""
    return Configure(
        dialect, "a.b", known=True, value="5", type="Integer", well_formed=True, wait=GOOD_WAIT,
        least=1, largest=5,
    )  # fmt: skip


def wait(text: str) -> Callable[[Configure], Configure]:
    """Return how a setting is given commands that wait."""
    return lambda c: c._replace(wait=bad_wait(text))


# fmt: off
TAGS: dict[str, Break[Tagging]] = {
    "TAG-01": Break(J, PARAM, lambda t: t._replace(kind="")),
    "TAG-02": Break(J, PARAM, lambda t: t._replace(tagged_kind=False)),
    "TAG-03": Break(J, PARAM, lambda t: t._replace(known=False)),
    "TAG-04": Break(J, DENIED, lambda t: t._replace(caller_may=False)),
    "TAG-05": Break(J, PARAM, lambda t: t._replace(value="")),
    "TAG-06": Break(J, Kind.RUNTIME, lambda t: t._replace(free=False)),
}
UNTAGS: dict[str, Break[Untagging]] = {
    "UTG-01": Break(J, Kind.INTERNAL, lambda t: t._replace(tags=0)),
    "UTG-02": Break(J, DENIED, lambda t: t._replace(caller_may=False)),
}
JOBS: dict[str, Break[AskJob]] = {
    "QJB-01": Break(R, DENIED, lambda j: j._replace(caller_may=False, by_admin=True)),
    "QJB-02": Break(R, DENIED, lambda j: j._replace(caller_may=False, by_admin=False)),
}
SETTINGS: dict[str, Break[Configure]] = {
    "CFG-01": Break(R, PARAM, lambda c: c._replace(known=False)),
    "CFG-03": Break(R, Kind.UNCAUGHT, lambda c: c._replace(type="Boolean", value="null")),
    "CFG-04": Break(R, PARAM, wait("A")),
    "CFG-05": Break(R, PARAM, wait("A=1=2")),
    "CFG-06": Break(R, PARAM, wait("=1")),
    "CFG-07": Break(R, PARAM, wait("A=x")),
    "CFG-08": Break(R, PARAM, wait("A=0")),
    "CFG-02": Break(R, PARAM, lambda c: c._replace(well_formed=False)),
    "CFG-09": Break(R, PARAM, lambda c: c._replace(value="0")),
    "CFG-10": Break(R, PARAM, lambda c: c._replace(value="6")),
}
ABLE: dict[str, Break[Capable]] = {
    "UHC-01": Break(R, PARAM, lambda c: c._replace(known=False)),
    "UHC-02": Break(R, PARAM, lambda c: c._replace(least=-1)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(TAG, (tagging,), TAGS),
    Ladder(UNTAG, (lambda d: Untagging(d, 1, caller_may=True),), UNTAGS),
    Ladder(
        ASK_JOB,
        (lambda d: AskJob(d, ALICE, 9, caller_may=True, by_admin=False),),
        JOBS,
        {("QJB-01", "QJB-02"): "an administrator asks or a user"},
    ),
    Ladder(
        RESET,
        (lambda d: Known(d, "a.b", known=True),),
        {"CFG-11": Break(R, PARAM, lambda k: k._replace(known=False))},
    ),
    Ladder(
        CONFIGURE,
        (configuring, lambda d: configuring(d)._replace(value=None)),
        SETTINGS,
        {
            ("CFG-05", "CFG-06"): "a part without sides names no command",
            ("CFG-06", "CFG-07"): "the first fault of a part is its answer",
            ("CFG-09", "CFG-10"): "a number is too small or too large",
        },
    ),
    Ladder(CAPABLE, (lambda d: Capable(d, "7", known=True, least=0),), ABLE),
)

"""Tags, jobs and settings refuse by their first broken row."""

from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase
from simulator.domain.upkeep import (
    ASK_JOB,
    CAPABLE,
    CONFIGURE,
    TAG,
    UNTAG,
    AskJob,
    Capable,
    Configure,
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
    return Configure(dialect, "a.b", known=True, value="5", type="Integer", well_formed=True)


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
    "CFG-02": Break(R, PARAM, lambda c: c._replace(well_formed=False)),
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
    Ladder(CONFIGURE, (configuring, lambda d: configuring(d)._replace(value=None)), SETTINGS),
    Ladder(CAPABLE, (lambda d: Capable(d, "7", known=True, least=0),), ABLE),
)

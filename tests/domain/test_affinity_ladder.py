"""Affinity groups are refused by the first broken row."""

from typing import Any

from builders import OWNER, account, vm
from ladder import Break, Ladder

from simulator.domain.affinity import (
    APART,
    CREATE_GROUP,
    DEDICATED,
    DELETE_GROUP,
    DEPLOY_INTO,
    JOIN_GROUPS,
    AffinityGroup,
    JoinGroups,
    NewGroup,
    OldGroup,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED = Kind.PARAM, Kind.DENIED
GROUP = AffinityGroup("group-1", 2, "apart", OWNER, APART)


def new_group(dialect: Dialect) -> NewGroup:
    """Return a group of one's own."""
    return NewGroup(
        dialect, "apart", APART, caller_is_root=False, alone=False, caller_may=True, name_free=True
    )


def old_group(dialect: Dialect) -> OldGroup:
    """Return a group to delete."""
    return OldGroup(dialect, account(), named=True, name="apart", group=GROUP, caller_may=True)


def into(dialect: Dialect) -> JoinGroups:
    """Return one group for a stopped VM."""
    return JoinGroups(dialect, ways=1, missing="", owner=account(), foreign=None, vm=vm())


def _vm(case: Any, **changes: Any) -> Any:
    return case._replace(vm=case.vm._replace(**changes))


# fmt: off
CREATE_BREAKS: dict[str, Break[NewGroup]] = {
    "AGC-01": Break(R, PARAM, lambda g: g._replace(type="loose")),
    "AGC-02": Break(R, DENIED, lambda g: g._replace(type=DEDICATED)),
    "AGC-03": Break(R, PARAM, lambda g: g._replace(alone=True)),
    "AGC-04": Break(R, PARAM, lambda g: g._replace(alone=True, caller_is_root=True)),
    "AGC-05": Break(R, DENIED, lambda g: g._replace(caller_may=False)),
    "AGC-06": Break(R, PARAM, lambda g: g._replace(name_free=False)),
}
DELETE_BREAKS: dict[str, Break[OldGroup]] = {
    "AGD-01": Break(J, PARAM, lambda g: g._replace(named=False)),
    "AGD-02": Break(J, PARAM, lambda g: g._replace(group=None)),
    "AGD-03": Break(J, DENIED, lambda g: g._replace(caller_may=False)),
}
JOIN_BREAKS: dict[str, Break[JoinGroups]] = {
    "AGU-09": Break(R, DENIED, lambda g: g._replace(caller_may=False)),
    "AGU-01": Break(J, PARAM, lambda g: g._replace(ways=2)),
    "AGU-02": Break(J, PARAM, lambda g: g._replace(ways=0)),
    "AGU-03": Break(J, PARAM, lambda g: g._replace(missing="none")),
    "AGU-04": Break(J, PARAM, lambda g: _vm(g, kind=VmKind.DOMAIN_ROUTER)),
    "AGU-05": Break(J, PARAM, lambda g: _vm(g, kind=VmKind.SHARED_FS)),
    "AGU-06": Break(J, PARAM, lambda g: _vm(g, hypervisor=Hypervisor.EXTERNAL)),
    "AGU-07": Break(J, PARAM, lambda g: _vm(g, state=VmState.RUNNING)),
    "AGU-08": Break(J, DENIED, lambda g: g._replace(foreign=GROUP)),
}
INTO_BREAKS: dict[str, Break[JoinGroups]] = {
    "AGV-01": Break(R, PARAM, lambda g: g._replace(ways=2)),
    "AGV-02": Break(R, PARAM, lambda g: g._replace(missing="none")),
    "AGV-04": Break(R, DENIED, lambda g: g._replace(caller_may=False)),
    "AGV-03": Break(R, DENIED, lambda g: g._replace(foreign=GROUP)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        CREATE_GROUP,
        (
            new_group,
            lambda d: new_group(d)._replace(type=DEDICATED, alone=True, caller_is_root=True),
        ),
        CREATE_BREAKS,
        {
            ("AGC-01", "AGC-02"): "a dedication is a type",
            ("AGC-03", "AGC-04"): "the one is for root admins, the other for all others",
        },
    ),
    Ladder(DELETE_GROUP, (old_group,), DELETE_BREAKS),
    Ladder(
        JOIN_GROUPS,
        (into,),
        JOIN_BREAKS,
        {
            ("AGU-01", "AGU-02"): "two ways are not none",
            ("AGU-04", "AGU-05"): "a VM has one kind",
        },
    ),
    Ladder(DEPLOY_INTO, (into, lambda d: into(d)._replace(ways=0)), INTO_BREAKS),
)

"""The commands about users' VMs refuse other VMs first."""

from typing import Any

from builders import vm
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.vm_kinds import (
    DESTROY_KIND,
    EXPUNGE_KIND,
    REBOOT_KIND,
    RECOVER_KIND,
    START_KIND,
    STOP_KIND,
    OfKind,
)

R, J = Phase.REQUEST, Phase.JOB
_APART = "a shared file system is a user's VM"


def user_vm(dialect: Dialect) -> OfKind:
    """Return a user's VM."""
    return OfKind(dialect, vm())


def of(kind: VmKind, phase: Phase = J) -> Break[OfKind]:
    """Return the break that makes the VM one of *kind*."""
    return Break(phase, Kind.PARAM, lambda k: k._replace(vm=vm(kind=kind)))


_ROUTER, _SHARED = VmKind.DOMAIN_ROUTER, VmKind.SHARED_FS
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(START_KIND, (user_vm,), {"STA-10": of(_ROUTER)}),
    Ladder(
        STOP_KIND,
        (user_vm, lambda d: user_vm(d)._replace(forced=True)),
        {
            "STP-01": of(_ROUTER),
            "STP-02": Break(J, Kind.DENIED, lambda k: k._replace(forced=True, may_force=False)),
        },
    ),
    Ladder(REBOOT_KIND, (user_vm,), {"REB-02": of(_ROUTER)}),
    Ladder(
        DESTROY_KIND,
        (user_vm,),
        {"DSM-05": of(_ROUTER), "DSM-06": of(_SHARED)},
        {("DSM-05", "DSM-06"): _APART},
    ),
    Ladder(
        EXPUNGE_KIND,
        (user_vm,),
        {"EXP-03": of(_ROUTER), "EXP-04": of(_SHARED)},
        {("EXP-03", "EXP-04"): _APART},
    ),
    Ladder(
        RECOVER_KIND,
        (user_vm,),
        {"RCM-03": of(_ROUTER, R), "RCM-04": of(_SHARED, R)},
        {("RCM-03", "RCM-04"): _APART},
    ),
)

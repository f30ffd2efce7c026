"""System VMs and routers are not started, stopped and rebooted by the first broken row."""

from typing import Any

from builders import account, vm
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState
from simulator.domain.system_vms import (
    DESTROY_ROUTER,
    ON_SYSTEM_VM,
    REBOOT_ROUTER,
    START_ROUTER,
    STOP_ROUTER,
    OnRouter,
    OnSystemVm,
)

R, J = Phase.REQUEST, Phase.JOB
ROUTER = VmKind.DOMAIN_ROUTER


def system_vm(dialect: Dialect) -> OnSystemVm:
    """Return a console proxy."""
    return OnSystemVm(dialect, vm(kind=VmKind.CONSOLE_PROXY))


def router(dialect: Dialect) -> OnRouter:
    """Return a running router."""
    running = vm(kind=ROUTER, state=VmState.RUNNING)
    return OnRouter(dialect, running, account(), "Network", caller_may=True)


def _vm(case: Any, **changes: Any) -> Any:
    return case._replace(vm=case.vm._replace(**changes))


def router_breaks(prefix: str) -> dict[str, Break[OnRouter]]:
    """Return how the rows are broken that all commands on routers have."""
    return {
        f"{prefix}-01": Break(J, Kind.PARAM, lambda r: _vm(r, kind=VmKind.USER)),
        f"{prefix}-02": Break(J, Kind.DENIED, lambda r: r._replace(caller_may=False)),
    }


LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        ON_SYSTEM_VM,
        (system_vm, lambda d: _vm(system_vm(d), kind=VmKind.SECONDARY_STORAGE)),
        {"SVM-01": Break(R, Kind.PARAM, lambda s: _vm(s, kind=ROUTER))},
    ),
    Ladder(START_ROUTER, (router,), router_breaks("RTS")),
    Ladder(
        DESTROY_ROUTER,
        (router,),
        {
            "RTD-01": Break(J, Kind.INTERNAL, lambda r: _vm(r, kind=VmKind.USER)),
            "RTD-02": Break(J, Kind.DENIED, lambda r: r._replace(caller_may=False)),
        },
    ),
    Ladder(STOP_ROUTER, (router,), router_breaks("RTO")),
    Ladder(
        REBOOT_ROUTER,
        (router,),
        router_breaks("RTB")
        | {"RTB-03": Break(J, Kind.RUNTIME, lambda r: _vm(r, state=VmState.STOPPED))},
    ),
)

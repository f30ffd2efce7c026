"""assignVirtualMachine refuses by its first broken row."""

from typing import Any

from builders import account, vm
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.giving import ASSIGN_VM, AssignVm
from simulator.domain.records import Role, VmKind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R, BAD, INTERNAL = Phase.REQUEST, Kind.MALFORMED, Kind.INTERNAL
NEW = account(id="new")


def assignment(dialect: Dialect) -> AssignVm:
    """Return a stopped VM that shall have another owner."""
    return AssignVm(dialect, account(id="root", role=Role.ADMIN), vm(), NEW)


# fmt: off
BREAKS: dict[str, Break[AssignVm]] = {
    "ASM-15": Break(R, BAD, lambda a: a._replace(caller=account(role=Role.RESOURCE_ADMIN))),
    "ASM-02": Break(R, BAD, lambda a: a._replace(vm=a.vm._replace(state=VmState.RUNNING))),
    "ASM-09": Break(R, BAD, lambda a: a._replace(vm=a.vm._replace(kind=VmKind.SHARED_FS))),
    "ASM-10": Break(R, BAD, lambda a: a._replace(owner=None, fault=Kind.PARAM)),
    "ASM-11": Break(R, INTERNAL, lambda a: a._replace(
        owner=None, fault=a.fault or Kind.DENIED)),
    "ASM-16": Break(R, BAD, lambda a: a._replace(owner=NEW._replace(enabled=False))),
    "ASM-04": Break(R, BAD, lambda a: a._replace(
        owner=(a.owner or NEW)._replace(id=a.vm.account_id))),
    "ASM-01": Break(R, INTERNAL, lambda a: a._replace(caller_may=False)),
    "ASM-12": Break(R, BAD, lambda a: a._replace(shared_project=True)),
    "ASM-07": Break(R, BAD, lambda a: a._replace(forwarded=True)),
    "ASM-05": Break(R, BAD, lambda a: a._replace(snapshots=True)),
    "ASM-08": Break(R, INTERNAL, lambda a: a._replace(over_limit="no room")),
    "ASM-13": Break(R, INTERNAL, lambda a: a._replace(may_launch=False)),
    "ASM-14": Break(R, INTERNAL, lambda a: a._replace(at_home=False)),
    "ASM-17": Break(R, INTERNAL, lambda a: a._replace(barred=True)),
    "ASM-18": Break(R, BAD, lambda a: a._replace(isolated=2)),
    "ASM-19": Break(R, INTERNAL, lambda a: a._replace(isolated=0, network_room=False)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        ASSIGN_VM,
        (assignment,),
        BREAKS,
        {
            ("ASM-18", "ASM-19"): "there are networks or there are none",
        },
    ),
)

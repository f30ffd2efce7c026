"""Calls whose end can be foreseen: what refuses them, by their rows, before anybody sends them."""

from collections.abc import Callable, Mapping

from simulator.api.command import Call, Command, read
from simulator.api.machines import of_kind
from simulator.api.table import COMMANDS
from simulator.domain.errors import CloudError, Refused
from simulator.domain.rules import Phase
from simulator.domain.spelling import worded
from simulator.domain.vm_kinds import START_KIND, STOP_KIND
from simulator.engine.foreseeing import foresee_attach, foresee_detach, foresee_start
from simulator.port import Obstacle, Reply


def _attach(call: Call) -> None:
    args = call.args
    foresee_attach(call.world, args["id"].id, args["virtualmachineid"].id, args.get("deviceid"))


def _detach(call: Call) -> None:
    volume, vm = call.args.get("id"), call.args.get("virtualmachineid")
    volume_id, vm_id = volume.id if volume else None, vm.id if vm else None
    foresee_detach(call.world, call.account, volume_id, vm_id, call.args.get("deviceid"))


def _start(call: Call) -> None:
    vm_id = call.args["id"].id
    START_KIND.require(Phase.JOB, of_kind(call, vm_id))
    foresee_start(call.world, call.account, vm_id)


def _stop(call: Call) -> None:
    STOP_KIND.require(Phase.JOB, of_kind(call, call.args["id"].id))


FORESEEN: dict[str, Callable[[Call], None]] = {
    "attachVolume": _attach,
    "detachVolume": _detach,
    "startVirtualMachine": _start,
    "stopVirtualMachine": _stop,
}
"""Command -> what raises the error with which its job would end."""


def foreseeable(command: str) -> Command:
    """Return the row of a command whose end can be foreseen; ValueError for another."""
    if command not in FORESEEN:
        msg = f"{command} is not judged before it is sent: one of {', '.join(FORESEEN)}"
        raise ValueError(msg)
    return COMMANDS[command]


def obstacle(call: Call, row: Command, text: Mapping[str, str]) -> Obstacle | None:
    """Return what would refuse a call with the parameters *text* now, None if nothing."""
    try:
        args = read(row, call.world, call.account, text)
    except CloudError as no:
        return _obstacle(call, no, no.kind.sync_code)
    try:
        FORESEEN[row.name](call._replace(args=args))
    except CloudError as no:
        return _obstacle(call, no, no.kind.job_code)
    return None


def barrier(shut: Reply) -> Obstacle:
    """Return as an obstacle the reply to what a caller may not call at all."""
    return Obstacle("", str(shut.body["errortext"]), shut.status)


def _obstacle(call: Call, no: CloudError, code: int) -> Obstacle:
    rule = no.rule_id if isinstance(no, Refused) else ""
    return Obstacle(rule, worded(call.world.dialect, call.account, no.text), code)

"""Starting, stopping, rebooting and destroying of system VMs and routers."""

from collections.abc import Callable

from simulator.api import render_system as render
from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.render_system import ROUTER, SYSTEM_VM
from simulator.api.submit import submit
from simulator.domain.records import Vm, VmKind
from simulator.domain.rules import Phase, Table
from simulator.domain.system_vms import (
    DESTROY_ROUTER,
    ON_SYSTEM_VM,
    REBOOT_ROUTER,
    START_ROUTER,
    STOP_ROUTER,
    OnRouter,
    OnSystemVm,
)
from simulator.engine import system_vms as engine
from simulator.engine.starting import stop
from simulator.engine.world import Flow, World

_Power = Callable[[World, str, bool], Flow]


def _start(world: World, vm_id: str, _: bool) -> Flow:
    return engine.start(world, vm_id)


def _stop(world: World, vm_id: str, _: bool) -> Flow:
    return stop(world, vm_id)


def _destroy(world: World, vm_id: str, _: bool) -> Flow:
    return engine.destroy(world, vm_id)


def _reboot(world: World, vm_id: str, forced: bool) -> Flow:
    return engine.reboot(world, vm_id, forced=forced)


def _system(power: _Power, proxy_command: str) -> Callable[[Call], Row]:
    """Return the handler of a command on system VMs, whose events differ for a console proxy."""

    def handler(call: Call) -> Row:
        vm = call.args["id"]
        ON_SYSTEM_VM.require(Phase.REQUEST, OnSystemVm(call.world.dialect, vm))
        if vm.kind is VmKind.CONSOLE_PROXY:
            call = call._replace(command=proxy_command)
        flow = power(call.world, vm.id, bool(call.args.get("forced")))
        instance = ("SystemVm", vm.id)
        return submit(call, flow, "systemvm", lambda i, _: _shown(call, i), instance)

    return handler


def _shown(call: Call, vm_id: str) -> Row:
    return {"systemvm": render.system_vm(call, call.world.store.vms[vm_id])}


def _spelt(world: World, vm: Vm) -> str:
    """Return how messages spell the network of a router's guests, "" where *vm* is no router."""
    network = world.store.networks.get(vm.network_id or "")
    if network is None:
        return ""
    return network.spelt(world.store.network_offerings[network.offering_id].db_id)


def _router(power: _Power, table: Table[OnRouter]) -> Callable[[Call], Row]:
    """Return the handler of a command on routers."""

    def handler(call: Call) -> Row:
        world, vm_id = call.world, call.args["id"].id

        def flow() -> Flow:
            vm = world.store.vms[vm_id]
            may = world.may(call.account, vm.account_id)
            network = _spelt(world, vm)
            table.require(Phase.JOB, OnRouter(world.dialect, vm, call.account, network, may))
            return (yield from power(world, vm_id, bool(call.args.get("forced"))))

        def show(found: str, _: object) -> Row:
            return {"router": render.router(call, world.store.vms[found])}

        return submit(call, flow(), "router", show, ("DomainRouter", vm_id))

    return handler


_ROWS = (
    ("startSystemVm", _system(_start, "startConsoleProxy"), "", "Starts a system VM"),
    ("stopSystemVm", _system(_stop, "stopConsoleProxy"), "", "Stops a system VM"),
    ("rebootSystemVm", _system(_reboot, "rebootConsoleProxy"), " forced:bool",
     "Reboots a system VM, or starts it where it is stopped"),
    ("destroySystemVm", _system(_destroy, "destroyConsoleProxy"), "",
     "Removes a system VM, in whose place another starts"),
    ("destroyRouter", _router(_destroy, DESTROY_ROUTER), "", "Removes a router"),
    ("startRouter", _router(_start, START_ROUTER), "", "Starts a router"),
    ("stopRouter", _router(_stop, STOP_ROUTER), "", "Stops a router"),
    ("rebootRouter", _router(_reboot, REBOOT_ROUTER), " forced:bool", "Reboots a router"),
)  # fmt: skip
COMMANDS = tuple(
    Command(
        name,
        handler,
        f"id:vm!{'@' if name.endswith('Vm') else '~'}{more}",
        says=says,
        answers=SYSTEM_VM if name.endswith("Vm") else ROUTER,
        roles="A" if name.endswith("Vm") else "ASD",
        is_async=True,
    )
    for name, handler, more, says in _ROWS
)

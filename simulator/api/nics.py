"""Nics of VMs: added, removed, listed, made the default one, given another address."""

from functools import partial

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paged
from simulator.api.narrate import tell_of_network
from simulator.api.render_nic import NIC, listed_nic
from simulator.api.render_vm import VM
from simulator.api.submit import submit
from simulator.domain.networks import Network
from simulator.domain.nics import (
    DEFAULT_NIC,
    GONE_NIC,
    LIST_NICS,
    MOVE_NIC,
    AddNic,
    GoneNic,
    ListNics,
    MoveNic,
    Nic,
    OnNic,
    is_mac,
)
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.engine import nics as engine
from simulator.engine.jobs import Job
from simulator.engine.secondary import leading_to
from simulator.engine.world import Flow

_VM = "VirtualMachine"
_PARTS = "virtualmachineid:vm!@ nicid:nic!"


def _submit(call: Call, flow: Flow, instance: tuple[str, str] | None = None) -> Row:
    """Start a job whose result is a VM with no more than its nics."""

    def show(vm_id: str, job: Job) -> Row:
        seen = call._replace(args={"details": "nics"})
        job_id = job.id if instance else None
        return {"virtualmachine": render_vm.vm(seen, call.world.store.vms[vm_id], job_id)}

    return submit(call, flow, "vm", show, instance)


def _case(call: Call) -> AddNic:
    store, args = call.world.store, call.args
    vm, network = store.vms[args["virtualmachineid"].id], store.networks[args["networkid"].id]
    plan = store.network_offerings[network.offering_id]
    mac = args.get("macaddress")
    names = {v.name.lower() for v in engine.guests_of(store, network.id)}
    return AddNic(
        dialect=call.world.dialect,
        vm=vm,
        network=network,
        offering=plan.db_id,
        owner_may=_owner_may(call, vm, network),
        zones=(store.zones[vm.zone_id].name, store.zones[network.zone_id].name),
        mac=mac,
        address=args.get("ipaddress"),
        vm_snapshots=store.has_vm_snapshots(vm.id),
        joined=engine.nic_in(store, vm, network.id) is not None,
        mac_free=not mac or not is_mac(mac) or engine.mac_free(store, network.id, mac),
        name_free=vm.name.lower() not in names,
    )


def _owner_may(call: Call, vm: Vm, network: Network) -> bool:
    """Return whether a VM's owner has the network, or is in the project that has it."""
    holder = call.world.store.accounts[network.account_id]
    return vm.account_id in {holder.id, *holder.members}


def add(call: Call) -> Row:
    """addNicToVirtualMachine."""
    vm_id = call.args["virtualmachineid"].id

    def flow() -> Flow:
        return (yield from engine.add(call.world, _case(call), partial(tell_of_network, call)))

    return _submit(call, flow(), (_VM, vm_id))


def _on_nic(call: Call) -> OnNic:
    store = call.world.store
    vm, nic = store.vms[call.args["virtualmachineid"].id], store.nics[call.args["nicid"].id]
    network = store.networks.get(nic.network_id or "")  # a system VM's is on none of these
    rules = (r for r in store.firewall_rules.values() if not r.removed)
    return OnNic(
        dialect=call.world.dialect,
        vm=vm,
        nic=nic,
        network=network,
        offering=store.network_offerings[network.offering_id].db_id if network else 0,
        vm_snapshots=store.has_vm_snapshots(vm.id),
        forwarded=any((r.vm_id, r.network_id) == (vm.id, nic.network_id) for r in rules)
        or leading_to(store, vm.id, nic.address) is not None,
    )


def remove(call: Call) -> Row:
    """removeNicFromVirtualMachine."""

    def flow() -> Flow:
        return (yield from engine.remove(call.world, _on_nic(call)))

    return _submit(call, flow())


def make_default(call: Call) -> Row:
    """updateDefaultNicForVirtualMachine."""
    vm_id, nic_id = call.args["virtualmachineid"].id, call.args["nicid"].id

    def flow() -> Flow:
        DEFAULT_NIC.require(Phase.JOB, _on_nic(call))
        with call.world.queue.turn(vm_id) as granted:
            yield granted
            yield call.world.spend("work")
            if nic_id in call.world.store.extra_nics:
                engine.make_default(call.world, vm_id, nic_id)
        return vm_id

    return _submit(call, flow())


def _vm_of(call: Call, nic: Nic) -> Vm:
    return call.world.store.vms[nic.vm_id]


def move(call: Call) -> Row:
    """updateVmNicIp: the address asked for, or the next free one."""
    world, store, nic_id = call.world, call.world.store, call.args["nicid"].id
    GONE_NIC.require(Phase.REQUEST, GoneNic(world.dialect, store.nics[nic_id]))

    def flow() -> Flow:
        nic, wanted = store.nics[nic_id], call.text("ipaddress")
        vm, network = _vm_of(call, nic), store.networks.get(nic.network_id or "")
        address = engine.free_address(store, network, wanted) if network else None
        may = world.may(call.account, vm.account_id)
        case = MoveNic(world.dialect, vm, nic, wanted, may, address is not None)
        MOVE_NIC.require(Phase.JOB, case)
        yield world.spend("work")
        engine.give_address(world, nic, address or "")
        return vm.id

    return _submit(call, flow())


def list_nics(call: Call) -> Row:
    """listNics of a VM."""
    store, args = call.world.store, call.args
    vm, keyword = args["virtualmachineid"], args.get("keyword", "").lower()
    may = call.world.may(call.account, vm.account_id)
    LIST_NICS.require(Phase.REQUEST, ListNics(call.world.dialect, vm, may))
    rows = [
        nic
        for nic in engine.nics_of(store, vm)
        if ("nicid" not in args or args["nicid"].id == nic.id or keyword)
        and ("networkid" not in args or args["networkid"].id == nic.network_id or keyword)
        and keyword in nic.address
    ]
    return paged(call, "nic", rows, lambda nic: listed_nic(call, vm, nic))


COMMANDS = (
    Command(
        "addNicToVirtualMachine",
        add,
        "virtualmachineid:vm!@ networkid:network! ipaddress:text macaddress:text",
        says="Gives a VM a nic in one more network",
        answers=VM,
        is_async=True,
    ),
    Command(
        "removeNicFromVirtualMachine",
        remove,
        _PARTS,
        says="Takes a nic off a VM that is not its default one",
        answers=VM,
        is_async=True,
    ),
    Command(
        "updateDefaultNicForVirtualMachine",
        make_default,
        _PARTS,
        says="Makes another nic of a VM its default one",
        answers=VM,
        is_async=True,
    ),
    Command(
        "updateVmNicIp",
        move,
        "nicid:nic!~ ipaddress:text",
        says="Gives a nic of a stopped VM another address",
        answers=VM,
        is_async=True,
    ),
    Command(
        "listNics",
        list_nics,
        f"nicid:nic~ virtualmachineid:vm!~ networkid:network~ {PAGING}",
        says="Lists the nics of a VM",
        answers=NIC,
        roles="ASDUR",
    ),
)

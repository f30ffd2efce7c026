"""More addresses of nics, and public addresses that lead to VMs."""

from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.render import SUCCESS
from simulator.api.render_nic import SECONDARY_IP, AddressAt
from simulator.api.submit import submit, submit_success
from simulator.domain.networks import PublicIp
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.domain.secondary import ADD_IP, REMOVE_IP, AddIp, RemoveIp
from simulator.domain.static_nat import LEAD, UNLEAD, Lead, Unlead
from simulator.engine import secondary as engine
from simulator.engine.jobs import Job
from simulator.engine.nics import free_address, nic_in
from simulator.engine.world import Flow

_MOST = "vm.network.nic.max.secondary.ipaddresses"


def add(call: Call) -> Row:
    """addIpToNic: the address asked for, or the next free one."""
    world, store, nic = call.world, call.world.store, call.args["nicid"]
    vm, network = store.vms[nic.vm_id], store.networks.get(nic.network_id or "")
    wanted = call.text("ipaddress") or None
    address = free_address(store, network, wanted) if network is not None else None
    case = AddIp(
        world.dialect,
        vm,
        nic,
        network,
        wanted,
        world.may(call.account, vm.account_id),
        full=len(engine.ips_of(store, nic.id)) >= int(world.settings.number(_MOST)),
        address_free=address is not None,
    )
    ADD_IP.require(Phase.REQUEST, case)
    added = engine.add_ip(store, nic, address or "")

    def flow() -> Flow:
        yield world.spend("work")

    def show(_: None, job: Job) -> Row:
        at = AddressAt(added, nic.id, added.network_id, job.id)
        return {"nicsecondaryip": SECONDARY_IP.render(at)}

    return {"id": added.id, **submit(call, flow(), "vm", show, ("IpAddress", added.id))}


def remove(call: Call) -> Row:
    """removeIpFromNic."""
    world, store, ip = call.world, call.world.store, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        vm = store.vms.get(ip.vm_id)
        case = RemoveIp(
            world.dialect,
            there=ip.id in store.secondary_ips,
            caller_may=vm is None or world.may(call.account, vm.account_id),
            used=engine.leading_to(store, ip.vm_id, ip.address) is not None,
        )
        REMOVE_IP.require(Phase.JOB, case)
        del store.secondary_ips[ip.id]

    return submit_success(call, flow(), "vm", ("IpAddress", ip.id))


def _spelt(call: Call, ip: PublicIp) -> str:
    store = call.world.store
    return ip.spelt(store.zones[store.public_ranges[ip.range_id].zone_id].db_id)


def _case(call: Call, ip: PublicIp, vm: Vm, guest_ip: str) -> Lead:
    world, store = call.world, call.world.store
    asked = call.args.get("networkid")
    ip = ip._replace(network_id=None) if ip.removed else ip
    network = store.networks.get(ip.network_id or (asked.id if asked is not None else ""))
    nic = nic_in(store, vm, network.id) if network is not None else None
    plan = store.network_offerings[network.offering_id] if network is not None else None
    own = nic.address if nic is not None else ""
    known = {own, *(s.address for s in engine.ips_of(store, nic.id if nic is not None else ""))}
    rules = (r for r in store.firewall_rules.values() if r.ip_id == ip.id and not r.removed)
    return Lead(
        world.dialect,
        ip,
        vm,
        network,
        _spelt(call, ip),
        world.may(call.account, ip.account_id) and world.may(call.account, vm.account_id),
        joined=nic is not None,
        serves=plan is None or "StaticNat" in plan.services,
        wanted=guest_ip or own,
        known=not guest_ip or guest_ip in known,
        forwards=any(r.vm_id is not None for r in rules),
        other=engine.leading_to(store, vm.id, guest_ip or own),
    )


def enable(call: Call) -> Row:
    """enableStaticNat, at once."""
    ip, vm = call.args["ipaddressid"], call.args["virtualmachineid"]
    case = _case(call, ip, vm, call.args.get("vmguestip", ""))
    LEAD.require(Phase.REQUEST, case)
    call.world.store.public_ips[ip.id] = ip._replace(nat_vm_id=vm.id, nat_address=case.wanted)
    return SUCCESS.render(True)


def disable(call: Call) -> Row:
    """disableStaticNat: the rules on the address go too."""
    world, ip_id = call.world, call.args["ipaddressid"].id

    def case() -> Unlead:
        return Unlead(world.dialect, world.store.public_ips[ip_id])

    UNLEAD.require(Phase.REQUEST, case())

    def flow() -> Flow:
        yield world.spend("work")
        UNLEAD.require(Phase.JOB, case())
        engine.unlead(world.store, ip_id)

    return submit_success(call, flow(), "nat", ("VirtualMachine", ""))


COMMANDS = (
    Command(
        "addIpToNic",
        add,
        "nicid:nic!~ ipaddress:text",
        says="Gives a nic one more address",
        answers=SECONDARY_IP,
        is_async=True,
    ),
    Command(
        "removeIpFromNic",
        remove,
        "id:secondaryip!",
        says="Takes an address off a nic that is not its own",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "enableStaticNat",
        enable,
        "ipaddressid:publicip!~ virtualmachineid:vm! networkid:network vmguestip:text",
        says="Has a public address lead to a VM",
        answers=SUCCESS,
    ),
    Command(
        "disableStaticNat",
        disable,
        "ipaddressid:publicip!~",
        says="Has a public address lead to no VM any more",
        answers=SUCCESS,
        is_async=True,
    ),
)

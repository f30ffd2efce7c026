"""assignVirtualMachine: gives a VM to another account or project."""

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.deploy_cases import isolated_of, may_join
from simulator.api.images import may_launch
from simulator.api.lists import Row
from simulator.api.owners import sole_owner_of
from simulator.api.render_vm import VM
from simulator.domain.access import may_enter, may_use
from simulator.domain.errors import Refused
from simulator.domain.giving import ASSIGN_VM, AssignVm
from simulator.domain.limits import Resource
from simulator.domain.networks import Network
from simulator.domain.records import Account, Vm
from simulator.domain.rules import Phase
from simulator.engine.networking import guest_address, network_for
from simulator.engine.nics import free_address, put_nic
from simulator.engine.secondary import leading_to


def assign(call: Call) -> Row:
    """assignVirtualMachine to another account or project, at once; all its volumes go with it."""
    vm = call.args["virtualmachineid"]
    case = _case(call, vm)
    ASSIGN_VM.require(Phase.REQUEST, case)
    owner = case.owner or call.account
    return {"virtualmachine": render_vm.vm(call, _given(call, vm, owner))}


def _case(call: Call, vm: Vm) -> AssignVm:
    world, store, args = call.world, call.world.store, call.args
    case = AssignVm(world.dialect, call.account, vm, None)
    try:
        owner = sole_owner_of(call)
    except Refused as no:
        world.refusals.append(no.rule_id)
        return case._replace(fault=no.kind)
    ids = {v.id for v in store.siblings(vm.id)}
    old, domain, networks = store.accounts[vm.account_id], args.get("domainid"), _networks(call)
    at_home = domain is not None and owner.enabled and not domain.removed
    if domain is not None:
        at_home = at_home and may_enter(owner, domain, store.domains)
    return case._replace(
        owner=owner,
        caller_may=all(may_use(call.account, o, store.domains) for o in (old, owner)),
        shared_project="projectid" in args and domain is None,
        forwarded=any(r.vm_id == vm.id and not r.removed for r in store.firewall_rules.values())
        or leading_to(store, vm.id) is not None,
        snapshots=any(s.volume_id in ids and not s.removed for s in store.snapshots.values()),
        over_limit=_over_limit(call, owner, vm),
        may_launch=may_launch(call, owner, store.templates[vm.template_id]),
        at_home=at_home,
        barred=not all(may_join(store, owner, n) for n in networks),
        isolated=1 if networks else isolated_of(store, owner, vm.zone_id),
        network_room=not world.over_limits(owner.id, (Resource.NETWORK, 1)),
    )


def _networks(call: Call) -> tuple[Network, ...]:
    return tuple({n.id: n for n in call.args.get("networkids", ())}.values())


def _over_limit(call: Call, owner: Account, vm: Vm) -> str:
    """Return what the new owner has no room for; volumes that are not shown do not count."""
    store = call.world.store
    compute, shown = store.compute_of(vm), [v for v in store.siblings(vm.id) if v.display]
    return call.world.over_limits(
        owner.id,
        (Resource.USER_VM, 1),
        (Resource.CPU, compute.cpu_count),
        (Resource.MEMORY, compute.memory_mib),
        (Resource.VOLUME, len(shown)),
        (Resource.PRIMARY_STORAGE, sum(v.size_bytes for v in shown)),
    )


def _given(call: Call, vm: Vm, owner: Account) -> Vm:
    world, store, networks = call.world, call.world.store, _networks(call)
    ids = {v.id for v in store.siblings(vm.id)}
    for volume_id in ids:
        store.put_volume(store.volumes[volume_id]._replace(account_id=owner.id))
    for policy in list(store.snapshot_policies.values()):
        if policy.volume_id in ids:
            store.snapshot_policies[policy.id] = policy._replace(account_id=owner.id)
    first = networks[0] if networks else network_for(world, owner.id, vm.zone_id)
    changed = store.put_vm(
        vm._replace(
            account_id=owner.id,
            network_id=first.id,
            nic_id=store.new_id(),
            address=guest_address(world, first, vm.db_id) or "",
            updated_s=world.env.now,
        )
    )
    for network in networks[1:]:
        put_nic(world, changed, network, free_address(store, network, None) or "")
    return changed


COMMANDS = (
    Command(
        "assignVirtualMachine",
        assign,
        "virtualmachineid:vm! account:text domainid:domain~ projectid:anyproject~ "
        "networkids:network*",
        says="Gives a VM that does not run to another account or project, with its volumes",
        answers=VM,
        roles="ASD",
    ),
)

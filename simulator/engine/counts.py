"""How much of each resource everybody owns, and may (semantics 6.2)."""

from collections import Counter
from typing import NamedTuple

from simulator.domain.limits import Resource
from simulator.domain.records import USER_KINDS, Domain, Role
from simulator.domain.states import VmState
from simulator.engine.world import World

_DEAD = frozenset({VmState.DESTROYED, VmState.EXPUNGING, VmState.ERROR})


class Tally(NamedTuple):
    """What accounts own by (account id, resource), and their VMs by (account id, runs)."""

    owned: Counter[tuple[str, Resource]]
    vms: Counter[tuple[str, bool]]


def tally(world: World) -> Tally:
    """Count everything once."""
    store = world.store
    owned = Counter(store.owned)
    vms: Counter[tuple[str, bool]] = Counter()
    for vm in store.vms.values():
        if vm.kind in USER_KINDS and not vm.removed and vm.state not in _DEAD:
            offering = store.service_offerings[vm.service_offering_id]
            owned[vm.account_id, Resource.CPU] += offering.cpu_count
            owned[vm.account_id, Resource.MEMORY] += offering.memory_mib
            vms[vm.account_id, vm.state is VmState.RUNNING] += 1
    for network in store.networks.values():
        owned[network.account_id, Resource.NETWORK] += not network.removed
    for ip in store.public_ips.values():
        owned[ip.account_id, Resource.PUBLIC_IP] += ip.network_id is not None
    for template in store.templates.values():
        if not template.removed:
            owned[template.account_id, Resource.TEMPLATE] += 1
            owned[template.account_id, Resource.SECONDARY_STORAGE] += template.size_bytes
    for project in store.projects.values():
        owned[project.owner_id, Resource.PROJECT] += not project.removed
    return Tally(owned, vms)


def domain_total(world: World, domain: Domain, counted: Tally, resource: Resource) -> int:
    """Return what the accounts of a domain and below own."""
    store = world.store
    return sum(
        counted.owned[a.id, resource]
        for a in store.accounts.values()
        if a.role is not Role.SYSTEM and domain.holds(store.domains[a.domain_id])
    )

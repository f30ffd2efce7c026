"""How much of each resource everybody owns, and may (semantics 6.2)."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from simulator.domain.limits import Resource
from simulator.domain.records import USER_KINDS, Domain, Role
from simulator.domain.states import DEAD_VM, VmState
from simulator.engine.store import Store

if TYPE_CHECKING:
    from simulator.engine.world import World

Owned = Iterator[tuple[str, int]]


class Tally(NamedTuple):
    """What accounts own by (account id, resource), and their VMs by (account id, runs)."""

    owned: Counter[tuple[str, Resource]]
    vms: Counter[tuple[str, bool]]


def _networks(store: Store) -> Owned:
    return ((n.account_id, 1) for n in store.networks.values() if not n.removed)


def _addresses(store: Store) -> Owned:
    ips = store.public_ips.values()
    return ((ip.account_id, 1) for ip in ips if ip.network_id is not None and not ip.removed)


def _templates(store: Store) -> Owned:
    return ((t.account_id, 1) for t in store.templates.values() if not t.removed)


def _images(store: Store) -> Owned:
    return ((t.account_id, t.size_bytes) for t in store.templates.values() if not t.removed)


def _projects(store: Store) -> Owned:
    return ((p.owner_id, 1) for p in store.projects.values() if not p.removed)


SCANNED: dict[Resource, Callable[[Store], Owned]] = {
    Resource.NETWORK: _networks,
    Resource.PUBLIC_IP: _addresses,
    Resource.TEMPLATE: _templates,
    Resource.SECONDARY_STORAGE: _images,
    Resource.PROJECT: _projects,
}
"""Resource that is counted when somebody asks -> (owner, amount) of each there is."""


def owned_by(store: Store, accounts: set[str], resource: Resource) -> int:
    """Return what *accounts* own of *resource*."""
    total = sum(store.owned[account_id, resource] for account_id in sorted(accounts))
    if resource in SCANNED:
        total += sum(amount for owner, amount in SCANNED[resource](store) if owner in accounts)
    return total


def tally(world: "World") -> Tally:
    """Count everything once."""
    store = world.store
    owned = Counter(store.owned)
    for resource, scan in SCANNED.items():
        for owner, amount in scan(store):
            owned[owner, resource] += amount
    vms: Counter[tuple[str, bool]] = Counter()
    for vm in store.vms.values():
        if vm.kind in USER_KINDS and not vm.removed and vm.state not in DEAD_VM:
            vms[vm.account_id, vm.state is VmState.RUNNING] += 1
    return Tally(owned, vms)


def domain_total(world: "World", domain: Domain, counted: Tally, resource: Resource) -> int:
    """Return what the accounts of a domain and below own."""
    store = world.store
    return sum(
        counted.owned[a.id, resource]
        for a in store.accounts.values()
        if a.role is not Role.SYSTEM and domain.holds(store.domains[a.domain_id])
    )

"""The hosts that a VM which runs could go on at, with its disks or without."""

from typing import NamedTuple

from simulator.domain.inventory import Host, Scope
from simulator.domain.records import Vm, Volume
from simulator.domain.states import VolumeState
from simulator.engine.affinity import ANYWHERE, leaning
from simulator.engine.migrating import moves_disks
from simulator.engine.placing import has_room, need_of, pool_for
from simulator.engine.world import World


class Ahead(NamedTuple):
    """The hosts that are looked at; by id those that suit, and those whose storage must be filled.

    A host where a disk must move, and cannot, suits nobody.
    """

    all: tuple[Host, ...]
    suitable: frozenset[str]
    with_disks: frozenset[str]


def by_offering_local(world: World, vm: Vm) -> bool:
    """Return whether the offering of a volume of a VM wants local storage."""
    return any(need_of(world, v).local for v in world.store.siblings(vm.id))


def hosts_ahead(world: World, vm: Vm, word: str) -> Ahead:
    """Return where a VM that runs could go on: the hosts with *word* in their names.

    Where its host can move disks all hosts of the zone are looked at, else those of the cluster.
    """
    store = world.store
    at, moves = store.hosts[vm.host_id or ""], moves_disks(world, vm)
    found = tuple(
        host
        for host in store.hosts.values()
        if host.id != at.id
        and host.zone_id == at.zone_id
        and (host.hypervisor is at.hypervisor if moves else host.cluster_id == at.cluster_id)
        and word in host.name.lower()
    )
    lean = leaning(store, vm) if vm.id in store.affinity_of else ANYWHERE
    local = by_offering_local(world, vm)
    far = {h.id: _to_move(world, vm, h, local=local) for h in found} if moves else {}
    suitable = (
        host.id
        for host in found
        if lean.takes(host)
        and has_room(world, vm, host)
        and all(_can_move(world, volume, host) for volume in far.get(host.id, ()))
    )
    with_disks = (
        i for i, volumes in far.items()
        if volumes and all(_can_move(world, v, store.hosts[i]) for v in volumes)
    )  # fmt: skip
    return Ahead(found, frozenset(suitable), frozenset(with_disks))


def _to_move(world: World, vm: Vm, host: Host, *, local: bool) -> list[Volume]:
    """Return the disks of a VM that *host* does not reach where they are."""
    found = []
    for volume in world.store.siblings(vm.id):
        pool = world.store.pools.get(volume.pool_id or "")
        if pool is None or pool.cluster_id is None or volume.state is not VolumeState.READY:
            continue
        if local or pool.scope is Scope.HOST or pool.cluster_id != host.cluster_id:
            found.append(volume)
    return found


def _can_move(world: World, volume: Volume, host: Host) -> bool:
    """Return whether there is storage for a disk at *host*; managed storage keeps its own."""
    pool = world.store.pools[volume.pool_id or ""]
    if pool.managed:
        return False
    return pool_for(world, volume, host.zone_id, host.cluster_id) is not None

"""What affinity groups mean for where a VM starts."""

from collections.abc import Iterable
from typing import NamedTuple

from simulator.domain.affinity import (
    APART,
    DEDICATED,
    RATHER_APART,
    RATHER_TOGETHER,
    TOGETHER,
    AffinityGroup,
)
from simulator.domain.inventory import Host
from simulator.domain.records import Vm
from simulator.engine.store import Store


class Leaning(NamedTuple):
    """Where a VM must not go, must go (None is anywhere), and would rather or rather not go."""

    banned: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    liked: frozenset[str] = frozenset()
    shunned: frozenset[str] = frozenset()

    def takes(self, host: Host) -> bool:
        """Return whether a VM may go to *host*."""
        return host.id not in self.banned and (self.only is None or host.id in self.only)

    def indifferent(self, host: Host) -> bool:
        """Return whether no other host is better."""
        return self.takes(host) and not self.shunned and not self.liked - {host.id}

    def ranked(self, hosts: Iterable[Host]) -> list[Host]:
        """Return the hosts a VM may go to, the best first."""
        fit = [h for h in hosts if self.takes(h)]
        return sorted(fit, key=lambda h: (h.id in self.shunned, h.id not in self.liked))


ANYWHERE = Leaning()
"""What a VM without groups leans to."""


def groups_of(store: Store, vm_id: str) -> list[AffinityGroup]:
    """Return the affinity groups that a VM is in."""
    found = (store.affinity_groups.get(i) for i in store.affinity_of.get(vm_id, ()))
    return [group for group in found if group is not None]


def members_of(store: Store, group_id: str) -> list[Vm]:
    """Return the VMs of a group that are not removed."""
    inside = (store.vms[i] for i, ids in store.affinity_of.items() if group_id in ids)
    return [vm for vm in inside if not vm.removed]


def leaning(store: Store, vm: Vm) -> Leaning:
    """Return what a VM's groups say of hosts: where the others of each run."""
    lean = Leaning()
    for group in groups_of(store, vm.id):
        others = (v for v in members_of(store, group.id) if v.id != vm.id)
        at = frozenset(v.host_id for v in others if v.host_id is not None)
        if group.type == APART:
            lean = lean._replace(banned=lean.banned | at)
        elif group.type == TOGETHER and at:
            lean = lean._replace(only=at if lean.only is None else lean.only & at)
        elif group.type == RATHER_APART:
            lean = lean._replace(shunned=lean.shunned | at)
        elif group.type == RATHER_TOGETHER:
            lean = lean._replace(liked=lean.liked | at)
        elif group.type == DEDICATED:
            lean = lean._replace(only=frozenset())  # no host is dedicated here
    return lean

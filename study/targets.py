"""What workflows work on: VMs with a data disk each, the idle ones by what they can take."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from random import Random

from simulator.domain.records import USER_KINDS, Volume, VolumeType
from simulator.engine.store import Store

DISK_WORKFLOWS = frozenset({"attach", "detach", "churn"})
_THROWS = 8
"""Throws at all targets before one of the idle ones is taken for sure."""


class Target:
    """A user's VM, its ROOT, and a data disk of its own, on it or beside it.

    *beside* is the VM that a rescue needs besides.
    """

    __slots__ = ("at", "beside", "disk_id", "idle", "root_id", "vm_id")

    def __init__(self, vm_id: str, root_id: str | None, disk_id: str | None) -> None:
        self.vm_id, self.root_id, self.disk_id = vm_id, root_id, disk_id
        self.idle: list[Target] | None = None
        self.at = 0
        self.beside: Target | None = None


class Targets:
    """The targets of a cloud in the order of its VMs, and the idle ones by what they can take."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all: list[Target] = []
        self._on: list[Target] = []
        self._off: list[Target] = []
        self._bare: list[Target] = []
        loose = (v for v in store.volumes.values() if _is_loose(v))
        for vm in store.vms.values():
            if vm.kind in USER_KINDS:
                self._add(vm.id, vm.account_id, loose)

    def _add(self, vm_id: str, account_id: str, loose: Iterator[Volume]) -> None:
        own = self._store.siblings(vm_id)
        root = next((v.id for v in own if v.type is VolumeType.ROOT), None)
        disk = next((v for v in own if v.type is VolumeType.DATADISK), None)
        if disk is None:
            disk = next((v for v in loose if v.account_id == account_id), None)
        self._all.append(Target(vm_id, root, disk.id if disk else None))
        self.put_back(self._all[-1])

    def put_back(self, target: Target) -> None:
        """Have *target*, and the one beside it, idle among those that are as they are now.

        Nobody finds one again whose ROOT a workflow that failed half-way left somewhere else.
        """
        beside, target.beside = target.beside, None
        if beside is not None:
            self.put_back(beside)
        root = self._store.volumes.get(target.root_id or "")
        if root is not None and root.vm_id != target.vm_id:
            return
        idle = self._list(target)
        target.idle, target.at = idle, len(idle)
        idle.append(target)

    def _list(self, target: Target) -> list[Target]:
        disk = self._store.volumes.get(target.disk_id or "")
        if disk is None:
            return self._bare
        return self._off if disk.vm_id is None else self._on

    def _lists(self, workflow: str) -> tuple[list[Target], ...]:
        disks = {
            "attach": (self._off,),
            "detach": (self._on,),
            "churn": (self._off, self._on),
        }
        return disks.get(workflow, (self._bare, self._off, self._on))

    def suit(self, workflow: str) -> bool:
        """Return whether the cloud has anything that could ever take *workflow*."""
        if workflow in DISK_WORKFLOWS:
            return bool(self._off or self._on)
        idle = [t for targets in self._lists(workflow) for t in targets if t.root_id]
        if workflow != "rescue":
            return bool(idle)
        return max(Counter(filter(None, map(self._home, idle))).values(), default=0) > 1

    def take(self, workflow: str, dice: Random) -> Target | None:
        """Take one of the idle targets for *workflow*, each as likely; None for none.

        A rescue takes another one that is near, too.
        """
        target = self._one(self._lists(workflow), dice)
        if target is None or workflow != "rescue":
            return target
        target.beside = self._helper(target, dice)
        if target.beside is None:
            self.put_back(target)
            return None
        return target

    def _one(self, lists: tuple[list[Target], ...], dice: Random) -> Target | None:
        """Take one of the targets in *lists*.

        The first throws of *dice* are among all, idle or not: where few are busy, the same throws
        hit the same target whatever the others are doing.
        """
        if not any(lists):
            return None
        for _ in range(_THROWS):
            target = self._all[int(dice.random() * len(self._all))]
            if any(target.idle is idle for idle in lists):
                return self._taken(target)
        at = int(dice.random() * sum(len(idle) for idle in lists))
        for idle in lists:
            if at < len(idle):
                return self._taken(idle[at])
            at -= len(idle)
        return None

    def _helper(self, target: Target, dice: Random) -> Target | None:
        """Take the first idle target at home where another one is, from a random one on."""
        home, first = self._home(target), int(dice.random() * len(self._all))
        if home is None:
            return None
        for at in chain(range(first, len(self._all)), range(first)):
            if self._all[at].idle is not None and self._home(self._all[at]) == home:
                return self._taken(self._all[at])
        return None

    def _home(self, target: Target) -> tuple[str, str, str | None] | None:
        """Return within what a ROOT can hang on another VM and stay on its storage."""
        root = self._store.volumes.get(target.root_id or "")
        pool = self._store.pools.get(root.pool_id or "") if root is not None else None
        if root is None or pool is None:
            return None
        return root.account_id, pool.zone_id, pool.cluster_id

    def _taken(self, target: Target) -> Target:
        idle = target.idle or []
        last = idle.pop()
        if last is not target:
            idle[target.at], last.at = last, target.at
        target.idle = None
        return target


def _is_loose(volume: Volume) -> bool:
    return volume.vm_id is None and volume.type is VolumeType.DATADISK

"""What is asked for, as the jobs of a workflow one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from simulator.domain.errors import CloudError
from simulator.domain.inventory import StoragePool
from simulator.domain.records import Account, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.engine import disks, migrating, moving, starting, volumes
from simulator.engine.errors import Restarted
from simulator.engine.exchange import Exchange
from simulator.engine.world import Flow, World
from study.targets import Target


class Ask(NamedTuple):
    """A job to ask for: its command, and what makes its flow, anew each time it is asked for."""

    command: str
    flow: Callable[[], Flow]


class Think(NamedTuple):
    """A person at work, outside of the cloud."""


Steps = Iterator[Ask | Think]
_ROOT_DEVICE = 0


@dataclass(frozen=True, slots=True)
class Workflows:
    """The workflows of a world, in the name of its admin; *exchange* runs a synchronous call."""

    world: World
    admin: Account
    exchange: Callable[..., Exchange] = Exchange

    def steps(self, name: str, target: Target) -> Steps:
        """Return the steps of workflow *name*, each made when the one before it is done."""
        ways: dict[str, Callable[[Target], Steps]] = {
            "replace-root": self._replace_root,
            "rescue": self._rescue,
            "power": self._power,
            "migrate": self._migrate,
        }
        if name in ways:
            return ways[name](target)
        disk = self.world.store.volumes[target.disk_id or ""]
        on = disk.vm_id is not None if name == "churn" else name == "detach"
        return iter((self._detach(disk.id) if on else self._attach(disk.id, target.vm_id),))

    def _attach(self, volume_id: str, vm_id: str, device: int | None = None) -> Ask:
        return Ask("attachVolume", partial(volumes.attach, self.world, volume_id, vm_id, device))

    def _detach(self, volume_id: str) -> Ask:
        return Ask("detachVolume", partial(volumes.detach, self.world, self.admin, volume_id))

    def _stop(self, vm_id: str) -> Ask:
        return Ask("stopVirtualMachine", partial(starting.stop, self.world, vm_id))

    def _start(self, vm_id: str) -> Ask:
        flow = partial(starting.start, self.world, self.admin, vm_id)
        return Ask("startVirtualMachine", flow)

    def _runs(self, vm_id: str) -> bool:
        return self.world.store.vms[vm_id].state is VmState.RUNNING

    def _power(self, target: Target) -> Steps:
        """Stop a VM and start it again, or the other way round where it is Stopped."""
        ways = (self._stop, self._start) if self._runs(target.vm_id) else (self._start, self._stop)
        return iter([way(target.vm_id) for way in ways])

    def _replace_root(self, target: Target) -> Steps:
        """Give a VM a new ROOT and delete the old one; it runs afterwards if it did before."""
        world, vm_id, old_id = self.world, target.vm_id, target.root_id or ""
        ran = self._runs(vm_id)
        if ran:
            yield self._stop(vm_id)
        yield self._detach(old_id)
        new_id = self._blank(old_id)
        yield Ask("createVolume", partial(disks.create, world, new_id))
        yield self._attach(new_id, vm_id, _ROOT_DEVICE)
        target.root_id = new_id
        if ran:
            yield self._start(vm_id)
        self.exchange(world, disks.delete(world, self.admin, old_id), _deleted, world.draws)

    def _rescue(self, target: Target) -> Steps:
        """Hang a VM's ROOT on another VM for as long as somebody needs to repair it."""
        vm_id, root_id = target.vm_id, target.root_id or ""
        beside = target.beside.vm_id if target.beside is not None else ""
        ran = self._runs(vm_id)
        if ran:
            yield self._stop(vm_id)
        yield self._detach(root_id)
        yield self._attach(root_id, beside)
        yield Think()
        yield self._detach(root_id)
        yield self._attach(root_id, vm_id, _ROOT_DEVICE)
        if ran:
            yield self._start(vm_id)

    def _migrate(self, target: Target) -> Steps:
        """Move a running VM to another host, the ROOT of a Stopped one to another pool."""
        world, vm_id, root_id = self.world, target.vm_id, target.root_id or ""
        if self._runs(vm_id):
            flow = partial(moving.migrate, world, vm_id, None, None, choose=True)
            return iter((Ask("migrateVirtualMachine", flow),))
        pool_id = self._other_pool(world.store.volumes[root_id])
        root = world.store.volumes[root_id]
        flow = partial(migrating.migrate, world, self.admin, root, pool_id)
        return iter((Ask("migrateVolume", flow),))

    def _other_pool(self, volume: Volume) -> str:
        """Return the emptiest pool that a volume could move to, its own where there is none."""
        store = self.world.store
        own = store.pools[volume.pool_id or ""]
        others = [p for p in store.pools.values() if _beside(own, p)]
        fit = [p for p in others if moving.suits(self.world, volume, p)]
        full = store.allocated_bytes
        return min(fit, key=lambda p: (full[p.id], p.db_id), default=own).id

    def _blank(self, like_id: str) -> str:
        """Write down a data volume of the size of another, and return its id."""
        store = self.world.store
        offering = next(o for o in store.disk_offerings.values() if not o.local and not o.tags)
        row = store.new_row("volume")
        blank = store.volumes[like_id]._replace(
            id=store.new_id(), db_id=row, name=f"root-{row}", type=VolumeType.DATADISK,
            state=VolumeState.ALLOCATED, vm_id=None, device_id=None, pool_id=None, path=None,
            plugged=False, attached_s=None, template_id=None, service_offering_id=None,
            disk_offering_id=offering.id, created_s=self.world.env.now,
        )  # fmt: skip
        return store.put_volume(blank).id


def _beside(own: StoragePool, other: StoragePool) -> bool:
    return other.id != own.id and (other.zone_id, other.cluster_id) == (own.zone_id, own.cluster_id)


def _deleted(_: object, error: Exception | None) -> None:
    """Take note that a volume nobody waits for is gone.

    What storage refused stays in Destroy, as on the real server; a bug ends the study.
    """
    if error is not None and not isinstance(error, CloudError | Restarted):
        raise error

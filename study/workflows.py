"""What is asked for, as the jobs of a workflow one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.domain.records import Account, VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.engine import disks, machines, volumes
from simulator.engine.world import Flow, World
from study.targets import Target

Steps = Iterator[tuple[str, Flow]]
_ROOT_DEVICE = 0


@dataclass(frozen=True, slots=True)
class Workflows:
    """The workflows of a world, in the name of its admin."""

    world: World
    admin: Account

    def steps(self, name: str, target: Target) -> Steps:
        """Return the jobs of workflow *name*, each made when the one before it is done."""
        if name == "replace-root":
            return self._replace_root(target)
        disk = self.world.store.volumes[target.disk_id or ""]
        on = disk.vm_id is not None if name == "churn" else name == "detach"
        return iter((self._detach(disk.id) if on else self._attach(target, disk.id),))

    def _attach(self, target: Target, volume_id: str) -> tuple[str, Flow]:
        return "attachVolume", volumes.attach(self.world, volume_id, target.vm_id)

    def _detach(self, volume_id: str) -> tuple[str, Flow]:
        return "detachVolume", volumes.detach(self.world, self.admin, volume_id)

    def _replace_root(self, target: Target) -> Steps:
        """Give a VM a new ROOT and delete the old one; it runs afterwards if it did before."""
        world, vm_id, old_id = self.world, target.vm_id, target.root_id or ""
        ran = world.store.vms[vm_id].state is VmState.RUNNING
        if ran:
            yield "stopVirtualMachine", machines.stop(world, vm_id)
        yield self._detach(old_id)
        new_id = self._blank(old_id)
        yield "createVolume", disks.create(world, new_id)
        yield "attachVolume", volumes.attach(world, new_id, vm_id, _ROOT_DEVICE)
        target.root_id = new_id
        if ran:
            yield "startVirtualMachine", machines.start(world, self.admin, vm_id)
        disks.delete(world, self.admin, old_id)

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

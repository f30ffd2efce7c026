"""What is removed for good in the background: destroyed VMs and destroyed volumes (10.2).

Every *interval* seconds since boot, what was destroyed at least *delay* seconds ago is expunged.
An alarm is set only while something waits, and follows from the records alone.
"""

from math import ceil, floor, inf, isfinite

from simulator.domain.records import Volume, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.states import VmState, VolumeState
from simulator.engine import lost_snapshots
from simulator.engine.machines import dispose, expunge_now
from simulator.engine.scheduling import Scheduler
from simulator.engine.world import World

_VMS, _VOLUMES = "expunge", "storage.cleanup"
"""Alarms, called as the settings begin that they heed."""


class Cleaner:
    """Expunges what waits in the store's lists of the destroyed; *scheduler* takes snapshots."""

    def __init__(self, world: World) -> None:
        self.world, self.scheduler = world, Scheduler(world)
        world.store.on_vm_destroyed = lambda vm: self._await(_VMS, vm.since_s)
        world.store.on_volume_destroyed = self._on_volume_destroyed

    def arm(self) -> None:
        """Set the alarms anew, by the records and settings as they are."""
        store, env = self.world.store, self.world.env
        env.silence(_VMS)
        env.silence(_VOLUMES)
        for vm_id in store.destroyed_vms:
            self._await(_VMS, store.vms[vm_id].since_s)
        for volume_id in store.destroyed_volumes:
            self._await(_VOLUMES, destroyed_s(store.volumes[volume_id]))
        for volume in self._stuck():
            self._await(_VOLUMES, destroyed_s(volume))
        self.scheduler.arm()
        lost_snapshots.arm(self.world)

    def _on_volume_destroyed(self, volume: Volume) -> None:
        """Have a volume wait; its snapshot policies go at once."""
        if self.world.store.snapshot_policies:
            policies = [*self.world.store.snapshot_policies.values()]
            for policy in policies:
                if policy.volume_id == volume.id:
                    self.scheduler.drop(policy.id)
        self._await(_VOLUMES, destroyed_s(volume))

    def _await(self, what: str, since_s: float) -> None:
        """See to it that the alarm rings when something destroyed at *since_s* may go."""
        sweep = self._expunge_vms if what == _VMS else self._expunge_volumes
        self.world.env.wake(what, self._due_s(what, since_s), sweep)

    def _due_s(self, what: str, since_s: float) -> float:
        settings, now = self.world.settings, self.world.env.now
        if what == _VOLUMES and not settings.flag("storage.cleanup.enabled"):
            return inf
        interval_s = max(1.0, settings.number(f"{what}.interval"))
        ripe_s = since_s + max(0.0, settings.number(f"{what}.delay"))
        if not isfinite(interval_s) or not isfinite(ripe_s):
            return inf
        return max(ceil(ripe_s / interval_s), floor(now / interval_s) + 1) * interval_s

    def _ripe(self, what: str, since_s: float) -> bool:
        return since_s + self.world.settings.number(f"{what}.delay") <= self.world.env.now

    def _expunge_vms(self) -> None:
        store = self.world.store
        ripe = [i for i in store.destroyed_vms if self._ripe(_VMS, store.vms[i].since_s)]
        for vm_id in ripe:
            expunge_now(self.world, vm_id)
        self.arm()

    def _expunge_volumes(self) -> None:
        volumes = [self.world.store.volumes[i] for i in self.world.store.destroyed_volumes]
        volumes += self._stuck()
        for volume in volumes:
            if self._ripe(_VOLUMES, destroyed_s(volume)) and not self._spared(volume):
                dispose(self.world, volume, expunge=True)
        self.arm()

    def _stuck(self) -> list[Volume]:
        """Return the volumes in Expunging, where the release cleans them up (versions 35)."""
        if Flag.EXPUNGING_IS_CLEANED not in self.world.dialect:
            return []
        volumes = self.world.store.volumes.values()
        return [v for v in volumes if v.state is VolumeState.EXPUNGING and not v.removed]

    def _spared(self, volume: Volume) -> bool:
        """Return whether a volume is the ROOT of a Destroyed VM, whose fate it shares."""
        vm = self.world.store.vms.get(volume.vm_id or "")
        return volume.type is VolumeType.ROOT and vm is not None and vm.state is VmState.DESTROYED


def destroyed_s(volume: Volume) -> float:
    """Return when a volume in Destroy came there."""
    return volume.created_s if volume.updated_s is None else volume.updated_s

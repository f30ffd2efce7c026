"""What a restart of the management server leaves as it found it (versions, section 7)."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.domain.releases import Flag
from simulator.domain.states import VOLUME_LIFE, VolumeEvent, after
from simulator.engine.world import World

_SETTLED = frozenset({"BackedUp", "Ready", "Error"})


@contextmanager
def as_found(world: World) -> Iterator[None]:
    """Put back what the interrupted work meanwhile undoes, in the releases that clean up less.

    A volume that was being made of a snapshot goes in all of them.
    """
    store = world.store
    volumes, snapshots, vm_snapshots = [], [], []
    if Flag.RESTART_LEAVES_VOLUMES in world.dialect:
        volumes = [v for v in store.volumes.values()
                   if after(VOLUME_LIFE, v.state, VolumeEvent.FAILED) is not None]  # fmt: skip
    if Flag.RESTART_LEAVES_SNAPSHOTS in world.dialect:
        snapshots = [s for s in store.snapshots.values()
                     if s.state not in _SETTLED and not s.removed]  # fmt: skip
        vm_snapshots = [s for s in store.vm_snapshots.values()
                        if s.state not in _SETTLED and not s.removed]  # fmt: skip
    yield
    for volume in volumes:
        if not store.volumes[volume.id].removed:
            store.put_volume(volume)
    for snapshot in snapshots:
        store.put_snapshot(snapshot)
    for vm_snapshot in vm_snapshots:
        store.vm_snapshots[vm_snapshot.id] = vm_snapshot

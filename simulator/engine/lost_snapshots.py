"""Snapshots in Error, which the next cleaning of the storage takes away (StorageManagerImpl)."""

from functools import partial
from math import floor

from simulator.engine.world import World

ERROR = "Error"
_ALARM = "lost snapshots"


def lose(world: World, snapshot_id: str) -> None:
    """Leave a snapshot in Error until the storage is cleaned."""
    store = world.store
    store.put_snapshot(store.snapshots[snapshot_id]._replace(state=ERROR))
    arm(world)


def arm(world: World) -> None:
    """Set the alarm by the records and settings as they are."""
    world.env.silence(_ALARM)
    if not world.settings.flag("storage.cleanup.enabled"):
        return
    if any(s.state == ERROR and not s.removed for s in world.store.snapshots.values()):
        interval_s = max(1.0, world.settings.number("storage.cleanup.interval"))
        at_s = (floor(world.env.now / interval_s) + 1) * interval_s
        world.env.wake(_ALARM, at_s, partial(_clean, world))


def _clean(world: World) -> None:
    store = world.store
    for snapshot in [s for s in store.snapshots.values() if s.state == ERROR and not s.removed]:
        store.put_snapshot(snapshot._replace(removed=True))

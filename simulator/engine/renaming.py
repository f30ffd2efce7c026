"""A record under another id: what points at it follows."""

from simulator.engine.store import Store


def rename_volume(store: Store, old_id: str, new_id: str) -> None:
    """Give a volume another id; the old one is unknown from then on.

    Where it lies in its pool is still called after the old one.
    """
    volume = store.volumes[old_id]
    path = volume.path or (old_id if volume.pool_id else None)
    tags = store.tags.pop(old_id, None)
    store.put_volume(volume.but(removed=True, vm_id=None))
    store.destroyed_volumes.pop(old_id, None)
    del store.volumes[old_id]
    store.put_volume(volume.but(id=new_id, path=path))
    for snapshot in [s for s in store.snapshots.values() if s.volume_id == old_id]:
        store.put_snapshot(snapshot._replace(volume_id=new_id))
    for policy in [p for p in store.snapshot_policies.values() if p.volume_id == old_id]:
        store.snapshot_policies[policy.id] = policy._replace(volume_id=new_id)
    if tags is not None:
        store.tags[new_id] = {key: t._replace(record_id=new_id) for key, t in tags.items()}

"""Snapshot policies: when each takes its next snapshot, and which old ones make room for it.

The next run of a policy is kept in its record, so that the alarm follows from the records alone.
"""

from math import inf
from typing import TYPE_CHECKING

from simulator.domain.errors import CloudError, Refused
from simulator.domain.schedules import MOST_KEPT, SnapshotPolicy
from simulator.engine.schedules import next_run_s
from simulator.engine.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

_ALARM = "snapshots"
_RETRY_S = 300.0
"""Seconds between two looks at the schedules: what could not be taken is tried again then."""


class Scheduler:
    """Rings when a snapshot is due; *take* then takes it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.take: Callable[[SnapshotPolicy], None] = lambda _policy: None

    def arm(self) -> None:
        """Set the alarm anew, by the records as they are."""
        env, policies = self.world.env, self.world.store.snapshot_policies.values()
        env.silence(_ALARM)
        env.wake(_ALARM, min((due_s(policy) for policy in policies), default=inf), self._run)

    def keep(self, policy: SnapshotPolicy) -> None:
        """Make *policy* the current record."""
        self.world.store.snapshot_policies[policy.id] = policy
        self.arm()

    def drop(self, policy_id: str) -> None:
        """Forget a policy and its tags."""
        store = self.world.store
        store.snapshot_policies.pop(policy_id, None)
        store.tags.pop(policy_id, None)
        self.arm()

    def following_s(self, policy: SnapshotPolicy) -> float | None:
        """Return when *policy* takes its next snapshot; one that is not on display takes none."""
        if not policy.display:
            return None
        now_s = self.world.env.now
        return next_run_s(policy.interval, policy.schedule, policy.timezone, now_s)

    def _run(self) -> None:
        world = self.world
        now_s = world.env.now
        due = [p for p in world.store.snapshot_policies.values() if due_s(p) <= now_s]
        for policy in due:
            try:
                self.take(policy)
            except CloudError as no:
                if isinstance(no, Refused):
                    world.refusals.append(no.rule_id)
                following_s: float | None = now_s + _RETRY_S
            else:
                following_s = self.following_s(policy)
            world.store.snapshot_policies[policy.id] = policy._replace(due_s=following_s)
        self.arm()


def due_s(policy: SnapshotPolicy) -> float:
    """Return when *policy* is due, infinity for never."""
    return inf if policy.due_s is None else policy.due_s


def rotate(world: World, snapshot_id: str, policy_id: str | None) -> None:
    """Remove the oldest snapshots of the same volume and interval that are more than it keeps."""
    store = world.store
    taken, policy = store.snapshots[snapshot_id], store.snapshot_policies.get(policy_id or "")
    most = min(MOST_KEPT, policy.keep) if policy else MOST_KEPT
    kept = [
        snapshot
        for snapshot in store.snapshots.values()
        if snapshot.volume_id == taken.volume_id
        and snapshot.interval == taken.interval
        and not snapshot.removed
    ]
    for snapshot in sorted(kept, key=lambda s: s.db_id)[: max(0, len(kept) - max(1, most))]:
        store.put_snapshot(snapshot._replace(removed=True))

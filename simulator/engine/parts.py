"""What a world is put together from, so that a study can put in parts that count."""

from math import inf

from simpy import Environment

from simulator.engine.queue import WorkQueue
from simulator.engine.slots import Shared, Slots


class Parts:
    """Makes the plain parts of a world."""

    def opened(self) -> None:
        """Take note that the management server starts: what it had before is gone."""

    def slots(self, env: Environment, name: str, capacity: int) -> Slots:
        """Return a pool of slots; those of all agents have one name."""
        del name
        return Slots(env, capacity)

    def shared(self, env: Environment, name: str, per_s: float, most_per_s: float = inf) -> Shared:
        """Return something of which all get equal shares."""
        del name
        return Shared(env, per_s, most_per_s)

    def queue(
        self,
        env: Environment,
        work: Slots,
        tick_s: float,
        batch: int,
        *,
        lock_s: float,
        lock_retry_s: float,
    ) -> WorkQueue:
        """Return the queues of all VMs."""
        return WorkQueue(env, work, tick_s, batch, lock_s=lock_s, lock_retry_s=lock_retry_s)

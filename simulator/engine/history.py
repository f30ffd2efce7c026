"""What the queues did of late: pieces of work and ticks, the newest so many of each.

It is looked at and never decides anything; a checkpoint does not keep it.
"""

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from simulator.engine.queue import Turn

NEWEST = 1000
"""So many are remembered."""


class Tick(NamedTuple):
    """One look at the queues: how many VMs were *seen*, as a tick has only so many places.

    Work was *picked* for some of them; so many pieces are *left* in the queues.
    """

    at_s: float
    seen: int
    picked: int
    left: int


class History:
    """The newest pieces of work, by when they were submitted, and the newest ticks."""

    def __init__(self) -> None:
        self.work: deque[Turn] = deque(maxlen=NEWEST)
        self.ticks: deque[Tick] = deque(maxlen=NEWEST)

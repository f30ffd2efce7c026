"""How simulated time follows wall time: `instant`, `manual`, `real`, or a speed like `60x`."""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from simulator.api.service import SimulatedCloud
from simulator.domain.pacing import CLOCKS, speed
from simulator.engine.errors import Stuck


class Pace(Protocol):
    """What a served cloud's clock does before each request is looked at, and until its reply.

    One that *jumps* goes on to the second at which a reply is due; else the caller waits.
    """

    jumps: bool

    def catch_up(self, cloud: SimulatedCloud) -> None:
        """Let the simulated time pass that has passed by this pace."""

    def left_s(self, at_s: float) -> float:
        """Return how many seconds of wall time are left until simulated second *at_s*."""


class Instant:
    """Whatever is in flight ends before the next answer: a job is done at its first poll."""

    jumps = True

    def catch_up(self, cloud: SimulatedCloud) -> None:
        """Let time pass until no job is running, but those that nothing would ever end."""
        with suppress(Stuck):
            cloud.settle()

    def left_s(self, at_s: float) -> float:  # noqa: ARG002 - nothing is ever away
        """Return 0: nobody waits."""
        return 0.0


class Manual:
    """Time passes when a root admin calls rootswapAdvance, and while a caller has no reply."""

    jumps = True

    def catch_up(self, cloud: SimulatedCloud) -> None:
        """Let only what is due already happen."""
        cloud.sleep(0)

    def left_s(self, at_s: float) -> float:  # noqa: ARG002 - only a command moves this clock
        """Return 0: nobody waits."""
        return 0.0


class Scaled:
    """*speed* simulated seconds pass in each second of *wall*, since simulated second 0."""

    jumps = False

    def __init__(self, speed: float, wall: Callable[[], float], started_at: float) -> None:
        self.speed, self.wall, self.started_at = speed, wall, started_at

    def catch_up(self, cloud: SimulatedCloud) -> None:
        """Let time pass up to where wall time stands."""
        cloud.reach((self.wall() - self.started_at) * self.speed)

    def left_s(self, at_s: float) -> float:
        """Return how long *at_s* is still away."""
        return at_s / self.speed + self.started_at - self.wall()


def pace(text: str, wall: Callable[[], float], started_at: float) -> Pace:
    """Return the pace that *text* names; ValueError if it names none.

    *wall* tells wall time in seconds, *started_at* when simulated second 0 was by it.
    """
    times = speed(text)
    if times is None:
        msg = f"'{text}' is no clock: {CLOCKS}"
        raise ValueError(msg)
    if times == 0:
        return Manual()
    return Instant() if times == float("inf") else Scaled(times, wall, started_at)

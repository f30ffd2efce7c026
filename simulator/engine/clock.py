"""The simulated clock: SimPy's environment, able to reach a given second exactly."""

from simpy import Environment


class Clock(Environment):
    """Seconds since boot."""

    def __init__(self) -> None:
        super().__init__(0.0)  # not 0: a second reads the same before and after a checkpoint

    def reach(self, at_s: float) -> None:
        """Let everything happen that is due up to and including *at_s*, and stand there.

        `run(until=…)` adds up differences, so that a replay could end a rounding error apart.
        """
        queue = self._queue
        while queue and queue[0][0] <= at_s:
            self.step()
        self._now = max(self._now, at_s)

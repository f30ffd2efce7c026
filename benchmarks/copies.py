"""B4: what a copy costs when many share a pool's bandwidth."""

from collections.abc import Callable
from functools import partial

import simpy
from meter import say, timed

from simulator.engine.clock import Clock
from simulator.engine.slots import Shared

SIZES = (100, 5_000, 20_000)
MOST_OF_RETIMED = 5_000
ROUNDS = 3


class Retimed:
    """The plain way: every change times every copy anew."""

    def __init__(self, env: simpy.Environment, per_s: float) -> None:
        self.env, self.per_s = env, per_s
        self.left: dict[simpy.Event, float] = {}
        self.last_s, self.round = 0.0, 0

    def take(self, amount: float) -> simpy.Event:
        """Start to take *amount* and return the event of its end."""
        self._advance()
        done = self.env.event()
        self.left[done] = amount
        self._arm()
        return done

    def _advance(self) -> None:
        each = (self.env.now - self.last_s) * self.per_s / max(1, len(self.left))
        for done in self.left:
            self.left[done] -= each
        self.last_s = self.env.now

    def _arm(self) -> None:
        self.round += 1
        if self.left:
            first = min(self.left, key=self.left.__getitem__)
            delay_s = max(0.0, self.left[first] * len(self.left) / self.per_s)
            end = partial(self._end, self.round, first)
            self.env.timeout(delay_s).callbacks.append(end)

    def _end(self, at_round: int, first: simpy.Event, _: simpy.Event) -> None:
        if at_round == self.round:
            self._advance()
            del self.left[first]
            first.succeed()
            self._arm()


def copied(
    make: Callable[[simpy.Environment], Shared | Retimed], count: int
) -> tuple[float, float]:
    """Return the microseconds of a copy among *count*, and the sum of their ends."""
    env, ends_s = Clock(), []
    pool = make(env)

    def copy(n: int) -> simpy.events.ProcessGenerator:
        yield env.timeout(n * 1e-3)
        yield pool.take(1.0 + n * 7919 % 997 / 997)
        ends_s.append(env.now)

    for n in range(count):
        env.process(copy(n))
    return timed(env.run) / count * 1e6, sum(ends_s)


def copies() -> None:
    """Print the microseconds a copy takes by how many there are at once."""
    say("B4 copies, us a copy; bar: 25 at 5,000 and less than 3 times as much at 20,000 as at 100")
    costs = []
    for size in SIZES:
        ours = [copied(lambda env: Shared(env, 1.0), size) for _ in range(ROUNDS)]
        costs.append(min(cost for cost, _ in ours))
        told = f"  {size:>7,} at once: Shared {costs[-1]:6.1f}"
        if size <= MOST_OF_RETIMED:
            cost, total_s = copied(lambda env: Retimed(env, 1.0), size)
            same = abs(total_s - ours[0][1]) < 1e-6 * total_s
            told += f", all timed anew {cost:7.1f}, same ends: {'yes' if same else 'no'}"
        say(told)
    say(f"  growth x {costs[-1] / costs[0]:.2f}")


if __name__ == "__main__":
    copies()

"""How often races end in which way: what was counted of the real server against what happens here.

A share of ours agrees with *seen* of *of* when it lies in their Clopper-Pearson interval or, where
ours is counted only so often, when Fisher's exact test does not tell the two apart.
"""

from functools import cache
from random import Random
from typing import NamedTuple

from outcomes import Rate, golden, rates, recorded, tally
from racing import races
from scipy.stats import binomtest, fisher_exact

CONFIDENCE = 0.95
CLOUDS, EACH = range(6), 60


class Line(NamedTuple):
    """One outcome of one kind of race: *seen* of *of* there, *ours* of *here* here."""

    kind: str
    outcome: str
    seen: int
    of: int
    ours: int
    here: int

    @property
    def interval(self) -> tuple[float, float]:
        """The shares that *seen* of *of* leave open."""
        found = binomtest(self.seen, self.of).proportion_ci(CONFIDENCE, method="exact")
        return float(found.low), float(found.high)

    @property
    def share(self) -> float:
        """Our share."""
        return self.ours / self.here if self.here else 0.0

    @property
    def agrees(self) -> bool:
        """Whether the two are not told apart."""
        low, high = self.interval
        if low <= self.share <= high:
            return True
        table = ((self.seen, self.of - self.seen), (self.ours, self.here - self.ours))
        return bool(fisher_exact(table).pvalue >= 1 - CONFIDENCE)


@cache
def at_recorded_offsets(kind: str) -> dict[str, int]:
    """Return how races of a kind end here, sent as far apart as the recorded ones."""
    offsets = [at for seen in recorded()[kind].values() for at in seen]
    rows = [
        row for seed in CLOUDS for row in races(kind, EACH, seed, lambda dice: dice.choice(offsets))
    ]
    return dict(tally(rows)[kind])


def lines(kind: str, real: dict[str, int], ours: dict[str, int]) -> list[Line]:
    """Return a line for every outcome that either side has, the frequent ones first."""
    of, here = sum(real.values()), sum(ours.values())
    found = [Line(kind, o, real.get(o, 0), of, ours.get(o, 0), here) for o in {*real, *ours}]
    return sorted(found, key=lambda line: (-line.seen, -line.ours, line.outcome))


def in_process(kind: str) -> list[Line]:
    """Return the lines of a kind, the recordings against races in this process."""
    return lines(kind, golden()[kind], at_recorded_offsets(kind))


def measured(rate: Rate) -> Line:
    """Return the line of a proportion of the ground truth against races in this process."""

    def drawn(dice: Random) -> float:
        return dice.uniform(rate.least_s, rate.most_s)

    rows = [row for seed in CLOUDS for row in races(rate.kind, EACH, seed, drawn)]
    found = tally(rows)[rate.kind]
    ours = sum(times for way, times in found.items() if way.startswith(rate.starts))
    where = f"{rate.starts} ({rate.least_s:g} to {rate.most_s:g} s, {rate.source})"
    return Line(rate.kind, where, rate.seen, rate.of, ours, len(rows))


def all_measured() -> list[Line]:
    """Return the lines of all proportions of the ground truth."""
    return [measured(rate) for rate in rates()]

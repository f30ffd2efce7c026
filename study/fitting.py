"""Fit distributions to times, known to the millisecond or as whole seconds between two clocks.

Times of a database are cut to seconds, and contain the wait for a tick. What is fitted is the time
without both: the likelihood is that of the seconds that would be seen (interval censoring of a
convolution). How well a family fits is judged by a parametric bootstrap: the same distance in data
that are drawn from the fit itself, and fitted again.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from copy import copy
from random import Random
from typing import NamedTuple, Protocol

import numpy as np
from scipy.optimize import minimize

from study.distributions import Spread
from study.families import FAMILIES, Array, Family

_CELLS, _LONGEST_S = 700, 3600
"""Parts of the time axis, and where it ends, for times that are seconds."""
_LEAST_S, _LEAST_P = 1e-4, 1e-12
_MARKS = 41
"""Quantiles of the empirical one, and of what stands around a time."""
_PHASES, _CLEARLY = 10, 4.0
"""Places of the tick in a second that are tried, and by how much the likelihood must rise."""
ENOUGH = 20
"""Times below which nothing is fitted."""


class Data(Protocol):
    """Times as they are known."""

    count: int
    mean_s: float

    def log_likelihood(self, family: Family, numbers: Sequence[float]) -> float: ...
    def distances(self, family: Family, numbers: Sequence[float]) -> tuple[float, float]: ...
    def drawn(self, family: Family, numbers: Sequence[float], dice: Random) -> "Data": ...
    def quantiles(self) -> list[float]: ...
    def settled(self) -> "Data": ...


class Exact:
    """Times that are known to the millisecond."""

    def __init__(self, times_s: Sequence[float]) -> None:
        self.times_s = np.maximum(np.sort(np.asarray(times_s, float)), _LEAST_S)
        self.count, self.mean_s = len(times_s), float(self.times_s.mean())

    def settled(self) -> "Exact":
        """Return these: nothing about them is open."""
        return self

    def log_likelihood(self, family: Family, numbers: Sequence[float]) -> float:
        """Return it for a member of *family*."""
        return float(family.log_density(self.times_s, *numbers).sum())

    def distances(self, family: Family, numbers: Sequence[float]) -> tuple[float, float]:
        """Return those of Kolmogorov and Smirnov, and of Anderson and Darling."""
        share, n = family.below(self.times_s, *numbers), self.count
        ranks = np.arange(1, n + 1)
        ks = max((ranks / n - share).max(), (share - (ranks - 1) / n).max())
        share = np.clip(share, _LEAST_P, 1 - _LEAST_P)
        terms = (2 * ranks - 1) * (np.log(share) + np.log1p(-share[::-1]))
        return float(ks), float(-n - terms.mean())

    def drawn(self, family: Family, numbers: Sequence[float], dice: Random) -> "Exact":
        """Return as many times of a member of *family*."""
        return Exact(family.inverse(np.array([dice.random() for _ in range(self.count)]), *numbers))

    def quantiles(self) -> list[float]:
        """Return the times at equal shares, the least first."""
        return [float(q) for q in np.quantile(self.times_s, np.linspace(0, 1, _MARKS))]


class Around(NamedTuple):
    """What lies in a job beside the time that is meant.

    Samples of what comes *before_s* a wait for a tick, uniform up to *tick_s*, and *after_s* it.
    """

    tick_s: float
    before_s: Sequence[float]
    after_s: Sequence[float]


class Censored:
    """Whole seconds between two clocks that show only seconds.

    Ticks keep their place within a second for hours, and so do the ends of jobs that take about
    the same: *phase_s* is that place, None for one that changes. A time that hardly varies is then
    known to half a second only, whatever their number. Above an hour all seconds are alike.
    """

    def __init__(
        self, seconds: Sequence[int], around: Around, phase_s: float | None = None
    ) -> None:
        self._seconds, self._around = seconds, around
        self.count, self._top = len(seconds), min(max(seconds) + 2, _LONGEST_S)
        self._counts = self._counted(seconds)
        self._edges = np.concatenate(([0.0], np.geomspace(0.002, self._top, _CELLS)))
        middles, seen = (self._edges[1:] + self._edges[:-1]) / 2, np.zeros((self._top + 1, _CELLS))
        before_s, after_s = _marks(around.before_s), _marks(around.after_s)
        rows = np.arange(self._top + 1)[:, None]
        for before, after in zip(before_s, _shuffled(after_s), strict=True):
            if phase_s is None or around.tick_s <= 0:
                seen += _clocks(rows - middles - before - after, around.tick_s)
            else:
                ends = np.floor(phase_s + middles + after)
                seen += _held(ends - rows, phase_s - before, around.tick_s)
        self._seen = seen / _MARKS
        self._seen[-1] += np.maximum(0.0, 1 - self._seen.sum(axis=0))
        rest_s = around.tick_s / 2 + float(before_s.mean() + after_s.mean())
        self.mean_s = max(0.05, sum(seconds) / self.count - rest_s)

    def settled(self) -> "Censored":
        """Return these with the phase that explains them best, if any does clearly better."""
        if self._around.tick_s <= 0:
            return self
        best, most = self, _fitted(self, "lognormal").log_likelihood + _CLEARLY
        for n in range(_PHASES):
            other = Censored(self._seconds, self._around, n / _PHASES)
            found = _fitted(other, "lognormal").log_likelihood
            if found > most:
                best, most = other, found
        return best

    def _counted(self, seconds: Sequence[int]) -> Array:
        counts = Counter(min(one, self._top) for one in seconds)
        return np.array([counts[d] for d in range(self._top + 1)], float)

    def _shares(self, family: Family, numbers: Sequence[float]) -> Array:
        """Return for each second how likely it is to be seen."""
        below = np.concatenate(([0.0], family.below(self._edges[1:], *numbers)))
        shares = self._seen @ np.diff(below)
        shares[-1] += 1 - below[-1]
        return np.maximum(shares, _LEAST_P)

    def log_likelihood(self, family: Family, numbers: Sequence[float]) -> float:
        """Return it for a member of *family*."""
        return float((self._counts * np.log(self._shares(family, numbers))).sum())

    def distances(self, family: Family, numbers: Sequence[float]) -> tuple[float, float]:
        """Return those of Kolmogorov and Smirnov, and of Anderson and Darling, over seconds."""
        shares = self._shares(family, numbers)
        meant = np.clip(np.cumsum(shares), _LEAST_P, 1 - _LEAST_P)
        apart = np.cumsum(self._counts) / self.count - meant
        ad = self.count * (apart**2 * shares / (meant * (1 - meant)))[:-1].sum()
        return float(np.abs(apart).max()), float(ad)

    def drawn(self, family: Family, numbers: Sequence[float], dice: Random) -> "Censored":
        """Return as many seconds as would be seen of a member of *family*."""
        ends = [float(end) for end in np.cumsum(self._shares(family, numbers))]
        seconds = [bisect_left(ends, dice.random()) for _ in range(self.count)]
        other = copy(self)
        other._counts = self._counted(seconds)  # noqa: SLF001 - its own kind
        return other

    def quantiles(self) -> list[float]:
        """Return the times at equal shares that explain the seconds best, whatever their form."""
        weights = np.full(_CELLS, 1 / _CELLS)
        for _ in range(200):
            expected = np.maximum(self._seen @ weights, _LEAST_P)
            weights *= self._seen.T @ (self._counts / expected) / self.count
        ends = np.cumsum(weights) / weights.sum()
        at = np.minimum(np.searchsorted(ends, np.linspace(0.002, 0.998, _MARKS)), _CELLS - 1)
        return [float(s) for s in self._edges[1:][at]]


def _clocks(left: Array, tick_s: float) -> Array:
    """Return how likely two clocks that show seconds are that far off, a wait for a tick added."""
    if tick_s <= 0:
        return np.maximum(0.0, 1 - np.abs(left))
    return (_tent(left) - _tent(left - tick_s)) / tick_s


def _held(starts: Array, until_s: float, tick_s: float) -> Array:
    """Return how likely a job began in each of the seconds *starts*, a tick or less before."""
    low, high = np.maximum(starts, until_s - tick_s), np.minimum(starts + 1, until_s)
    return np.maximum(0.0, high - low) / tick_s


def _marks(sample: Sequence[float]) -> Array:
    return np.quantile(np.asarray(sample, float), (np.arange(_MARKS) + 0.5) / _MARKS)


def _shuffled(marks: Array) -> Array:
    return marks[(np.arange(_MARKS) * 16) % _MARKS]  # 41 is prime: each once


def _tent(z: Array) -> Array:
    """Return the share below *z* of the difference of two clocks' cut-off parts."""
    z = np.clip(z, -1, 1)
    return np.where(z < 0, (1 + z) ** 2 / 2, 1 - (1 - z) ** 2 / 2)


class Fit(NamedTuple):
    """A family fitted: *numbers*, and how well it does; p values where they were asked for."""

    family: str
    numbers: tuple[float, ...]
    log_likelihood: float
    aic: float
    ks: float
    ad: float
    ks_p: float | None = None
    ad_p: float | None = None
    others: tuple[tuple[float, ...], ...] = ()
    """Its numbers for data that were drawn from it: how well they are known."""

    def between(self, n: int) -> tuple[float, float] | None:
        """Return where 95 % of the others have their number *n*; None below 20 of them."""
        found = sorted(numbers[n] for numbers in self.others)
        cut = len(found) // 40
        return (found[cut], found[-1 - cut]) if len(found) >= ENOUGH else None

    @property
    def poor(self) -> bool:
        """Return whether data drawn from the fit hardly ever lie as far from it."""
        return self.ks_p is not None and self.ad_p is not None and max(self.ks_p, self.ad_p) <= 0.02


def _fitted(data: Data, name: str, near: Sequence[float] | None = None) -> Fit:
    family = FAMILIES[name]
    start = near or (family.start[0] * data.mean_s, *family.start[1:])

    def cost(logs: Array) -> float:
        if np.abs(logs).max() > 12:
            return 1e12
        found = -data.log_likelihood(family, np.exp(logs))
        return found if np.isfinite(found) else 1e12

    options = {"xatol": 1e-4, "fatol": 1e-4, "maxiter": 400}
    with np.errstate(all="ignore"):
        found = minimize(cost, np.log(start), method="Nelder-Mead", options=options)
        numbers = tuple(float(n) for n in np.exp(found.x))
        ks, ad = data.distances(family, numbers)
    return Fit(name, numbers, -float(found.fun), 2 * len(numbers) + 2 * float(found.fun), ks, ad)


def fits(data: Data, repeats: int, dice: Random) -> list[Fit]:
    """Return every family fitted, the best by Akaike's criterion first.

    The best is judged by *repeats* data sets of its own.
    """
    found = sorted((_fitted(data, name) for name in FAMILIES), key=lambda fit: fit.aic)
    best = found[0]
    if not repeats:
        return found
    family, beyond, others = FAMILIES[best.family], [0, 0], []
    for _ in range(repeats):
        other = data.drawn(family, best.numbers, dice)
        again = _fitted(other, best.family, best.numbers)
        beyond[0] += again.ks >= best.ks
        beyond[1] += again.ad >= best.ad
        others.append(again.numbers)
    ks_p, ad_p = ((1 + n) / (1 + repeats) for n in beyond)
    return [best._replace(ks_p=ks_p, ad_p=ad_p, others=tuple(others)), *found[1:]]


def plain(fit: Fit, numbers: Sequence[float]) -> Spread:
    """Return a member of the family of *fit* as a study says it."""
    return Spread(fit.family, tuple(round(number, 6) for number in numbers))


def spread_of(data: Data, best: Fit) -> Spread:
    """Return what a study can draw from: the best fit, or the data's own shape if it is poor."""
    if not best.poor:
        return plain(best, best.numbers)
    return Spread("empirical", tuple(round(max(q, 1e-6), 6) for q in data.quantiles()))

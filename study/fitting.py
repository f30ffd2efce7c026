"""Fit distributions to times, known to the millisecond or as whole seconds between two clocks.

Times of a database are cut to seconds, and contain the wait for a tick. What is fitted is the time
without both: the likelihood is that of the seconds that would be seen (interval censoring of a
convolution). How well a family fits is judged by a parametric bootstrap: the same distance in data
that are drawn from the fit itself, and fitted again.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from copy import copy
from random import Random
from typing import Any, NamedTuple, Protocol

import numpy as np
from scipy import special
from scipy.optimize import minimize

from study.distributions import Spread

Array = Any
"""A numpy array, or a number."""
_CELLS, _LONGEST_S = 700, 3600
"""Parts of the time axis, and where it ends, for times that are seconds."""
_LEAST_S, _LEAST_P = 1e-4, 1e-12
_MARKS = 41
"""Quantiles of the empirical one."""
ENOUGH = 20
"""Times below which nothing is fitted."""


class Family(NamedTuple):
    """A distribution of one or two numbers above 0: its inverse, density and share below."""

    inverse: Callable[..., Array]
    log_density: Callable[..., Array]
    below: Callable[..., Array]
    start: tuple[float, ...]
    """Where a fit begins, the first times the mean."""


FAMILIES = {
    "exponential": Family(
        lambda u, m: -m * np.log1p(-u),
        lambda x, m: -np.log(m) - x / m,
        lambda x, m: -np.expm1(-x / m),
        (1.0,),
    ),
    "lognormal": Family(
        lambda u, m, s: m * np.exp(s * special.ndtri(u)),
        lambda x, m, s: -np.log(x * s) - 0.9189385332046727 - (np.log(x / m) / s) ** 2 / 2,
        lambda x, m, s: special.ndtr(np.log(x / m) / s),
        (0.8, 0.6),
    ),
    "gamma": Family(
        lambda u, m, k: special.gammaincinv(k, u) * m / k,
        lambda x, m, k: (k - 1) * np.log(x) - x * k / m - special.gammaln(k) - k * np.log(m / k),
        lambda x, m, k: special.gammainc(k, x * k / m),
        (1.0, 2.0),
    ),
    "weibull": Family(
        lambda u, m, k: m * (-np.log1p(-u)) ** (1 / k),
        lambda x, m, k: np.log(k / m) + (k - 1) * np.log(x / m) - (x / m) ** k,
        lambda x, m, k: -np.expm1(-((x / m) ** k)),
        (1.1, 1.5),
    ),
    "log-logistic": Family(
        lambda u, m, k: m * (u / (1 - u)) ** (1 / k),
        lambda x, m, k: np.log(k / m) + (k - 1) * np.log(x / m) - 2 * np.log1p((x / m) ** k),
        lambda x, m, k: 1 / (1 + (x / m) ** -k),
        (0.8, 2.5),
    ),
}
"""By the name that a study knows them by."""


class Data(Protocol):
    """Times as they are known."""

    count: int
    mean_s: float

    def log_likelihood(self, family: Family, numbers: Sequence[float]) -> float: ...
    def distances(self, family: Family, numbers: Sequence[float]) -> tuple[float, float]: ...
    def drawn(self, family: Family, numbers: Sequence[float], dice: Random) -> "Data": ...
    def quantiles(self) -> list[float]: ...


class Exact:
    """Times that are known to the millisecond."""

    def __init__(self, times_s: Sequence[float]) -> None:
        self.times_s = np.maximum(np.sort(np.asarray(times_s, float)), _LEAST_S)
        self.count, self.mean_s = len(times_s), float(self.times_s.mean())

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


class Censored:
    """Whole seconds between two clocks that show only seconds.

    What lies between is the time that is meant, a wait that is uniform up to *tick_s*, and what
    *around_s* is a sample of. Above an hour all seconds are alike.
    """

    def __init__(self, seconds: Sequence[int], tick_s: float, around_s: Sequence[float]) -> None:
        self.count, self._top = len(seconds), min(max(seconds) + 2, _LONGEST_S)
        self._counts = self._counted(seconds)
        self._edges = np.concatenate(([0.0], np.geomspace(0.002, self._top, _CELLS)))
        middles, seen = (self._edges[1:] + self._edges[:-1]) / 2, np.zeros((self._top + 1, _CELLS))
        marks = np.quantile(np.asarray(around_s, float), (np.arange(_MARKS) + 0.5) / _MARKS)
        for around in marks:
            left = np.arange(self._top + 1)[:, None] - middles - around
            seen += _clocks(left, tick_s)
        self._seen = seen / _MARKS
        self._seen[-1] += np.maximum(0.0, 1 - self._seen.sum(axis=0))
        self.mean_s = max(0.05, sum(seconds) / self.count - tick_s / 2 - float(marks.mean()))

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
    family, beyond = FAMILIES[best.family], [0, 0]
    for _ in range(repeats):
        other = data.drawn(family, best.numbers, dice)
        again = _fitted(other, best.family, best.numbers)
        beyond[0] += again.ks >= best.ks
        beyond[1] += again.ad >= best.ad
    ks_p, ad_p = ((1 + n) / (1 + repeats) for n in beyond)
    return [best._replace(ks_p=ks_p, ad_p=ad_p), *found[1:]]


def spread_of(data: Data, best: Fit) -> Spread:
    """Return what a study can draw from: the best fit, or the data's own shape if it is poor."""
    if not best.poor:
        return Spread(best.family, tuple(round(number, 6) for number in best.numbers))
    return Spread("empirical", tuple(round(max(q, 1e-6), 6) for q in data.quantiles()))

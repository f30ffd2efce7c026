"""Distributions of times, each drawn from one uniform number by its inverse.

One number a draw keeps studies comparable: with another distribution for a step, everyone still
meets the same luck.
"""

from collections.abc import Callable
from math import ceil, exp, expm1, floor, isfinite, log, log1p, sqrt
from random import Random
from statistics import NormalDist
from typing import NamedTuple

from simulator.engine.latency import Latency, constant, exponential, lognormal

Quantile = Callable[[float], float]
_LEAST, _MOST = 2.0**-54, 1 - 2.0**-53
"""Stand for 0 and 1, which have no quantile."""
_ENGINE: dict[str, Callable[..., Latency]] = {
    "constant": constant,
    "exponential": exponential,
    "lognormal": lognormal,
}
"""The same, drawn without a detour."""


class Family(NamedTuple):
    """What a distribution needs: so many times, then so many plain numbers above 0.

    *rising* is whether its times must not fall from one to the next, *most* how many may be said.
    """

    times: int
    numbers: int
    make: Callable[..., Quantile]
    rising: bool = False
    most: int = 0


def _constant(seconds: float) -> Quantile:
    return lambda _: seconds


def _uniform(low_s: float, high_s: float) -> Quantile:
    return lambda u: low_s + (high_s - low_s) * u


def _triangular(low_s: float, mode_s: float, high_s: float) -> Quantile:
    wide = high_s - low_s
    knee = (mode_s - low_s) / wide if wide else 1.0

    def quantile(u: float) -> float:
        if u < knee:
            return low_s + sqrt(u * wide * (mode_s - low_s))
        return high_s - sqrt((1 - u) * wide * (high_s - mode_s))

    return quantile


def _exponential(mean_s: float) -> Quantile:
    return lambda u: -mean_s * log1p(-u)


def _gamma(mean_s: float, shape: float) -> Quantile:
    from scipy.special import gammaincinv

    return lambda u: mean_s / shape * float(gammaincinv(shape, u))


def _weibull(scale_s: float, shape: float) -> Quantile:
    return lambda u: scale_s * float((-log1p(-u)) ** (1 / shape))


def _lognormal(median_s: float, sigma: float) -> Quantile:
    normal = NormalDist(log(median_s), sigma).inv_cdf
    return lambda u: exp(normal(u))


def _loglogistic(median_s: float, shape: float) -> Quantile:
    return lambda u: median_s * float((u / (1 - u)) ** (1 / shape))


def _pareto(low_s: float, high_s: float, alpha: float) -> Quantile:
    """Bounded: nothing is longer than *high_s*."""
    tail = -expm1(alpha * log(low_s / high_s))
    return lambda u: low_s * float((1 - u * tail) ** (-1 / alpha))


def _empirical(*marks_s: float) -> Quantile:
    last = len(marks_s) - 1

    def quantile(u: float) -> float:
        at = u * last
        low, high = marks_s[floor(at)], marks_s[ceil(at)]
        return low + (high - low) * (at - floor(at))

    return quantile


FAMILIES: dict[str, Family] = {
    "constant": Family(1, 0, _constant),
    "uniform": Family(2, 0, _uniform, rising=True),
    "triangular": Family(3, 0, _triangular, rising=True),
    "exponential": Family(1, 0, _exponential),
    "gamma": Family(1, 1, _gamma),
    "erlang": Family(1, 1, _gamma),
    "weibull": Family(1, 1, _weibull),
    "lognormal": Family(1, 1, _lognormal),
    "log-logistic": Family(1, 1, _loglogistic),
    "pareto": Family(2, 1, _pareto, rising=True),
    "empirical": Family(2, 0, _empirical, rising=True, most=1001),
}
"""By name, with what stands between its brackets:

constant(at), uniform(low, high), triangular(low, mode, high), exponential(mean),
gamma(mean, shape), erlang(mean, stages), weibull(scale, shape), lognormal(median, sigma),
log-logistic(median, shape), pareto(low, high, alpha), empirical(least, …, most): its quantiles at
equal steps, straight lines between them.
"""


class Spread(NamedTuple):
    """A distribution by name and numbers; *shift_s* later than said, never above *max_s*."""

    shape: str
    numbers: tuple[float, ...]
    shift_s: float = 0.0
    max_s: float | None = None

    def spelt(self) -> str:
        """Return it as a study says it."""
        times = len(self.numbers) - FAMILIES[self.shape].numbers
        said = [f"{_plain(one)}s" for one in self.numbers[:times]]
        said += [_plain(one) for one in self.numbers[times:]]
        said += [f"shift={_plain(self.shift_s)}s"] if self.shift_s else []
        said += [] if self.max_s is None else [f"max={_plain(self.max_s)}s"]
        return f"{self.shape}({', '.join(said)})"

    def quantile(self) -> Quantile:
        """Return its inverse: the seconds that a share of all draws stay below."""
        inner, shift_s = FAMILIES[self.shape].make(*self.numbers), self.shift_s
        if self.max_s is None:
            return (lambda u: shift_s + inner(u)) if shift_s else inner
        share = share_below(inner, self.max_s - shift_s)
        return lambda u: shift_s + inner(min(u * share, _MOST))

    def possible(self) -> bool:
        """Return whether its numbers go together and its bound leaves anything."""
        family, numbers = FAMILIES[self.shape], self.numbers
        times = len(numbers) - family.numbers
        if not family.times <= times <= (family.most or family.times):
            return False
        said_s = numbers[:times]
        if family.rising and (list(said_s) != sorted(said_s) or said_s[0] == said_s[-1]):
            return False
        if self.shape == "erlang" and numbers[-1] % 1:
            return False
        try:
            quantile = self._replace(max_s=None).quantile()
            least_s, most_s = quantile(_LEAST), quantile(_MOST)
        except (OverflowError, ZeroDivisionError):
            return False
        return isfinite(most_s) and (self.max_s is None or least_s < self.max_s)

    def latency(self) -> Latency:
        """Return the latency that is drawn from it."""
        if self.shape in _ENGINE and not self.shift_s and self.max_s is None:
            return _ENGINE[self.shape](*self.numbers)
        quantile = self.quantile()

        def draw(dice: Random) -> float:
            return quantile(dice.random() or _LEAST)

        return draw


def _plain(number: float) -> str:
    """Return a number without an exponent."""
    return f"{number:.9f}".rstrip("0").rstrip(".")


def share_below(quantile: Quantile, seconds: float) -> float:
    """Return the share of draws up to *seconds*: the inverse of an inverse."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        if not 0 < middle < 1:
            break
        if quantile(middle) <= seconds:
            low = middle
        else:
            high = middle
    return low if low > 0 else high

"""The families of distributions that are fitted, as formulas over arrays."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy import special

Array = Any
"""A numpy array, or a number."""


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

"""How quantities are written in a study: numbers with units, and what is drawn anew each time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from simulator.engine.latency import Latency, constant, exponential, lognormal

_TIMES = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_RATES = {f"/{unit}": 1 / worth for unit, worth in _TIMES.items()}
_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"


@dataclass(frozen=True)
class Measure:
    """A number and its unit; *units* has the worth of each."""

    what: str
    like: str
    units: Mapping[str, float] = field(hash=False)
    zero: bool = False

    def read(self, value: Any) -> float | None:
        """Return what is written, None if it is no such quantity."""
        found = re.fullmatch(rf"({_NUMBER}) ?([/a-z]+)", value) if isinstance(value, str) else None
        if found is None or found[2] not in self.units:
            return None
        worth = float(found[1]) * self.units[found[2]]
        return worth if worth > 0 or self.zero else None


class Spread(NamedTuple):
    """A distribution by name, its seconds (mean or median) and what else it needs."""

    shape: str
    seconds: float
    sigma: float = 0.0

    def latency(self) -> Latency:
        """Return the latency that is drawn from it."""
        if self.shape == "lognormal":
            return lognormal(self.seconds, self.sigma)
        return {"exponential": exponential, "constant": constant}[self.shape](self.seconds)


@dataclass(frozen=True)
class Spreads:
    """A distribution: constant(50ms), exponential(50ms) or lognormal(50ms, 0.4)."""

    what: str = "distribution"
    like: str = "lognormal(50ms, 0.4)"

    def read(self, value: Any) -> Spread | None:
        """Return what is written, None if it is no distribution."""
        form = rf"(constant|exponential|lognormal)\(([^,]*)(?:, ?({_NUMBER}))?\)"
        found = re.fullmatch(form, value) if isinstance(value, str) else None
        if found is None or (found[1] == "lognormal") != (found[3] is not None):
            return None
        seconds = TIME.read(found[2])
        if seconds is None or (found[3] is not None and float(found[3]) <= 0):
            return None
        return Spread(found[1], seconds, float(found[3] or 0))


TIME = Measure("time above 0", "60s", _TIMES)
Duration = Annotated[float, TIME]
Moment = Annotated[float, Measure("time", "60s", _TIMES, zero=True)]
PerSecond = Annotated[float, Measure("rate above 0", "4/s", _RATES)]
Drawn = Annotated[Spread, Spreads()]

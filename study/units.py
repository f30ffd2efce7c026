"""How quantities are written in a study: numbers with units, and what is drawn anew each time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from study.distributions import FAMILIES, Spread

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


@dataclass(frozen=True)
class Spreads:
    """A distribution: lognormal(50ms, 0.4) or any of FAMILIES, maybe with shift= and max=."""

    what: str = "distribution"
    like: str = "lognormal(50ms, 0.4)"

    def read(self, value: Any) -> Spread | None:
        """Return what is written, None if it is no distribution."""
        found = re.fullmatch(r"([a-z-]+)\(([^()]*)\)", value) if isinstance(value, str) else None
        family = FAMILIES.get(found[1]) if found else None
        if found is None or family is None:
            return None
        said = [text.strip() for text in found[2].split(",")]
        named = [text.partition("=")[::2] for text in said if "=" in text]
        plain = [text for text in said if "=" not in text]
        bounds = {name: TIME.read(text) for name, text in named}
        if len(bounds) < len(named) or not bounds.keys() <= {"shift", "max"}:
            return None
        times = len(plain) - family.numbers
        read = [TIME.read(text) for text in plain[:times]]
        read += [_PLAIN.read(f"{text} x") for text in plain[times:]] if times > 0 else [None]
        numbers = tuple(one for one in read if one is not None)
        if len(numbers) < len(read) or None in bounds.values():
            return None
        spread = Spread(found[1], numbers, bounds.get("shift") or 0.0, bounds.get("max"))
        return spread if spread.possible() else None


_PLAIN = Measure("number above 0", "0.4", {"x": 1.0})
TIME = Measure("time above 0", "60s", _TIMES)
Duration = Annotated[float, TIME]
MOMENT = Measure("time", "60s", _TIMES, zero=True)
Moment = Annotated[float, MOMENT]
PerSecond = Annotated[float, Measure("rate above 0", "4/s", _RATES)]
Drawn = Annotated[Spread, Spreads()]

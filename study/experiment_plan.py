"""The form of what is asked of a study: its variants, what is swept."""

from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct

from simulator.boot.lines import Path
from simulator.boot.plan import Name
from study.units import MOMENT

BASE = "base"
"""What the file as it stands is called among its variants."""


AUTO = 0
"""As many as it takes."""
AUTO_WARMUP = -1.0
"""As long as it takes; in the meantime all is counted."""
_MOST = 100_000


class Entry(NamedTuple):
    """A value under a dotted *key*, which TOML may spell as one key or as table in table."""

    path: Path
    key: str
    value: Any


class Entries:
    """A table whose keys are dotted, quoted or not; its values are no tables."""

    what, like = "table of dotted keys", "{ management.api_threads = 250 }"

    def read(self, value: Any) -> tuple[Entry, ...] | None:
        """Return what is in a table; None for what is none."""
        return tuple(_entries(value, ())) if isinstance(value, dict) else None


def _entries(table: dict[str, Any], path: Path) -> list[Entry]:
    found = []
    for key, value in table.items():
        here = (*path, key)
        inner = isinstance(value, dict)
        found += _entries(value, here) if inner else [Entry(here, ".".join(map(str, here)), value)]
    return found


Dotted = Annotated[tuple[Entry, ...], Entries()]


class _Count:
    """A number, or "auto" for as many as it takes."""

    what, like = 'number of replications, or "auto",', "20"

    def read(self, value: Any) -> int | None:
        """Return the number, AUTO for as many as it takes, None for what is none."""
        if value == "auto":
            return AUTO
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and 1 <= value <= _MOST else None


class _Warmup:
    """A time, or "auto" for as long as it takes."""

    what, like = 'time, or "auto",', "60s"

    def read(self, value: Any) -> float | None:
        """Return seconds, AUTO_WARMUP for as long as it takes, None for what is none."""
        return AUTO_WARMUP if value == "auto" else MOMENT.read(value)


class _Names:
    what, like = "name of a figure, or list of them,", "load.p95_s"

    def read(self, value: Any) -> tuple[str, ...] | None:
        """Return names; None for what is none."""
        names = [value] if isinstance(value, str) else value
        fits = isinstance(names, list) and names and all(isinstance(n, str) for n in names)
        return tuple(dict.fromkeys(names)) if fits else None


Replications = Annotated[int, _Count()]
Warmup = Annotated[float, _Warmup()]
Metrics = Annotated[tuple[str, ...], _Names()]


class PrecisionPart(Struct, frozen=True):
    """When "auto" has enough: half the interval of each *metric* is that part of its mean.

    *max* replications are the most.
    """

    metric: Metrics
    relative: Annotated[float, Meta(gt=0, lt=1)] = 0.05
    confidence: Annotated[float, Meta(ge=0.5, lt=1)] = 0.95
    max: Annotated[int, Meta(ge=6, le=100_000)] = 500


class VariantPart(Struct, frozen=True):
    """The study with some values *set* to others, by dotted path."""

    name: Name
    set: Dotted

"""The form of what is asked of a study: its variants, what is swept."""

from typing import Annotated, Any, NamedTuple

from msgspec import Struct

from simulator.boot.lines import Path
from simulator.boot.plan import Name

BASE = "base"
"""What the file as it stands is called among its variants."""


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


class VariantPart(Struct, frozen=True):
    """The study with some values *set* to others, by dotted path."""

    name: Name
    set: Dotted

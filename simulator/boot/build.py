"""What every part of a cloud is built with: the world, the names taken, the faults found."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from faker import Faker

from simulator.boot.lines import Path
from simulator.boot.reading import Faults, meant
from simulator.engine.world import World

Record = TypeVar("Record")


@cache
def _faker() -> Faker:
    """Return the one Faker, which is slow to make; whoever asks it seeds it first."""
    return Faker()


class Build:
    """A cloud on its way; what is wrong is noted, not raised."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world, self.store, self.faults = world, world.store, faults
        self.faker = _faker()
        self.faker.seed_instance(world.seed)
        self.numbers: Counter[str] = Counter()
        self._names: dict[str, dict[str, str]] = {}

    def claim(self, kind: str, name: str, record_id: str, path: Path) -> None:
        """Take *name* for a record of *kind*; a second one of that name is a fault."""
        taken = self._names.setdefault(kind, {})
        if name in taken:
            self.faults.add(path, f"there is another {kind} called {name!r}")
        taken[name] = record_id

    def fake(self, kind: str, make: Callable[[], str]) -> str:
        """Return a name from Faker that no other record of *kind* has."""
        taken = self._names.get(kind, {})
        name = word = make()
        number = 1
        while name in taken:
            number += 1
            name = f"{word}{number}"
        return name

    def find(self, kind: str, name: str, records: dict[str, Record], path: Path) -> Record | None:
        """Return the record of *kind* called *name*; it is a fault if there is none."""
        taken = self._names.get(kind, {})
        if name not in taken:
            self.faults.add(path, f"{name!r} is no {kind} of this cloud{meant(name, list(taken))}")
            return None
        return records[taken[name]]


def numbered(name: str, count: int, number: int) -> str:
    """Return the name of one of *count* records that share *name*."""
    return f"{name}{number}" if count > 1 else name

"""Many replications of one study or several: stored ones, then new ones, counted in order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple, Protocol

from study.engines import Engine, Task, opened, results
from study.reading import Study
from study.replication import Outcome, Row
from study.store import Store, decoded


class Rule(Protocol):
    """Says how many replications each study needs, from their figures in order."""

    most: int

    def note(self, at: int, row: Row) -> None:
        """Take the figures of the next replication of a study."""

    def wanted(self, at: int) -> int:
        """Return how many that study needs, as far as is known; never more than before."""


class Fixed:
    """So many of each, whatever they come to."""

    def __init__(self, most: int) -> None:
        self.most = most

    def note(self, at: int, row: Row) -> None:
        """Take no notice."""

    def wanted(self, at: int) -> int:  # noqa: ARG002 -- other rules look at it
        """Return the number that was said."""
        return self.most


class Where(NamedTuple):
    """How replications are computed, and where they are kept."""

    engine: Engine = Engine()
    store: Store | None = None


Tell = Callable[[int, int], None]
"""Takes how many replications are there, and of how many at most."""


class Gathering:
    """The replications of *studies*: *found* has those of each, from number 0 on without a gap.

    What is found depends on the rule alone, never on the order in which they end.
    """

    def __init__(self, studies: Sequence[Study], rule: Rule) -> None:
        self.studies, self.rule = list(studies), rule
        self.found: list[list[Outcome]] = [[] for _ in studies]
        self._early: dict[tuple[int, int], Outcome] = {}

    def run(self, where: Where, tell: Tell = lambda _done, _most: None) -> list[list[Outcome]]:
        """Take what is stored, compute and store what is missing; BadEngine if that fails.

        After a KeyboardInterrupt *found* has what was there.
        """
        store = where.store
        if store is not None:
            for at, study in enumerate(self.studies):
                for number, outcome in store.known(study.key):
                    self._early[at, number] = outcome
                self._take(at)
        if next(self._missing(), None) is not None:
            self._compute(where, tell)
        for at, found in enumerate(self.found):
            del found[self.rule.wanted(at) :]
        return self.found

    def _compute(self, where: Where, tell: Tell) -> None:
        """Compute and store what is missing."""
        store = where.store
        with (
            opened(where.engine, sum(1 for _ in self._missing())) as processes,
            closing(results(self._missing(), processes)) as computed,
        ):
            for at, number, body in computed:
                if store is not None:
                    store.put(self.studies[at].key, number, body)
                self._early[at, number] = decoded(body)
                self._take(at)
                most = self._most()
                tell(min(most, sum(map(len, self.found)) + self._waiting()), most)

    def _missing(self) -> Iterator[Task]:
        """Return what is still to be computed, asked anew each time that something can run."""
        for number in range(self.rule.most):
            for at, study in enumerate(self.studies):
                there = number < len(self.found[at]) or (at, number) in self._early
                if not there and number < self.rule.wanted(at):
                    yield Task(at, study, number)

    def _take(self, at: int) -> None:
        """Move what has no gap before it any more."""
        found = self.found[at]
        while (at, len(found)) in self._early and len(found) < self.rule.wanted(at):
            found.append(self._early.pop((at, len(found))))
            self.rule.note(at, found[-1].row)

    def _waiting(self) -> int:
        return sum(number < self.rule.wanted(at) for at, number in self._early)

    def _most(self) -> int:
        """Return how many there will be at most."""
        return sum(self.rule.wanted(at) for at in range(len(self.studies)))

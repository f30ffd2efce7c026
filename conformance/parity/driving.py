"""Driving two clouds side by side until they differ, and asking for less until that is little."""

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from conformance.parity.common import Common
from conformance.parity.comparing import Divergence, Eye
from conformance.parity.drawing import Drawer
from conformance.parity.operations import Operation
from conformance.parity.rooms import Answer, Room
from conformance.parity.sides import Side

Watch = Callable[[str], None]
"""Gets a line of progress."""
Answered = Generator[tuple[Operation, list[Answer]], None, None]
"""Operations with the answer of each side; closing it leaves the rooms."""
_ATTEMPTS = 60


class Asked(NamedTuple):
    """A room, and how its answers are looked at."""

    room: Room
    eye: Eye

    def do(self, operation: Operation) -> Answer:
        """Perform an operation and return the answer as it is compared."""
        return self.eye.seen(self.room.do(operation))


class Drive:
    """Asks all of *sides* the same; *ignored* fields are not compared."""

    def __init__(
        self, sides: Sequence[Side], common: Common, ignored: Collection[str], watch: Watch
    ) -> None:
        self.sides, self.common, self._ignored, self._watch = sides, common, ignored, watch
        self._attempts = 0

    @contextmanager
    def rooms(self) -> Iterator[list[Asked]]:
        """Give a fresh room at each side."""
        self._attempts += 1
        entered: list[Side] = []
        try:
            rooms = list[Asked]()
            for side in self.sides:
                entered.append(side)
                site = side.enter()
                room = Room(site, side.places, self.common, self._attempts, side.account)
                rooms.append(Asked(room, Eye(self._ignored)))
            yield rooms
        finally:
            for side in entered:
                side.leave()

    def drawn(self, seed: int, steps: int) -> Answered:
        """Yield *steps* random operations, after those that make a start, with the answers."""
        drawer = Drawer(self.common, seed)
        with self.rooms() as rooms:
            opening = drawer.opening()
            for number in range(len(opening) + steps):
                first = number < len(opening)
                operation = opening[number] if first else drawer.next(rooms[0].room.seen)
                yield operation, [room.do(operation) for room in rooms]
                if (number + 1) % 10 == 0:
                    self._watch(f"{number + 1} of {len(opening) + steps} operations")

    def again(self, operations: Sequence[Operation]) -> Answered:
        """Yield the same operations in fresh rooms, with the answers."""
        with self.rooms() as rooms:
            for operation in operations:
                yield operation, [room.do(operation) for room in rooms]


def first_divergence(answered: Answered) -> Divergence | int:
    """Return the first operation that two sides answered otherwise, else how many there were."""
    asked: list[Operation] = []
    for operation, (one, two) in answered:
        asked.append(operation)
        if one != two:
            answered.close()  # leaves the rooms
            return Divergence(asked, (one, two))
    return len(asked)


def shrunk(drive: Drive, found: Divergence, watch: Watch) -> Divergence | None:
    """Return the divergence with as few operations as show it; None if it is not seen again.

    First all that the last operation does not need is left out at once, then ever smaller parts
    of the rest (delta debugging); each attempt is made in fresh rooms.
    """
    budget = _ATTEMPTS

    def still(operations: Sequence[Operation]) -> Divergence | None:
        nonlocal budget
        budget -= 1
        again = first_divergence(drive.again(operations))
        same = isinstance(again, Divergence) and again.kind == found.kind
        return again if same and isinstance(again, Divergence) else None

    best = still(_needed(found.operations)) or still(found.operations)
    if best is None:
        return None
    size = max(1, len(best.operations) // 2)
    while budget > 0:
        watch(f"shrinking: {len(best.operations)} operations")
        smaller = _smaller(best, size, still, lambda: budget > 0)
        if smaller is not None:
            best = smaller
            size = min(size, max(1, len(best.operations) // 2))
        elif size == 1:
            break
        else:
            size //= 2
    return best


def _smaller(
    best: Divergence,
    size: int,
    still: Callable[[Sequence[Operation]], Divergence | None],
    goes_on: Callable[[], bool],
) -> Divergence | None:
    """Return the divergence without *size* operations before its last one, None if all matter."""
    *before, last = best.operations
    for end in range(len(before), 0, -size):
        if not goes_on():
            return None
        rest = [*before[: max(0, end - size)], *before[end:], last]
        smaller = still(rest)
        if smaller is not None:
            return smaller
    return None


def _needed(operations: Sequence[Operation]) -> list[Operation]:
    """Return those operations whose aliases the last one speaks of, directly or not."""
    needs, kept = set(operations[-1].needs), [operations[-1]]
    for operation in reversed(operations[:-1]):
        own = {operation.creates} if operation.creates else set()
        touched = own | {alias.rpartition(" of ")[2] for alias in operation.needs}
        if touched & {alias.rpartition(" of ")[2] for alias in needs}:
            kept.insert(0, operation)
            needs |= operation.needs
    return kept

"""Where two normalised answers differ."""

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from conformance.parity.operations import Operation
from conformance.parity.rooms import Answer

ABSENT = "(absent)"


_NUMBERED = re.compile(r"<id (\d+)>")


class Eye:
    """How the answers of one side are looked at: without *ignored* fields.

    Ids without an alias are numbered as they come in what is looked at.
    """

    def __init__(self, ignored: Collection[str]) -> None:
        self._ignored = ignored
        self._numbers: dict[str, str] = {}

    def seen(self, answer: Answer) -> Answer:
        """Return an answer as it is compared."""
        return Answer(self._seen(answer.outcome), self._seen(answer.delta))

    def _seen(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: self._seen(value[k]) for k in sorted(value) if k not in self._ignored}
        if isinstance(value, list):
            return [self._seen(item) for item in value]
        return _NUMBERED.sub(self._number, value) if isinstance(value, str) else value

    def _number(self, found: re.Match[str]) -> str:
        return self._numbers.setdefault(found[1], f"<id {len(self._numbers) + 1}>")


class Difference(NamedTuple):
    """A place in two answers, and what stands there."""

    path: str
    one: Any
    two: Any


class Divergence(Struct, frozen=True):
    """The first operation that two clouds answered otherwise, and all that were asked up to it."""

    operations: list[Operation]
    answers: tuple[Answer, Answer]

    @property
    def differences(self) -> list[Difference]:
        """All places where the two answers differ."""
        one, two = (answer._asdict() for answer in self.answers)
        return list(_differences(one, two))

    @property
    def kind(self) -> tuple[str, str]:
        """What makes two divergences the same: the command, and the first place."""
        return self.operations[-1].command, self.differences[0].path


def _differences(one: Any, two: Any, path: str = "") -> Iterator[Difference]:
    if isinstance(one, dict) and isinstance(two, dict):
        for key in dict.fromkeys([*one, *two]):
            inner = f"{path}.{key}" if path else key
            yield from _differences(one.get(key, ABSENT), two.get(key, ABSENT), inner)
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, (left, right) in enumerate(zip(one, two, strict=True)):
            yield from _differences(left, right, f"{path}[{number}]")
    elif one != two or type(one) is not type(two):
        yield Difference(path, one, two)

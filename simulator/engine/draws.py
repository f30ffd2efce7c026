"""Random numbers by whom they are for, not by when they are drawn.

What the nth workflow of a study draws follows from its number alone. With other queues all comes
in another order, and still everyone meets the same numbers: two variants differ by the variant.
"""

from functools import cache
from hashlib import sha256
from random import Random

_STEP, _WORKFLOW, _JOB, _DRAW = (
    0x9E3779B97F4A7C15,
    0xD1B54A32D192ED03,
    0xABC98388FB8FAC03,
    0x8CB92BA72F3D8DD7,
)
"""Odd constants: how far apart neighbours of each kind begin."""
_BITS = (1 << 64) - 1


class Stream(Random):
    """SplitMix64, put to another place for each use; whatever Random can, but `gauss`.

    That one keeps half of a pair for the next use; `normalvariate` does not.
    """

    place = 0

    def random(self) -> float:
        """Return a number from 0 up to 1."""
        self.place = z = (self.place + _STEP) & _BITS
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & _BITS
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & _BITS
        return ((z ^ z >> 31) >> 11) * 2.0**-53


class Draws:
    """What one entity draws: for each step, by name, the first, second … number of its own.

    All entities of a world share one *stream*, as no draw outlasts the call it is for.
    """

    __slots__ = ("_counts", "_key", "_stream")

    def __init__(self, stream: Stream, key: int) -> None:
        self._stream, self._key = stream, key
        self._counts: dict[str, int] = {}

    def job(self, workflow: int, number: int = 0) -> "Draws":
        """Return the draws of a job, by the number of its workflow and its own in that."""
        return Draws(self._stream, self._key + workflow * _WORKFLOW + number * _JOB)

    def of(self, step: str) -> Random:
        """Return the stream at the next place for *step*, to be drawn from at once."""
        count = self._counts.get(step, 0)
        self._counts[step] = count + 1
        self._stream.place = self._key + _place(step) + count * _DRAW
        return self._stream


@cache
def _place(step: str) -> int:
    return int.from_bytes(sha256(step.encode()).digest()[:8])

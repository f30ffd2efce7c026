"""Simulated seconds as the API writes them."""

from datetime import timedelta
from functools import lru_cache

from simulator.engine import schedules

EPOCH = schedules.EPOCH


def date(at_s: float) -> str:
    """Return simulated seconds as the API's date."""
    return _date(int(at_s))


@lru_cache(4096)
def _date(second: int) -> str:
    return (EPOCH + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def stamp(at_s: float) -> str:
    """Return simulated seconds as snapshot names carry them."""
    return (EPOCH + timedelta(seconds=at_s)).strftime("%Y%m%d%H%M%S")

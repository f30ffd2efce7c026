"""The schedule of a snapshot policy: minute, hour and day, read as leniently as the server does."""

import re
from typing import NamedTuple

INTERVALS = {"hourly": 0, "daily": 1, "weekly": 2, "monthly": 3}
"""Word of an interval -> its number in a response."""
MOST_KEPT = 8
"""How many snapshots of one interval a volume may keep."""
_PARTS = {"hourly": 1, "daily": 2, "weekly": 3, "monthly": 3}
_LAST_DAY = 28
_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
_INT_MAX = (1 << 31) - 1


class SnapshotPolicy(NamedTuple):
    """When snapshots of a volume shall be taken, and how many are kept.

    *due_s* is when the next one is; None for one that is not on *display*.
    """

    id: str
    db_id: int
    account_id: str
    volume_id: str
    interval: str
    schedule: str
    timezone: str
    keep: int
    display: bool = True
    due_s: float | None = None


def parts_of(interval: str, schedule: str) -> tuple[int, int, int]:
    """Return minute, hour and day of a schedule; ValueError if it is none of *interval*."""
    given = schedule.split(":")
    while given and not given[-1]:
        given.pop()
    wanted = given[: _PARTS[interval]]
    if len(wanted) < _PARTS[interval] or not all(_NUMBER.fullmatch(part) for part in wanted):
        raise ValueError(schedule)
    numbers = [int(part) for part in wanted]
    if any(abs(number) > _INT_MAX for number in numbers):
        raise ValueError(schedule)
    minute, hour, day = (*numbers, 0, 0)[:3]
    if interval == "monthly" and day > _LAST_DAY:
        raise ValueError(schedule)
    return minute, hour, day


def well_formed(interval: str, schedule: str) -> bool:
    """Return whether a schedule can be read."""
    try:
        parts_of(interval, schedule)
    except ValueError:
        return False
    return True

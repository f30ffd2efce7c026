"""When a snapshot policy takes its next snapshot, in its time zone and on the calendar.

A schedule is read as leniently as the server does: minute 61 is minute 1 of the next hour.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from simulator.domain.schedules import parts_of

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""The calendar's second 0 of the simulated clock."""
GMT = "GMT"
_LONGEST_MONTH = 31
_TRIES = 64
"""Runs looked at: a schedule far in the past is never due."""
_OFFSET = re.compile(r"GMT([+-])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_SHORT = {
    "ACT": "Australia/Darwin", "AET": "Australia/Sydney", "AGT": "America/Argentina/Buenos_Aires",
    "ART": "Africa/Cairo", "AST": "America/Anchorage", "BET": "America/Sao_Paulo",
    "BST": "Asia/Dhaka", "CAT": "Africa/Harare", "CNT": "America/St_Johns",
    "CST": "America/Chicago", "CTT": "Asia/Shanghai", "EAT": "Africa/Addis_Ababa",
    "ECT": "Europe/Paris", "IET": "America/Indiana/Indianapolis", "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo", "MIT": "Pacific/Apia", "NET": "Asia/Yerevan", "NST": "Pacific/Auckland",
    "PLT": "Asia/Karachi", "PNT": "America/Phoenix", "PRT": "America/Puerto_Rico",
    "PST": "America/Los_Angeles", "SST": "Pacific/Guadalcanal", "VST": "Asia/Ho_Chi_Minh",
}  # fmt: skip
"""Short names that Java knows and the time zone database does not, or means otherwise."""


def timezone_named(name: str) -> str:
    """Return the time zone that the server reads *name* as: GMT where it knows none."""
    return name if _zone(name) is not None else _offset(name) or GMT


def _offset(name: str) -> str | None:
    """Return "GMT+1" as "GMT+01:00", None for what is no offset."""
    found = _OFFSET.fullmatch(name)
    if found is None or int(found[2]) > 23 or int(found[3] or 0) > 59:
        return None
    return f"GMT{found[1]}{int(found[2]):02}:{found[3] or '00'}"


def _zone(name: str) -> tzinfo | None:
    """Return a time zone by its name in the database or by its short name."""
    try:
        return ZoneInfo(_SHORT.get(name, name))
    except (ValueError, OSError, KeyError):
        return None


def _tz(name: str) -> tzinfo:
    """Return the time zone of a name that *timezone_named* gave."""
    found = _OFFSET.fullmatch(name)
    if found is None:
        return _zone(name) or UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)


def next_run_s(interval: str, schedule: str, zone_name: str, after_s: float) -> float | None:
    """Return the first simulated second after *after_s* that a schedule names.

    None where the calendar ends before.
    """
    now = EPOCH + timedelta(seconds=after_s)
    runs = _runs(interval, parts_of(interval, schedule), now.astimezone(_tz(zone_name)))
    try:
        following = next((run for run in islice(runs, _TRIES) if run > now), None)
    except (OverflowError, ValueError):
        return None
    return None if following is None else (following - EPOCH).total_seconds()


def _runs(interval: str, parts: tuple[int, int, int], now: datetime) -> Iterator[datetime]:
    """Yield the runs from that of the hour, day, week or month of *now* on."""
    minute, hour, day = parts
    if interval == "hourly":  # by time that passes: an hour that is repeated has its run twice
        past = timedelta(minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
        run = now.astimezone(UTC) - past + timedelta(minutes=minute)
        while True:
            yield run
            run += timedelta(hours=1)
    start = now.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0, fold=0)
    more = timedelta(hours=hour, minutes=minute)
    if interval == "weekly":  # weeks begin on Sunday, and day 9 is Monday
        start += timedelta(days=(day - 1) % 7 - (start.weekday() + 1) % 7)
    elif interval == "monthly":
        start = start.replace(day=1)
        more += timedelta(days=day - 1)
    while True:
        yield (start + more).replace(tzinfo=now.tzinfo)
        if interval == "monthly":
            start = (start + timedelta(days=_LONGEST_MONTH)).replace(day=1)
        else:
            start += timedelta(days=7 if interval == "weekly" else 1)

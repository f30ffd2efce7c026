"""The next run of a schedule, on the calendar and in its time zone."""

import pytest

from simulator.engine.schedules import EPOCH, next_run_s, timezone_named


@pytest.mark.parametrize(
    ("interval", "schedule", "zone", "after_s", "at"),
    [
        ("hourly", "19", "GMT", 0, "2026-01-01T00:19"),
        ("hourly", "19", "GMT", 1140, "2026-01-01T01:19"),
        ("hourly", "61", "GMT", 0, "2026-01-01T01:01"),
        ("hourly", "0:9:9", "Asia/Kolkata", 0, "2026-01-01T00:30"),
        ("daily", "00:10", "GMT", 0, "2026-01-01T10:00"),
        ("daily", "0:2", "US/Pacific", 0, "2026-01-01T10:00"),
        ("daily", "0:2", "PST", 0, "2026-01-01T10:00"),
        ("daily", "0:2", "GMT-08:00", 0, "2026-01-01T10:00"),
        ("weekly", "10:10:2", "GMT", 0, "2026-01-05T10:10"),
        ("weekly", "10:10:9", "GMT", 0, "2026-01-05T10:10"),
        ("weekly", "0:0:5", "GMT", 0, "2026-01-08T00:00"),
        ("monthly", "0:0:1", "GMT", 0, "2026-02-01T00:00"),
        ("monthly", "5:2:28", "GMT", 0, "2026-01-28T02:05"),
    ],
)
def test_the_next_run(interval: str, schedule: str, zone: str, after_s: float, at: str) -> None:
    run_s = next_run_s(interval, schedule, zone, after_s)
    assert run_s is not None
    assert f"{EPOCH.timestamp() + run_s:.0f}" == f"{_seconds(at):.0f}"


def _seconds(text: str) -> float:
    return type(EPOCH).fromisoformat(text + "+00:00").timestamp()


def test_a_run_beyond_the_calendar_never_comes() -> None:
    assert next_run_s("daily", "0:2147483647", "GMT", 0) is None


def test_an_hour_that_is_repeated_has_its_run_twice() -> None:
    before_s = _seconds("2026-10-25T00:00") - EPOCH.timestamp()
    first = next_run_s("hourly", "30", "Europe/Berlin", before_s)
    assert first is not None
    assert next_run_s("hourly", "30", "Europe/Berlin", first) == first + 3600


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Mars", "GMT"), ("UTC", "UTC"), ("PST", "PST"), ("GMT+1", "GMT+01:00"), ("gmt", "GMT"),
        ("GMT+5:30", "GMT+05:30"), ("GMT+24", "GMT"), ("../x", "GMT"), ("", "GMT"),
        ("Europe/Berlin", "Europe/Berlin"),
    ],
)  # fmt: skip
def test_an_unknown_time_zone_is_gmt(name: str, read: str) -> None:
    assert timezone_named(name) == read

"""How simulated time may follow wall time: `instant`, `manual`, `real`, or a speed like `60x`."""

import re
from math import inf

MAX_SPEED = 1e6
"""Faster, and the calendar's last year comes within a day."""
CLOCKS = "instant, manual, real, or a speed like 60x"
_JUMPS = {"instant": inf, "manual": 0.0}


def speed(text: str) -> float | None:
    """Return how many simulated seconds pass in a second of wall time, None for what is no clock.

    It is infinity where whatever is in flight ends at once, and 0 where a command moves time.
    """
    if text in _JUMPS:
        return _JUMPS[text]
    found = re.fullmatch(r"(\d+(?:\.\d+)?)x", "1x" if text == "real" else text)
    number = float(found[1]) if found else 0.0
    return number if 0 < number <= MAX_SPEED else None

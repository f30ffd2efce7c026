"""`/healthz`: whether the cloud answers, for those who wait for it; nobody signs."""

import json
from typing import Any

from simulator import __version__
from simulator.api.dates import date
from simulator.serve.answer import Answer, plain
from simulator.serve.pace import Instant, Pace, Scaled
from simulator.serve.site import Site

PATH = "/healthz"
HEADER = b"x-rootswap"
"""In each answer, so that nobody takes this for a server of CloudStack."""


def name(site: Site) -> bytes:
    """Return the value of HEADER: version; dialect and clock."""
    dialect = site.cloud.world.dialect.name
    return f"{__version__}; dialect={dialect}; clock={kind(site.pace)}".encode()


def health(site: Site, method: str) -> Answer:
    """Return the answer to *method* of PATH; it changes nothing."""
    if method not in {"GET", "HEAD"}:
        return plain(405, "")
    if isinstance(site.pace, Scaled):
        site.pace.catch_up(site.cloud)
    now_s = site.cloud.now_s()
    state: dict[str, Any] = {
        "status": "ok",
        "version": __version__,
        "dialect": site.cloud.world.dialect.name,
        "clock": {"kind": kind(site.pace), "seconds": now_s, "date": date(now_s)},
        "jobs": len(site.cloud.jobs.running),
    }
    return Answer(200, json.dumps(state).encode(), b"application/json")


def kind(pace: Pace) -> str:
    """Return *pace* as `--clock` names it."""
    if isinstance(pace, Scaled):
        return "real" if pace.speed == 1 else f"{pace.speed:g}x"
    return "instant" if isinstance(pace, Instant) else "manual"

"""The form of what a workload may say about its arrivals, and about who waits for its jobs."""

from dataclasses import replace
from typing import Annotated, Any, Literal, NamedTuple, get_args

from msgspec import Meta, Struct

from study.units import Duration, PerSecond

_TIME, _RATE = get_args(Duration)[1], replace(get_args(PerSecond)[1], zero=True)


class Stage(NamedTuple):
    """Seconds in which the rate goes evenly from where it was to *per_s*."""

    lasts_s: float
    per_s: float


class _Stages:
    what, like = "stage", '["1h", "60/h"]'

    def read(self, value: Any) -> Stage | None:
        """Return what is written, None if it is no stage."""
        if not isinstance(value, list) or len(value) != 2:
            return None
        lasts_s, per_s = _TIME.read(value[0]), _RATE.read(value[1])
        return None if lasts_s is None or per_s is None else Stage(lasts_s, per_s)


Staged = Annotated[Stage, _Stages()]


class RetryPart(Struct, frozen=True):
    """Who asks again, *max* times at most: a client *every* so often.

    **failed** asks again that long after a job failed. **csi** does as container storage does:
    it asks again while the job before is still under way, so that jobs for one VM pile up, and is
    content with the first that succeeds; what it asked for besides goes on all the same.
    """

    policy: Literal["failed", "csi"]
    every: Duration = 60.0
    max: Annotated[int, Meta(ge=1, le=200)] = 10

"""What is written down of a replication beside its figures, as plain data."""

from typing import NamedTuple


class Law(NamedTuple):
    """A law that must hold for a resource, told by the resource and by those who used it.

    *resource_side* is the mean number there (or the work done in a second), integrated where it
    changes; *user_side* is how often somebody came in a second, times what each said it took.
    """

    resource: str
    law: str
    resource_side: float
    per_s: float
    each: float
    user_side: float
    residual: float


class Use(NamedTuple):
    """How a resource was used: means over time; *busiest* is the utilisation of its worst part.

    Those in the queue of something shared are all that share it. In use of the dispatcher are the
    places of a tick, be it that it serves the VM or finds it busy.
    """

    capacity: float
    utilisation: float
    busiest: float | None
    mean_used: float
    mean_queue: float
    most_queue: float


class Series(NamedTuple):
    """A level's mean in pieces of *width_s* seconds from the start on."""

    width_s: float
    means: tuple[float, ...]


class Spent(NamedTuple):
    """How many jobs of a command there were, and the seconds all spent in each phase."""

    jobs: int
    phases_s: dict[str, float]


class Bar(NamedTuple):
    """A job as a line of seconds since the start; *dispatched_s* is its first turn's."""

    workload: str
    number: int
    command: str
    submitted_s: float
    begun_s: float | None
    dispatched_s: float | None
    done_s: float
    status: int
    code: int | None
    reason: str
    phases_s: dict[str, float]


class Recorded(NamedTuple):
    """All that is written down: *series* of levels that were ever above 0, *jobs* where asked for.

    *bars* are the jobs about the time of the most.
    """

    span_s: float
    use: dict[str, Use]
    laws: tuple[Law, ...]
    restarts: int
    series: dict[str, Series]
    spent: dict[str, Spent]
    bars: tuple[Bar, ...]
    jobs: tuple[Bar, ...]

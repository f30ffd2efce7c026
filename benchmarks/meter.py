"""How a run is measured: CPU seconds, beside what a bare SimPy timeout takes just then."""

import gc
import platform
import resource
import sys
from collections.abc import Callable
from importlib.metadata import version
from itertools import islice
from time import process_time
from typing import Any, NamedTuple

import simpy

ENGINES = ("rootswap", "simpy", "ciw", "salabim", "joblib", "dask", "numpy")
_PROCESSES, _TIMEOUTS = 1000, 200
_DELAYS_S = [(n * 2654435761 % 1000) / 1000 + 0.001 for n in range(1024)]


class Measured(NamedTuple):
    """CPU seconds of a run, and of one bare timeout before and after it on average."""

    cpu_s: float
    timeout_s: float

    def ratio(self, events: int) -> float:
        """Return R: the run's seconds, in those of as many bare timeouts as it had events."""
        return self.cpu_s / (events * self.timeout_s)


def timed(run: Callable[[], Any]) -> float:
    """Return the CPU seconds of a run, the garbage collector off."""
    gc.collect()
    gc.freeze()
    gc.disable()
    start_s = process_time()
    run()
    spent_s = process_time() - start_s
    gc.enable()
    gc.unfreeze()
    return spent_s


def measured(run: Callable[[], Any]) -> Measured:
    """Return what a run takes, between two looks at bare timeouts."""
    before_s = timeout_s()
    cpu_s = timed(run)
    return Measured(cpu_s, (before_s + timeout_s()) / 2)


def timeout_s() -> float:
    """Return the CPU seconds of a SimPy timeout while 1,000 processes wait for theirs."""
    env = simpy.Environment()

    def sleeper(first: int) -> simpy.events.ProcessGenerator:
        for n in range(_TIMEOUTS):
            yield env.timeout(_DELAYS_S[(first + n) % 1024])

    for first in range(_PROCESSES):
        env.process(sleeper(first))
    return timed(env.run) / (_PROCESSES * _TIMEOUTS)


def peak_mib() -> float:
    """Return the most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def middle(values: list[float]) -> float:
    """Return the median, the upper one of two."""
    return next(islice(sorted(values), len(values) // 2, None))


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def versions() -> str:
    """Return the versions of Python and of all engines."""
    return f"Python {platform.python_version()}, " + ", ".join(
        f"{name} {version(name)}" for name in ENGINES
    )

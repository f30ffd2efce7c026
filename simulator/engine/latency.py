"""How long things take: distributions in seconds, and which step has which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, inf, log
from random import Random
from statistics import NormalDist

Latency = Callable[[Random], float]
"""Draws seconds from a stream of random numbers."""


_LEAST = 2.0**-54
"""Stands for a draw of exactly 0, which has no quantile."""


def constant(seconds: float) -> Latency:
    """Return a latency that is always *seconds*."""
    return lambda _: seconds


def exponential(mean_s: float) -> Latency:
    """Return an exponential latency."""
    return lambda dice: dice.expovariate(1 / mean_s)


def lognormal(median_s: float, sigma: float) -> Latency:
    """Return a log-normal latency."""
    quantile = NormalDist(log(median_s), sigma).inv_cdf
    return lambda dice: exp(quantile(dice.random() or _LEAST))


def empirical(samples_s: Sequence[float]) -> Latency:
    """Return a latency that repeats one of *samples_s*."""
    return lambda dice: dice.choice(samples_s)


def scaled(latency: Latency, factor: float) -> Latency:
    """Return *latency* times *factor*."""
    return lambda dice: latency(dice) * factor


def plus(one: Latency, other: Latency) -> Latency:
    """Return the sum of two latencies."""
    return lambda dice: one(dice) + other(dice)


def _commands() -> dict[str, Latency]:
    return {
        "AttachCommand": lognormal(0.2, 0.4),
        "DettachCommand": lognormal(0.1, 0.4),
        "StartCommand": lognormal(0.4, 0.4),
        "StopCommand": lognormal(0.4, 0.4),
        "PlugNicCommand": lognormal(0.1, 0.4),
        "UnPlugNicCommand": lognormal(0.1, 0.4),
        "RebootCommand": lognormal(0.5, 0.4),
        "MigrateCommand": lognormal(1.0, 0.4),
        "MigrateVolumeCommand": lognormal(0.5, 0.4),
        "PrepareForMigrationCommand": lognormal(0.05, 0.4),
        "CheckAndRepairVolumeCommand": lognormal(0.3, 0.4),
        "CreateObjectCommand": lognormal(0.05, 0.4),
        "CopyCommand": lognormal(0.15, 0.4),
        "DeleteCommand": lognormal(0.045, 0.3),
        "ResizeVolumeCommand": lognormal(0.02, 0.4),
        "CreateVMSnapshotCommand": lognormal(0.6, 0.4),
        "DeleteVMSnapshotCommand": lognormal(0.3, 0.4),
        "RevertToVMSnapshotCommand": lognormal(0.5, 0.4),
        "RevertSnapshotCommand": lognormal(0.3, 0.4),
    }


@dataclass(frozen=True, slots=True)
class Timings:
    """The latency of every step (ground truth 10; a scenario may replace each).

    *api* is a job thread's time before anything is queued, *work* the database time of a piece
    of queued work, *plan* what a start takes until it is queued, *refuse* what one takes longer
    whose planning finds no way, *allocate* writing a VM down or back, *delete* each half of a
    volume's removal, *pickup* what a thread takes to get going, *read* what passes between its
    looks at a volume that others may change, *backup* what an attached volume's snapshot takes
    after its turn; *commands* the hosts' answers by command.
    """

    api: Latency = lognormal(0.055, 0.4)
    work: Latency = lognormal(0.12, 0.4)
    plan: Latency = lognormal(0.1, 0.3)
    refuse: Latency = lognormal(0.25, 0.3)
    allocate: Latency = lognormal(0.25, 0.3)
    delete: Latency = lognormal(0.045, 0.3)
    pickup: Latency = lognormal(0.05, 1.1)
    read: Latency = lognormal(0.03, 0.6)
    backup: Latency = lognormal(1.35, 0.2)
    commands: Mapping[str, Latency] = field(default_factory=_commands)


@dataclass(frozen=True, slots=True)
class Capacities:
    """How much of everything there is, with the server's defaults (semantics 10.2).

    *cores* are the processors of the management server and its database, without number unless
    said: then latencies are what its threads take when others leave them alone.
    Whoever submits work holds its VM's lock for *lock_s*; who finds it held comes again after
    *lock_retry_s* (recorded races: the later of two calls lost 5 s).
    """

    api_threads: int = 125
    work_threads: int = 166
    tick_s: float = 2.0
    tick_batch: int = 50
    lock_s: float = 0.015
    lock_retry_s: float = 5.0
    kvm_agent_workers: int = 5
    direct_agent_workers: int = 500
    pool_bytes_per_s: float = 400e6
    cores: float = inf

"""What queueing theory says exactly, by its own formulas: no simulation, no product code."""

from math import exp, inf, lgamma, log

import numpy as np


def erlang_c_wait(arrivals_per_s: float, service_s: float, servers: int) -> float:
    """Return the mean wait in the queue of M/M/c, by the Erlang B recursion."""
    load = arrivals_per_s * service_s
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    waits = blocked / (1 - load / servers * (1 - blocked))
    return waits / (servers / service_s - arrivals_per_s)


def pollaczek_khinchine_wait(arrivals_per_s: float, mean_s: float, second_moment: float) -> float:
    """Return the mean wait in the queue of M/G/1 from two moments of its service."""
    return arrivals_per_s * second_moment / (2 * (1 - arrivals_per_s * mean_s))


def mva_throughput(users: int, think_s: float, demands_s: tuple[float, ...]) -> float:
    """Return the throughput of a closed network of FIFO stations, by mean value analysis."""
    queues = [0.0] * len(demands_s)
    per_s = 0.0
    for n in range(1, users + 1):
        stays_s = [d * (1 + q) for d, q in zip(demands_s, queues, strict=True)]
        per_s = n / (think_s + sum(stays_s))
        queues = [per_s * stay_s for stay_s in stays_s]
    return per_s


def sharing_stay(arrivals_per_s: float, service_s: float, servers: float = 1) -> float:
    """Return the mean stay where *servers* are shared evenly, one a job at most.

    It is M/M/c's for every distribution of the service: insensitivity of a symmetric queue.
    """
    return service_s + erlang_c_wait(arrivals_per_s, service_s, int(servers))


def bulk_wait(arrivals_per_s: float, tick_s: float, batch: int) -> float:
    """Return the mean wait for a tick that lets *batch* go at once.

    The queue before a tick is max(0, Q - batch) plus a Poisson number; its distribution is
    iterated until it stands, and the mean queue over a period divided by the rate is the wait.
    """
    mean = arrivals_per_s * tick_s
    size = 40 * batch
    come = np.array([_poisson(mean, k) for k in range(int(mean + 20 * mean**0.5) + 20)])
    before, change = np.zeros(size), inf
    before[0] = 1.0
    while change > 1e-15:
        left = np.concatenate(([before[: batch + 1].sum()], before[batch + 1 :]))
        after = np.convolve(left, come)[:size]
        change = float(np.abs(after - before).max())
        before = after
    left_behind = float(np.maximum(np.arange(size) - batch, 0) @ before)
    return (left_behind + mean / 2) / arrivals_per_s


def _poisson(mean: float, k: int) -> float:
    return exp(k * log(mean) - mean - lgamma(k + 1))

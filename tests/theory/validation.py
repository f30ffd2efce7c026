"""The product's resources against exact results: `python tests/theory/validation.py`.

Each model is run again and again with streams of its own, and the interval is Student's over
these replications: customers of one run depend on each other and make none.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterator
from math import exp, sqrt
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from exact import (
    bulk_wait,
    erlang_c_wait,
    mva_throughput,
    pollaczek_khinchine_wait,
    sharing_stay,
)
from models import (
    Dice,
    closed_throughput,
    job_stay,
    lognormal_of_mean,
    queue_wait,
    shared_stay,
    tick_wait,
)
from scipy.special import chdtrc, ndtri, stdtr

from simulator.engine.latency import constant, exponential
from study.figures import summed_up

REPLICATIONS = 20
SIGMA = 0.8
STATIONS_S = (0.5, 1.0, 1 / 3)
USERS, THINK_S = 20, 10.0


class Model(NamedTuple):
    """A model's *name*, what is *exact*, and one *run* of so many skipped and so many counted."""

    name: str
    exact: float
    size: tuple[int, int]
    run: Callable[[tuple[int, int], Dice], float]


MODELS = (
    Model(
        "M/M/1, load 0.8: wait (Erlang C)", erlang_c_wait(0.8, 1, 1), (1000, 10_000),
        lambda size, dice: queue_wait(0.8, exponential(1), 1, size, dice),
    ),
    Model(
        "M/M/4, load 0.9: wait (Erlang C)", erlang_c_wait(3.6, 1, 4), (2000, 18_000),
        lambda size, dice: queue_wait(3.6, exponential(1), 4, size, dice),
    ),
    Model(
        "M/M/125, load 0.95: wait (Erlang C)", erlang_c_wait(118.75, 1, 125), (10_000, 30_000),
        lambda size, dice: queue_wait(118.75, exponential(1), 125, size, dice),
    ),
    Model(
        "jobs on 4 API threads, load 0.8: stay (Erlang C)", 1 + erlang_c_wait(3.2, 1, 4),
        (500, 6000), lambda size, dice: job_stay(3.2, 4, size, dice),
    ),
    Model(
        "M/D/1, load 0.7: wait (P-K)", pollaczek_khinchine_wait(0.7, 1, 1), (500, 10_000),
        lambda size, dice: queue_wait(0.7, constant(1), 1, size, dice),
    ),
    Model(
        "M/LogN(0.8)/1, load 0.7: wait (P-K)",
        pollaczek_khinchine_wait(0.7, 1, exp(SIGMA**2)), (500, 10_000),
        lambda size, dice: queue_wait(0.7, lognormal_of_mean(1, SIGMA), 1, size, dice),
    ),
    Model(
        "closed, 20 users, 3 stations: throughput (MVA)",
        mva_throughput(USERS, THINK_S, STATIONS_S), (300, 5000),
        lambda size, dice: closed_throughput(USERS, THINK_S, STATIONS_S, size, dice),
    ),
    Model(
        "M/D/1-PS, load 0.7: stay (insensitivity)", sharing_stay(0.7, 1), (500, 6000),
        lambda size, dice: shared_stay(0.7, constant(1), 1, size, dice),
    ),
    Model(
        "M/LogN(0.8)/1-PS, load 0.7: stay (insensitivity)", sharing_stay(0.7, 1), (500, 6000),
        lambda size, dice: shared_stay(0.7, lognormal_of_mean(1, SIGMA), 1, size, dice),
    ),
    Model(
        "M/LogN(0.8)/4-PS, load 0.8: stay (insensitivity)", sharing_stay(3.2, 1, 4), (1000, 6000),
        lambda size, dice: shared_stay(3.2, lognormal_of_mean(1, SIGMA), 4, size, dice),
    ),
    Model(
        "tick of 2 s for 50, 22.5/s: wait (bulk service)", bulk_wait(22.5, 2, 50), (1000, 8000),
        lambda size, dice: tick_wait(22.5, 2, 50, size, dice),
    ),
)  # fmt: skip


class Checked(NamedTuple):
    """A model, its estimate over *runs* replications and the half width of its interval."""

    model: Model
    estimate: float
    half: float
    t: float
    runs: int

    @property
    def inside(self) -> bool:
        """Return whether the exact value lies in the 95 % interval."""
        return abs(self.estimate - self.model.exact) <= self.half

    @property
    def z(self) -> float:
        """Return the normal deviate that is as unlikely as the estimate's t."""
        return float(ndtri(stdtr(self.runs - 1, self.t)))


def checked(model: Model, seed: int, count: int = REPLICATIONS) -> Checked:
    """Return what *count* replications of *model* say."""
    values = [model.run(model.size, _dice(f"{seed}/{model.name}/{n}")) for n in range(count)]
    found = summed_up(values)
    error = sqrt(sum((v - found["mean"]) ** 2 for v in values) / (count - 1) / count)
    half = found["high"] - found["mean"]
    return Checked(model, found["mean"], half, (found["mean"] - model.exact) / error, count)


def _dice(run: str) -> Dice:
    def stream(purpose: str) -> Random:
        return Random(hashlib.sha256(f"{run}/{purpose}".encode()).digest())

    return stream


def rows(found: list[Checked], *, markdown: bool) -> Iterator[str]:
    """Return the lines of the table."""
    form = "| {} | {} | {} | {} | {} |" if markdown else "{:50} {:>9} {:>23} {:>6} {}"
    yield form.format("model", "exact", "estimate, 95 %", "z", "inside")
    if markdown:
        yield "|---|---|---|---|---|"
    for row in found:
        told = f"{row.estimate:.5f} ± {row.half:.5f}"
        inside = "yes" if row.inside else "no"
        yield form.format(row.model.name, f"{row.model.exact:.5f}", told, f"{row.z:+.2f}", inside)


def chi_square(found: list[Checked]) -> str:
    """Return the sum of the squared z, and how often chance alone gives one as large."""
    total = sum(row.z**2 for row in found)
    inside = sum(row.inside for row in found)
    return (
        f"{inside} of {len(found)} inside their 95 % interval; sum of z^2 {total:.1f} on "
        f"{len(found)} degrees, p = {chdtrc(len(found), total):.3f}"
    )


def main() -> None:
    """Print the table, and the chi-square over as many further seeds as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    parser.add_argument("--fresh", type=int, default=0, help="so many further seeds")
    parser.add_argument("--markdown", action="store_true")
    asked = parser.parse_args()
    found = [checked(model, asked.seed, asked.replications) for model in MODELS]
    sys.stdout.write("\n".join((*rows(found, markdown=asked.markdown), "", chi_square(found), "")))
    sys.stdout.flush()
    if asked.fresh:
        seeds = range(asked.seed + 1, asked.seed + 1 + asked.fresh)
        found = [checked(model, seed, asked.replications) for seed in seeds for model in MODELS]
        sys.stdout.write(f"{asked.fresh} further seeds: {chi_square(found)}\n")


if __name__ == "__main__":
    main()

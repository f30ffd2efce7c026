"""Latencies for a study, fitted to what a real server says of its jobs."""

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from msgspec.structs import fields

from simulator import __version__
from simulator.engine.latency import Timings
from study.distributions import Spread
from study.fitting import ENOUGH, Around, Censored, Data, Exact, Fit, fits, plain, spread_of
from study.history import FAILED, SUCCEEDED, BadHistory, History, Past
from study.latency_plan import LatencyPart


class Hidden(NamedTuple):
    """What is fitted to a job, and the steps of the engine before and after its wait for a tick."""

    key: str
    before: tuple[str, ...] = ("api",)
    after: tuple[str, ...] = ()


HOSTED = {
    "attachVolume": Hidden("AttachCommand", after=("work",)),
    "detachVolume": Hidden("DettachCommand", after=("work",)),
    "startVirtualMachine": Hidden("StartCommand", before=("api", "plan")),
    "stopVirtualMachine": Hidden("StopCommand", after=("work",)),
    "rebootVirtualMachine": Hidden("RebootCommand"),
    "migrateVirtualMachine": Hidden("MigrateCommand"),
    "createVMSnapshot": Hidden("CreateVMSnapshotCommand"),
    "deleteVMSnapshot": Hidden("DeleteVMSnapshotCommand"),
}
"""What a job asks its host for."""
HOSTLESS = {"attachVolume": Hidden("work"), "detachVolume": Hidden("work")}
"""The same where VMs are stopped, so that no host is asked."""
INPUTS = "inputs-"
"""How the names of variants begin that differ in what is known of the inputs."""
_AROUND = 1000
_KEYS = frozenset(field.name for field in fields(LatencyPart))


class Asked(NamedTuple):
    """How to calibrate: the seconds of a tick, whether *hosts* did the work, bootstrap repeats."""

    tick_s: float = 2.0
    hosts: bool = True
    repeats: int = 99
    seed: int = 0


class Calibrated(NamedTuple):
    """What a key of `[latency]` is to be, and why; *fits* are empty where *n* was too small."""

    key: str
    n: int
    failed: int
    spread: Spread | None
    fits: tuple[Fit, ...]


class Calibration(NamedTuple):
    """Everything that was fitted, to which files, and the commands that were left alone."""

    histories: tuple[History, ...]
    found: tuple[Calibrated, ...]
    ignored: dict[str, int]


def calibrate(histories: Sequence[History], asked: Asked) -> Calibration:
    """Return the latencies that fit *histories*; BadHistory if there is too little of anything."""
    wanted = HOSTED if asked.hosts else HOSTLESS
    exact: dict[str, list[float]] = {}
    jobs: list[Past] = []
    for history in histories:
        for key, took_s in history.steps.items():
            if key in _KEYS:
                exact.setdefault(key, []).extend(took_s)
        jobs += history.jobs if not history.steps else ()
    ignored: dict[str, int] = {}
    by_key: dict[str, list[Past]] = {}
    for job in jobs:
        if job.command in wanted:
            by_key.setdefault(wanted[job.command].key, []).append(job)
        else:
            ignored[job.command] = ignored.get(job.command, 0) + 1
    found = [_calibrated(key, len(times), 0, Exact, times, asked) for key, times in exact.items()]
    for key, some in by_key.items():
        if key not in exact:
            hidden = next(one for one in wanted.values() if one.key == key)
            found.append(_from_jobs(hidden, some, asked))
    if not any(one.fits for one in found):
        names = ", ".join(history.name for history in histories)
        what = " or ".join(wanted)
        raise BadHistory(
            [f"{names}: nothing has {ENOUGH} times to fit: no part of a log, no {what}"]
        )
    return Calibration(tuple(histories), tuple(found), ignored)


def _from_jobs(hidden: Hidden, jobs: list[Past], asked: Asked) -> Calibrated:
    seconds = [
        round(job.completed_s - job.created_s)
        for job in jobs
        if job.status == SUCCEEDED and job.completed_s is not None
    ]
    failed = sum(job.status == FAILED for job in jobs)
    near = around(hidden, asked)

    def data(of: Sequence[int]) -> Data:
        return Censored(of, near)

    return _calibrated(hidden.key, len(seconds), failed, data, seconds, asked)


def around(hidden: Hidden, asked: Asked) -> Around:
    """Return samples of what the engine's steps take around what is fitted."""
    timings, dice = Timings(), Random(asked.seed)

    def sample(steps: Sequence[str]) -> list[float]:
        latencies = [getattr(timings, step) for step in steps]
        return [sum(latency(dice) for latency in latencies) for _ in range(_AROUND)]

    return Around(asked.tick_s, sample(hidden.before), sample(hidden.after))


def _calibrated(
    key: str, n: int, failed: int, data: Any, times: Sequence[float], asked: Asked
) -> Calibrated:
    if n < ENOUGH:
        return Calibrated(key, n, failed, None, ())
    known = data(times).settled()
    found = fits(known, asked.repeats, Random(f"{asked.seed}/{key}"))
    return Calibrated(key, n, failed, spread_of(known, found[0]), tuple(found))


def as_toml(calibration: Calibration, inputs: int = 0) -> str:
    """Return a `[latency]` table that says where it comes from, and nobody's name.

    After it are *inputs* variants that the same data might as well have come from.
    """
    lines = [f"# Fitted by rootswap calibrate {__version__}"]
    lines += [f"# {_origin(history)}, sha256 {history.sha256}" for history in calibration.histories]
    keys = ["", "[latency]"]
    for one in calibration.found:
        if one.spread is not None:
            lines.append(
                f"# {one.key}: n {one.n}, {one.failed} failed and left out, {_judged(one)}"
            )
            keys.append(f'{one.key} = "{one.spread.spelt()}"')
    for number in range(inputs):
        others = ", ".join(
            f'"latency.{one.key}" = "{plain(best, best.others[number]).spelt()}"'
            for one in calibration.found
            for best in one.fits[:1]
            if not best.poor
        )
        keys += ["", "[[variant]]", f'name = "{INPUTS}{number + 1}"', f"set = {{ {others} }}"]
    return "\n".join(lines + keys) + "\n"


def _origin(history: History) -> str:
    first, last = history.span()
    return f"{history.name}: {history.kind}, {len(history.jobs):,} jobs, {first} to {last}"


def _judged(one: Calibrated) -> str:
    best = one.fits[0]
    shape = "no family fits, so its own shape; best was" if best.poor else "best of 5:"
    ks, ad = (f"{d:.3g}" + (f" (p {p:.2f})" if p is not None else "") for d, p in _distances(best))
    return f"{shape} {best.family}, AIC {best.aic:.1f}, KS {ks}, Anderson-Darling {ad}"


def _distances(fit: Fit) -> tuple[tuple[float, float | None], tuple[float, float | None]]:
    return (fit.ks, fit.ks_p), (fit.ad, fit.ad_p)


def as_text(calibration: Calibration) -> str:
    """Return a table for people: each family of each key, the best first."""
    lines = [_origin(history) for history in calibration.histories]
    head = f"{'key':<25}{'n':>7}{'failed':>8}  {'fitted':<32}{'AIC':>12}{'KS':>8}{'p':>6}"
    lines += ["", f"{head}{'AD':>10}{'p':>6}"]
    for one in calibration.found:
        name = f"{one.key:<25}{one.n:>7}{one.failed:>8}  "
        if not one.fits:
            lines.append(f"{name}fewer than {ENOUGH}: not fitted")
        for fit in one.fits:
            said = Spread(fit.family, tuple(float(f"{n:.4g}") for n in fit.numbers)).spelt()
            (ks, ks_p), (ad, ad_p) = _distances(fit)
            told = f"{said:<32}{fit.aic:>12.1f}{ks:>8.4f}{_share(ks_p)}{ad:>10.3g}{_share(ad_p)}"
            lines.append(f"{name}{told}")
            name = " " * len(name)
        if one.fits and (known := [b for n in range(2) if (b := _known(one.fits[0], n))]):
            lines.append(f"{name}its numbers, 95 %: {', '.join(known)}")
        if one.fits and one.fits[0].poor:
            lines.append(f"{name}none fits: taken as it is, by its quantiles")
    if calibration.ignored:
        left = ", ".join(f"{name} ({n})" for name, n in sorted(calibration.ignored.items()))
        lines += ["", f"left alone: {left}"]
    return "\n".join(lines) + "\n"


def _known(best: Fit, n: int) -> str:
    between = best.between(n) if n < len(best.numbers) else None
    return f"{between[0]:.4g} to {between[1]:.4g}" if between else ""


def _share(p: float | None) -> str:
    return " " * 6 if p is None else f"{p:>6.2f}"


def as_table(calibration: Calibration) -> dict[str, Any]:
    """Return all of it as plain data."""
    return {
        "version": __version__,
        "files": [
            {"name": h.name, "kind": h.kind, "sha256": h.sha256, "jobs": len(h.jobs),
             "first": h.span()[0], "last": h.span()[1]}
            for h in calibration.histories
        ],
        "latency": {
            one.key: {
                "n": one.n,
                "failed": one.failed,
                "spelt": None if one.spread is None else one.spread.spelt(),
                "fits": [fit._asdict() for fit in one.fits],
            }
            for one in calibration.found
        },
        "ignored": calibration.ignored,
    }  # fmt: skip

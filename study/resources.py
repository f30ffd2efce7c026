"""What replications recorded, put together: use of resources, laws, where the time goes."""

from collections.abc import Sequence
from math import fsum
from typing import Any

from simulator.engine.timed import PHASES
from study.figures import summed_up
from study.recorded import Recorded

TOLERANCE = 1e-6
"""Relative residual of a law up to which it holds: far above rounding, far below one job lost."""
_USES = ("utilisation", "busiest", "mean_used", "mean_queue", "most_queue")


def resources_of(found: Sequence[Recorded]) -> dict[str, Any]:
    """Return the use of each resource, the one that is used most first."""
    names = dict.fromkeys(name for one in found for name in one.use)
    summed = {name: _use_of(name, found) for name in names}
    return dict(sorted(summed.items(), key=lambda item: -(item[1]["utilisation"]["mean"] or 0.0)))


def _use_of(name: str, found: Sequence[Recorded]) -> dict[str, Any]:
    uses = [one.use[name] for one in found if name in one.use]
    told: dict[str, Any] = {"capacity": uses[0].capacity}
    for key in _USES:
        told[key] = summed_up([v for use in uses if (v := getattr(use, key)) is not None])
    return told


def laws_of(found: Sequence[Recorded]) -> dict[str, Any]:
    """Return each law's means and its worst residual, and the replications it fails in."""
    names = dict.fromkeys((law.law, law.resource) for one in found for law in one.laws)
    told: dict[str, Any] = {"tolerance": TOLERANCE, "invalid": invalid(found)}
    for kind, resource in names:
        every = [
            law for one in found for law in one.laws if (law.law, law.resource) == (kind, resource)
        ]
        told.setdefault(kind, {})[resource] = {
            "resource_side": fsum(law.resource_side for law in every) / len(every),
            "user_side": fsum(law.user_side for law in every) / len(every),
            "per_s": fsum(law.per_s for law in every) / len(every),
            "each": fsum(law.each for law in every) / len(every),
            "residual": max((law.residual for law in every), key=abs),
        }
    return told


def invalid(found: Sequence[Recorded]) -> list[int]:
    """Return the numbers of the replications in which a law does not hold."""
    return [n for n, one in enumerate(found) if any(abs(w.residual) > TOLERANCE for w in one.laws)]


def time_of(found: Sequence[Recorded]) -> dict[str, Any]:
    """Return the mean seconds of each command's jobs, phase by phase, over all replications."""
    commands = dict.fromkeys(command for one in found for command in one.spent)
    return {command: _time_of(command, found) for command in commands}


def _time_of(command: str, found: Sequence[Recorded]) -> dict[str, Any]:
    spent = [one.spent[command] for one in found if command in one.spent]
    jobs = sum(one.jobs for one in spent)
    phases = {p: fsum(one.phases_s.get(p, 0.0) for one in spent) / jobs for p in PHASES}
    return {"jobs": jobs, "phases_s": {phase: s for phase, s in phases.items() if s}}


def as_lines(summary: dict[str, Any]) -> list[str]:
    """Return what was recorded for people: resources, time, laws."""
    lines = ["", f"{'resource':<24}{'utilisation':>12}{'in use':>10}{'queue':>10}{'at most':>10}"]
    for name, use in summary["resources"].items():
        busy = use["utilisation"]["mean"]
        told = "" if busy is None else f"{100 * busy:.1f} %"
        mean = [use[key]["mean"] for key in ("mean_used", "mean_queue")]
        lines.append(
            f"{name:<24}{told:>12}{mean[0]:>10.4g}{mean[1]:>10.4g}{use['most_queue']['max']:>10g}"
        )
    lines += ["", f"{'a job spends, in s':<24}" + "".join(f"{p:>11}" for p in _told(summary))]
    for command, spent in summary["time"].items():
        shown = (spent["phases_s"].get(phase, 0.0) for phase in _told(summary))
        lines.append(f"{command:<24}" + "".join(f"{seconds:>11.3f}" for seconds in shown))
    return [*lines, "", verdict(summary["laws"])]


def _told(summary: dict[str, Any]) -> list[str]:
    """Return the phases that any command spends time in."""
    return [p for p in PHASES if any(p in one["phases_s"] for one in summary["time"].values())]


def verdict(laws: dict[str, Any]) -> str:
    """Return whether the laws hold, in a sentence."""
    kinds = [law for key in ("Little", "utilisation") for law in laws.get(key, {}).items()]
    if not kinds:
        return "no time passed: laws were not checked"
    name, worst = max(kinds, key=lambda item: abs(item[1]["residual"]))
    told = f"{abs(worst['residual']):.1e} at {name}"
    if laws["invalid"]:
        numbers = ", ".join(map(str, laws["invalid"]))
        return f"INVALID: Little's or the utilisation law fails by {told}; replications {numbers}"
    return f"Little's and the utilisation law hold: the largest residual is {told}"

"""Several studies on one page: what figures come to at each point, and why."""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Any

from study.figures import summed_up
from study.page import facts, figure, frame, number, table
from study.picture import (
    COLOURS,
    Picture,
    axes_of,
    end_of,
    mean_and_band,
    plain,
    styled,
    unit_of,
)
from study.points import Point
from study.recorded import Recorded
from study.replication import Outcome
from study.resources import TOLERANCE, invalid

Found = Sequence[Sequence[Outcome]]
_CURVES = len(COLOURS)
_NUMBERS = 3
"""Points from which numbers are an axis, and not names on one."""


def pictures(points: Sequence[Point], found: Found, metrics: Sequence[str]) -> list[Picture]:
    """Return what there is to show of points that have replications."""
    there = [(p, outcomes) for p, outcomes in zip(points, found, strict=True) if outcomes]
    points, found = [point for point, _ in there], [outcomes for _, outcomes in there]
    with styled():
        every = [_figures(points, found, metrics), _latencies(points, found), _used(points, found)]
    return [picture for picture in every if picture is not None]


def page(
    summary: dict[str, Any], found: Found, metrics: Sequence[str], shown: Sequence[Picture]
) -> str:
    """Return the page of several studies."""
    told = {
        "points": str(len(summary["points"])),
        "kind": summary["kind"],
        "seed": str(summary["seed"]),
        "rootswap": summary["version"],
    }
    body = facts(told, _verdicts(summary, found))
    body += table("Points", ("point", "n", *metrics), list(_rows(summary, metrics)))
    if "compared" in summary:
        head = ("figure", "base", "other", "difference", "95 % interval", "p", "verdict")
        rows = [_difference(one) for one in summary["compared"]]
        body += table("Compared: pairs that met the same load", head, rows)
    return frame(summary["study"], body + "".join(map(figure, shown)))


def _verdicts(summary: dict[str, Any], found: Found) -> Iterator[tuple[bool, str]]:
    for point, outcomes in zip(summary["points"], found, strict=True):
        bad = invalid([outcome.recorded for outcome in outcomes if outcome.recorded])
        if bad:
            numbers = ", ".join(map(str, bad))
            yield False, f"INVALID: {point['point']}: laws fail in replications {numbers}"
        for one in point.get("thresholds", ()):
            if not one["held"]:
                yield False, f"{point['point']}: threshold {one['figure']} {one['bound']} is broken"
    if any(found) and not any(invalid(_recorded(outcomes)) for outcomes in found):
        yield True, f"Little's and the utilisation law hold at all points, within {TOLERANCE:g}"


def _recorded(outcomes: Sequence[Outcome]) -> list[Recorded]:
    return [outcome.recorded for outcome in outcomes if outcome.recorded]


def _rows(summary: dict[str, Any], metrics: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for point in summary["points"]:
        cells = []
        for name in metrics:
            one = point["figures"].get(name) or {"mean": None, "low": None}
            half = "" if one["low"] is None else f" \u00b1 {number(one['mean'] - one['low'])}"
            cells.append(number(one["mean"]) + half)
        yield point["point"], str(point["replications"]), *cells


def _difference(one: dict[str, Any]) -> tuple[str, ...]:
    ends = "" if one["low"] is None else f"{one['low']:+.3f} to {one['high']:+.3f}"
    means = (f"{one['base']}: {number(one['base_mean'])}",
             f"{one['other']}: {number(one['other_mean'])}")  # fmt: skip
    gap = f"{one['difference']:+.3f}"
    return one["metric"], *means, gap, ends, f"{one['p']:.2g}", one["verdict"]


def _axis(points: Sequence[Point]) -> tuple[list[float], str]:
    """Return where points stand and what that is: a number that alone differs, or their order."""
    paths = list(dict.fromkeys(path for point in points for path in point.values))
    if len(paths) == 1 and len(points) >= _NUMBERS:
        values = [point.values.get(paths[0]) for point in points]
        numbers = [float(v) for v in values if isinstance(v, int | float)]
        if len(numbers) == len(points):
            return numbers, paths[0]
    return [float(n) for n in range(len(points))], ""


def _line(path: str) -> str:
    """Return the line between points: none where there is nothing between them."""
    return "-" if path else "none"


def _figures(points: Sequence[Point], found: Found, metrics: Sequence[str]) -> Picture | None:
    """Show each figure at each point, with its interval."""
    names = [m for m in metrics if any(o.row.get(m) is not None for one in found for o in one)]
    if not names:
        return None
    at, path = _axis(points)
    columns = min(2, len(names))
    drawn, panels = axes_of(-(-len(names) // columns), columns, 2.6)
    for n, (axes, name) in enumerate(zip(panels, names, strict=False)):
        look = {"color": COLOURS[n % len(COLOURS)], "ls": _line(path)}
        _panel(axes, name, at, found, look)
        if path:
            axes.set_xlabel(plain(path))
        else:
            axes.set_xticks(at, [plain(point.name) for point in points], rotation=20, ha="right")
            axes.set_xlim(-0.5, len(points) - 0.5)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    return Picture("points", "What figures come to", drawn)


def _panel(axes: Any, name: str, at: Sequence[float], found: Found, look: dict[str, str]) -> None:
    values = [[v for o in one if (v := o.row.get(name)) is not None] for one in found]
    told = [(x, summed_up(own)) for x, own in zip(at, values, strict=True) if own]
    means = [one["mean"] for _, one in told]
    below = [one["mean"] - end_of(one, "low", "min") for _, one in told]
    above = [end_of(one, "high", "max") - one["mean"] for _, one in told]
    every, unit = unit_of(max(means)) if name.endswith("_s") else (1.0, "")
    errors = [[one / every for one in ends] for ends in (below, above)]
    axes.errorbar([x for x, _ in told], [mean / every for mean in means], errors, **look,
                  marker="o", ms=4, capsize=3)  # fmt: skip
    axes.set(title=plain(name), ylabel=unit)
    axes.set_ylim(bottom=0)


def _latencies(points: Sequence[Point], found: Found) -> Picture | None:
    """Show the latencies of each workload at the first points, one beside the other."""
    runs = [[o.curves for o in one] for one in found]
    names = [n for n in runs[0][0] if any(o.get(n) for one in runs for o in one)] if runs else []
    if not names:
        return None
    columns = min(2, len(names))
    drawn, panels = axes_of(-(-len(names) // columns), columns, 3.2)
    for axes, name in zip(panels, names, strict=False):
        for n, (point, one) in enumerate(zip(points[:_CURVES], runs, strict=False)):
            curves = [o[name] for o in one if o.get(name)]
            if curves:
                mean, low, high = mean_and_band(curves)
                shares = range(len(mean))
                axes.fill_betweenx(shares, low, high, color=COLOURS[n], alpha=0.2, lw=0)
                axes.plot(mean, shares, color=COLOURS[n], label=plain(point.name))
        axes.set(title=plain(name), xlabel="latency (s)", ylabel="done within (%)", ylim=(0, 100))
        axes.set_xlim(left=0)
        axes.legend(loc="lower right")
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    return Picture("latency", "How long workflows take", drawn)


def _used(points: Sequence[Point], found: Found) -> Picture | None:
    """Show the utilisation of each resource at each point."""
    recorded = [_recorded(outcomes) for outcomes in found]
    names = list(dict.fromkeys(n for one in recorded for r in one for n in r.use))
    shares = {name: [_share(name, one) for one in recorded] for name in names}
    names = [n for n in names if any(shares[n])]
    names = sorted(names, key=lambda name: -max(shares[name]))[: len(COLOURS)]
    if not names:
        return None
    at, path = _axis(points)
    drawn, (axes,) = axes_of(1, 1, 3.0)
    for n, name in enumerate(names):
        percent = [100 * share for share in shares[name]]
        axes.plot(
            at, percent, color=COLOURS[n], ls=_line(path), marker="o", ms=5, label=plain(name)
        )
    axes.set(ylabel="in use (%)", ylim=(0, 103), xlabel=plain(path))
    if not path:
        axes.set_xticks(at, [plain(point.name) for point in points], rotation=20, ha="right")
    drawn.legend(loc="outside right upper")
    return Picture(
        "utilisation", "How much is in use: what comes near 100 % holds up the rest", drawn
    )


def _share(name: str, found: Sequence[Recorded]) -> float:
    shares = [r.use[name].utilisation or 0.0 for r in found if name in r.use]
    return fsum(shares) / len(shares) if shares else 0.0

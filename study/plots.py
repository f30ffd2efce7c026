"""Pictures of what replications recorded: queues, use, time, failures, and jobs one by one."""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from math import fsum
from typing import Any, NamedTuple

from simulator.engine.timed import PHASES
from study.picture import COLOURS, Picture, axes_of, band_name, mean_and_band, plain, unit_of
from study.recorded import Bar, Recorded

LOOKS = {
    "api_wait": ("API thread wait", "#b2182b"),
    "api": ("API work", "#92c5de"),
    "lock": ("VM lock wait", "#762a83"),
    "dispatch": ("dispatch wait", "#f4a582"),
    "work_wait": ("work thread wait", "#dd1c77"),
    "server": ("database, planning", "#4393c3"),
    "agent_wait": ("agent wait", "#fee08b"),
    "host": ("host command", "#2166ac"),
    "storage": ("storage command", "#5aae61"),
    "copy": ("copy", "#00441b"),
    "stuck": ("stuck", "#000000"),
    "other": ("other", "#bbbbbb"),
}
"""Phase -> name and colour: waits are warm, work is cool."""
_PANELS = 6
_SHARED = {"cores takers": "steps that share the cores"}


class Course(NamedTuple):
    """A level over time in all replications: its mean and band in pieces of *width_s*."""

    name: str
    width_s: float
    mean: list[float]
    low: list[float]
    high: list[float]

    def edges(self, every_s: float) -> list[float]:
        """Return where the pieces begin and end, in units of *every_s*."""
        return [n * self.width_s / every_s for n in range(len(self.mean) + 1)]


def courses(found: Sequence[Recorded]) -> dict[str, Course]:
    """Return all levels of which there was ever anything, on one grid each."""
    names = dict.fromkeys(name for one in found for name in one.series)
    every = (_course(name, found) for name in names)
    return {one.name: one for one in every if any(one.high)}


def _course(name: str, found: Sequence[Recorded]) -> Course:
    series = [one.series.get(name) for one in found]
    width_s = max(one.width_s for one in series if one)
    rows = [_coarser(one.means, round(width_s / one.width_s)) if one else [] for one in series]
    most = max(map(len, rows))
    padded = [[*row, *[0.0] * (most - len(row))] for row in rows]
    return Course(name, width_s, *mean_and_band(padded))


def _coarser(means: Sequence[float], times: int) -> list[float]:
    return [fsum(means[n : n + times]) / times for n in range(0, len(means), times)]


def queues(found: Sequence[Recorded]) -> Picture | None:
    """Show the longest queues over time."""
    waits = [c for c in courses(found).values() if c.name.endswith((" queue", " takers"))]
    waits = sorted(waits, key=lambda one: -max(one.mean))[:_PANELS]
    if not waits:
        return None
    columns = min(2, len(waits))
    figure, panels = axes_of(-(-len(waits) // columns), columns, 2.3)
    for n, (axes, one) in enumerate(zip(panels, waits, strict=False)):
        _draw(axes, one, COLOURS[n], 1.0, band_name(len(found)))
        axes.set_title(plain(_SHARED.get(one.name, one.name.replace(" takers", ": copies"))))
        axes.set_ylabel("how many")
    for axes in panels[len(waits) :]:
        axes.set_visible(False)
    return Picture("queues", "Who waits, over time", figure)


def _draw(axes: Any, one: Course, colour: str, per: float, label: str) -> None:
    """Draw a level in steps, divided by *per*, with its band."""
    every_s, unit = unit_of(len(one.mean) * one.width_s)
    edges = one.edges(every_s)
    low, high, mean = ([v / per for v in values] for values in (one.low, one.high, one.mean))
    axes.stairs(high, edges, baseline=low, fill=True, color=colour, alpha=0.25, lw=0)
    axes.stairs(mean, edges, color=colour, label=label, baseline=None)
    axes.set(xlabel=f"time ({unit})", xlim=(0, edges[-1]))
    axes.set_ylim(bottom=0)


def utilisation(found: Sequence[Recorded]) -> Picture | None:
    """Show the use of each resource over time, and over the whole time."""
    known = courses(found)
    means = {}
    for name in dict.fromkeys(name for one in found for name in one.use):
        shares = [u.utilisation for one in found if (u := one.use.get(name)) and u.utilisation]
        if shares and name in known:
            means[name] = fsum(shares) / len(found)
    if not means:
        return None
    ranked = sorted(means, key=lambda name: -means[name])[: len(COLOURS)]
    figure, (over_time, whole) = axes_of(1, 2, 3.4, width_ratios=[3, 2])
    for n, name in enumerate(ranked):
        capacity = next(one.use[name].capacity for one in found if name in one.use) or 1.0
        _draw(over_time, known[name], COLOURS[n], capacity / 100, name)
        whole.barh(n, 100 * means[name], color=COLOURS[n])
        whole.text(100 * means[name] + 2, n, f"{100 * means[name]:.2g} %", va="center")
    over_time.set(ylabel="in use (%)", ylim=(0, 103), title="over time")
    whole.set(xlabel="in use (%)", xlim=(0, 118), title="the whole time")
    whole.set_xticks(range(0, 101, 25))
    whole.set_yticks(range(len(ranked)), [plain(name) for name in ranked])
    whole.invert_yaxis()
    whole.grid(visible=False, axis="y")
    return Picture("utilisation", "How much is in use: the bottleneck first", figure)


def time_spent(time: dict[str, Any]) -> Picture | None:
    """Show where the time of each command's jobs goes."""
    if not time:
        return None
    figure, (axes,) = axes_of(1, 1, 1.5 + 0.42 * len(time))
    told = [p for p in PHASES if any(p in one["phases_s"] for one in time.values())]
    left = [0.0] * len(time)
    for phase in told:
        wide = [one["phases_s"].get(phase, 0.0) for one in time.values()]
        name, colour = LOOKS[phase]
        axes.barh(range(len(time)), wide, left=left, color=colour, label=name, height=0.7)
        left = [a + b for a, b in zip(left, wide, strict=True)]
    for n, total in enumerate(left):
        axes.text(total + max(left) / 100, n, f"{total:.3g} s", va="center")
    names = [f"{name} ({one['jobs']:,})" for name, one in time.items()]
    axes.set_yticks(range(len(time)), names)
    axes.set(xlabel="mean time of a job (s)", xlim=(0, 1.1 * (max(left) or 1.0)))
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    figure.legend(loc="outside lower center", ncols=min(6, len(told)))
    return Picture("time", "Where the time of a job goes", figure)


def failures(counts: dict[str, dict[str, int]]) -> Picture | None:
    """Show how often each workload failed, by reason."""
    reasons = sorted({r for one in counts.values() for r in one})
    if not reasons:
        return None
    total = {r: sum(one.get(r, 0) for one in counts.values()) for r in reasons}
    reasons = sorted(reasons, key=lambda reason: -total[reason])
    figure, (axes,) = axes_of(1, 1, 1.5 + 0.35 * len(reasons))
    left = [0] * len(reasons)
    for n, (workload, one) in enumerate(counts.items()):
        wide = [one.get(reason, 0) for reason in reasons]
        colour = COLOURS[n % len(COLOURS)]
        axes.barh(range(len(reasons)), wide, left=left, color=colour, label=plain(workload))
        left = [a + b for a, b in zip(left, wide, strict=True)]
    for n, count in enumerate(left):
        axes.text(count + max(left) / 100, n, f"{count:,}", va="center")
    axes.set_yticks(range(len(reasons)), [plain(reason) for reason in reasons])
    axes.set(xlabel="workflows not done, all replications", xlim=(0, 1.12 * max(left)))
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.legend(loc="lower right", title="workload")
    return Picture("failures", "Why workflows were not done", figure)


def gantt(bars: Sequence[Bar]) -> Picture | None:
    """Show the jobs about the time of the most, one line each, in the first replication."""
    if not bars:
        return None
    bars = _busiest(bars)
    lanes = _lanes(bars)
    first_s, last_s = bars[0].submitted_s, max(bar.done_s for bar in bars)
    every_s, unit = unit_of(last_s - first_s)
    figure, (axes,) = axes_of(1, 1, 4.2)
    keys = _boxes(axes, bars, lanes, every_s)
    failed = [(b.done_s / every_s, n + 0.5) for b, n in zip(bars, lanes, strict=True) if b.code]
    if failed:
        xs, ys = zip(*failed, strict=True)
        keys.append(axes.scatter(xs, ys, marker="x", s=12, c="#000000", label="failed", zorder=3))
    axes.set(xlabel=f"time ({unit})", ylabel="jobs at a time", ylim=(max(lanes) + 1, 0),
             xlim=(first_s / every_s, last_s / every_s))  # fmt: skip
    axes.grid(visible=False, axis="y")
    figure.legend(handles=keys, loc="outside lower center", ncols=6)
    return Picture("gantt", f"{len(bars)} jobs one by one (replication 0)", figure)


def _boxes(axes: Any, bars: Sequence[Bar], lanes: Sequence[int], every_s: float) -> list[Any]:
    """Draw each job's phases in its lane, one shape a phase, and return their keys."""
    from matplotlib.patches import Patch, PathPatch
    from matplotlib.path import Path

    boxes: dict[str, list[Path]] = {}
    for bar, lane in zip(bars, lanes, strict=True):
        for phase, start_s, end_s in _pieces(bar):
            corners = [(x / every_s, lane + y) for x, y in _corners(start_s, end_s)]
            boxes.setdefault(phase, []).append(Path(corners, closed=True))
    told = [phase for phase in PHASES if phase in boxes]
    for phase in told:
        path = Path.make_compound_path(*boxes[phase])
        axes.add_patch(PathPatch(path, facecolor=LOOKS[phase][1], edgecolor="none"))
    return [Patch(color=LOOKS[phase][1], label=LOOKS[phase][0]) for phase in told]


def _busiest(bars: Sequence[Bar]) -> list[Bar]:
    """Return most of *bars*: those of the longest time in which there was always one."""
    groups: list[list[Bar]] = [[]]
    until_s = bars[0].done_s
    for bar in bars:
        if bar.submitted_s > until_s:
            groups.append([])
        groups[-1].append(bar)
        until_s = max(until_s, bar.done_s)
    return max(groups, key=len)


def _lanes(bars: Sequence[Bar]) -> list[int]:
    """Return a line for each bar, the first one that is free when it begins."""
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    found, lines = [], 0
    for bar in bars:
        while busy and busy[0][0] <= bar.submitted_s:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane, lines = lines, lines + 1
        heappush(busy, (bar.done_s, lane))
        found.append(lane)
    return found


def _pieces(bar: Bar) -> Iterator[tuple[str, float, float]]:
    at_s = bar.submitted_s
    for phase in PHASES:
        took_s = bar.phases_s.get(phase, 0.0)
        if took_s:
            yield phase, at_s, at_s + took_s
            at_s += took_s


def _corners(start_s: float, end_s: float) -> tuple[tuple[float, float], ...]:
    return (start_s, 0.1), (end_s, 0.1), (end_s, 0.9), (start_s, 0.9), (start_s, 0.1)

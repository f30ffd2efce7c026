"""Pictures of a study: how they look, what they are as bytes, and the one of latencies.

Bytes depend on nothing but what is drawn: no dates, no random ids.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from study.figures import curve_of, summed_up
from study.reading import Study

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Curves = dict[str, tuple[float, ...]]
COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#a0522d", "#5d3a9b",
    "#777777", "#000000",
)  # fmt: skip
"""Told apart by people who see few colours as well."""
MEASURED = "#d55e00"
_MINUTES_FROM_S, _HOURS_FROM_S = 300.0, 10_800.0
_STYLE: dict[Any, Any] = {
    "axes.grid": True, "axes.axisbelow": True, "axes.spines.right": False,
    "axes.spines.top": False, "axes.titlesize": 10, "axes.titleweight": "bold",
    "axes.labelsize": 9, "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9, "grid.color": "#dddddd", "legend.fontsize": 8, "legend.frameon": False,
    "lines.linewidth": 1.4, "savefig.dpi": 100, "svg.fonttype": "none",
}  # fmt: skip
_COLOURS = 256
_NOT_TOLD = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Picture(NamedTuple):
    """A figure with the *name* of its file and what it shows."""

    name: str
    title: str
    figure: "Figure"


@contextmanager
def styled(salt: str = "") -> Iterator[None]:
    """Have everything that is drawn meanwhile look alike."""
    import matplotlib as mpl

    with mpl.rc_context({**_STYLE, "svg.hashsalt": salt}):
        yield


def axes_of(rows: int, columns: int, high_in: float, **more: Any) -> tuple["Figure", list["Axes"]]:
    """Return a figure 9 inches wide, each of its rows *high_in*, and its axes in reading order."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, rows * high_in), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False, **more)
    return figure, list(grid.flat)


def as_png(picture: Picture) -> bytes:
    """Return a picture as PNG, small: of 256 colours."""
    from PIL import Image

    drawn, small = io.BytesIO(), io.BytesIO()
    with styled(picture.name):
        picture.figure.savefig(drawn, format="png", metadata={"Software": None})
    Image.open(drawn).convert("RGB").quantize(_COLOURS).save(small, format="PNG", optimize=True)
    return small.getvalue()


def as_svg(picture: Picture) -> str:
    """Return a picture as an SVG element; its ids differ from those of other pictures."""
    out = io.StringIO()
    with styled(picture.name):
        picture.figure.savefig(out, format="svg", metadata=_NOT_TOLD)
    text = out.getvalue()
    element = text[text.index("<svg") :]
    return re.sub(r'( id="|url\(#|href="#)', rf"\g<1>{picture.name}-", element)


def unit_of(most_s: float) -> tuple[float, str]:
    """Return the seconds of a fit unit of time up to *most_s*, and its name."""
    if most_s < _MINUTES_FROM_S:
        return 1.0, "s"
    return (60.0, "min") if most_s < _HOURS_FROM_S else (3600.0, "h")


def mean_and_band(columns: Sequence[Sequence[float]]) -> tuple[list[float], ...]:
    """Return mean, low and high at each place of several runs: the interval, or the range."""
    found = [summed_up(values) for values in zip(*columns, strict=True)]
    return (
        [one["mean"] for one in found],
        [end_of(one, "low", "min") for one in found],
        [end_of(one, "high", "max") for one in found],
    )


def end_of(one: dict[str, Any], interval: str, outer: str) -> float:
    """Return an end of the interval of a figure, or of its range where it has none."""
    end = one[outer] if one[interval] is None else one[interval]
    return max(0.0, float(end))


def band_name(runs: int) -> str:
    """Return what a band over so many runs is."""
    from study.figures import FEWEST

    return "95 % interval" if runs >= FEWEST else "range"


def latencies(study: Study, runs: Sequence[Curves]) -> Picture:
    """Show each workload's latencies: the share done within a time, and what was measured."""
    names = list(runs[0])
    columns = min(3, len(names))
    figure, panels = axes_of(-(-len(names) // columns), columns, 3.2)
    for axes, name in zip(panels, names, strict=False):
        _latency(axes, study, name, [run[name] for run in runs if run[name]])
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    return Picture("latency", "How long workflows take", figure)


def _latency(axes: "Axes", study: Study, name: str, curves: Sequence[Sequence[float]]) -> None:
    trace = study.traces.get(name)
    measured = curve_of(trace.measured_s) if trace else ()
    axes.set_title(plain(name))
    if not curves:
        axes.text(0.5, 0.5, "nothing was done", ha="center", transform=axes.transAxes)
        return
    mean, low, high = mean_and_band(curves)
    every, unit = unit_of(max(*high, *measured))
    shares = range(len(mean))
    axes.fill_betweenx(
        shares, _in(low, every), _in(high, every), color=COLOURS[0], alpha=0.3, lw=0,
        label=band_name(len(curves)),
    )  # fmt: skip
    axes.plot(_in(mean, every), shares, color=COLOURS[0], label="predicted")
    if measured:
        axes.plot(_in(measured, every), shares, color=MEASURED, ls="--", label="measured")
    axes.set(xlabel=f"latency ({unit})", ylabel="done within (%)", ylim=(0, 100))
    axes.set_xlim(left=0)
    axes.legend(loc="lower right")


def _in(values_s: Sequence[float], every_s: float) -> list[float]:
    return [value / every_s for value in values_s]


def plain(name: str) -> str:
    """Return a name that matplotlib takes for no formula."""
    return name.replace("$", r"\$")

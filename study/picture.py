"""The distributions of latencies as a picture: SVG, so that no other program is needed."""

from collections.abc import Sequence
from html import escape
from typing import Any

from study.figures import curve_of, summed_up
from study.reading import Study

Curves = dict[str, tuple[float, ...]]
Points = list[tuple[float, float]]
_WIDE, _HIGH, _LEFT, _TOP, _GAP = 300, 190, 44, 34, 56
_STEPS = (1, 2, 5)
_STYLE = (
    "text{font:11px sans-serif;fill:#333}.axis{stroke:#999;fill:none}.band{fill:#9ecae1}"
    ".mean{stroke:#08519c;fill:none;stroke-width:1.5}"
    ".measured{stroke:#d94801;fill:none;stroke-width:1.5;stroke-dasharray:5 3}"
)


def latencies(study: Study, runs: Sequence[Curves]) -> str:
    """Return a panel for each workload: its percentiles, their interval, what was measured."""
    panels = [_panel(study, name, runs) for name in runs[0]]
    wide, high = len(panels) * (_WIDE + _GAP) + _LEFT, _TOP + _HIGH + 44
    placed = "\n".join(
        f'<g transform="translate({_LEFT + n * (_WIDE + _GAP)} {_TOP})">\n{panel}</g>'
        for n, panel in enumerate(panels)
    )
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<style>{_STYLE}</style>\n'
    return f'{head}<rect width="100%" height="100%" fill="#fff"/>\n{placed}\n</svg>\n'


def _panel(study: Study, name: str, runs: Sequence[Curves]) -> str:
    curves = [run[name] for run in runs if run[name]]
    trace = study.traces.get(name)
    measured = curve_of(trace.measured_s) if trace else ()
    title = f'<text x="0" y="-18">{escape(name)}: share done within so many seconds</text>\n'
    if not curves:
        return title
    found = [summed_up(values) for values in zip(*curves, strict=True)]
    most = max(*(_end(one, "high", "max") for one in found), *measured, 1e-9)
    step = _step(most)
    body = title + _axes(most, step)
    low = _line([_end(one, "low", "min") for one in found], most)
    high = _line([_end(one, "high", "max") for one in found], most)
    body += f'<polygon class="band" points="{_spelt(low + high[::-1])}"/>\n'
    body += f'<polyline class="mean" points="{_spelt(_line([o["mean"] for o in found], most))}"/>\n'
    key = "predicted" + (", 95 % interval" if found[0]["low"] is not None else ", range")
    if measured:
        body += f'<polyline class="measured" points="{_spelt(_line(measured, most))}"/>\n'
        key += "; dashed: measured"
    return f'{body}<text x="0" y="-4">{key}</text>\n'


def _end(one: dict[str, Any], interval: str, outer: str) -> float:
    """Return an end of the interval of a figure, or of its range where it has none."""
    end = one[outer] if one[interval] is None else one[interval]
    return max(0.0, float(end))


def _step(most: float) -> float:
    """Return a round distance between the marks of an axis up to *most*: 4 to 10 of them."""
    step = 1e-9
    while True:
        for factor in _STEPS:
            if most / (step * factor) <= 8:
                return step * factor
        step *= 10


def _axes(most: float, step: float) -> str:
    body = f'<path class="axis" d="M0 0V{_HIGH}H{_WIDE}"/>\n'
    for n in range(int(most / step) + 1):
        x = n * step / most * _WIDE
        body += f'<text x="{x:.1f}" y="{_HIGH + 16}" text-anchor="middle">{n * step:g}</text>\n'
    for percent in (0, 25, 50, 75, 95):
        y = _HIGH * (1 - percent / 100) + 4
        body += f'<text x="-6" y="{y:.1f}" text-anchor="end">{percent} %</text>\n'
    return body


def _line(values: Sequence[float], most: float) -> Points:
    last = len(values) - 1
    return [(v / most * _WIDE, _HIGH * (1 - n / last)) for n, v in enumerate(values)]


def _spelt(points: Points) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

"""The picture of latencies."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from study.picture import latencies
from study.reading import read_study

STUDY = """\
[cloud]
vms = 2
[[workload]]
name = "a & b"
workflow = "attach"
executor = "iterations"
items = 2
[[workload]]
name = "t"
workflow = "attach"
executor = "trace"
file = "t.json"
"""
SVG = "{http://www.w3.org/2000/svg}"


def points(panel: ET.Element, kind: str) -> list[tuple[float, float]]:
    found = next(e for e in panel if e.get("class") == kind)
    pairs = (pair.split(",") for pair in str(found.get("points")).split())
    return [(float(x), float(y)) for x, y in pairs]


def test_a_panel_shows_mean_band_and_measurement(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text("[[0, 4.0], [0, 4.0]]")
    (tmp_path / "study.toml").write_text(STUDY)
    runs = [{"a & b": (), "t": tuple(n / 100 + k for n in range(101))} for k in range(6)]
    tree = ET.fromstring(latencies(read_study(tmp_path / "study.toml"), runs))  # noqa: S314
    empty, panel = tree.findall(f"{SVG}g")
    assert [e.text for e in empty] == ["a & b: share done within so many seconds"]
    mean, band = points(panel, "mean"), points(panel, "band")
    most = 3.5 + 2.570582 * 3.5**0.5 / 6**0.5  # the upper end of the interval of the slowest
    assert mean[0] == pytest.approx((2.5 / most * 300, 190), abs=0.1)
    assert mean[100] == pytest.approx((3.5 / most * 300, 0), abs=0.1)
    assert min(x for x, _ in band) < mean[0][0] < mean[100][0] < max(x for x, _ in band)
    assert {x for x, _ in points(panel, "measured")} == {round(4.0 / most * 300, 1)}

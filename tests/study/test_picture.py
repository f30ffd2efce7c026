"""The pictures: what they show, and that their bytes depend on nothing else."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from study import plots
from study.failing import as_lines, failures_of
from study.gallery import pictures
from study.picture import Picture, as_png, as_svg, latencies, unit_of
from study.reading import read_study
from study.recorded import Bar, Recorded, Series, Use
from study.replication import Outcome, Row

STUDY = """\
[cloud]
vms = 2
[[workload]]
name = "a & $b"
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
RUNS = [{"a & $b": (), "t": tuple(n / 100 + k for n in range(101))} for k in range(6)]


def latency(tmp_path: Path) -> Picture:
    (tmp_path / "t.json").write_text("[[0, 4.0], [0, 4.0]]")
    (tmp_path / "study.toml").write_text(STUDY)
    return latencies(read_study(tmp_path / "study.toml"), RUNS)


def bar(number: int, at_s: float, done_s: float, code: int | None = None, **phases: float) -> Bar:
    return Bar("w", number, "job", at_s, at_s, None, done_s, 1 + bool(code), code, "", phases)


def recorded(means: tuple[float, ...], width_s: float = 1.0, used: float = 0.5) -> Recorded:
    use = {"cores": Use(2.0, used, None, 2 * used, 0.0, 0.0)}
    series = {"cores": Series(width_s, means), "cores takers": Series(width_s, means)}
    return Recorded(4.0, use, (), 0, series, {}, (bar(0, 0.0, 2.0, 530, api=1.5, host=0.5),), ())


def test_a_panel_shows_mean_band_and_measurement(tmp_path: Path) -> None:
    empty, panel = latency(tmp_path).figure.axes
    assert empty.get_title() == r"a & \$b"
    assert [text.get_text() for text in empty.texts] == ["nothing was done"]
    predicted, measured = panel.lines
    assert np.asarray(predicted.get_xdata()) == pytest.approx(2.5 + np.arange(101) / 100)
    assert np.asarray(measured.get_xdata()).tolist() == [4.0] * 101
    (band,) = panel.collections
    half = 2.570582 * 3.5**0.5 / 6**0.5
    ends = np.asarray(band.get_paths()[0].vertices)
    assert max(x for x, y in ends if y == 100) == pytest.approx(3.5 + half, abs=1e-5)
    assert min(x for x, y in ends if y == 0) == pytest.approx(2.5 - half, abs=1e-5)


def test_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    one, other = latency(tmp_path), latency(tmp_path)
    assert as_svg(one) == as_svg(other)
    assert as_png(one) == as_png(other)
    assert as_png(one).startswith(b"\x89PNG")
    assert len(as_png(one)) < 60_000


def test_an_svg_is_whole_and_its_ids_are_its_own(tmp_path: Path) -> None:
    told = as_svg(latency(tmp_path))
    tree = ET.fromstring(told)  # noqa: S314 -- made here
    assert tree.tag == f"{SVG}svg"
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert ids
    assert all(str(one).startswith("latency-") for one in ids)
    for pointer in told.split("url(#")[1:]:
        assert pointer.split(")")[0] in ids
    assert "a &amp; $b" in told
    assert "nothing was done" in told


@pytest.mark.parametrize(
    ("most_s", "unit"), [(299.0, "s"), (300.0, "min"), (10_799, "min"), (10_800, "h")]
)
def test_time_has_the_unit_that_fits(most_s: float, unit: str) -> None:
    assert unit_of(most_s)[1] == unit


def test_levels_of_unequal_pieces_come_together() -> None:
    found = [recorded((2.0, 0.0, 4.0), 1.0), recorded((3.0,), 2.0)]
    course = plots.courses(found)["cores"]
    assert (course.width_s, course.mean) == (2.0, [(1.0 + 3.0) / 2, (2.0 + 0.0) / 2])
    assert (course.low, course.high) == ([1.0, 0.0], [3.0, 2.0])
    without = found[0]._replace(series={})
    assert plots.courses([*found, without])["cores"].low == [0.0, 0.0]


def test_the_most_used_is_first() -> None:
    picture = plots.utilisation([recorded((1.0, 1.0)), recorded((1.0, 1.0), used=0.3)])
    assert picture is not None
    whole = picture.figure.axes[1]
    assert [text.get_text() for text in whole.texts] == ["40 %"]
    assert whole.patches[0].get_width() == pytest.approx(40.0)  # type: ignore[attr-defined]


def test_a_waterfall_adds_up() -> None:
    time = {"one": {"jobs": 3, "phases_s": {"api": 1.0, "host": 2.5}},
            "two": {"jobs": 1, "phases_s": {"dispatch": 0.5}}}  # fmt: skip
    picture = plots.time_spent(time)
    assert picture is not None
    (axes,) = picture.figure.axes
    assert [text.get_text() for text in axes.texts] == ["3.5 s", "0.5 s"]
    legend = [text.get_text() for text in picture.figure.legends[0].get_texts()]
    assert legend == ["API work", "dispatch wait", "host command"]


def test_failures_are_ranked_by_how_often_they_came() -> None:
    picture = plots.failures({"a": {"ATT-1": 2, "530": 1}, "b": {"530": 7}})
    assert picture is not None
    (axes,) = picture.figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["530", "ATT-1"]
    assert [text.get_text() for text in axes.texts] == ["8", "2"]
    assert plots.failures({"a": {}}) is None


def test_failures_are_counted_over_replications() -> None:
    rows: list[Row] = [{"a.dropped": 2, "a.gave_up": 0, "b.dropped": 0}, {"a.dropped": 1}]
    outcomes = [Outcome(row, {"a": (), "b": ()}, {"a": {"530 x": 2}}) for row in rows]
    found = failures_of(outcomes)
    assert found == {"a": {"530 x": 4, "dropped: nothing was idle": 3}, "b": {}}
    assert list(found["a"].values()) == [4, 3]
    assert as_lines({"failures": found})[2].split() == ["a", "4", "530", "x"]
    assert as_lines({"failures": {"b": {}}}) == []


def test_jobs_that_overlap_stand_side_by_side() -> None:
    bars = [bar(0, 0.0, 3.0, api=3.0), bar(1, 1.0, 2.0, 530, host=1.0), bar(2, 2.5, 4.0, api=1.5),
            bar(3, 99.0, 100.0, api=1.0)]  # fmt: skip
    picture = plots.gantt(bars)
    assert picture is not None
    assert picture.title == "3 jobs one by one (replication 0)"  # the last one is alone
    (axes,) = picture.figure.axes
    assert axes.get_xlim() == (0.0, 4.0)
    assert axes.get_ylim() == (2, 0)
    api, host = axes.patches
    assert [len(np.asarray(p.get_path().vertices)) // 5 for p in (api, host)] == [2, 1]
    (failed,) = axes.collections
    assert np.asarray(failed.get_offsets()).tolist() == [[2.0, 1.5]]


def test_all_pictures_of_a_study(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text("[0, 1]")
    (tmp_path / "study.toml").write_text(STUDY)
    study = read_study(tmp_path / "study.toml")
    outcomes = [Outcome({}, run, {"t": {"530": 1}}, recorded((1.0, 2.0))) for run in RUNS]
    summary: dict[str, Any] = {
        "time": {"one": {"jobs": 3, "phases_s": {"api": 1.0}}},
        "failures": failures_of(outcomes),
    }
    shown = pictures(study, summary, outcomes)
    names = [picture.name for picture in shown]
    assert names == ["latency", "time", "utilisation", "queues", "failures", "gantt"]
    for picture in shown:
        assert len(as_png(picture)) < 60_000
        ET.fromstring(as_svg(picture))  # noqa: S314 -- made here

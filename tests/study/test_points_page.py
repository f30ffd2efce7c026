"""The page of a sweep or a comparison."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from conformance.experiments import compare, sweep
from study.points import Point
from study.points_page import page, pictures
from study.reading import read_study
from study.recorded import Law, Recorded, Use
from study.replication import Outcome

STUDY = """\
[run]
replications = 5
[cloud]
vms = 12
state = "Stopped"
disks = "attached"
[[workload]]
name = "w<i>"
workflow = "detach"
executor = "iterations"
items = 12
[[variant]]
name = "narrow"
set = { "management.api_threads" = 2 }
"""


def run(tmp_path: Path, command: Any, *options: str) -> str:
    (tmp_path / "study.toml").write_text(STUDY)
    told = [
        str(tmp_path / "study.toml"),
        *options,
        "--engine",
        "serial",
        "--out",
        f"{tmp_path}/out",
    ]
    done = CliRunner().invoke(command, told)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "w&lt;i&gt;.p95_s" in text
    assert "<i>" not in text
    assert text.count("<svg") == 3
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    return text


def test_a_sweep_has_a_page(tmp_path: Path) -> None:
    text = run(tmp_path, sweep, "--over", "management.api_threads=2,4,8")
    assert "law hold at all points" in text
    found = json.loads((tmp_path / "out" / "summary.json").read_text())["points"]
    for point in found:
        assert f"<td>{point['point']}</td>" in text
    for name in ("points", "latency", "utilisation"):
        assert (tmp_path / "out" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_comparison_says_who_is_better(tmp_path: Path) -> None:
    text = run(tmp_path, compare, "base", "narrow")
    assert "<th>verdict</th>" in text
    assert "<td>worse</td>" in text


def outcome(mean_s: float, used: float, residual: float = 0.0) -> Outcome:
    use = {"cores": Use(2.0, used, None, 2 * used, 0.0, 0.0)}
    law = Law("cores", "Little", 1.0, 1.0, 1.0, 1.0, residual)
    recorded = Recorded(4.0, use, (law,), 0, {}, {}, (), ())
    return Outcome({"w.mean_s": mean_s}, {"w": (mean_s, mean_s)}, {}, recorded)


@pytest.fixture
def points(tmp_path: Path) -> list[Point]:
    (tmp_path / "study.toml").write_text(STUDY)
    study = read_study(tmp_path / "study.toml")
    return [Point(f"n={n}", study, {"n": n}) for n in (1, 2, 10)]


def test_numbers_are_an_axis(points: list[Point]) -> None:
    found = [[outcome(n + k, 0.1 * n) for k in range(6)] for n in (1, 2, 3)]
    figures, curves, used = pictures(points, found, ["w.mean_s"])
    (axes,) = figures.figure.axes
    line = axes.lines[0]
    assert np.asarray(line.get_xydata()).tolist() == [[1, 3.5], [2, 4.5], [10, 5.5]]
    assert axes.get_xlabel() == "n"
    assert [line.get_label() for line in curves.figure.axes[0].lines] == ["n=1", "n=2", "n=10"]
    (cores,) = used.figure.axes[0].lines
    assert np.asarray(cores.get_ydata()) == pytest.approx([10.0, 20.0, 30.0])


def test_points_without_replications_and_laws_that_fail(points: list[Point]) -> None:
    found = [[outcome(1.0, 0.5), outcome(2.0, 0.5, residual=0.1)], [], []]
    shown = pictures(points, found, ["w.mean_s", "w.p50_s"])
    assert [picture.name for picture in shown] == ["points", "latency", "utilisation"]
    bound = {"figure": "w.mean_s", "bound": "< 1s", "held": False}
    summary = {
        "study": "s", "kind": "steady", "seed": 1, "version": "1",
        "points": [
            {"point": p.name, "replications": len(one), "figures": {}, "thresholds": [bound]}
            for p, one in zip(points, found, strict=True)
        ],
    }  # fmt: skip
    text = page(summary, found, ["w.mean_s"], shown)
    assert "INVALID: n=1: laws fail in replications 1" in text
    assert "n=10: threshold w.mean_s &lt; 1s is broken" in text
    assert "hold at all points" not in text

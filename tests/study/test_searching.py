"""Where a study ceases to do, and which of its values count."""

import json
import subprocess
from functools import partial
from operator import gt
from pathlib import Path

import pytest
import told
from told import is_refused

from study.finding import Bracket, axis_of, search
from study.reading import BadStudy, Sheet
from study.screening import factors, points_of, scaled

STUDY = """\
[run]
replications = 5
horizon = "20s"
[management]
cores = 1
[latency]
api = "exponential(60ms)"
work = "constant(40ms)"
[cloud]
vms = 60
hypervisor = "Simulator"
state = "Stopped"
disks = "attached"
[threshold]
load.p95_s = "< 4s"
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "4/s"
"""


@pytest.mark.parametrize("edge", [1.5, 7.3, 33.0, 99.0])
@pytest.mark.parametrize("up", [True, False])
def test_it_is_bracketed_as_near_as_was_said(edge: float, up: bool) -> None:
    axis, tried = axis_of("workload.0.rate=1/s..100/s"), list[float]()

    def held(at: float) -> bool:
        tried.append(at)
        return (at < edge) == up

    found = search(axis, held, 0.02)
    assert found.held is not None
    assert found.broken is not None
    low, high = sorted((found.held, found.broken))
    assert low <= edge <= high <= low * 1.021
    assert (found.held < found.broken) == up
    assert len(tried) == len(set(tried)) < 14


def test_whole_numbers_are_found_to_the_last_one() -> None:
    axis = axis_of("management.api_threads=0..200")
    for edge in range(1, 201):
        assert search(axis, partial(gt, edge), 0.001) == Bracket(edge - 1, edge)
    assert axis.value(7.0) == 7


def test_a_range_may_have_no_edge() -> None:
    axis = axis_of("management.tick=0.5s..2s")
    assert search(axis, lambda _: True, 0.1) == Bracket(2.0, None)
    assert search(axis, lambda _: False, 0.1) == Bracket(None, 0.5)
    assert axis.value(1.25) == "1.25s"


AXES = {
    "workload.0.rate": "is no dotted.path=low..high",
    "workload.0.rate=1/s": "is no dotted.path=low..high",
    "workload.0.rate=a..b": "is no dotted.path=low..high",
    "workload.0.rate=1/s..9/min": "has two units",
    "workload.0.rate=9/s..1/s": "is no range from low to high",
    "workload.0.rate=0/s..1/s": "has to begin above 0",
}


@pytest.mark.parametrize("text", AXES)
def test_a_bad_range_is_told(text: str) -> None:
    with pytest.raises(BadStudy) as no:
        axis_of(text)
    assert no.value.lines[0].startswith(f"--vary {text}: {AXES[text]}")


def test_numbers_are_scaled_as_they_are_spelt() -> None:
    for value, less, more in (
        ("4/s", "3.2/s", "4.8/s"), (10, 8, 12), (1, 0, 2), (0.5, 0.4, 0.6),
        ("lognormal(50ms, 0.4)", "lognormal(40ms, 0.4)", "lognormal(60ms, 0.4)"),
        ("constant(1 min)", "constant(0.8 min)", "constant(1.2 min)"), ("KVM", "KVM", "KVM"),
        ("any(1s, 3 s, max=5s)", "any(0.8s, 2.4 s, max=4s)", "any(1.2s, 3.6 s, max=6s)"),
        ("pool-5s", "pool-5s", "pool-5s"),
    ):  # fmt: skip
        assert (scaled(value, 0.8), scaled(value, 1.2)) == pytest.approx((less, more))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


def test_what_can_be_changed_is_changed(file: Path) -> None:
    found = factors(Sheet(file), 0.2)
    assert {f.path: (f.less.values[f.path], f.more.values[f.path]) for f in found} == {
        "workload.0.rate": ("3.2/s", "4.8/s"),
        "management.cores": (1, 2),  # none is no study
        "management.api_threads": (100, 150),
        "management.work_threads": (133, 199),
        "management.tick": ("1.6s", "2.4s"),
        "management.tick_batch": (40, 60),
        "latency.api": ("exponential(48ms)", "exponential(72ms)"),
        "latency.work": ("constant(32ms)", "constant(48ms)"),
    }
    assert len(points_of(found)) == 16


def run(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return told.run(file, *words, "--engine", "serial")


def test_find_tells_the_largest_rate_that_will_do(file: Path) -> None:
    out = file.parent / "out"
    words = ("find", "--vary", "workload.0.rate=2/s..30/s", "--within", "0.2", "--out", str(out))
    done = run(file, *words)
    assert done.returncode == 0, done.stderr
    found = json.loads((out / "find.json").read_text())
    assert done.stdout.endswith(
        f"\nworkload.0.rate: {found['held']} meets the thresholds, {found['broken']} does not\n"
    )
    low, high = (float(found[end].removesuffix("/s")) for end in ("held", "broken"))
    assert 4 < low < high <= 1.2 * low
    for one in found["tried"]:
        p95_s, rate = one["thresholds"][0]["value"], float(one["value"].removesuffix("/s"))
        assert (p95_s < 4) == (rate <= low) == one["thresholds"][0]["held"]
    again = run(file, *words)
    assert again.stdout == done.stdout
    assert "replication" not in again.stderr  # all were kept
    none = run(file, *words, "--set", "threshold={load.p95_s='< 1ms'}")
    assert none.returncode == 99
    assert none.stdout.endswith("no value in the range meets the thresholds\n")


def test_screen_ranks_what_counts_before_what_does_not(file: Path) -> None:
    out = file.parent / "out"
    done = run(file, "screen", "--metric", "load.p95_s", "--set", "workload.0.rate=8/s",
               "--out", str(out))  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads((out / "screen.json").read_text())["effects"]["load.p95_s"]
    assert found[0]["path"] == "workload.0.rate"
    assert found[0]["elasticity"] > 0
    idle = {"management.api_threads", "management.work_threads", "management.tick_batch"}
    assert {e["path"] for e in found[-3:]} == idle
    assert all(e["difference"]["difference"] == 0 for e in found[-3:])
    by = {e["path"]: e for e in found}
    assert by["management.cores"]["difference"]["difference"] < 0
    assert [line.split()[0] for line in done.stdout.splitlines()[3:]] == [e["path"] for e in found]
    assert len((out / "runs.csv").read_text().splitlines()) == 81


WRONG = {
    ("find",): "rootswap: Missing option '--vary'.",
    ("find", "--vary", "workload.0.rate=1..2"): "--vary workload.0.rate=1: workload[0].rate: 1 is",
    ("find", "--vary", "workload.0.rat=1/s..2/s"): "rat=1/s: workload[0].rat: unknown key (did you",
    (
        "find",
        "--vary",
        "management.api_threads=0..9",
    ): "threads=0: management.api_threads: 0: expec",
    ("find", "--vary", "workload.0.rate=1/s..2/s", "--within", "0"): "Invalid value for '--within'",
    ("find", "--vary", "workload.0.rate=1/s..2/s", "--set", "threshold={}"): "has no [threshold]",
    ("screen", "--by", "1"): "Invalid value for '--by'",
    ("screen", "--metric", "load.p95"): "--metric 'load.p95' is no figure of this study",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_words_are_one_line(file: Path, words: tuple[str, ...]) -> None:
    is_refused(file, words, WRONG[words])

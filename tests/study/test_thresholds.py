"""What has to hold decides the exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from scipy import stats

from study.rates import rate_of
from study.reading import BadStudy, read_study
from study.thresholds import held

STUDY = """\
[run]
replications = 6
horizon = "10s"
[cloud]
vms = 30
[threshold]
load.p95_s = "< 60s"
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "2/s"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


@pytest.mark.parametrize(("failed", "ended"), [(1, 10), (3, 40), (7, 7), (500, 1000)])
def test_a_rate_has_wilsons_interval(failed: int, ended: int) -> None:
    book = stats.binomtest(failed, ended).proportion_ci(method="wilson")
    found = rate_of(failed, ended)
    assert (found["low"], found["high"]) == pytest.approx((book.low, book.high))


def test_where_nothing_failed_it_is_the_rule_of_three() -> None:
    assert rate_of(0, 1000)["high"] == pytest.approx(3 / 1000, rel=0.002)
    assert rate_of(0, 2)["high"] == 1.0
    assert rate_of(0, 0)["rate"] is None


ROWS = [
    {"load.p95_s": 10.0 + n, "load.failed": 1, "load.done": 99, "load.p99_s": None}
    for n in range(6)
]
BOUNDS = {
    'load.p95_s = "< 60s"': (True, True),
    'load.p95_s = "<= 12.5s"': (True, False),
    'load.p95_s = "< 12.5s"': (False, False),
    'load.p95_s = "> 1min"': (False, True),
    'load.p95_s = ">= 2000ms"': (True, True),
    'load.p99_s = "< 60s"': (False, False),
    'load.failed = "< 1"': (False, True),
    '"load.failure_rate" = "< 5%"': (True, True),
    'failure_rate = "< 0.1 %"': (False, True),
    'failure_rate = "<= 1%"': (True, False),
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_is_held_by_the_mean_and_sure_by_the_interval(file: Path, bound: str) -> None:
    file.write_text(STUDY.replace('load.p95_s = "< 60s"', bound))
    (one,) = held(read_study(file).plan, ROWS)
    assert (one["held"], one["sure"]) == BOUNDS[bound]


WRONG = {
    'load.p95_s = "< 60"': "threshold.load.p95_s: '< 60' is no bound like \"< 60s\"",
    'load.p95_s = "60s"': "threshold.load.p95_s: '60s' is no bound like \"< 60s\"",
    "load.p95_s = 60": 'threshold.load.p95_s: 60 is no bound like "< 60s"',
    'load.p95_s = "< -1s"': "threshold.load.p95_s: '< -1s' is no bound",
    '"load.p95" = "< 60s"': "threshold.load.p95: is no figure of this study (did you mean load.p9",
    'lod.p95_s = "< 60s"': "threshold.lod.p95_s: is no figure of this study (did you mean load.p",
    'failure_rate = "< 1"': "threshold.failure_rate: '< 1' is no bound like \"< 0.5%\"",
    'load.failed = "< 1%"': "threshold.load.failed: '< 1%' is no bound like \"< 5\"",
    'load.failed = "< 1s"': "threshold.load.failed: '< 1s' is no bound like \"< 5\"",
}


@pytest.mark.parametrize("bound", WRONG)
def test_a_wrong_bound_is_told_with_its_line(file: Path, bound: str) -> None:
    file.write_text(STUDY.replace('load.p95_s = "< 60s"', bound))
    with pytest.raises(BadStudy) as no:
        read_study(file)
    assert len(no.value.lines) == 1
    assert no.value.lines[0].startswith(f"{file}:7: {WRONG[bound]}")


@pytest.mark.parametrize(("bound", "code"), [("< 60s", 0), ("< 1ms", 99)])
def test_a_broken_threshold_is_exit_code_99(file: Path, bound: str, code: int) -> None:
    file.write_text(STUDY.replace("< 60s", bound))
    main = [sys.executable, "-c", "from conformance.cli import main; main()", "study", str(file)]
    out = file.parent / "out"
    done = subprocess.run(
        [*main, "--engine", "serial", "--out", str(out)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == code
    verdict = "broken" if code else "held"
    assert done.stdout.splitlines()[-1].split() == [
        "load.p95_s", *bound.split(), *done.stdout.splitlines()[-1].split()[3:-1], verdict
    ]  # fmt: skip
    kept = json.loads((out / "summary.json").read_text())
    assert [one["held"] for one in kept["thresholds"]] == [code == 0]
    assert kept["rates"]["load.failure_rate"]["failed"] == 0

"""Where a steady run begins to be counted."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest

from study.engines import Engine
from study.reading import BadStudy, read_study
from study.replications import Where
from study.warmup import averaged, mser5, settled

STUDY = """\
[run]
replications = 3
horizon = "50s"
kind = "steady"
warmup = "auto"
[management]
cores = 1
[latency]
api = "constant(20ms)"
work = "constant(10ms)"
[cloud]
vms = 600
hypervisor = "Simulator"
state = "Stopped"
disks = "attached"
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "4/s"
"""


def by_the_book(series: list[float]) -> int:
    """MSER-5 by its definition: each cut tried, the variance of the rest taken anew."""
    batches = np.array(series[: len(series) // 5 * 5]).reshape(-1, 5).mean(1)
    errors = [batches[d:].var() / (len(batches) - d) for d in range(3 * len(batches) // 4 + 1)]
    return 5 * int(np.argmin(errors))


def ramp(cells: int, dice: Random) -> list[float]:
    return [5 - 4 * min(1.0, n / cells) + dice.gauss(0, 0.5) for n in range(500)]


@pytest.mark.parametrize("cells", [0, 20, 100, 180])
def test_it_cuts_where_the_book_does(cells: int) -> None:
    dice = Random("ramp")
    for _ in range(20):
        series = ramp(cells or 1, dice)
        assert mser5(series) == by_the_book(series)
        assert cells * 0.4 <= by_the_book(series) <= cells + 70


def test_what_never_settles_has_no_cut() -> None:
    assert mser5([float(n) for n in range(500)]) is None
    assert mser5([1.0] * 49) is None  # too little to see anything
    assert mser5([1.0] * 50) == 0


def test_the_average_of_many_is_smoother_than_one() -> None:
    dice = Random("welch")
    cuts = [mser5(ramp(100, dice)) or 0 for _ in range(40)]
    mean = averaged([ramp(100, dice) for _ in range(40)])
    cut = mser5([value for value in mean if value is not None])
    assert cut is not None
    assert 80 <= cut <= 110
    assert min(cuts) < cut


def test_cells_that_are_empty_are_left_out() -> None:
    assert averaged([(1.0, None, None), (3.0, 2.0, None)]) == [2.0, 2.0, None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


def test_studies_that_are_compared_have_one_warmup(file: Path) -> None:
    where = Where(Engine("serial"))
    slow = read_study(file, ("management.tick=9s", "management.first_tick=9s"))
    said = read_study(file, ("run.warmup=7s",))
    one, other, third = settled([read_study(file), slow, said], where, lambda _done, _most: None)
    assert one.plan.run.warmup == other.plan.run.warmup
    assert 0 <= one.plan.run.warmup <= 25
    assert third is said
    with pytest.raises(BadStudy, match=r"^study.toml: run.warmup: 'load' has not settled in the"):
        settled([read_study(file, ("workload.0.rate=40/s",))], where, lambda _done, _most: None)


def test_the_command_says_its_warmup_or_why_there_is_none(file: Path) -> None:
    main = [sys.executable, "-c", "from conformance.cli import main; main()", "study", str(file)]
    out = file.parent / "out"
    done = subprocess.run([*main, "--json", "--engine", "serial"], capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert (found["kind"], found["replications"]) == ("steady", 3)
    assert 0 <= found["warmup_s"] <= 25
    wrong = subprocess.run(
        [*main, "--engine", "serial", "--set", "workload.0.rate=40/s", "--out", str(out)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "make it longer, the load smaller, or say how long" in wrong.stderr.splitlines()[-1]
    assert not (out / "runs.csv").exists()


WRONG = {
    STUDY.replace('"steady"', '"terminating"'): "5: run.warmup: only a steady run has one",
    STUDY.replace('"auto"', '"outo"'): '5: run.warmup: \'outo\' is no time, or "auto", like "60s"',
    STUDY.replace('"auto"', '"50s"'): "5: run.warmup: is not before the horizon",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_warmup_is_told(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(BadStudy) as no:
        read_study(file)
    assert no.value.lines == [f"{file}:{WRONG[text]}"]

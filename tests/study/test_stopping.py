"""As many replications as precision takes, whoever ends first."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from math import nan
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy import stats

from study import replications
from study.engines import Engine, Task, computed
from study.experiment_plan import PrecisionPart
from study.figures import summed_up
from study.points import variants
from study.reading import BadStudy, Sheet, read_study
from study.replications import Gathering, Where
from study.stopping import Precise, Watch, rule_for
from study.store import model

STUDY = """\
[run]
replications = "auto"
horizon = "20s"
[precision]
metric = ["load.mean_s", "load.p95_s"]
relative = 0.1
max = 60
[cloud]
vms = 30
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "5/s"
[[variant]]
name = "slow"
set.management.tick = "4s"
"""


def stopped(values: Sequence[float | None], part: PrecisionPart) -> int | None:
    watch = Watch(part)
    for value in values:
        watch.note({"m": value})
    return watch.reached


def by_the_book(values: Sequence[float], relative: float, confidence: float) -> int | None:
    """Hoad, Robinson and Davies 2010: precise at n and at each of the f(5, n) after it."""
    precise = []
    for n in range(1, len(values) + 1):
        some = np.array(values[:n])
        half = (
            stats.t.ppf((1 + confidence) / 2, n - 1) * some.std(ddof=1) / n**0.5 if n > 4 else nan
        )
        precise.append(bool(half / abs(some.mean()) <= relative))
    for n in range(5, len(values) + 1):
        ahead = 5 if n <= 100 else 5 * n // 100
        row = precise[n - 1 : n + ahead]
        if len(row) == ahead + 1 and all(row):
            return n + ahead
    return None


@pytest.mark.parametrize("relative", [0.02, 0.05, 0.1, 0.3])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_it_stops_where_the_book_does(relative: float, confidence: float) -> None:
    part, dice = PrecisionPart(("m",), relative, confidence), Random("book")
    counts: set[int | None] = set()
    for _ in range(20):
        values = [dice.gauss(10, 1.5) for _ in range(400)]
        counts.add(stopped(values, part))
        assert stopped(values, part) == by_the_book(values, relative, confidence)
    assert counts != {None}


def test_what_is_missing_is_never_precise() -> None:
    part = PrecisionPart(("m",), 0.1)
    assert stopped([5.0] * 20, part) == 10
    assert stopped([0.0] * 20, part) == 10  # nothing failed, ever
    assert stopped([5.0, None] + [5.0] * 40, part) is None
    assert stopped([5.0, nan] + [5.0] * 40, part) is None
    assert stopped([1.0, -1.0] * 20, part) is None  # no part of a mean of 0


def test_all_figures_have_to_be_precise() -> None:
    watch = Watch(PrecisionPart(("a", "b"), 0.1))
    for n in range(40):
        watch.note({"a": 5.0, "b": 100.0 if n < 3 else 5.0})
    assert watch.reached is None
    verdict = watch.verdict(40)
    assert (verdict["reached"], verdict["figures"]["a"]) == (False, 0.0)
    assert verdict["figures"]["b"] > 0.1


def test_pairs_go_on_until_all_are_precise() -> None:
    part = PrecisionPart(("m",), 0.1, max=50)
    apart, pair = (Precise([part, part], together=t) for t in (False, True))
    for rule in (apart, pair):
        dice = Random("pairs")
        for _ in range(50):
            rule.note(0, {"m": 5.0})
            rule.note(1, {"m": dice.gauss(10, 3)})
    assert apart.wanted(0) == 10
    assert 10 < apart.wanted(1) < 50
    assert pair.wanted(0) == pair.wanted(1) == apart.wanted(1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


@pytest.mark.parametrize("together", [True, False])
def test_the_number_does_not_hang_on_who_ends_first(
    file: Path, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    studies = [point.study for point in variants(Sheet(file))]
    first = Gathering(studies, rule_for(studies, together=together)).run(Where(Engine("serial")))
    numbers = [len(found) for found in first]
    assert (numbers[0] == numbers[1]) == together
    assert max(numbers) < 60

    def shuffled(tasks: Iterator[Task], _: int) -> Iterator[tuple[int, int, bytes]]:
        dice, running = Random("order"), list[tuple[int, int, bytes]]()
        for task in tasks:
            running.append(computed(task, model()))
            if len(running) > 7:
                yield running.pop(dice.randrange(8))
        yield from running

    monkeypatch.setattr(replications, "results", shuffled)
    again = Gathering(studies, rule_for(studies, together=together))
    assert again.run(Where(Engine("serial"))) == first


WRONG = {
    STUDY.replace('"auto"', "20"): '4: precision: is for replications = "auto", and 20 are asked',
    STUDY.replace('"auto"', '"outo"'): "2: run.replications: 'outo' is no number of replications",
    STUDY.replace('"auto"', "true"): "2: run.replications: True is no number of replications",
    STUDY.replace("[precision]", "[[variant]]\nname='x'\nset.cloud.vms=9\n[precision]").replace(
        '"load.mean_s"', '"load.men_s"'
    ): "8: precision.metric: 'load.men_s' is no figure of this study (did you mean load.mean_s?)",
    STUDY.replace("0.1", "1.5"): "6: precision.relative: 1.5: expected `float` < 1.0",
    STUDY.replace("0.1", "0"): "6: precision.relative: 0: expected `float` > 0.0",
    STUDY.replace("max = 60", "max = 5"): "7: precision.max: 5: expected `int` >= 6",
    STUDY.replace("max = 60", "min = 5"): "7: precision.min: unknown key",
    STUDY.replace('["load.mean_s", "load.p95_s"]', "[]"): "5: precision.metric: [] is no name",
}


@pytest.mark.parametrize("text", WRONG, ids=list(WRONG.values()))
def test_contradictory_rules_are_refused(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(BadStudy) as no:
        read_study(file)
    assert len(no.value.lines) == 1
    assert no.value.lines[0].startswith(f"{file}:{WRONG[text]}")


def test_auto_needs_a_precision(file: Path) -> None:
    file.write_text(STUDY.replace(STUDY[STUDY.index("[prec") : STUDY.index("[cloud")], ""))
    with pytest.raises(BadStudy, match=r'study.toml:2: run.replications: "auto" needs \[precision'):
        read_study(file)


@pytest.mark.parametrize(("relative", "code"), [("0.3", 0), ("0.0001", 99)])
def test_a_precision_that_is_not_reached_is_a_failure(file: Path, relative: str, code: int) -> None:
    main = [sys.executable, "-c", "from conformance.cli import main; main()", "study", str(file)]
    given = ("--set", f"precision.relative={relative}", "--set", "precision.max=12")
    done = subprocess.run([*main, *given, "--json"], capture_output=True, check=False, text=True)
    assert done.returncode == code
    found = json.loads(done.stdout)
    assert found["asked"] == "auto"
    assert found["precision"]["reached"] == (code == 0)
    assert found["precision"]["replications"] == found["replications"] == (12 if code else 10)


def test_an_interval_that_stopped_the_run_still_covers_the_truth() -> None:
    """Stopping when it looks narrow costs a little; the look-ahead holds it near 95 %."""
    dice, covered, runs = Random("coverage"), 0, 400
    for _ in range(runs):
        rule = Precise([PrecisionPart(("m",), 0.15)], together=False)
        values: list[float] = []
        while len(values) < rule.wanted(0):
            values.append(dice.expovariate(0.1) + dice.expovariate(0.1))
            rule.note(0, {"m": values[-1]})
        found = summed_up(values)
        covered += found["low"] <= 20 <= found["high"]
        assert (found["high"] - found["mean"]) / found["mean"] <= 0.15
    assert 0.92 <= covered / runs <= 0.97

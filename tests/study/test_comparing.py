"""Differences of pairs, and what is made of them."""

import json
from pathlib import Path
from random import Random

import pytest
from scipy import stats
from told import is_refused, run

from study.comparing import Delta, Difference, compared, judged
from study.engines import Engine
from study.points import grid, variants
from study.reading import BadStudy, Sheet
from study.replications import Fixed, Gathering, Where

STUDY = """\
[run]
replications = 10
horizon = "40s"
[cloud]
vms = 30
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "5/s"
[[variant]]
name = "fast"
set.management.tick = "1s"
[[variant]]
name = "same"
set.management.api_threads = 126
[sweep]
management.tick = ["1s", "2s"]
"management.api_threads" = [1, 125]
"""
NAMES = ("base", "other")


def rows(seed: str, shared: float, n: int = 12) -> tuple[list[float], list[float]]:
    dice = Random(seed)
    common = [dice.gauss(10, 2) for _ in range(n)]
    return ([shared * c + dice.gauss(0, 1) for c in common],
            [shared * c + dice.gauss(1, 1) for c in common])  # fmt: skip


def difference(ones: list[float], others: list[float], delta: Delta = Delta()) -> Difference:  # noqa: B008
    found = compared("load.p95_s", NAMES, ones, others, delta)
    assert found is not None
    return found


def test_pairs_that_are_alike_are_compared_as_pairs() -> None:
    ones, others = rows("alike", 1.0)
    found = difference(ones, others)
    book = stats.ttest_rel(others, ones)
    assert found.way == "paired"
    assert found.correlation == pytest.approx(stats.pearsonr(ones, others).statistic)
    assert found.p == pytest.approx(book.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(book.confidence_interval(0.95)))


def test_pairs_that_are_not_alike_are_compared_by_welch() -> None:
    ones, others = rows("other", 0.0)
    others = sorted(others, reverse=True)
    ones = sorted(ones)
    found = difference(ones, others)
    book = stats.ttest_ind(others, ones, equal_var=False)
    assert found.correlation is not None
    assert (found.way, found.correlation < 0) == ("Welch", True)
    assert found.p == pytest.approx(book.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(book.confidence_interval(0.95)))


def test_verdicts_are_of_size_and_sign() -> None:
    ones, others = rows("alike", 1.0)
    for delta, verdict in ((Delta(), "worse"), (Delta(0.2, relative=True), "no difference"),
                           (Delta(1.0), "undecided")):  # fmt: skip
        assert judged([difference(ones, others, delta)])[0].verdict == verdict
    assert judged([difference(others, ones)])[0].verdict == "better"
    done = compared("load.done", NAMES, ones, others, Delta())
    begun = compared("load.begun", NAMES, ones, others, Delta())
    assert done is not None
    assert begun is not None
    assert [one.verdict for one in judged([done, begun])] == ["better", "higher"]


def test_what_is_constant_is_judged_too() -> None:
    assert judged([difference([2.0] * 6, [2.0] * 6)])[0].verdict == "no difference"
    assert judged([difference([2.0] * 6, [3.0] * 6)])[0].verdict == "worse"
    assert judged([difference([1.0] * 4, [2.0] * 4)])[0].verdict == "fewer than 5 pairs"


def test_pairs_without_a_figure_are_left_out() -> None:
    found = compared("m", NAMES, [1.0, None, 3.0], [2.0, 2.0, None], Delta())
    assert found is not None
    assert (found.n, found.difference) == (1, 1.0)
    assert compared("m", NAMES, [None], [1.0], Delta()) is None


def test_holm_is_the_books() -> None:
    """Four tests with these p: all but the last two are rejected."""
    one = difference(*rows("alike", 1.0))
    found = judged([one._replace(p=p) for p in (0.01, 0.04, 0.03, 0.005)])
    assert [round(d.p, 3) for d in found] == [0.03, 0.06, 0.06, 0.02]
    assert [d.verdict for d in found] == ["worse", "undecided", "undecided", "worse"]


def test_of_equals_few_are_called_different() -> None:
    dice, wrong = Random("null"), 0
    for _ in range(1000):
        three = []
        for _ in range(3):
            common = [dice.gauss(10, 2) for _ in range(8)]
            three.append(difference([c + dice.gauss(0, 1) for c in common],
                                    [c + dice.gauss(0, 1) for c in common]))  # fmt: skip
        wrong += any(d.verdict != "undecided" for d in judged(three))
    assert wrong / 1000 < 0.065


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


def test_common_random_numbers_narrow_the_interval(file: Path) -> None:
    base, fast, same = variants(Sheet(file))
    (far,) = (p for p in variants(Sheet(file, ("run.seed=99",))) if p.name == "fast")
    studies = [point.study for point in (base, fast, same, far)]
    found = Gathering(studies, Fixed(10)).run(Where(Engine("serial")))
    means = [[float(o.row["load.mean_s"] or 0) for o in outcomes] for outcomes in found]
    pair, apart = difference(means[0], means[1]), difference(means[0], means[3])
    assert pair.way == "paired"
    assert _wide(pair) < 0.8 * _wide(apart)
    assert difference(means[0], means[2]).difference == 0  # the 126th thread is idle


def _wide(one: Difference) -> float:
    assert one.low is not None
    assert one.high is not None
    return one.high - one.low


def test_a_sweep_is_every_combination(file: Path) -> None:
    points = grid(Sheet(file))
    assert [p.name for p in points] == [
        f"management.tick={tick}, management.api_threads={threads}"
        for tick in ("1s", "2s") for threads in (1, 125)
    ]  # fmt: skip
    assert [p.study.plan.management.tick for p in points] == [1.0, 1.0, 2.0, 2.0]
    over = grid(Sheet(file), ("latency.api=constant(1s),lognormal(50ms, 0.4)",))
    assert [p.values["latency.api"] for p in over] == ["constant(1s)", "lognormal(50ms, 0.4)"]


SWEEPS = {
    '["1s", "2"]': "15: sweep: management.tick: '2' is no time above 0",
    '"1s"': "15: sweep.management.tick: '1s' is no list of values",
    "[]": "15: sweep.management.tick: [] is no list of values",
    '["1s", "1s"]': "15: sweep.management.tick: has a value twice",
}


@pytest.mark.parametrize("values", SWEEPS)
def test_a_bad_sweep_is_told(file: Path, values: str) -> None:
    file.write_text(STUDY.replace('["1s", "2s"]', values))
    with pytest.raises(BadStudy) as no:
        grid(Sheet(file))
    assert no.value.lines[0].startswith(f"{file}:{int(SWEEPS[values][:2]) + 3}{SWEEPS[values][2:]}")


OVERS = {
    "management.tick": "is no dotted.path=value,value",
    "management.tick=1s,,2s": "is no dotted.path=value,value",
    "management.tick=1s,1s": "has a value twice",
    "management.tck=1s": "management.tck: unknown key (did you mean tick?)",
    "run.seed=1,2": "run.seed is one for all variants and points",
}


@pytest.mark.parametrize("over", OVERS)
def test_a_bad_over_is_told(file: Path, over: str) -> None:
    with pytest.raises(BadStudy) as no:
        grid(Sheet(file), (over,))
    assert no.value.lines == [f"--over {over}: {OVERS[over]}"]


def test_what_is_varied_is_not_set(file: Path) -> None:
    with pytest.raises(BadStudy, match=r"^--set management.tick=3s: is what is varied$"):
        grid(Sheet(file, ("management.tick=3s",)))


@pytest.mark.parametrize("key", ["run.seed", "run.replications"])
def test_pairs_have_one_seed(file: Path, key: str) -> None:
    file.write_text(STUDY.replace("set.management.tick", f"set.{key}").replace('"1s"\n', "9\n"))
    with pytest.raises(BadStudy, match=rf"variant\[0\].set.{key}: is one for all"):
        variants(Sheet(file))


def test_compare_gives_its_verdicts(file: Path) -> None:
    out = file.parent / "out"
    done = run(file, "compare", "base", "fast", "same", "--metric", "load.p95_s", "--out", str(out))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[1].startswith("load.p95_s")
    assert lines[1].endswith("better")
    assert lines[2].endswith("no difference")
    kept = json.loads((out / "summary.json").read_text())
    assert [d["verdict"] for d in kept["compared"]] == ["better", "no difference"]
    rows = (out / "runs.csv").read_text().splitlines()
    assert len(rows) == 31
    assert rows[11].startswith("fast,1s,,0,")
    again = run(file, "compare", "base", "fast", "same", "--metric", "load.p95_s", "--out",
                str(out), "--json")  # fmt: skip
    assert (again.stderr, json.loads(again.stdout)) == ("", kept)  # all of it was kept


def test_sweep_tells_every_point(file: Path) -> None:
    out = file.parent / "out"
    bytes_of = []
    for workers in ("1", "2"):
        done = run(file, "sweep", "--set", "run.replications=5", "--workers", workers,
                   "--out", str(out / workers))  # fmt: skip
        assert done.returncode == 0, done.stderr
        names = ("runs.csv", "summary.json")
        bytes_of.append([done.stdout.encode()] + [(out / workers / n).read_bytes() for n in names])
    assert bytes_of[0] == bytes_of[1]
    assert len(done.stdout.splitlines()) == 7
    summary = json.loads((out / "1" / "summary.json").read_text())
    assert [p["values"]["management.api_threads"] for p in summary["points"]] == [1, 125, 1, 125]
    assert {p["replications"] for p in summary["points"]} == {5}


WRONG = {
    ("compare", "base"): "rootswap: Missing argument 'OTHERS...'.",
    ("compare", "base", "base"): "rootswap: a variant is named twice",
    ("compare", "base", "fats"): "has no variant 'fats' (did you mean fast?)",
    ("compare", "base", "fast", "--delta", "5 %%"): "'5 %%' is no part, time or number like 5%",
    ("compare", "base", "fast", "--metric", "load.p95s"): "--metric 'load.p95s' is no figure of "
    "this study (did you mean load.p95_s?)",
    ("sweep", "--metric", "x"): "--metric 'x' is no figure of this study",
    ("sweep", "--set", "workload.0.rate=5s"): "'5s' is no rate above 0",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_words_are_one_line(file: Path, words: tuple[str, ...]) -> None:
    is_refused(file, words, WRONG[words])

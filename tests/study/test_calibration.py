"""Latencies that are fitted to the jobs of a server, and found again where they are known."""

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from scipy.stats import lognorm
from served import DETACH_S, SIGMA, TRUE_S, jobs_file, seen, served

from conformance.cli import main
from study.calibration import HOSTED, Asked, around, as_toml, calibrate
from study.fitting import Censored, Exact, fits, spread_of
from study.history import History, Past, read_history
from study.latency_plan import LatencyPart
from study.reading import read_study

AROUND = around(HOSTED["attachVolume"], Asked())


def test_what_the_engine_was_told_is_found_again(tmp_path: Path) -> None:
    file = tmp_path / "jobs.json"
    file.write_text(json.dumps([{"queryasyncjobresultresponse": row} for row in served(1200)]))
    found = calibrate([read_history(file)], Asked(repeats=19))
    attach = next(one for one in found.found if one.key == "AttachCommand")
    assert attach.n > 500
    assert attach.failed == 0
    best = attach.fits[0]
    assert best.family == "lognormal"
    assert best.numbers == pytest.approx((TRUE_S, SIGMA), rel=0.1)
    assert best.ks_p is not None
    assert best.ks_p > 0.05
    detach = next(one for one in found.found if one.key == "DettachCommand")
    assert detach.spread is not None
    true = lognorm(SIGMA, scale=DETACH_S).ppf
    quantile = detach.spread.quantile()
    for share in (0.1, 0.5, 0.9):
        assert quantile(share) == pytest.approx(true(share), rel=0.1, abs=0.1)


FAMILIES = {
    "gamma": (lambda d: d.gammavariate(4, 0.75), (3.0, 4.0)),
    "weibull": (lambda d: d.weibullvariate(4.0, 2.5), (4.0, 2.5)),
    "lognormal": (lambda d: d.lognormvariate(0.0, 0.8), (1.0, 0.8)),
    "exponential": (lambda d: d.expovariate(0.25), (4.0,)),
    "log-logistic": (lambda d: 3 * (1 / (1 - d.random()) - 1) ** (1 / 3), (3.0, 3.0)),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_told_from_the_others_through_whole_seconds(family: str) -> None:
    draw, numbers = FAMILIES[family]
    data = Censored(seen(draw), AROUND)
    best = fits(data, 19, Random(1))[0]
    assert best.family == family
    assert best.numbers == pytest.approx(numbers, rel=0.12)
    assert not best.poor


def test_whole_seconds_taken_as_they_are_would_count_the_tick_twice() -> None:
    seconds = seen(lambda d: d.lognormvariate(0.0, 0.8))
    naive = fits(Exact([s + 0.5 for s in seconds]), 0, Random(1))[0]
    assert naive.numbers[0] > 1.8  # of 1.0


def test_times_of_a_log_are_fitted_as_they_are() -> None:
    dice = Random(6)
    times = tuple(dice.weibullvariate(0.05, 1.5) for _ in range(800))
    jobs = (Past("attachVolume", 0.0, 1.0, 1),)
    history = History("management log", "m.log", "0" * 64, jobs, 0.001, {"work": times})
    (work,) = calibrate([history], Asked(repeats=19)).found
    assert (work.key, work.n) == ("work", 800)
    assert work.fits[0].family == "weibull"
    assert work.fits[0].numbers == pytest.approx((0.05, 1.5), rel=0.08)


def test_two_humps_are_no_family_and_taken_as_they_are() -> None:
    humps = seen(lambda d: 1.0 if d.random() < 0.5 else 9.0)
    data = Censored(humps, AROUND)
    best = fits(data, 49, Random(1))[0]
    assert best.poor
    spread = spread_of(data, best)
    assert spread.shape == "empirical"
    quantile = spread.quantile()
    assert [quantile(0.25), quantile(0.75)] == pytest.approx([1, 9], rel=0.15)


def test_the_table_it_writes_is_read_by_a_study(tmp_path: Path) -> None:
    out = tmp_path / "latency.toml"
    run = ["calibrate", str(jobs_file(tmp_path, failed=7)), "--bootstrap", "9", "--out", str(out)]
    done = CliRunner().invoke(main, run)
    assert done.exit_code == 0
    text = out.read_text()
    assert "n 193, 7 failed and left out" in text
    assert "jobs.json: jobs, 201 jobs, 2025-12-01 to 2025-12-01, sha256 " in text
    assert "secret" not in text + done.output
    assert "left alone: createVolume (1)" in done.output
    study = tmp_path / "s.toml"
    study.write_text(
        text + '[cloud]\nvms = 1\n[[workload]]\nname = "w"\nworkflow = "attach"\n'
        'executor = "iterations"\nitems = 1\n'
    )
    assert read_study(study).plan.latency.AttachCommand is not None
    again = CliRunner().invoke(main, run)
    assert (again.output, out.read_text()) == (done.output, text)


def test_json_has_every_family(tmp_path: Path) -> None:
    run = ["calibrate", str(jobs_file(tmp_path)), "--bootstrap", "0", "--json", "--no-hosts"]
    found = json.loads(CliRunner().invoke(main, run).output)
    assert len(found["latency"]["work"]["fits"]) == 5
    assert LatencyPart.__struct_fields__  # the key is one of them
    assert found["latency"].keys() <= set(LatencyPart.__struct_fields__)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["none.json"], "none.json: No such file or directory"),
        (["few.json"], "few.json: nothing has 20 times to fit"),
        (["few.json", "--tick", "2"], "'2' is no time above 0 like \"60s\""),
        (["few.json", "--out", "no/where.toml"], "--out no/where.toml: no is no folder"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_calibrated_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    row = {"cmd": "a.AttachVolumeCmd", "created": "2025-12-01T00:00:00Z", "jobstatus": 0}
    (tmp_path / "few.json").write_text(json.dumps([row]))
    done = CliRunner().invoke(main, ["calibrate", *args])
    assert done.exit_code == 2
    assert says in done.output
    assert [file.name for file in tmp_path.iterdir()] == ["few.json"]


def test_the_comment_names_where_it_is_from(tmp_path: Path) -> None:
    found = calibrate([read_history(jobs_file(tmp_path))], Asked(repeats=0))
    assert "best of 5" in as_toml(found)

"""Latencies that are fitted to the jobs of a server, and found again where they are known."""

import json
from math import exp
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result
from scipy.stats import lognorm

from conformance.cli import main
from simulator import boot
from simulator.boot import CloudFile
from simulator.domain.records import VolumeType
from simulator.engine.latency import Timings, lognormal
from study.calibration import HOSTED, Asked, around, as_toml, calibrate
from study.fitting import Censored, Exact, fits, spread_of
from study.history import History, Past, read_history
from study.latency_plan import LatencyPart
from study.reading import read_study
from study.validation import latencies_of

TRUE_S, DETACH_S, SIGMA = 2.5, 1.5, 0.6
AROUND = around(HOSTED["attachVolume"], Asked())
CLOUD = """\
[[zones]]
name = "z"
[[zones.clusters]]
hypervisor = "KVM"
hosts = [{ count = 20, memory = "1 TiB" }]
pools = [{ count = 2, capacity = "1 PiB" }]
[[vms]]
name = "vm"
count = 200
disks = [{ offering = "Small" }]
"""


def served(count: int, seed: int = 3) -> list[dict[str, Any]]:
    """Return what a server says of *count* detaches and attaches that did not meet."""
    commands = dict(Timings().commands)
    commands["AttachCommand"] = lognormal(TRUE_S, SIGMA)
    commands["DettachCommand"] = lognormal(DETACH_S, SIGMA)
    cloud = boot(cloud=CloudFile("t", CLOUD), seed=seed, timings=Timings(commands=commands))
    volumes = cloud.world.store.volumes.values()
    disks = [(v.id, str(v.vm_id)) for v in volumes if v.type is VolumeType.DATADISK]
    dice, jobs, off = Random(seed), [], set[str]()
    for _ in range(count):
        disk_id, vm_id = disks.pop(dice.randrange(len(disks) - 40))
        disks.append((disk_id, vm_id))  # not again before 40 others
        if disk_id in off:
            off.remove(disk_id)
            reply = cloud.call("attachVolume", id=disk_id, virtualmachineid=vm_id)
        else:
            off.add(disk_id)
            reply = cloud.call("detachVolume", id=disk_id)
        jobs.append(reply.body["jobid"])
        cloud.sleep(dice.expovariate(0.5))
    cloud.sleep(600)
    return [cloud.call("queryAsyncJobResult", jobid=job).body for job in jobs]


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


def seen(draw: Any, count: int = 1500, tick_s: float = 2.0) -> list[int]:
    """Return the seconds between two clocks, with the wait and the steps of an attach."""
    dice = Random(5)
    rest = [Timings().api(dice) + Timings().work(dice) for _ in range(300)]
    found = []
    for n in range(count):
        begun_s = dice.uniform(0, 1e5)
        end_s = begun_s + draw(dice) + dice.uniform(0, tick_s) + rest[n % len(rest)]
        found.append(int(end_s) - int(begun_s))
    return found


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


def write(tmp_path: Path, *, failed: int = 0) -> Path:
    seconds = seen(lambda d: exp(d.gauss(0.5, 0.6)), 200)
    rows = [
        {"cmd": "a.AttachVolumeCmd", "jobid": str(n), "jobstatus": 2 if n < failed else 1,
         "account": "secret-name", "created": "2025-12-01T00:00:00+0000",
         "completed": f"2025-12-01T00:{s // 60:02d}:{s % 60:02d}+0000"}
        for n, s in enumerate(seconds)
    ]  # fmt: skip
    rows.append(rows[-1] | {"cmd": "a.CreateVolumeCmd", "jobid": "x"})
    file = tmp_path / "jobs.json"
    file.write_text(json.dumps({"listasyncjobsresponse": {"asyncjobs": rows}}))
    return file


def test_the_table_it_writes_is_read_by_a_study(tmp_path: Path) -> None:
    out = tmp_path / "latency.toml"
    run = ["calibrate", str(write(tmp_path, failed=7)), "--bootstrap", "9", "--out", str(out)]
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
    run = ["calibrate", str(write(tmp_path)), "--bootstrap", "0", "--json", "--no-hosts"]
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
    found = calibrate([read_history(write(tmp_path))], Asked(repeats=0))
    assert "best of 5" in as_toml(found)


STUDY = """
[run]
replications = 8
[cloud]
vms = 200
hosts = 20
disks = "attached"
[[workload]]
name = "w"
workflow = "attach"
executor = "iterations"
items = 1
"""


@pytest.fixture(scope="module")
def held_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the study with latencies fitted to one load, beside what the server did in another."""
    folder = tmp_path_factory.mktemp("held")
    for name, seed in (("first", 3), ("second", 4)):
        (folder / f"{name}.json").write_text(json.dumps(served(600, seed)))
    fitted = calibrate([read_history(folder / "first.json")], Asked(repeats=19))
    (folder / "study.toml").write_text(as_toml(fitted) + STUDY)
    return folder


def validated(folder: Path, *more: str) -> Result:
    args = [str(folder / "study.toml"), "--against", str(folder / "second.json"), *more]
    return CliRunner().invoke(main, ["validate", *args, "--engine", "serial"])


def test_a_load_nobody_fitted_takes_as_long(held_out: Path, tmp_path: Path) -> None:
    done = validated(held_out, "--json", "--out", str(tmp_path), "--day", "2026-01-01")
    assert done.exit_code == 0
    found = json.loads((tmp_path / "validation.json").read_text())
    assert found == json.loads(done.stdout)
    lights = {(one["command"], one["figure"]): one["light"] for one in found["figures"]}
    assert len(lights) == 6
    assert lights["attachVolume", "p50_s"] == lights["detachVolume", "p50_s"] == "green"
    assert "red" not in lights.values()  # of some hundred jobs the tails are known badly
    assert found["dropped"] == {}


def test_a_wrong_latency_is_red(held_out: Path) -> None:
    done = validated(held_out, "--set", "latency.AttachCommand=constant(9s)")
    assert done.exit_code == 99
    (line,) = [line for line in done.stdout.splitlines() if "attachVolume.p50_s" in line]
    assert line.endswith("red")
    assert "detachVolume.p50_s" in done.stdout


def test_a_cloud_too_small_is_red(held_out: Path) -> None:
    done = validated(held_out, "--set", "cloud.vms=1", "--set", "cloud.hosts=1")
    assert done.exit_code == 99
    assert "of its jobs found no VM in this cloud  red" in done.stdout


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--day", "2025-02-03"], "second.json: has no attachVolume or detachVolume on 2025-02-03"),
        (["--day", "today"], "'today' is no date like 2026-01-31"),
        (["--set", "run.replications=none"], "run.replications"),
    ],
)
def test_what_cannot_be_validated_is_said(held_out: Path, more: list[str], says: str) -> None:
    done = validated(held_out, *more)
    assert done.exit_code == 2
    assert says in done.output


def test_no_verdict_without_jobs_that_succeeded(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    row = {"cmd": "a.DetachVolumeCmd", "jobstatus": 0, "created": "2026-01-01T00:00:00Z"}
    (tmp_path / "second.json").write_text(json.dumps([row]))
    done = validated(tmp_path)
    assert done.exit_code == 2
    assert "no command has 20 jobs that succeeded" in done.output


def test_whole_seconds_are_spread_over_what_they_hide() -> None:
    jobs = [Past("attachVolume", 10.0, 12.0, 1)] * 1000 + [Past("attachVolume", 10.0, 20.0, 2)] * 9
    spread = latencies_of(jobs, coarse=True)
    assert (len(spread), spread[0] > 1, spread[-1] < 3) == (1000, True, True)
    assert [spread[125], spread[500], spread[875]] == pytest.approx([1.5, 2, 2.5], abs=0.01)
    assert set(latencies_of(jobs, coarse=False)) == {2.0}

"""A real server's load in a study's cloud, and what is known of a study's inputs."""

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from served import jobs_file, served

from conformance.cli import main
from study.calibration import Asked, as_toml, calibrate
from study.history import Past, read_history
from study.inputs import known
from study.validation import latencies_of

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


def test_what_is_known_of_the_inputs_is_told_from_luck() -> None:
    dice = Random(2)
    luck = [dice.gauss(0, 1) for _ in range(40)]
    base = [10 + at for at in luck]
    alike = [[10 + at + dice.gauss(0, 0.01) for at in luck] for _ in range(30)]
    assert known("m", base, alike).share < 0.01
    apart = [[10 + shift + at for at in luck] for shift in (dice.gauss(0, 0.5) for _ in range(30))]
    found = known("m", base, apart)
    true = 0.25 / (0.25 + 1 / 40)
    assert found.share == pytest.approx(true, abs=0.06)
    assert found.half_with_inputs > 2 * found.half


def test_variants_of_the_inputs_are_written_and_run(tmp_path: Path) -> None:
    out, study = tmp_path / "latency.toml", tmp_path / "study.toml"
    data = jobs_file(tmp_path)
    run = ["calibrate", str(data), "--bootstrap", "25", "--inputs", "6", "--out", str(out)]
    done = CliRunner().invoke(main, run)
    assert done.exit_code == 0
    assert "its numbers, 95 %: " in done.output
    study.write_text('extends = "latency.toml"\n' + STUDY.replace("attached", "loose"))
    done = CliRunner().invoke(main, ["inputs", str(study), "--json", "--engine", "serial"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["variants"] == 6
    mean = found["figures"][0]
    assert mean["metric"] == "w.mean_s"
    assert 0 <= mean["share"] <= 1
    assert mean["half"] <= mean["half_with_inputs"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["calibrate", "jobs.json", "--inputs", "5"], "--inputs: needs --out"),
        (
            ["calibrate", "jobs.json", "--inputs", "5", "--bootstrap", "4", "--out", "l.toml"],
            "--inputs: needs --out, and --bootstrap for no fewer",
        ),
        (["inputs", "study.toml"], "study.toml: has 0 variants called inputs-…, fewer than 5"),
    ],
)
def test_too_few_inputs_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    jobs_file(tmp_path)
    (tmp_path / "study.toml").write_text(STUDY.replace("attached", "loose"))
    done = CliRunner().invoke(main, args)
    assert (done.exit_code, says in done.output) == (2, True)
    assert not (tmp_path / "l.toml").exists()

"""`rootswap check` and `pytest features` as a user meets them."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUN = "from conformance.cli import main; main()"
FEATURE = """
Feature: One holds

  Scenario: It holds
    Given a stopped VM "vm1" with ROOT volume "r1"
    Then VM "vm1" is Stopped

  Scenario: It does not
    Given a stopped VM "vm1" with ROOT volume "r1"
    Then VM "vm1" is Running
"""
BROKEN = {
    "no Gherkin": b"Feature: x\n  Scenario: a\n    Given a\n  Scenari: b\n",
    "no text": b"\xff\xfe\x00",
    "no feature": b"",
}


def check(*args: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", RUN, "check", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def cli(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", RUN, *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def plain(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("dialect", ["spec", "acs-4.22"])
def test_pytest_gives_the_verdicts_of_check(dialect: str, tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    done = check("-m", "smoke", "--dialect", dialect, "--json", str(file))
    same = plain("features", "-m", "smoke", "--dialect", dialect)
    passed = json.loads(file.read_text())["summary"]["passed"]
    assert (done.returncode, same.returncode) == (0, 0), same.stdout
    assert f"{passed} passed" in same.stdout


def test_a_failure_fails_and_says_how_to_run_it_again(tmp_path: Path) -> None:
    (tmp_path / "one.feature").write_text(FEATURE)
    done = check("--features", str(tmp_path), "--seed", "3")
    assert done.returncode == 1
    assert done.stdout.startswith("FAIL one                    1/2\n")
    assert "\nFAILED one: It does not\n" in done.stdout
    (again,) = re.findall("again: rootswap check (.*)", done.stdout)
    rerun = check(*shlex.split(again))
    assert "0 of 1 scenarios passed, 1 failed, 0 skipped; dialect spec, seed 3" in rerun.stdout
    assert "1 failed, 1 passed" in plain(str(tmp_path), "-p", "conformance.plugin").stdout


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
@pytest.mark.parametrize("more", [(), ("--dry-run",)], ids=["run", "dry run"])
def test_a_feature_file_that_cannot_be_read_is_one_line(
    text: bytes, more: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "broken.feature").write_bytes(text)
    done = check("--features", str(tmp_path), *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"rootswap: [^\n]*\n", done.stderr), done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("--bogus",),
        ("--dialect", "klingon"),
        ("--seed", "x"),
        ("-k", "and and"),
        ("-k", "no_such_scenario"),
        ("--dry-run", "-k", "no_such_scenario"),
        ("--dry-run", "-k", "and and"),
        ("--dry-run", "--json", "result.json"),
        ("-m", "no_such_tag"),
        ("--feature", "no_such_feature"),
        ("--features", "/dev/null/folder"),
        ("--json", "/dev/null/folder/result.json"),
        ("--junit", "/dev/null/folder/result.xml"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_run_is_one_line(args: tuple[str, ...]) -> None:
    done = check(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"rootswap: [^\n]*\n", done.stderr), done.stderr


def test_a_feature_is_reported_as_soon_as_it_is_done() -> None:
    command = [sys.executable, "-I", "-c", RUN, "check"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert re.fullmatch(r"ok   \w+ +(\d+)/\1\n", running.stdout.readline())
        assert running.poll() is None
        running.kill()


def test_one_file_is_run_by_itself_and_other_peoples_tests_are_not(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.feature").write_text(FEATURE.partition("  Scenario: It does not")[0])
    (tmp_path / "test_of_theirs.py").write_text("def test_it() -> None:\n    raise SystemExit(9)\n")
    done = check("--features", str(tmp_path / "two.feature"))
    assert (done.returncode, done.stdout.splitlines()[0].split()) == (0, ["ok", "two", "1/1"])
    assert "1 of 1 scenarios passed" in done.stdout
    done = check("--features", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "2 of 2 scenarios passed" in done.stdout
    assert "theirs" not in done.stdout


def test_what_holds_no_features_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(FEATURE)
    for path, why in ((tmp_path, "holds no file called .feature"),
                      (tmp_path / "notes.txt", "is not called .feature")):  # fmt: skip
        done = check("--features", str(path))
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"rootswap: Invalid value for '--features': {path} {why}\n"


def test_a_name_that_the_cloud_has_not_is_told(tmp_path: Path) -> None:
    given = 'Given a stopped VM "v" with ROOT volume "r" in zone "no-zone"'
    (tmp_path / "one.feature").write_text(f"Feature: f\nScenario: s\n{given}\n")
    done = check("--features", str(tmp_path))
    assert done.returncode == 1
    assert "AssertionError: the cloud shows no zone called no-zone\n" in done.stdout


UNSAID = """
Feature: One can be run

  Scenario: It can
    Given a stopped VM "vm1" with ROOT volume "r1"

  Scenario: It cannot
    Given a stopped VM "vm1" with ROOT volume "r1"
    Then VM "vm1" is on the moon

  Scenario Outline: Nor that
    When the <who> calls listZones with nothing

    Examples:
      | who   |
      | owner |
      | nurse |
"""


def test_a_dry_run_lists_what_would_run(tmp_path: Path) -> None:
    (tmp_path / "one.feature").write_text(UNSAID)
    done = check("--dry-run", "--features", str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "ok   one: It can",
        "no   one: It cannot",
        "no   one: Nor that",
        "no   one: Nor that",
        'one.feature:9: no sentence is Then VM "vm1" is on the moon',
        "one.feature:12: no sentence is When the owner calls listZones with nothing",
        "one.feature:12: no sentence is When the nurse calls listZones with nothing",
        "",
        "4 scenarios would run, 3 of them cannot; nothing was run",
    ]
    assert check("--dry-run", "--features", str(tmp_path), "--scenario", "It can").returncode == 1
    assert check("--dry-run", "-k", "device").returncode == 0


def test_a_dry_run_of_everything_is_good_in_both_dialects() -> None:
    for dialect in ("spec", "acs-4.22"):
        done = check("--dry-run", "--dialect", dialect)
        assert done.returncode == 0, done.stdout
        assert re.search(r"\n\d{3,} scenarios would run, 0 of them cannot;", done.stdout)


def test_every_sentence_is_listed_with_where_it_is() -> None:
    found = json.loads(cli("steps", "--json").stdout)
    for row in found:
        assert "@" in Path(row["path"]).read_text().splitlines()[row["line"] - 1]
    lines = cli("steps").stdout.splitlines()
    assert len(lines) == len(found)
    assert all(line.startswith("steps/") for line in lines)
    nothing = cli("steps", "-k", "no such words")
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert nothing.stderr == "rootswap: no sentence contains 'no such words'\n"


STUDIES = ("explain", "compare", "sweep", "find", "screen", "calibrate", "validate", "inputs")


@pytest.mark.parametrize(
    ("command", "missing"),
    [(name, "scipy") for name in STUDIES] + [("study", "matplotlib"), ("study", "joblib")],
)
def test_without_the_extra_a_study_says_what_to_install(command: str, missing: str) -> None:
    run = f"import sys; sys.modules['{missing}'] = None; {RUN}"
    done = subprocess.run(
        [sys.executable, "-c", run, command, "x.toml"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"rootswap: {command} needs [^\n]*'rootswap\[study]'\n", done.stderr)
    assert missing in done.stderr


def test_foreign_files_in_the_current_folder_do_not_matter(tmp_path: Path) -> None:
    for name in ("steps", "simulator", "conformance"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit(9)\n")
    (tmp_path / "conftest.py").write_text("raise SystemExit(9)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    done = check("--feature", "device_ids", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr

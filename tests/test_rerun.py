"""Running again what failed; what is expected to fail; a run that is ended early."""

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_results import FEATURE
from test_runner import RUN, check

from conformance.check import Selection
from conformance.earlier import merged
from conformance.results import Attempt, Reason, Record, Verdict

TODAY = datetime.now(tz=UTC).date()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ends.feature").write_text(FEATURE.replace("a running VM", "a Running VM"))
    return tmp_path


def verdicts(file: Path) -> dict[str, str]:
    return {row["id"]: row["verdict"] for row in json.loads(file.read_text())["scenarios"]}


def expected(folder: Path, scenario: str, days: int = 30, more: str = "") -> tuple[str, str]:
    file = folder / "expected.toml"
    expires = TODAY + timedelta(days=days)
    file.write_text(
        f'[[expected]]\nscenario = "{scenario}"\nreason = "known"\nlink = "https://example.org/1"\n'
        f"expires = {expires}\n{more}"
    )
    return "--expected", str(file)


def test_only_what_failed_is_run_again(folder: Path) -> None:
    first, second = folder / "1.json", folder / "2.json"
    check("--features", str(folder), "--dialect", "acs-4.22", "--seed", "5", "--json", str(first))
    found = ("--features", str(folder), "--from", str(first))
    done = check(*found, "--only", "failed", "--json", str(second))
    assert done.returncode == 1
    assert list(verdicts(second)) == ["CS-TST-002[Running]"]
    again = json.loads(second.read_text())["run"]
    assert (again["dialect"], again["seed"]) == ("acs-4.22", 5)
    done = check(*found, "--only", "failed,blocked", "--dry-run")
    assert "\n2 scenarios would run" in done.stdout
    for words in (("--only", "flaky"), ("--only", "worse"), ("--from", str(folder / "no.json"))):
        done = check(*found, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.fullmatch(r"rootswap: [^\n]*\n", done.stderr), done.stderr


def test_what_fails_again_is_no_flake(folder: Path) -> None:
    file = folder / "r.json"
    done = check("--features", str(folder), "--rerun-failed", "--json", str(file))
    assert done.returncode == 1
    rows = {row["id"]: row for row in json.loads(file.read_text())["scenarios"]}
    assert len(rows["CS-TST-001"]["attempts"]) == 1
    tries = [one["verdict"] for one in rows["CS-TST-002[Running]"]["attempts"]]
    assert (rows["CS-TST-002[Running]"]["verdict"], tries) == ("failed", ["failed", "failed"])


def record(verdict: Verdict) -> Record:
    reason = Reason("assertion", "no") if verdict == "failed" else None
    return Record("a", "a", "f", "f", 1, [], [], verdict=verdict, reason=reason)


def test_what_passes_when_run_again_is_flaky() -> None:
    first, second = record("failed"), record("passed")
    second.attempts = [Attempt("passed", 1.0)]
    (found,) = merged([first], [second])
    assert (found.verdict, found.reason and found.reason.type) == ("flaky", "flaky")
    (same,) = merged([record("failed")], [record("failed")])
    assert same.verdict == "failed"


def test_an_expected_divergence_is_no_failure_and_its_end_is_one(folder: Path) -> None:
    file = folder / "r.json"
    words = ("--features", str(folder), "--json", str(file), "--scenario", "CS-TST-00")
    done = check(*words, *expected(folder, "CS-TST-002"), "-k", "001 or 002")
    assert done.returncode == 0, done.stdout
    assert verdicts(file) == {"CS-TST-001": "passed", "CS-TST-002[Running]": "xfail"}
    done = check(*words, *expected(folder, "CS-TST-001"), "-k", "001 or 002")
    assert done.returncode == 1
    assert verdicts(file) == {"CS-TST-001": "xpass", "CS-TST-002[Running]": "failed"}
    assert "XPASS ends: [CS-TST-001] It holds\npassed, although expected to fail" in done.stdout
    done = check(
        *words, *expected(folder, "CS-TST-001", more='dialect = "acs-4.22"\n'), "-k", "001"
    )
    assert (done.returncode, verdicts(file)) == (0, {"CS-TST-001": "passed"})


@pytest.mark.parametrize(
    ("scenario", "days", "more", "why"),
    [
        ("CS-TST-009", 1, "", "no scenario is CS-TST-009"),
        ("CS-TST-001", -1, "", "CS-TST-001: expired on"),
        ("CS-TST-001", 1, "because = 3\n", "unknown field `because`"),
        ("CS-TST-001", 1, 'dialect = "klingon"\n', "klingon"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_line(
    folder: Path, scenario: str, days: int, more: str, why: str
) -> None:
    done = check("--features", str(folder), *expected(folder, scenario, days, more))
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"rootswap: [^\n]*expected.toml: [^\n]*{why}[^\n]*\n", done.stderr)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_early_leaves_its_reports(by: signal.Signals, tmp_path: Path) -> None:
    file, page = tmp_path / "r.json", tmp_path / "r.html"
    command = [sys.executable, "-c", RUN, "check", "--json", str(file), "--html", str(page)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(by)
        rest = running.stdout.read()
        assert running.wait() == 130, rest
    found = json.loads(file.read_text())
    assert (found["run"]["stopped"], found["run"]["partial"]) == ("interrupted", True)
    assert found["verdict"] == "INCOMPLETE"
    assert found["summary"]["passed"] > 5
    assert found["summary"]["not_run"] > 500
    assert "INCOMPLETE, partial: interrupted" in rest
    assert "partial" in page.read_text()


def test_a_selection_says_itself() -> None:
    chosen = Selection(keyword="device", folder=Path("mine"))
    assert chosen.said() == ["-k", "device", "--features", "mine"]

"""What a run leaves: records, verdicts and the schema of its results."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from _pytest.outcomes import Skipped
from pytest_bdd.exceptions import StepDefinitionNotFoundError
from test_runner import check

from conformance import verdicts
from conformance.line import Unreachable
from conformance.results import (
    SCHEMA_FILE,
    Reason,
    Record,
    Unreadable,
    Verdict,
    read,
    schema,
)
from simulator.serve.recorder import HIDDEN

FEATURE = """
Feature: Every way to end

  @CS-TST-001 @SPEC-01
  Scenario: [CS-TST-001] It holds
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then the request succeeds

  @CS-TST-002 @SPEC-02
  Scenario Outline: [CS-TST-002] It does not while <state>
    Given a <state> VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then the request succeeds
    And volume "r1" is a detached DATADISK

    Examples:
      | state   |
      | Running |

  @CS-TST-003 @SPEC-01
  Scenario: [CS-TST-003] What it starts from is not had
    Given a running VM "vm1" with ROOT volume "r1"
    And volume "r1" has been detached
    When the owner starts VM "vm1"
    Then the request succeeds
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    feature = FEATURE.replace("a running VM", "a Running VM")
    (folder / "ends.feature").write_text(feature)
    files = ("--json", str(folder / "r.json"), "--junit", str(folder / "r.xml"))
    done = check("--features", str(folder), *files)
    assert done.returncode == 1, done.stderr
    assert "1 of 3 scenarios passed, 1 failed, 0 skipped, 1 blocked;" in done.stdout
    return folder


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "r.json").read_text())["scenarios"]
    return found


def test_a_results_file_is_as_its_schema_says(folder: Path) -> None:
    known = json.loads(SCHEMA_FILE.read_text())
    found = json.loads((folder / "r.json").read_text())
    jsonschema.Draft202012Validator.check_schema(known)
    jsonschema.validate(found, known)
    assert (found["schema"], found["verdict"]) == ("rootswap/results/1", "NOT CONFORMANT")
    found["scenarios"][0]["verdict"] = "good"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, known)


def test_the_schema_in_the_package_is_the_one_that_is_written() -> None:
    assert SCHEMA_FILE.read_bytes() == schema()


def test_a_given_that_fails_blocks_and_a_then_fails(rows: list[dict[str, Any]]) -> None:
    held, failed, blocked = rows
    assert (held["id"], held["verdict"], held["clauses"]) == ("CS-TST-001", "passed", ["SPEC-01"])
    assert (failed["id"], failed["example"]) == ("CS-TST-002[Running]", {"state": "Running"})
    assert (failed["verdict"], failed["reason"]["type"]) == ("failed", "assertion")
    assert [s["status"] for s in failed["steps"]] == ["passed", "passed", "failed", "not-run"]
    assert (blocked["verdict"], blocked["reason"]["type"]) == ("blocked", "arrangement")
    assert (failed["file"], failed["line"]) == ("ends.feature", 11)
    assert "--scenario '[CS-TST-002]" in failed["again"]


def test_a_step_has_its_exchanges_and_a_job_its_time(rows: list[dict[str, Any]]) -> None:
    made, asked, judged = rows[0]["steps"]
    assert "createAccount" in {e["command"] for e in made["exchanges"]}
    calls = {e["command"] for e in asked["exchanges"]}
    assert {"detachVolume", "queryAsyncJobResult"} <= calls
    assert judged["exchanges"] == []
    (job,) = [job for job in rows[0]["jobs"] if job["command"] == "detachVolume"]
    assert (job["status"], job["to_s"] > job["from_s"]) == ("succeeded", True)
    assert all(row["status"] == 200 for row in asked["exchanges"])


def test_no_secret_is_in_a_results_file(folder: Path, rows: list[dict[str, Any]]) -> None:
    sent = [e for s in rows[0]["steps"] for e in s.get("exchanges", ())]
    (account,) = [e["parameters"] for e in sent if e["command"] == "createAccount"]
    assert account["password"] == HIDDEN
    (keys,) = [e["body"] for e in sent if e["command"] == "registerUserKeys"]
    assert json.loads(keys) == {"userkeys": {"apikey": HIDDEN, "secretkey": HIDDEN}}
    assert "apiKey=" not in (folder / "r.json").read_text()


def test_junit_has_a_case_for_each(folder: Path) -> None:
    root = ET.parse(folder / "r.xml").getroot()  # noqa: S314 - our own
    assert [root.get(key) for key in ("tests", "failures", "errors", "skipped")] == list("3110")
    kinds = [child.tag for case in root.iter("testcase") for child in case]
    assert kinds == ["failure", "error"]


def test_what_is_no_results_file_is_told_in_a_line(tmp_path: Path) -> None:
    for text in (b"", b"{}", b"\xff", b'{"schema": "rootswap/results/2"}'):
        (tmp_path / "r.json").write_bytes(text)
        with pytest.raises(Unreadable, match=r"^[^\n]*r.json is no rootswap/results/1: [^\n]*$"):
            read(tmp_path / "r.json")
    with pytest.raises(Unreadable, match="cannot read"):
        read(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("error", "when", "step", "verdict", "kind"),
    [
        (AssertionError(), "call", "then", "failed", "assertion"),
        (KeyError("storageid"), "call", "then", "failed", "assertion"),
        (AssertionError(), "call", "given", "blocked", "arrangement"),
        (KeyError("a"), "call", "given", "blocked", "arrangement"),
        (Unreachable("listZones", "down"), "call", "then", "blocked", "transport"),
        (Unreachable("listZones", "down"), "setup", "", "blocked", "transport"),
        (TypeError(), "call", "when", "error", "suite"),
        (AssertionError(), "setup", "", "error", "suite"),
        (StepDefinitionNotFoundError("x"), "call", "given", "error", "suite"),
        (
            Skipped("risk: it restarts; hint: --allow disruptive"),
            "call",
            "given",
            "skipped",
            "risk",
        ),
        (Skipped("because"), "setup", "", "skipped", "unspecified"),
    ],
)
def test_how_a_scenario_ends_says_its_verdict(
    error: BaseException, when: str, step: str, verdict: str, kind: str
) -> None:
    found, reason = verdicts.ending(error, when, step, "")
    assert (found, reason.type) == (verdict, kind)


def test_a_skip_says_what_would_enable_it() -> None:
    found = verdicts.skip_reason("capability: no stage; hint: run it on rootswap serve")
    assert (found.type, found.text, found.hint) == (
        "capability", "no stage", "run it on rootswap serve",
    )  # fmt: skip


def record(verdict: Verdict, kind: str = "") -> Record:
    reason = Reason(kind, "") if kind else None
    return Record("x", "x", "f", "f", 1, ["SPEC-01"], ["SPEC-01"], verdict=verdict, reason=reason)


@pytest.mark.parametrize(
    ("found", "verdict", "target", "here"),
    [
        ("passed", "CONFORMANT", 0, 0),
        ("passed xfail", "CONFORMANT", 0, 0),
        ("passed failed blocked", "NOT CONFORMANT", 1, 1),
        ("passed xpass", "NOT CONFORMANT", 1, 1),
        ("passed failed error", "NOT CONFORMANT", 1, 1),
        ("passed error", "INCOMPLETE", 2, 1),
        ("passed blocked", "INCOMPLETE", 3, 1),
        ("passed flaky", "INCOMPLETE", 3, 1),
        ("passed skipped", "INCOMPLETE", 3, 1),
        ("passed not-run", "INCOMPLETE", 3, 1),
        ("skipped not-run", "INCOMPLETE", 2, 2),
        ("", "INCOMPLETE", 2, 2),
    ],
)
def test_a_run_has_a_verdict_and_a_code(found: Any, verdict: str, target: int, here: int) -> None:
    rows = [record(word) for word in found.split()]
    assert verdicts.run_verdict(rows) == verdict
    codes = [verdicts.exit_code(rows, is_target=is_target) for is_target in (True, False)]
    assert codes == [target, here]


def test_what_a_release_has_not_is_not_missed() -> None:
    rows = [record("passed"), record("skipped", "version")]
    assert verdicts.run_verdict(rows) == "CONFORMANT"
    assert verdicts.run_verdict([record("passed"), record("skipped", "risk")]) == "INCOMPLETE"
    assert verdicts.run_verdict(rows[1:]) == "INCOMPLETE"
    needs_stage = record("skipped", "capability")
    needs_stage.reason = Reason("capability", "stage: what no API can arrange")
    assert verdicts.run_verdict([record("passed"), needs_stage]) == "CONFORMANT"
    assert verdicts.clause_verdict("SPEC-01", [record("passed"), needs_stage]) == "passed"


def test_a_clause_passes_when_all_of_it_was_judged_and_held() -> None:
    assert verdicts.clause_verdict("SPEC-01", [record("passed")]) == "passed"
    assert verdicts.clause_verdict("SPEC-01", [record("passed"), record("failed")]) == "failed"
    assert verdicts.clause_verdict("SPEC-01", [record("passed"), record("blocked")]) == "incomplete"
    assert verdicts.clause_verdict("SPEC-02", [record("passed")]) == "not covered here"

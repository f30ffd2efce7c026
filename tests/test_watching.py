"""`rootswap watch`: a scenario as lines of JSON, step by step."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def watched(*words: str, features: Path | None = None) -> tuple[int, list[dict[str, object]], str]:
    code = "from conformance.cli import main; main()"
    if features is not None:
        code = (
            "from pathlib import Path; from conformance.check import Selection; "
            f"Selection.home = property(lambda self: Path({str(features)!r})); {code}"
        )
    run = subprocess.run(
        [sys.executable, "-c", code, "watch", *words], capture_output=True, text=True, check=False
    )
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_each_step_is_shown_with_the_cloud_after_it() -> None:
    code, (first, *steps, last), err = watched("volume/detach_root", "CS-DET-001")

    assert (code, err, last["verdict"]) == (0, "", "passed")
    texts = [step["text"] for step in first["steps"]]  # type: ignore[attr-defined]
    assert texts[1] == 'the owner detaches volume "r1"'
    assert [step["step"] for step in steps] == list(range(len(texts)))
    types = [[v["type"] for v in step["volume"]] for step in steps]  # type: ignore[attr-defined]
    assert types[:2] == [["ROOT", "DATADISK"], ["DATADISK", "DATADISK"]]
    commands = [e["command"] for e in steps[1]["exchanges"]]  # type: ignore[attr-defined]
    assert "detachVolume" in commands


def test_a_step_that_does_not_hold_is_shown_as_such(tmp_path: Path) -> None:
    (tmp_path / "wrong.feature").write_text(
        "Feature: Wrong\n  @CS-ZZZ-001\n  Scenario: [CS-ZZZ-001] It succeeds\n"
        '    Given a stopped VM "vm1" with ROOT volume "r1"\n    And VM "vm1" is Running\n'
        '    When the owner detaches volume "r1"\n    Then the request succeeds\n'
        '    And volume "r1" is a detached DATADISK\n'
    )
    code, lines, _ = watched("wrong", "CS-ZZZ-001", features=tmp_path)
    assert code == 1
    assert [line.get("status") for line in lines[1:-1]] == ["passed", "passed", "passed", "failed"]
    assert lines[-1]["verdict"] == "failed"
    assert lines[-1]["why"]


@pytest.mark.parametrize("words", [("volume/none", "X"), ("../secret", "X"), ("/etc/passwd", "X"),
                                   ("volume/detach_root", "CS-XXX-001")])  # fmt: skip
def test_what_there_is_not_is_one_line(words: tuple[str, str]) -> None:
    code, lines, err = watched(*words)
    assert (code, lines, len(err.splitlines())) == (2, [], 1)
    assert err.startswith("rootswap: ")

"""A feature file that would not be run as it reads is refused, by file and line."""

from pathlib import Path

import pytest
from test_runner import check

from conformance.soundness import file_faults

GIVEN = 'Given a stopped VM "vm1" with ROOT volume "r1"'
UNEXPECTED = (
    "Misplaced or incorrect 'Scenario' keyword. Ensure it's correctly placed. "
    "There might be a missing Feature section."
)
"""The parser's own words."""
FAULTS = {
    "a title twice": (
        f"Scenario: a\n{GIVEN}\nRule: r\nScenario: a\n{GIVEN}\n",
        ["5: the title of line 2 again: a"],
    ),
    "no steps": ("Scenario: a\n\nScenario: b\n", ["2: a scenario without steps: a",
                                                  "4: a scenario without steps: b"]),
    "a misspelt Given": (
        f"Scenario: a\nGiben a Running VM\n{GIVEN}\n",
        ["3: 'Giben' is no keyword, is 'Given' meant? Giben a Running VM"],
    ),
    "a small letter": (
        f"Background:\n{GIVEN}\nScenario: a\nwhen it rains\n{GIVEN}\n",
        ["5: 'when' is no keyword, is 'When' meant? when it rains"],
    ),
    "a misspelt outline below a feature": (
        f"Scenario Outlin: a\n\nScenario: b\n{GIVEN}\n",
        ["2: 'Scenario' is no keyword, is 'Scenario Outline:' meant? Scenario Outlin: a"],
    ),
    "a misspelt outline below a step": (
        f"Scenario: b\n{GIVEN}\nScenario Outlin: a\n{GIVEN}\n",
        [f"4: {UNEXPECTED} (Scenario Outlin: a)"],
    ),
    "no row": (
        f"Scenario Outline: a\n{GIVEN}\nExamples:\n| x |\n",
        ["4: examples without a row: a"],
    ),
    "a row twice": (
        f"Scenario Outline: a\n{GIVEN}\nExamples:\n| x |\n| 1 |\n| 2 |\n| 1 |\n",
        ["8: the example of line 6 again: 1"],
    ),
    "no table": (f"Scenario Outline: a\n{GIVEN}\nExamples:\n", ["4: examples without a row: a"]),
    "no examples": (f"Scenario Outline: a\n{GIVEN}\n", ["2: an outline without examples: a"]),
    "a row too short": (
        f"Scenario: a\n{GIVEN}\n| a | b |\n| a |\n",
        ["5: inconsistent cell count within the table"],
    ),
    "nothing": ("", ["1: no scenario"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), FAULTS.values(), ids=list(FAULTS))
def test_each_fault_is_a_line_with_its_place(text: str, lines: list[str], tmp_path: Path) -> None:
    file = tmp_path / "some" / "one.feature"
    file.parent.mkdir()
    file.write_text(f"Feature: f\n{text}")
    assert file_faults(file, tmp_path) == [f"some/one.feature:{line}" for line in lines]


def test_descriptions_are_no_faults(tmp_path: Path) -> None:
    file = tmp_path / "one.feature"
    file.write_text(
        "Feature: f\n  Note: given time, all is well.\n  When in doubt, ask.\n"
        f"Scenario: a\n  The server says so: twice.\n  There, too.\n\n{GIVEN}\n"
    )
    assert file_faults(file, tmp_path) == []


def test_nothing_is_run_where_a_step_is_no_sentence(tmp_path: Path) -> None:
    (tmp_path / "good.feature").write_text(f"Feature: g\nScenario: g\n{GIVEN}\n")
    bad = f'Feature: b\nScenario: b\n{GIVEN}\nThen VM "vm1" is on the moon\nAnd so am I\n'
    (tmp_path / "bad.feature").write_text(bad)
    done = check("--features", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        'rootswap: bad.feature:4: no sentence is Then VM "vm1" is on the moon',
        "rootswap: bad.feature:5: no sentence is And so am I",
    ]
    good = check("--features", str(tmp_path), "--feature", "good")
    assert good.returncode == 0, good.stderr


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.feature").write_text(f"Feature: {name}\n{FAULTS['no steps'][0]}")
    for more in ((), ("--dry-run",)):
        done = check("--features", str(tmp_path), *more)
        assert (done.returncode, done.stdout) == (2, "")
        assert [line.partition(": a sc")[0] for line in done.stderr.splitlines()] == [
            f"rootswap: {name}.feature:{line}" for name in ("one", "two") for line in (2, 4)
        ]

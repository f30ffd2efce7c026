"""The specification holds in both dialects, and its rules really refuse."""

import json
from pathlib import Path

import pytest
from test_runner import check
from test_traceability import rules

from simulator.domain.dialect import DIALECTS

RULES = rules()
MASKED = {"OWN-18"}
"""assignVirtualMachine tells no more than that it failed, under an id of its own."""


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_every_scenario_holds_and_its_rules_refuse(dialect: str, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    done = check("--dialect", dialect, "--json", str(result))
    assert done.returncode == 0, done.stdout + done.stderr
    active = {r for r in RULES if RULES[r].active(DIALECTS[dialect])}
    refused: set[str] = set()
    for scenario in json.loads(result.read_text())["scenarios"]:
        wanted = active & set(scenario["tags"])
        seen = wanted & set(scenario["refusals"])
        assert bool(wanted) == bool(seen), scenario["name"]  # of an outline, one row an example
        refused |= seen
    assert active - refused <= MASKED

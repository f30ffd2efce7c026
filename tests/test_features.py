import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_traceability import rules

from simulator.domain.dialect import DIALECTS

RULES = rules()
RUN = "from conformance.cli import main; main()"


def check(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", RUN, "check", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("dialect", ["spec", "acs-4.22"])
def test_every_scenario_holds_and_its_rules_refuse(dialect: str, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    done = check(tmp_path, "--dialect", dialect, "--json", str(result))
    assert done.returncode == 0, done.stdout + done.stderr
    for scenario in json.loads(result.read_text())["scenarios"]:
        wanted = {t for t in scenario["tags"] if t in RULES and RULES[t].active(DIALECTS[dialect])}
        assert wanted <= set(scenario["refusals"]), scenario["name"]


def test_nothing_selected_is_not_a_success(tmp_path: Path) -> None:
    assert check(tmp_path, "-k", "no_such_scenario").returncode == 2


def test_foreign_files_in_the_current_folder_do_not_matter(tmp_path: Path) -> None:
    for name in ("steps", "simulator", "conformance"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit(9)\n")
    (tmp_path / "conftest.py").write_text("raise SystemExit(9)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    done = check(tmp_path, "--feature", "device_ids")
    assert done.returncode == 0, done.stdout + done.stderr

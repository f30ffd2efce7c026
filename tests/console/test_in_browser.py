"""The console's scenarios, as `rootswap check --with-browser` runs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

RUN = [sys.executable, "-m", "rootswap", "check"]


def _checked(*options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *options], cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.mark.parametrize("dialect", ["spec", "acs-4.22"])
@pytest.mark.usefixtures("chromium")
def test_the_clauses_about_a_user_interface_hold(dialect: str, tmp_path: Path) -> None:
    run = _checked("--with-browser", "-m", "browser", "--dialect", dialect, "--json", "r.json",
                   folder=tmp_path)  # fmt: skip

    assert run.returncode == 0, run.stdout + run.stderr
    results = json.loads((tmp_path / "r.json").read_text())
    clauses = {name: results["requirements"][name] for name in ("SPEC-09", "SPEC-10", "SPEC-11")}
    assert set(clauses.values()) == {"passed"}, clauses


def test_without_a_browser_they_are_not_selected(tmp_path: Path) -> None:
    run = _checked("--feature", "vm_page", folder=tmp_path)

    assert run.returncode == 2
    assert "no scenario was selected" in run.stderr


def test_no_target_has_the_console(chromium: Browser, tmp_path: Path) -> None:
    assert chromium.is_connected()
    run = _checked("--with-browser", "--target", "http://127.0.0.1:9/client/api", folder=tmp_path)

    assert run.returncode == 2
    assert run.stderr == (
        "rootswap: --with-browser: the console is rootswap's own, no target has it\n"
    )

"""House style as tests: floors, types, lint, sizes."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for folder in (
        "rootswap",
        "simulator",
        "steps",
        "study",
        "console",
        "conformance",
        "tests",
        "benchmarks",
    )
    for path in (ROOT / folder).rglob("*.py")
)
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports", "--no-cache"],
    ],
    ids=lambda command: "-".join(command[:2]),
)
def test_the_tools_find_nothing(command: list[str]) -> None:
    """Lint, format, types and import contracts are clean."""
    run = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_files_and_functions_are_short() -> None:
    """No file is over 300 lines, no function over 40."""
    long = []
    for path in SOURCES:
        text = path.read_text()
        if len(text.splitlines()) > 300:
            long.append(f"{path.name}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 40:
                    long.append(f"{path.name}: {node.name} has {lines} lines")

    assert not long

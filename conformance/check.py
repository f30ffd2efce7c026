"""`rootswap check`: run every scenario in this process and say what held."""

import contextlib
import io
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

if TYPE_CHECKING:
    from conformance.plugin import Record

CLAUSES = tuple(f"SPEC-{number:02}" for number in range(1, 16))
UI_CLAUSES = frozenset({"SPEC-09", "SPEC-10", "SPEC-11"})
_ENV = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": None, "PYTEST_PLUGINS": None}


@contextlib.contextmanager
def _quiet_environment() -> Iterator[None]:
    """Hide what the caller's environment says to pytest."""
    old = {name: os.environ.get(name) for name in _ENV}
    _put(_ENV)
    try:
        yield
    finally:
        _put(old)


def _put(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def features_folder() -> Path:
    """Return where the feature files are: in the wheel or beside the packages."""
    home = Path(__file__).resolve().parent
    packed = home / "features"
    return packed if packed.is_dir() else home.parent / "features"


def _arguments(
    dialect: str,
    seed: int,
    keyword: str | None,
    marks: str | None,
    feature: str | None,
    junit: Path | None,
) -> list[str]:
    home = features_folder()
    args = [str(home), "-c", os.devnull, f"--rootdir={home}", "--noconftest"]
    args += ["-p", "pytest_bdd.plugin", "-p", "conformance.plugin", "-p", "no:cacheprovider"]
    args += [f"--dialect={dialect}", f"--seed={seed}"]
    args += ["-q", "--tb=short", "-W", "error"]
    args += ["-k", keyword] if keyword else []
    args += ["-m", marks] if marks else []
    args += [f"--only-feature={feature}"] if feature else []
    return args + ([f"--junitxml={junit.absolute()}"] if junit else [])


def run(
    dialect: str,
    seed: int,
    keyword: str | None = None,
    marks: str | None = None,
    feature: str | None = None,
    junit: Path | None = None,
    json_file: Path | None = None,
) -> int:
    """Return 0 when every scenario passed, 1 when one failed, 2 when none could be run."""
    started = time.perf_counter()
    said = io.StringIO()
    args = _arguments(dialect, seed, keyword, marks, feature, junit)
    with _quiet_environment(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = int(pytest.main(args))
    if code not in (0, 1):
        click.echo(said.getvalue(), err=True)
        click.echo("rootswap: no scenario could be run", err=True)
        return 2
    from conformance.plugin import records

    found = records()
    result = summary(found, time.perf_counter() - started)
    _print(found, result, dialect, seed)
    if json_file is not None:
        result |= {"dialect": dialect, "seed": seed}
        json_file.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return verdict_code(code, result["summary"])


def verdict_code(code: int, totals: dict[str, Any]) -> int:
    """Return the exit code for pytest's code and the totals."""
    if totals["passed"] == 0 and totals["failed"] == 0:
        return 2
    return 0 if code == 0 and totals["passed"] == totals["scenarios"] else 1


def clause_verdict(clause: str, found: "Sequence[Record]") -> str:
    """Return "passed", "failed" or "not covered here" for a clause."""
    mine = [r.verdict for r in found if clause in r.tags]
    if clause in UI_CLAUSES or not mine:
        return "not covered here"
    return "passed" if set(mine) == {"passed"} else "failed"


def summary(found: "Sequence[Record]", seconds: float) -> dict[str, Any]:
    """Return the result as JSON has it."""
    verdicts = [r.verdict for r in found]
    counts = {name: verdicts.count(name) for name in ("passed", "failed", "skipped")}
    return {
        "summary": {"scenarios": len(found), **counts, "seconds": round(seconds, 3)},
        "requirements": {clause: clause_verdict(clause, found) for clause in CLAUSES},
        "scenarios": [vars(r) for r in found],
    }


def _print(found: "Sequence[Record]", result: dict[str, Any], dialect: str, seed: int) -> None:
    for name in dict.fromkeys(r.feature for r in found):
        mine = [r for r in found if r.feature == name]
        good = sum(r.verdict == "passed" for r in mine)
        click.echo(f"{'ok  ' if good == len(mine) else 'FAIL'} {name:<22} {good}/{len(mine)}")
    for record in found:
        if record.verdict == "failed":
            click.echo(f"\nFAILED {record.feature}: {record.name}\n{record.why}")
    click.echo("\nclause    scenarios  verdict")
    for clause, verdict in result["requirements"].items():
        click.echo(f"{clause:<10}{sum(clause in r.tags for r in found):>9}  {verdict}")
    total = result["summary"]
    click.echo(
        f"\n{total['passed']} of {total['scenarios']} scenarios passed, "
        f"{total['failed']} failed, {total['skipped']} skipped; "
        f"dialect {dialect}, seed {seed}, {total['seconds']:.1f} s"
    )

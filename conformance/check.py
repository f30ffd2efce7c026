"""`rootswap check`: run every scenario in this process and say what held."""

import contextlib
import io
import json
import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from conformance.contact import Contact, NoContact, contact
from conformance.line import Line, NoAnswer
from conformance.reached import Reached
from conformance.surroundings import BadTarget
from conformance.where import Where
from conformance.wire import Unstaged, WireCloud

if TYPE_CHECKING:
    from conformance.plugin import Record

CLAUSES = tuple(f"SPEC-{number:02}" for number in range(1, 16))
UI_CLAUSES = frozenset({"SPEC-09", "SPEC-10", "SPEC-11"})
_ENV = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": None, "PYTEST_PLUGINS": None}
_INSECURE = "ignore::urllib3.exceptions.InsecureRequestWarning"
_CANNOT = 2


@dataclass(frozen=True)
class Selection:
    """What to run: the scenarios of *folder* that match all that is given."""

    dialect: str = "spec"
    seed: int = 0
    keyword: str = ""
    marks: str = ""
    feature: str = ""
    title: str = ""
    folder: Path | None = None
    where: Where = Where()

    @property
    def home(self) -> Path:
        """The folder of feature files: ours, beside the packages, by default."""
        ours = Path(__file__).resolve().parent.parent / "features"
        return self.folder.resolve() if self.folder else ours

    def pytest(self) -> list[str]:
        """Return the arguments for pytest."""
        args = [str(self.home), "-c", os.devnull, f"--rootdir={self.home}", "--noconftest"]
        args += ["-p", "pytest_bdd.plugin", "-p", f"{__package__}.plugin", "-p", "no:cacheprovider"]
        args += [f"--dialect={self.dialect}", f"--seed={self.seed}"]
        args += [f"--only-feature={self.feature}", f"--only-title={self.title}"]
        args += ["-q", "--tb=short", "-W", "error", "-W", _INSECURE]
        return (
            args
            + (["-k", self.keyword] if self.keyword else [])
            + (["-m", self.marks] if self.marks else [])
        )

    def again(self, title: str) -> str:
        """Return the command that runs one scenario again."""
        command = ["rootswap", "check", "--dialect", self.dialect, "--seed", str(self.seed)]
        command += ["--features", str(self.folder)] if self.folder else []
        return shlex.join([*command, *self.where.words(), "--scenario", title])


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


def run(chosen: Selection, junit: Path | None = None, json_file: Path | None = None) -> int:
    """Return 0 when every scenario passed, 1 when one failed, 2 when they could not be run."""
    from conformance.progress import Progress

    for file in filter(None, (junit, json_file)):
        if not file.absolute().parent.is_dir():
            return cannot(f"no folder {file.absolute().parent} to write {file.name} to")
    try:
        reached = _reached(chosen)
    except (BadTarget, NoContact, NoAnswer, Unstaged) as no:
        return cannot(str(no))
    started = time.perf_counter()
    said, progress = io.StringIO(), Progress(sys.stdout)
    args = chosen.pytest() + ([f"--junitxml={junit.absolute()}"] if junit else [])
    with _quiet_environment(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = int(pytest.main(args, [progress, *reached]))
    if progress.broken:
        return cannot(*progress.broken)
    if code not in (0, 1):
        return cannot(_first_error(said.getvalue()))
    from conformance.plugin import records

    found = records()
    result = summary(found, time.perf_counter() - started)
    _print(found, result, chosen)
    if json_file is not None:
        result |= {"dialect": chosen.dialect, "seed": chosen.seed}
        json_file.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return verdict_code(code, result["summary"])


def _reached(chosen: Selection) -> list[Reached]:
    """Return the target, none where the clouds are simulated here, once it can be dealt with."""
    target = chosen.where.target()
    if target.in_process:
        return []
    line = Line(target)
    met = contact(line)
    if not met.is_stage:
        raise Unstaged(_unstaged(met))
    WireCloud(line, target.key, target.secret).reset()
    return [Reached(line, met)]


def _unstaged(met: Contact) -> str:
    """Return why scenarios cannot be arranged at what was *met*."""
    if met.served is None:
        return f"{met.url} is CloudStack {met.version}, on which scenarios cannot be arranged"
    if not met.is_root:
        return f"{met.url}: scenarios are arranged by the root admin, and the keys are of another"
    return f"{met.url} has the clock {met.served.clock}; scenarios need instant or manual"


def dry_run(chosen: Selection) -> int:
    """Return 0 if every step of the chosen scenarios is a sentence, else 1; 2 as `run` does."""
    from conformance.rehearsal import rehearse, show

    with _quiet_environment():
        code, rehearsal, output = rehearse(chosen.pytest())
    if rehearsal.broken:
        return cannot(*rehearsal.broken)
    return show(rehearsal.found) if code == 0 else cannot(_first_error(output))


def cannot(*reasons: str) -> int:
    """Say, one line each, why nothing could be run, and return the exit code for that."""
    for reason in reasons:
        click.echo(f"rootswap: {' '.join(reason.split())}", err=True)
    return _CANNOT


def _first_error(said: str) -> str:
    errors = [line for line in said.splitlines() if line.startswith("ERROR: ")]
    return errors[0].removeprefix("ERROR: ") if errors else "no scenario was selected"


def verdict_code(code: int, totals: dict[str, Any]) -> int:
    """Return the exit code for pytest's code and the totals."""
    if totals["passed"] == 0 and totals["failed"] == 0:
        return _CANNOT
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


def _print(found: "Sequence[Record]", result: dict[str, Any], chosen: Selection) -> None:
    for record in found:
        if record.verdict == "failed":
            click.echo(f"\nFAILED {record.feature}: {record.name}\n{record.why}")
            click.echo(f"again: {chosen.again(record.name)}")
    click.echo("\nclause    scenarios  verdict")
    for clause, verdict in result["requirements"].items():
        click.echo(f"{clause:<10}{sum(clause in r.tags for r in found):>9}  {verdict}")
    total = result["summary"]
    where = f" at {chosen.where.text}" if chosen.where.text else ""
    click.echo(
        f"\n{total['passed']} of {total['scenarios']} scenarios passed{where}, "
        f"{total['failed']} failed, {total['skipped']} skipped; "
        f"dialect {chosen.dialect}, seed {chosen.seed}, {total['seconds']:.1f} s"
    )

"""`rootswap check`: which scenarios are run, and running them by pytest in this process."""

import contextlib
import io
import json
import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
import pytest

from conformance.earlier import CannotRun
from conformance.quiet import quiet_environment
from conformance.reached import Reached
from conformance.redaction import Redactor
from conformance.results import Record, Results, Run
from conformance.signals import Signals, ended_by_signals
from conformance.verdicts import CANNOT_CODE, summed_up
from conformance.where import Where
from simulator import __version__
from simulator.domain.dialect import SPEC

if TYPE_CHECKING:
    from conformance.progress import Progress

_INSECURE = "ignore::urllib3.exceptions.InsecureRequestWarning"


@dataclass(frozen=True)
class Selection:
    """What to run: the scenarios of *folder*, or of one file, that match all that is given."""

    dialect: str = "spec"
    seed: int = 0
    keyword: str = ""
    marks: str = ""
    feature: str = ""
    title: str = ""
    folder: Path | None = None
    where: Where = Where()
    expected: Path | None = None
    run_name: str = ""
    lanes: int = 0
    browser: bool = False
    alone: str = ""
    """Of those that nothing may run beside: "never" none, "only" no others."""
    ids: frozenset[str] = frozenset()
    """Only scenarios of these ids, any if there are none."""

    @property
    def place(self) -> str:
        """What the scenarios run on, without a password."""
        return Redactor()(self.where.named) or "in process"

    def said(self) -> list[str]:
        """Return the options that chose the scenarios."""
        options = {"-k": self.keyword, "-m": self.marks, "--feature": self.feature,
                   "--scenario": self.title, "--features": str(self.folder or ""),
                   "--expected": str(self.expected or "")}  # fmt: skip
        given = [part for option, value in options.items() if value for part in (option, value)]
        return given + ["--with-browser"] * self.browser

    @property
    def home(self) -> Path:
        """The feature file or the folder of them: ours, beside the packages, by default."""
        ours = Path(__file__).resolve().parent.parent / "features"
        return self.folder.resolve() if self.folder else ours

    def pytest(self) -> list[str]:
        """Return the arguments for pytest."""
        root = self.home if self.home.is_dir() else self.home.parent
        args = [str(self.home), "-c", os.devnull, f"--rootdir={root}", "--noconftest"]
        args += ["-o", "python_files="]  # somebody's folder may have tests of his own
        args += ["-p", "pytest_bdd.plugin", "-p", f"{__package__}.plugin", "-p", "no:cacheprovider"]
        args += [f"--dialect={self.dialect or SPEC.name}", f"--seed={self.seed}"]
        args += [f"--only-feature={self.feature}", f"--only-title={self.title}"]
        args += ["-q", "--tb=short", "-W", "error", "-W", _INSECURE]
        args += ["--with-browser"] * self.browser
        args += [f"--expected={self.expected.absolute()}"] if self.expected else []
        args += [f"--only-ids={json.dumps(sorted(self.ids))}"] if self.ids else []
        if self.run_name:
            args += [f"--run-name={self.run_name}", f"--target={self.where.named}"]
            args += [f"--alone={self.alone}"]
            args += [f"--targets={file}" for file in self.where.files]
        if self.lanes > 1:
            args += ["-p", "xdist", "-n", str(self.lanes), "--maxschedchunk=1"]
        return (
            args
            + (["-k", self.keyword] if self.keyword else [])
            + (["-m", self.marks] if self.marks else [])
        )

    def again(self, title: str) -> str:
        """Return the command that runs one scenario again."""
        command = ["rootswap", "check", "--dialect", self.dialect, "--seed", str(self.seed)]
        command += ["--features", str(self.folder)] if self.folder else []
        command += ["--with-browser"] * self.browser
        return shlex.join([*command, *self.where.words(), "--scenario", title])


def nothing() -> None:
    """Do nothing."""


def judged(
    chosen: Selection,
    plugins: Sequence[object],
    *,
    exchanges: bool,
    out: TextIO = sys.stdout,
    signals: Signals | None = None,
    at_end: Callable[[], None] = nothing,
) -> Results:
    """Run the scenarios with *plugins* of pytest; CannotRun if that could not be.

    *at_end* is called once no more of them run, before lanes remove what is theirs.
    """
    from conformance.progress import Progress

    began, started_s = datetime.now(tz=UTC), time.perf_counter()
    progress = Progress(out, at_end)
    args = chosen.pytest() + ["--exchanges"] * exchanges
    code, said = _ran(args, progress, plugins, signals)
    if progress.broken:
        raise CannotRun(*progress.broken)
    is_empty = bool(chosen.alone) and code == pytest.ExitCode.NO_TESTS_COLLECTED
    if code not in {0, 1} and not progress.ending.stopped and not is_empty:
        raise CannotRun(*_errors(said))
    found = _records(chosen, is_whole=not progress.ending.stopped)
    header = Run(
        version=__version__, target=chosen.place, dialect=chosen.dialect, seed=chosen.seed,
        release=next((p.contact.version for p in plugins if isinstance(p, Reached)), ""),
        started=began.isoformat(timespec="seconds"), selection=chosen.said(),
        seconds=round(time.perf_counter() - started_s, 3), stopped=progress.ending.stopped,
        partial=any(record.verdict == "not-run" for record in found),
        left_behind=progress.ending.left_behind, not_selected=progress.not_selected,
    )  # fmt: skip
    return summed_up(header, found)


def _ran(
    args: list[str], progress: "Progress", plugins: Sequence[object], signals: Signals | None
) -> tuple[int, str]:
    """Run pytest; return its exit code and what it said."""
    said = io.StringIO()
    with (
        quiet_environment(),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        signals.scenarios() if signals else ended_by_signals(),
    ):
        try:
            code = int(pytest.main(args, [progress, *plugins]))
        except KeyboardInterrupt:  # once more, while the scenarios end
            code, progress.ending.stopped = CANNOT_CODE, "interrupted"
    return code, said.getvalue()


def _records(chosen: Selection, *, is_whole: bool) -> list[Record]:
    """Return the records of the run that is over, in the order of the feature files."""
    from conformance.recorder import records

    found = records()
    if not is_whole and (chosen.lanes > 1 or chosen.alone == "never"):
        found += unbegun(chosen, found)
    found.sort(key=lambda r: (r.file, r.line))
    for record in found:
        record.again = chosen.again(record.name)
    return found


def unbegun(chosen: Selection, found: list[Record]) -> list[Record]:
    """Return records of what was chosen, alone or not, and is not among *found*."""
    from conformance.rehearsal import never_begun

    with quiet_environment():
        return never_begun(replace(chosen, run_name="", lanes=0).pytest(), found)


def dry_run(chosen: Selection) -> int:
    """Return 0 if every step of the chosen scenarios is a sentence, else 1; 2 as `run` does."""
    from conformance.rehearsal import rehearse, show

    with quiet_environment():
        code, rehearsal, output = rehearse(chosen.pytest())
    if rehearsal.broken:
        return cannot(*rehearsal.broken)
    return show(rehearsal.found) if code == 0 else cannot(*_errors(output))


def cannot(*reasons: str) -> int:
    """Say, one line each, why nothing could be run, and return the exit code for that."""
    for reason in reasons:
        click.echo(f"rootswap: {' '.join(reason.split())}", err=True)
    return CANNOT_CODE


def _errors(said: str) -> list[str]:
    errors = [line for line in said.splitlines() if line.startswith("ERROR: ")]
    return [e.removeprefix("ERROR: ") for e in errors] or ["no scenario was selected"]

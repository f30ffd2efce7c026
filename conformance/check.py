"""`rootswap check`: run every scenario in this process and say what held."""

import contextlib
import io
import json
import os
import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

import click
import pytest
from msgspec.structs import replace as with_fields

from conformance import runs
from conformance.contact import NoContact, contact
from conformance.earlier import CannotRun, merged
from conformance.foreign import swept, unswept
from conformance.ledger import Ledger
from conformance.line import HttpCloud, Line, NoAnswer
from conformance.quiet import quiet_environment
from conformance.reached import Reached
from conformance.redaction import Redactor
from conformance.reports.files import Reports
from conformance.results import Record, Results, Run, Verdict
from conformance.signals import Signals, ended_by_signals
from conformance.surroundings import BadTarget
from conformance.targets import Given, Target
from conformance.telling import tell
from conformance.verdicts import (
    BUDGET_CODE,
    CANNOT_CODE,
    INTERRUPTED_CODE,
    LEAKED_CODE,
    exit_code,
    summed_up,
)
from conformance.where import Where
from conformance.wire import Unstaged, WireCloud
from simulator import __version__
from simulator.domain.dialect import SPEC

_RERUN: frozenset[Verdict] = frozenset({"failed", "blocked"})
"""What may be otherwise when it is run again."""
_INSECURE = "ignore::urllib3.exceptions.InsecureRequestWarning"


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
    expected: Path | None = None
    run_name: str = ""
    lanes: int = 0
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
        return [part for option, value in options.items() if value for part in (option, value)]

    @property
    def home(self) -> Path:
        """The folder of feature files: ours, beside the packages, by default."""
        ours = Path(__file__).resolve().parent.parent / "features"
        return self.folder.resolve() if self.folder else ours

    def pytest(self) -> list[str]:
        """Return the arguments for pytest."""
        args = [str(self.home), "-c", os.devnull, f"--rootdir={self.home}", "--noconftest"]
        args += ["-p", "pytest_bdd.plugin", "-p", f"{__package__}.plugin", "-p", "no:cacheprovider"]
        args += [f"--dialect={self.dialect or SPEC.name}", f"--seed={self.seed}"]
        args += [f"--only-feature={self.feature}", f"--only-title={self.title}"]
        args += ["-q", "--tb=short", "-W", "error", "-W", _INSECURE]
        args += [f"--expected={self.expected.absolute()}"] if self.expected else []
        args += [f"--only-ids={json.dumps(sorted(self.ids))}"] if self.ids else []
        if self.run_name:
            args += [f"--run-name={self.run_name}", f"--target={self.where.named}"]
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
        return shlex.join([*command, *self.where.words(), "--scenario", title])


def run(chosen: Selection, reports: Reports, *, rerun: bool = False) -> int:
    """Run the scenarios, print and write what was found, and return the exit code.

    0 when every scenario passed, 1 when one failed, 2 when they could not be run; of a target,
    3 when not all could be judged, 4 when a budget ended the run, 5 when something was left behind.
    130 after Ctrl-C. What ended early is written all the same. What did not hold is run once more
    with *rerun*, to see whether that is certain.
    """
    if reasons := reports.unwritable():
        return cannot(*reasons)
    try:
        with Signals() as signals:
            results = _results(chosen, reports, signals, rerun=rerun)
            tell(results)
            reports.write(results)
    except (BadTarget, NoContact, NoAnswer, Unstaged, runs.Busy) as no:
        return cannot(str(no))
    except CannotRun as no:
        return cannot(*no.reasons)
    return _code(results, is_target=not chosen.where.target().in_process)


def _results(chosen: Selection, reports: Reports, signals: Signals, *, rerun: bool) -> Results:
    """Run the scenarios where they are to be run."""
    target = chosen.where.target()
    with contextlib.nullcontext() if target.in_process else runs.alone(target.url):
        reached = _reached(target, chosen.where.given)
        if reached and not chosen.dialect:
            chosen = replace(chosen, dialect=reached[0].contact.dialect.name)
        judge = Judge(reached, signals, reports.want_exchanges, rerun)
        is_shared = bool(reached) and not reached[0].contact.is_stage
        return (_judged_there if is_shared else Judge.judged)(judge, chosen)


class Judge(NamedTuple):
    """How scenarios are run: where, with all *exchanges* kept or few, and whether once more."""

    reached: list[Reached]
    signals: Signals
    exchanges: bool
    rerun: bool

    def judged(self, chosen: Selection) -> Results:
        """Run the scenarios and return what was found; CannotRun if that could not be."""
        results = judged(chosen, self.reached, exchanges=self.exchanges, signals=self.signals)
        bad = frozenset(r.id for r in results.scenarios if r.verdict in _RERUN)
        if not self.rerun or results.run.stopped or not bad:
            return results
        click.echo(f"\nonce more: {len(bad)} that did not hold")
        again = judged(
            replace(chosen, ids=bad),
            self.reached,
            exchanges=self.exchanges,
            signals=self.signals,
        )
        header = with_fields(
            results.run, seconds=round(results.run.seconds + again.run.seconds, 3),
            stopped=again.run.stopped, left_behind=again.run.left_behind,
        )  # fmt: skip
        return summed_up(header, merged(results.scenarios, again.scenarios))


def _judged_there(judge: Judge, chosen: Selection) -> Results:
    """Judge a cloud that others use, and leave nothing behind."""
    line, name = judge.reached[0].line, runs.fresh_name()
    lanes = chosen.lanes or line.target.lanes
    click.echo(f"run {name} at {line.url}: what it creates begins with {name}")
    ledger = Ledger(runs.file_of(name))
    ledger.begin(name, line.url)
    try:
        results = judge.judged(replace(chosen, run_name=name, lanes=lanes))
    finally:
        cloud = HttpCloud(line, line.target.key, line.target.secret)
        try:
            left = swept(cloud, ledger, line.target.job_timeout_s)
        except KeyboardInterrupt:  # asked twice: what is there is reported, and is left
            left = unswept(ledger)
        created = ", ".join(f"{count} {kind}s" for kind, count in ledger.counts())
        click.echo(f"\ncreated {created or 'nothing'}; {len(left)} left behind")
        for leftover in left:
            click.echo(f"left: {leftover.command}  ({leftover.answer})", err=True)
    if any(r.reason and r.reason.type == "budget" for r in results.scenarios):
        results.run.stopped = "budget"
    results.run.left_behind = [f"{x.command}  ({x.answer})" for x in left]
    return results


def judged(
    chosen: Selection,
    plugins: Sequence[object],
    *,
    exchanges: bool,
    out: TextIO = sys.stdout,
    signals: Signals | None = None,
) -> Results:
    """Run the scenarios with *plugins* of pytest; CannotRun if that could not be."""
    from conformance.progress import Progress

    began, started_s = datetime.now(tz=UTC), time.perf_counter()
    said, progress = io.StringIO(), Progress(out)
    args = chosen.pytest() + ["--exchanges"] * exchanges
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
    if progress.broken:
        raise CannotRun(*progress.broken)
    if code not in {0, 1} and not progress.ending.stopped:
        raise CannotRun(*_errors(said.getvalue()))
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


def _records(chosen: Selection, *, is_whole: bool) -> list[Record]:
    """Return the records of the run that is over, in the order of the feature files."""
    from conformance.recorder import records
    from conformance.rehearsal import never_begun

    found = records()
    if chosen.lanes > 1 and not is_whole:
        with quiet_environment():
            found += never_begun(replace(chosen, run_name="", lanes=0).pytest(), found)
    found.sort(key=lambda r: (r.file, r.line))
    for record in found:
        record.again = chosen.again(record.name)
    return found


def _code(results: Results, *, is_target: bool) -> int:
    """Return the exit code of a run."""
    if results.run.left_behind:
        return LEAKED_CODE
    if results.run.stopped:
        return BUDGET_CODE if results.run.stopped == "budget" else INTERRUPTED_CODE
    return exit_code(results.scenarios, is_target=is_target)


def _reached(target: Target, given: Given) -> list[Reached]:
    """Return the target, none where the clouds are simulated here, once it can be dealt with."""
    if target.in_process:
        return []
    line = Line(target)
    met = contact(line)
    if met.is_stage:
        WireCloud(line, target.key, target.secret).reset()
    return [Reached(line, met, given)]


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

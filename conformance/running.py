"""`rootswap check`: where scenarios run, what comes between and after them, and the exit code."""

import contextlib
import sys
from dataclasses import replace
from typing import NamedTuple

import click
from msgspec.structs import replace as with_fields

from conformance import runs
from conformance.check import Selection, cannot, judged, nothing
from conformance.contact import NoContact, contact
from conformance.earlier import CannotRun, merged
from conformance.foreign import swept, unswept
from conformance.ledger import Ledger
from conformance.line import HttpCloud, Line, NoAnswer
from conformance.reached import Reached
from conformance.removing import Removing
from conformance.reports.files import Reports
from conformance.results import Results, Verdict
from conformance.signals import Signals
from conformance.surroundings import BadTarget
from conformance.targets import Given, Target
from conformance.telling import tell
from conformance.verdicts import BUDGET_CODE, INTERRUPTED_CODE, LEAKED_CODE, exit_code, summed_up
from conformance.wire import Unstaged, WireCloud

_RERUN: frozenset[Verdict] = frozenset({"failed", "blocked"})
"""What may be otherwise when it is run again."""


def run(chosen: Selection, reports: Reports, *, rerun: bool = False) -> int:
    """Run the scenarios, print and write what was found, and return the exit code.

    0 when every scenario passed, 1 when one failed, 2 when they could not be run; of a target,
    3 when not all could be judged, 4 when a budget ended the run, 5 when something was left behind.
    130 after Ctrl-C. What ended early is written all the same. What did not hold is run once more
    with *rerun*, to see whether that is certain.
    """
    if reasons := reports.unwritable():
        return cannot(*reasons)
    if chosen.browser and not chosen.where.target().in_process:
        return cannot("--with-browser: the console is rootswap's own, no target has it")
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

    def once(self, chosen: Selection, removing: Removing | None) -> Results:
        """Run the scenarios and return what was found; CannotRun if that could not be."""
        if removing is not None:
            removing.end()
        return judged(
            chosen, self.reached, exchanges=self.exchanges, signals=self.signals,
            at_end=removing.begin if removing is not None else nothing,
        )  # fmt: skip

    def judged(self, chosen: Selection, removing: Removing | None = None) -> Results:
        """Run the scenarios, and once more what did not hold if that is wanted."""
        results = self.once(chosen, removing)
        bad = frozenset(r.id for r in results.scenarios if r.verdict in _RERUN)
        if not self.rerun or results.run.stopped or not bad:
            return results
        click.echo(f"\nonce more: {len(bad)} that did not hold")
        again = self.once(replace(chosen, ids=bad), removing)
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
    removing = Removing(ledger, sys.stderr)
    try:
        results = judge.judged(replace(chosen, run_name=name, lanes=lanes), removing)
    finally:
        cloud = HttpCloud(line, line.target.key, line.target.secret)
        removing.begin()
        try:
            left = swept(cloud, ledger, line.target.job_timeout_s)
        except KeyboardInterrupt:  # asked twice: what is there is reported, and is left
            left = unswept(ledger)
        removing.end()
        created = ", ".join(f"{count} {kind}s" for kind, count in ledger.counts())
        click.echo(f"\ncreated {created or 'nothing'}; {len(left)} left behind")
        for leftover in left:
            click.echo(f"left: {leftover.command}  ({leftover.answer})", err=True)
    if any(r.reason and r.reason.type == "budget" for r in results.scenarios):
        results.run.stopped = "budget"
    results.run.left_behind = [f"{x.command}  ({x.answer})" for x in left]
    return results


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

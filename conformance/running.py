"""`rootswap check`: where scenarios run, what comes between and after them, and the exit code."""

import contextlib
import sys
from dataclasses import dataclass, replace

import click
from msgspec.structs import replace as with_fields

from conformance import runs
from conformance.check import Selection, cannot, judged, nothing, unbegun
from conformance.cleaning import Leftover
from conformance.contact import NoContact, contact
from conformance.earlier import CannotRun, merged
from conformance.foreign import cleared, swept, unswept
from conformance.former import KINDS as PUT_BACK
from conformance.ledger import Ledger
from conformance.line import HttpCloud, Line, NoAnswer
from conformance.offers import lanes_at
from conformance.reached import Reached
from conformance.removing import Removing
from conformance.reports.files import Reports
from conformance.results import Results, Run, Verdict
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
        return _judged_there(judge, chosen) if is_shared else judge.judged(chosen)


@dataclass
class There:
    """A run at a cloud that others use: its *ledger*, and showing that what it created goes."""

    line: Line
    ledger: Ledger
    removing: Removing

    @property
    def cloud(self) -> HttpCloud:
        """Return the cloud as who runs the scenarios."""
        return HttpCloud(self.line, self.line.target.key, self.line.target.secret)

    def clear(self) -> None:
        """Remove all that was created, between scenarios."""
        self.removing.begin()
        cleared(self.cloud, self.ledger, self.line.target.job_timeout_s)
        self.removing.end()

    def leave(self) -> list[Leftover]:
        """Remove all that was created, say so, and return what is left."""
        self.removing.begin()
        try:
            left = swept(self.cloud, self.ledger, self.line.target.job_timeout_s)
        except KeyboardInterrupt:  # asked twice: what is there is reported, and is left
            left = unswept(self.ledger)
        self.removing.end()
        created, touched = list[str](), list[str]()
        for kind, count in self.ledger.counts():
            (touched if kind in PUT_BACK else created).append(_counted(count, kind))
        words = f"created {', '.join(created) or 'nothing'}"
        words += f"; touched {', '.join(touched)}" if touched else ""
        click.echo(f"\n{words}; {len(left)} left behind")
        for leftover in left:
            click.echo(f"left: {leftover.command}  ({leftover.answer})", err=True)
        return left


@dataclass
class Judge:
    """How scenarios are run: where, with all *exchanges* kept or few, and whether once more."""

    reached: list[Reached]
    signals: Signals
    exchanges: bool
    rerun: bool
    there: There | None = None

    def judged(self, chosen: Selection) -> Results:
        """Run the scenarios, and once more what did not hold if that is wanted."""
        results = self._passes(chosen)
        bad = frozenset(r.id for r in results.scenarios if r.verdict in _RERUN)
        if not self.rerun or results.run.stopped or not bad or not self._goes_on(results):
            return results
        click.echo(f"\nonce more: {len(bad)} that did not hold")
        again = self._passes(replace(chosen, ids=bad))
        return summed_up(_header(results, again), merged(results.scenarios, again.scenarios))

    def _passes(self, chosen: Selection) -> Results:
        """Run the scenarios: first all that can run beside others, then each of the rest alone."""
        if not any(_may_disturb(reached) for reached in self.reached if self.there is not None):
            return self._once(chosen)
        shared = self._once(replace(chosen, alone="never"))
        if shared.run.stopped:
            return shared
        if not self._goes_on(shared):
            rest = unbegun(chosen, shared.scenarios)
            return summed_up(with_fields(shared.run, partial=True), [*shared.scenarios, *rest])
        click.echo("\neach alone, what changes what others use:")
        alone = self._once(replace(chosen, alone="only", lanes=0))
        both = sorted([*shared.scenarios, *alone.scenarios], key=lambda r: (r.file, r.line))
        if not both:
            msg = "no scenario was selected"
            raise CannotRun(msg)
        return summed_up(_header(shared, alone), both)

    def _goes_on(self, results: Results) -> bool:
        """Remove what was created before more is run; False if meanwhile the end is asked for."""
        if self.there is not None:
            try:
                self.there.clear()
            except KeyboardInterrupt:
                results.run.stopped = "interrupted"
        if self.signals.asked:
            results.run.stopped = "interrupted"
        return not results.run.stopped

    def _once(self, chosen: Selection) -> Results:
        """Run the scenarios and return what was found; CannotRun if that could not be."""
        at_end = self.there.removing.begin if self.there is not None else nothing
        return judged(
            chosen, self.reached, exchanges=self.exchanges, signals=self.signals, at_end=at_end
        )


def _counted(count: int, kind: str) -> str:
    """Return how many of a kind, in words."""
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    return f"{count} {kind if count == 1 else plural}"


def _may_disturb(reached: Reached) -> bool:
    """Return whether scenarios may change what others use."""
    return "disruptive" in reached.line.target.allow and reached.contact.is_root


def _header(first: Results, second: Results) -> Run:
    """Return the header of a run in two parts."""
    run, later = first.run, second.run
    return with_fields(
        run, seconds=round(run.seconds + later.seconds, 3), stopped=later.stopped,
        partial=run.partial or later.partial, left_behind=later.left_behind,
    )  # fmt: skip


def _judged_there(judge: Judge, chosen: Selection) -> Results:
    """Judge a cloud that others use, and leave nothing behind."""
    line, name = judge.reached[0].line, runs.fresh_name()
    wanted = chosen.lanes or line.target.lanes
    lanes = lanes_at(judge.reached[0].contact, wanted)
    click.echo(f"run {name} at {line.url}: what it creates begins with {name}")
    if lanes < wanted:
        click.echo("in one lane, as all scenarios share the key's own account")
    ledger = Ledger(runs.file_of(name))
    ledger.begin(name, line.url)
    judge.there = There(line, ledger, Removing(ledger, sys.stderr))
    left: list[Leftover] = []
    try:
        results = judge.judged(replace(chosen, run_name=name, lanes=lanes))
    finally:
        left += judge.there.leave()
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

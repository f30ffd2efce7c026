"""`rootswap mutate`: do the features notice a cloud with a single fault."""

import contextlib
import io
import sys
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import click

from conformance.options import seed_option
from simulator.domain.dialect import SPEC

if TYPE_CHECKING:
    from conformance.mutation.fault import Fault
    from conformance.mutation.tally import Tally
    from conformance.mutation.verdict import Verdict


def chosen(
    kinds: tuple[str, ...], names: tuple[str, ...], word: str, sample: int, seed: int
) -> list["Fault"]:
    """Return the faults that are asked for; UsageError for none."""
    from conformance.mutation.catalogue import all_faults

    every = all_faults()
    known = dict.fromkeys(fault.kind for fault in every)
    for kind in kinds:
        if kind not in known:
            msg = f"no kind of fault is {kind}: one of {', '.join(known)}"
            raise click.UsageError(msg)
    for name in sorted({*names} - {fault.id for fault in every}):
        msg = f"no fault is called {name}: see --list"
        raise click.UsageError(msg)
    found = [
        f for f in every
        if (not kinds or f.kind in kinds) and (not names or f.id in names)
        and word.lower() in f"{f.id} {f.what}".lower()
    ]  # fmt: skip
    if not found:
        msg = f"no fault has {word!r} in its name or in what it does"
        raise click.UsageError(msg)
    return found if not sample else Random(seed).sample(found, min(sample, len(found)))


def earlier(file: Path | None, faults: list["Fault"], *, again: bool) -> list["Verdict"]:
    """Return the verdicts of an earlier run on *faults*; UsageError for a file that has none."""
    from conformance.mutation import tally
    from conformance.results import Unreadable

    if file is None:
        if again:
            msg = "--again says what is judged again of the FILE of --resume"
            raise click.UsageError(msg)
        return []
    try:
        return tally.kept(tally.read(file), faults, again=again)
    except Unreadable as no:
        raise click.UsageError(str(no)) from None


def judge(
    faults: list["Fault"], jobs: int, tally: "Tally", *, everywhere: bool, over_http: bool
) -> list[str]:
    """Judge faults, a dialect at a time, and return why that could not be done, if so.

    KeyboardInterrupt when a signal ends it.
    """
    import pytest

    from conformance.check import Selection
    from conformance.mutation.judge import Judge
    from conformance.quiet import quiet_environment
    from conformance.signals import ended_by_signals

    ordered = sorted(faults, key=lambda f: (f.dialect != SPEC.name, f.dialect))
    for dialect, some in groupby(ordered, lambda f: f.dialect):
        how = {"everywhere": everywhere, "over_http": over_http}
        plugin, output = Judge(list(some), jobs, tally.add, tally.say, **how), io.StringIO()
        args = [*Selection(dialect).pytest(), "--capture=no", "--tb=no"]
        with quiet_environment(), contextlib.redirect_stdout(output), ended_by_signals():
            code = int(pytest.main(args, [plugin]))
        if plugin.interrupted:
            raise KeyboardInterrupt
        if plugin.broken:
            return plugin.broken
        if plugin.failing:
            tally.forget(plugin.failing)
            return [f"{title} fails without any fault" for title in sorted(plugin.failing)]
        if code:
            return [f"pytest ended with {code}: {output.getvalue()[-500:]}"]
    return []


@click.command()
@click.option("--kind", "kinds", multiple=True, help="Only faults of this kind; may be repeated.")
@click.option("--fault", "names", multiple=True, metavar="NAME",
              help="Only the fault of this name; may be repeated.")  # fmt: skip
@click.option("-k", "word", default="", help="Only faults whose name or meaning contains this.")
@click.option("--sample", type=click.IntRange(min=1), default=None, metavar="N",
              help="Only N faults, drawn by --seed.")  # fmt: skip
@seed_option
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True,
              help="How many at a time.")  # fmt: skip
@click.option("--everywhere", is_flag=True,
              help="Ask every scenario about what survives, not just those that run the code that "
                   "is changed.")  # fmt: skip
@click.option(
    "--http",
    "over_http",
    is_flag=True,
    help="Serve each cloud and judge it over HTTP: slower, best with --sample.",
)
@click.option(
    "--resume",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take the verdicts that FILE of --json holds, and judge the other faults.",
)
@click.option("--again", is_flag=True, help="With --resume: judge what survived once more.")
@click.option("--list", "only_list", is_flag=True, help="List the faults, judge none.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Result as JSON, of a run that goes on or was interrupted, too.")  # fmt: skip
def mutate(
    kinds: tuple[str, ...],
    names: tuple[str, ...],
    word: str,
    sample: int | None,
    seed: int,
    jobs: int,
    json_file: Path | None,
    resume: Path | None,
    *,
    again: bool,
    everywhere: bool,
    over_http: bool,
    only_list: bool,
) -> None:
    """Plant single faults in the simulated cloud, and see whether a scenario notices each.

    A line names each fault that nothing notices; the table at the end counts those of each kind.
    Exits 0 when every fault is noticed, 1 when one survives, 2 when they could not be judged, 130
    when it was interrupted: --resume goes on with what FILE of --json holds.
    """
    faults = chosen(kinds, names, word, sample or 0, seed)
    if only_list:
        for fault in faults:
            click.echo(f"{fault.id}  {fault.kind}  {fault.what}")
        return
    from conformance.mutation.tally import Tally

    known = earlier(resume, faults, again=again)
    tally = Tally(faults, json_file, sys.argv[1:])
    for verdict in known:
        tally.add(verdict)
    judged = {verdict.fault.id for verdict in known}
    left = [fault for fault in faults if fault.id not in judged]
    sys.exit(_done(left, jobs, tally, everywhere=everywhere, over_http=over_http))


def _done(faults: list["Fault"], jobs: int, tally: "Tally", **how: bool) -> int:
    """Judge faults, tell what became of all, and return the exit code."""
    from conformance.check import cannot
    from conformance.verdicts import BAD_CODE, CANNOT_CODE, CONFORMANT_CODE, INTERRUPTED_CODE

    broken, interrupted = list[str](), False
    try:
        broken = judge(faults, jobs, tally, **how)
    except KeyboardInterrupt:
        interrupted = True
    if tally.verdicts:
        tally.show()
    tally.write()
    if interrupted:
        return INTERRUPTED_CODE
    if broken:
        return cannot(*broken)
    if any(v.wrong for v in tally.verdicts):
        return CANNOT_CODE
    return BAD_CODE if tally.survivors else CONFORMANT_CODE

"""`rootswap mutate`: do the features notice a cloud with a single fault."""

import contextlib
import io
import json
import sys
import time
from collections import Counter
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import click

from conformance.options import seed_option
from simulator.domain.dialect import SPEC

if TYPE_CHECKING:
    from conformance.mutation.fault import Fault
    from conformance.mutation.judge import Verdict


class Tally:
    """What became of the faults so far, shown as it comes."""

    def __init__(self, faults: list["Fault"]) -> None:
        self.total, self.verdicts = len(faults), list["Verdict"]()
        self.out, self.live = sys.stdout, sys.stdout.isatty()

    def add(self, verdict: "Verdict") -> None:
        """Take one more verdict."""
        self.verdicts.append(verdict)
        if not verdict.noticed_by:
            start = "\r" if self.live else ""
            word = f"cannot be judged: {verdict.wrong}" if verdict.wrong else "survives"
            click.echo(f"{start}{verdict.fault.id} {word}: {verdict.fault.what}", self.out)
        if self.live:
            click.echo(f"\r{len(self.verdicts)}/{self.total} ", self.out, nl=False)

    @property
    def survivors(self) -> list["Verdict"]:
        """The faults that nothing noticed."""
        return [v for v in self.verdicts if not v.noticed_by]


def chosen(kinds: tuple[str, ...], word: str, sample: int, seed: int) -> list["Fault"]:
    """Return the faults that are asked for; UsageError for none."""
    from conformance.mutation.catalogue import all_faults

    every = all_faults()
    known = dict.fromkeys(fault.kind for fault in every)
    for kind in kinds:
        if kind not in known:
            msg = f"no kind of fault is {kind}: one of {', '.join(known)}"
            raise click.UsageError(msg)
    found = [
        f for f in every
        if (not kinds or f.kind in kinds) and word.lower() in f"{f.id} {f.what}".lower()
    ]  # fmt: skip
    if not found:
        msg = f"no fault has {word!r} in its name or in what it does"
        raise click.UsageError(msg)
    return found if not sample else Random(seed).sample(found, min(sample, len(found)))


def judge(
    faults: list["Fault"], jobs: int, tally: Tally, *, everywhere: bool, over_http: bool
) -> list[str]:
    """Judge faults, a dialect at a time, and return why that could not be done, if so."""
    import pytest

    from conformance.check import Selection
    from conformance.mutation.judge import Judge
    from conformance.quiet import quiet_environment

    ordered = sorted(faults, key=lambda f: (f.dialect != SPEC.name, f.dialect))
    for dialect, some in groupby(ordered, lambda f: f.dialect):
        how = {"everywhere": everywhere, "over_http": over_http}
        plugin, output = Judge(list(some), jobs, tally.add, **how), io.StringIO()
        args = [*Selection(dialect).pytest(), "--capture=no", "--tb=no"]
        with quiet_environment(), contextlib.redirect_stdout(output):
            code = int(pytest.main(args, [plugin]))
        if plugin.broken:
            return plugin.broken
        if plugin.failing:
            return [f"{name} fails without any fault" for name in sorted(plugin.failing)]
        if code:
            return [f"pytest ended with {code}: {output.getvalue()[-500:]}"]
    return []


def show(tally: Tally, seconds: float) -> None:
    """Print a line for each kind, then the total."""
    start = "\r" if tally.live else ""
    total = Counter(v.fault.kind for v in tally.verdicts)
    left = Counter(v.fault.kind for v in tally.survivors)
    click.echo(f"{start}\nkind        faults  noticed")
    for kind, count in total.items():
        click.echo(f"{kind:<10} {count:>7} {count - left[kind]:>8}")
    click.echo(
        f"\n{total.total() - left.total()} of {total.total()} faults are noticed, "
        f"{left.total()} survive; {seconds:.1f} s"
    )


def as_json(tally: Tally, seconds: float) -> dict[str, Any]:
    """Return the result as JSON has it."""
    rows = [
        {
            "id": v.fault.id, "kind": v.fault.kind, "what": v.fault.what,
            "dialect": v.fault.dialect, "noticed_by": v.noticed_by or None,
            "scenarios_run": v.ran, "seconds": round(v.seconds, 3), "wrong": v.wrong or None,
        }
        for v in tally.verdicts
    ]  # fmt: skip
    return {
        "summary": {
            "faults": len(rows),
            "survivors": len(tally.survivors),
            "seconds": round(seconds, 1),
        },
        "faults": rows,
    }


@click.command()
@click.option("--kind", "kinds", multiple=True, help="Only faults of this kind; may be repeated.")
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
@click.option("--list", "only_list", is_flag=True, help="List the faults, judge none.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Result as JSON.")  # fmt: skip
def mutate(
    kinds: tuple[str, ...],
    word: str,
    sample: int | None,
    seed: int,
    jobs: int,
    json_file: Path | None,
    *,
    everywhere: bool,
    over_http: bool,
    only_list: bool,
) -> None:
    """Plant single faults in the simulated cloud, and see whether a scenario notices each.

    Exits 0 when every fault is noticed, 1 when one survives, 2 when they could not be judged.
    """
    faults = chosen(kinds, word, sample or 0, seed)
    if only_list:
        for fault in faults:
            click.echo(f"{fault.id}  {fault.kind}  {fault.what}")
        return
    began_s, tally = time.perf_counter(), Tally(faults)
    broken = judge(faults, jobs, tally, everywhere=everywhere, over_http=over_http)
    seconds = time.perf_counter() - began_s
    if broken:
        from conformance.check import cannot

        sys.exit(cannot(*broken))
    show(tally, seconds)
    if json_file is not None:
        text = json.dumps(as_json(tally, seconds), indent=1)
        json_file.write_text(f"{text}\n", encoding="utf-8")
    if any(v.wrong for v in tally.verdicts):
        sys.exit(2)
    sys.exit(1 if tally.survivors else 0)

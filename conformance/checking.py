"""`rootswap check`: the command line."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from conformance.earlier import CannotRun, found_in
from conformance.options import dialect_option, seed_option
from conformance.reports.files import Reports
from conformance.reports.options import json_file_option, report_options
from conformance.results import VERDICTS
from conformance.where import Where, target_options

if TYPE_CHECKING:
    from conformance.check import Selection

_FILE = click.Path(dir_okay=False, path_type=Path)


PROFILES = {"smoke": "smoke", "core": "core", "full": ""}
"""Profile -> the tags of its scenarios, as `-m` takes them."""


def marked(profile: str, marks: str) -> str:
    """Return the tags of a profile and of `-m` together."""
    wanted = [f"({text})" for text in (PROFILES[profile], marks) if text]
    return " and ".join(wanted)


class Verdicts(click.ParamType[tuple[str, ...]]):
    """Verdicts, with commas between."""

    name = "verdicts"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the verdicts named."""
        named = tuple(value.split(",")) if isinstance(value, str) else tuple(value)
        for word in named:
            if word not in VERDICTS:
                self.fail(f"{word!r} is none of {', '.join(VERDICTS)}", param, ctx)
        return named


class FeatureFiles(click.Path):
    """A feature file, or a folder with some."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        path = Path(str(super().convert(value, param, ctx)))
        if path.is_dir() and not next(path.rglob("*.feature"), None):
            self.fail(f"{value} holds no file called .feature", param, ctx)
        if path.is_file() and path.suffix != ".feature":
            self.fail(f"{value} is not called .feature", param, ctx)
        return path


def _selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options that choose scenarios."""
    for option in reversed(_SELECTING):
        option(command)
    return command


def _browser(_ctx: click.Context, _param: click.Parameter, wanted: bool) -> bool:
    """Return whether the console is judged; UsageError where no browser can be driven."""
    from conformance.browsing import NoBrowser, program

    if wanted:
        try:
            program()
        except NoBrowser as no:
            msg = f"--with-browser: {no}"
            raise click.UsageError(msg) from None
    return wanted


_SELECTING = (
    click.option("-k", "keyword", default="",
                 help="Only scenarios whose name matches (pytest -k)."),
    click.option("--profile", type=click.Choice(list(PROFILES)), default="full", show_default=True,
                 help="smoke: reads and the ROOT's way; core: what every cloud must do."),
    click.option("-m", "marks", default="", help="Only scenarios whose tags match (pytest -m)."),
    click.option("--feature", default="", help="Only feature files whose name contains this."),
    click.option("--scenario", default="", help="Only scenarios whose title contains this."),
    click.option("--features", type=FeatureFiles(exists=True, path_type=Path),
                 help="Folder of feature files or one of them, ours by default."),
    click.option("--with-browser", "browser", is_flag=True, callback=_browser,
                 help="The console's scenarios, too, in a headless Chromium."),
    click.option("--from", "earlier", type=_FILE, metavar="RESULTS.json",
                 help="Only scenarios of an earlier run, with its dialect and seed."),
    click.option("--only", type=Verdicts(), default="failed", show_default=True,
                 metavar="VERDICT,…", help="Which of them."),
    click.option("--expected", type=_FILE, metavar="FILE",
                 help="Divergences that are known, with reason, link and expiry."),
)  # fmt: skip


@click.command()
@dialect_option
@seed_option
@_selecting
@target_options
@json_file_option
@report_options
@click.option("--lanes", type=click.IntRange(1, 32), metavar="N",
              help="Scenarios side by side on a target, each in a domain of its own.")  # fmt: skip
@click.option("--rerun-failed", "rerun", is_flag=True,
              help="Run once more what did not hold; what passes then is FLAKY.")  # fmt: skip
@click.option("--dry-run", is_flag=True,
              help="Run nothing; list the scenarios, and steps that are no sentence.")  # fmt: skip
@click.pass_context
def check(
    context: click.Context,
    /,
    *,
    reports: Reports,
    rerun: bool,
    dry_run: bool,
    **selection: Any,
) -> None:
    """Run every scenario of the specification on the simulated cloud, or on a target.

    Exits 0 when all passed, 1 when one failed, 2 when they could not be run, 130 when ended early;
    of a target 3 when not all could be judged, 4 at the end of a budget, 5 when something is left.
    """
    from conformance import check as checking
    from conformance.running import run

    if dry_run and reports.wanted():
        msg = "--dry-run runs nothing that could be reported"
        raise click.UsageError(msg)
    try:
        chosen = _chosen(context, **selection)
    except CannotRun as no:
        sys.exit(checking.cannot(*no.reasons))
    done = checking.dry_run(chosen) if dry_run else run(chosen, reports, rerun=rerun)
    sys.exit(done)


def _chosen(
    context: click.Context,
    *,
    dialect: str,
    seed: int,
    scenario: str,
    features: Path | None,
    where: Where,
    earlier: Path | None,
    only: tuple[str, ...],
    lanes: int | None,
    profile: str,
    marks: str,
    **named: Any,
) -> "Selection":
    """Return what to run; an earlier run says what is not said here."""
    from conformance.check import Selection

    usual = ParameterSource.DEFAULT
    is_unsaid = context.get_parameter_source("dialect") is usual
    if where.named and is_unsaid:
        dialect = ""  # the target's own
    ids: frozenset[str] = frozenset()
    if earlier is not None:
        run, ids = found_in(earlier, only)
        dialect = run.dialect if is_unsaid else dialect
        seed = run.seed if context.get_parameter_source("seed") is usual else seed
    return Selection(
        dialect,
        seed,
        title=scenario,
        folder=features,
        where=where,
        lanes=lanes or 0,
        marks=marked(profile, marks),
        ids=ids,
        **named,
    )

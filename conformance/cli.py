"""The command line: `rootswap serve`, `replay`, `presets`, `check`, `commands` and studies."""

import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from conformance.calibrating import calibrate, validate
from conformance.commands import commands, steps
from conformance.dialects import dialects
from conformance.doctor import doctor
from conformance.experiments import compare, sweep
from conformance.explaining import explain
from conformance.inputs import inputs
from conformance.options import dialect_option, seed_option
from conformance.presets import presets
from conformance.replaying import replay
from conformance.roles import roles
from conformance.searching import find, screen
from conformance.serving import serve
from conformance.studying import study
from conformance.sweeping import WithSweeps, sweep_run
from conformance.where import Where, target_options
from simulator import __version__


class OneLine(WithSweeps):
    """A group that answers wrong flags with one line."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and exit 2 for a usage error."""
        try:
            code = super().main(*args, **extra | {"standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as help_wanted:
            help_wanted.show()
            sys.exit(2)
        except click.ClickException as wrong:
            click.echo(f"rootswap: {' '.join(wrong.format_message().split())}", err=True)
            sys.exit(2)
        except click.Abort:
            sys.exit(130)
        sys.exit(code or 0)


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rootswap")
def main() -> None:
    """CloudStack's volume attach/detach control plane, simulated and specified."""


main.add_command(commands)
main.add_command(roles)
main.add_command(serve)
main.add_command(replay)
main.add_command(presets)
main.add_command(study)
main.add_command(explain)
main.add_command(compare)
main.add_command(sweep)
main.add_command(sweep_run)
main.add_command(find)
main.add_command(screen)
main.add_command(calibrate)
main.add_command(validate)
main.add_command(inputs)
main.add_command(steps)
main.add_command(dialects)
main.add_command(doctor)


@main.command()
@dialect_option
@seed_option
@click.option("-k", "keyword", default="", help="Only scenarios whose name matches (pytest -k).")
@click.option("-m", "marks", default="", help="Only scenarios whose tags match (pytest -m).")
@click.option("--feature", default="", help="Only feature files whose name contains this.")
@click.option("--scenario", default="", help="Only scenarios whose title contains this.")
@click.option("--features", type=click.Path(exists=True, path_type=Path),
              help="Folder of feature files, ours by default.")  # fmt: skip
@target_options
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="JUnit XML file.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Result as JSON.")  # fmt: skip
@click.option("--lanes", type=click.IntRange(1, 32), metavar="N",
              help="Scenarios side by side on a target, each in a domain of its own.")  # fmt: skip
@click.option("--dry-run", is_flag=True,
              help="Run nothing; list the scenarios, and steps that are no sentence.")  # fmt: skip
def check(
    dialect: str,
    seed: int,
    keyword: str,
    marks: str,
    feature: str,
    scenario: str,
    features: Path | None,
    junit: Path | None,
    json_file: Path | None,
    lanes: int | None,
    where: Where,
    *,
    dry_run: bool,
) -> None:
    """Run every scenario of the specification on the simulated cloud.

    Exits 0 when all passed, 1 when one failed, 2 when they could not be run.
    """
    from conformance import check as checking
    from conformance.reports.files import Reports

    if dry_run and (junit or json_file):
        msg = "--dry-run runs nothing that --junit or --json could report"
        raise click.UsageError(msg)
    source = click.get_current_context().get_parameter_source("dialect")
    if where.named and source is ParameterSource.DEFAULT:
        dialect = ""  # the target's own
    chosen = checking.Selection(
        dialect, seed, keyword, marks, feature, scenario, features, where, lanes=lanes or 0
    )
    reports = Reports(json_file, junit)
    sys.exit(checking.dry_run(chosen) if dry_run else checking.run(chosen, reports))

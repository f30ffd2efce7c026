"""The command line: `rootswap serve`, `replay`, `presets`, `check`, `commands` and studies."""

import sys
from typing import Any

import click

from conformance.calibrating import calibrate, validate
from conformance.checking import check
from conformance.commands import commands, steps
from conformance.dialects import dialects
from conformance.differing import diff
from conformance.doctor import doctor
from conformance.experiments import compare, sweep
from conformance.explaining import explain
from conformance.inputs import inputs
from conformance.mutating import mutate
from conformance.parity.command import parity
from conformance.presets import presets
from conformance.replaying import replay
from conformance.reporting import report
from conformance.roles import roles
from conformance.searching import find, screen
from conformance.serving import serve
from conformance.studying import study
from conformance.sweeping import WithSweeps, sweep_run
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


main.add_command(check)
main.add_command(report)
main.add_command(diff)
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
main.add_command(mutate)
main.add_command(steps)
main.add_command(dialects)
main.add_command(doctor)
main.add_command(parity)

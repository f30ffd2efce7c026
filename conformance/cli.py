"""The command line: `rootswap serve`, `replay`, `presets`, `check`, `commands` and studies."""

import re
import sys
from importlib import import_module
from typing import Any

import click

from simulator import __version__

_RUN = re.compile(r"rs[a-z0-9]{8}")
_HOMES = {
    "calibrate": "calibrating",
    "check": "checking",
    "ci-template": "ci_template",
    "commands": "commands",
    "compare": "experiments",
    "dialects": "dialects",
    "diff": "differing",
    "doctor": "doctor",
    "explain": "explaining",
    "find": "searching",
    "inputs": "inputs",
    "mutate": "mutating",
    "parity": "parity.command",
    "plan": "planning",
    "presets": "presets",
    "replay": "replaying",
    "report": "reporting",
    "roles": "roles",
    "screen": "searching",
    "serve": "serving",
    "steps": "commands",
    "study": "studying",
    "sweep": "experiments",
    "sweep-run": "sweeping",
    "validate": "calibrating",
    "watch": "watching",
}
"""Command -> the module beside this one that it lives in; read when it is called, not before."""


class OneLine(click.Group):
    """A group that reads its commands when they are called, and answers wrong flags in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *_HOMES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None for none."""
        if cmd_name not in _HOMES:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"{__package__}.{_HOMES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* mean: `sweep` is of a study's file, or of a run."""
        first = args[1] if len(args) > 1 else ""
        if args[0] == "sweep" and (first == "--list" or _RUN.fullmatch(first)):
            args = ["sweep-run", *args[1:]]
        return super().resolve_command(ctx, args)

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

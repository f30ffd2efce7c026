"""The options of `rootswap serve` that say where, what is written, and what runs meanwhile."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from conformance.serving_ui import NoUi, official
from simulator.serve import Export, Place, chosen
from simulator.serve.http import Pages


class Serve(click.Command):
    """A command that takes another one, which begins after `--`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put aside what follows the first `--`; UsageError if that is nothing that runs."""
        at = args.index("--") if "--" in args else len(args)
        command = tuple(args[at + 1 :])
        if at < len(args) and not command:
            msg = "there is no command after --"
            raise click.UsageError(msg)
        if command and shutil.which(command[0]) is None:
            msg = f"cannot run {command[0]!r}: there is no such program"
            raise click.UsageError(msg)
        ctx.obj = command
        return super().parse_args(ctx, args[:at])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Say that there may be one."""
        return [*super().collect_usage_pieces(ctx), "[-- COMMAND …]"]


def _exports(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> list[Export]:
    try:
        return [chosen(text) for text in texts]
    except ValueError as no:
        raise click.BadParameter(str(no)) from None


def _ui(_ctx: click.Context, _param: click.Parameter, folder: Path | None) -> Pages | None:
    try:
        return official(folder) if folder is not None else None
    except NoUi as no:
        raise click.BadParameter(str(no)) from None


def place_options(serve: Callable[..., Any]) -> Callable[..., Any]:
    """Give *serve* the options that make a Place, and that as its argument *place*."""

    def placed(
        *args: Any,
        host: str,
        port: int,
        integration_port: int | None,
        exports: list[Export],
        log: Path | None,
        verbose: bool,
        ui: Pages | None,
        **more: Any,
    ) -> Any:
        ctx = click.get_current_context()
        command: tuple[str, ...] = ctx.obj
        if command and ctx.get_parameter_source("port") is ParameterSource.DEFAULT:
            port = 0
        _apart(log, [more["state"], more["cloud"], *(one.file for one in exports)])
        place = Place(host, port, integration_port, exports, log, command, verbose, ui=ui)
        return serve(*args, place=place, **more)

    placed.__doc__, placed.__name__ = serve.__doc__, serve.__name__
    placed.__dict__.update(serve.__dict__)
    for option in reversed(_OPTIONS):
        option(placed)
    return placed


def _apart(log: Path | None, others: list[Path | None]) -> None:
    """Let no log be written into a file that is something else; UsageError if it would be."""
    if log is not None and log.resolve() in {file.resolve() for file in others if file}:
        msg = f"--log {log}: is the file of another option, too"
        raise click.UsageError(msg)


_OPTIONS = (
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
                 help="0 picks a free one, as is done with COMMAND."),
    click.option("--integration-port", type=click.IntRange(0, 65535),
                 help="A loopback port where nobody signs and everybody is the root admin."),
    click.option("--export", "exports", multiple=True, callback=_exports, metavar="FORMAT[=FILE]",
                 help="Write what clients read: env (added to FILE), ini, cmk, cloud-config or "
                      "admin.json (FILE is replaced); without FILE it is printed."),
    click.option("--log", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                 help="Add a line of JSON to FILE for each request and its answer, without "
                      "secrets."),
    click.option("--ui", type=click.Path(path_type=Path), metavar="DIR", callback=_ui,
                 help="Serve the built web UI of CloudStack that is in DIR at /client/."),
    click.option("--verbose", "-v", is_flag=True,
                 help="Say on standard error which parameters are given in vain."),
)  # fmt: skip

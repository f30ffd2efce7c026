"""`rootswap serve`: a ready cloud over HTTP."""

import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click
from click.core import ParameterSource

from conformance.options import dialect_option, seed_option
from conformance.presets import refuse
from simulator.boot import PRESETS, BadCloud
from simulator.boot.reading import load
from simulator.serve import (
    BadState,
    Export,
    Header,
    Pace,
    Resetter,
    Site,
    Unwritable,
    booted,
    chosen,
    pace,
    reopen,
)
from simulator.serve import serve as run_server


def _exports(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> list[Export]:
    try:
        return [chosen(text) for text in texts]
    except ValueError as no:
        raise click.BadParameter(str(no)) from None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
              help="0 picks a free one.")  # fmt: skip
@dialect_option
@seed_option
@click.option("--preset", type=click.Choice(PRESETS), default="mixed", show_default=True,
              help="Which ready cloud.")  # fmt: skip
@click.option("--cloud", type=click.Path(path_type=Path), metavar="FILE",
              help="A cloud file instead of a preset.")  # fmt: skip
@click.option("--clock", default="instant", show_default=True,
              help="instant, manual, real, or a speed like 60x.")  # fmt: skip
@click.option(
    "--integration-port",
    type=click.IntRange(0, 65535),
    help="A loopback port where nobody signs and everybody is the root admin.",
)
@click.option("--lenient", is_flag=True,
              help="Take a `~` signed as it is; the server wants it signed as %7E.")  # fmt: skip
@click.option("--admin-key", help="API key of the root admin; drawn from the seed by default.")
@click.option("--admin-secret", help="Its secret key.")
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE",
              help="Keep every change in FILE and go on where it ends. FILE says what the cloud "
                   "is; it is made with the options above if there is none.")  # fmt: skip
@click.option("--export", "exports", multiple=True, callback=_exports, metavar="FORMAT[=FILE]",
              help="Write what clients read: env, ini, cmk, cloud-config or admin.json; FILE is "
                   "replaced, without one it is printed.")  # fmt: skip
def serve(
    host: str,
    port: int,
    dialect: str,
    seed: int,
    preset: str,
    cloud: Path | None,
    clock: str,
    integration_port: int | None,
    lenient: bool,
    admin_key: str | None,
    admin_secret: str | None,
    state: Path | None,
    exports: list[Export],
) -> None:
    """Serve a ready cloud over HTTP, for real CloudStack clients."""
    given = _given()
    asked = Header(preset, seed, dialect, admin_key, admin_secret, clock, time.time())
    _pace(asked)
    try:
        if cloud is not None:
            asked = replace(asked, cloud=load(cloud), preset="")
        if state is None:
            _run(Resetter(asked, lenient=lenient).site, host, port, integration_port, exports)
            return
        if asked.cloud is not None and not state.exists():
            booted(asked)  # a file that makes no cloud makes no state either
        kept = reopen(state, asked, given)
    except BadCloud as no:
        refuse(no)
    except BadState as no:
        cannot(no)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server hands it on when it is done
    try:
        site = Site(kept.cloud, _pace(kept.header), kept.keeper.ask, lenient=lenient)
        _run(site, host, port, integration_port, exports)
    finally:
        kept.keeper.journal.close()


def _pace(header: Header) -> Pace:
    try:
        return pace(header.clock, time.time, header.started_at_s)
    except ValueError as no:
        raise click.BadParameter(str(no), param_hint="--clock") from None


def _given() -> list[str]:
    """Return the options about the cloud itself on the command line; UsageError for two clouds."""
    source = click.get_current_context().get_parameter_source
    names = ("preset", "cloud", "seed", "dialect", "admin_key", "admin_secret", "clock")
    given = [name for name in names if source(name) is not ParameterSource.DEFAULT]
    if {"preset", "cloud"} <= set(given):
        text = "a cloud is made from --preset or from --cloud, not from both"
        raise click.UsageError(text)
    return given


def _run(
    site: Site, host: str, port: int, integration_port: int | None, exports: list[Export]
) -> None:
    try:
        run_server(site, host, port, integration_port, exports)
    except Unwritable as no:
        cannot(no)
    except OSError as no:
        cannot(f"cannot listen on {no.filename}: {no.strerror}")


def cannot(why: object) -> NoReturn:
    """Say in one line why nothing can be done, and exit 2."""
    click.echo(f"rootswap: {why}", err=True)
    sys.exit(2)

"""`rootswap serve`: a ready cloud over HTTP."""

import signal
import sys
import time
from pathlib import Path

import click
from click.core import ParameterSource

from conformance.options import dialect_option, seed_option
from simulator.boot import PRESETS
from simulator.serve import BadState, Header, Site, booted, pace, reopen
from simulator.serve import serve as run_server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
              help="0 picks a free one.")  # fmt: skip
@dialect_option
@seed_option
@click.option("--preset", type=click.Choice(list(PRESETS)), default="mixed", show_default=True,
              help="Which ready cloud.")  # fmt: skip
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
def serve(
    host: str,
    port: int,
    dialect: str,
    seed: int,
    preset: str,
    clock: str,
    integration_port: int | None,
    lenient: bool,
    admin_key: str | None,
    admin_secret: str | None,
    state: Path | None,
) -> None:
    """Serve a ready cloud over HTTP, for real CloudStack clients."""
    asked = Header(preset, seed, dialect, admin_key, admin_secret, clock, time.time())
    try:
        chosen = pace(clock, time.time, asked.started_at_s)
    except ValueError as no:
        raise click.BadParameter(str(no), param_hint="--clock") from None
    if state is None:
        _run(Site(booted(asked), chosen, lenient=lenient), host, port, integration_port)
        return
    try:
        kept = reopen(state, asked, _given())
    except BadState as no:
        click.echo(f"rootswap: {no}", err=True)
        sys.exit(2)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server hands it on when it is done
    chosen = pace(kept.header.clock, time.time, kept.header.started_at_s)
    try:
        site = Site(kept.cloud, chosen, kept.keeper.ask, lenient=lenient)
        _run(site, host, port, integration_port)
    finally:
        kept.keeper.journal.close()


def _given() -> list[str]:
    """Return the options about the cloud itself that stand on the command line."""
    source = click.get_current_context().get_parameter_source
    names = ("preset", "seed", "dialect", "admin_key", "admin_secret", "clock")
    return [name for name in names if source(name) is not ParameterSource.DEFAULT]


def _run(site: Site, host: str, port: int, integration_port: int | None) -> None:
    try:
        run_server(site, host, port, integration_port)
    except OSError as no:
        click.echo(f"rootswap: cannot listen on {no.filename}: {no.strerror}", err=True)
        sys.exit(2)

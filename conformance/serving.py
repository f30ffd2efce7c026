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
from conformance.serving_pages import with_pages
from conformance.serving_place import Serve, place_options
from simulator.boot import PRESETS, BadCloud
from simulator.boot.reading import load
from simulator.serve import (
    BadState,
    Header,
    Pace,
    Place,
    Resetter,
    Site,
    Unrunnable,
    Unwritable,
    booted,
    pace,
    reopen,
)
from simulator.serve import serve as run_server


@click.command(cls=Serve)
@place_options
@dialect_option
@seed_option
@click.option("--preset", type=click.Choice(PRESETS), default="mixed", show_default=True,
              help="Which ready cloud.")  # fmt: skip
@click.option("--cloud", type=click.Path(path_type=Path), metavar="FILE",
              help="A cloud file instead of a preset.")  # fmt: skip
@click.option("--clock", default="instant", show_default=True,
              help="instant, manual, real, or a speed like 60x.")  # fmt: skip
@click.option("--lenient", is_flag=True,
              help="Take a `~` signed as it is; the server wants it signed as %7E.")  # fmt: skip
@click.option("--admin-key", help="API key of the root admin; drawn from the seed by default.")
@click.option("--admin-secret", help="Its secret key.")
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE",
              help="Keep every change in FILE and go on where it ends. FILE says what the cloud "
                   "is; it is made with the options above if there is none.")  # fmt: skip
def serve(
    dialect: str,
    seed: int,
    preset: str,
    cloud: Path | None,
    clock: str,
    lenient: bool,
    admin_key: str | None,
    admin_secret: str | None,
    state: Path | None,
    place: Place,
) -> None:
    """Serve a ready cloud over HTTP, for real CloudStack clients.

    With COMMAND, run it with the variables of --export env set, serve until it ends, and exit with
    its code; signals go to it.
    """
    given = _given()
    asked = Header(preset, seed, dialect, admin_key, admin_secret, clock, time.time())
    _pace(asked)
    try:
        if cloud is not None:
            asked = replace(asked, cloud=load(cloud), preset="")
        if state is None:
            sys.exit(_run(Resetter(asked, lenient=lenient).site, place))
        if asked.cloud is not None and not state.exists():
            booted(asked)  # a file that makes no cloud makes no state either
        kept = reopen(state, asked, given)
    except BadCloud as no:
        refuse(no)
    except BadState as no:
        cannot(no)
    try:
        site = Site(kept.cloud, _pace(kept.header), kept.keeper.ask, lenient=lenient)
        sys.exit(_run(site, place))
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


def _run(site: Site, place: Place) -> int:
    # the server hands it on when it is done, and what was begun ends in order
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return run_server(site, with_pages(place))
    except (Unwritable, Unrunnable) as no:
        cannot(no)
    except OSError as no:
        cannot(f"cannot listen on {no.filename}: {no.strerror}")


def cannot(why: object) -> NoReturn:
    """Say in one line why nothing can be done, and exit 2."""
    click.echo(f"rootswap: {why}", err=True)
    sys.exit(2)

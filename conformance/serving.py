"""`rootswap serve`: a ready cloud over HTTP."""

import sys
import time
from pathlib import Path

import click

from conformance.options import dialect_option, seed_option
from conformance.presets import refuse
from simulator import boot
from simulator.boot import PRESETS, BadCloud
from simulator.serve import Export, Site, Unwritable, chosen, pace
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
    admin_key: str,
    admin_secret: str,
    exports: list[Export],
) -> None:
    """Serve a ready cloud over HTTP, for real CloudStack clients."""
    try:
        speed = pace(clock, time.time, time.time())
    except ValueError as no:
        raise click.BadParameter(str(no), param_hint="--clock") from None
    try:
        ready = boot(
            preset,
            cloud=cloud,
            seed=seed,
            dialect=dialect,
            admin_key=admin_key,
            admin_secret=admin_secret,
        )
    except BadCloud as no:
        refuse(no)
    try:
        run_server(Site(ready, speed, lenient=lenient), host, port, integration_port, exports)
    except Unwritable as no:
        click.echo(f"rootswap: {no}", err=True)
        sys.exit(2)
    except OSError as no:
        click.echo(f"rootswap: cannot listen on {no.filename}: {no.strerror}", err=True)
        sys.exit(2)

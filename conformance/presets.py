"""`rootswap presets`: the ready clouds, and whether a cloud file makes one."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from simulator import boot
from simulator.boot import PRESETS, BadCloud, preset_file


@click.command()
@click.argument("name", required=False, type=click.Choice(PRESETS))
@click.option("--check", "file", type=click.Path(path_type=Path), metavar="FILE",
              help="Say what is wrong with a cloud file; exit 2 if anything is.")  # fmt: skip
def presets(name: str | None, file: Path | None) -> None:
    """List the ready clouds, print the cloud file of one, or check a file of yours."""
    if file is not None:
        try:
            store = boot(cloud=file).world.store
        except BadCloud as no:
            refuse(no)
        names = ("zones", "hosts", "pools", "accounts", "vms", "volumes")
        counts = ", ".join(f"{len(getattr(store, n))} {n}" for n in names)
        click.echo(f"{file}: good: {counts}")
    elif name is not None:
        click.echo(preset_file(name).text, nl=False)
    else:
        for preset in PRESETS:
            first = preset_file(preset).text.partition("\n")[0]
            click.echo(f"{preset:<11}{first.removeprefix('# ')}")


def refuse(no: BadCloud) -> NoReturn:
    """Print all that is wrong with a cloud file, one line each, and exit 2."""
    for line in no.lines:
        click.echo(line, err=True)
    sys.exit(2)

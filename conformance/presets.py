"""`rootswap presets`: the ready clouds, and whether a cloud file makes one."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from simulator import boot
from simulator.boot import PRESETS, BadCloud, preset_file
from simulator.domain.records import USER_KINDS, Role


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
        counts = {
            "zones": len(store.zones),
            "hosts": len(store.hosts),
            "pools": len(store.pools),
            "accounts": sum(a.role is not Role.SYSTEM for a in store.accounts.values()),
            "VMs": sum(v.kind in USER_KINDS for v in store.vms.values()),
            "volumes": len(store.volumes),
        }
        click.echo(f"{file}: good: {', '.join(f'{name} {n}' for name, n in counts.items())}")
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

"""`rootswap parity`: the same operations at two clouds, or at one and in a cassette."""

import sys
from pathlib import Path

import click

from conformance.targets import IN_PROCESS

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--target", "targets", multiple=True, metavar="inproc[:DIALECT]|URL|NAME",
              help="A cloud, as for `check`: two, or one with --record or --replay.")  # fmt: skip
@click.option("--targets", "files", multiple=True, type=_FILE, help="File of targets.")
@click.option("--key", "keys", multiple=True, help="API key, one for each target that has one.")
@click.option("--secret", "secrets", multiple=True, help="Its secret.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of all that is drawn.")
@click.option("--steps", type=click.IntRange(0, 100_000), default=100, show_default=True,
              help="Random operations, after those that make VMs and volumes first.")  # fmt: skip
@click.option("--ignore", "fields", multiple=True, metavar="FIELD", help="Do not compare a field.")
@click.option("--ignored", type=_FILE, help='TOML file: [fields] with FIELD = "reason".')
@click.option("--record", type=_FILE, help="Write what one target answers to this cassette.")
@click.option("--replay", type=_FILE, help="Compare with what was answered in a cassette.")
@click.option("--no-shrink", is_flag=True, help="Show a divergence as it was met.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def parity(
    targets: tuple[str, ...],
    files: tuple[Path, ...],
    keys: tuple[str, ...],
    secrets: tuple[str, ...],
    seed: int,
    steps: int,
    fields: tuple[str, ...],
    ignored: Path | None,
    record: Path | None,
    replay: Path | None,
    *,
    no_shrink: bool,
    as_json: bool,
) -> None:
    """Ask two clouds the same and print the first answer that differs, and what leads there.

    Operations are drawn by the seed, valid and invalid ones, from what both clouds have. Exits 0
    without a divergence, 1 with one, 2 if it could not be tried, 5 if something is left behind.
    """
    if record and replay:
        msg = "--record and --replay: one of them"
        raise click.UsageError(msg)
    if record and (fields or ignored):
        msg = "--ignore and --ignored: a recording has everything, --replay may ignore"
        raise click.UsageError(msg)
    if not targets and replay:
        targets = (IN_PROCESS,)
    count = 1 if record or replay else 2
    if len(targets) != count:
        msg = f"--target: {count} of them wanted, {len(targets)} given"
        raise click.UsageError(msg)
    from conformance.parity.targeting import Wanted
    from conformance.parity.tasks import Task, perform

    task = Task(
        Wanted(targets, files, keys, secrets), seed, steps, fields, ignored,
        as_json=as_json, shrinks=not no_shrink,
    )  # fmt: skip
    sys.exit(perform(task, record=record, replay=replay))

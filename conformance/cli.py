"""The command line: `rootswap serve`, `rootswap replay` and `rootswap check`."""

import sys
from pathlib import Path

import click

from conformance.options import dialect_option, seed_option
from conformance.replaying import replay
from conformance.serving import serve
from simulator import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rootswap")
def main() -> None:
    """CloudStack's volume attach/detach control plane, simulated and specified."""


main.add_command(serve)
main.add_command(replay)


@main.command()
@dialect_option
@seed_option
@click.option("-k", "keyword", help="Only scenarios whose name matches (pytest -k).")
@click.option("-m", "marks", help="Only scenarios whose tags match (pytest -m).")
@click.option("--feature", help="Only the feature files whose name contains this.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="JUnit XML file.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Result as JSON.")  # fmt: skip
def check(
    dialect: str,
    seed: int,
    keyword: str | None,
    marks: str | None,
    feature: str | None,
    junit: Path | None,
    json_file: Path | None,
) -> None:
    """Run every scenario of the specification on the simulated cloud."""
    from conformance.check import run

    sys.exit(run(dialect, seed, keyword, marks, feature, junit, json_file))

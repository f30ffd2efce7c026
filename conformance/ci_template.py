"""`rootswap ci-template`: a job for a CI service that judges a cloud."""

import re
from pathlib import Path
from typing import Any

import click

from conformance.checking import PROFILES

_FOLDER = Path(__file__).parent / "ci"
SERVICES = {"github": "GitHub Actions", "gitlab": "GitLab CI"}
"""Name of a CI service on the command line -> as it calls itself."""
_ENVIRONMENT = "${CLOUDSTACK_ENDPOINT:+--target env}"
"""Which cloud, where none is named: the environment's, or without one the simulated cloud."""
_PLAIN = re.compile(r"(?!-)[A-Za-z0-9@%+=:,./_~\[\]-]+(?<!:)")
_UNNAMED = "Without them the\n# simulated cloud is judged, which shows that the job works."
_NAMED = "They are\n# those of the target, which rootswap.toml has: {}."


class PlainWord(click.ParamType[str]):
    """A word that means itself in YAML and to a shell."""

    name = "word"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word as it is."""
        if not _PLAIN.fullmatch(value):
            self.fail(f"{value!r}: a shell in a file of YAML would read it otherwise", param, ctx)
        return value


def text(
    service: str, *, target: str | None, profile: str | None, lanes: int | None, install: str
) -> str:
    """Return the file for a CI service."""
    options = [f"--target {target}" if target else _ENVIRONMENT]
    options += [f"--profile {profile}"] if profile else []
    options += [f"--lanes {lanes}"] if lanes else []
    words = {
        "<options>": " ".join(options),
        "<install>": install,
        "<whose>": _NAMED.format(target) if target else _UNNAMED,
    }
    template = (_FOLDER / f"{service}.yml").read_text("utf-8")
    for mark, word in words.items():
        template = template.replace(mark, word)
    return template


@click.command()
@click.argument("service", type=click.Choice(list(SERVICES)))
@click.option("--target", type=PlainWord(), metavar="NAME",
              help="Which cloud: a section of ./rootswap.toml, or an address; by default what "
                   "CLOUDSTACK_ENDPOINT names.")  # fmt: skip
@click.option("--profile", type=click.Choice(list(PROFILES)), help="Which scenarios; full without.")
@click.option("--lanes", type=click.IntRange(1, 32), metavar="N", help="Scenarios side by side.")
@click.option("--install", type=PlainWord(), default=".", show_default=True, metavar="WHAT",
              help="What pip installs there: a folder, a wheel or an address.")  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write it there; folders are made.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def ci_template(service: str, *, output: Path | None, force: bool, **chosen: Any) -> None:
    """Print a job for GitHub Actions or GitLab CI that judges a cloud, or write it to a file.

    Exits 2 if the file is there already, or cannot be written.
    """
    job = text(service, **chosen)
    if output is None:
        click.echo(job, nl=False)
        return
    if output.exists() and not force:
        msg = f"{output} is there already: --force writes over it"
        raise click.UsageError(msg)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(job, "utf-8")
    except OSError as no:
        msg = f"{output}: {no.strerror}"
        raise click.UsageError(msg) from None

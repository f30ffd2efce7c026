"""`rootswap explain`: what a study comes to with everything said."""

from pathlib import Path

import click

from conformance.study_options import StudyCommand, point_of, set_option, variant_option


@click.command(cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@variant_option
@set_option
def explain(file: Path, variant: str, given: tuple[str, ...]) -> None:
    """Print the study in FILE as TOML, with what it extends, every default, and its hash.

    Exits 2 if FILE, or any of its variants, describes no study.
    """
    from study.explaining import explained

    click.echo(explained(point_of(file, given, variant)), nl=False)

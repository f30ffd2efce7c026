"""The options that several commands share."""

import click

from simulator.domain.dialect import DIALECTS

dialect_option = click.option(
    "--dialect", type=click.Choice(list(DIALECTS)), default="spec", show_default=True,
    help="Whose behaviour: the specification's or CloudStack 4.22's.",
)  # fmt: skip
seed_option = click.option("--seed", type=int, default=0, show_default=True, help="Of all dice.")

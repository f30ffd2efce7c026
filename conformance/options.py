"""The options that several commands share."""

import click

from simulator.domain.dialect import dialect_of


class DialectName(click.ParamType[str]):
    """The specification or a release of CloudStack, under its whole name."""

    name = "dialect"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the whole name of a dialect: acs-4.20.3 for 4.20.3."""
        try:
            return dialect_of(value).name
        except ValueError as error:
            self.fail(str(error), param, ctx)


dialect_option = click.option(
    "--dialect", type=DialectName(), default="spec", show_default=True,
    help="Whose behaviour: spec, or a release of CloudStack such as acs-4.22 (measured) or 4.20.3; "
         "`rootswap dialects` lists them.",
)  # fmt: skip
seed_option = click.option("--seed", type=int, default=0, show_default=True, help="Of all dice.")

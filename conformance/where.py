"""The options that say which cloud is meant."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, get_args

import click

from conformance.target_file import Risk
from conformance.targets import ENVIRONMENT, IN_PROCESS, Given, Target, resolve


class Where(NamedTuple):
    """Which cloud is meant, as the command line says."""

    text: str = ""
    files: tuple[Path, ...] = ()
    given: Given = Given()

    @property
    def named(self) -> str:
        """The target as `resolve` takes it, "" for none."""
        return self.text or (ENVIRONMENT if self.given.cmk_profile else "")

    def target(self, usual: str = IN_PROCESS) -> Target:
        """Return the target, the *usual* one where none is named; BadTarget for none."""
        return resolve(self.named or usual, self.files, given=self.given)

    def words(self) -> list[str]:
        """Return the command line again, without keys."""
        words = ["--target", self.text] if self.text else []
        for file in self.files:
            words += ["--targets", str(file)]
        for risk in self.given.allow:
            words += ["--allow", risk]
        profile = self.given.cmk_profile
        return [*words, "--cmk-profile", profile] if profile else words


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options that say which cloud, and that as its argument *where*."""

    def placed(
        *args: Any,
        target: str,
        targets: tuple[Path, ...],
        key: str,
        secret: str,
        cmk_profile: str,
        allow: tuple[str, ...],
        **more: Any,
    ) -> Any:
        where = Where(target, targets, Given(key, secret, cmk_profile, allow))
        return command(*args, where=where, **more)

    placed.__doc__, placed.__name__ = command.__doc__, command.__name__
    placed.__dict__.update(command.__dict__)
    for option in reversed(_OPTIONS):
        option(placed)
    return placed


_OPTIONS = (
    click.option("--target", default="", metavar="inproc|URL|NAME",
                 help="Which cloud: simulated in this process, at an address, [target.NAME] of a "
                      "file of targets, or env: as CLOUDSTACK_ENDPOINT or cloudstack.ini say."),
    click.option("--targets", multiple=True, type=click.Path(dir_okay=False, path_type=Path),
                 help="File of targets; ./rootswap.toml and ~/.config/rootswap/targets.toml by "
                      "default."),
    click.option("--key", default="", help="API key; else CLOUDSTACK_KEY, cloudstack.ini, …"),
    click.option("--secret", default="", help="Its secret key; else CLOUDSTACK_SECRET, …"),
    click.option("--cmk-profile", default="", metavar="NAME", help="A profile of ~/.cmk/config."),
    click.option("--allow", multiple=True, type=click.Choice(get_args(Risk)),
                 help="What may be done to a cloud that others use: settings, hosts, restarts."),
)  # fmt: skip

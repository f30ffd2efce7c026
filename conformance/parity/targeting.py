"""The clouds that the command line names, once they can be dealt with."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from conformance import runs
from conformance.contact import contact
from conformance.line import Line
from conformance.parity.sides import InProcess, Remote, Side
from conformance.surroundings import BadTarget
from conformance.targets import IN_PROCESS, Given, Target, resolve
from simulator.domain.dialect import dialect_of

USUAL = "spec"


class Wanted(NamedTuple):
    """What the command line says of the clouds: keys are in the order of the targets with one."""

    texts: Sequence[str]
    files: tuple[Path, ...] = ()
    keys: Sequence[str] = ()
    secrets: Sequence[str] = ()

    def targets(self) -> list[Target | str]:
        """Return the targets, of those in this process only the dialect, "" where none is named."""
        if len(self.keys) != len(self.secrets):
            msg = "--key and --secret: as many of the one as of the other"
            raise BadTarget(msg)
        pairs = list(zip(self.keys, self.secrets, strict=True))
        found: list[Target | str] = []
        for text in self.texts:
            place, colon, dialect = text.partition(":")
            if place == IN_PROCESS:
                found.append(_dialect(dialect) if colon else "")
            else:
                given = Given(*pairs.pop(0)) if pairs else Given()
                found.append(resolve(text, self.files, given=given))
        if pairs:
            msg = "--key: more of them than targets that take one"
            raise BadTarget(msg)
        return found


def _dialect(text: str) -> str:
    try:
        return dialect_of(text).name
    except ValueError as no:
        msg = f"--target {IN_PROCESS}:{text}: {no}"
        raise BadTarget(msg) from None


@contextmanager
def opened(
    wanted: Wanted, seed: int, dialect: str = "", hypervisor: str = ""
) -> Iterator[list[Side]]:
    """Give the sides; nobody else's run is at those clouds until it ends.

    A cloud in this process without a dialect has *dialect*, else that of the other target, and is
    of *hypervisor*, else of the other's.
    """
    targets = wanted.targets()
    with ExitStack() as stack:
        remotes = {
            number: _remote(target, stack)
            for number, target in enumerate(targets)
            if isinstance(target, Target)
        }
        for url in sorted({remote.url for remote in remotes.values()}):
            stack.enter_context(runs.alone(url))
        for remote in remotes.values():
            dialect = dialect or remote.dialect
            hypervisor = hypervisor or remote.places.hypervisor
        sides: list[Side] = [
            remotes[number] if isinstance(target, Target)
            else InProcess(wanted.texts[number], target or dialect or USUAL, hypervisor,
                           seed + number)
            for number, target in enumerate(targets)
        ]  # fmt: skip
        yield sides


def _remote(target: Target, stack: ExitStack) -> Remote:
    line = Line(target)
    stack.callback(line.close)
    remote = Remote(line, contact(line), runs.fresh_name())
    if remote.read_only:
        msg = f"{target.name}: the key can create nothing"
        raise BadTarget(msg)
    return remote

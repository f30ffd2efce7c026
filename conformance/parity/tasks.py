"""What `rootswap parity` does: compare two clouds, record one, replay a cassette at one."""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from msgspec import Struct

from conformance import runs
from conformance.cleaning import Leftover
from conformance.contact import NoContact
from conformance.line import NoAnswer
from conformance.parity import cassette, pages
from conformance.parity.cassette import BadCassette, Cassette, Header
from conformance.parity.common import Common, NothingInCommon, shared
from conformance.parity.comparing import Divergence, Eye
from conformance.parity.driving import Answered, Drive, first_divergence, shrunk
from conformance.parity.ignoring import ignored
from conformance.parity.rooms import NoEnd
from conformance.parity.sides import Remote, Side
from conformance.parity.targeting import Wanted, opened
from conformance.signals import ended_by_signals
from conformance.surroundings import BadTarget
from conformance.targets import IN_PROCESS
from conformance.verdicts import (
    BAD_CODE,
    BUDGET_CODE,
    CANNOT_CODE,
    INTERRUPTED_CODE,
    LEAKED_CODE,
)
from conformance.wire import Unstaged
from simulator import __version__
from steps.places import NoSuchPlace

_WRONG = (BadTarget, NoContact, NoAnswer, Unstaged, runs.Busy, NothingInCommon, BadCassette, NoEnd,
          NoSuchPlace, OSError, AssertionError)  # fmt: skip


class Task(Struct, frozen=True):
    """What is to be done at the targets."""

    wanted: Wanted
    seed: int
    steps: int
    fields: tuple[str, ...] = ()
    reasons: Path | None = None
    as_json: bool = False
    shrinks: bool = True
    left: list[Leftover] = []

    @property
    def ignored(self) -> dict[str, str]:
        """The fields that are not compared, each with why; BadTarget for a file of no such."""
        return ignored(self.fields, self.reasons)

    def watch(self, text: str) -> None:
        """Show progress, beside what is printed."""
        click.echo(text, err=True)


def perform(task: Task, *, record: Path | None, replay: Path | None) -> int:
    """Do what is asked, and return the exit code."""
    with _refusing():
        if record:
            return _record(task, record)
        return _replay(task, replay) if replay else _compare(task)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what could not be tried into one line and exit 2, and an interrupt into 130."""
    try:
        with ended_by_signals():
            yield
    except _WRONG as no:
        click.echo(f"rootswap: {' '.join(str(no).split())}", err=True)
        sys.exit(CANNOT_CODE)
    except pytest.skip.Exception as no:  # the budget of what is there at once
        click.echo(f"rootswap: {no.msg}", err=True)
        sys.exit(BUDGET_CODE)
    except KeyboardInterrupt:
        click.echo("rootswap: interrupted", err=True)
        sys.exit(INTERRUPTED_CODE)


@contextmanager
def _at(task: Task, sides: list[Side], common: Common) -> Iterator[Drive]:
    """Give what drives the *sides*; at the end all that was created there is removed."""
    remotes = [side for side in sides if isinstance(side, Remote)]
    for remote in remotes:
        remote.open()
        task.watch(f"run {remote.run} at {remote.url}")
    try:
        yield Drive(sides, common, task.ignored, task.watch)
    finally:
        for remote in remotes:
            left = remote.close()
            task.left.extend(left)
            task.watch(f"run {remote.run}: {len(left)} left behind")
            for leftover in left:
                task.watch(f"left: {leftover.command}  ({leftover.answer})")


def _compare(task: Task) -> int:
    with opened(task.wanted, task.seed) as sides:
        common = shared([side.common() for side in sides])
        names = [_name(side) for side in sides]
        with _at(task, sides, common) as drive:
            found = first_divergence(drive.drawn(task.seed, task.steps))
            remark = ""
            if isinstance(found, Divergence) and task.shrinks:
                task.watch(f"divergence after {len(found.operations)} operations")
                smaller = shrunk(drive, found, task.watch)
                remark = "" if smaller else "not seen again in fresh rooms: by chance, or by order"
                found = smaller or found
    return _print(task, names, found, remark)


def _name(side: Side) -> str:
    return f"{side.name} ({side.dialect})"


def _record(task: Task, file: Path) -> int:
    with opened(task.wanted, task.seed) as sides:
        side = sides[0]
        common = shared([side.common()])
        header = Header(
            cassette.SCHEMA, __version__, datetime.now(tz=UTC).isoformat(timespec="seconds"),
            side.name if side.name.startswith(IN_PROCESS) else "a cloud", side.dialect,
            side.release, task.seed, common,
        )  # fmt: skip
        with _at(task, sides, common) as drive:
            answered = ((op, answers[0]) for op, answers in drive.drawn(task.seed, task.steps))
            count = cassette.write(file, header, answered)
    text = f"{file}: {count} operations, dialect {side.dialect}, seed {task.seed}"
    click.echo(pages.as_json([side.name], count, task.left, operations=count, seed=task.seed)
               if task.as_json else text)  # fmt: skip
    return LEAKED_CODE if task.left else 0


def _replay(task: Task, file: Path) -> int:
    tape = cassette.read(file)
    header = tape.header
    task = msgspec.structs.replace(task, seed=header.seed, steps=len(tape.taken))
    with opened(task.wanted, header.seed, header.dialect, header.common.hypervisor) as sides:
        both = shared([header.common, sides[0].common()])
        missing = _missing(header.common, both)
        if missing:
            msg = f"{sides[0].name} has not what {file} was recorded with: {missing}"
            raise NothingInCommon(msg)
        recorded = f"{file.name} ({header.release or header.dialect}, {header.recorded[:10]})"
        names = [recorded, _name(sides[0])]
        with _at(task, sides, header.common) as drive:
            found = first_divergence(_beside(tape, drive, task.ignored))
    return _print(task, names, found, "")


def _missing(wanted: Common, both: Common) -> str:
    """Return what a cassette's operations need and a cloud has not, "" for nothing."""
    for name in ("commands", "parts", "disks", "custom"):
        lacking = [x for x in getattr(wanted, name) if x not in getattr(both, name)]
        if lacking:
            return f"{name}: {', '.join(lacking)}"
    return "a second zone" if wanted.another_zone and not both.another_zone else ""


def _beside(tape: Cassette, drive: Drive, hidden: Collection[str]) -> Answered:
    """Yield each operation with the recorded answer and the one of now."""
    recorded, eye = list(tape.answered()), Eye(hidden)
    now = drive.again([operation for operation, _ in recorded])
    try:
        for (operation, then), (_, answers) in zip(recorded, now, strict=True):
            yield operation, [eye.seen(then), *answers]
    finally:
        now.close()


def _print(task: Task, names: list[str], found: Divergence | int, remark: str) -> int:
    count = len(found.operations) if isinstance(found, Divergence) else found
    if task.as_json:
        more: dict[str, Any] = {"seed": task.seed, "steps": task.steps, "operations": count,
                                "ignored": task.ignored, "remark": remark}  # fmt: skip
        click.echo(pages.as_json(names, found, task.left, **more))
    elif isinstance(found, Divergence):
        click.echo("\n".join(pages.page(names, found)) + (f"\n\n{remark}" if remark else ""))
    else:
        click.echo(f"no divergence in {count} operations: {names[0]}, {names[1]}")
    if task.left:
        return LEAKED_CODE
    return BAD_CODE if isinstance(found, Divergence) else 0

"""Keep a served cloud: a change is in the journal before it is made, and made before it is told."""

import sqlite3
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from simulator.api.service import Pending, SimulatedCloud
from simulator.domain.errors import Kind
from simulator.engine.freezer import Mark, at_rest, freeze, freeze_history, marked
from simulator.port import Reply
from simulator.serve.journal import BadState, Header, Journal, create, read
from simulator.serve.replay import restored

SPACING = 2000
"""Commands between checkpoints."""
_BYTES_PER_COMMAND = 4096
"""A big state is written less often, so that checkpoints cost no command more than this."""


class Keeper:
    """Answers calls so that what it has told survives."""

    def __init__(self, journal: Journal, mark: Mark, spacing: int = SPACING) -> None:
        """Write to *journal*, whose history ends at *mark*; checkpoints stand *spacing* apart."""
        self.journal, self.mark, self.spacing = journal, mark, spacing
        self._next = journal.seq + spacing

    def ask(self, caller: SimulatedCloud, command: str, text: Mapping[str, str]) -> Pending:
        """Send a call; one that may change anything is kept before."""
        self._checkpoint(caller)
        if caller.changes(command):
            return self._keep(caller, command, text) or caller.begin(command, **text)
        world = caller.world
        logs: tuple[list[Any], ...] = (world.refusals, world.bugs)
        before = [len(log) for log in logs]
        try:
            pending = caller.begin(command, **text)
        except Exception:
            self._keep(caller, command, text)
            raise
        if [len(log) for log in logs] == before:
            return pending
        failed = self._keep(caller, command, text)  # a look changes the logs alone
        if failed is None:
            return pending
        for log, size in zip(logs, before, strict=True):
            del log[size:]
        return failed

    def _keep(
        self, caller: SimulatedCloud, command: str, text: Mapping[str, str]
    ) -> Pending | None:
        """Return None when the call is on the disk, else the answer that it is not."""
        try:
            self.journal.append(caller.now_s(), caller.user.id, command, dict(text))
        except sqlite3.Error as no:
            kind = Kind.RUNTIME
            body = {
                "uuidList": [],
                "errorcode": kind.sync_code,
                "cserrorcode": kind.cs_code,
                "errortext": f"Nothing was changed, the command cannot be kept: {no}",
            }
            no_room = Reply(kind.sync_code, body, f"{command.lower()}response")
            return Pending(caller.world, no_room)
        return None

    def _checkpoint(self, caller: SimulatedCloud) -> None:
        """Keep the whole state when it is time and nothing is under way."""
        if self.journal.seq < self._next or not at_rest(caller.jobs):
            return
        state, chapter = freeze(caller.jobs), freeze_history(caller.jobs, self.mark)
        self._next = self.journal.seq + max(self.spacing, len(state) // _BYTES_PER_COMMAND)
        try:
            self.journal.checkpoint(zlib.compress(state, 1), zlib.compress(chapter, 1))
        except sqlite3.Error:
            return  # every command is still there; a restart only takes longer
        self.mark = marked(caller.jobs)


class Kept(NamedTuple):
    """A cloud that goes on where its state file ends."""

    header: Header
    cloud: SimulatedCloud
    keeper: Keeper


def reopen(path: Path, asked: Header, given: Collection[str]) -> Kept:
    """Return the cloud that *path* holds, made as *asked* if there is no such file.

    The file decides what a cloud is; BadState if it says otherwise than *asked* in a field that
    was *given*, or cannot be used.
    """
    if not path.exists():
        create(path, asked)
    saved = read(path)
    for name in given:
        if getattr(saved.header, name) != getattr(asked, name):
            raise BadState(path, f"was made with another --{name.replace('_', '-')}")
    journal = Journal(path, saved.end)
    try:
        cloud, mark = restored(saved)
    except (ValueError, KeyError, zlib.error) as no:
        journal.close()
        raise BadState(path, f"is damaged, it tells of what does not exist: {no}") from None
    return Kept(saved.header, cloud, Keeper(journal, mark))

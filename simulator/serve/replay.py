"""Tell a journal again: the same commands at the same simulated times leave the same state."""

import zlib
from collections.abc import Iterable, Iterator

from simulator.api.service import Pending, SimulatedCloud
from simulator.boot import boot
from simulator.engine.freezer import Mark, marked, thaw
from simulator.port import Reply
from simulator.serve.journal import Header, Row, Saved
from simulator.serve.pace import pace


def booted(header: Header) -> SimulatedCloud:
    """Return the cloud as it was before the first command; ValueError for an unknown preset."""
    cloud = boot(
        header.preset,
        cloud=header.cloud,
        seed=header.seed,
        dialect=header.dialect,
        admin_key=header.admin_key,
        admin_secret=header.admin_secret,
    )
    cloud.world.on_bug = _known
    return cloud


def _known(where: str, bug: Exception) -> None:
    """Say nothing of a bug: it was told when it happened first."""


def restored(saved: Saved) -> tuple[SimulatedCloud, Mark]:
    """Return the cloud as it was after the last command, and where its kept history ends.

    ValueError or zlib.error for a checkpoint that cannot be read.
    """
    cloud = booted(saved.header)
    if saved.checkpoint is not None:
        history = map(zlib.decompress, saved.checkpoint.history)
        thaw(cloud.jobs, zlib.decompress(saved.checkpoint.state), history)
    mark = marked(cloud.jobs)
    for _ in retell(cloud, saved.rows, saved.header.clock):
        pass
    return cloud, mark


def retell(
    cloud: SimulatedCloud, rows: Iterable[Row], clock: str, until_s: float = float("inf")
) -> Iterator[tuple[Row, Pending]]:
    """Execute *rows* again at their times, up to *until_s*, and yield how each was answered.

    *clock* is the one they were served by until a row changed it: it decides how long a caller
    waited for a reply.
    """
    for row in rows:
        if row.at_s > until_s or _passes(row) > until_s:
            break
        cloud.reach(row.at_s)
        pending = _again(cloud, row)
        if pace(next(iter(cloud.world.pace), clock), _no_wall, 0.0).jumps:
            pending.reached()
        yield row, pending
    if until_s < float("inf"):
        cloud.reach(until_s)


def _no_wall() -> float:
    """Stand for a wall clock where none is read."""
    return 0.0


def _passes(row: Row) -> float:
    """Return the second that a command which moves the clock moves it to."""
    if row.name != "rootswapAdvance":
        return row.at_s
    given = {name.lower(): value for name, value in row.parameters.items()}
    try:
        seconds, until_s = float(given.get("seconds", "0")), float(given.get("until", "0"))
    except ValueError:
        return row.at_s
    passes = max(row.at_s + seconds, until_s)
    return passes if row.at_s <= passes < float("inf") else row.at_s


def _again(cloud: SimulatedCloud, row: Row) -> Pending:
    user = cloud.world.store.users[row.user_id]
    caller = SimulatedCloud(cloud.world, cloud.jobs, user)
    try:
        return caller.begin(row.name, **row.parameters)
    except Exception as bug:  # noqa: BLE001 - the served cloud answered 500 and went on, too
        body = {"errorcode": 500, "errortext": repr(bug)}
        return Pending(cloud.world, Reply(500, body, "errorresponse"))

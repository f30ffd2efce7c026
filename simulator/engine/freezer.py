"""The whole state of a cloud at rest as bytes, and back; apart from it history, which only grows.

At rest no event is due: flows, queues and thread pools are as new, and what is left is plain data.
Nothing but data is read back, so a foreign blob cannot run code.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from simulator.engine.jobs import Job, Jobs
from simulator.engine.pools import slow
from simulator.engine.store import Store
from simulator.engine.world import World

Field = tuple[str, object, str, Any]
"""A typed field: its key, what it belongs to, its name, its type."""
_PARTS = dict[str, msgspec.Raw]


class Ended(NamedTuple):
    """What is left of a job that ended."""

    id: str
    db_id: int
    command: str
    account_id: str
    user_id: str
    status: int
    result: Any
    error: tuple[int, str] | None
    created_s: float
    completed_s: float | None
    instance_type: str | None
    instance_id: str | None
    begun_s: float | None = None


class Rest(NamedTuple):
    """What is no typed field: clock, settings, streams of dice (`Random.getstate`), job ids."""

    now_s: float
    settings: dict[str, str]
    settings_at_boot: dict[str, str]
    dice: dict[str, tuple[int, tuple[int, ...], float | None]]
    job_ids: list[str]


class Mark(NamedTuple):
    """Where history was read to: the last job that ended, the lengths of the logs."""

    job_id: str | None
    logs: dict[str, int]


def at_rest(jobs: Jobs) -> bool:
    """Return whether nothing is under way."""
    world = jobs.world
    return not (jobs.running or world.exchanges) and world.env.peek() == float("inf")


def marked(jobs: Jobs) -> Mark:
    """Return the end of history as it stands."""
    logs = {key: len(getattr(holder, name)) for key, holder, name, _ in _logs(jobs.world)}
    return Mark(next(reversed(jobs.all), None), logs)


def freeze(jobs: Jobs) -> bytes:
    """Return the state of a cloud at rest, without history."""
    world = jobs.world
    rest = Rest(
        world.env.now,
        world.settings.values,
        world.settings.at_boot,
        {name: dice.getstate() for name, dice in world.streams()},
        list(jobs.all),
    )
    parts = {key: getattr(holder, name) for key, holder, name, _ in _records(world)}
    return msgspec.msgpack.encode({"rest": rest, **parts})


def freeze_history(jobs: Jobs, since: Mark) -> bytes:
    """Return what has only grown *since*: the jobs that ended, the logs."""
    fresh = takewhile(lambda job: job.id != since.job_id, reversed(jobs.all.values()))
    ended = [Ended._make(getattr(job, field) for field in Ended._fields) for job in fresh]
    logs = {key: getattr(holder, n)[since.logs[key] :] for key, holder, n, _ in _logs(jobs.world)}
    return msgspec.msgpack.encode({"jobs": ended, **logs})


def thaw(jobs: Jobs, state: bytes, history: Iterable[bytes]) -> None:
    """Give a cloud that has just been booted a *state*; ValueError if it cannot be read."""
    collects = gc.isenabled()
    gc.disable()  # millions of objects come to life and none dies
    try:
        _thaw(jobs, state, history)
    except (msgspec.MsgspecError, KeyError) as no:
        msg = f"cannot be read back: {no}"
        raise ValueError(msg) from None
    finally:
        if collects:
            gc.enable()


def _thaw(jobs: Jobs, state: bytes, history: Iterable[bytes]) -> None:
    world, known = jobs.world, {}
    parts = msgspec.msgpack.decode(state, type=_PARTS)
    rest = msgspec.msgpack.decode(parts["rest"], type=Rest)
    for key, holder, name, hint in _records(world):
        value = msgspec.msgpack.decode(parts[key], type=_plain(hint))
        setattr(holder, name, _origin(hint)(value))
    for chapter in history:
        parts = msgspec.msgpack.decode(chapter, type=_PARTS)
        for ended in msgspec.msgpack.decode(parts["jobs"], type=list[Ended]):
            known[ended.id] = ended
        for key, holder, name, hint in _logs(world):
            getattr(holder, name).extend(msgspec.msgpack.decode(parts[key], type=hint))
    world.env.reach(rest.now_s)
    world.settings.values = rest.settings
    world.settings.at_boot = rest.settings_at_boot
    for stream, drawn in rest.dice.items():
        world.dice(stream).setstate(drawn)
    for job_id in rest.job_ids:
        jobs.all[job_id] = _job(known[job_id])
    for pool_id, speed in dict(world.slowed).items():
        slow(world, pool_id, speed)
    jobs.arm()


@cache
def _hints(owner: type) -> dict[str, Any]:
    """Return the types of a class's fields, which are slow to resolve and never change."""
    return get_type_hints(owner)


def _fields(world: World) -> Iterator[Field]:
    for kind, holder, owner in (("store", world.store, Store), ("world", world, World)):
        for name, hint in _hints(owner).items():
            yield f"{kind}.{name}", holder, name, hint


def _records(world: World) -> Iterator[Field]:
    """Yield the typed fields that change."""
    return (field for field in _fields(world) if _origin(field[3]) is not list)


def _logs(world: World) -> Iterator[Field]:
    """Yield the typed fields that only grow: the lists."""
    return (field for field in _fields(world) if _origin(field[3]) is list)


def _origin(hint: Any) -> Any:
    return get_origin(hint)


def _plain(hint: Any) -> Any:
    """Return *hint* as msgspec knows it: a Counter is a dict of numbers there."""
    return dict[get_args(hint)[0], int] if _origin(hint) is Counter else hint  # type: ignore[misc]


def _job(ended: Ended) -> Job:
    job = Job.__new__(Job)
    for field, value in zip(Ended._fields, ended, strict=True):
        setattr(job, field, value)
    return job

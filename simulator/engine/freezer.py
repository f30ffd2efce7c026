"""The whole state of a cloud at rest as bytes, and back.

At rest no event is due: flows, queues and thread pools are as new, and what is left is plain data.
Nothing but data is read back, so a foreign blob cannot run code.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from simulator.engine.jobs import Job, Jobs
from simulator.engine.store import Store
from simulator.engine.world import World


class Ended(NamedTuple):
    """What is left of a job that ended."""

    id: str
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


class Rest(NamedTuple):
    """What is no typed field: clock, settings, streams of dice (`Random.getstate`), jobs."""

    now_s: float
    settings: dict[str, str]
    dice: dict[str, tuple[int, tuple[int, ...], float | None]]
    jobs: list[Ended]


def at_rest(jobs: Jobs) -> bool:
    """Return whether nothing is under way."""
    return not jobs.running and jobs.world.env.peek() == float("inf")


def freeze(jobs: Jobs) -> bytes:
    """Return the state of a cloud at rest."""
    world = jobs.world
    rest = Rest(
        world.env.now,
        world.settings.values,
        {name: dice.getstate() for name, dice in world.streams()},
        [Ended._make(getattr(job, field) for field in Ended._fields) for job in jobs.all.values()],
    )
    parts = {f"{kind}.{name}": getattr(holder, name) for kind, holder, name, _ in _fields(world)}
    return msgspec.msgpack.encode({"rest": rest, **parts})


def thaw(jobs: Jobs, state: bytes) -> None:
    """Give a cloud that has just been booted the *state*; ValueError if it cannot be read."""
    world = jobs.world
    try:
        parts = msgspec.msgpack.decode(state, type=dict[str, msgspec.Raw])
        rest = msgspec.msgpack.decode(parts["rest"], type=Rest)
        for kind, holder, name, hint in _fields(world):
            value = msgspec.msgpack.decode(parts[f"{kind}.{name}"], type=_plain(hint))
            setattr(holder, name, (get_origin(hint) or hint)(value))
    except (msgspec.MsgspecError, KeyError) as no:
        msg = f"cannot be read back: {no}"
        raise ValueError(msg) from None
    world.env.reach(rest.now_s)
    world.settings.values = rest.settings
    for stream, drawn in rest.dice.items():
        world.dice(stream).setstate(drawn)
    for ended in rest.jobs:
        jobs.all[ended.id] = _job(ended)


def _fields(world: World) -> Iterator[tuple[str, object, str, Any]]:
    """Yield every typed field: kind and holder, its name, its type."""
    for kind, holder, owner in (("store", world.store, Store), ("world", world, World)):
        for name, hint in get_type_hints(owner).items():
            yield kind, holder, name, hint


def _plain(hint: Any) -> Any:
    """Return *hint* as msgspec knows it: a Counter is a dict of numbers there."""
    return dict[get_args(hint)[0], int] if get_origin(hint) is Counter else hint  # type: ignore[misc]


def _job(ended: Ended) -> Job:
    job = Job.__new__(Job)
    for field, value in zip(Ended._fields, ended, strict=True):
        setattr(job, field, value)
    return job

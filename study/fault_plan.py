"""The form of a fault: what goes wrong where, when, and for how long."""

import re
from collections import Counter
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Meta, Struct

from simulator.boot.plan import Many, Name
from study.units import Duration, Moment

Kind = Literal[
    "host-down", "agent-disconnect", "pool-slow", "pool-full", "pool-maintenance", "ms-restart",
    "lost-answer", "stuck-job", "db-slow", "mock",
]  # fmt: skip
CommandName = Literal[
    "AttachCommand", "DettachCommand", "StartCommand", "StopCommand", "MigrateCommand",
    "CreateObjectCommand", "CopyCommand",
]  # fmt: skip
Speed = Annotated[float, Meta(gt=0, le=1000)]
Chance = Annotated[float, Meta(gt=0, le=1)]
AT_HOSTS = frozenset({"host-down", "agent-disconnect"})
AT_POOLS = frozenset({"pool-slow", "pool-full", "pool-maintenance"})
SLOWS = frozenset({"pool-slow", "db-slow"})
STRIKES = frozenset({"lost-answer", "stuck-job", "mock"})
GAUGES = ("queue", "jobs", "api-busy", "api-waiting", "work-busy", "work-waiting")


class Condition(NamedTuple):
    """A gauge and a bound that it is above or below."""

    gauge: str
    sign: str
    bound: float

    def holds(self, value: float) -> bool:
        """Return whether the gauge stands where it is meant to."""
        return value > self.bound if self.sign == ">" else value < self.bound


class _Conditions:
    what = f"condition on one of {', '.join(GAUGES)}"
    like = "queue > 500"

    def read(self, value: Any) -> Condition | None:
        """Return what is written, None if it is no condition."""
        form = rf"({'|'.join(GAUGES)}) ?([<>]) ?(\d{{1,9}})"
        found = re.fullmatch(form, value) if isinstance(value, str) else None
        return Condition(found[1], found[2], float(found[3])) if found else None


class FaultPart(Struct, frozen=True):
    """Something that goes wrong: once *at* a time, by chance, or *when* a condition comes true.

    It lasts for its *duration*, to the end where none is said. By chance it comes after *mtbf* on
    average and goes after *mttr*, both exponential, at each target by itself. *when* is looked at
    each second. *target* is a name, or a pattern with `*`, of hosts or pools.

    - **host-down**: a host loses its power. Nobody knows until 150 s have passed since its last
      ping, looked at each minute; then its record says Down, its commands fail, new ones at
      once, and its VMs are Stopped (there is no HA). With its power its agent is back.
    - **agent-disconnect**: a host's agent loses its connection, and comes back 5 s later unless
      told otherwise. The server knows at once: its commands fail, new ones too. VMs go on.
    - **pool-slow**: copies to the pool and commands about its volumes and the VMs that have them
      are *factor* times as fast, which is reached in a *ramp*.
    - **pool-full**, **pool-maintenance**: no new volume comes there, be it made, moved or
      migrated; what is there is attached and detached as ever (semantics 1.4).
    - **ms-restart**: all jobs fail, their states are rolled back, queued work is lost (5.4). The
      server is away for 60 s unless told otherwise; who calls then knocks until it answers.
    - **lost-answer**: a host does what it was told but the answer is lost: the command fails
      after *wait*, 1800 s unless told otherwise. The records stand as if the host had refused.
    - **stuck-job**: a piece of work hangs for ever at its first step. After an hour the server
      gives it up and goes on with its VM's queue (5.4); its thread stays taken.
    - **db-slow**: all steps of the management server are *factor* times as fast.
    - **mock**: as configureSimulator: answers come *wait* later, and are failures where there is a
      *result*.

    The last ones but db-slow hit the next *count* only, each with its *probability*; answers may be
    narrowed down to those to one *command*, or of the hosts that *target* means.
    """

    kind: Kind
    name: Name | None = None
    target: str | None = None
    at: Moment | None = None
    duration: Duration | None = None
    mtbf: Duration | None = None
    mttr: Duration | None = None
    when: Annotated[Condition, _Conditions()] | None = None
    factor: Speed | None = None
    ramp: Moment = 0.0
    command: CommandName | None = None
    probability: Chance | None = None
    count: Many | None = None
    wait: Duration | None = None
    result: Literal["fail", "fault"] | None = None


def named(parts: tuple[FaultPart, ...]) -> list[str]:
    """Return what each fault is called: its name, or its kind, numbered from the second on."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for part in parts:
        seen[part.kind] += not part.name
        number = f"-{seen[part.kind]}" if seen[part.kind] > 1 else ""
        found.append(part.name or part.kind + number)
    return found

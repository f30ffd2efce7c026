"""What is wrong in a world: hosts that are away, slow pools, a slow database, lost answers.

A world has no trouble unless a study makes some. Whatever it is, jobs end as they do when a
host refuses: their flows put back what they had changed.
"""

from dataclasses import dataclass
from math import inf, prod
from typing import TYPE_CHECKING

from simpy.events import Timeout

from simulator.domain.errors import Broke
from simulator.domain.records import USER_KINDS
from simulator.domain.states import VmEvent, VmState
from simulator.engine.slots import Signal

if TYPE_CHECKING:
    from simulator.domain.inventory import Host, StoragePool
    from simulator.engine.world import Flow, World

_STUCK = "work"
"""The step that hangs in stuck work: the first one once it is its turn."""
_REASONS = {"Down": "host down", "Disconnected": "agent lost"}
"""Why a command fails, by the state of its host."""


class Answer(Signal):
    """What the sender of a command waits for; *lost* says why it will not come."""

    lost = ""


@dataclass(slots=True)
class Strike:
    """What befalls commands, or work where it is *stuck*: *left* more times, each by *chance*.

    It holds for *command* and for the *hosts* (ids) named, for all where there are none. The
    answer comes *wait_s* late, or only then where it is *lost*; with a *reason* it is a failure.
    """

    name: str
    stuck: bool = False
    command: str | None = None
    hosts: frozenset[str] | None = None
    chance: float = 1.0
    left: float = inf
    wait_s: float = 0.0
    lost: bool = False
    reason: str = ""

    def means(self, host: "Host | None", command: str) -> bool:
        """Return whether a command to a host could be hit."""
        named = self.hosts is None or (host is not None and host.id in self.hosts)
        return named and self.command in {None, command}


class Trouble:
    """All trouble of a world, by who makes it: what several make ends with the last of them.

    *database* is how fast the database is beside what it is when all is well.
    """

    def __init__(self, world: "World") -> None:
        self.world = world
        self.database = 1.0
        self.strikes: list[Strike] = []
        self._mute: dict[str, dict[str, None]] = {}
        self._away: dict[str, dict[str, str]] = {}
        self._hosts: dict[str, Host] = {}
        self._asked: dict[str, dict[Answer, None]] = {}
        self._speeds: dict[str, dict[str, float]] = {}
        self._shut: dict[str, dict[str, bool]] = {}
        self._pools: dict[str, StoragePool] = {}

    def mute(self, maker: str, host_id: str) -> None:
        """Have a host answer nothing from now on; nobody knows yet."""
        self._mute.setdefault(host_id, {})[maker] = None

    def lose(self, maker: str, host_id: str, state: str) -> None:
        """Have the server know that a host is away: what it was asked fails, new commands too."""
        store = self.world.store
        self._hosts.setdefault(host_id, store.hosts[host_id])
        self._away.setdefault(host_id, {})[maker] = state
        self._show(host_id)
        self._hang_up(host_id, _REASONS[state])

    def regain(self, maker: str, host_id: str) -> None:
        """Have a host's agent connect again; what it never answered fails."""
        self._mute.get(host_id, {}).pop(maker, None)
        if self._away.get(host_id, {}).pop(maker, None) is not None:
            self._show(host_id)
        self._hang_up(host_id, "agent lost")

    def power_off(self, host_id: str) -> None:
        """Have the VMs on a host be Stopped once all that is due now has happened to them."""
        env = self.world.env
        env.wake(f"power off {host_id}", env.now, lambda: self._power_off(host_id))

    def _power_off(self, host_id: str) -> None:
        store, now_s = self.world.store, self.world.env.now
        for vm in [store.vms[vm_id] for vm_id in store.vms_on.get(host_id, ())]:
            if vm.kind in USER_KINDS and vm.state is VmState.RUNNING:
                off = vm.on(VmEvent.POWERED_OFF, host_id=None, updated_s=now_s, halted=True)
                store.put_vm(off)

    def _show(self, host_id: str) -> None:
        """Have the host's record say what the server knows."""
        states = self._away[host_id].values()
        before, hosts = self._hosts[host_id], self.world.store.hosts
        worst = "Down" if "Down" in states else next(iter(states), before.state)
        hosts[host_id] = hosts[host_id]._replace(state=worst)

    def _hang_up(self, host_id: str, reason: str) -> None:
        for answer in list(self._asked.get(host_id, ())):
            answer.lost = reason
            answer.fire()

    def slow(self, maker: str, pool_id: str, speed: float) -> None:
        """Have a pool, "" for the database, be so fast beside what it is when all is well."""
        self._speeds.setdefault(pool_id, {})[maker] = speed
        if not pool_id:
            self.database = self._speed(pool_id)
            return
        rate = self.world.capacities.pool_bytes_per_s
        self.world.bandwidth(pool_id).change(rate * self._speed(pool_id))

    def shut(self, maker: str, pool_id: str, *, full: bool) -> None:
        """Have no new volume placed on a pool: it is full, or in maintenance."""
        self._pools.setdefault(pool_id, self.world.store.pools[pool_id])
        self._shut.setdefault(pool_id, {})[maker] = full
        self._shelve(pool_id)

    def open(self, maker: str, pool_id: str) -> None:
        """Take back what *maker* shut."""
        self._shut[pool_id].pop(maker, None)
        self._shelve(pool_id)

    def _shelve(self, pool_id: str) -> None:
        before, shut = self._pools[pool_id], self._shut[pool_id].values()
        self.world.store.pools[pool_id] = self.world.store.pools[pool_id]._replace(
            state="Maintenance" if False in shut else before.state,
            capacity_bytes=0 if True in shut else before.capacity_bytes,
        )

    def _speed(self, pool_id: str | None) -> float:
        return prod(self._speeds.get(pool_id, {}).values()) if pool_id is not None else 1.0

    def _speed_for(self, subject: str) -> float:
        """Return the speed of the pool of a volume, or the slowest of a VM's pools."""
        store = self.world.store
        volume = store.volumes.get(subject)
        if volume is not None:
            return self._speed(volume.pool_id)
        return min((self._speed(v.pool_id) for v in store.siblings(subject)), default=1.0)

    def sticks(self, step: str) -> bool:
        """Return whether a piece of work hangs in *step*."""
        if step != _STUCK:
            return False
        return any(strike.stuck and self._hits(strike) for strike in self.strikes)

    def _hits(self, strike: Strike) -> bool:
        if strike.left <= 0:
            return False
        name, draws = f"fault/{strike.name}", self.world.draws
        dice = self.world.dice(name) if draws is None else draws.of(name)
        hit = dice.random() < strike.chance
        strike.left -= hit
        return hit

    def answer(
        self, host: "Host | None", command: str, subject: str, took_s: float, failure: str
    ) -> "Flow":
        """Wait for the answer to a command that takes *took_s* when all is well; else Broke."""
        if host is not None:
            away = next(iter(self._away.get(host.id, {}).values()), "")
            if away:
                raise Broke(failure, reason=_REASONS[away])
        took_s /= self._speed_for(subject)
        reason = ""
        for strike in self.strikes:
            if not strike.stuck and strike.means(host, command) and self._hits(strike):
                took_s = strike.wait_s if strike.lost else took_s + strike.wait_s
                reason = reason or strike.reason
        answer = Answer(self.world.env)
        if host is None or not self._mute.get(host.id):
            Timeout(self.world.env, took_s).callbacks.append(lambda _: _come(answer))
        asked = self._asked.setdefault(host.id if host else "", {})
        asked[answer] = None
        try:
            yield answer
        finally:
            del asked[answer]
        if answer.lost or reason:
            raise Broke(failure, reason=answer.lost or reason)


def _come(answer: Answer) -> None:
    if not answer.triggered:
        answer.fire()

"""Faults at work: when each comes and goes, and what it then does to a replication's world."""

from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from simulator.engine.store import Store
from simulator.engine.trouble import Strike
from study.fault_plan import AT_HOSTS, AT_POOLS, SLOWS, STRIKES, FaultPart

if TYPE_CHECKING:
    from simulator.engine.trouble import Trouble
    from study.replication import Replication

PING_S, PINGS = 60.0, 2.5
"""How often hosts ping, and how many pings may be missing (semantics 10.2)."""
COMMAND_WAIT_S = 1800.0
RECONNECT_S, SERVER_START_S = 5.0, 60.0
_LOOK_S = 1.0
_STEPS = 20
"""Of a ramp."""


def targets_of(part: FaultPart, store: Store) -> dict[str, str]:
    """Return the names of the hosts or pools that are meant, by id; of all of them for no target.

    What has that name is meant, else everything that the pattern fits.
    """
    rows = store.pools.values() if part.kind in AT_POOLS else store.hosts.values()
    wanted = part.target or "*"
    exact = {row.id: row.name for row in rows if row.name == wanted}
    return exact or {row.id: row.name for row in rows if fnmatchcase(row.name, wanted)}


class Mishap:
    """One fault of a study in one replication; *times* it came, *lasted_s* in all targets."""

    def __init__(self, run: "Replication", trouble: "Trouble", part: FaultPart, name: str) -> None:
        self.run, self.trouble, self.part, self.name = run, trouble, part, name
        self.targets = targets_of(part, run.world.store)
        places = self.targets if part.kind in AT_POOLS | AT_HOSTS else {"": ""}
        self._dice = {place: run.dice(f"fault/{name}/{places[place]}") for place in places}
        self._since: dict[str, float] = {}
        self._strikes: dict[str, Strike] = {}
        self._visits: Counter[str] = Counter()
        self._held = False
        self.times, self._lasted_s = 0, 0.0

    def open(self) -> None:
        """Set when it comes first."""
        part = self.part
        if part.when is not None:
            self._look()
            return
        for place, dice in self._dice.items():
            due_s = part.at if part.mtbf is None else dice.expovariate(1 / part.mtbf)
            self._after(due_s or 0.0, partial(self._come, place))

    def lasted_s(self) -> float:
        """Return for how long it was there until now."""
        now_s = self.run.now_s
        return self._lasted_s + sum(now_s - since_s for since_s in self._since.values())

    def _after(self, delay_s: float, then: Callable[[], None]) -> None:
        self.run.world.later(delay_s, then)

    def _look(self) -> None:
        """Come if the condition has come true."""
        when = self.part.when
        holds = when is not None and when.holds(self.run.gauge(when.gauge))
        if holds and not self._held:
            for place in self._dice:
                if place not in self._since:
                    self._come(place)
        self._held = holds
        self._after(_LOOK_S, self._look)

    def _come(self, place: str) -> None:
        self.times += 1
        self._visits[place] += 1
        self._since[place] = self.run.now_s
        lasts_s = self._lasts_s(place)
        self._begin(place, lasts_s)
        if lasts_s < inf:
            self._after(lasts_s, partial(self._go, place))

    def _go(self, place: str) -> None:
        self._lasted_s += self.run.now_s - self._since.pop(place)
        self._end(place)
        if self.part.mtbf is not None:
            next_s = self._dice[place].expovariate(1 / self.part.mtbf)
            self._after(next_s, partial(self._come, place))

    def _lasts_s(self, place: str) -> float:
        if self.part.mttr is not None:
            return self._dice[place].expovariate(1 / self.part.mttr)
        usual = {"agent-disconnect": RECONNECT_S, "ms-restart": SERVER_START_S}
        return self.part.duration or usual.get(self.part.kind, inf)

    def _still(self, place: str) -> Callable[[], bool]:
        """Return what tells later whether it has been there ever since."""
        visit = self._visits[place]
        return lambda: place in self._since and self._visits[place] == visit

    def _begin(self, place: str, lasts_s: float) -> None:
        kind, trouble = self.part.kind, self.trouble
        if kind == "host-down":
            self._power_cut(place)
        elif kind == "agent-disconnect":
            trouble.lose(self.name, place, "Disconnected")
        elif kind in SLOWS:
            self._slow(place)
        elif kind in AT_POOLS:
            trouble.shut(self.name, place, full=kind == "pool-full")
        elif kind in STRIKES:
            self._strikes[place] = self._strike()
            trouble.strikes.append(self._strikes[place])
        else:
            self.run.restart(lasts_s)

    def _end(self, place: str) -> None:
        kind, trouble = self.part.kind, self.trouble
        if kind == "host-down":
            trouble.regain(self.name, place)
            trouble.power_off(place)
        elif kind == "agent-disconnect":
            trouble.regain(self.name, place)
        elif kind in SLOWS:
            trouble.slow(self.name, place, 1.0)
        elif kind in AT_POOLS:
            trouble.open(self.name, place)
        elif kind in STRIKES:
            trouble.strikes.remove(self._strikes.pop(place))

    def _power_cut(self, host_id: str) -> None:
        """Take a host's power; the server learns of it when enough pings are missing."""
        self.trouble.mute(self.name, host_id)
        dice, still = self._dice[host_id], self._still(host_id)
        last_ping_s, round_s = dice.uniform(0, PING_S), dice.uniform(0, PING_S)

        def notice() -> None:
            if still():
                self.trouble.lose(self.name, host_id, "Down")
                self.trouble.power_off(host_id)

        self._after(PINGS * PING_S - last_ping_s + round_s, notice)

    def _slow(self, place: str) -> None:
        """Go to the speed that is meant, at once or in steps."""
        factor, ramp_s, still = self.part.factor or 1.0, self.part.ramp, self._still(place)
        if not ramp_s:
            self.trouble.slow(self.name, place, factor)
            return

        def step(number: int) -> None:
            if still():
                self.trouble.slow(self.name, place, 1 + (factor - 1) * number / _STEPS)

        for number in range(1, _STEPS + 1):
            self._after(ramp_s * number / _STEPS, partial(step, number))

    def _strike(self) -> Strike:
        part = self.part
        lost = part.kind == "lost-answer"
        return Strike(
            name=self.name,
            stuck=part.kind == "stuck-job",
            command=part.command,
            hosts=frozenset(self.targets) if part.target else None,
            chance=part.probability or 1.0,
            left=part.count or inf,
            wait_s=part.wait or (COMMAND_WAIT_S if lost else 0.0),
            lost=lost,
            reason="no answer" if lost else "mock" if part.result else "",
        )

"""The running cloud: a clock, the records, the queues, and one way to send a host a command."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from functools import partial
from math import isfinite
from random import Random
from typing import TYPE_CHECKING, Any, get_origin, get_type_hints

from simpy import Event

from simulator.domain.access import may_use
from simulator.domain.dialect import SPEC, Dialect, Quirk
from simulator.domain.faults import WHY, Fault, take
from simulator.domain.hypervisors import DEFAULT_MAX_DATA_VOLUMES, Capability, capability
from simulator.domain.inventory import Host, Hypervisor
from simulator.domain.limits import (
    Resource,
    account_text,
    default_limit,
    domain_text,
    exceeds,
    setting_of,
)
from simulator.domain.placement import Room
from simulator.domain.records import Account, Domain, Role, Vm
from simulator.domain.settings import Settings
from simulator.engine import hosts
from simulator.engine.clock import Clock, Lapse
from simulator.engine.counts import owned_by
from simulator.engine.errors import Notes, report
from simulator.engine.history import History
from simulator.engine.latency import Capacities, Latency, Timings
from simulator.engine.parts import Parts
from simulator.engine.reserving import reserved_in
from simulator.engine.slots import Shared, Slots
from simulator.engine.store import Store

if TYPE_CHECKING:
    from simulator.domain.errors import Broke
    from simulator.engine.draws import Draws
    from simulator.engine.exchange import Exchange
    from simulator.engine.trouble import Trouble

_ROOT_ADMIN = Role.ADMIN
Flow = Generator[Event, Any, Any]
_STEPS = (
    "api", "work", "plan", "refuse", "allocate", "backup", "delete", "pickup", "read",
)  # fmt: skip
"""The fields of Timings that are one latency."""
_ON_DEVICES = frozenset({"AttachCommand", "DettachCommand"})


class World:
    """Mutable shell around immutable records; one seed decides everything.

    *label* is what the event made last stands for, *exchanges* the synchronous calls that have no
    reply yet, *on_bug* what is done with an error nobody expected, *notes* what was ignored.
    *draws* are those of the job that goes on, in a study; else latencies come from one stream a
    step. *trouble* is what a study's faults made. What is typed here is plain data, empty at first.
    """

    faults: dict[str, list[Fault]]  # what befalls the next commands of a name
    power: dict[str, str]  # VM -> host it really runs on, "" for none, until the next ping
    sent: list[tuple[float, str, str, str]]  # at_s, host, command, subject
    refusals: list[str]
    claims: Counter[str]
    bugs: list[tuple[float, str, str]]  # at_s, command or timer, error
    slowed: dict[str, float]  # pool -> its speed, 1 being what it is when all is well
    pace: dict[str, float]  # the clock that was asked for -> wall second at simulated second 0

    def __init__(
        self,
        *,
        seed: int = 0,
        dialect: Dialect = SPEC,
        timings: Timings | None = None,
        capacities: Capacities | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.env, self.parts, self.label = Clock(), Parts(), ""
        self.exchanges: dict[Exchange, None] = {}
        self.draws: Draws | None = None
        self.trouble: Trouble | None = None
        self.seed, self.dialect = seed, dialect
        self.timings = timings or Timings()
        self.capacities = capacities or Capacities()
        self.settings = settings or Settings()
        self._dice: dict[str, Random] = {}
        self.store = Store(self.dice("ids"))
        for name, hint in get_type_hints(World).items():
            setattr(self, name, get_origin(hint)())
        self.env.on_bug = partial(report, self)
        self.on_bug = self.env.raise_after_instant
        self.notes, self.history = Notes(), History()
        self._bandwidth: dict[str, Shared] = {}
        self._steps: dict[str, tuple[Latency, Random]] = {
            step: (getattr(self.timings, step), self.dice(step)) for step in _STEPS
        }
        self.open_for_business()

    def open_for_business(self) -> None:
        """Give the management server new pools and queues; what it asked of hosts is forgotten."""
        size, make = self.capacities, self.parts
        self.settings.boot()
        make.opened()
        self._agents: dict[str, tuple[Slots, ...]] = {}
        self.api = make.slots(self.env, "API threads", size.api_threads)
        cores = isfinite(size.cores)
        self._cores = make.shared(self.env, "cores", size.cores, 1.0) if cores else None
        slow = Quirk.SLEEPY_LOCK in self.dialect
        self.queue = make.queue(
            self.env,
            make.slots(self.env, "work threads", size.work_threads),
            size.tick_s,
            size.tick_batch,
            lock_s=size.lock_s if slow else 0.0,
            lock_retry_s=size.lock_retry_s,
        )
        self.queue.history = self.history

    def dice(self, name: str) -> Random:
        """Return the random stream called *name*; streams never disturb each other."""
        dice = self._dice.get(name)
        if dice is None:
            dice = self._dice[name] = Random(f"{self.seed}/{name}")
        return dice

    def streams(self) -> Iterable[tuple[str, Random]]:
        """Return every random stream that was ever asked for, by name."""
        return self._dice.items()

    def spend(self, step: str) -> Event:
        """Return the event after the time that *step*, a field of Timings, takes.

        Where processors are counted, it is processor time, of which all steps get equal shares.
        """
        self.label, took_s = step, self.takes_s(step)
        if self.trouble is not None and self.trouble.sticks(step):
            self.label = "stuck"
            return Event(self.env)
        if self._cores is not None and step != "backup":
            return self._cores.take(took_s)
        return Lapse(self.env, took_s)

    def takes_s(self, step: str) -> float:
        """Draw how long *step* takes."""
        latency, dice = self._steps[step]
        took_s = latency(dice if self.draws is None else self.draws.of(step))
        return took_s if self.trouble is None else took_s / self.trouble.database

    def later(self, delay_s: float, then: Callable[[], None]) -> None:
        """Do *then* after *delay_s*, whatever becomes of the management server."""
        self.env.later(delay_s, then)

    def advance(self, seconds: float) -> None:
        """Let *seconds* pass, what happens exactly at their end included."""
        self.env.reach(self.env.now + seconds)

    def send(
        self, host: Host | None, command: str, subject: str, failure: str = WHY, late: str = ""
    ) -> Flow:
        """Send a host *command* and wait for its answer; raise Broke with *failure* if it fails.

        TimedOut with *late* or *failure* where it comes too late; WHY in either is what went wrong.
        A KVM agent works on five requests at a time, and attaches or detaches one disk at a time
        (semantics 10.2). *host* None is a command that some storage host answers.
        """
        agent, taken = self._agent(host), 0
        if command not in _ON_DEVICES:
            agent = agent[:1]
        name = host.name if host else "storage"
        try:
            for slots in agent:
                wait = slots.grab()
                if wait is not None:
                    self.label = "agent"
                    yield wait
                taken += 1
            latency = self.timings.commands[command]
            self.label = "host" if host else "storage"
            took_s = latency(self.dice(command) if self.draws is None else self.draws.of(command))
            error: Broke | None = None
            fault = take(self.faults, command) if self.faults else None
            if fault is not None:
                took_s, error = hosts.befall(self, fault, host, command, took_s, (failure, late))
            if self.trouble is None:
                yield Lapse(self.env, took_s)
            else:
                text = hosts.refused(failure)
                yield from self.trouble.answer(host, command, subject, took_s, text)
            self.sent.append((self.env.now, name, command, subject))
            if error is not None:
                raise error
        finally:
            while taken:
                taken -= 1
                agent[taken].drop()

    def _agent(self, host: Host | None) -> tuple[Slots, ...]:
        if host is None:
            return ()
        agent = self._agents.get(host.id)
        if agent is None:
            size, make = self.capacities, self.parts.slots
            if host.hypervisor is Hypervisor.KVM:
                device = make(self.env, "agent devices", 1)
                agent = make(self.env, "agent workers", size.kvm_agent_workers), device
            else:
                agent = (make(self.env, "agent workers", size.direct_agent_workers),)
            self._agents[host.id] = agent
        return agent

    def copy(self, pool_id: str, size_bytes: int) -> Event:
        """Return the end of a copy to a pool, whose bandwidth all its copies share."""
        self.label = "copy"
        return self.bandwidth(pool_id).take(size_bytes)

    def bandwidth(self, pool_id: str) -> Shared:
        """Return the bandwidth of a pool."""
        if pool_id not in self._bandwidth:
            name = f"pool {self.store.pools[pool_id].name}"
            per_s = self.capacities.pool_bytes_per_s * self.slowed.get(pool_id, 1.0)
            self._bandwidth[pool_id] = self.parts.shared(self.env, name, per_s)
        return self._bandwidth[pool_id]

    def may(self, caller: Account, owner_id: str) -> bool:
        """Return whether *caller* may use what account *owner_id* owns."""
        if caller.role is _ROOT_ADMIN:
            return True
        return may_use(caller, self.store.accounts[owner_id], self.store.domains)

    def room(self) -> Room:
        """Return how full pools are and may get."""
        threshold = self.settings.number("pool.storage.allocated.capacity.disablethreshold")
        factor = self.settings.number("storage.overprovisioning.factor")
        return Room(self.store.allocated_bytes, threshold, factor)

    def max_data(self, vm: Vm) -> int:
        """Return how many data disks a VM may have, by its host's version (semantics 1.7)."""
        host = self.store.hosts.get(vm.host_id or vm.last_host_id or "")
        return self.max_data_on(vm.hypervisor, host.version if host else None)

    def max_data_on(self, hypervisor: Hypervisor, version: str | None) -> int:
        """Return how many data disks a VM may have on a version of a hypervisor."""
        row = self.capability(hypervisor, version)
        return row.max_data_volumes if row else DEFAULT_MAX_DATA_VOLUMES

    def capability(self, hypervisor: Hypervisor, version: str | None) -> Capability | None:
        """Return what a version of a hypervisor can, as an administrator may have changed it."""
        row = capability(hypervisor, version, self.dialect.traits)
        if (changed := self.store.capabilities) and row is not None:
            exact = row._replace(version=version or "")
            row = changed.get(exact.key) or changed.get(row.key) or row
        return row

    def limit(self, account: Account, resource: Resource) -> int:
        """Return what an account may own of *resource*; -1 is unlimited."""
        if account.role is _ROOT_ADMIN:
            return -1
        if (account.id, resource) in self.store.limits:
            return self.store.limits[account.id, resource]
        owner = "project" if account.role is Role.PROJECT else "account"
        return default_limit(resource, self.settings.number(setting_of(resource, owner)))

    def domain_limit(self, domain: Domain, resource: Resource) -> int:
        """Return what a domain may own: by its own row, an ancestor's, or the default (6.2)."""
        if domain.parent_id is None:
            return -1
        at = domain
        while at.parent_id is not None:
            if (at.id, resource) in self.store.limits:
                return self.store.limits[at.id, resource]
            at = self.store.domains[at.parent_id]
        return default_limit(resource, self.settings.number(setting_of(resource, "domain")))

    def over_limits(self, account_id: str, *wanted: tuple[Resource, int]) -> str:
        """Return the refusal of the first resource that there is no room for, else ""."""
        refusals = (self.over_limit(account_id, resource, more) for resource, more in wanted)
        return next((text for text in refusals if text), "")

    def over_limit(self, account_id: str, resource: Resource, more: int, reserved: int = 0) -> str:
        """Return the refusal if *more*, beside *reserved*, is over a limit, else "" (6.2)."""
        store, account = self.store, self.store.accounts[account_id]
        domain = store.domains[account.domain_id]
        own = self.limit(account, resource)
        current = owned_by(store, {account_id}, resource)
        held = reserved + store.reserved[account_id, resource]
        if exceeds(own, current + held, more):
            return account_text(resource, account, domain, own, current, more, self.dialect, held)
        while domain.parent_id is not None:
            limit = self.domain_limit(domain, resource)
            below = (a for a in store.accounts.values() if domain.holds(store.domains[a.domain_id]))
            total = owned_by(store, {a.id for a in below}, resource)
            held = reserved + reserved_in(store, domain, resource)
            if account.role is not _ROOT_ADMIN and exceeds(limit, total + held, more):
                return domain_text(resource, domain, limit, total, more, self.dialect, held)
            domain = store.domains[domain.parent_id]
        return ""

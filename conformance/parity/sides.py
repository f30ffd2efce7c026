"""The clouds that are compared: simulated in this process, or at the other end of a line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from faker import Faker

from conformance import runs
from conformance.cleaning import Leftover
from conformance.contact import Contact
from conformance.foreign import swept
from conformance.lanes import Caller, Lane
from conformance.ledger import Ledger
from conformance.line import HttpCloud, Line
from conformance.offers import Offers
from conformance.parity.common import Common, listed, observed
from conformance.target_file import Budget
from conformance.wire import WireCloud
from simulator import boot
from steps.people import People
from steps.places import Places
from steps.site import Site

_SIMULATOR = "Simulator"


class Side(Protocol):
    """One of the clouds: it gives a fresh site for each attempt."""

    name: str
    dialect: str
    release: str
    places: Places
    account: Mapping[str, Any]

    def common(self) -> Common:
        """Return what operations could be drawn from here."""

    def enter(self) -> Site:
        """Return where the next attempt runs: nothing is there yet."""

    def leave(self) -> None:
        """Remove what the attempt left there."""

    def close(self) -> list[Leftover]:
        """Remove everything and prove it; return what is left."""


class InProcess:
    """Clouds simulated in this process, a new one for each attempt; their time is virtual."""

    release = ""
    account: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, name: str, dialect: str, hypervisor: str, seed: int) -> None:
        self.name, self.dialect, self._hypervisor, self._seed = name, dialect, hypervisor, seed
        self.enter()

    def common(self) -> Common:
        """Return what operations could be drawn from here."""
        return observed(self._site.cloud, self.places, self._site.own_part, Budget())

    def enter(self) -> Site:
        """Boot a cloud, make the room in it."""
        preset = "simulator" if self._hypervisor == _SIMULATOR else "mixed"
        cloud = boot(preset, seed=self._seed, dialect=self.dialect)
        named = f"{runs.PREFIX}inproc00-".__add__
        reply = cloud.call("createDomain", name=named("lane0-1"))
        domain_id = str(reply.body["domain"]["id"])
        faker = Faker()
        faker.seed_instance(self._seed)
        people = People(cloud, faker, parent_id=domain_id, named=named)
        self.places = Places(
            lambda command, key, **text: listed(cloud, command, key, **text),
            {"hypervisor": self._hypervisor} if self._hypervisor else {},
        )
        self._site = Site(cloud, cloud, named, people, domain_id)
        return self._site

    def leave(self) -> None:
        """Forget the cloud."""

    def close(self) -> list[Leftover]:
        """Return nothing: the clouds are gone."""
        return []


class Remote:
    """The cloud on *line*, in which each attempt gets a cleaned room of the run's own."""

    def __init__(self, line: Line, met: Contact, run: str) -> None:
        target = line.target
        self.name, self.url, self.run = target.name, line.url, run
        self.dialect, self.release = met.dialect.name, met.version
        self.account = met.account
        kind = WireCloud if met.is_stage else HttpCloud
        self._cloud = kind(line, target.key, target.secret)
        self.places = Places(
            lambda command, key, **text: listed(self._cloud, command, key, **text), target.roles
        )
        self._budget, self._job_timeout_s = target.budget, target.job_timeout_s
        self._part = Offers(met, self.places, target.allow).part
        self._caller = Caller(self._part, str(met.account.get("domainid", "")), met.account)

    @property
    def read_only(self) -> bool:
        """Return whether the key can create nothing."""
        return not self._part

    def common(self) -> Common:
        """Return what operations could be drawn from here."""
        return observed(self._cloud, self.places, self._part, self._budget)

    def open(self) -> None:
        """Begin the run: from now on what is created stands in its ledger."""
        self._ledger = Ledger(runs.file_of(self.run))
        self._ledger.begin(self.run, self.url)
        self._lane = Lane(
            self._cloud, self._cloud, self._caller, self._ledger, self.run,
            places=self.places, job_timeout_s=self._job_timeout_s, together=False,
        )  # fmt: skip

    def enter(self) -> Site:
        """Return the room, cleaned."""
        return self._lane.site()

    def leave(self) -> None:
        """Remove what the attempt left there."""
        self._lane.tidy()

    def close(self) -> list[Leftover]:
        """Remove everything and prove it; return what is left."""
        return swept(self._cloud, self._ledger, self._job_timeout_s)

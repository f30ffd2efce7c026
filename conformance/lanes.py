"""A lane: a domain of the run's own in a cloud, whose accounts outlive a scenario."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from faker import Faker

from conformance.cleaning import Cleaner, Leftover
from conformance.ledger import Ledger
from conformance.ledgered import Book, LedgeredCloud
from simulator.port import Cloud
from steps.people import People, body
from steps.places import Places
from steps.site import Site

_UNSETTLING = frozenset({
    "disableAccount", "enableAccount", "lockAccount", "updateAccount", "deleteAccount",
    "disableUser", "enableUser", "lockUser", "updateUser", "deleteUser", "createUser", "moveUser",
    "registerUserKeys", "deleteUserKeys", "updateResourceLimit", "updateDomain", "deleteDomain",
    "createRolePermission", "updateRolePermission", "updateRole", "updateResourceCount",
})  # fmt: skip
"""Commands after which a lane's accounts are not what they were."""


@dataclass
class Caller:
    """Whose key it is: the *part* it plays, and its domain."""

    part: str
    domain_id: str


@dataclass
class Lane:
    """One lane of a run at a cloud that is nobody's stage.

    Its accounts are made once and used by one scenario after the other; what a scenario created
    is removed at its end. *number* tells lanes apart, *run* is the prefix of all names.
    """

    cloud: Cloud
    caller: Caller
    ledger: Ledger
    run: str
    number: int = 0
    places: Places | None = None
    job_timeout_s: float = 600.0
    now_s: Callable[[], float] = time.monotonic
    _site: Site | None = None
    _generation: int = 0

    @property
    def name(self) -> str:
        """The lane in the ledger; what outlives a scenario stands under `NAME/accounts`."""
        return f"{self.run}-{self.number}"

    def named(self, name: str) -> str:
        """Return *name* as one that others can tell from theirs."""
        return f"{self.run}-{name}"

    def site(self) -> Site:
        """Return where the next scenario runs, its accounts and domain made if need be."""
        if self._site is None:
            self._site = self._furnished()
        self._site.created.clear()
        return self._site

    def _furnished(self) -> Site:
        own = self.caller.part == "owner"
        self._book = book = Book(self.ledger, self.name, self.named, everywhere=own)
        site = Site(
            LedgeredCloud(self.cloud, book),
            None,
            self.named,
            own_part=self.caller.part,
            job_timeout_s=self.job_timeout_s,
            clock=self.now_s,
            created=book.created,
            places=self.places,
            changed=book.changed,
        )
        if own:
            return site
        self._generation += 1
        label = f"lane{self.number}-{self._generation}"
        above = self.caller.part != "root admin"
        parent = {"parentdomainid": self.caller.domain_id} if above else {}
        kept = LedgeredCloud(self.cloud, book, f"{self.name}/accounts")
        made = body(kept.call("createDomain", name=self.named(label), **parent))
        site.domain_id = made["domain"]["id"]
        faker = Faker()
        faker.seed_instance(f"{self.name}/{self._generation}")
        site.people = People(kept, faker, parent_id=site.domain_id, named=self.named)
        return site

    def tidy(self) -> list[Leftover]:
        """Remove what the last scenario created; new accounts next time if it changed them."""
        if self._site is None:
            return []
        cleaner = self.cleaner()
        if self._site.domain_id:
            cleaner.adopt(self._site.domain_id, self.name)
        left = cleaner.clean(self.name)
        if left or self._book.called & _UNSETTLING:
            self._site = None
        self._book.called.clear()
        return left

    def cleaner(self) -> Cleaner:
        """Return who removes what this run created."""
        site = self._site
        pause = site.pause if site else (lambda _: None)
        return Cleaner(self.ledger, self.cloud, pause, self.now_s, self.job_timeout_s)

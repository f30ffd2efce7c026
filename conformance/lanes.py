"""A lane: rooms in a cloud that others use, in which one scenario runs after the other."""

import queue
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from faker import Faker

from conformance.cleaning import Cleaner
from conformance.ledger import Ledger
from conformance.ledgered import Book, LedgeredCloud
from conformance.target_file import Budget
from simulator.port import Cloud
from steps.people import People, body
from steps.places import Places
from steps.site import Site

ROOMS = 3
"""Rooms of a lane: one in use, the others being cleaned."""
_UNSETTLING = frozenset({
    "disableAccount", "enableAccount", "lockAccount", "updateAccount", "deleteAccount",
    "disableUser", "enableUser", "lockUser", "updateUser", "deleteUser", "createUser", "moveUser",
    "registerUserKeys", "deleteUserKeys", "updateResourceLimit", "updateDomain", "deleteDomain",
    "createRolePermission", "updateRolePermission", "updateRole", "updateResourceCount",
})  # fmt: skip
"""Commands after which accounts are not what they were."""


@dataclass
class Caller:
    """Whose key it is: the *part* it plays, and its domain."""

    part: str
    domain_id: str


@dataclass
class Room:
    """A domain of the run with its accounts, used by one scenario at a time."""

    site: Site
    book: Book


@dataclass
class Lane:
    """One lane of a run at a cloud that is nobody's stage.

    A scenario gets a room, whose accounts are those that an earlier one made; what it created is
    removed while the next scenario runs in another room. *number* tells lanes apart, *run* is the
    prefix of all names, *cloud* is for scenarios and *quiet* for what nobody records. A room is
    cleaned before the next scenario if not *together* with it.
    """

    cloud: Cloud
    quiet: Cloud
    caller: Caller
    ledger: Ledger
    run: str
    number: int = 0
    places: Places | None = None
    job_timeout_s: float = 600.0
    budget: Budget = Budget()
    together: bool = True
    now_s: Callable[[], float] = time.monotonic
    _made: int = 0
    _room: Room | None = None
    _free: "queue.SimpleQueue[Room | None]" = field(default_factory=queue.SimpleQueue)
    _cleaners: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(ROOMS - 1, "cleaner")
    )

    def __post_init__(self) -> None:
        """Have as many rooms as a lane may, none of them built."""
        for _ in range(ROOMS if self.caller.part != "owner" else 1):
            self._free.put(None)

    def named(self, name: str, room: str = "") -> str:
        """Return *name* as one that others can tell from theirs, each *room* from the next."""
        return f"{self.run}-{room}-{name}" if room else f"{self.run}-{name}"

    def site(self) -> Site:
        """Return where the next scenario runs, once a room is free."""
        try:
            self._room = self._free.get() or self._built()
        except BaseException:
            self._free.put(None)
            raise
        self._room.book.created.clear()
        self._room.book.called.clear()
        return self._room.site

    def _built(self) -> Room:
        self._made += 1
        own, name = self.caller.part == "owner", f"{self.number}-{self._made}"
        named = partial(self.named, room=name.replace("-", "x"))
        book = Book(self.ledger, name, named, self.budget, everywhere=own)
        site = Site(
            LedgeredCloud(self.cloud, book),
            None,
            named,
            own_part=self.caller.part,
            job_timeout_s=self.job_timeout_s,
            clock=self.now_s,
            created=book.created,
            places=self.places,
            changed=book.changed,
        )
        if own:
            before = self.quiet.call("listNetworks", listall="true").body.get("network", [])
            book.networks |= {row["id"] for row in before}
            return Room(site, book)
        above = self.caller.part != "root admin"
        parent = {"parentdomainid": self.caller.domain_id} if above else {}
        kept = LedgeredCloud(self.cloud, book, f"{name}/accounts")
        created = body(kept.call("createDomain", name=self.named(f"lane{name}"), **parent))
        site.domain_id = created["domain"]["id"]
        faker = Faker()
        faker.seed_instance(f"{self.run}/{name}")
        site.people = People(kept, faker, parent_id=site.domain_id, named=named)
        return Room(site, book)

    def tidy(self) -> None:
        """Have what the last scenario created removed, while the next one runs."""
        room, self._room = self._room, None
        if room is not None and self.together:
            self._cleaners.submit(self._clean, room)
        elif room is not None:
            self._clean(room)

    def _clean(self, room: Room) -> None:
        """Clean a room and give it back, an unbuilt one in place of one that is not as it was."""
        good = False
        try:
            cleaner = Cleaner(self.ledger, self.quiet, self.now_s, self.job_timeout_s)
            if room.site.domain_id:
                cleaner.adopt(room.site.domain_id, room.book.lane)
            left = cleaner.clean(room.book.lane)
            good = not left and not room.book.called & _UNSETTLING
        finally:
            self._free.put(room if good else None)

    def close(self) -> None:
        """Wait until all that was created is removed, as far as it can be."""
        self._cleaners.shutdown(wait=True)

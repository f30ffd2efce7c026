"""A lane: rooms in a cloud that others use, in which one scenario runs after the other."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from faker import Faker

from conformance.cleaning import Cleaner
from conformance.ledger import Ledger
from conformance.ledgered import Book, LedgeredCloud
from conformance.restoring import Restorer, left_no_mark
from conformance.target_file import Budget
from simulator.port import Cloud
from steps.people import People, body
from steps.places import Places
from steps.site import Site
from steps.spares import Shelf

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
    """Whose key it is: the *part* it plays, its domain and its account, as it is listed."""

    part: str
    domain_id: str
    account: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Room:
    """A domain of the run with its accounts, used by one scenario at a time."""

    site: Site
    book: Book

    @property
    def spare_lane(self) -> str:
        """The lane of the ledger that its spare VM stands in."""
        return f"{self.book.lane}/spare"

    @property
    def form(self) -> str:
        """The form of the VM that is spare in it, "" for none."""
        shelf = self.site.shelf
        return shelf.spare.form if shelf is not None and shelf.spare is not None else ""


class Rooms:
    """The rooms of a lane that are free; None stands for one that is not built."""

    def __init__(self, count: int) -> None:
        self._free: list[Room | None] = [None] * count
        self._changed = threading.Condition()

    def put(self, room: Room | None) -> None:
        """Give a room back."""
        with self._changed:
            self._free.append(room)
            self._changed.notify()

    def take(self, form: str) -> Room | None:
        """Return a room as soon as one is free: with a spare VM of *form*, else the barest."""
        with self._changed:
            self._changed.wait_for(lambda: self._free)
            ranks = {form: 0, "": 1}
            room = min(self._free, key=lambda r: ranks.get(r.form, 3) if r else 2)
            self._free.remove(room)
            return room


@dataclass
class Lane:
    """One lane of a run at a cloud that is nobody's stage.

    A scenario gets a room, whose accounts are those that an earlier one made; what it created is
    removed while the next scenario runs in another room. *number* tells lanes apart, *run* is the
    prefix of all names, *cloud* is for scenarios and *quiet* for what nobody records. A room is
    cleaned before the next scenario if not *together* with it. With *spares* a VM that is as it
    was stays for the next scenario.
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
    spares: bool = False
    now_s: Callable[[], float] = time.monotonic
    _made: int = 0
    _room: Room | None = None
    _rooms: Rooms = field(init=False)
    _cleaners: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(ROOMS, "cleaner")
    )

    def __post_init__(self) -> None:
        """Have as many rooms as a lane may, none of them built."""
        own = self.caller.part == "owner"
        self._rooms = Rooms(1 if own else ROOMS)
        self.spares = self.spares and not own and self.budget.vms is None

    def named(self, name: str, room: str = "") -> str:
        """Return *name* as one that others can tell from theirs, each *room* from the next."""
        return f"{self.run}-{room}-{name}" if room else f"{self.run}-{name}"

    def site(self, form: str = "") -> Site:
        """Return where the next scenario runs, once a room is free; it begins with a VM of *form*.

        A room with another VM is given up: the scenario would see it.
        """
        room = None
        try:
            room = self._rooms.take(form)
            if room is not None and room.form not in {"", form}:
                self._have(self._give_up, room)
                room = None
            self._room = room or self._built()
        except BaseException:
            self._rooms.put(None)
            raise
        self._room.book.created.clear()
        self._room.book.called.clear()
        if self._room.site.shelf is not None:
            self._room.site.shelf.begin()
        return self._room.site

    def _built(self) -> Room:
        self._made += 1
        own, name = self.caller.part == "owner", f"{self.number}-{self._made}"
        named = partial(self.named, room=name.replace("-", "x"))
        book = Book(self.ledger, name, named, self.budget, everywhere=own)
        book.keeper = self.quiet
        site = Site(
            LedgeredCloud(self.cloud, book),
            None,
            named,
            own_part=self.caller.part,
            job_timeout_s=self.job_timeout_s,
            clock=self.now_s,
            created=book.created,
            places=self.places,
            shelf=Shelf() if self.spares else None,
        )
        if own:
            before = self.quiet.call("listNetworks", listall="true").body.get("network", [])
            book.networks |= {row["id"] for row in before}
            site.people = People(site.cloud, Faker(), named=named)
            site.people.callers["owner"] = site.cloud
            site.people.accounts["owner"] = dict(self.caller.account)
            return Room(site, book)
        above = self.caller.part != "root admin"
        parent = {"parentdomainid": self.caller.domain_id} if above else {}
        kept = LedgeredCloud(self.cloud, book, f"{name}/accounts")
        created = body(kept.call("createDomain", name=named("lane"), **parent))
        site.domain_id = book.home = created["domain"]["id"]
        book.above = self.caller.domain_id
        faker = Faker()
        faker.seed_instance(f"{self.run}/{name}")
        site.people = People(kept, faker, parent_id=site.domain_id, named=named)
        return Room(site, book)

    def tidy(self) -> None:
        """Have what the last scenario created removed, while the next one runs."""
        room, self._room = self._room, None
        if room is not None:
            self._have(self._clean, room)

    def _have(self, done: Callable[[Room], None], room: Room) -> None:
        """Have something done with a room, beside the next scenario if that may be."""
        if self.together:
            self._cleaners.submit(done, room)
        else:
            done(room)

    def _clean(self, room: Room) -> None:
        """Clean a room and give it back, an unbuilt one in place of one that is not as it was.

        The key's own account is not: what it may not expunge keeps its name until the cloud does.
        """
        good, own = False, not room.site.domain_id
        try:
            good = not room.book.called & _UNSETTLING and self._is_clean(room) and not own
        finally:
            self._rooms.put(room if good else None)
        if not good:
            self._give_up(room)

    def _is_clean(self, room: Room) -> bool:
        """Remove what is in a room, but for a spare VM that can be put back as it was."""
        cleaner = self._cleaner(room)
        shelf = room.site.shelf
        spare = shelf.spare if shelf is not None and left_no_mark(room.book.called) else None
        if spare is None or shelf is None:
            self._unstock(room)
            return not cleaner.clean(room.book.lane)
        self.ledger.move(spare.ids, room.spare_lane)
        if cleaner.clean(room.book.lane):
            return False
        restorer = Restorer(self.quiet, self.now_s, self.job_timeout_s)
        if shelf.is_used and not restorer.restored(spare):
            self._unstock(room)
            return not cleaner.clean(room.book.lane)
        return True

    def _unstock(self, room: Room) -> None:
        """Keep nothing for later scenarios."""
        shelf = room.site.shelf
        if shelf is not None and shelf.spare is not None:
            self.ledger.move(shelf.spare.ids, room.book.lane)
            shelf.spare = None

    def _give_up(self, room: Room) -> None:
        """Remove a room with all that is in it."""
        self._unstock(room)
        if room.site.domain_id:
            self._cleaner(room).clean(room.book.lane, f"{room.book.lane}/accounts")

    def _cleaner(self, room: Room) -> Cleaner:
        """Return who removes what is in a room, what nobody asked for there included."""
        cleaner = Cleaner(self.ledger, self.quiet, self.now_s, self.job_timeout_s)
        if room.site.domain_id:
            cleaner.adopt(room.site.domain_id, room.book.lane)
        return cleaner

    def close(self) -> None:
        """Wait until all that was created is removed, as far as it can be."""
        self._cleaners.shutdown(wait=True)

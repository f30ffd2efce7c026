"""Removing what a run created, and proving that nothing is left."""

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from conformance import former
from conformance.created import KINDS, ORDER, OWNED
from conformance.ledger import Entry, Ledger
from conformance.line import NoAnswer, Unreachable
from conformance.wire import Unstaged
from simulator.port import Cloud, Reply
from steps.site import back_off_s, waited

_TRIES = 4
_MOST_SILENT = 3
"""Calls in a row that nothing answered: the cloud is gone, and each takes a minute to tell."""
_EVERY = {"listall": "true", "templatefilter": "all", "isofilter": "all"}


class Leftover(NamedTuple):
    """What could not be removed: the entry, what the cloud answered, and the command to try."""

    entry: Entry
    answer: str
    command: str


class Cleaner:
    """Removes entries of *ledger* as *cloud*, youngest first within the order of kinds.

    A job is waited for *job_timeout_s* by the clock *now_s*.
    """

    def __init__(
        self,
        ledger: Ledger,
        cloud: Cloud,
        now_s: Callable[[], float],
        job_timeout_s: float,
    ) -> None:
        self._ledger, self._cloud = ledger, cloud
        self._now_s, self._job_timeout_s = now_s, job_timeout_s
        self._expunges = True
        self._silent = 0

    def adopt(self, domain_id: str, lane: str) -> None:
        """Write down what is in a domain of the run besides: a detached ROOT, a lost answer."""
        with suppress(NoAnswer):  # the end of the run looks again
            self._adopt(domain_id, lane)

    def _adopt(self, domain_id: str, lane: str) -> None:
        within = {"domainid": domain_id, "isrecursive": "true"}
        for kind in OWNED:
            for row in self._rows(kind, **within):
                inside = self._ledger.knows(row.get("domainid", ""))  # lists may show more
                if inside and not self._ledger.knows(row["id"]):
                    number = self._ledger.intend(lane, "listed", kind, row["name"])
                    self._ledger.there(number, row["id"])

    def adopt_domains(self) -> None:
        """Adopt what is in the domains of the run, until nothing answers any more."""
        silent = 0
        for entry in self._ledger.open_entries():
            if entry.kind != "domain" or not entry.id or silent >= _MOST_SILENT:
                continue
            try:
                if self._is_own_domain(entry):
                    self._adopt(entry.id, entry.lane)
            except NoAnswer:
                silent += 1
            else:
                silent = 0

    def _is_own_domain(self, entry: Entry) -> bool:
        """Return whether a domain still bears the name it was created under."""
        rows = self._rows("domain", id=entry.id or "")
        return any(row.get("name") == entry.label for row in rows)

    def clean(self, *lanes: str) -> list[Leftover]:
        """Remove what is there, of *lanes* or of all; return what is left."""
        left: list[Leftover] = []
        self._silent = 0
        for attempt in range(_TRIES):
            entries = [e for e in self._ledger.open_entries() if not lanes or e.lane in lanes]
            if not entries:
                return []
            if attempt:
                self._cloud.sleep(back_off_s(attempt + 3))
            entries.sort(key=lambda e: ORDER.index(e.kind))
            removals = [self._tried(entry) for entry in entries]
            left = [leftover for leftover in removals if leftover is not None]
            if not left or self._silent >= _MOST_SILENT:
                break
        return left

    def _tried(self, entry: Entry) -> Leftover | None:
        """Remove one thing; what no answer came about is tried again: it may be gone."""
        answer = "nothing answered before it"
        if self._silent < _MOST_SILENT:
            try:
                left = self._remove(entry)
            except (NoAnswer, Unstaged) as no:
                self._silent += isinstance(no, Unreachable)
                answer = str(no)
            else:
                self._silent = 0
                return left
        return Leftover(entry, answer, _command(entry))

    def _remove(self, entry: Entry) -> Leftover | None:
        """Remove one thing; None when it is not there any more."""
        if entry.kind in former.KINDS:
            return self._put_back(entry)
        kind = KINDS[entry.kind]
        entity_id = entry.id or self._named(entry)
        if not entity_id:
            self._ledger.gone(entry.number)
            return None
        text = {kind.by: entity_id} | dict(kind.extra)
        if entry.kind == "volume" and self._goes_with_its_vm(entity_id):
            self._ledger.gone(entry.number)
            return None
        if entry.kind == "address" and not self._is_there(entry, entity_id):
            self._ledger.gone(entry.number)
            return None
        answer = self._ended(self._cloud.call(kind.removal, **text))
        if answer and entry.kind == "vm" and "expung" in answer:
            self._expunges = False  # who may not has the cloud do it, after its delay
            answer = self._ended(self._cloud.call(kind.removal, **{kind.by: entity_id}))
        if answer and self._is_there(entry, entity_id):
            command = " ".join([kind.removal, *(f"{k}={v}" for k, v in text.items())])
            return Leftover(entry, answer, command)
        self._ledger.gone(entry.number)
        return None

    def _put_back(self, entry: Entry) -> Leftover | None:
        """Make something as it was; None when it is."""
        no = former.put_back(self._cloud, entry, self._ended)
        if no is None:
            self._ledger.gone(entry.number)
            return None
        return Leftover(entry, no.answer, no.command)

    def _goes_with_its_vm(self, volume_id: str) -> bool:
        """Return whether a volume is the ROOT of a VM that is to be expunged; detach others."""
        rows = self._rows("volume", id=volume_id)
        if not rows or "virtualmachineid" not in rows[0]:
            return False
        if rows[0].get("type") == "ROOT":
            return rows[0].get("vmstate") == "Destroyed"
        self._ended(self._cloud.call("detachVolume", id=volume_id))
        return False

    def _ended(self, reply: Reply) -> str:
        """Wait for the end of a removal; return "" or why it failed."""
        return waited(self._cloud, reply, self._now_s, self._job_timeout_s)

    def _rows(self, kind: str, **text: str) -> list[dict[str, str]]:
        listing = KINDS[kind]
        reply = self._cloud.call(listing.listing, **_EVERY | text)
        rows: list[dict[str, str]] = reply.body.get(listing.key, []) if reply.status == 200 else []
        return rows

    def _is_there(self, entry: Entry, entity_id: str) -> bool:
        """Return whether a list still shows something, as more than on its way out.

        A public address that was given back keeps its id: somebody else may have it by then.
        """
        rows = self._rows(entry.kind, id=entity_id)
        if entry.kind == "address":
            rows = [r for r in rows if self._ledger.is_of_room(entry.lane, r.get("domainid", ""))]
        going = {"Expunging", "Expunged"} | (set() if self._expunges else {"Destroyed"})
        return any(row.get("state") not in going for row in rows)

    def _named(self, entry: Entry) -> str:
        """Return the id of what an answer was lost about, by the name it was asked for under.

        Others may have something of that name: it is the run's only if the name begins with the
        run's, or if it is in a domain of the run.
        """
        if not entry.label:
            return ""
        field = "username" if entry.kind == "user" else "name"
        prefix = f"{self._ledger.run[0]}-"
        for row in self._rows(entry.kind, **{field: entry.label}):
            own = entry.label.startswith(prefix) or self._ledger.knows(row.get("domainid", ""))
            if row.get(field) == entry.label and own and not self._ledger.knows(row["id"]):
                return row["id"]
        return ""


def _command(entry: Entry) -> str:
    """Return the command to try by hand."""
    if entry.kind in former.KINDS:
        return former.command_of(entry)
    return f"{KINDS[entry.kind].removal} {KINDS[entry.kind].by}={entry.id or '?'}"

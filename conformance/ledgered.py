"""A cloud whose every create stands in the ledger before it is asked for."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from conformance import former
from conformance.created import CREATES, SHARED, STOCK
from conformance.ledger import Bounds, Ledger
from conformance.sizes import Sizes, size_gib
from conformance.target_file import Budget
from simulator.port import Cloud, Reply, Value, as_text

_EVERY_S, _PATIENCE = 1.0, 60
_LONGEST_NAME = 48
"""Longer names are the point of a scenario: they stay as they are."""


class Book:
    """What all callers of a lane share: the ledger, the ids they created, the commands called.

    *named* makes names that others can tell from theirs; *everywhere* has it name all that is
    created, as in an account that is not the run's own, else only what no domain owns. *networks*
    were there before. A domain made without a parent, or in *above*, is made in *home*. The
    *keeper* is asked how it was what is changed of what others use, to put that back.
    """

    def __init__(
        self,
        ledger: Ledger,
        lane: str,
        named: Callable[[str], str],
        budget: Budget = Budget(),  # noqa: B008 - immutable
        *,
        everywhere: bool = False,
    ) -> None:
        self.budget = budget
        self.ledger, self.lane, self.named, self.everywhere = ledger, lane, named, everywhere
        self.created: set[str] = set()
        self.called: set[str] = set()
        self.pending: dict[str, int] = {}
        self.networks: set[str] = set()
        self.sizes = Sizes()
        self.home = self.above = ""
        self.keeper: Cloud | None = None

    def renames(self, kind: str, name: str) -> bool:
        """Return whether something of *kind* gets another name than it was asked for.

        Stock things keep theirs: who asks for one of such a name is to be refused.
        """
        known = name.startswith(self.named("")) or len(name) > _LONGEST_NAME or not name
        stock = name in STOCK.get(kind, ())
        shared = kind in SHARED and not (kind == "domain" and self.home)
        return not known and not stock and (self.everywhere or shared)

    def inside(self, kind: str, text: Mapping[str, str]) -> Mapping[str, str]:
        """Return *text* such that a domain is made in the lane's own."""
        parent = text.get("parentdomainid", "")
        if kind == "domain" and self.home and parent in {"", self.above}:
            return {**text, "parentdomainid": self.home}
        return text

    def intend(self, cloud: Cloud, lane: str, command: str, text: Mapping[str, str]) -> int:
        """Write down a create once the budget has room for it; else skip the scenario."""
        kind, budget = CREATES[command], self.budget
        most = {"vm": budget.vms, "volume": budget.volumes}.get(kind)
        gib = 0.0 if budget.gib is None else self.sizes.of(cloud, command, text)
        bounds = Bounds(most, budget.gib if gib else None)
        for _ in range(_PATIENCE):
            number = self.ledger.intend_within(bounds, lane, command, kind, _label(text), gib)
            if number is not None:
                return number
            cloud.sleep(_EVERY_S)
        held = f"{budget.gib:g} GiB at once, and this takes {gib:g}" if bounds.gib else ""
        count = f"{most} {kind}s at once, and they are there" if most is not None else ""
        pytest.skip(f"budget: {' or '.join(filter(None, (count, held)))}; hint: a larger budget")

    def note(self, lane: str, command: str, text: Mapping[str, str]) -> None:
        """Write down how it is what *command* is about to change of what others use."""
        if self.keeper is not None:
            former.note(self.ledger, self.keeper, lane, command, text)

    def add(self, number: int, entity_id: str) -> None:
        """Take down the id of an entry."""
        self.ledger.there(number, entity_id)
        self.created.add(entity_id)


class LedgeredCloud:
    """*cloud* as one caller, with the *book* of a lane; *lane* is another one for what is kept."""

    def __init__(self, cloud: Cloud, book: Book, lane: str = "") -> None:
        self._cloud, self.book, self._lane = cloud, book, lane or book.lane

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command*; what it creates is in the ledger first."""
        text = as_text(command, parameters)
        if self._lane == self.book.lane:
            self.book.called.add(command)
        kind = CREATES.get(command)
        if kind is None:
            self.book.note(self._lane, command, text)
            reply = self._cloud.call(command, **text)
            self._heed(command, text, reply)
            return reply
        text = dict(self.book.inside(kind, text))
        if "name" in text and self.book.renames(kind, text["name"]):
            text["name"] = self.book.named(text["name"])
        number = self.book.intend(self._cloud, self._lane, command, text)
        reply = self._cloud.call(command, **text)
        self._answered(number, reply)
        return reply

    def _answered(self, number: int, reply: Reply) -> None:
        if reply.status != 200:
            self.book.ledger.gone(number)
            return
        entity_id = _id_in(reply.body)
        if entity_id:
            self.book.add(number, entity_id)
        elif "jobid" in reply.body:
            self.book.pending[str(reply.body["jobid"])] = number

    def _heed(self, command: str, text: Mapping[str, str], reply: Reply) -> None:
        """Learn from an answer what the run created besides: a ROOT, or what a job was to make."""
        if reply.status != 200:
            return
        if command == "queryAsyncJobResult" and self.book.everywhere:
            self._heed_networks(reply.body.get("jobresult", {}))
        if command == "queryAsyncJobResult" and text.get("jobid") in self.book.pending:
            if reply.body.get("jobstatus"):
                number = self.book.pending.pop(text["jobid"])
                entity_id = _id_in(reply.body.get("jobresult", {}))
                if reply.body["jobstatus"] == 1 and entity_id:
                    self.book.add(number, entity_id)
                else:
                    self.book.ledger.gone(number)
        elif command == "listVolumes" and text.get("virtualmachineid") in self.book.created:
            self._heed_volumes(text["virtualmachineid"], reply.body.get("volume", []))
        elif command == "resizeVolume" and "size" in text:
            self.book.ledger.holds(text["id"], float(text["size"]))

    def _heed_volumes(self, vm_id: str, rows: list[dict[str, Any]]) -> None:
        """Take down the volumes that came with a VM; from then on they hold the GiB, not it."""
        for row in rows:
            if row["id"] not in self.book.created:
                number = self.book.ledger.intend(self._lane, "listVolumes", "volume", row["name"])
                self.book.add(number, row["id"])
                self.book.ledger.holds(row["id"], size_gib(row))
        self.book.ledger.holds(vm_id, 0.0)

    def _heed_networks(self, result: Any) -> None:
        """Take down a network that came with a VM: an account's first VM makes one."""
        vm = result.get("virtualmachine", {}) if isinstance(result, dict) else {}
        for nic in vm.get("nic", []) if vm.get("id") in self.book.created else ():
            if nic["networkid"] not in self.book.networks:
                self.book.networks.add(nic["networkid"])
                label = str(nic.get("networkname", ""))
                number = self.book.ledger.intend(
                    self._lane, "deployVirtualMachine", "network", label
                )
                self.book.add(number, nic["networkid"])

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are; those that would create something are not sent so."""
        if parameters.get("command") in CREATES:
            msg = f"{parameters['command']} is not sent past the ledger"
            raise AssertionError(msg)
        command = parameters.get("command", "")
        self.book.called.add(command)
        self.book.note(self._lane, command, parameters)
        return self._cloud.send(parameters)

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass."""
        self._cloud.sleep(seconds)

    def sign_in(self, apikey: str, secretkey: str) -> "LedgeredCloud":
        """Return the same cloud as another caller, whose things go when the scenario ends."""
        return LedgeredCloud(self._cloud.sign_in(apikey, secretkey), self.book)


def _label(text: Mapping[str, str]) -> str:
    """Return the name that something is asked for under."""
    return text.get("name", text.get("username", ""))


def _id_in(body: Mapping[str, Any]) -> str:
    """Return the id of what an answer is about, "" if it names none."""
    if "id" in body:
        return str(body["id"])
    for value in body.values():
        row = value[0] if isinstance(value, list) and value else value
        if isinstance(row, dict) and "id" in row:
            return str(row["id"])
    return ""

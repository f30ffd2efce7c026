"""A cloud that is nobody's stage, as one pytest process judges it: its lane and what it offers."""

import time
from typing import Any

import pytest

from conformance import runs
from conformance.cleaning import Cleaner, Leftover
from conformance.contact import Contact, contact
from conformance.lanes import Caller, Lane
from conformance.ledger import Ledger
from conformance.line import HttpCloud, Line
from conformance.observing import Observed, Tape
from conformance.offers import Offers
from conformance.reached import NAME, Reached
from conformance.recorder import RECORDER
from simulator.port import Cloud
from steps.places import Places

_EVERYTHING = {"listall": "true"}


class Watched(Observed):
    """A cloud whose exchanges are kept on the tape of the scenario under way, whichever it is."""

    def __init__(
        self, cloud: Cloud, caller: str = "key holder", under_way: list[Tape] | None = None
    ) -> None:
        self.under_way = [Tape()] if under_way is None else under_way
        super().__init__(cloud, self.under_way[0], caller)

    @property
    def tape(self) -> Tape:
        """The tape of the scenario under way."""
        return self.under_way[0]

    @tape.setter
    def tape(self, tape: Tape) -> None:
        """Leave the tape to who watches."""

    def sign_in(self, apikey: str, secretkey: str) -> "Watched":
        """Return the same cloud as another caller."""
        inner = super().sign_in(apikey, secretkey)
        return Watched(inner.observed, inner.caller, self.under_way)


class Foreign:
    """The lane *number* of run *run* at what answers on *line*."""

    def __init__(self, line: Line, met: Contact, run: str, number: int) -> None:
        target = line.target
        self.run, self.contact = run, met
        self.cloud = HttpCloud(line, target.key, target.secret)
        self.places = Places(self._listed, target.roles)
        self.offers = Offers(met, self.places, target.allow)
        self.ledger = Ledger(runs.file_of(run))
        self.ledger.begin(run, line.url)
        caller = Caller(self.offers.part, str(met.account.get("domainid", "")))
        self.watched = Watched(self.cloud)
        self.lane = Lane(
            self.watched, caller, self.ledger, run, number,
            places=self.places, job_timeout_s=target.job_timeout_s,
        )  # fmt: skip

    def watch(self, item: pytest.Item) -> None:
        """Record what is asked for a scenario from now on."""
        recorder = item.stash.get(RECORDER, None)
        if recorder is not None:
            self.watched.under_way[0] = recorder.tape
            recorder.tape.redactor = self.cloud.line.redact

    def _listed(self, command: str, key: str, **text: str) -> list[dict[str, Any]]:
        reply = self.cloud.call(command, **_EVERYTHING | text)
        rows: list[dict[str, Any]] = reply.body.get(key, []) if reply.status == 200 else []
        return rows


def swept(cloud: HttpCloud, ledger: Ledger, job_timeout_s: float) -> list[Leftover]:
    """Remove all that a run created and prove it; return what is left.

    What is in the run's own domains goes with it, whatever the ledger says of it.
    """
    cleaner = Cleaner(ledger, cloud, _pause, time.monotonic, job_timeout_s)
    for entry in ledger.open_entries():
        if entry.kind == "domain" and entry.id and cleaner.is_own_domain(entry):
            cleaner.adopt(entry.id, entry.lane)
    left = cleaner.clean()
    if not left:
        ledger.end()
    return left


def _pause(looks: int) -> None:
    time.sleep(min(2.0, 0.1 * 1.5**looks))


FOREIGN = pytest.StashKey[Foreign]()


def take_up(config: pytest.Config, line: Line, run: str) -> None:
    """Put the lane of this process into *config*; who only hands out scenarios needs none."""
    worker = getattr(config, "workerinput", None)
    if worker is None and getattr(config.option, "numprocesses", None):
        return
    reached = config.pluginmanager.get_plugin(NAME)
    met = reached.contact if isinstance(reached, Reached) else contact(line)
    number = int(worker["workerid"].removeprefix("gw")) if worker else 0
    config.stash[FOREIGN] = Foreign(line, met, run, number)

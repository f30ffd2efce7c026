"""A cloud that is nobody's stage, as one pytest process judges it: its lane and what it offers."""

import math
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
from conformance.redaction import Redactor
from simulator.port import Cloud
from steps.needs import Need
from steps.places import Ask, Places


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
    """One lane of a run: *cloud* as who runs the scenarios, and what it *offers* to them.

    *places* are those of *cloud*; *redact* hides the secrets of what is recorded; *minutes* are
    those that the budget has for the whole run, which began *used_s* ago.
    """

    def __init__(
        self,
        cloud: Cloud,
        offers: Offers,
        places: Places,
        lane: Lane,
        redact: Redactor,
        minutes: float = math.inf,
        used_s: float = 0.0,
    ) -> None:
        self._minutes, self._end_s = minutes, lane.now_s() + minutes * 60 - used_s
        self.offers, self.places, self.lane, self._redact = offers, places, lane, redact
        self._watched = lane.cloud = Watched(cloud)

    def unmet(self, needs: list[Need]) -> str:
        """Return why a scenario is not run now, with what would enable it, "" if it is."""
        if self.lane.now_s() > self._end_s:
            return f"budget: {self._minutes:g} minutes are over; hint: more minutes, or more lanes"
        return self.offers.unmet(needs)

    def watch(self, item: pytest.Item) -> None:
        """Record what is asked for a scenario from now on."""
        recorder = item.stash.get(RECORDER, None)
        if recorder is not None:
            self._watched.under_way[0] = recorder.tape
            recorder.tape.redactor = self._redact


def listing(cloud: Cloud) -> Ask:
    """Return what asks *cloud* for the rows of a list: none where it may not be called."""

    def ask(command: str, key: str, **text: str) -> list[dict[str, Any]]:
        reply = cloud.call(command, **{"listall": "true"} | text)
        rows: list[dict[str, Any]] = reply.body.get(key, []) if reply.status == 200 else []
        return rows

    return ask


ALONE = 32
"""Number of the lane of scenarios that nothing may run beside: no other has it."""


def lane_at(line: Line, met: Contact, run: str, number: int) -> Foreign:
    """Return the lane *number* of run *run* at what answers on *line*."""
    target = line.target
    cloud = HttpCloud(line, target.key, target.secret)
    places = Places(listing(cloud), target.roles, met.hypervisors)
    offers = Offers(met, places, target.allow)
    caller = Caller(offers.part, str(met.account.get("domainid", "")), met.account)
    ledger = Ledger(runs.file_of(run))
    ledger.begin(run, line.url)
    lane = Lane(
        cloud, cloud, caller, ledger, run, number,
        places=places, job_timeout_s=target.job_timeout_s, budget=target.budget, spares=True,
        together=number != ALONE,
    )  # fmt: skip
    minutes = math.inf if target.budget.minutes is None else target.budget.minutes
    return Foreign(cloud, offers, places, lane, line.redact, minutes, ledger.age_s())


def cleared(cloud: HttpCloud, ledger: Ledger, job_timeout_s: float) -> list[Leftover]:
    """Remove all that a run created and prove it; return what is left.

    What is in the run's own domains goes with it, whatever the ledger says of it.
    """
    cleaner = Cleaner(ledger, cloud, time.monotonic, job_timeout_s)
    cleaner.adopt_domains()
    return cleaner.clean()


def swept(cloud: HttpCloud, ledger: Ledger, job_timeout_s: float) -> list[Leftover]:
    """Remove all that a run created and prove it, at its end; return what is left."""
    left = cleared(cloud, ledger, job_timeout_s)
    if not left:
        ledger.end()
    return left


def unswept(ledger: Ledger) -> list[Leftover]:
    """Return all that may be there, of a run that is to end before it is removed."""
    why = "the run was ended before it was removed"
    return [Leftover(e, why, f"rootswap sweep {ledger.run[0]}") for e in ledger.open_entries()]


FOREIGN = pytest.StashKey[Foreign]()


def take_up(config: pytest.Config, line: Line, run: str) -> None:
    """Put the lane of this process into *config*; who only hands out scenarios needs none."""
    worker = getattr(config, "workerinput", None)
    if worker is None and getattr(config.option, "numprocesses", None):
        return
    reached = config.pluginmanager.get_plugin(NAME)
    met = reached.contact if isinstance(reached, Reached) else contact(line)
    number = int(worker["workerid"].removeprefix("gw")) if worker else 0
    if config.getoption("--alone") == "only":
        number = ALONE
    config.stash[FOREIGN] = lane_at(line, met, run, number)

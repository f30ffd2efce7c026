"""Every parameter that is an id, of every command, with ids that lead nowhere (C1, C12).

Nothing crashes, a refusal is in CloudStack's envelope, and what is refused changes nothing.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from lab import Lab

from simulator.api.command import Command
from simulator.api.entities import ENTITIES
from simulator.api.table import COMMANDS
from simulator.port import Reply

UNKNOWN = "00000000-0000-4000-8000-000000000000"
NOBODYS = "999999999"
GONE_ROW = 800_000
OURS = "rootswap"
TEXTS = {"bool": "true", "integer": "1", "long": "1", "float": "1", "date": "2026-01-01"}
MADE_ANYWAY = frozenset(
    {"deleteAccount", "deleteDiskOffering", "deleteServiceOffering", "disassociateIpAddress"}
)
"""Commands that succeed where there is nothing left to do."""
FOR_THE_GONE = frozenset({"registerUserKeys"})
"""Commands that serve what is gone, too: nobody can use the keys of a deleted user."""
EMPTY_IN_LISTS = {"": 431, UNKNOWN: 431, "some text": 431, "0": 431}
"""An id that can be none -> how it is refused, whatever the command."""


class Case(NamedTuple):
    """A parameter of a command, and the kind of record it names."""

    command: Command
    name: str
    kind: str
    several: bool


def cases() -> Iterator[Case]:
    """Return every parameter that names a record; a domain counts beside an account alone."""
    for command in COMMANDS.values():
        for line in command.params.split():
            name, _, kind = line.partition(":")
            bare = kind.rstrip("!@~?*")
            if bare in ENTITIES and not command.name.startswith(OURS) and name != "domainid":
                yield Case(command, name, bare, "*" in kind)


class Stocked(Lab):
    """A cloud with a record of every kind that is removed, and a live one where there is any."""

    def __init__(self) -> None:
        super().__init__()
        self.disk()
        self.ok("createSnapshot", volumeid=self.root)
        self.ok("createProject", name="p", displaytext="p")
        self.someone, self.chief = self.user("someone"), self.user("chief", 2)
        self.gone = {kind: self._remove_one(entity.store) for kind, entity in ENTITIES.items()}

    def _remove_one(self, place: str) -> str | None:
        """Put a copy of a record among those of its kind, removed; return its id."""
        rows = getattr(self.store, place)
        record = next(iter(rows.values()), None)
        if not isinstance(rows, dict) or not hasattr(record, "removed"):
            return None
        assert record is not None
        gone_id = f"10000000-0000-4000-8000-{GONE_ROW:012}"
        gone = record._replace(id=gone_id, db_id=GONE_ROW, removed=True)
        rows[gone_id] = gone._replace(enabled=False) if hasattr(gone, "enabled") else gone
        return gone_id

    def some(self, kind: str) -> str:
        """Return a value for a parameter of a kind."""
        if kind not in ENTITIES:
            return TEXTS.get(kind, "x")
        rows = ENTITIES[kind].of(self.store).values()
        return next((str(r.id) for r in rows if not getattr(r, "removed", False)), UNKNOWN)

    def request(self, case: Case, value: str) -> dict[str, str]:
        """Return a request with everything that is required, and one parameter as given."""
        text = {}
        for line in case.command.params.split():
            name, _, kind = line.partition(":")
            if "!" in kind:
                bare = kind.rstrip("!@~?*")
                text[f"{name}[0].key" if bare == "map" else name] = self.some(bare)
        return text | {case.name: value}

    def has_all(self, case: Case) -> bool:
        """Return whether the cloud has everything that the command requires."""
        return UNKNOWN not in self.request(case, "").values()

    def state(self) -> dict[str, Any]:
        """Return every record but the log."""
        kinds = {k: v for k, v in vars(self.store).items() if isinstance(v, dict)}
        return {k: dict(v) for k, v in kinds.items() if k not in {"events", "rows"}}


@pytest.fixture(scope="module")
def lab() -> Stocked:
    return Stocked()


def in_envelope(reply: Reply) -> bool:
    """Return whether a refusal has what CloudStack's have."""
    body = reply.body
    known = {"uuidList", "errorcode", "errortext"} <= body.keys()
    return known and body["errorcode"] == reply.status and bool(body["errortext"])


def ended_well(lab: Lab, reply: Reply) -> bool:
    """Return whether a command succeeded, its job included."""
    if reply.status != 200 or "jobid" not in reply.body:
        return reply.status == 200
    lab.cloud.settle()
    job = lab.cloud.call("queryAsyncJobResult", jobid=str(reply.body["jobid"])).body
    return bool(job["jobstatus"] == 1)


ALL = sorted(cases(), key=lambda c: (c.command.name, c.name))
NAMES = [f"{c.command.name}-{c.name}" for c in ALL]


@pytest.mark.parametrize("case", ALL, ids=NAMES)
def test_an_id_that_can_be_none_is_refused_at_once(lab: Stocked, case: Case) -> None:
    before = lab.state()
    if not lab.has_all(case):
        pytest.skip("the cloud has nothing of what else is required")
    for value in (UNKNOWN, "some text", "", "0"):
        reply = lab.cloud.call(case.command.name, **lab.request(case, value))
        if value == "" and case.several:
            continue  # a list of nothing names nothing
        assert reply.status == 431, (value, reply)
        assert in_envelope(reply), reply
        assert case.name in reply.body["errortext"], (value, reply)
    lab.cloud.settle()
    assert lab.state() == before


LIVING = [case for case in ALL if case.command.name not in FOR_THE_GONE]


@pytest.mark.parametrize("case", LIVING, ids=[f"{c.command.name}-{c.name}" for c in LIVING])
def test_an_id_of_what_is_gone_changes_nothing(lab: Stocked, case: Case) -> None:
    gone, before = lab.gone[case.kind], lab.state()
    values = (NOBODYS,) if gone is None else (gone, str(GONE_ROW), NOBODYS)
    for value, cloud in product(values, (lab.cloud, lab.someone, lab.chief)):
        reply = cloud.call(case.command.name, **lab.request(case, value))
        if case.command.changes and case.command.name not in MADE_ANYWAY:
            assert not ended_well(lab, reply), (value, reply)
        if reply.status != 200:
            assert in_envelope(reply), reply
            assert reply.body["errortext"] != "Command failed due to Internal Server Error", reply
    lab.cloud.settle()
    assert lab.state() == before

"""Where operations run: a room of a cloud, the same in every cloud, made anew for each attempt."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from conformance.parity.common import Common, listed, template_row
from conformance.parity.drawing import Seen
from conformance.parity.normal import Normaliser
from conformance.parity.operations import ADMIN, GHOST_ID, OWNER, Operation
from simulator.port import Cloud, Reply
from steps.people import People
from steps.places import NoSuchPlace, Places
from steps.site import Site

Row = dict[str, Any]
_SEEN = {
    "vm": ("listVirtualMachines", "virtualmachine"),
    "volume": ("listVolumes", "volume"),
    "snapshot": ("listSnapshots", "snapshot"),
}
"""Kind of thing that is looked at after each operation -> its list. A VM before its volumes."""
_MASKED = {
    "listHosts": ("host", "a host"), "listStoragePools": ("storagepool", "a pool"),
    "listClusters": ("cluster", "a cluster"), "listPods": ("pod", "a pod"),
}  # fmt: skip
"""Which of these something got is the cloud's affair."""


class Answer(NamedTuple):
    """What an operation came to: how it ended, and what there is afterwards otherwise."""

    outcome: Row
    delta: Row


class NoEnd(Exception):
    """A job that does not end."""


class Room:
    """What stands behind the aliases of one attempt, and what can be seen of it.

    *number* tells attempts apart, *account* is that of the key.
    """

    def __init__(
        self, site: Site, places: Places, common: Common, number: int, account: Mapping[str, Any]
    ) -> None:
        self.site, self._places, self._number = site, places, number
        self._account = account
        self._ids: dict[str, str] = {"ghost": GHOST_ID}
        self._names: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._callers: dict[str, Cloud] = {}
        self.normal = Normaliser()
        self.seen: Seen = {kind: {} for kind in _SEEN}
        self._learn_places(common)
        self._viewer = ADMIN if ADMIN in common.parts else OWNER

    def _learn_places(self, common: Common) -> None:
        cloud, normal = self.site.cloud, self.normal
        for role, alias in (("a-zone", "zone"), ("another-zone", "another zone")):
            try:
                row = self._places.row(role)
            except NoSuchPlace:
                continue
            self._ids[alias] = row["id"]
            normal.learn(row["id"], alias)
            normal.learn_name(row["name"], alias)
        template = template_row(cloud, self._places)
        self._ids["template"] = template["id"]
        normal.learn(template["id"], "template")
        normal.learn(template.get("ostypeid", ""), "os")
        for field, alias in (("name", "template"), ("displaytext", "template"),
                             ("ostypename", "os")):  # fmt: skip
            normal.learn_name(template.get(field, ""), alias, within=False)
        normal.learn_number("ROOT size", template.get("size"), "as the template")
        for name in (*common.disks, *common.custom):
            self._ids[f"disk:{name}"] = self._places.offering("disk", name)
            normal.learn(self._ids[f"disk:{name}"], f"disk:{name}")
        self._learn_service(common.service)
        for command, (key, alias) in _MASKED.items():
            for row in listed(cloud, command, key):
                normal.learn(row["id"], alias)
                normal.learn_name(row["name"], alias)

    def _learn_service(self, name: str) -> None:
        self._ids["service"] = wanted = self._places.offering("service", name)
        self.normal.learn(wanted, "service")
        for row in listed(self.site.cloud, "listServiceOfferings", "serviceoffering", id=wanted):
            if "diskofferingid" in row:
                self.normal.learn(row["diskofferingid"], "disk of service")
            for field in ("cpunumber", "cpuspeed", "memory"):
                self.normal.learn_number(field, row.get(field), field)

    def do(self, operation: Operation) -> Answer:
        """Perform an operation, wait for its end and look at what changed."""
        cloud = self._caller(operation.who)
        given = {name: self._value(name, text) for name, text in operation.given.items()}
        outcome = self._ended(cloud, cloud.call(operation.command, **given), operation)
        before, self.seen = self.seen, self._look()
        return Answer(self.normal.shown(outcome), _delta(before, self.seen))

    def _caller(self, who: str) -> Cloud:
        """Return the cloud as *who* sees it; the account is made on first use."""
        if who not in self._callers:
            if who == self.site.own_part:
                self._callers[who] = self.site.cloud
                if who == OWNER:
                    self._learn_person(self._account, who)
            else:
                people = self.site.people
                assert isinstance(people, People)  # noqa: S101 - only an owner's site has none
                self._callers[who] = people.caller(who)
                self._learn_person(people.account(who), who)
        return self._callers[who]

    def _learn_person(self, account: Mapping[str, Any], who: str) -> None:
        self.normal.learn(account["id"], who)
        self.normal.learn(account["domainid"], f"domain of {who}")
        self.normal.learn_domain(account["domainpath"], f"domain of {who}")
        self.normal.learn_name(account["name"], who)
        for user in account["user"]:
            self.normal.learn(user["id"], f"user of {who}")

    def _value(self, parameter: str, text: str) -> str:
        """Return what is sent for a value: an id for an alias, a name nobody else has."""
        if parameter == "name":
            name = self.site.named(f"{text}-{self._number}")
            self._names[name] = text
            self.normal.learn_name(name, text)
            return name
        return self._ids.get(text[1:], GHOST_ID) if text.startswith("$") else text

    def _ended(self, cloud: Cloud, reply: Reply, operation: Operation) -> Row:
        """Return how a call ended, its job included."""
        ended: Row = {"status": reply.status, "envelope": reply.root, "answer": reply.body}
        self._learn_answer(reply.body, operation)
        if reply.status != 200 or "jobid" not in reply.body:
            return ended
        due_s, looks = self.site.now_s() + self.site.job_timeout_s, 0
        while self.site.now_s() < due_s:
            job = cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"])
            if job.status != 200 or job.body.get("jobstatus"):
                self._learn_answer(job.body.get("jobresult", {}), operation)
                return ended | {"job": job.body}
            looks += 1
            self.site.pause(looks)
        msg = f"{operation}: the job has not ended in {self.site.job_timeout_s:.0f} s"
        raise NoEnd(msg)

    def _learn_answer(self, body: Any, operation: Operation) -> None:
        """Learn the id of what an operation created."""
        rows = [body, *body.values()] if isinstance(body, dict) else []
        for row in rows:
            if isinstance(row, dict) and "id" in row and operation.creates:
                self._know(row["id"], operation.creates)

    def _know(self, entity_id: str, alias: str) -> None:
        if entity_id not in self._aliases:
            self._aliases[entity_id] = alias
            self._ids[alias] = entity_id
            self.normal.learn(entity_id, alias)

    def _look(self) -> Seen:
        """Return all that is in the room, by kind and alias, as who all clouds can ask sees it."""
        seen, cloud = {}, self._caller(self._viewer)
        within = self.site.within if self._viewer == ADMIN else {}
        for kind, (command, key) in _SEEN.items():
            rows = listed(cloud, command, key, **within)
            rows = [row for row in rows if self._is_here(row)]
            rows.sort(key=lambda row: str(row.get("created")))
            for row in rows:
                self._know(row["id"], self._alias(row, kind))
            named = {self._aliases[row["id"]]: row for row in rows}
            seen[kind] = {alias: self.normal.shown(named[alias]) for alias in sorted(named)}
        return seen

    def _is_here(self, row: Row) -> bool:
        """Return whether something is of this attempt: an account of ours may have more."""
        known = row["id"] in self._aliases or row.get("name") in self._names
        return self.site.own_part != OWNER or known or row.get("virtualmachineid") in self._aliases

    def _alias(self, row: Row, kind: str) -> str:
        """Return the alias of something when it is first seen."""
        if row["id"] in self._aliases:
            return self._aliases[row["id"]]
        if row.get("name") in self._names:
            return self._names[row["name"]]
        vm = self._aliases.get(row.get("virtualmachineid", ""), "")
        alias = f"{row.get('type', kind)} of {vm}" if vm else kind
        number = sum(known.startswith(alias) for known in self._ids)
        alias = f"{alias} {number + 1}" if number else alias
        if row.get("name"):
            self.normal.learn_name(row["name"], alias)
        return alias


def _delta(before: Seen, after: Seen) -> Row:
    """Return what changed: by kind and alias the fields, new rows in whole, None for what went."""
    delta: Row = {}
    for kind, rows in after.items():
        old = before[kind]
        changed: Row = {alias: None for alias in old if alias not in rows}
        for alias, row in rows.items():
            was = old.get(alias, {})
            fields = {k: row.get(k) for k in sorted({*row, *was}) if row.get(k) != was.get(k)}
            if fields:
                changed[alias] = fields
        if changed:
            delta[kind] = changed
    return delta

"""What a scenario knows: aliases, callers and how the last request ended."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from faker import Faker

from simulator.port import Cloud, Reply, Stage

Row = dict[str, Any]
_LONGEST_JOB_S = 7200
_ACCOUNTS = {
    "owner": ("guests", 0, ""),
    "other": ("guests", 0, ""),
    "domain admin": ("guests", 2, ""),
    "reader": ("guests", 0, "ReadOnlyUser"),
    "stranger": ("elsewhere", 0, ""),
    "foreign admin": ("elsewhere", 2, ""),
}
_VOLATILE = ("jobid", "jobstatus", "lastupdated")


class Outcome(NamedTuple):
    """How a request ended: *where* is "" for success, else "sync" or "job"."""

    where: str
    code: int
    text: str
    body: Row


class World:
    """The cloud under test as one scenario sees it."""

    def __init__(self, cloud: Cloud, stage: Stage, dialect: str, seed: int) -> None:
        self.cloud, self.stage, self.dialect = cloud, stage, dialect
        self.faker = Faker()
        self.faker.seed_instance(seed)
        self.vms: dict[str, str] = {}
        self.volumes: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self.starts: dict[str, Row] = {}
        self.outcome = Outcome("", 0, "", {})
        self.outcomes: list[Outcome] = []
        self.before: Row = {}
        self._callers: dict[str, Cloud] = {"root admin": cloud}
        self._domains: dict[str, str] = {}
        self.accounts: dict[str, Row] = {}

    def name(self) -> str:
        """Return a fresh readable name."""
        return f"{self.faker.unique.first_name()}-{self.faker.word()}"

    def caller(self, who: str) -> Cloud:
        """Return the cloud as *who* sees it; the account is made on first use."""
        if who not in self._callers:
            self._callers[who] = self._register(who)
        return self._callers[who]

    def _register(self, who: str) -> Cloud:
        domain, kind, role = _ACCOUNTS[who]
        if domain not in self._domains:
            made = self.body(self.cloud.call("createDomain", name=domain))
            self._domains[domain] = made["domain"]["id"]
        extra = {"role": role} if role else {}
        made = self.body(
            self.cloud.call(
                "createAccount",
                accounttype=str(kind),
                username=self.faker.unique.user_name(),
                password=self.faker.password(),
                firstname=self.faker.first_name(),
                lastname=self.faker.last_name(),
                email=self.faker.email(),
                domainid=self._domains[domain],
                **extra,
            )
        )
        self.accounts[who] = made["account"]
        user = made["account"]["user"][0]["id"]
        keys = self.body(self.cloud.call("registerUserKeys", id=user))["userkeys"]
        return self.cloud.sign_in(keys["apikey"], keys["secretkey"])

    @staticmethod
    def body(reply: Reply) -> Row:
        """Return the body of a reply that must be a success."""
        assert reply.status == 200, reply
        return reply.body

    def submit(self, who: str, command: str, text: Mapping[str, str]) -> tuple[Cloud, Reply]:
        """Send a request without waiting for its job."""
        cloud = self.caller(who)
        return cloud, cloud.call(command, **text)

    def finish(self, cloud: Cloud, reply: Reply) -> Outcome:
        """Poll the job of a reply to its end, if it has one."""
        if reply.status != 200:
            return Outcome("sync", reply.status, reply.body.get("errortext", ""), reply.body)
        if "jobid" not in reply.body:
            return Outcome("", 200, "", reply.body)
        for _ in range(_LONGEST_JOB_S):
            job = self.body(cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"]))
            if job["jobstatus"] == 1:
                return Outcome("", 200, "", reply.body | job)
            if job["jobstatus"] == 2:
                error = job["jobresult"]
                return Outcome("job", job["jobresultcode"], error.get("errortext", ""), job)
            cloud.sleep(1)
        msg = f"job never ends: {reply}"
        raise AssertionError(msg)

    def ask(self, who: str, command: str, **text: str) -> Outcome:
        """Send a request, wait for its end, remember both."""
        self.caller(who)
        self.before = self.observe()
        self.outcome = self.finish(*self.submit(who, command, text))
        self.outcomes = [self.outcome]
        return self.outcome

    def must(self, who: str, command: str, **text: str) -> Row:
        """Send a request that has to succeed and return its body."""
        outcome = self.finish(*self.submit(who, command, text))
        assert not outcome.where, f"{command} {text}: {outcome}"
        return outcome.body

    def rows(self, command: str, key: str, **text: str) -> list[Row]:
        """Return what a list command shows the root admin."""
        found: list[Row] = self.must("root admin", command, listall="true", **text).get(key, [])
        return found

    def pick(self, command: str, key: str, field: str, value: str) -> str:
        """Return the id of the first listed row whose *field* is *value*."""
        found = self.body(self.cloud.call(command, templatefilter="featured"))[key]
        return str(next(row["id"] for row in found if row[field] == value))

    def volume(self, alias: str) -> Row:
        """Return a volume as the root admin sees it."""
        return self.rows("listVolumes", "volume", id=self.volumes[alias])[0]

    def vm(self, alias: str) -> Row:
        """Return a VM as the root admin sees it."""
        return self.rows("listVirtualMachines", "virtualmachine", id=self.vms[alias])[0]

    def observe(self) -> Row:
        """Return all volumes and VMs by id, without what any job shows."""
        rows = self.rows("listVolumes", "volume")
        rows += self.rows("listVirtualMachines", "virtualmachine")
        return {r["id"]: {k: v for k, v in r.items() if k not in _VOLATILE} for r in rows}


@pytest.fixture
def world(cloud: Cloud, stage: Stage, dialect: str, seed: int) -> World:
    """Return a fresh world on a fresh cloud."""
    return World(cloud, stage, dialect, seed)

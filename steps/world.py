"""What a scenario knows: aliases, callers and how the last request ended."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from faker import Faker

from simulator.domain.dialect import dialect_of
from simulator.domain.releases import Flag
from simulator.port import Cloud, Reply, Stage
from steps.lists import LISTS
from steps.outcomes import NOTHING, Moment, Outcome

Row = dict[str, Any]
_LONGEST_JOB_S = 7200
_ACCOUNTS = {
    "owner": ("guests", 0, ""),
    "other": ("guests", 0, ""),
    "domain admin": ("guests", 2, ""),
    "reader": ("guests", 0, "Read-Only User - Default"),
    "stranger": ("elsewhere", 0, ""),
    "foreign admin": ("elsewhere", 2, ""),
}
FAKER = Faker()
"""Slow to make; every world seeds it anew, so there is one world at a time."""
VOLATILE = ("jobid", "jobstatus", "lastupdated")


class World:
    """The cloud under test as one scenario sees it."""

    def __init__(self, cloud: Cloud, stage: Stage, dialect: str, seed: int) -> None:
        self.cloud, self.stage, self.dialect = cloud, stage, dialect
        self.faker, self.dice = FAKER, Random(seed)
        self.faker.seed_instance(seed)
        self.faker.unique.clear()
        self.vms: dict[str, str] = {}
        self.volumes: dict[str, str] = {}
        self.snapshots: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self.starts: dict[str, Row] = {}
        self.outcome = NOTHING
        self.outcomes: list[Outcome] = []
        self.before: Row = {}
        self.asked: list[str] = []
        self.told_before: int | None = None
        self.began_s = 0.0
        self.history: list[Moment] = []
        self._callers: dict[str, Cloud] = {"root admin": cloud}
        self._domains: dict[str, str] = {}
        self._picked: dict[tuple[str, str], str] = {}
        self.accounts: dict[str, Row] = {}

    def name(self) -> str:
        """Return a fresh readable name."""
        return f"{self.faker.unique.first_name()}-{self.faker.word()}"

    def caller(self, who: str) -> Cloud:
        """Return the cloud as *who* sees it; the account is made on first use."""
        if who not in self._callers:
            make = {"colleague": self._join, "project": self._found}.get(who, self._register)
            self._callers[who] = make(who)
        return self._callers[who]

    def within(self, who: str) -> dict[str, str]:
        """Return the parameters that make a command one about what *who* owns."""
        self.caller(who)
        return {"projectid": str(self.accounts[who]["id"])} if who == "project" else {}

    def account(self, who: str) -> Row:
        """Return the account of *who* as it was made."""
        self.caller(who)
        return self.accounts[who]

    def _register(self, who: str) -> Cloud:
        domain, kind, role = _ACCOUNTS[who]
        if domain not in self._domains:
            made = self.body(self.cloud.call("createDomain", name=domain))
            self._domains[domain] = made["domain"]["id"]
        extra = {"roleid": self.pick("role", role)} if role else {"accounttype": str(kind)}
        made = self.body(
            self.cloud.call(
                "createAccount",
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
        return self._keyed(made["account"]["user"][0]["id"])

    def _join(self, _: str) -> Cloud:
        """Make a second user of the owner's account."""
        owner = self.account("owner")
        made = self.body(
            self.cloud.call(
                "createUser",
                account=owner["name"],
                domainid=owner["domainid"],
                username=self.faker.unique.user_name(),
                password=self.faker.password(),
                firstname=self.faker.first_name(),
                lastname=self.faker.last_name(),
                email=self.faker.email(),
            )
        )
        return self._keyed(made["user"]["id"])

    def _found(self, who: str) -> Cloud:
        """Make a project, which acts through the owner who founded it."""
        made = self.must("owner", "createProject", name=self.name(), displaytext="a project")
        self.accounts[who] = made["jobresult"]["project"]
        return self.caller("owner")

    def _keyed(self, user: str) -> Cloud:
        """Return the cloud as a user sees it, who is given keys."""
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
        polls: list[int] = []
        for _ in range(_LONGEST_JOB_S):
            job = self.body(cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"]))
            polls.append(job["jobstatus"])
            if job["jobstatus"] == 1:
                return Outcome("", 200, "", reply.body | job, tuple(polls))
            if job["jobstatus"] == 2:
                return self._failed(job, tuple(polls))
            cloud.sleep(1)
        msg = f"job never ends: {reply}"
        raise AssertionError(msg)

    def _failed(self, job: Row, polls: tuple[int, ...]) -> Outcome:
        """Return how a job failed; some releases tell its code in the result alone."""
        result = job.get("jobresult", {})
        code = result.get("errorcode", job["jobresultcode"])
        hidden = Flag.JOB_CODE_530 in dialect_of(self.dialect)
        assert job["jobresultcode"] == (530 if hidden else code), job
        return Outcome("job", code, result.get("errortext", ""), job, polls)

    def begin(self) -> None:
        """Remember what there is before a request."""
        self.before, self.began_s = self.observe(), self.stage.now_s()
        if self.told_before is None:
            self.told_before = len(self.stage.agent_commands())

    def ask(self, who: str, command: str, **text: str) -> Outcome:
        """Send a request, wait for its end, remember both."""
        self.caller(who)
        self.begin()
        self.asked.append(command)
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

    def pick(self, kind: str, name: str) -> str:
        """Return the id of what the cloud has had from the start: the first so named."""
        if (kind, name) not in self._picked:
            command, key, field = LISTS[kind]
            text = {"listall": "true", "templatefilter": "featured", "isofilter": "all"}
            if kind == "image":
                text["templatefilter"] = "all"
            found = self.body(self.cloud.call(command, **text))[key]
            named = (row for row in reversed(found) if field in row)
            self._picked |= {(kind, row[field]): row["id"] for row in named}
        return self._picked[kind, name]

    def value(self, text: str) -> str:
        """Return what `kind:alias` in a table stands for, mostly an id, else *text*."""
        kind, _, alias = text.partition(":")
        known = {"volume": self.volumes, "vm": self.vms, "snapshot": self.snapshots}
        if alias and kind in known:
            return known[kind][alias]
        if kind in LISTS:
            return self.pick(kind, alias)
        lookups: dict[str, Callable[[], str]] = {
            "accountid": lambda: str(self.account(alias)["id"]),
            "userid": lambda: str(self.account(alias)["user"][0]["id"]),
            "name": lambda: str(self.vm(alias)["name"]),
            "called": lambda: self.called(alias),
            "rootof": lambda: self.root_of(alias),
            "account": lambda: str(self.account(alias)["name"]),
            "domain": lambda: str(self.account(alias)["domainid"]),
            "storage": lambda: str(self.volume(alias)["storageid"]),
            "last": lambda: str(self.outcome.fields[alias]),
            "nic": lambda: self.nic(*alias.split("/")),
            "repeat": lambda: alias[0] * int(alias[1:]),
        }
        return lookups[kind]() if alias and kind in lookups else text

    def called(self, name: str) -> str:
        """Return the id of the VM of a name that a scenario gave it."""
        rows = self.rows("listVirtualMachines", "virtualmachine", name=name)
        return str(rows[0]["id"])

    def root_of(self, name: str) -> str:
        """Return the id of the ROOT that the VM of a name had when this was first asked."""
        if name not in self.volumes:
            vm = self.called(name)
            found = self.rows("listVolumes", "volume", virtualmachineid=vm, type="ROOT")
            self.volumes[name] = found[0]["id"]
        return self.volumes[name]

    def volume(self, alias: str) -> Row:
        """Return a volume as the root admin sees it."""
        return self.rows("listVolumes", "volume", id=self.volumes[alias])[0]

    def vm(self, alias: str) -> Row:
        """Return a VM as the root admin sees it."""
        return self.rows("listVirtualMachines", "virtualmachine", id=self.vms[alias])[0]

    def nic(self, vm: str, device: str) -> str:
        """Return the id of a VM's nic at a device, as it was when it was last there."""
        for row in [self.starts[vm], *self.rows("listVirtualMachines", "virtualmachine")]:
            if row["id"] == self.vms[vm]:
                self._picked |= {("nic", f"{vm}/{n['deviceid']}"): n["id"] for n in row["nic"]}
        return self._picked["nic", f"{vm}/{device}"]

    def see(self, what: str, alias: str) -> Row:
        """Return a volume or a VM."""
        return self.volume(alias) if what == "volume" else self.vm(alias)

    def observe(self) -> Row:
        """Return all volumes and VMs by id, without what any job shows."""
        rows = self.rows("listVolumes", "volume")
        rows += self.rows("listVirtualMachines", "virtualmachine")
        return {r["id"]: {k: v for k, v in r.items() if k not in VOLATILE} for r in rows}


@pytest.fixture
def world(cloud: Cloud, stage: Stage, dialect: str, seed: int) -> World:
    """Return a fresh world on a fresh cloud."""
    return World(cloud, stage, dialect, seed)

"""What a scenario knows: aliases, callers and how the last request ended."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from faker import Faker

from simulator.domain.dialect import dialect_of
from simulator.domain.releases import Flag
from simulator.port import Cloud, Reply, Stage
from steps.lists import ASKED, LISTS, OWNED, VOLATILE, nearest, shown
from steps.outcomes import NOTHING, Moment, Outcome
from steps.people import People, body
from steps.places import ROLES, Places
from steps.site import Site

Row = dict[str, Any]
KEY = "key holder"
"""Who runs the scenarios: the root admin of a simulated cloud, whoever's key it is elsewhere."""
FAKER = Faker()
"""Slow to make; every world seeds it anew, so there is one world at a time."""


class World:
    """The cloud under test as one scenario sees it."""

    def __init__(self, site: Site, dialect: str, seed: int) -> None:
        self.site, self.cloud, self.dialect = site, site.cloud, dialect
        self.faker, self.rng = FAKER, Random(seed)
        self.faker.seed_instance(seed)
        self.faker.unique.clear()
        self.places = site.places or Places(self.listed)
        self.people = site.people or People(self.cloud, self.faker)
        self.vms: dict[str, str] = {}
        self.volumes: dict[str, str] = {}
        self.snapshots: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self.starts: dict[str, Row] = {}
        self.outcome = NOTHING
        self.outcomes: list[Outcome] = []
        self.before: Row = {}
        self.asked: list[str] = []
        self.asker = KEY
        self.told_before: int | None = None
        self.began_s = 0.0
        self.history: list[Moment] = []
        self.in_turn = False
        self.project: Row = {}
        self.events: set[str] = set()
        self.events_since = ""
        self.networks: dict[str, str] = {}
        self._picked: dict[tuple[str, str], str] = {}

    @property
    def stage(self) -> Stage:
        """What no API can arrange; scenarios that need it run only where it is."""
        assert self.site.stage is not None, "this cloud has only its API"
        return self.site.stage

    def name(self) -> str:
        """Return a fresh readable name."""
        name = self.site.named(f"{self.faker.unique.first_name()}-{self.faker.word()}")
        shelf = self.site.shelf
        return self.name() if shelf is not None and shelf.name == name else name

    def caller(self, who: str) -> Cloud:
        """Return the cloud as *who* sees it; the account is made on first use."""
        if who in {KEY, self.site.own_part}:
            return self.cloud
        if who == "project":
            return self._founder()
        return self.people.caller(who)

    def within(self, who: str) -> dict[str, str]:
        """Return the parameters that make a command one about what *who* owns."""
        self.caller(who)
        return {"projectid": str(self.project["id"])} if who == "project" else {}

    def account(self, who: str) -> Row:
        """Return the account of *who* as it was made."""
        if who == "project":
            self._founder()
            return self.project
        return self.people.account(who)

    def _founder(self) -> Cloud:
        """Return the owner, through whom a project acts that the owner founded."""
        if not self.project:
            made = self.must("owner", "createProject", name=self.name(), displaytext="a project")
            self.project = made["jobresult"]["project"]
        return self.caller("owner")

    body = staticmethod(body)

    def submit(self, who: str, command: str, text: Mapping[str, str]) -> tuple[Cloud, Reply]:
        """Send a request without waiting for its job."""
        cloud = self.caller(who)
        return cloud, cloud.call(command, **text)

    def finish(self, cloud: Cloud, reply: Reply) -> Outcome:
        """Poll the job of a reply to its end, if it has one."""
        if reply.status != 200 or not reply.root:
            return Outcome("sync", reply.status, reply.body.get("errortext", ""), reply.body)
        if "jobid" not in reply.body:
            return Outcome("", 200, "", reply.body)
        polls: list[int] = []
        due_s = self.site.now_s() + self.site.job_timeout_s
        while self.site.now_s() < due_s:
            job = self._look(cloud, reply)
            polls.append(job["jobstatus"])
            if job["jobstatus"]:
                polls.append(self._look(cloud, reply)["jobstatus"])  # an end is an end
            if job["jobstatus"] == 1:
                return Outcome("", 200, "", reply.body | job, tuple(polls))
            if job["jobstatus"] == 2:
                return self._failed(job, tuple(polls))
            self.site.pause(len(polls))
        msg = f"the job has not ended in {self.site.job_timeout_s:.0f} s: {reply}"
        raise AssertionError(msg)

    def _look(self, cloud: Cloud, reply: Reply) -> Row:
        """Return the job of a reply as it is now."""
        return self.body(cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"]))

    def _failed(self, job: Row, polls: tuple[int, ...]) -> Outcome:
        """Return how a job failed; some releases tell its code in the result alone."""
        result = job.get("jobresult", {})
        code = result.get("errorcode", job["jobresultcode"])
        hidden = Flag.JOB_CODE_530 in dialect_of(self.dialect)
        assert job["jobresultcode"] == (530 if hidden else code), job
        return Outcome("job", code, result.get("errortext", ""), job, polls)

    def begin(self) -> None:
        """Remember what there is before a request."""
        self.before, self.began_s = self.observe(), self.site.now_s()
        if self.told_before is None and self.site.stage is not None:
            self.told_before = len(self.stage.agent_commands())

    def ask(self, who: str, command: str, **text: str) -> Outcome:
        """Send a request, wait for its end, remember both."""
        self.caller(who)
        self.begin()
        self.asked.append(command)
        self.asker = who
        self.outcome = self.finish(*self.submit(who, command, text))
        if command == "createNetwork" and not self.outcome.where and "account" not in text:
            self.networks[who] = str(self.outcome.body["network"]["id"])
        self.outcomes = [self.outcome]
        return self.outcome

    def must(self, who: str, command: str, **text: str) -> Row:
        """Send a request that has to succeed and return its body."""
        outcome = self.finish(*self.submit(who, command, text))
        assert not outcome.where, f"{command} {text}: {outcome}"
        return outcome.body

    def rows(self, command: str, key: str, **text: str) -> list[Row]:
        """Return what a list command shows who runs the scenarios."""
        found: list[Row] = self.must(KEY, command, listall="true", **text).get(key, [])
        return found

    def listed(self, command: str, key: str, **text: str) -> list[Row]:
        """Return what a list command shows, nothing where it may not be called."""
        return shown(self.cloud, command, key, text, again=self.site.stage is None)

    def pick(self, kind: str, name: str) -> str:
        """Return the id of what plays a role, or is so named: this run's, else the first."""
        if name in ROLES:
            return str(self.places.row(name)["id"])
        if kind == "template":
            return self.places.template(self.places.hypervisor if name == "usual" else name)
        if (kind, name) not in self._picked:
            rows, field = self._rows_of(kind), LISTS[kind][2]
            ours, alone = self.site.created | self.people.ids, kind in OWNED and self.site.is_shared
            near = nearest(rows, ours, alone=alone)
            self._picked |= {(kind, r[field]): r["id"] for r in reversed(near) if field in r}
        known = self._picked.get((kind, self.site.named(name))) or self._picked.get((kind, name))
        assert known, f"the cloud shows no {kind} called {name}"
        return known

    def _rows_of(self, kind: str) -> list[Row]:
        """Return the rows that a kind of alias is looked for in."""
        command, key, _ = LISTS[kind]
        if kind == "policy" and Flag.POLICIES_OF_ONE_VOLUME in dialect_of(self.dialect):
            volumes = self.volumes.values()
            return [row for one in volumes for row in self.listed(command, key, volumeid=one)]
        more = ASKED.get(kind, {})
        return self.listed(command, key, templatefilter="all", isofilter="all", **more)

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
            "named": lambda: str(self.places.row(alias)["name"]),
            "beside": lambda: self.places.beside_pool(self.volume(alias)["storageid"]),
            "away": lambda: self.away(alias),
            "rootof": lambda: self.root_of(alias),
            "account": lambda: str(self.account(alias)["name"]),
            "domain": lambda: str(self.account(alias)["domainid"]),
            "domainname": lambda: str(self.account(alias)["domain"]),
            "storage": lambda: str(self.volume(alias)["storageid"]),
            "last": lambda: str(self.outcome.fields[alias]),
            "publicip": lambda: self.public_ip(*alias.split("/")),
            "rule": lambda: self.rule(*alias.split("/")),
            "networkof": lambda: str(self.vm(alias)["nic"][0]["networkid"]),
            "secondary": lambda: self.secondary(alias),
            "nic": lambda: self.nic(*alias.split("/")),
            "repeat": lambda: alias[0] * int(alias[1:]),
        }
        return lookups[kind]() if alias and kind in lookups else text

    def called(self, name: str) -> str:
        """Return the id of the VM of a name that a scenario gave it."""
        rows = self.rows("listVirtualMachines", "virtualmachine", name=name)
        return str(rows[0]["id"])

    def away(self, volume: str) -> str:
        """Return the id of a pool of another cluster than a volume lay in when first asked."""
        if ("away", volume) not in self._picked:
            own = self.volume(volume)["storageid"]
            self._picked["away", volume] = self.places.away_from_pool(own)
        return self._picked["away", volume]

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

    def rule(self, role: str, names: str) -> str:
        """Return the id of a role's rule on commands of these names, also when it is gone."""
        text = {"roleid": self.pick("role", role)}
        rows = self.must("root admin", "listRolePermissions", **text).get("rolepermission", [])
        self._picked |= {("rule", f"{role}/{r['rule']}"): r["id"] for r in rows}
        return self._picked["rule", f"{role}/{names}"]

    def public_ip(self, which: str, vm: str) -> str:
        """Return the id of a public address: led to a VM, its network's own, or a system VM's."""
        shown = self.vm(vm)
        network = shown["nic"][0]["networkid"]
        tests: dict[str, Callable[[Row], bool]] = {
            "nat": lambda ip: bool(ip.get("virtualmachineid") == shown["id"]),
            "sourcenat": lambda ip: ip["issourcenat"] and ip["associatednetworkid"] == network,
            "ruled": lambda ip: ip["hasrules"] and ip["associatednetworkid"] == network,
            "system": lambda ip: "associatednetworkid" not in ip and ip.get("account") == "system",
        }
        rows = self.rows("listPublicIpAddresses", "publicipaddress")
        return str(next(ip["id"] for ip in rows if tests[which](ip)))

    def secondary(self, address: str) -> str:
        """Return the id of a nic's further address."""
        rows = self.rows("listVirtualMachines", "virtualmachine")
        for row in sorted(rows, key=lambda row: row["id"] in self.vms.values()):  # ours win
            ips = (ip for nic in row["nic"] for ip in nic["secondaryip"])
            self._picked |= {("secondary", ip["ipaddress"]): ip["id"] for ip in ips}
        return self._picked["secondary", address]

    def see(self, what: str, alias: str) -> Row:
        """Return a volume or a VM."""
        return self.volume(alias) if what == "volume" else self.vm(alias)

    def observe(self) -> Row:
        """Return all volumes and VMs by id, without what any job shows."""
        rows = self.rows("listVolumes", "volume", **self.site.within)
        rows += self.rows("listVirtualMachines", "virtualmachine", **self.site.within)
        return {r["id"]: {k: v for k, v in r.items() if k not in VOLATILE} for r in rows}


@pytest.fixture
def world(site: Site, dialect: str, seed: int) -> World:
    """Return a fresh world where the scenario runs."""
    return World(site, dialect, seed)

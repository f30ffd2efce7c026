"""A small cloud of the section 12 scenarios: Stopped KVM VM v with its ROOT r, and shorthands."""

from collections.abc import Callable
from typing import Any, NamedTuple

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Vm, Volume

RESOURCE_ADMIN = 3
"""Account type that needs a zone of its domain's own."""


class Answer(NamedTuple):
    """How a call ended: "sync" or "job", its code (200 or 1 are success), text and cs code."""

    kind: str
    code: int
    text: str = ""
    cs: int | None = None
    root: str = ""
    result: dict[str, Any] | None = None


class Lab:
    """The cloud under test and what stands in it."""

    def __init__(self, dialect: str = "acs-4.22") -> None:
        self.cloud = boot("mixed", dialect=dialect)
        self.store = self.cloud.world.store
        self.zone, self.zone2 = (z.id for z in self.store.zones.values())
        # untagged ROOTs may land on the tagged managed pool, which refuses their detach
        self.cloud.arrange("pool", self.pool("MANAGED"), state="Maintenance")
        self.vm = self.make_vm("v")
        self.root = next(i for i in self.store.volumes_of[self.vm])
        self.extra = self.attached_before = ""
        self.before: Any = None

    @property
    def v(self) -> Vm:
        """The VM as it stands."""
        return self.store.vms[self.vm]

    @property
    def r(self) -> Volume:
        """Its (former) ROOT as it stands."""
        return self.store.volumes[self.root]

    @property
    def x(self) -> Volume:
        """The volume a scenario noted as `extra`."""
        return self.store.volumes[self.extra]

    def submit(self, command: str, cloud: SimulatedCloud | None = None, /, **text: str) -> str:
        """Send an asynchronous command and return its job's id, the clock untouched."""
        body = (cloud or self.cloud).call(command, **text).body
        return str(body["jobid"])

    def answer(self, job_id: str) -> Answer:
        """Let every job end and return how this one did."""
        self.cloud.settle()
        body = self.cloud.call("queryAsyncJobResult", jobid=job_id).body
        if body["jobstatus"] == 1:
            return Answer("job", 1, result=body["jobresult"])
        result = body.get("jobresult") or {}
        code = int(result.get("errorcode", body["jobresultcode"]))
        return Answer("job", code, str(result.get("errortext", "")), result=result or None)

    def do(self, command: str, cloud: SimulatedCloud | None = None, /, **text: str) -> Answer:
        """Send *command* and return how it ended."""
        reply = (cloud or self.cloud).call(command, **text)
        if reply.status == 200 and "jobid" in reply.body:
            return self.answer(str(reply.body["jobid"]))
        words, cs = str(reply.body.get("errortext", "")), reply.body.get("cserrorcode")
        return Answer("sync", reply.status, words, cs, reply.root, reply.body)

    def ok(
        self, command: str, cloud: SimulatedCloud | None = None, /, **text: str
    ) -> dict[str, Any]:
        """Send a command that must succeed and return its result."""
        answer = self.do(command, cloud, **text)
        assert answer.code in (1, 200), answer
        return answer.result or {}

    def make_vm(self, name: str, **text: str) -> str:
        """Deploy a KVM VM, stop it, and return its id."""
        template = next(t for t in self.store.templates.values() if t.hypervisor is Hypervisor.KVM)
        offering = next(iter(self.store.service_offerings))
        text = {"zoneid": self.zone, "name": name, "templateid": template.id} | text
        made = self.ok("deployVirtualMachine", serviceofferingid=offering, **text)
        vm_id = str(made["virtualmachine"]["id"])
        self.ok("stopVirtualMachine", id=vm_id)
        return vm_id

    def disk(self, cloud: SimulatedCloud | None = None, /, **text: str) -> str:
        """Create an Allocated data disk and return its id."""
        small = next(d.id for d in self.store.disk_offerings.values() if d.name == "Small")
        text = {"zoneid": self.zone, "diskofferingid": small, "name": "d"} | text
        return str(self.ok("createVolume", cloud, **text)["volume"]["id"])

    def snapshot_volume(self) -> dict[str, str]:
        """Return the parameters of a volume from a snapshot of r, to be attached to v."""
        snapshot = self.ok("createSnapshot", volumeid=self.root)["snapshot"]["id"]
        return {"name": "n", "snapshotid": snapshot, "virtualmachineid": self.vm}

    def attached_disk(self, **text: str) -> str:
        """Create a data disk, attach it to v and return its id."""
        volume_id = self.disk()
        assert self.attach(volume_id, **text).code == 1
        return volume_id

    def loose_disk(self) -> str:
        """Create a Ready data disk that is on no VM and return its id."""
        volume_id = self.attached_disk()
        self.ok("detachVolume", id=volume_id)
        return volume_id

    def attach(self, volume_id: str, vm_id: str = "", **text: str) -> Answer:
        """Attach a volume, to v unless said otherwise."""
        return self.do("attachVolume", id=volume_id, virtualmachineid=vm_id or self.vm, **text)

    def detach_root(self) -> Answer:
        """Detach r (S1)."""
        return self.do("detachVolume", id=self.root)

    def start(self) -> Answer:
        """Start v."""
        return self.do("startVirtualMachine", id=self.vm)

    def account(self, name: str, **text: str) -> dict[str, Any]:
        """Create an account, a user's unless said otherwise, and return it."""
        about = {"firstname": "a", "lastname": "b", "email": "a@example.org", "password": name}
        kind = {} if "roleid" in text else {"accounttype": "0"}
        made = self.ok("createAccount", **(about | kind | {"username": name} | text))
        account: dict[str, Any] = made["account"]
        return account

    def user(self, name: str, role: int = 0) -> SimulatedCloud:
        """Create an account and return the cloud as its user; a resource admin is arranged."""
        account = self.account(name, accounttype=str(role % RESOURCE_ADMIN))
        if role == RESOURCE_ADMIN:
            self.cloud.arrange("account", account["id"], role="ResourceAdmin")
        keys = self.ok("registerUserKeys", id=account["user"][0]["id"])["userkeys"]
        return self.cloud.sign_in(keys["apikey"], keys["secretkey"])

    def pool(self, word: str) -> str:
        """Return the id of the first pool whose name contains *word*."""
        return next(p.id for p in self.store.pools.values() if word in p.name)


def after(*steps: Callable[[Lab], Any]) -> Callable[[Lab], Answer]:
    """Return the steps in order; the last one's answer is judged."""

    def act(lab: Lab) -> Answer:
        *first, last = steps
        for step in first:
            step(lab)
        answer = last(lab)
        assert isinstance(answer, Answer)
        return answer

    return act


def extra(make: Callable[[Lab], str]) -> Callable[[Lab], None]:
    """Return a step that notes the volume *make* returns as x."""
    return lambda lab: setattr(lab, "extra", make(lab))


def arrange(**fields: Any) -> Callable[[Lab], None]:
    """Return a step that overwrites fields of x; a callable value is asked of the lab."""

    def step(lab: Lab) -> None:
        values = {k: f(lab) if callable(f) else f for k, f in fields.items()}
        lab.cloud.arrange("volume", lab.extra, **values)

    return step


def shape(volume: Any) -> tuple[str, str, int | None]:
    """Return type, state and device id, as the ground truth writes them."""
    return str(volume.type), str(volume.state), volume.device_id


def call(command: str, **text: str) -> Callable[[Lab], Answer]:
    """Return a call; V, R and X in its values stand for the ids of v, r and x."""

    def act(lab: Lab) -> Answer:
        ids = {"V": lab.vm, "R": lab.root, "X": lab.extra}
        return lab.do(command, **{k: ids.get(v, v) for k, v in text.items()})

    return act

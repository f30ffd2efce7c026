"""A cloud with something of every kind in it, and a way to make a job's flow raise half-way."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from struct import pack
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from job_calls import URL
from teller import Served, Unkept, Wall

from simulator.engine.freezer import at_rest
from simulator.engine.jobs import Job, Jobs
from simulator.engine.world import Flow
from simulator.port import Reply
from simulator.serve.journal import Saved, read
from simulator.serve.replay import restored

PLANTED = "planted"


class Stage:
    """A kept or unkept cloud, its clock, and something of every kind in it."""

    def __init__(self, served: Unkept, ids: dict[str, str] | None = None) -> None:
        self.served = served
        self.store = served.cloud.world.store
        self.ids: dict[str, str] = ids or {}
        if ids is None:
            self._furnish()

    def ask(self, command: str, /, **text: str) -> Reply:
        """Send a call, names of ids replaced."""
        given = {k: self.ids.get(v, v) for k, v in text.items()}
        return self.served.ask(command, **given)

    def wait(self) -> None:
        """Let simulated time pass, by whatever clock."""
        self.served.wall.at_s += 60
        self.served.ask("rootswapAdvance", seconds="60")

    def job(self, command: str, /, **text: str) -> dict[str, Any]:
        """Send an asynchronous call, let its job end and return what queryAsyncJobResult says."""
        reply = self.ask(command, **text)
        assert reply.status == 200, (command, reply)
        self.wait()
        return dict(self.ask("queryAsyncJobResult", jobid=reply.body["jobid"]).body)

    def make(self, name: str, kind: str, command: str, /, **text: str) -> None:
        """Make something by a job and note its id."""
        body = self.job(command, **text)
        assert body["jobstatus"] == 1, (command, body)
        self.ids[name] = str(body["jobresult"][kind]["id"])

    def _first(self, kind: str, test: Callable[[Any], bool] = lambda _: True) -> str:
        return next(str(r.id) for r in getattr(self.store, kind).values() if test(r))

    def _furnish(self) -> None:
        store, ids = self.store, self.ids
        first = self._first
        ids |= {
            "ZONE": first("zones"),
            "SERVICE": first("service_offerings", lambda o: o.memory_mib == 512),
            "LARGE": first("service_offerings", lambda o: o.memory_mib == 1024),
            "SMALL": first("disk_offerings", lambda o: o.name == "Small"),
            "MEDIUM": first("disk_offerings", lambda o: o.name == "Medium"),
            "TEMPLATE": first(
                "templates", lambda t: t.hypervisor == "KVM" and t.image_format != "ISO"
            ),
            "OSTYPE": first("os_types"),
        }
        self._no_managed_pools()
        self.ask("rootswapArrange", kind="template", id="TEMPLATE",
                 fields='{"password_enabled":true}')  # fmt: skip
        deploy = {"zoneid": "ZONE", "templateid": "TEMPLATE", "serviceofferingid": "SERVICE"}
        for name in ("VM", "RUNNING", "DEADVM", "VM2", "VM3", "NICVM"):
            self.make(name, "virtualmachine", "deployVirtualMachine", **deploy)
        for name in ("VM", "VM2", "VM3", "NICVM"):
            self.job("stopVirtualMachine", id=name)
        self.job("destroyVirtualMachine", id="DEADVM")
        disk = {"name": "d", "zoneid": "ZONE", "diskofferingid": "SMALL"}
        for name in ("DISK", "LOOSE", "TAGGED", "SPARE"):
            self.make(name, "volume", "createVolume", **disk)
        self.job("attachVolume", id="LOOSE", virtualmachineid="VM")
        self.job("detachVolume", id="LOOSE")
        self.job("attachVolume", id="DISK", virtualmachineid="VM")
        ids["ROOT"] = self._first(
            "volumes", lambda v: v.vm_id == ids["VM"] and str(v.type) == "ROOT"
        )
        loose = store.volumes[ids["LOOSE"]]
        here = store.pools[loose.pool_id or ""]
        ids["POOL"] = self._first(
            "pools", lambda p: p.cluster_id == here.cluster_id and p.id != here.id and not p.managed
        )
        self._furnish_more()

    def _no_managed_pools(self) -> None:
        for pool in self.store.pools.values():
            if pool.managed:  # ROOTs are not detached there
                self.served.ask(
                    "rootswapArrange", kind="pool", id=pool.id, fields='{"state":"Maintenance"}'
                )

    def _furnish_more(self) -> None:
        ids = self.ids
        self.make("PROJECT", "project", "createProject", name="p")
        self.make("SNAPSHOT", "snapshot", "createSnapshot", volumeid="DISK")
        self.make("VMSNAPSHOT", "vmsnapshot", "createVMSnapshot", virtualmachineid="VM2")
        self.make("OWNTEMPLATE", "template", "createTemplate", name="own", ostypeid="OSTYPE",
                  volumeid="ROOT")  # fmt: skip
        plan = self._first("network_offerings", lambda o: o.kind == "Isolated")
        for name in ("NETWORK", "EMPTYNET", "EMPTYNET2"):
            reply = self.ask("createNetwork", name=name, networkofferingid=plan, zoneid="ZONE")
            ids[name] = str(reply.body["network"]["id"])
        ids["NETWORK"] = str(self.store.vms[ids["VM"]].network_id)
        self.make("IP", "ipaddress", "associateIpAddress", networkid="NETWORK")
        self.job("createTags", resourceids="TAGGED", resourcetype="Volume",
                 **{"tags[0].key": "k", "tags[0].value": "v"})  # fmt: skip
        policy = self.ask("createSnapshotPolicy", volumeid="DISK", intervaltype="HOURLY",
                          schedule="0", maxsnaps="1", timezone="GMT")  # fmt: skip
        ids["POLICY"] = str(policy.body["snapshotpolicy"]["id"])
        iso = self.ask("registerIso", name="i", displaytext="i", url=f"{URL}.iso", zoneid="ZONE",
                       ostypeid="OSTYPE").body["iso"]  # fmt: skip
        ids["ISO"] = str(iso[0]["id"])
        spare = self.ask("registerIso", name="j", displaytext="j", url=f"{URL}.iso", zoneid="ZONE",
                         ostypeid="OSTYPE").body["iso"]  # fmt: skip
        ids["SPAREISO"] = str(spare[0]["id"])
        self.wait()
        ids["DOMAIN"] = str(self.ask("createDomain", name="d").body["domain"]["id"])
        self.ask("registerSSHKeyPair", name="k", publickey=public_key())
        person = {"email": "a@b.c", "firstname": "f", "lastname": "l", "password": "p"}
        for name in ("u", "member"):
            reply = self.ask("createAccount", username=name, accounttype="0", **person)
            ids["ACCOUNT"] = str(reply.body["account"]["id"])
        self.job("addAccountToProject", projectid="PROJECT", account="member")
        self._furnish_networks()

    def _furnish_networks(self) -> None:
        ids, rules = self.ids, {"protocol": "tcp", "startport": "80", "endport": "81"}
        ids["ROOTDOMAIN"] = self._first("domains", lambda d: d.parent_id is None)
        ids["USER"] = self._first("users", lambda u: u.name == "member")
        self.make("IP2", "ipaddress", "associateIpAddress", networkid="NETWORK")
        self.make("EGRESS", "firewallrule", "createEgressFirewallRule", networkid="NETWORK",
                  **rules)  # fmt: skip
        self.make("RULE", "firewallrule", "createFirewallRule", ipaddressid="IP", **rules)
        self.make("FORWARD", "portforwardingrule", "createPortForwardingRule", ipaddressid="IP",
                  virtualmachineid="VM", protocol="tcp", publicport="81",
                  privateport="81")  # fmt: skip
        self.make("GROUP", "affinitygroup", "createAffinityGroup", name="held",
                  type="host anti-affinity")  # fmt: skip
        self.job("addNicToVirtualMachine", virtualmachineid="NICVM", networkid="EMPTYNET2")
        nics = [n for n in self.store.nics.values() if n.vm_id == ids["NICVM"]]
        ids["NIC"] = next(n.id for n in nics if n.network_id == ids["EMPTYNET2"])
        ids["OWNNIC"] = ids["NIC"]
        self.make("SECONDARY", "nicsecondaryip", "addIpToNic", nicid="NIC")
        led = self.ask("enableStaticNat", ipaddressid="IP2", virtualmachineid="VM2")
        assert led.status == 200, led
        self.job("attachIso", id="ISO", virtualmachineid="NICVM")
        for name, kind in (("ROUTER", "DomainRouter"), ("SYSTEMVM", "ConsoleProxy")):
            live = (v for v in self.store.vms.values() if not v.removed)
            ids[name] = next(v.id for v in live if str(v.kind) == kind)


def public_key() -> str:
    """Return an RSA public key, which takes no time to make."""
    parts = (b"ssh-rsa", (65537).to_bytes(3, "big"), b"\0" + b"\xc5" * 256)
    return "ssh-rsa " + b64encode(b"".join(pack(">I", len(p)) + p for p in parts)).decode()


def broken(flow: Flow) -> Flow:
    """Run *flow* to its first wait, if it has one, and make it raise when that is over."""
    try:
        waits = next(flow)
    except StopIteration:
        pass
    else:
        yield waits
        flow.throw(ZeroDivisionError(PLANTED))
    raise ZeroDivisionError(PLANTED)


class Planting:
    """Makes the first job that is submitted at or after a second raise, in each cloud."""

    def __init__(self, submit: Callable[..., Job]) -> None:
        self._submit = submit
        self.at_s, self.in_result = float("inf"), False
        self._planted: set[int] = set()

    def submit(self, jobs: Jobs, flow: Flow, command: str, *rest: Any) -> Job:
        """Stand for Jobs.submit."""
        if jobs.world.env.now < self.at_s or id(jobs) in self._planted:
            return self._submit(jobs, flow, command, *rest)
        self._planted.add(id(jobs))
        if self.in_result:
            return self._submit(jobs, flow, command, *rest[:2], crash, *rest[3:])
        return self._submit(jobs, broken(flow), command, *rest)


def crash(*_: Any) -> Any:
    """Show a result as a bug does."""
    raise ZeroDivisionError(PLANTED)


class Furnished(NamedTuple):
    """A furnished cloud: its file, what that holds, the ids in it, the wall time it stands at."""

    content: bytes
    saved: Saved
    ids: dict[str, str]
    at_s: float


@cache
def furnished(clock: str) -> Furnished:
    """Return a furnished cloud whose file ends with a checkpoint, so that it is soon back."""
    wall = Wall()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cloud.db"
        served = Served(path, clock, wall, 1000)
        built = Stage(served)
        served = served.again(1)
        while not at_rest(served.cloud.jobs):
            wall.at_s += 1
            served.ask("rootswapAdvance", seconds="1")
        for _ in range(2):  # a checkpoint is made before the command that follows it
            served.ask("rootswapAdvance", seconds="0")
        served.journal.close()
        saved = read(path)
        assert saved.checkpoint is not None
        return Furnished(path.read_bytes(), saved, built.ids, wall.at_s)


def stage(path: Path | None, clock: str) -> Stage:
    """Return a furnished cloud, the same each time, that is kept at *path* if there is one."""
    made, wall = furnished(clock), Wall()
    wall.at_s = made.at_s
    if path is None:
        return Stage(Unkept(restored(made.saved)[0], clock, wall), dict(made.ids))
    path.write_bytes(made.content)
    spacing = Random(path.name).choice((5, 1000))
    return Stage(Served(path, clock, wall, spacing), dict(made.ids))

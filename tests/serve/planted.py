"""One valid call of every command that is a job, and a way to make its flow raise half-way."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from random import Random
from struct import pack
from typing import Any

from teller import Served, Wall

from simulator.engine.jobs import Job, Jobs
from simulator.engine.world import Flow
from simulator.port import Reply

PLANTED = ZeroDivisionError("planted")
URL = "http://images.internal/disk"
TCP = {"protocol": "tcp", "startport": "22", "endport": "23"}
CALLS: dict[str, dict[str, str]] = {
    "activateProject": {"id": "PROJECT"},
    "addAccountToProject": {"projectid": "PROJECT", "account": "u"},
    "associateIpAddress": {"networkid": "NETWORK"},
    "attachIso": {"id": "ISO", "virtualmachineid": "VM"},
    "attachVolume": {"id": "LOOSE", "virtualmachineid": "VM"},
    "checkVolume": {"id": "DISK"},
    "createEgressFirewallRule": {"networkid": "NETWORK"} | TCP,
    "createFirewallRule": {"ipaddressid": "IP"} | TCP,
    "createPortForwardingRule": {
        "ipaddressid": "IP", "virtualmachineid": "VM", "protocol": "tcp", "publicport": "80",
        "privateport": "80",
    },
    "createProject": {"name": "other"},
    "createSnapshot": {"volumeid": "ROOT"},
    "createTags": {
        "resourceids": "VM", "resourcetype": "UserVm", "tags[0].key": "k", "tags[0].value": "v",
    },
    "createTemplate": {"name": "t", "ostypeid": "OSTYPE", "volumeid": "ROOT"},
    "createVMSnapshot": {"virtualmachineid": "VM"},
    "createVolume": {"name": "n", "zoneid": "ZONE", "diskofferingid": "SMALL"},
    "deleteAccount": {"id": "ACCOUNT"},
    "deleteAccountFromProject": {"projectid": "PROJECT", "account": "member"},
    "deleteDomain": {"id": "DOMAIN"},
    "deleteNetwork": {"id": "EMPTYNET"},
    "deleteProject": {"id": "PROJECT"},
    "deleteSnapshot": {"id": "SNAPSHOT"},
    "deleteTags": {"resourceids": "TAGGED", "resourcetype": "Volume"},
    "deleteTemplate": {"id": "OWNTEMPLATE"},
    "deleteVMSnapshot": {"vmsnapshotid": "VMSNAPSHOT"},
    "deployVirtualMachine": {
        "zoneid": "ZONE", "templateid": "TEMPLATE", "serviceofferingid": "SERVICE",
        "networkids": "NETWORK",
    },
    "destroyVirtualMachine": {"id": "VM"},
    "destroyVolume": {"id": "LOOSE"},
    "detachVolume": {"id": "DISK"},
    "expungeVirtualMachine": {"id": "DEADVM"},
    "extractTemplate": {"id": "OWNTEMPLATE", "mode": "HTTP_DOWNLOAD", "zoneid": "ZONE"},
    "extractVolume": {"id": "LOOSE", "mode": "HTTP_DOWNLOAD", "zoneid": "ZONE"},
    "migrateVirtualMachine": {"virtualmachineid": "RUNNING", "autoselect": "true"},
    "migrateVolume": {"volumeid": "LOOSE", "storageid": "POOL"},
    "rebootVirtualMachine": {"id": "RUNNING"},
    "resetPasswordForVirtualMachine": {"id": "VM"},
    "resetSSHKeyForVirtualMachine": {"id": "VM", "keypair": "k"},
    "resizeVolume": {"id": "LOOSE", "diskofferingid": "MEDIUM"},
    "restoreVirtualMachine": {"virtualmachineid": "VM"},
    "scaleVirtualMachine": {"id": "VM", "serviceofferingid": "LARGE"},
    "startVirtualMachine": {"id": "VM"},
    "stopVirtualMachine": {"id": "RUNNING"},
    "suspendProject": {"id": "PROJECT"},
    "updateProject": {"id": "PROJECT", "displaytext": "x"},
    "updateSnapshotPolicy": {"id": "POLICY", "fordisplay": "false"},
    "updateVolume": {"id": "LOOSE", "name": "x"},
    "uploadVolume": {"name": "n", "url": f"{URL}.qcow2", "format": "QCOW2", "zoneid": "ZONE"},
    "addNicToVirtualMachine": {"virtualmachineid": "VM", "networkid": "EMPTYNET"},
    "changeOfferingForVolume": {"id": "LOOSE", "diskofferingid": "MEDIUM"},
    "createAffinityGroup": {"name": "g", "type": "host anti-affinity"},
    "deleteAffinityGroup": {"id": "GROUP"},
    "deleteEgressFirewallRule": {"id": "EGRESS"},
    "deleteFirewallRule": {"id": "RULE"},
    "deleteIso": {"id": "SPAREISO"},
    "deletePortForwardingRule": {"id": "FORWARD"},
    "detachIso": {"virtualmachineid": "NICVM"},
    "disableAccount": {"account": "u", "domainid": "ROOTDOMAIN", "lock": "false"},
    "disableUser": {"id": "USER"},
    "disassociateIpAddress": {"id": "IP2"},
    "extractIso": {"id": "ISO", "mode": "HTTP_DOWNLOAD"},
    "rebootRouter": {"id": "ROUTER"},
    "rebootSystemVm": {"id": "SYSTEMVM"},
    "removeNicFromVirtualMachine": {"virtualmachineid": "NICVM", "nicid": "NIC"},
    "restartNetwork": {"id": "NETWORK"},
    "revertSnapshot": {"id": "SNAPSHOT"},
    "revertToVMSnapshot": {"vmsnapshotid": "VMSNAPSHOT"},
    "startRouter": {"id": "ROUTER"},
    "startSystemVm": {"id": "SYSTEMVM"},
    "stopRouter": {"id": "ROUTER"},
    "stopSystemVm": {"id": "SYSTEMVM"},
    "updateDefaultNicForVirtualMachine": {"virtualmachineid": "NICVM", "nicid": "NIC"},
    "updateNetwork": {"id": "NETWORK", "displaytext": "x"},
    "updateVMAffinityGroup": {"id": "VM", "affinitygroupids": "GROUP"},
    "updateVmNicIp": {"nicid": "OWNNIC", "ipaddress": "10.1.1.99"},
}  # fmt: skip
"""Command -> parameters; words in capitals are names of `Stage.ids`."""


class Stage:
    """A kept or unkept cloud, its clock, and something of every kind in it."""

    def __init__(self, served: Served, ids: dict[str, str] | None = None) -> None:
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
        flow.throw(PLANTED)
    raise PLANTED


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
    raise PLANTED


_FURNISHED: dict[str, tuple[bytes, dict[str, str], float]] = {}
"""Clock -> a furnished cloud's file, the ids in it, and the wall time it stands at."""


def stage(path: Path, clock: str) -> Stage:
    """Return a furnished cloud that is kept at *path*, the same each time."""
    wall, spacing = Wall(), Random(clock).choice((5, 1000))
    if clock not in _FURNISHED:
        built = Stage(Served(path, clock, wall, spacing))
        built.served.journal.close()
        _FURNISHED[clock] = path.read_bytes(), built.ids, wall.at_s
        path.unlink()
    content, ids, wall.at_s = _FURNISHED[clock]
    path.write_bytes(content)
    return Stage(Served(path, clock, wall, spacing), dict(ids))

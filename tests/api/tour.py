"""A tour of what commands answer: each object with the shape that declares its fields."""

from collections.abc import Iterator
from typing import Any

from simulator.api.service import SimulatedCloud
from simulator.api.shape import Shape
from simulator.api.table import COMMANDS
from simulator.port import Reply

Row = dict[str, Any]
Shown = tuple[Shape[Any], Row]
"""A shape and an object that it rendered."""
FLAT = frozenset({"asyncjobs", "success"})
"""Objects that stand in no other one of their name."""


def objects(body: Row) -> Iterator[Row]:
    """Yield the objects that an answer carries under their names."""
    for value in body.values():
        yield from (v for v in (value if isinstance(value, list) else [value]) if type(v) is dict)


def rows_of(shape: Shape[Any], body: Row) -> Iterator[Shown]:
    """Yield what *shape* rendered of an answer, and what is inside that."""
    rows = [body] if shape.name in FLAT and "count" not in body else objects(body)
    for row in rows:
        yield from _with_inner(shape, row)


def _with_inner(shape: Shape[Any], row: Row) -> Iterator[Shown]:
    yield shape, row
    for field in shape.fields:
        if field.shape is not None:
            for inner in row.get(field.name, ()):
                yield from _with_inner(field.shape, inner)


class Tour:
    """Calls of one user, what they answered, and what came of their jobs."""

    def __init__(self, cloud: SimulatedCloud) -> None:
        self.cloud = cloud
        self.shown: list[Shown] = []

    def go(self, name: str, /, **text: str) -> Row:
        """Call a command that must succeed, let its job end and return the first object of it."""
        reply = self.cloud.call(name, **text)
        assert reply.status == 200, (name, reply.body)
        body, command = reply.body, COMMANDS[name]
        if command.is_async:
            self.looked(self.cloud.call("listAsyncJobs"), "listAsyncJobs")
            self.cloud.settle()
            body = self._asked(body["jobid"])
        self.shown += rows_of(command.answers, body)
        return next(objects(body), body)

    def _asked(self, job_id: str) -> Row:
        job = self.cloud.call("queryAsyncJobResult", jobid=job_id).body
        self.shown += rows_of(COMMANDS["queryAsyncJobResult"].answers, job)
        assert job["jobstatus"] == 1, job
        return dict(job["jobresult"])

    def looked(self, reply: Reply, name: str) -> None:
        """Take in what a command answered, unless it refused."""
        if reply.status == 200:
            self.shown += rows_of(COMMANDS[name].answers, reply.body)

    def lists(self) -> None:
        """Call every list."""
        for name, command in COMMANDS.items():
            if name.startswith("list") and name != "listApis":
                text = {"templatefilter": "all"} if name == "listTemplates" else {}
                text |= {"listall": "true"} if "listall" in command.parameters else {}
                self.looked(self.cloud.call(name, **text), name)
        for vm in self.cloud.call("listVirtualMachines", listall="true").body.get(
            "virtualmachine", []
        ):
            self.looked(self.cloud.call("listNics", virtualmachineid=vm["id"]), "listNics")


class Sights:
    """What stands in a cloud that everything there is can be shown of: a VM, its parts and more."""

    def __init__(self, tour: Tour, owner: dict[str, str]) -> None:
        self.tour, self.owner = tour, owner
        go = self.go = tour.go
        store = tour.cloud.world.store
        self.zone = go("listZones")["id"]
        self.template = go("listTemplates", templatefilter="all", name=KVM)["id"]
        self.small = go("listServiceOfferings", name="Small Instance")["id"]
        disks = {d.name: d.id for d in store.disk_offerings.values()}
        self.disk_offering, self.encrypted, self.custom = (
            disks[n] for n in ("Small", "Encrypted", "c")
        )
        self.os_type = go("listOsTypes")["id"]
        go("createAffinityGroup", name="g", type="host anti-affinity", description="apart", **owner)
        self.data = go("registerUserData", name="u", userdata="aGVsbG8=", params="a", **owner)["id"]
        go("createSSHKeyPair", name="k", **owner)
        go("registerSSHKeyPair", name="k2", publickey="ssh-rsa AAAA", **owner)

    def see_vm(self) -> None:
        """Deploy a VM with all that it can show, and take its parts one by one."""
        go, owner = self.go, self.owner
        iso = go(
            "registerIso",
            name="i",
            displaytext="i",
            url="http://x.example/i.iso",
            zoneid=self.zone,
            bootable="true",
            ispublic="true",
            ostypeid=self.os_type,
        )["id"]
        go("updateIso", id=iso, displaytext="j")
        go("linkUserDataToTemplate", templateid=self.template, userdataid=self.data)
        go("updateTemplate", id=self.template, passwordenabled="true")
        vm = go("deployVirtualMachine", zoneid=self.zone, templateid=self.template,
                serviceofferingid=self.small, affinitygroupnames="g", keypair="k",
                userdataid=self.data, **{"userdatadetails[0].a": "1"}, **owner)  # fmt: skip
        go("attachIso", id=iso, virtualmachineid=vm["id"])
        self.tour.lists()
        go("listVirtualMachines", userdata="true", listall="true", projectid="-1")
        go("getVirtualMachineUserData", virtualmachineid=vm["id"])
        nic = vm["nic"][0]
        more = go("addIpToNic", nicid=nic["id"])
        self._see_addresses(vm["id"], nic["networkid"], more["ipaddress"])
        go("findHostsForMigration", virtualmachineid=vm["id"])
        self._see_volume(vm["id"])
        go("updateNetwork", id=nic["networkid"], displaytext="n")
        self.tour.lists()
        go("stopVirtualMachine", id=vm["id"])
        go("resetPasswordForVirtualMachine", id=vm["id"])

    def _see_addresses(self, vm: str, network: str, guest_ip: str) -> None:
        go = self.go
        first = go("associateIpAddress", networkid=network)["id"]
        go("createFirewallRule", ipaddressid=first, protocol="tcp", startport="22", endport="23")
        go("createEgressFirewallRule", networkid=network, protocol="icmp")
        go("createPortForwardingRule", ipaddressid=first, virtualmachineid=vm, protocol="tcp",
           publicport="22", privateport="22")  # fmt: skip
        second = go("associateIpAddress", networkid=network)["id"]
        go("enableStaticNat", ipaddressid=second, virtualmachineid=vm, vmguestip=guest_ip)
        go("enableStaticNat", ipaddressid=second, virtualmachineid=vm)

    def _see_volume(self, vm: str) -> None:
        go = self.go
        root = go("listVolumes", virtualmachineid=vm, projectid="-1", listall="true")["id"]
        schedule = {"intervaltype": "DAILY", "schedule": "00:1", "maxsnaps": "1"}
        go("createSnapshotPolicy", volumeid=root, timezone="UTC", **schedule)
        taken = go("createSnapshot", volumeid=root)["id"]
        made = go("createVolume", name="n", snapshotid=taken, zoneid=self.zone, **self.owner)["id"]
        data = go("createVolume", name="d", diskofferingid=self.disk_offering, zoneid=self.zone,
                  **self.owner)["id"]  # fmt: skip
        encrypted = go("createVolume", name="e", diskofferingid=self.encrypted, zoneid=self.zone,
                       **self.owner)["id"]  # fmt: skip
        go("attachVolume", id=data, virtualmachineid=vm)
        self.tour.cloud.arrange("volume", encrypted, encrypt_format="luks")
        own = {"size": "1", "miniops": "1", "maxiops": "2"} | self.owner
        go("createVolume", name="c", diskofferingid=self.custom, zoneid=self.zone, **own)
        go(
            "createTags",
            resourceids=data,
            resourcetype="Volume",
            **{"tags[0].key": "a", "tags[0].value": "b"},
        )
        go("updateVolume", id=data, chaininfo="c")
        go("extractVolume", id=made, zoneid=self.zone, mode="HTTP_DOWNLOAD")
        go("checkVolume", id=made, repair="LEAKS")
        go("createVMSnapshot", virtualmachineid=vm, snapshotmemory="true", description="first")
        go("createVMSnapshot", virtualmachineid=vm, snapshotmemory="true")
        go("findStoragePoolsForMigration", id=root)
        go("createTemplate", name="t", ostypeid=self.os_type, snapshotid=taken)
        go("getUploadParamsForVolume", name="u", format="QCOW2", zoneid=self.zone, **self.owner)


def see_offerings(go: Any, home: str, zone: str) -> None:
    """Make offerings that show all that offerings can."""
    go("createDiskOffering", name="o", displaytext="o", disksize="1", customizediops="false",
       miniops="1", maxiops="2", tags="a", domainid=home, zoneid=zone)  # fmt: skip
    go("createDiskOffering", name="c", displaytext="c", customized="true", customizediops="true")
    size = {"cpunumber": "1", "cpuspeed": "1", "memory": "64"}
    detail = {"serviceofferingdetails[0].key": "k", "serviceofferingdetails[0].value": "v"}
    go("createServiceOffering", name="s", displaytext="s", hosttags="h", tags="t", networkrate="1",
       deploymentplanner="FirstFitPlanner", **size, **detail)  # fmt: skip
    go("createServiceOffering", name="y", displaytext="y", issystem="true",
       systemvmtype="domainrouter", **size)  # fmt: skip


def see_cloud(tour: Tour) -> None:
    """Look at the cloud itself: its hosts, its servers, its log."""
    go, world = tour.go, tour.cloud.world
    for host in list(world.store.hosts):
        go("updateHost", id=host, hosttags="h")
    go("readyForShutdown", managementserverid=next(iter(world.store.servers)))
    go("rootswapAdvance", seconds="1")
    go("listVolumes", nosuch="1")
    world.bugs.append((1.0, "listVolumes", "an error"))
    go("rootswapStrike", operation="AttachCommand", mode="slow", seconds="3")
    go("rootswapSlow", id=next(iter(world.store.pools)), speed="0.5")
    go("rootswapLog")
    go("rootswapStrike", operation="AttachCommand", times="0")
    (vm, *_) = tour.cloud.call("listVirtualMachines").body["virtualmachine"]
    for verb in ("stop", "start"):
        tour.cloud.call(f"{verb}VirtualMachine", id=vm["id"])
    tour.cloud.sleep(1)
    go("rootswapQueues")
    tour.cloud.settle()
    go("rootswapQueues")
    go("updateHypervisorCapabilities", id="1", maxguestslimit="9")
    go("resetConfiguration", name="allow.user.create.projects")


KVM = "CentOS 5.6 (64-bit) no GUI (KVM)"


def see_owners(go: Any, root: str) -> dict[str, str]:
    """Make owners of all kinds, and return the project among them."""
    home = go("createDomain", name="top", networkdomain="a.example")["id"]
    person = {"firstname": "a", "lastname": "b", "email": "c@d.example", "password": "p"}
    go("createAccount", username="u", account="u", domainid=home, accounttype="0",
       networkdomain="b.example", timezone="UTC", **person)  # fmt: skip
    go("updateResourceCount", domainid=home)
    go("updateResourceCount", domainid=home, account="u")
    role = go("createRole", name="r", type="User", description="d")["id"]
    go("createRolePermission", roleid=role, rule="list*", permission="allow", description="d")
    user = go("listUsers")["id"]
    go("registerUserKeys", id=user)
    project = go("createProject", name="p")["id"]
    go("listProjectAccounts", projectid=project)
    go("updateResourceLimit", projectid=project, resourcetype="0", max="20")
    go("updateResourceCount", projectid=project, domainid=root)
    return {"projectid": project}

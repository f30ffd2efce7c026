"""S1 to S46: what the real system does, of semantics 12 as the ground truth corrects it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from lab import Answer, Lab, after, arrange, call, extra, shape

from simulator.domain.inventory import Hypervisor, Scope
from simulator.domain.states import VmState, VolumeState


class Row(NamedTuple):
    """A scenario: what is done, how its last call ends, and what must hold afterwards."""

    id: str
    act: Callable[[Lab], Answer]
    kind: str
    code: int
    text: str = ""
    then: Callable[[Lab], Any] = lambda lab: (lab.r.vm_id, lab.r.state) == (lab.vm, "Ready")
    cs: int | None = None


def s19(lab: Lab) -> Answer:
    lab.extra = lab.disk(lab.user("b"))
    return lab.attach(lab.extra)


def s20(lab: Lab) -> Answer:
    lab.extra = lab.disk()
    return lab.do("attachVolume", lab.user("a"), id=lab.extra, virtualmachineid=lab.vm)


def s15(lab: Lab) -> Answer:
    for _ in range(32):
        lab.attached_disk()
    lab.extra = lab.disk()
    return lab.attach(lab.extra)


def s32(lab: Lab) -> Answer:
    jobs = [lab.submit("detachVolume", id=lab.root) for _ in range(2)]
    answers = [lab.answer(job) for job in jobs]
    assert [a.code for a in answers] == [1, 1]
    return answers[1]


def s33(lab: Lab) -> Answer:
    lab.detach_root()
    vms = [lab.make_vm(name) for name in ("v2", "v3")]
    for vm in vms:
        lab.ok("detachVolume", id=next(iter(lab.store.volumes_of[vm])))
    jobs = [
        lab.submit("attachVolume", id=lab.root, virtualmachineid=vm, deviceid="0") for vm in vms
    ]
    answers = sorted((lab.answer(job) for job in jobs), key=lambda a: a.code)
    assert answers[0].code == 1
    return answers[1]


def s34(lab: Lab) -> Answer:
    lab.ok("startVirtualMachine", id=lab.vm)
    lab.ok("createVMSnapshot", virtualmachineid=lab.vm, snapshotmemory="true")
    for volume_id in (lab.attached_before, lab.root):
        assert lab.do("detachVolume", id=volume_id).code == 431
    lab.extra = lab.disk()
    return lab.attach(lab.extra)


def s39(lab: Lab) -> Answer:
    return lab.do("listVirtualMachines", id=lab.vm)


def s40(lab: Lab) -> Answer:
    user = lab.user("u")
    lab.cloud.arrange("vm", lab.vm, account_id=user.account.id)
    lab.cloud.arrange("volume", lab.root, account_id=user.account.id)
    lab.ok("detachVolume", user, id=lab.root)
    answer = lab.do("listVolumes", user, id=lab.root)
    lab.before = (answer.result or {})["volume"][0]
    return answer


def s43(lab: Lab) -> Answer:
    lab.extra = lab.loose_disk()
    lab.ok("startVirtualMachine", id=lab.vm)
    job = lab.submit("attachVolume", id=lab.extra, virtualmachineid=lab.vm)
    while lab.x.state is not VolumeState.ATTACHING:
        lab.cloud.world.env.step()
    lab.cloud.restart()
    answer = lab.answer(job)
    assert answer.result is None
    return answer


def s44(lab: Lab) -> Answer:
    text = lab.snapshot_volume()
    lab.ok("startVirtualMachine", id=lab.vm)
    lab.cloud.strike("AttachCommand")
    body = lab.cloud.call("createVolume", **text).body
    lab.extra = body["id"]
    return lab.answer(body["jobid"])


def s46(lab: Lab) -> Answer:
    lab.extra = lab.loose_disk()
    start = lab.submit("startVirtualMachine", id=lab.vm)
    attach = lab.submit("attachVolume", id=lab.extra, virtualmachineid=lab.vm)
    assert lab.answer(start).code == 1
    return lab.answer(attach)


def local_pool(lab: Lab) -> str:
    """Make x's pool local to a host v never ran on, and return its id."""
    pool = lab.pool("Z0C1PS0")
    host = next(h.id for h in lab.store.hosts.values() if h.id != lab.v.last_host_id)
    lab.cloud.arrange("pool", pool, scope=Scope.HOST, host_id=host)
    return pool


def far_pool(lab: Lab) -> str:
    """Return the id of a KVM pool of the cluster v is not in, and note x's row."""
    lab.before = lab.x.db_id
    return next(
        p.id
        for p in lab.store.pools.values()
        if p.hypervisor is Hypervisor.KVM
        and p.zone_id == lab.zone
        and not p.managed
        and p.cluster_id != lab.store.pools[lab.r.pool_id or ""].cluster_id
    )


def moved(lab: Lab) -> bool:
    """Whether x was moved to v's cluster, to a new row."""
    pools = lab.store.pools
    same = pools[lab.x.pool_id or ""].cluster_id == pools[lab.r.pool_id or ""].cluster_id
    return same and lab.x.db_id != lab.before and lab.x.vm_id == lab.vm


def on_pool_of_cluster(lab: Lab) -> bool:
    """Whether x was created in the cluster of v's ROOT."""
    pools = lab.store.pools
    same = pools[lab.x.pool_id or ""].cluster_id == pools[lab.r.pool_id or ""].cluster_id
    return same and shape(lab.x) == ("DATADISK", "Ready", 1)


def rootless(lab: Lab) -> bool:
    """Whether v is Stopped and r loose."""
    return lab.r.vm_id is None and lab.v.state is VmState.STOPPED


def listed_first(lab: Lab) -> bool:
    """Whether the VM's list entry shows d1 at device 1, and nothing once d1 is gone."""
    shown = lab.ok("listVirtualMachines", id=lab.vm)["virtualmachine"][0]
    lab.ok("detachVolume", id=lab.extra)
    bare = lab.ok("listVirtualMachines", id=lab.vm)["virtualmachine"][0]
    return (shown["rootdeviceid"], shown["rootdevicetype"]) == (1, "DATADISK") and not {
        "rootdeviceid", "rootdevicetype"
    } & set(bare)  # fmt: skip


def as_s1(lab: Lab) -> bool:
    """Whether the detached ROOT looks as S1 says."""
    row = lab.ok("listVolumes", id=lab.root)["volume"][0]
    gone = {"deviceid", "virtualmachineid", "attached"} & set(row)
    kept = {"templateid", "serviceofferingid"} <= set(row)
    named = row["name"] == f"ROOT-{lab.v.db_id}"
    return not gone and kept and named and (row["type"], row["state"]) == ("DATADISK", "Ready")


S1 = Lab.detach_root
ROOT_TEXT = "Root volume detach can happen only when vm is in states: Stopped or Destroyed"
DENIED = "Caller does not have permission"
run = Lab.start
x_disk, x_loose, x_on = extra(Lab.disk), extra(Lab.loose_disk), extra(Lab.attached_disk)


def x_to(device: str | None = None) -> Callable[[Lab], Answer]:
    """Return the step that attaches x to v."""
    return lambda lab: lab.attach(lab.extra, **({} if device is None else {"deviceid": device}))


def r_to(device: str | None = None) -> Callable[[Lab], Answer]:
    """Return the step that attaches r to v."""
    return lambda lab: lab.attach(lab.root, **({} if device is None else {"deviceid": device}))


def loose(lab: Lab) -> bool:
    """Whether x is on no VM."""
    return lab.x.vm_id is None


KILL = call("destroyVirtualMachine", id="V")
NEVER = "00000000-0000-4000-a000-000000000000"
# fmt: off
ROWS = (
    Row("S1", S1, "job", 1, then=as_s1),
    Row("S2", after(x_on, S1, run), "job", 530, "because the ROOT volume is missing", rootless),
    Row("S3", after(S1, run), "job", 530, "no usable volumes found", rootless),
    Row("S4", after(S1, r_to("0")), "job", 1, then=lambda lab: shape(lab.r) == ("ROOT", "Ready", 0)
        and lab.r.attached_s is not None and run(lab).code == 1),
    Row("S5", after(S1, r_to()), "job", 1,
        then=lambda lab: shape(lab.r) == ("DATADISK", "Ready", 1) and run(lab).code == 530),
    Row("S6", after(x_loose, S1, r_to(), x_to("0")), "job", 1,
        then=lambda lab: shape(lab.x) == ("ROOT", "Ready", 0) and run(lab).code == 1),
    Row("S7", after(x_disk, x_to("0")), "job", 431, "Vm already has root volume attached", loose),
    Row("S8", after(x_disk, run, x_to("0")), "job", 431, ROOT_TEXT, loose),
    Row("S9", after(run, S1), "job", 431, ROOT_TEXT),
    Row("S10", after(x_on, run, call("detachVolume", id="X")), "job", 1,
        then=lambda lab: shape(lab.x) == ("DATADISK", "Ready", None)
        and lab.cloud.agent_commands()[-1][2] == "DettachCommand"),
    Row("S11", after(KILL, S1), "job", 431, ROOT_TEXT),
    Row("S12", after(x_disk, x_to("3")), "job", 530, "deviceId should be 0,1,2,4-33",
        lambda lab: shape(lab.x) == ("DATADISK", "Ready", None)),
    Row("S13", after(x_disk, x_to("-1"), x_to("34")), "job", 530,
        "deviceId should be 0,1,2,4-33", loose),
    Row("S14", after(extra(lambda lab: lab.attached_disk(deviceid="7")), x_disk, x_to("7")),
        "job", 530, "deviceId 7 is used by vol", loose),
    Row("S15", s15, "job", 431, "maximum number of data disks (32)", loose),
    Row("S16", after(x_on, x_to()), "job", 431, "not attached to any VM",
        lambda lab: lab.x.vm_id == lab.vm),
    Row("S17", after(x_loose, call("destroyVolume", id="X"), x_to()), "job", 431,
        "Please specify a volume that is not destroyed.", loose),
    Row("S18", after(extra(lambda lab: lab.disk(zoneid=lab.zone2)), x_to()), "job", 431,
        "in the same zone", loose),
    Row("S19", s19, "job", 530, "belong to different accounts", loose),
    Row("S20", s20, "sync", 531, DENIED, loose, 4365),
    Row("S21", call("attachVolume", id=NEVER, virtualmachineid="V"), "sync", 431, "", cs=9999),
    Row("S22", call("attachVolume", id="R"), "sync", 431,
        "due to missing parameter virtualmachineid", cs=9999),
    Row("S23", call("attachVolume", id="R", virtualmachineid="V", deviceid="abc"), "sync", 431,
        "due to invalid value abc for parameter deviceid", cs=9999),
    Row("S24", after(x_disk, call("destroyVirtualMachine", id="V", expunge="true"), x_to()),
        "sync", 431, "Unable to find UUID for id [", loose, 4350),
    Row("S25", after(x_disk, x_to()), "job", 1, then=on_pool_of_cluster),
    Row("S26", after(x_loose, arrange(pool_id=lambda lab: lab.pool("Z0C2PS0")), x_to()),
        "job", 431, "Can't attach a volume created by: VMware to a KVM vm", loose),
    Row("S27", after(lambda lab: setattr(lab, "extra", lab.root),
        arrange(pool_id=lambda lab: lab.pool("MANAGED")), S1), "job", 431, "Managed DataStores"),
    Row("S28", call("detachVolume", deviceid="0", virtualmachineid="V"), "job", 530,
        'because "volumeId" is null'),
    Row("S29", call("detachVolume"), "job", 431, "Please provide either a volume id, or a tuple"),
    Row("S30", after(x_loose, call("detachVolume", id="X")), "job", 431, "not attached to a VM",
        loose),
    Row("S31", lambda lab: lab.answer(lab.submit("detachVolume", lab.user("a"), id=lab.root)),
        "job", 530, DENIED),
    Row("S32", s32, "job", 1, then=rootless),
    Row("S33", s33, "job", 530, "It should be in Ready or Allocated state",
        lambda lab: shape(lab.r) == ("ROOT", "Ready", 0)),
    Row("S34", after(lambda lab: setattr(lab, "attached_before", lab.attached_disk()), s34),
        "job", 431, "VM snapshots", loose),
    Row("S35", call("deleteVolume", id="R"), "sync", 431, "not attached to any VM", cs=4350),
    Row("S36", after(S1, call("deleteVolume", id="R")), "sync", 200,
        then=lambda lab: lab.r.removed and not lab.ok("listVolumes").get("volume")),
    Row("S37", after(S1, KILL, call("expungeVirtualMachine", id="V")), "job", 1,
        then=lambda lab: lab.v.removed and shape(lab.r) == ("DATADISK", "Ready", None)),
    Row("S38", after(S1, call("restoreVirtualMachine", virtualmachineid="V")), "job", 431,
        "Can not find root volume for VM", rootless),
    Row("S39", after(x_on, S1, s39), "sync", 200, then=listed_first),
    Row("S40", s40, "sync", 200, then=lambda lab: "serviceofferingid" in lab.before
        and not {"hypervisor", "storage", "storageid"} & set(lab.before)),
    Row("S41", after(x_loose, arrange(pool_id=far_pool), x_to()), "job", 1, then=moved),
    Row("S42", after(x_loose, arrange(pool_id=local_pool), x_to()), "job", 431,
        "Can't move volume between scope", loose),
    Row("S43", s43, "job", 530, then=lambda lab: shape(lab.x) == ("DATADISK", "Ready", None)),
    Row("S44", s44, "job", 530, "Failed to create volume: Volume {",
        lambda lab: (lab.x.state, lab.x.vm_id) == ("Destroy", None)),
    Row("S45", lambda lab: lab.do("migrateVolume", lab.user("u"), volumeid=lab.root), "sync", 432,
        "does not exist or is not available for the account", cs=9999),
    Row("S46", s46, "job", 1, then=lambda lab: shape(lab.x) == ("DATADISK", "Ready", 1)
        and lab.v.state is VmState.RUNNING),
)
# fmt: on


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_scenario(row: Row) -> None:
    lab = Lab()
    answer = row.act(lab)
    assert (answer.kind, answer.code) == (row.kind, row.code), answer
    assert row.text in answer.text
    assert row.cs is None or answer.cs == row.cs
    assert answer.code != 432 or answer.root == "errorresponse"
    assert row.then(lab)


def test_every_scenario_is_here() -> None:
    assert {row.id for row in ROWS} == {f"S{n}" for n in range(1, 47)}

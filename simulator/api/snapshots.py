"""The commands of volume snapshots and VM snapshots."""

from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.volumes import class_name
from simulator.domain.hypervisors import capability
from simulator.domain.limits import Resource
from simulator.domain.records import Snapshot, VmSnapshot
from simulator.domain.rules import Phase
from simulator.domain.snapshots import SNAPSHOT, VM_SNAPSHOT, Snap, VmSnap
from simulator.domain.states import VolumeState
from simulator.engine import disks
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def snapshot(call: Call) -> dict[str, Any]:
    """createSnapshot: the row is made at once."""
    world, store = call.world, call.world.store
    volume = call.args["volumeid"]
    vm = store.vms.get(volume.vm_id or "")
    over = world.over_limit(volume.account_id, Resource.SNAPSHOT, 1)
    case = Snap(world.dialect, volume, vm, over)
    SNAPSHOT.require(Phase.REQUEST, case)
    taken = Snapshot(
        id=store.new_id(),
        db_id=store.new_row("snapshot"),
        name=call.text("name") or f"{volume.name}_snapshot",
        account_id=volume.account_id,
        zone_id=volume.zone_id,
        volume_id=volume.id,
        volume_name=volume.name,
        state="Allocated",
        size_bytes=volume.size_bytes,
        template_id=volume.template_id,
        disk_offering_id=volume.disk_offering_id,
        service_offering_id=volume.service_offering_id,
        created_s=world.env.now,
    )
    store.snapshots[taken.id] = taken

    def result(found: str, _: Job) -> dict[str, Any]:
        return {"snapshot": render.snapshot(call, store.snapshots[found])}

    job = call.jobs.submit(
        disks.snapshot(world, taken.id),
        class_name(call, "snapshot"),
        call.account.id,
        call.user.id,
        result,
        ("Snapshot", taken.id),
    )
    return {"id": taken.id, "jobid": job.id}


def delete_snapshot(call: Call) -> dict[str, Any]:
    """deleteSnapshot."""
    store, taken = call.world.store, call.args["id"]

    def flow() -> Flow:
        yield call.world.spend("work")
        store.snapshots[taken.id] = taken._replace(removed=True)

    name = class_name(call, "snapshot")
    job = call.jobs.submit(
        flow(), name, call.account.id, call.user.id, lambda *_: {"success": True}
    )
    return {"jobid": job.id}


def vm_snapshot(call: Call) -> dict[str, Any]:
    """createVMSnapshot: refused at once where a rule says no."""
    world, store = call.world, call.world.store
    vm = call.args["virtualmachineid"]
    host = store.hosts.get(vm.host_id or vm.last_host_id or "")
    row = capability(vm.hypervisor, host.version if host else None)
    volumes = store.siblings(vm.id)
    mine = [s for s in store.vm_snapshots.values() if s.vm_id == vm.id and not s.removed]
    case = VmSnap(
        dialect=world.dialect,
        vm=vm,
        volumes=volumes,
        hypervisor_can=row is not None and row.vm_snapshot,
        memory=bool(call.args.get("snapshotmemory")),
        snapshotting=any(v.state is VolumeState.SNAPSHOTTING for v in volumes),
        busy=any(s.state != "Ready" for s in mine),
    )
    VM_SNAPSHOT.require(Phase.REQUEST, case)
    taken = VmSnapshot(
        id=store.new_id(),
        db_id=store.new_row("vmsnapshot"),
        name=call.text("name") or f"{vm.instance_name}_VS",
        account_id=vm.account_id,
        vm_id=vm.id,
        state="Allocated",
        memory=case.memory,
        created_s=world.env.now,
    )
    store.vm_snapshots[taken.id] = taken

    def result(found: str, _: Job) -> dict[str, Any]:
        return {"vmsnapshot": render.vm_snapshot(call, store.vm_snapshots[found])}

    name = class_name(call, "vmsnapshot")
    flow = disks.vm_snapshot(world, taken.id)
    job = call.jobs.submit(flow, name, call.account.id, call.user.id, result)
    return {"id": taken.id, "jobid": job.id}


def delete_vm_snapshot(call: Call) -> dict[str, Any]:
    """deleteVMSnapshot."""
    flow = disks.delete_vm_snapshot(call.world, call.args["vmsnapshotid"].id)
    name = class_name(call, "vmsnapshot")
    job = call.jobs.submit(flow, name, call.account.id, call.user.id, lambda *_: {"success": True})
    return {"jobid": job.id}


COMMANDS = (
    Command("createSnapshot", snapshot, "volumeid:volume!@ name:text", is_async=True),
    Command("deleteSnapshot", delete_snapshot, "id:snapshot!@", is_async=True),
    Command(
        "createVMSnapshot",
        vm_snapshot,
        "virtualmachineid:vm!@ name:text snapshotmemory:bool",
        is_async=True,
    ),
    Command("deleteVMSnapshot", delete_vm_snapshot, "vmsnapshotid:vmsnapshot!@", is_async=True),
)

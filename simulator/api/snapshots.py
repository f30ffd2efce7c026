"""The commands of volume snapshots and VM snapshots."""

from simulator.api import render_volume as render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, listing
from simulator.api.render import stamp
from simulator.api.submit import submit, submit_success
from simulator.domain.limits import Resource
from simulator.domain.records import Snapshot, VmSnapshot
from simulator.domain.rules import Phase
from simulator.domain.snapshots import SNAPSHOT, VM_SNAPSHOT, Snap, VmSnap
from simulator.domain.states import VolumeState
from simulator.engine import disks
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def snapshot(call: Call) -> Row:
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
        name=call.text("name") or render.snapshot_name(call, volume),
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
    store.put_snapshot(taken)

    def show(found: str, _: Job) -> Row:
        return {"snapshot": render.snapshot(call, store.snapshots[found], fresh=True)}

    flow, instance = disks.snapshot(world, taken.id), ("Snapshot", taken.id)
    return {"id": taken.id, **submit(call, flow, "snapshot", show, instance)}


def delete_snapshot(call: Call) -> Row:
    """deleteSnapshot."""
    store, taken = call.world.store, call.args["id"]

    def flow() -> Flow:
        yield call.world.spend("work")
        store.put_snapshot(taken._replace(removed=True))

    return submit_success(call, flow(), "snapshot", ("Snapshot", taken.id))


def vm_snapshot(call: Call) -> Row:
    """createVMSnapshot: refused at once where a rule says no."""
    world, store = call.world, call.world.store
    vm = call.args["virtualmachineid"]
    host = store.hosts.get(vm.host_id or vm.last_host_id or "")
    row = world.capability(vm.hypervisor, host.version if host else None)
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
        name=f"{vm.instance_name}_VS_{stamp(world.env.now)}",
        account_id=vm.account_id,
        vm_id=vm.id,
        state="Allocated",
        memory=case.memory,
        created_s=world.env.now,
        text=call.text("name") or "",
    )
    store.vm_snapshots[taken.id] = taken

    def show(found: str, _: Job) -> Row:
        return {"vmsnapshot": render.vm_snapshot(call, store.vm_snapshots[found])}

    flow = disks.vm_snapshot(world, taken.id)
    return {"id": taken.id, **submit(call, flow, "vmsnapshot", show, ("VmSnapshot", taken.id))}


def delete_vm_snapshot(call: Call) -> Row:
    """deleteVMSnapshot."""
    taken = call.args["vmsnapshotid"]
    flow = disks.delete_vm_snapshot(call.world, taken.id)
    return submit_success(call, flow, "vmsnapshot", ("VmSnapshot", taken.id))


COMMANDS = (
    Command(
        "createSnapshot",
        snapshot,
        "volumeid:volume!@ name:text",
        says="Takes a snapshot of a volume",
        answers="snapshot",
        is_async=True,
    ),
    Command(
        "deleteSnapshot",
        delete_snapshot,
        "id:snapshot!@",
        says="Deletes a volume snapshot",
        answers="success",
        is_async=True,
    ),
    Command(
        "listSnapshots",
        listing("snapshots", "snapshot", render.snapshot, by="name volumeid zoneid", owned=True),
        f"id:snapshot~ name:text volumeid:volume~ zoneid:zone {OWNED}",
        says="Lists the volume snapshots",
        answers="snapshot",
        roles="ASDUR",
    ),
    Command(
        "createVMSnapshot",
        vm_snapshot,
        "virtualmachineid:vm!@ name:text description:text snapshotmemory:bool",
        says="Takes a snapshot of a VM with all its volumes",
        answers="vmsnapshot",
        is_async=True,
    ),
    Command(
        "deleteVMSnapshot",
        delete_vm_snapshot,
        "vmsnapshotid:vmsnapshot!@",
        says="Deletes a VM snapshot",
        answers="success",
        is_async=True,
    ),
    Command(
        "listVMSnapshot",
        listing(
            "vm_snapshots",
            "vmSnapshot",
            render.vm_snapshot,
            by="name virtualmachineid state",
            owned=True,
        ),
        f"vmsnapshotid:vmsnapshot~ name:text virtualmachineid:vm~ state:text {OWNED}",
        says="Lists the VM snapshots",
        answers="vmsnapshot",
        roles="ASDUR",
    ),
)

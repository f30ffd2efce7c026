"""The commands of VM snapshots: all volumes of a VM at one moment, and perhaps its memory."""

from simulator.api import render_vm
from simulator.api import render_volume as render
from simulator.api.command import Call, Command
from simulator.api.dates import stamp
from simulator.api.lists import OWNED, Row, paged, same, tagged, visible
from simulator.api.matching import same_text
from simulator.api.render import SUCCESS
from simulator.api.render_vm import VM
from simulator.api.submit import submit, submit_success
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmSnapshot
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase
from simulator.domain.snapshots import VM_SNAPSHOT, VmSnap
from simulator.domain.states import VolumeState
from simulator.engine import disks, reverts
from simulator.engine.jobs import Job


def _case(call: Call, own_name: str) -> VmSnap:
    world, store = call.world, call.world.store
    vm, memory = call.args["virtualmachineid"], bool(call.args.get("snapshotmemory"))
    host = store.hosts.get(vm.host_id or vm.last_host_id or "")
    row = world.capability(vm.hypervisor, host.version if host else None)
    volumes = store.siblings(vm.id)
    others = [s for s in store.vm_snapshots.values() if s.vm_id == vm.id and not s.removed]
    name, settings = call.text("name") or own_name, world.settings
    late = Flag.VM_SNAPSHOTS_COUNTED_AT_BOOT in world.dialect
    most = int((settings.at_boot if late else settings.values)["vmsnapshot.max"])
    return VmSnap(
        dialect=world.dialect,
        vm=vm,
        volumes=volumes,
        hypervisor_can=row is not None and row.vm_snapshot,
        memory=memory,
        snapshotting=any(v.state is VolumeState.SNAPSHOTTING for v in volumes),
        busy=any(s.state != "Ready" for s in others),
        name=name,
        taken=any(same_text(s.text or s.name, name) for s in others),
        can_handle=vm.hypervisor is not Hypervisor.KVM
        or reverts.can_snapshot(world, vm, memory=memory),
        full=len(others) >= most,
        most=most,
        volumes_will_do=settings.flag("kvm.vmstoragesnapshot.enabled"),
    )


def vm_snapshot(call: Call) -> Row:
    """createVMSnapshot: refused at once where a rule says no."""
    world, store, vm = call.world, call.world.store, call.args["virtualmachineid"]
    own_name = f"{vm.instance_name}_VS_{stamp(world.env.now)}"
    case = _case(call, own_name)
    VM_SNAPSHOT.require(Phase.REQUEST, case)
    taken = VmSnapshot(
        id=store.new_id(),
        db_id=store.new_row("vmsnapshot"),
        name=own_name,
        account_id=vm.account_id,
        vm_id=vm.id,
        state="Allocated",
        memory=case.memory,
        created_s=world.env.now,
        text=call.text("name") or "",
        about=call.text("description"),
    )
    store.vm_snapshots[taken.id] = taken

    def show(taken_id: str, _: Job) -> Row:
        return {"vmsnapshot": render.vm_snapshot(call, store.vm_snapshots[taken_id])}

    flow = disks.vm_snapshot(world, taken.id)
    return {"id": taken.id, **submit(call, flow, "vmsnapshot", show, ("VmSnapshot", taken.id))}


def delete_vm_snapshot(call: Call) -> Row:
    """deleteVMSnapshot."""
    taken = call.args["vmsnapshotid"]
    flow = reverts.delete_vm_snapshot(call.world, taken.id)
    return submit_success(call, flow, "vmsnapshot", ("VmSnapshot", taken.id))


def revert_to(call: Call) -> Row:
    """revertToVMSnapshot: a VM is again as it was."""
    taken = call.args["vmsnapshotid"]

    def show(vm_id: str, job: Job) -> Row:
        return {"virtualmachine": render_vm.vm(call, call.world.store.vms[vm_id], job.id)}

    flow = reverts.revert_vm(call.world, taken.id)
    return submit(call, flow, "vmsnapshot", show, ("VmSnapshot", taken.id))


def list_vm_snapshots(call: Call) -> Row:
    """listVMSnapshot with its filters, newest first."""
    sees = visible(call)
    rows = [
        taken
        for taken in call.world.store.vm_snapshots.values()
        if not taken.removed and _wanted(call, taken) and sees(taken.account_id)
    ]
    rows.sort(key=lambda taken: -taken.db_id)
    return paged(call, "vmSnapshot", rows, lambda taken: render.vm_snapshot(call, taken))


def _wanted(call: Call, taken: VmSnapshot) -> bool:
    args, keyword = call.args, call.args.get("keyword", "").lower()
    shown = taken.text or taken.name
    ids = {row.id for row in args.get("vmsnapshotids", ())}
    return (
        same(args.get("vmsnapshotid"), taken.id)
        and (not ids or taken.id in ids)
        and same(args.get("virtualmachineid"), taken.vm_id)
        and args.get("name", shown) == shown
        and args.get("state", taken.state).lower() == taken.state.lower()
        and any(keyword in text.lower() for text in (taken.name, shown))
        and tagged(call, taken.id)
    )


COMMANDS = (
    Command(
        "createVMSnapshot",
        vm_snapshot,
        "virtualmachineid:vm!@ name:text description:text snapshotmemory:bool",
        says="Takes a snapshot of a VM with all its volumes",
        answers=render.VM_SNAPSHOT,
        is_async=True,
    ),
    Command(
        "deleteVMSnapshot",
        delete_vm_snapshot,
        "vmsnapshotid:vmsnapshot!@",
        says="Deletes a VM snapshot",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "revertToVMSnapshot",
        revert_to,
        "vmsnapshotid:vmsnapshot!@",
        says="Makes a VM as a VM snapshot of it is",
        answers=VM,
        is_async=True,
    ),
    Command(
        "listVMSnapshot",
        list_vm_snapshots,
        "vmsnapshotid:vmsnapshot~ vmsnapshotids:vmsnapshot*~ name:text virtualmachineid:vm~ "
        f"state:text tags:map {OWNED}",
        says="Lists the VM snapshots",
        answers=render.VM_SNAPSHOT,
        roles="ASDUR",
    ),
)

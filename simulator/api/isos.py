"""ISO images: delete, extract, into the drive of a VM and out of it."""

from collections.abc import Callable

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.images import extracted, on_image
from simulator.api.render import SUCCESS
from simulator.api.render_extract import EXTRACT
from simulator.api.render_vm import VM
from simulator.api.shape import Row
from simulator.api.submit import submit, submit_success
from simulator.domain.images import (
    DELETE_ISO,
    EJECT,
    EXTRACT_ISO,
    INSERT,
    Insert,
    denial,
)
from simulator.domain.records import Vm
from simulator.domain.rules import Phase
from simulator.domain.states import DEAD_VM, VmState
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def delete(call: Call) -> Row:
    """deleteIso: not while it is in a drive."""
    world, store, image = call.world, call.world.store, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        vms = store.vms.values()
        users = tuple(v for v in vms if v.iso_id == image.id and v.state not in DEAD_VM)
        DELETE_ISO.require(Phase.JOB, on_image(call, image, users))
        store.templates[image.id] = image._replace(removed=True)
        store.tags.pop(image.id, None)

    return submit_success(call, flow(), "iso", ("Iso", image.id))


def extract(call: Call) -> Row:
    """extractIso: a link to where the ISO could be fetched."""
    world, image = call.world, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        EXTRACT_ISO.require(Phase.JOB, on_image(call, image))
        return image.id

    return submit(
        call, flow(), "iso", lambda *_: {"iso": extracted(call, image)}, ("Iso", image.id)
    )


def attach(call: Call) -> Row:
    """attachIso: into the drive of a VM, in place of what is there."""
    store, image = call.world.store, call.args["id"]

    def case(vm: Vm) -> Insert:
        owner, holder = store.accounts[image.account_id], store.accounts[vm.account_id]
        denied = denial(call.account, image, owner, operate=False)
        owner_denied = denial(holder, image, owner, operate=False)
        return Insert(call.world.dialect, image, vm, denied, owner_denied)

    def flow(vm_id: str) -> Flow:
        yield call.world.spend("work")
        INSERT.require(Phase.JOB, case(store.vms[vm_id]))
        yield from _turn(call, vm_id, "AttachCommand", "Failed to attach iso")
        store.put_vm(store.vms[vm_id]._replace(iso_id=image.id, updated_s=call.world.env.now))
        return vm_id

    return _submit(call, flow)


def detach(call: Call) -> Row:
    """detachIso: out of the drive of a VM."""
    store = call.world.store

    def flow(vm_id: str) -> Flow:
        yield call.world.spend("work")
        EJECT.require(Phase.JOB, Insert(call.world.dialect, None, store.vms[vm_id]))
        yield from _turn(call, vm_id, "DettachCommand", "Failed to detach iso")
        store.put_vm(store.vms[vm_id]._replace(iso_id=None, updated_s=call.world.env.now))
        return vm_id

    return _submit(call, flow)


def _turn(call: Call, vm_id: str, command: str, failure: str) -> Flow:
    """Tell the host of a Running VM about its drive."""
    vm = call.world.store.vms[vm_id]
    if vm.state is VmState.RUNNING:
        host = call.world.store.hosts.get(vm.host_id or "")
        yield from call.world.send(host, command, vm_id, failure)


def _submit(call: Call, flow: Callable[[str], Flow]) -> Row:
    vm_id = call.args["virtualmachineid"].id

    def show(vm_id: str, job: Job) -> Row:
        return {"virtualmachine": render_vm.vm(call, call.world.store.vms[vm_id], job.id)}

    return submit(call, flow(vm_id), "iso", show, ("VirtualMachine", vm_id))


COMMANDS = (
    Command(
        "deleteIso",
        delete,
        "id:template!",
        says="Deletes an ISO image",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "extractIso",
        extract,
        "id:template! mode:text! zoneid:zone",
        says="Makes a link to fetch an ISO image",
        answers=EXTRACT,
        is_async=True,
    ),
    Command(
        "attachIso",
        attach,
        "id:template! virtualmachineid:vm!@",
        says="Puts an ISO image into the drive of a VM, in place of what is there",
        answers=VM,
        is_async=True,
    ),
    Command(
        "detachIso",
        detach,
        "virtualmachineid:vm!@",
        says="Takes the ISO image out of the drive of a VM",
        answers=VM,
        is_async=True,
    ),
)

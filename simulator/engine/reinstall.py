"""restoreVirtualMachine as a flow: a new ROOT in the place of the old one."""

from typing import NamedTuple

from simulator.domain import details
from simulator.domain.access import is_admin
from simulator.domain.detach import detached
from simulator.domain.errors import Broke, CloudError
from simulator.domain.inventory import DiskOffering, Hypervisor, Template
from simulator.domain.limits import Resource
from simulator.domain.machines import REBOOT
from simulator.domain.records import Account, Vm, Volume
from simulator.domain.registering import ISO
from simulator.domain.reinstall import REPLACE_ROOT, RESTORE, Reinstall, new_root_bytes
from simulator.domain.rules import JOB, WORK
from simulator.domain.states import VmState, VolumeState
from simulator.engine.machines import dispose
from simulator.engine.machines import reboot as keep_and_reboot
from simulator.engine.placing import plan
from simulator.engine.reserving import reserving
from simulator.engine.starting import on_vm, start_on, stop_now
from simulator.engine.world import Flow, World


class Wish(NamedTuple):
    """What a caller says about a reinstall; None leaves it to the VM."""

    template: Template | None = None
    offering: DiskOffering | None = None
    expunge: bool = False
    may_see: bool = True
    details: dict[str, str] = {}  # noqa: RUF012 - never changed


def _case(world: World, caller: Account, vm_id: str, wish: Wish) -> Reinstall:
    store = world.store
    vm, volumes = store.vms[vm_id], store.siblings(vm_id)
    case = Reinstall(
        dialect=world.dialect,
        vm=vm,
        owner=store.accounts[vm.account_id],
        volumes=volumes,
        template=wish.template,
        current=_present(store.templates.get(vm.template_id)),
        asked=wish.template is not None,
        wanted=wish.details.get(details.ROOT_SIZE),
        offering=wish.offering,
        details_fault=details.fault(wish.details),
        vm_snapshots=store.has_vm_snapshots(vm_id),
        may_see=wish.may_see,
        expunge=wish.expunge,
        caller_text=caller.text,
        may_expunge=is_admin(caller) or world.settings.flag("allow.user.expunge.recover.volume"),
    )
    root = case.root
    if root is None:
        return case
    if not case.asked:
        source = vm.iso_id if root.template_id is None else root.template_id
        case = case._replace(template=_present(store.templates.get(source or "")))
    more = _more_bytes(case)
    over = world.over_limit(vm.account_id, Resource.PRIMARY_STORAGE, more) if more > 0 else ""
    return case._replace(over_limit=over)


def _present(template: Template | None) -> Template | None:
    return template if template is not None and not template.removed else None


def _more_bytes(case: Reinstall) -> int:
    """Return by how much the new ROOT is larger than the old one."""
    root, kept = case.root, case.vm.detail(details.ROOT_SIZE)
    return 0 if root is None else new_root_bytes(case, kept)[0] - root.size_bytes


def restore(world: World, caller: Account, vm_id: str, wish: Wish) -> Flow:
    """Reinstall a VM and return its id; one that runs is stopped and started again (4.3, C28)."""
    RESTORE.require(JOB, _case(world, caller, vm_id, wish))
    with world.queue.turn(vm_id) as granted:
        yield granted
        case = _case(world, caller, vm_id, wish)
        RESTORE.require(WORK, case)
        with reserving(world, case.vm.account_id, _more_bytes(case)):
            yield from _reinstall(world, case)
    return vm_id


def _reinstall(world: World, case: Reinstall) -> Flow:
    vm_id, running = case.vm.id, case.vm.state is VmState.RUNNING
    if running:
        yield from stop_now(world, vm_id)
    if case.root is not None and case.replaces:
        REPLACE_ROOT.require(WORK, case)
        _replace_root(world, case, case.root)
    if running:
        yield from _start_again(world, vm_id)


def reboot(world: World, caller: Account, vm_id: str, *, setup: bool = False) -> Flow:
    """Reboot a running VM and return its id; one of a volatile offering gets a new ROOT."""
    vm = world.store.vms[vm_id]
    if not world.store.service_offerings[vm.service_offering_id].traits.volatile:
        return (yield from keep_and_reboot(world, caller, vm_id, setup=setup))
    REBOOT.require(JOB, on_vm(world, caller, vm_id))
    return (yield from restore(world, caller, vm_id, Wish()))


def _start_again(world: World, vm_id: str) -> Flow:
    vm = world.store.vms[vm_id]
    starting = vm._replace(state=VmState.STARTING)
    failed = "Unable to start VM with specified id"
    destination = plan(world, vm)
    if destination is None:
        why = f"Unable to create a deployment for {starting.text}"
        text = f"{failed}Unable to start a VM [{vm_id}] due to [{why}]."
        raise Broke(text)
    try:
        yield from start_on(world, vm_id, destination)
    except CloudError as no:
        raise Broke(failed + no.text) from None


def _replace_root(world: World, case: Reinstall, root: Volume) -> None:
    store, offering = world.store, case.offering
    vm = store.vms[case.vm.id]
    size, detail = new_root_bytes(case, vm.detail(details.ROOT_SIZE))
    blank = root.template_id is None
    fresh = root._replace(
        id=store.new_id(),
        db_id=store.new_row("volume"),
        state=VolumeState.ALLOCATED,
        pool_id=None,
        path=None,
        template_id=None if blank or case.template is None else case.template.id,
        size_bytes=size,
        disk_offering_id=offering.id if offering else root.disk_offering_id,
        created_s=world.env.now,
        attached_s=world.env.now,
        plugged=False,
    )
    store.put_vm(_with_template(case, vm).with_details(**{details.ROOT_SIZE: detail}))
    gone_for_good = case.expunges or vm.hypervisor is Hypervisor.VMWARE
    dispose(world, detached(root, world.env.now), expunge=gone_for_good)
    store.put_volume(fresh)


def _with_template(case: Reinstall, vm: Vm) -> Vm:
    template = case.template
    if not case.asked or template is None:
        return vm
    iso_id = template.id if template.image_format == ISO else vm.iso_id
    return vm._replace(template_id=template.id, iso_id=iso_id)

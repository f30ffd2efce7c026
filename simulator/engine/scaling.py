"""changeServiceForVirtualMachine and scaleVirtualMachine: another compute offering for a VM."""

from collections.abc import Mapping

from simulator.domain.compute_offerings import LARGEST, SIZE, CustomSize, chosen
from simulator.domain.inventory import (
    CPU_NUMBER,
    CPU_SPEED,
    MEMORY,
    Scope,
    ServiceOffering,
)
from simulator.domain.limits import Resource
from simulator.domain.records import Vm, VolumeType
from simulator.domain.rules import JOB, REQUEST
from simulator.domain.vm_changes import (
    CHANGE_SERVICE,
    SCALE,
    SCALE_RUNNING,
    UPGRADE,
    UPGRADE_STOPPED,
    Upgrade,
)
from simulator.engine.world import Flow, World


def custom_size(world: World, offering: ServiceOffering, details: Mapping[str, str]) -> CustomSize:
    """Return what the rules about the size of a VM look at."""
    most_cpu = int(world.settings.number("vm.serviceoffering.cpu.cores.max"))
    most_mib = int(world.settings.number("vm.serviceoffering.ram.size.max"))
    return CustomSize(world.dialect, offering, details, most_cpu or LARGEST, most_mib or LARGEST)


def size_over_limit(world: World, vm: Vm, new: ServiceOffering) -> str:
    """Return the refusal where a VM's owner has no room for what it grows by, else ""."""
    old = world.store.compute_of(vm)
    more = (
        (Resource.CPU, new.cpu_count - old.cpu_count),
        (Resource.MEMORY, new.memory_mib - old.memory_mib),
    )
    return world.over_limits(vm.account_id, *((what, by) for what, by in more if by > 0))


def _case(world: World, vm_id: str, new: ServiceOffering, details: Mapping[str, str]) -> Upgrade:
    """Read, now, what the rules look at; *new* comes in the size that *details* say."""
    store = world.store
    vm = store.vms[vm_id]
    root = next((v for v in store.siblings(vm_id) if v.type is VolumeType.ROOT), None)
    pool = store.pools.get((root.pool_id if root else None) or "")
    sized = new.sized(tuple(details.items()))
    return Upgrade(
        dialect=world.dialect,
        vm=vm,
        old=store.compute_of(vm),
        new=sized,
        dynamic=world.settings.flag("enable.dynamic.scale.vm"),
        root_local=pool is not None and pool.scope is Scope.HOST,
        tagged=world.settings.flag("match.storage.pool.tags.with.disk.offering"),
        over_limit=size_over_limit(world, vm, sized),
    )


def _judge_size(
    world: World, vm_id: str, new: ServiceOffering, details: Mapping[str, str]
) -> Upgrade:
    """Judge the size of a VM that *details* say, and return the case with it."""
    case = custom_size(world, new, details)
    if new.dynamic or world.store.vms[vm_id].state == "Stopped":
        SIZE.require(REQUEST, case)
    return _case(world, vm_id, new, details)


def _put(world: World, case: Upgrade, details: Mapping[str, str]) -> Vm:
    sizes = chosen(world.store.service_offerings[case.new.id], details)
    none = dict.fromkeys((CPU_NUMBER, CPU_SPEED, MEMORY))
    vm = case.vm.with_details(**none) if case.old.dynamic else case.vm
    vm = vm.with_details(**{name: text for name, text in sizes.items() if text is not None})
    changed = vm._replace(service_offering_id=case.new.id, updated_s=world.env.now)
    return world.store.put_vm(changed)


def change(world: World, vm_id: str, new: ServiceOffering, details: Mapping[str, str]) -> Vm:
    """Give a Stopped VM another offering at once and return it, with or without a ROOT."""
    CHANGE_SERVICE.require(REQUEST, _case(world, vm_id, new, {}))
    return _change_stopped(world, vm_id, new, details)


def _change_stopped(
    world: World, vm_id: str, new: ServiceOffering, details: Mapping[str, str]
) -> Vm:
    UPGRADE_STOPPED.require(REQUEST, _case(world, vm_id, new, {}))
    case = _judge_size(world, vm_id, new, details)
    UPGRADE.require(REQUEST, case)
    return _put(world, case, details)


def scale(world: World, vm_id: str, new: ServiceOffering, details: Mapping[str, str]) -> Flow:
    """Give a VM another offering, or another size of its own, and return its id.

    What the offering leaves open and nobody says stays as it is. No VM here has the tools to be
    scaled while it runs.
    """
    yield world.spend("work")
    SCALE.require(JOB, _case(world, vm_id, new, {}))
    details = _filled(world, vm_id, new) | dict(details)
    if world.store.vms[vm_id].state == "Stopped":
        _change_stopped(world, vm_id, new, details)
        return vm_id
    case = _judge_size(world, vm_id, new, details)
    UPGRADE.require(REQUEST, case)
    SCALE_RUNNING.require(JOB, case)
    return vm_id


def _filled(world: World, vm_id: str, new: ServiceOffering) -> dict[str, str]:
    """Return what the VM has now of each amount that the new offering leaves open."""
    if not new.dynamic:
        return {}
    now = world.store.compute_of(world.store.vms[vm_id])
    amounts = (
        (CPU_NUMBER, new.cpu_count, now.cpu_count),
        (CPU_SPEED, new.cpu_mhz, now.cpu_mhz),
        (MEMORY, new.memory_mib, now.memory_mib),
    )
    return {name: str(has) for name, fixed, has in amounts if not fixed}

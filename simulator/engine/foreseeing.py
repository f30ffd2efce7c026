"""What would become of an operation if it were asked for now, and nobody else did anything.

The rows are those that the flows require, in their order, on the records as they stand; nothing is
queued, drawn or changed. What hosts answer is not foreseen.
"""

from simulator.domain.attach import ATTACH, DEVICE
from simulator.domain.detach import DETACH
from simulator.domain.machines import START
from simulator.domain.placement import PLACE, Reach
from simulator.domain.records import Account
from simulator.domain.rules import JOB, PLUG, WORK
from simulator.domain.states import VolumeState
from simulator.engine.disk_cases import (
    NO_STORAGE,
    asked_of,
    attach_case,
    detach_case,
    placed,
    way_of,
)
from simulator.engine.placing import plan
from simulator.engine.starting import at_host, on_vm
from simulator.engine.world import World


def foresee_attach(world: World, volume_id: str, vm_id: str, wanted: int | None) -> None:
    """Raise the Refused with which `volumes.attach` would end."""
    case = attach_case(world, volume_id, vm_id, wanted, world.store.volumes[volume_id].db_id)
    ATTACH.require(JOB, case)
    ATTACH.require(WORK, case)
    unplaced = case.volume.state in NO_STORAGE
    if unplaced or case.siblings:
        way = way_of(world, case)
        place = placed(world, case, case.volume, way)
        if place is not None:
            PLACE.require(WORK, place)
            if place.target is not None or way is Reach.MOVE:
                made = case.volume._replace(state=VolumeState.READY)
                case = case._replace(volume=made, pool=place.target or case.pool)
    ATTACH.require(PLUG, case)
    DEVICE.require(PLUG, case)


def foresee_detach(
    world: World, caller: Account, volume_id: str | None, vm_id: str | None, device_id: int | None
) -> None:
    """Raise the Refused with which `volumes.detach` would end."""
    case = detach_case(world, caller, asked_of(world, volume_id, vm_id, device_id))
    DETACH.require(JOB, case)
    DETACH.require(WORK, case)


def foresee_start(world: World, caller: Account, vm_id: str) -> None:
    """Raise the Refused with which `starting.start` would end, no place being asked for."""
    placeable = plan(world, world.store.vms[vm_id]) is not None
    case = on_vm(world, caller, vm_id, placeable=placeable)
    START.require(JOB, at_host(world, case, None))
    START.require(WORK, case)

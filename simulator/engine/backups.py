"""Whether backups keep the volumes of a VM from coming and going (C14, versions 5)."""

from simulator.domain.records import Vm
from simulator.domain.releases import Flag
from simulator.engine.world import World


def _bound(world: World, vm: Vm, must_exist: Flag) -> bool:
    """Return whether an offering binds the disks of *vm*; of backups themselves there are none."""
    return (
        vm.backup_offering_id is not None
        and must_exist not in world.dialect
        and not world.settings.flag("backup.enable.attach.detach.of.volumes")
    )


def keeps_disks_away(world: World, vm: Vm) -> bool:
    """Return whether backups keep *vm* from being given a volume."""
    if Flag.BACKUPS_IGNORE_SETTING in world.dialect:
        return vm.backup_offering_id is not None
    return _bound(world, vm, Flag.BACKUPS_MUST_EXIST)


def keeps_disks_back(world: World, vm: Vm) -> bool:
    """Return whether backups keep the volumes of *vm* on it."""
    return _bound(world, vm, Flag.DETACH_BACKUPS_MUST_EXIST)

"""deleteVolume to migrateVolume refuse by their first broken row."""

from typing import Any

from builders import GIB, pool, vm, volume
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.domain.volumes import (
    DELETE,
    DESTROY,
    MIGRATE,
    RECOVER,
    RESIZE,
    Migrate,
    OnVolume,
    Resize,
)

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.RUNTIME


def on_volume(dialect: Dialect) -> OnVolume:
    """Return a loose, Ready volume to delete or destroy."""
    return OnVolume(dialect, volume(), None)


def destroyed(dialect: Dialect) -> OnVolume:
    """Return a destroyed volume to recover."""
    return of_volume(on_volume(dialect), state=VolumeState.DESTROY)


def of_volume(case: OnVolume, **changes: Any) -> OnVolume:
    """Return *case* with another volume."""
    return case._replace(volume=case.volume._replace(**changes))


def resizing(dialect: Dialect) -> Resize:
    """Return a volume to grow."""
    return Resize(
        dialect=dialect,
        volume=volume(),
        volume_hypervisor=Hypervisor.KVM,
        new_bytes=20 * GIB,
        shrink_ok=False,
        vm_snapshots=False,
        over_limit="",
    )


def moving(dialect: Dialect) -> Migrate:
    """Return a volume of a Stopped VM to move to another pool."""
    return Migrate(
        dialect=dialect,
        volume=volume(),
        vm=vm(),
        pool=pool(id="pool-2", db_id=2, name="nfs-2"),
        vm_snapshots=False,
        fits=True,
    )


def state(case: Any, to: VolumeState) -> Any:
    """Return *case* with its volume in state *to*."""
    return case._replace(volume=case.volume._replace(state=to))


def removed(case: Any) -> Any:
    """Return *case* with its volume removed."""
    return case._replace(volume=case.volume._replace(removed=True))


def over(case: Any) -> Any:
    """Return *case* that breaks a limit."""
    return case._replace(over_limit="no room")


def removal(prefix: str, phase: Phase) -> dict[str, Break[OnVolume]]:
    """Return the breaks that deleteVolume and destroyVolume share."""
    return {
        f"{prefix}-02": Break(phase, PARAM, lambda v: v._replace(snapshotting=True)),
        f"{prefix}-03": Break(phase, PARAM, lambda v: v._replace(vm=vm())),
        f"{prefix}-04": Break(phase, PARAM, lambda v: state(v, VolumeState.UPLOAD_OP)),
        f"{prefix}-05": Break(phase, PARAM, lambda v: state(v, VolumeState.NOT_UPLOADED)),
        f"{prefix}-07": Break(phase, PARAM, lambda v: of_volume(v, protected=True)),
    }


# fmt: off
DELETE_BREAKS: dict[str, Break[OnVolume]] = {
    **removal("DEL", R),
    "DEL-08": Break(R, RUNTIME, lambda v: state(v, VolumeState.MIGRATING)),
}
DESTROY_BREAKS: dict[str, Break[OnVolume]] = {
    "DSV-01": Break(J, PARAM, removed),
    **removal("DSV", J),
    "DSV-08": Break(J, DENIED, lambda v: v._replace(expunge=True, may_expunge=False)),
    "DSV-09": Break(J, PARAM, lambda v: state(v._replace(expunge=False), VolumeState.UPLOADED)),
    "DSV-10": Break(J, RUNTIME, lambda v: state(v, VolumeState.MIGRATING)),
}
RECOVER_BREAKS: dict[str, Break[OnVolume]] = {
    "RCV-01": Break(R, PARAM, removed),
    "RCV-03": Break(R, DENIED, lambda v: v._replace(may_expunge=False)),
    "RCV-04": Break(R, PARAM, lambda v: state(v, VolumeState.EXPUNGING)),
    "RCV-05": Break(R, PARAM, over),
}
RESIZE_BREAKS: dict[str, Break[Resize]] = {
    "RSZ-01": Break(J, PARAM, removed),
    "RSZ-03": Break(J, PARAM, lambda r: state(r, VolumeState.UPLOADED)),
    "RSZ-04": Break(J, PARAM, lambda r: r._replace(volume_hypervisor=Hypervisor.LXC)),
    "RSZ-06": Break(J, Kind.UNSUPPORTED, lambda r: r._replace(vm_snapshots=True)),
    "RSZ-07": Break(J, Kind.UNSUPPORTED, lambda r: r._replace(new_bytes=r.volume.size_bytes - 1)),
    "RSZ-08": Break(J, Kind.LIMIT_API, over),
}
MIGRATE_BREAKS: dict[str, Break[Migrate]] = {
    "MIG-01": Break(J, PARAM, removed),
    "MIG-03": Break(J, PARAM, lambda m: state(m, VolumeState.ALLOCATED)),
    "MIG-04": Break(J, PARAM, lambda m: m._replace(pool=pool(id=volume().pool_id))),
    "MIG-05": Break(J, PARAM, lambda m: m._replace(vm=vm(state=VmState.DESTROYED))),
    "MIG-06": Break(J, PARAM, lambda m: m._replace(vm_snapshots=True)),
    "MIG-07": Break(J, PARAM, lambda m: m._replace(vm=vm(state=VmState.RUNNING))),
    "MIG-08": Break(J, PARAM, lambda m: m._replace(pool=m.pool._replace(state="Maintenance"))),
    "MIG-09": Break(J, RUNTIME, lambda m: m._replace(fits=False)),
}
# fmt: on
ONE_STATE = "a volume has one state"
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        DELETE,
        (
            on_volume,
            lambda d: state(on_volume(d), VolumeState.ALLOCATED),
            lambda d: state(on_volume(d), VolumeState.UPLOADED),
            destroyed,
        ),
        DELETE_BREAKS,
        {("DEL-04", "DEL-05"): ONE_STATE},
    ),
    Ladder(
        DESTROY,
        (
            on_volume,
            lambda d: on_volume(d)._replace(expunge=True),
            lambda d: on_volume(d)._replace(may_expunge=False),
            lambda d: state(on_volume(d), VolumeState.ALLOCATED)._replace(expunge=True),
        ),
        DESTROY_BREAKS,
        {
            ("DSV-04", "DSV-05"): ONE_STATE,
            ("DSV-08", "DSV-09"): "an expunge is wanted or not",
            ("DSV-09", "DSV-10"): ONE_STATE,
        },
    ),
    Ladder(RECOVER, (destroyed,), RECOVER_BREAKS),
    Ladder(
        RESIZE,
        (
            resizing,
            lambda d: resizing(d)._replace(new_bytes=1, shrink_ok=True),
            lambda d: resizing(d)._replace(new_bytes=volume().size_bytes),
            lambda d: state(resizing(d), VolumeState.ALLOCATED),
            lambda d: resizing(d)._replace(volume_hypervisor=Hypervisor.NONE),
        ),
        RESIZE_BREAKS,
    ),
    Ladder(
        MIGRATE,
        (
            moving,
            lambda d: moving(d)._replace(vm=None),
            lambda d: moving(d)._replace(vm=vm(state=VmState.SHUTDOWN)),
        ),
        MIGRATE_BREAKS,
    ),
)

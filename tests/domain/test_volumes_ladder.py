"""deleteVolume to migrateVolume refuse by their first broken row."""

from typing import Any

from builders import offering, pool, vm, volume
from ladder import NEW, Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor, Scope
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.domain.volumes import (
    DELETE,
    DESTROY,
    MIGRATE,
    RECOVER,
    Migrate,
    OnVolume,
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


def moving(dialect: Dialect) -> Migrate:
    """Return a volume of a Stopped VM to move to another pool."""
    return Migrate(
        dialect=dialect,
        volume=volume(),
        vm=vm(),
        pool=pool(id="pool-2", db_id=2, name="nfs-2"),
        row_db_id=volume().db_id,
        hypervisor=Hypervisor.KVM,
        vm_snapshots=False,
        fits=True,
        offering=offering(),
    )


def alive(case: Migrate) -> Migrate:
    """Return *case* of a Running VMware VM that may move its disks."""
    vmware = vm(state=VmState.RUNNING, hypervisor=Hypervisor.VMWARE)
    return case._replace(
        hypervisor=Hypervisor.VMWARE, vm=vmware, motion=True, live=True, cluster_id="cluster-1"
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
    "DEL-91": Break(R, PARAM, lambda v: v._replace(volume=v.volume._replace(removed=True)), (NEW,)),
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
MIGRATE_BREAKS: dict[str, Break[Migrate]] = {
    "MIG-01": Break(J, PARAM, removed),
    "MIG-03": Break(J, PARAM, lambda m: state(m, VolumeState.ALLOCATED)),
    "MIG-04": Break(J, PARAM, lambda m: m._replace(
        pool=m.pool._replace(id=volume().pool_id or ""))),
    "MIG-10": Break(J, PARAM, lambda m: m._replace(hypervisor=Hypervisor.EXTERNAL)),
    "MIG-05": Break(J, RUNTIME, lambda m: m._replace(vm=vm(state=VmState.DESTROYED))),
    "MIG-06": Break(J, PARAM, lambda m: m._replace(vm_snapshots=True)),
    "MIG-11": Break(J, PARAM, lambda m: alive(m)._replace(hypervisor=Hypervisor.KVM)),
    "MIG-07": Break(J, PARAM, lambda m: alive(m)._replace(motion=False)),
    "MIG-12": Break(J, PARAM, lambda m: alive(m)._replace(live=False)),
    "MIG-13": Break(J, PARAM, lambda m: m._replace(
        volume=m.volume._replace(encrypt_format="luks"))),
    "MIG-08": Break(J, PARAM, lambda m: m._replace(pool=m.pool._replace(state="Maintenance"))),
    "MIG-09": Break(J, RUNTIME, lambda m: m._replace(fits=False)),
    "MIG-14": Break(J, PARAM, lambda m: alive(m)._replace(
        pool=m.pool._replace(cluster_id="cluster-2"))),
    "MIG-15": Break(J, DENIED, lambda m: m._replace(offering_open=False, offering_text="not his")),
    "MIG-16": Break(J, PARAM, lambda m: m._replace(offering=offering(local=True))),
    "MIG-17": Break(J, PARAM, lambda m: m._replace(pool=m.pool._replace(scope=Scope.HOST))),
    "MIG-18": Break(J, PARAM, lambda m: m._replace(
        offering=(m.offering or offering())._replace(tags=frozenset({"ssd"})))),
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
        MIGRATE,
        (
            moving,
            lambda d: moving(d)._replace(vm=None),
            lambda d: moving(d)._replace(vm=vm(state=VmState.SHUTDOWN)),
            lambda d: moving(d)._replace(offering=None, pool=pool(id="local", scope=Scope.HOST)),
            lambda d: alive(moving(d)),
            lambda d: alive(moving(d))._replace(pool=pool(id="zone-wide", cluster_id=None)),
        ),
        MIGRATE_BREAKS,
        {
            ("MIG-11", "MIG-07"): "a host can move disks or not",
            ("MIG-07", "MIG-12"): "a host can move disks or not",
            ("MIG-16", "MIG-17"): "a pool is shared or local",
        },
    ),
)

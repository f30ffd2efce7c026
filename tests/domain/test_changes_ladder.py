"""updateVolume to updateStoragePool refuse by their first broken row."""

from typing import Any

from builders import pool, root, vm, volume
from ladder import Break, Ladder

from simulator.domain.changes import (
    CHANGE_SERVICE,
    EXTRACT,
    MAKE_TEMPLATE,
    SCALE,
    UPDATE_POOL,
    UPDATE_VM,
    UPDATE_VOLUME,
    Copy,
    Scale,
    UpdatePool,
    UpdateVm,
    UpdateVolume,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import ServiceOffering
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.INTERNAL
SMALL = ServiceOffering("small", 1, "Small", 1, 500, 512)
LARGE = ServiceOffering("large", 2, "Large", 4, 2000, 8192)


def updating(dialect: Dialect) -> UpdateVolume:
    """Return a volume to give another state and storage."""
    return UpdateVolume(dialect, volume(), "Ready", pool())


def copying(dialect: Dialect) -> Copy:
    """Return a loose volume to copy out."""
    return Copy(dialect, volume(), None)


def on_running(case: Copy) -> Copy:
    """Return *case* of a volume whose VM runs."""
    return case._replace(vm=vm(state=VmState.RUNNING))


def scaling(dialect: Dialect) -> Scale:
    """Return a Stopped VM to give another offering."""
    return Scale(dialect, vm(), SMALL, LARGE, dynamic=False)


def in_state(case: Any, state: VmState) -> Any:
    """Return *case* with its VM in *state*."""
    return case._replace(vm=case.vm._replace(state=state))


# fmt: off
UPDATE_VOLUME_BREAKS: dict[str, Break[UpdateVolume]] = {
    "UPV-01": Break(J, PARAM, lambda u: u._replace(state="Odd")),
    "UPV-02": Break(J, PARAM, lambda u: u._replace(pool=pool(zone_id="zone-2"))),
}
EXTRACT_BREAKS: dict[str, Break[Copy]] = {
    "EXT-01": Break(J, PARAM, lambda e: e._replace(mode="odd")),
    "EXT-02": Break(J, DENIED, on_running),
    "EXT-03": Break(J, INTERNAL, lambda e: e._replace(volume=root(), template_extractable=False)),
}
MAKE_TEMPLATE_BREAKS: dict[str, Break[Copy]] = {
    "TPL-01": Break(R, PARAM, lambda t: t._replace(volume=None, from_snapshot=False)),
    "TPL-02": Break(R, PARAM, lambda t: t._replace(from_snapshot=True)),
    "TPL-03": Break(R, Kind.RUNTIME, on_running),
    "TPL-05": Break(R, Kind.LIMIT, lambda t: t._replace(over_limit="no room")),
    "TPL-04": Break(J, INTERNAL, lambda t: t._replace(volume=volume(state=VolumeState.ALLOCATED))),
}
UPDATE_VM_BREAKS: dict[str, Break[UpdateVm]] = {
    "UPM-01": Break(R, PARAM, lambda u: in_state(u, VmState.EXPUNGING)),
    "UPM-02": Break(R, PARAM, lambda u: u._replace(name_free=False)),
}
CHANGE_SERVICE_BREAKS: dict[str, Break[Scale]] = {
    "CHS-01": Break(R, PARAM, lambda s: in_state(s, VmState.RUNNING)),
    "CHS-02": Break(R, PARAM, lambda s: s._replace(new=s.old)),
    "CHS-03": Break(R, PARAM, lambda s: s._replace(old=s.old._replace(local=not s.new.local))),
}
SCALE_BREAKS: dict[str, Break[Scale]] = {
    "SCA-01": Break(J, PARAM, lambda s: in_state(s, VmState.DESTROYED)),
    "SCA-02": Break(J, PARAM, lambda s: s._replace(new=s.old)),
    "SCA-03": Break(J, PARAM, lambda s: s._replace(old=s.old._replace(local=not s.new.local))),
    "SCA-04": Break(J, DENIED, lambda s: in_state(s, VmState.RUNNING)),
}
UPDATE_POOL_BREAKS: dict[str, Break[UpdatePool]] = {
    "UPP-01": Break(R, PARAM, lambda u: u._replace(enable=True, pool=pool(state="Up"))),
    "UPP-02": Break(R, PARAM, lambda u: u._replace(enable=False, pool=pool(state="Maintenance"))),
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(UPDATE_VOLUME, (updating, lambda d: updating(d)._replace(state=None, pool=None)),
        UPDATE_VOLUME_BREAKS),
    Ladder(EXTRACT, (
        copying,
        lambda d: copying(d)._replace(vm=vm()),
        lambda d: copying(d)._replace(template_extractable=False),
        lambda d: copying(d)._replace(volume=root()),
        lambda d: copying(d)._replace(mode="FTP_UPLOAD"),
    ), EXTRACT_BREAKS),
    Ladder(MAKE_TEMPLATE, (
        copying,
        lambda d: copying(d)._replace(vm=vm()),
        lambda d: copying(d)._replace(volume=None, from_snapshot=True),
    ), MAKE_TEMPLATE_BREAKS, {("TPL-01", "TPL-02"): "a source is missing or there are two"}),
    Ladder(UPDATE_VM, (lambda d: UpdateVm(d, vm(), "new", name_free=True),), UPDATE_VM_BREAKS),
    Ladder(CHANGE_SERVICE, (scaling,), CHANGE_SERVICE_BREAKS),
    Ladder(SCALE, (
        scaling,
        lambda d: in_state(scaling(d)._replace(dynamic=True), VmState.RUNNING),
    ), SCALE_BREAKS),
    Ladder(UPDATE_POOL, (
        lambda d: UpdatePool(d, pool(), enable=None),
        lambda d: UpdatePool(d, pool(), enable=False),
        lambda d: UpdatePool(d, pool(state="Disabled"), enable=True),
    ), UPDATE_POOL_BREAKS, {("UPP-01", "UPP-02"): "a pool is enabled or disabled"}),
)
# fmt: on

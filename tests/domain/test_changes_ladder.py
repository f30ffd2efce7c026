"""updateVolume to updateStoragePool refuse by their first broken row."""

from typing import Any

from builders import pool, root, vm, volume
from ladder import Break, Ladder

from simulator.domain.changes import (
    EXTRACT,
    MAKE_TEMPLATE,
    UPDATE_POOL,
    UPDATE_VOLUME,
    Copy,
    UpdatePool,
    UpdateVolume,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.INTERNAL


def updating(dialect: Dialect) -> UpdateVolume:
    """Return a volume to give another state and storage."""
    return UpdateVolume(dialect, volume(), "Ready", pool())


def copying(dialect: Dialect) -> Copy:
    """Return a loose volume to copy out."""
    return Copy(dialect, volume(), None)


def on_running(case: Copy) -> Copy:
    """Return *case* of a volume whose VM runs."""
    return case._replace(vm=vm(state=VmState.RUNNING))


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
    Ladder(UPDATE_POOL, (
        lambda d: UpdatePool(d, pool(), enable=None),
        lambda d: UpdatePool(d, pool(), enable=False),
        lambda d: UpdatePool(d, pool(state="Disabled"), enable=True),
    ), UPDATE_POOL_BREAKS, {("UPP-01", "UPP-02"): "a pool is enabled or disabled"}),
)
# fmt: on

"""updateVolume and updateStoragePool refuse by their first broken row."""

from typing import Any

from builders import pool, volume
from ladder import Break, Ladder

from simulator.domain.errors import Kind
from simulator.domain.rules import Phase
from simulator.domain.updates import UPDATE_POOL, UPDATE_VOLUME, UpdatePool, UpdateVolume

R, J = Phase.REQUEST, Phase.JOB
PARAM = Kind.PARAM

# fmt: off
UPDATE_VOLUME_BREAKS: dict[str, Break[UpdateVolume]] = {
    "UPV-03": Break(R, PARAM, lambda u: u._replace(volume=None)),
    "UPV-01": Break(J, PARAM, lambda u: u._replace(state="Odd")),
    "UPV-02": Break(J, PARAM, lambda u: u._replace(pool=pool(zone_id="zone-2"))),
}
UPDATE_POOL_BREAKS: dict[str, Break[UpdatePool]] = {
    "UPP-04": Break(R, PARAM, lambda u: u._replace(tag_rule=True)),
    "UPP-01": Break(R, PARAM, lambda u: u._replace(enable=True, pool=pool(state="Up"))),
    "UPP-02": Break(R, PARAM, lambda u: u._replace(enable=False, pool=pool(state="Maintenance"))),
    "UPP-03": Break(R, Kind.INTERNAL, lambda u: u._replace(anything=False)),
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(UPDATE_VOLUME, (
        lambda d: UpdateVolume(d, volume(), "Ready", pool()),
        lambda d: UpdateVolume(d, volume(), None, None),
    ), UPDATE_VOLUME_BREAKS),
    Ladder(UPDATE_POOL, (
        lambda d: UpdatePool(d, pool(), enable=None),
        lambda d: UpdatePool(d, pool(), enable=False, anything=False),
        lambda d: UpdatePool(d, pool(state="Disabled"), enable=True),
    ), UPDATE_POOL_BREAKS, {
        ("UPP-01", "UPP-02"): "a pool is enabled or disabled",
        ("UPP-02", "UPP-03"): "a pool that is disabled is changed",
    }),
)
# fmt: on

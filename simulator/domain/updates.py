"""updateVolume and updateStoragePool: what may be written into a record (4.3, GT 2, 4)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import StoragePool
from simulator.domain.records import Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VolumeState

R, J = Phase.REQUEST, Phase.JOB
STATES = frozenset(str(state) for state in VolumeState)


class UpdateVolume(NamedTuple):
    """A volume whose record someone wants to change; None leaves a field as it is."""

    dialect: Dialect
    volume: Volume | None
    state: str | None
    pool: StoragePool | None


class UpdatePool(NamedTuple):
    """A primary storage to change, or to enable or disable; None leaves it.

    *anything* is whether there is something to change, *tag_rule* whether its tags shall be code.
    """

    dialect: Dialect
    pool: StoragePool
    enable: bool | None
    anything: bool = True
    tag_rule: bool = False


# fmt: off
UPDATE_VOLUME: Table[UpdateVolume] = Table("updateVolume", (
    Rule("UPV-03", "the volume to update is given",
         lambda u: u.volume is not None, R, Kind.PARAM,
         "Invalid volume id was provided", "GT 2, 4"),
    Rule("UPV-01", "the new state of the volume is a state",
         lambda u: u.state is None or u.state in STATES, J, Kind.PARAM,
         "Invalid volume state specified", "4.3, GT 2"),
    Rule("UPV-02", "the new storage of the volume is in its zone",
         lambda u: u.pool is None or u.volume is None or u.pool.zone_id == u.volume.zone_id, J,
         Kind.PARAM,
         "Invalid storageId specified; refers to the pool outside of the volume's zone", "4.3"),
))

UPDATE_POOL: Table[UpdatePool] = Table("updateStoragePool", (
    Rule("UPP-04", "the tags of a storage pool are no code",
         lambda u: not u.tag_rule, R, Kind.PARAM,
         "The parameter istagarule cannot be set to true as JS interpretation is disabled",
         "GT 2, 4"),
    Rule("UPP-01", "a storage pool to enable is Disabled",
         lambda u: u.enable is not True or u.pool.state == "Disabled", R, Kind.PARAM,
         "Primary storage {c.pool.text} cannot be enabled. Storage pool state : {c.pool.state}",
         "4.3"),
    Rule("UPP-02", "a storage pool to disable is Up",
         lambda u: u.enable is not False or u.pool.up, R, Kind.PARAM,
         "Primary storage {c.pool.text} cannot be disabled. Storage pool state : {c.pool.state}",
         "4.3"),
    Rule("UPP-03", "something of a storage pool is to change",
         lambda u: u.anything or u.enable is not None, R, Kind.INTERNAL,
         "Failed to update storage pool", "GT 2, 4"),
))
# fmt: on

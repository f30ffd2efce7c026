"""updateVolume to updateStoragePool: changes that leave volumes and VMs where they are (4.3)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import INTERNAL_TEXT, Kind
from simulator.domain.inventory import StoragePool
from simulator.domain.records import Vm, Volume, VolumeType
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB
STATES = frozenset(str(state) for state in VolumeState)


class UpdateVolume(NamedTuple):
    """A volume whose record an administrator wants to change; None leaves a field as it is."""

    dialect: Dialect
    volume: Volume
    state: str | None
    pool: StoragePool | None


class Copy(NamedTuple):
    """A volume that shall be copied out: as a download or as a template."""

    dialect: Dialect
    volume: Volume | None
    vm: Vm | None
    mode: str = "HTTP_DOWNLOAD"
    from_snapshot: bool = False
    template_extractable: bool = True
    over_limit: str = ""

    @property
    def at_rest(self) -> bool:
        """Whether no VM can be writing to the volume."""
        return self.vm is None or self.vm.state is VmState.STOPPED


class UpdatePool(NamedTuple):
    """A primary storage to enable or disable; None leaves it."""

    dialect: Dialect
    pool: StoragePool
    enable: bool | None


_MODES = frozenset({"HTTP_DOWNLOAD", "FTP_UPLOAD"})

# fmt: off
UPDATE_VOLUME: Table[UpdateVolume] = Table("updateVolume", (
    Rule("UPV-01", "the new state of the volume is a state",
         lambda u: u.state is None or u.state in STATES, J, Kind.PARAM,
         "Invalid volume state specified", "4.3"),
    Rule("UPV-02", "the new storage of the volume is in its zone",
         lambda u: u.pool is None or u.pool.zone_id == u.volume.zone_id, J, Kind.PARAM,
         "Invalid storageId specified; refers to the pool outside of the volume's zone", "4.3"),
))

EXTRACT: Table[Copy] = Table("extractVolume", (
    Rule("EXT-01", "the way to extract is known",
         lambda e: e.mode in _MODES, J, Kind.PARAM, "Please specify a valid extract Mode.", "4.3"),
    Rule("EXT-02", "the volume to extract is detached or its VM Stopped",
         lambda e: e.at_rest, J, Kind.DENIED,
         "Invalid state of the volume with specified ID. It should be either detached or the VM "
         "should be in stopped state.", "GT 4"),
    Rule("EXT-03", "a ROOT to extract comes from a template that may be extracted",
         lambda e: e.volume is None or e.volume.type is not VolumeType.ROOT
         or e.template_extractable, J, Kind.INTERNAL, INTERNAL_TEXT, "GT 4"),
))

MAKE_TEMPLATE: Table[Copy] = Table("createTemplate", (
    Rule("TPL-01", "a volume or a snapshot is given",
         lambda t: t.volume is not None or t.from_snapshot, R, Kind.PARAM,
         "Failed to create private template record, neither volume ID nor snapshot ID were "
         "specified.", "4.3"),
    Rule("TPL-02", "volume and snapshot are not both given",
         lambda t: t.volume is None or not t.from_snapshot, R, Kind.PARAM,
         "Failed to create private template record, both volume ID and snapshot ID were "
         "specified.", "4.3"),
    Rule("TPL-03", "the volume of a template is detached or its VM Stopped",
         lambda t: t.at_rest, R, Kind.RUNTIME,
         "Unable to create private template for volume: {c.volume.name}; volume is attached to a "
         "non-stopped VM, please stop the VM first", "4.3"),
    Rule("TPL-05", "the owner's limits leave room for the template",
         lambda t: not t.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("TPL-04", "the volume of a template was created",
         lambda t: t.volume is None or t.volume.state is VolumeState.READY, J, Kind.INTERNAL,
         INTERNAL_TEXT, "4.3"),
))

UPDATE_POOL: Table[UpdatePool] = Table("updateStoragePool", (
    Rule("UPP-01", "a storage pool to enable is Disabled",
         lambda u: u.enable is not True or u.pool.state == "Disabled", R, Kind.PARAM,
         "Storage pool must be in disabled state, current state: {c.pool.state}", "4.3"),
    Rule("UPP-02", "a storage pool to disable is Up",
         lambda u: u.enable is not False or u.pool.up, R, Kind.PARAM,
         "Storage pool must be in up state, current state: {c.pool.state}", "4.3"),
))
# fmt: on

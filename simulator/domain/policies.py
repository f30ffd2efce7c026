"""createSnapshotPolicy and its like: when snapshots of a volume are taken (GT 2, 4)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account, Vm, Volume
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.schedules import INTERVALS, MOST_KEPT, well_formed
from simulator.domain.states import VolumeState

R = Phase.REQUEST


class Policy(NamedTuple):
    """A schedule someone wants for the snapshots of a volume; *keep* is how many are kept.

    *most* is the lowest limit on snapshots above the volume, -1 for none; a policy that is not
    on *display* takes none.
    """

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    owner: Account
    interval: str
    schedule: str
    keep: int
    encrypted: bool = False
    caller_may: bool = True
    display: bool = True
    most: int = -1

    @property
    def spelt(self) -> str:
        """The volume as the server's messages spell it."""
        return self.volume.spelt(self.vm)

    @property
    def known(self) -> bool:
        """Whether the interval is one."""
        return self.interval.lower() in INTERVALS

    @property
    def level(self) -> str:
        """Whose limit there is, as the refusal words it."""
        return "domain/project" if self.owner.project_id else "domain/account"


class Forget(NamedTuple):
    """Policies that shall be no more."""

    dialect: Dialect
    named: bool
    caller_may: bool


class Sought(NamedTuple):
    """Policies someone lists; *volume* is the one that they are of, None where none is named."""

    dialect: Dialect
    volume: Volume | None

    @property
    def row(self) -> str:
        """The database id of the volume as the server's messages spell it."""
        return str(self.volume.db_id) if self.volume else "null"


class Change(NamedTuple):
    """A policy that shall be shown or hidden, or get another id."""

    dialect: Dialect
    named: bool


# fmt: off
POLICY: Table[Policy] = Table("createSnapshotPolicy", (
    Rule("SPO-04", "the volume of a snapshot policy exists",
         lambda p: not p.volume.removed, R, Kind.PARAM,
         "Unable to find volume by id={c.volume.db_id}", "GT 2, 4", "SPEC-03"),
    Rule("SPO-05", "the owner of the volume of a snapshot policy is enabled",
         lambda p: p.owner.enabled, R, Kind.DENIED,
         "The owner of template is disabled: {c.owner.text}", "4.3"),
    Rule("SPO-06", "the volume of a snapshot policy is not encrypted",
         lambda p: not p.encrypted, R, Kind.UNCAUGHT,
         "Encrypted volumes don't support snapshot schedules, cannot create snapshot policy for "
         "the volume [{c.volume.id}]", "4.3"),
    Rule("SPO-07", "the caller may use the volume of a snapshot policy",
         lambda p: p.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("SPO-03", "the volume of a snapshot policy that is on display is Ready",
         lambda p: p.volume.state is VolumeState.READY or not p.display, R, Kind.PARAM,
         "Volume: {c.spelt} is not in Ready state but {c.volume.state}. Cannot take snapshot.",
         "GT 2, 4"),
    Rule("SPO-01", "the interval of a snapshot policy is known",
         lambda p: p.known, R, Kind.PARAM, "Unsupported interval type {c.interval}", "GT 2, 4"),
    Rule("SPO-08", "the schedule of a snapshot policy fits its interval",
         lambda p: not p.known or well_formed(p.interval.lower(), p.schedule), R, Kind.PARAM,
         "{c.spelt} has an invalid schedule [{c.schedule}] for interval type [{c.interval}].",
         "GT 2, 4"),
    Rule("SPO-02", "a snapshot policy keeps one snapshot at least",
         lambda p: p.keep > 0, R, Kind.PARAM,
         "maxSnaps [{c.keep}] for volume {c.spelt} should be greater than 0.", "GT 2, 4"),
    Rule("SPO-09", "a snapshot policy keeps no more than a volume may keep of an interval",
         lambda p: p.keep <= MOST_KEPT, R, Kind.PARAM,
         f"maxSnaps [{{c.keep}}] for volume {{c.spelt}} exceeds limit [{MOST_KEPT}] for interval "
         "type [{c.interval}].", "GT 2, 4"),
    Rule("SPO-10", "a snapshot policy keeps no more than the owner may have",
         lambda p: not p.display or p.most < 0 or p.keep <= p.most, R, Kind.PARAM,
         "Max number of snapshots shouldn't exceed the {c.level} level snapshot limit", "6.2"),
))

UPDATE_POLICY: Table[Change] = Table("updateSnapshotPolicy", (
    Rule("UPY-01", "the snapshot policy to update is given",
         lambda u: u.named, R, Kind.PARAM, "Invalid snapshot policy id was provided", "4.3"),
))

LIST_POLICIES: Table[Sought] = Table("listSnapshotPolicies", (
    Rule("LPO-01", "the snapshot policies to list are those of a volume",
         lambda s: s.volume is not None and not s.volume.removed, R, Kind.PARAM,
         "Unable to find a volume with id {c.row}", "versions section 6", "SPEC-03",
         when=Flag.POLICIES_OF_ONE_VOLUME),
))

DELETE_POLICIES: Table[Forget] = Table("deleteSnapshotPolicies", (
    Rule("DSP-01", "the snapshot policies to delete are given",
         lambda d: d.named, R, Kind.PARAM, "No policy id (or list of ids) specified.", "4.3"),
    Rule("DSP-02", "the caller may use the volumes of the snapshot policies to delete",
         lambda d: d.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
))
# fmt: on

"""createVolume: what may be created, for whom and where (semantics 4.3, ground truth 4)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, Zone
from simulator.domain.records import USER_KINDS, Snapshot, Vm, VolumeType
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.sizing import GIB, Sizes, bytes_of, readable
from simulator.domain.states import VmState

_ATTACHABLE_VM = frozenset({VmState.RUNNING, VmState.STOPPED})
R = Phase.REQUEST


class Create(NamedTuple):
    """A volume someone wants: from a disk offering or from a snapshot, or from both.

    *wanted_gib* and *wanted_iops* are what the caller asks for, *parent* is the type of the volume
    of the snapshot, *vm* where a volume from a snapshot shall be attached.
    """

    dialect: Dialect
    offering: DiskOffering | None
    snapshot: Snapshot | None
    zone: Zone | None
    wanted_gib: int | None
    caller_may: bool
    over_limit: str
    is_root: bool = False
    sizes: Sizes = Sizes()
    wanted_iops: tuple[int | None, int | None] = (None, None)
    offering_open: bool = True
    offering_text: str = ""
    parent: VolumeType | None = None
    encrypted: bool = False
    vm: Vm | None = None
    caller_may_vm: bool = True

    @property
    def size_bytes(self) -> int:
        """The size that the volume would get."""
        if self.offering is None:
            return self.snapshot.size_bytes if self.snapshot else 0
        return self.offering.size_gib * GIB or bytes_of(self.wanted_gib or 0)

    @property
    def custom_gib(self) -> int | None:
        """The size that must be in the range of custom ones, None where that is not asked."""
        return self.wanted_gib if self.offering is not None and self.offering.custom else None

    @property
    def sized(self) -> bool:
        """Whether a size was asked for that counts, which without an offering it does not."""
        return self.offering is not None and self.wanted_gib is not None

    @property
    def iops(self) -> tuple[int | None, int | None]:
        """The least and the most iops the volume would get."""
        if self.offering is None:
            return None, None
        if not self.offering.custom_iops:
            return self.offering.min_iops, self.offering.max_iops
        least, most = self.wanted_iops
        return (0, 0) if least is None and most is None else (least, most or 0)

    @property
    def iops_positive(self) -> bool:
        """Whether there are least iops, if any were asked for that the offering leaves open."""
        free = self.offering is not None and self.offering.custom_iops
        return not free or self.wanted_iops == (None, None) or (self.wanted_iops[0] or 0) > 0

    @property
    def readable_size(self) -> str:
        """The size in the unit that suits it."""
        return readable(self.size_bytes)

    @property
    def sizes_text(self) -> str:
        """The size and that of the snapshot."""
        taken = self.snapshot.size_bytes if self.snapshot else 0
        return f"{self.size_bytes // GIB}GB, snapshot size is: {taken // GIB}GB"


# fmt: off
CREATE: Table[Create] = Table("createVolume", (
    Rule("CRE-01", "the caller may create volumes for the owner",
         lambda c: c.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("CRE-02", "a disk offering or a snapshot is given",
         lambda c: c.offering is not None or c.snapshot is not None, R, Kind.PARAM,
         "At least one of disk Offering ID or snapshot ID must be passed whilst creating volume",
         "GT 4"),
    Rule("CRE-14", "a disk offering and a snapshot come together for a ROOT's snapshot alone",
         lambda c: c.offering is None or c.snapshot is None or c.parent is VolumeType.ROOT,
         R, Kind.PARAM,
         "Disk Offering ID cannot be passed whilst creating volume from snapshot other than ROOT "
         "disk snapshots", "4.3", "SPEC-03"),
    Rule("CRE-05", "the size is larger than nothing",
         lambda c: not c.sized or (c.wanted_gib or 0) > 0, R, Kind.PARAM,
         "Disk size must be larger than 0", "GT 4"),
    Rule("CRE-04", "a custom disk offering comes with a size",
         lambda c: c.offering is None or not c.offering.custom or c.wanted_gib is not None,
         R, Kind.PARAM, "This disk offering requires a custom size specified", "GT 4"),
    Rule("CRE-06", "a custom size is in the allowed range",
         lambda c: c.sizes.custom(c.custom_gib), R, Kind.PARAM,
         "Volume size: {c.wanted_gib} GB is out of allowed range. Min: {c.sizes.min_gib}. "
         "Max: {c.sizes.max_gib}", "GT 4"),
    Rule("CRE-03", "a fixed disk offering comes without a size",
         lambda c: c.offering is None or c.offering.custom or c.wanted_gib is None, R, Kind.PARAM,
         "This disk offering does not allow custom size", "GT 4"),
    Rule("CRE-15", "the owner may use the disk offering in the zone",
         lambda c: c.offering_open, R, Kind.DENIED, "{c.offering_text}", "4.3", "SPEC-03"),
    Rule("CRE-16", "the least iops are above nothing",
         lambda c: c.iops_positive, R, Kind.PARAM, "The min IOPS must be greater than 0.", "4.3"),
    Rule("CRE-17", "the least iops are not above the most",
         lambda c: (c.iops[0] or 0) <= (c.iops[1] or 0), R, Kind.PARAM,
         "The min IOPS must be less than or equal to the max IOPS.", "4.3"),
    Rule("CRE-18", "the size is not above the largest of all",
         lambda c: c.offering is None or c.size_bytes <= c.sizes.most_gib * GIB, R, Kind.PARAM,
         "Requested volume size is {c.readable_size}, but the maximum size allowed is "
         "{c.sizes.most_gib} GB.", "4.3"),
    Rule("CRE-19", "the snapshot of a new volume was taken",
         lambda c: c.snapshot is None or c.snapshot.state == "BackedUp", R, Kind.PARAM,
         'Snapshot Snapshot {{"id":{c.snapshot.db_id},"name":"{c.snapshot.name}","uuid":'
         '"{c.snapshot.id}"}} is not in BackedUp state yet and can\'t be used for volume creation',
         "4.3", "SPEC-03"),
    Rule("CRE-20", "the snapshot of a new volume is not of an encrypted one",
         lambda c: not c.encrypted, R, Kind.UNCAUGHT,
         "Cannot create new volumes from encrypted volume snapshots", "4.3"),
    Rule("CRE-21", "a new volume is not smaller than its snapshot",
         lambda c: c.snapshot is None or c.offering is None
         or c.size_bytes >= c.snapshot.size_bytes, R, Kind.PARAM,
         "Invalid size for volume creation: {c.sizes_text}", "4.3", "SPEC-03"),
    Rule("CRE-10", "the VM to attach the new volume to is a user's VM",
         lambda c: c.vm is None or c.vm.kind in USER_KINDS, R, Kind.PARAM,
         "Please specify a valid User VM.", "4.3"),
    Rule("CRE-22", "the VM to attach the new volume to is in its zone",
         lambda c: c.vm is None or c.zone is None or c.vm.zone_id == c.zone.id, R, Kind.PARAM,
         "The specified zone is different than zone of the VM", "4.3", "SPEC-03",
         unless=Flag.VOLUME_FOR_ANY_ZONE),
    Rule("CRE-11", "the VM to attach the new volume to is Running or Stopped",
         lambda c: c.vm is None or c.vm.state in _ATTACHABLE_VM, R, Kind.PARAM,
         "Please specify a VM that is either running or stopped.", "4.3"),
    Rule("CRE-12", "the caller may use the VM to attach the new volume to",
         lambda c: c.caller_may_vm, R, Kind.DENIED, PERMISSION_TEXT, "4.3"),
    Rule("CRE-13", "the owner's limits leave room for the volume",
         lambda c: not c.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("CRE-07", "the zone is given",
         lambda c: c.zone is not None, R, Kind.PARAM, "Unable to find zone by id null", "GT 4"),
    Rule("CRE-08", "a disabled zone is for administrators",
         lambda c: c.zone is None or c.zone.enabled or c.is_root, R, Kind.DENIED,
         "Cannot perform this operation, Zone: {c.zone.text} is currently disabled", "6.1"),
    Rule("CRE-09", "a local disk offering comes with a zone that has local storage",
         lambda c: c.zone is None or c.zone.local_storage or c.offering is None
         or not c.offering.local, R, Kind.PARAM,
         "Zone is not configured to use local storage but volume's disk offering "
         "{c.offering.name} uses it", "GT 1.2/12"),
))
# fmt: on

"""createVolume: what may be created, for whom and where (semantics 4.3, ground truth 4)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering
from simulator.domain.records import USER_KINDS, Snapshot, Vm
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

_ATTACHABLE_VM = frozenset({VmState.RUNNING, VmState.STOPPED})
R = Phase.REQUEST


class Create(NamedTuple):
    """A volume someone wants: from a disk offering or from a snapshot.

    *wanted_gib* is the size asked for, *vm* where a volume from a snapshot shall be attached.
    """

    dialect: Dialect
    offering: DiskOffering | None
    snapshot: Snapshot | None
    zone_known: bool
    zone_has_local: bool
    zone_open: bool
    wanted_gib: int | None
    min_gib: int
    max_gib: int
    caller_may: bool
    over_limit: str
    vm: Vm | None = None
    caller_may_vm: bool = True

    @property
    def chosen_gib(self) -> int:
        """The size that counts, in GiB."""
        if self.wanted_gib is not None:
            return self.wanted_gib
        return self.offering.size_gib if self.offering else 0


# fmt: off
CREATE: Table[Create] = Table("createVolume", (
    Rule("CRE-01", "the caller may create volumes for the owner",
         lambda c: c.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("CRE-02", "a disk offering or a snapshot is given",
         lambda c: c.offering is not None or c.snapshot is not None, R, Kind.PARAM,
         "At least one of disk Offering ID or snapshot ID must be passed whilst creating volume",
         "GT 4"),
    Rule("CRE-03", "a fixed disk offering comes without a size",
         lambda c: c.snapshot is not None or c.offering is None or c.offering.custom
         or c.wanted_gib is None, R, Kind.PARAM,
         "This disk offering does not allow custom size", "GT 4"),
    Rule("CRE-04", "a custom disk offering comes with a size",
         lambda c: c.snapshot is not None or c.offering is None or not c.offering.custom
         or c.wanted_gib is not None, R, Kind.PARAM,
         "This disk offering requires a custom size specified", "GT 4"),
    Rule("CRE-05", "the size is larger than nothing",
         lambda c: c.wanted_gib is None or c.wanted_gib > 0, R, Kind.PARAM,
         "Disk size must be larger than 0", "GT 4"),
    Rule("CRE-06", "the size is in the allowed range",
         lambda c: c.wanted_gib is None or c.min_gib <= c.wanted_gib <= c.max_gib, R, Kind.PARAM,
         "Volume size: {c.wanted_gib} GB is out of allowed range. Min: {c.min_gib}. "
         "Max: {c.max_gib}", "GT 4"),
    Rule("CRE-07", "the zone is given",
         lambda c: c.zone_known, R, Kind.PARAM, "Unable to find zone by id null", "GT 4"),
    Rule("CRE-08", "a disabled zone is for administrators",
         lambda c: c.zone_open, R, Kind.DENIED,
         "Cannot perform this operation, Zone is currently disabled", "6.1"),
    Rule("CRE-09", "a local disk offering comes with a zone that has local storage",
         lambda c: c.zone_has_local or c.offering is None or not c.offering.local, R, Kind.PARAM,
         "Zone is not configured to use local storage but volume's disk offering "
         "{c.offering.name} uses it", "GT 1.2/12"),
    Rule("CRE-10", "the VM to attach the new volume to is a user's VM",
         lambda c: c.vm is None or c.vm.kind in USER_KINDS, R, Kind.PARAM,
         "Please specify a valid User VM.", "4.3"),
    Rule("CRE-11", "the VM to attach the new volume to is Running or Stopped",
         lambda c: c.vm is None or c.vm.state in _ATTACHABLE_VM, R, Kind.PARAM,
         "Please specify a VM that is either running or stopped.", "4.3"),
    Rule("CRE-12", "the caller may use the VM to attach the new volume to",
         lambda c: c.caller_may_vm, R, Kind.DENIED, PERMISSION_TEXT, "4.3"),
    Rule("CRE-13", "the owner's limits leave room for the volume",
         lambda c: not c.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
))
# fmt: on

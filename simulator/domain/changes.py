"""createTemplate: what is copied out of a volume (4.3)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Snapshot, Vm, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB


class MakeTemplate(NamedTuple):
    """A volume or a snapshot someone wants a template of.

    *volume* is the one given, else that of the snapshot; *placed* is whether a zone is given.
    """

    dialect: Dialect
    volume: Volume | None
    vm: Vm | None
    snapshot: Snapshot | None = None
    volume_id: bool = True
    name: str = "t"
    caller_may: bool = True
    is_root: bool = False
    tagged: bool = False
    placed: bool = False
    encrypted: bool = False
    hypervisor: Hypervisor = Hypervisor.NONE
    over_limit: str = ""

    @property
    def from_snapshot(self) -> bool:
        """Whether it is a snapshot that is copied."""
        return not self.volume_id

    @property
    def spelt(self) -> str:
        """The volume as the server's messages spell it."""
        return self.volume.spelt(self.vm) if self.volume else ""

    @property
    def what(self) -> str:
        """What of encrypted volumes is copied, as the refusal words it."""
        return "snapshots of " if self.from_snapshot else ""


_LONGEST_NAME = 255

# fmt: off
MAKE_TEMPLATE: Table[MakeTemplate] = Table("createTemplate", (
    Rule("TPL-06", "the volume of a template exists",
         lambda t: t.volume is None or t.from_snapshot or not t.volume.removed, R, Kind.PARAM,
         "Unable to find volume by id={c.volume.db_id}", "D, GT 2", "SPEC-03"),
    Rule("TPL-01", "a volume or a snapshot is given",
         lambda t: t.volume is not None or t.snapshot is not None, R, Kind.PARAM,
         "Unable to find snapshot by id=null", "GT 2, 4"),
    Rule("TPL-07", "the snapshot of a template exists",
         lambda t: t.volume_id or t.snapshot is None or not t.snapshot.removed, R, Kind.PARAM,
         "Unable to find snapshot by id={c.snapshot.db_id}", "GT 2, 4", "SPEC-03"),
    Rule("TPL-08", "the caller may use what a template is made of",
         lambda t: t.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("TPL-09", "a template has a name",
         lambda t: bool(t.name.strip()) and len(t.name) <= _LONGEST_NAME, R, Kind.PARAM,
         f"Template name cannot be null and cannot be more {_LONGEST_NAME} characters", "4.3"),
    Rule("TPL-10", "the tag of a template is a root admin's to give",
         lambda t: t.is_root or not t.tagged, R, Kind.DENIED,
         "Parameter templatetag can only be specified by a Root Admin, permission denied", "4.3"),
    Rule("TPL-11", "a zone is given with a snapshot",
         lambda t: not t.placed or t.snapshot is not None, R, Kind.PARAM,
         "Failed to create private template record, zone ID can only be specified together with "
         "snapshot ID.", "4.3"),
    Rule("TPL-02", "volume and snapshot are not both given",
         lambda t: not t.volume_id or t.snapshot is None, R, Kind.PARAM,
         "Failed to create private template record, please specify only one of volume ID "
         "({c.volume.db_id}) and snapshot ID ({c.snapshot.db_id})", "GT 2, 4"),
    Rule("TPL-12", "a template is not made of an encrypted volume",
         lambda t: not t.encrypted, R, Kind.UNCAUGHT,
         "Cannot create templates from {c.what}encrypted volumes", "4.3"),
    Rule("TPL-03", "the volume of a template is detached or its VM Stopped",
         lambda t: t.from_snapshot or t.vm is None or t.vm.state is VmState.STOPPED, R,
         Kind.RUNTIME,
         "Unable to create private template for volume: {c.spelt}; volume is attached to a "
         "non-stopped VM, please stop the VM first", "GT 2, 4"),
    Rule("TPL-13", "a template is not made of a volume of LXC",
         lambda t: t.from_snapshot or t.hypervisor is not Hypervisor.LXC, R, Kind.PARAM,
         "Template creation is not supported for LXC volume: {c.spelt}", "4.3"),
    Rule("TPL-14", "the snapshot of a template is BackedUp",
         lambda t: t.volume_id or t.snapshot is None or t.snapshot.state == "BackedUp", R,
         Kind.PARAM,
         "Snapshot {c.snapshot.text} is not in BackedUp state yet and can't be used for template "
         "creation", "4.3"),
    Rule("TPL-05", "the owner's limits leave room for the template",
         lambda t: not t.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("TPL-04", "the volume of a template was created",
         lambda t: t.from_snapshot or t.volume is None or t.volume.state is VolumeState.READY, J,
         Kind.RUNTIME, "Failed to create templatecan't find data store",
         "seen on a real 4.22"),
))
# fmt: on

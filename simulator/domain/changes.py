"""createTemplate: what is copied out of a volume (4.3)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import INTERNAL_TEXT, Kind
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB


class Copy(NamedTuple):
    """A volume that shall be copied out as a template."""

    dialect: Dialect
    volume: Volume | None
    vm: Vm | None
    from_snapshot: bool = False
    over_limit: str = ""

    @property
    def at_rest(self) -> bool:
        """Whether no VM can be writing to the volume."""
        return self.vm is None or self.vm.state is VmState.STOPPED


# fmt: off
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

# fmt: on

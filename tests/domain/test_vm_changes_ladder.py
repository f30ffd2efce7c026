"""updateVirtualMachine to scaleVirtualMachine refuse by their first broken row."""

from typing import Any

from builders import vm
from ladder import Break, Ladder
from test_guest_ladder import content_breaks

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor, ServiceOffering
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState
from simulator.domain.user_data import Content
from simulator.domain.vm_changes import (
    CHANGE_SERVICE,
    SCALE,
    SCALE_RUNNING,
    UPDATE_VM,
    UPGRADE,
    UPGRADE_STOPPED,
    UpdateVm,
    Upgrade,
)

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, LIMIT = Kind.PARAM, Kind.DENIED, Kind.LIMIT
SMALL = ServiceOffering("small", 1, "Small", 1, 500, 512)
LARGE = ServiceOffering("large", 2, "Large", 4, 2000, 8192)


def updating(dialect: Dialect) -> UpdateVm:
    """Return a VM to give another name."""
    return UpdateVm(dialect, vm(), "new", content=Content("YWJj"))


def scaling(dialect: Dialect) -> Upgrade:
    """Return a Stopped VM to give another offering."""
    return Upgrade(dialect, vm(), SMALL, LARGE)


def running(dialect: Dialect) -> Upgrade:
    """Return the same VM, Running on VMware."""
    return _on(scaling(dialect), state=VmState.RUNNING, hypervisor=Hypervisor.VMWARE)


def scalable(dialect: Dialect) -> Upgrade:
    """Return the case that would get through, of a VM in no state that is scaled."""
    return _on(running(dialect), state=VmState.STOPPING)._replace(dynamic=True)


def _on(case: Upgrade, **changes: Any) -> Upgrade:
    return case._replace(vm=case.vm._replace(**changes))


def _update(case: UpdateVm, **changes: Any) -> UpdateVm:
    return case._replace(vm=case.vm._replace(**changes))


def _new(case: Upgrade, **changes: Any) -> Upgrade:
    return case._replace(new=case.new._replace(**changes))


# fmt: off
UPDATE_VM_BREAKS: dict[str, Break[UpdateVm]] = {
    "UPM-10": Break(R, Kind.MALFORMED, lambda u: u._replace(name="9lives")),
    "UPM-03": Break(R, PARAM, lambda u: _update(u, kind=VmKind.SHARED_FS)),
    **content_breaks("UPM", 11),
    "UPM-04": Break(R, PARAM, lambda u: u._replace(details={"extraconfig": "a"})),
    "UPM-05": Break(R, PARAM, lambda u: u._replace(restricted="rootdisksize")),
    "UPM-06": Break(R, PARAM, lambda u: u._replace(read_only="rootDiskController")),
    "UPM-07": Break(R, PARAM, lambda u: u._replace(over_limit="no room")),
    "UPM-01": Break(R, PARAM, lambda u: _update(u, state=VmState.EXPUNGING)),
    "UPM-08": Break(R, PARAM, lambda u: u._replace(ha=True)),
    "UPM-09": Break(R, PARAM, lambda u: u._replace(scalable=True)),
    "UPM-02": Break(R, PARAM, lambda u: u._replace(taken="The vm has it")),
}
CHANGE_SERVICE_BREAKS: dict[str, Break[Upgrade]] = {
    "CHS-01": Break(R, PARAM, lambda s: _on(s, state=VmState.RUNNING)),
}
UPGRADE_STOPPED_BREAKS: dict[str, Break[Upgrade]] = {
    "UPG-01": Break(R, PARAM, lambda s: _new(s, inactive=True)),
}
UPGRADE_BREAKS: dict[str, Break[Upgrade]] = {
    "UPG-02": Break(R, LIMIT, lambda s: s._replace(over_limit="no room")),
    "UPG-03": Break(R, PARAM, lambda s: _new(s, inactive=True)),
    "UPG-04": Break(R, PARAM, lambda s: _on(s, state=VmState.DESTROYED)),
    "UPG-05": Break(R, PARAM, lambda s: _new(s, id=s.old.id)),
    "UPG-06": Break(R, PARAM, lambda s: _new(s, local=True)),
    "UPG-07": Break(R, PARAM, lambda s: s._replace(root_local=True)),
    "UPG-08": Break(R, PARAM, lambda s: _new(s, system=True)),
    "UPG-09": Break(R, PARAM, lambda s: s._replace(
        old=s.old._replace(tags=frozenset({"nvme", "ssd"})))),
}
SCALE_BREAKS: dict[str, Break[Upgrade]] = {
    "SCA-05": Break(J, PARAM, lambda s: _on(s, hypervisor=Hypervisor.EXTERNAL)),
    "SCA-06": Break(J, PARAM, lambda s: _on(
        s, state=VmState.RUNNING,
        hypervisor=Hypervisor.HYPERV if s.vm.hypervisor is Hypervisor.KVM else s.vm.hypervisor)),
}
SCALE_RUNNING_BREAKS: dict[str, Break[Upgrade]] = {
    "SCA-07": Break(J, PARAM, lambda s: _new(s, scalable=False)),
    "SCA-08": Break(J, PARAM, lambda s: _new(s, cpu_mhz=400)),
    "SCA-09": Break(J, PARAM, lambda s: _on(s, hypervisor=Hypervisor.KVM)),
    "SCA-10": Break(J, LIMIT, lambda s: s._replace(over_limit="no room")),
    "SCA-04": Break(J, DENIED, lambda s: s._replace(dynamic=False)),
    "SCA-11": Break(J, Kind.RUNTIME, lambda s: _on(s, state=VmState.RUNNING)),
}
# fmt: on


LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        UPDATE_VM,
        (updating, lambda d: UpdateVm(d, vm(), None, details={"a": "b"})),
        UPDATE_VM_BREAKS,
    ),
    Ladder(CHANGE_SERVICE, (scaling,), CHANGE_SERVICE_BREAKS),
    Ladder(
        UPGRADE_STOPPED,
        (scaling, lambda d: _new(running(d), inactive=True)),
        UPGRADE_STOPPED_BREAKS,
    ),
    Ladder(
        UPGRADE,
        (
            scaling,
            running,
            lambda d: running(d)._replace(over_limit="no room"),
            lambda d: _new(scaling(d), local=True)._replace(root_local=True),
            lambda d: _new(scaling(d), id="small", dynamic=True),
            lambda d: _new(scaling(d), tags=frozenset({"ssd"})),
        ),
        UPGRADE_BREAKS,
        {("UPG-06", "UPG-07"): "the offering and the ROOT differ in one way or the other"},
    ),
    Ladder(SCALE, (scaling, running), SCALE_BREAKS),
    Ladder(
        SCALE_RUNNING,
        (scalable, lambda d: _on(scalable(d), hypervisor=Hypervisor.SIMULATOR)),
        SCALE_RUNNING_BREAKS,
    ),
)


def test_a_refusal_spells_sizes_and_tags() -> None:
    """What a VM has and shall have is told as the server does."""
    case = UPGRADE_BREAKS["UPG-09"].apply(scaling(SPEC))
    assert case.old_text == '{"memory": 512, "speed": 500, "cpu": 1}'
    assert (case.old_tags, case.new_tags) == ("[nvme, ssd]", "[]")

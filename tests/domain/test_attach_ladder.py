"""attachVolume refuses by its first broken row."""

from typing import Any

import pytest
from builders import VM_ID, data, offering, pool, root, vm, volume
from ladder import NEW, OLD, Break, Ladder, refusal

from simulator.domain.attach import ATTACH, DEVICE, Attach
from simulator.domain.dialect import ACS, SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Hypervisor
from simulator.domain.records import VmKind, VolumeType
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

J, W, P = Phase.JOB, Phase.WORK, Phase.PLUG
PARAM, DENIED, RUNTIME, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.RUNTIME, Kind.INTERNAL
MAX_DATA = 6


def good(dialect: Dialect) -> Attach:
    """Return a data disk on its way to a Stopped VM that has a ROOT and a data disk."""
    return Attach(
        dialect=dialect,
        volume=volume(),
        vm=vm(),
        wanted=None,
        siblings=(root(), data(1)),
        pool=pool(),
        offering=offering(),
        volume_hypervisor=Hypervisor.KVM,
        max_data=MAX_DATA,
        zone_has_local=False,
        vm_snapshots=False,
        backups=False,
        claimed=False,
        holder=None,
        over_limit="",
        row_db_id=volume().db_id,
    )


def of_volume(case: Attach, **changes: Any) -> Attach:
    """Return *case* with another volume."""
    return case._replace(volume=case.volume._replace(**changes))


def of_vm(case: Attach, **changes: Any) -> Attach:
    """Return *case* with another VM."""
    return case._replace(vm=case.vm._replace(**changes))


def of_offering(case: Attach, **changes: Any) -> Attach:
    """Return *case* with another disk offering."""
    return case._replace(offering=(case.offering or offering())._replace(**changes))


def held(case: Attach) -> Attach:
    """Return *case* with its volume on another VM."""
    other = vm(id="vm-2", db_id=8, instance_name="i-2-8-VM")
    return of_volume(case, vm_id="vm-2")._replace(holder=other)


def claimed(case: Attach) -> Attach:
    """Return *case* with an Allocated volume that somebody else is attaching."""
    return of_volume(case, state=VolumeState.ALLOCATED)._replace(claimed=True)


def as_root(case: Attach) -> Attach:
    """Return *case* asking for device 0 of a VM that has no ROOT."""
    return case._replace(wanted=0, siblings=(data(1),))


def full(case: Attach, count: int = MAX_DATA) -> Attach:
    """Return *case* with *count* data disks on the lowest ids."""
    ids = [1, 2, *range(4, MAX_DATA + 2)][:count]
    return case._replace(wanted=None, siblings=(root(), *(data(i) for i in ids)))


def misfit(case: Attach) -> Attach:
    """Return *case* with an encrypted volume of no hypervisor for a VMware VM."""
    case = of_vm(of_offering(case, encrypted=True), hypervisor=Hypervisor.VMWARE)
    return case._replace(volume_hypervisor=Hypervisor.NONE)


def taken(case: Attach) -> Attach:
    """Return *case* asking for an id that is in use."""
    wanted = 1 if case.wanted is None else case.wanted
    return case._replace(wanted=wanted, siblings=(data(wanted),))


KVM = Hypervisor.KVM
PLAIN = Host("h", 1, "h", "zone-1", "pod-1", "cluster-1", KVM, "10", "10.0.0.1", 1, 1, 1)


def uploaded_root(case: Attach) -> Attach:
    """Return *case* with an Uploaded volume that shall be a ROOT."""
    volume = case.volume._replace(state=VolumeState.UPLOADED)
    return case._replace(volume=volume, wanted=0, siblings=())


# fmt: off
ATTACH_BREAKS: dict[str, Break[Attach]] = {
    "ATT-92": Break(J, PARAM, lambda a: of_volume(a, removed=True), (NEW,)),
    "ATT-01": Break(J, PARAM, lambda a: of_volume(a, type=VolumeType.ISO)),
    "ATT-02": Break(J, PARAM, held),
    "ATT-03": Break(J, PARAM, lambda a: of_volume(a, state=VolumeState.DESTROY)),
    "ATT-04": Break(J, PARAM, lambda a: of_volume(a, state=VolumeState.CREATING)),
    "ATT-05": Break(J, PARAM, lambda a: of_vm(a, kind=VmKind.DOMAIN_ROUTER)),
    "ATT-06": Break(J, PARAM, lambda a: of_vm(a, state=VmState.STARTING)),
    "ATT-07": Break(J, PARAM, lambda a: of_vm(a, zone_id="zone-2")),
    "ATT-08": Break(J, PARAM, lambda a: of_vm(a, kind=VmKind.SHARED_FS)),
    "ATT-09": Break(J, PARAM, lambda a: of_vm(as_root(a), hypervisor=Hypervisor.LXC)),
    "ATT-10": Break(J, PARAM, lambda a: of_vm(as_root(a), state=VmState.RUNNING)),
    "ATT-11": Break(J, PARAM, lambda a: as_root(a)._replace(pool=pool(managed=True))),
    "ATT-12": Break(J, PARAM, lambda a: a._replace(wanted=0, siblings=(root(), data(1)))),
    "ATT-91": Break(J, PARAM, uploaded_root, (OLD,)),
    "ATT-13": Break(J, PARAM, lambda a: of_vm(a, hypervisor=Hypervisor.EXTERNAL)),
    "ATT-14": Break(J, PARAM, full),
    "ATT-15": Break(J, PARAM, lambda a: of_offering(a, local=True)),
    "ATT-16": Break(J, PARAM, lambda a: a._replace(vm_snapshots=True)),
    "ATT-17": Break(J, PARAM, lambda a: a._replace(backups=True)),
    "ATT-18": Break(J, DENIED, lambda a: of_volume(a, account_id="account-2")),
    "ATT-20": Break(J, PARAM, lambda a: a._replace(over_limit="no room")),
    "ATT-21": Break(J, PARAM, lambda a: a._replace(volume_hypervisor=Hypervisor.XENSERVER)),
    "ATT-22": Break(J, PARAM, misfit),
    "ATT-23": Break(W, INTERNAL, lambda a: of_volume(a, db_id=99)),
    "ATT-24": Break(W, RUNTIME, held),
    "ATT-25": Break(W, RUNTIME, lambda a: a._replace(siblings=(root(), root(id="root-2")))),
    "ATT-30": Break(W, RUNTIME, claimed, (SPEC,)),
    "ATT-26": Break(W, PARAM, lambda a: of_vm(a, state=VmState.STARTING), (SPEC,)),
    "ATT-27": Break(W, PARAM, lambda a: of_vm(as_root(a), state=VmState.RUNNING), (SPEC,)),
    "ATT-31": Break(P, RUNTIME, lambda a: a._replace(plain_host=PLAIN)),
    "ATT-28": Break(P, RUNTIME, held),
    "ATT-29": Break(P, RUNTIME, lambda a: of_volume(a, state=VolumeState.ATTACHING)),
}
DEVICE_BREAKS: dict[str, Break[Attach]] = {
    "DEV-01": Break(P, INTERNAL, lambda a: a._replace(wanted=3)),
    "DEV-02": Break(P, INTERNAL, taken),
    "DEV-03": Break(P, INTERNAL, full),
}
# fmt: on
GOODS = (
    good,
    lambda d: as_root(good(d)),
    lambda d: of_vm(good(d), state=VmState.RUNNING),
    lambda d: of_volume(good(d), state=VolumeState.ALLOCATED),
    lambda d: of_offering(good(d), local=True)._replace(zone_has_local=True),
    lambda d: of_offering(good(d), encrypted=True),
    lambda d: good(d)._replace(offering=None, pool=None),
    lambda d: full(good(d), MAX_DATA - 1),
    lambda d: good(d)._replace(pool=pool(managed=True), volume_hypervisor=Hypervisor.LXC),
    lambda d: good(d)._replace(volume_hypervisor=Hypervisor.NONE),
)
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        ATTACH,
        GOODS,
        ATTACH_BREAKS,
        {("ATT-12", "ATT-13"): "External supports no ROOT, as ATT-09 says first"},
    ),
    Ladder(
        DEVICE,
        (*GOODS, lambda d: good(d)._replace(wanted=MAX_DATA + 1)),
        DEVICE_BREAKS,
        {("DEV-02", "DEV-03"): "an id is wanted, or the lowest free one is looked for"},
    ),
)


@pytest.mark.parametrize("wanted", [-1, 3, MAX_DATA + 2])
def test_a_device_id_out_of_range_is_refused(wanted: int) -> None:
    """Below 0, the CD-ROM's and past the maximum are no device ids."""
    assert refusal(LADDERS[1], P, good(SPEC)._replace(wanted=wanted)).rule_id == "DEV-01"


def test_a_removed_volume_or_vm_is_refused() -> None:
    """Removed records break the first row about them."""
    assert refusal(LADDERS[0], W, of_volume(good(SPEC), removed=True)).rule_id == "ATT-23"


def test_an_uploaded_volume_is_accepted_but_not_plugged() -> None:
    """Uploaded passes the job's rows; by the plug it must have become Ready."""
    case = of_volume(good(SPEC), state=VolumeState.UPLOADED)
    ATTACH.require(J, case)
    assert refusal(LADDERS[0], P, case).rule_id == "ATT-29"


def test_a_root_goes_to_the_simulator_in_one_dialect() -> None:
    """Simulator takes a ROOT in acs-4.22 alone (SPEC-13)."""
    case = of_vm(as_root(good(ACS)), hypervisor=Hypervisor.SIMULATOR)
    case = case._replace(volume_hypervisor=Hypervisor.SIMULATOR)
    ATTACH.require(J, case)
    assert refusal(LADDERS[0], J, case._replace(dialect=SPEC)).rule_id == "ATT-09"


def test_the_refusal_of_a_root_names_the_states_of_the_dialect() -> None:
    """The specification names Stopped; acs-4.22 adds Destroyed, which it refuses."""
    texts = [refusal(LADDERS[0], J, LADDERS[0].broken(d, "ATT-10")).text for d in (SPEC, ACS)]
    assert [t.rsplit(" in ", 1)[1] for t in texts] == [
        "state: Stopped",
        "states: Stopped or Destroyed",
    ]


def test_the_occupant_of_a_device_id_is_named() -> None:
    """The refusal of a device id in use spells out who uses it."""
    text = refusal(LADDERS[1], P, LADDERS[1].broken(SPEC, "DEV-02")).text
    assert f'"uuid":"{data(1).id}"' in text
    assert f'"uuid":"{VM_ID}"' in text

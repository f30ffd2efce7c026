"""Nics are refused by the first broken row."""

from typing import Any

import pytest
from builders import HERE, OWNER, vm
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.joins import JOIN, JOIN_ADDRESS, Join
from simulator.domain.networks import Network
from simulator.domain.nics import (
    ADD_NIC,
    DEFAULT_NIC,
    GONE_NIC,
    LIST_NICS,
    MOVE_NIC,
    REMOVE_NIC,
    AddNic,
    GoneNic,
    ListNics,
    MoveNic,
    Nic,
    OnNic,
    is_mac,
    standard_mac,
)
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK
PARAM, RUNTIME = Kind.PARAM, Kind.RUNTIME


def network(**changes: Any) -> Network:
    """Return a network of the owner."""
    base = Network("net-1", 4, "lan", "lan", OWNER, HERE, "plan-1", "pnet-1", 0.0)
    return base._replace(**changes)


def nic(**changes: Any) -> Nic:
    """Return the second nic of vm()."""
    return Nic("nic-2", 9, vm().id, "net-1", "10.1.0.9", "02:00:00:00:00:09", 1)._replace(**changes)


def add_nic(dialect: Dialect) -> AddNic:
    """Return a nic for a network that the VM is not in."""
    return AddNic(dialect, vm(), network(), 3, owner_may=True, zones=("one", "one"))


def on_nic(dialect: Dialect) -> OnNic:
    """Return the second nic of a stopped VM."""
    return OnNic(dialect, vm(), nic(), network(), 3)


def list_nics(dialect: Dialect) -> ListNics:
    """Return a VM whose nics the caller may see."""
    return ListNics(dialect, vm(), caller_may=True)


def gone_nic(dialect: Dialect) -> GoneNic:
    """Return a nic that shall have another address."""
    return GoneNic(dialect, nic())


def move_nic(dialect: Dialect) -> MoveNic:
    """Return a nic of a stopped VM that shall have a free address."""
    return MoveNic(dialect, vm(), nic(), "10.1.0.10", caller_may=True)


def join(dialect: Dialect) -> Join:
    """Return a network to join."""
    return Join(dialect, network(), "net-1", "10.1.0.10", "02:00:00:00:00:0a")


def _vm(case: Any, **changes: Any) -> Any:
    return case._replace(vm=case.vm._replace(**changes))


def _router(case: Any) -> Any:
    return _vm(case, kind=VmKind.DOMAIN_ROUTER)


# fmt: off
ADD_BREAKS: dict[str, Break[AddNic]] = {
    "NIA-01": Break(J, PARAM, lambda n: n._replace(mac="no mac")),
    "NIA-02": Break(J, PARAM, lambda n: n._replace(mac="01:00:00:00:00:01")),
    "NIA-03": Break(J, PARAM, _router),
    "NIA-04": Break(J, PARAM, lambda n: n._replace(vm_snapshots=True)),
    "NIA-06": Break(J, Kind.DENIED, lambda n: n._replace(owner_may=False)),
    "NIA-07": Break(J, RUNTIME, lambda n: n._replace(joined=True)),
    "NIA-08": Break(J, RUNTIME, lambda n: n._replace(mac_free=False)),
    "NIA-09": Break(J, PARAM, lambda n: n._replace(address="10.1.0.256")),
    "NIA-10": Break(J, RUNTIME, lambda n: n._replace(zones=("one", "two"))),
    "NIA-11": Break(J, RUNTIME, lambda n: n._replace(name_free=False)),
    "NIA-12": Break(W, RUNTIME, lambda n: n._replace(joined=True)),
    "NIA-13": Break(W, RUNTIME, lambda n: _vm(n, state=VmState.DESTROYED)),
    "NIA-14": Break(W, RUNTIME, lambda n: n._replace(address_free=False)),
}
REMOVE_BREAKS: dict[str, Break[OnNic]] = {
    "NIR-01": Break(J, PARAM, _router),
    "NIR-02": Break(J, PARAM, lambda n: n._replace(vm_snapshots=True)),
    "NIR-04": Break(J, PARAM, lambda n: n._replace(nic=n.nic._replace(vm_id="vm-2"))),
    "NIR-05": Break(J, PARAM, lambda n: n._replace(nic=n.nic._replace(device_id=0))),
    "NIR-06": Break(J, PARAM, lambda n: n._replace(forwarded=True)),
    "NIR-07": Break(W, RUNTIME, lambda n: _vm(n, state=VmState.DESTROYED)),
}
DEFAULT_BREAKS: dict[str, Break[OnNic]] = {
    "NID-01": Break(J, PARAM, _router),
    "NID-02": Break(J, PARAM, lambda n: n._replace(vm_snapshots=True)),
    "NID-04": Break(J, PARAM, lambda n: n._replace(nic=n.nic._replace(vm_id="vm-2"))),
    "NID-05": Break(J, RUNTIME, lambda n: n._replace(nic=n.nic._replace(device_id=0))),
    "NID-06": Break(J, RUNTIME, lambda n: _vm(n, state=VmState.DESTROYED)),
}
LIST_BREAKS: dict[str, Break[ListNics]] = {
    "NIL-01": Break(R, Kind.INTERNAL, _router),
    "NIL-02": Break(R, Kind.INTERNAL, lambda n: n._replace(caller_may=False)),
}
GONE_BREAKS: dict[str, Break[GoneNic]] = {
    "NIP-02": Break(R, PARAM, lambda n: n._replace(nic=n.nic._replace(removed=True))),
}
MOVE_BREAKS: dict[str, Break[MoveNic]] = {
    "NIP-01": Break(J, Kind.INTERNAL, lambda n: n._replace(address="here")),
    "NIP-03": Break(J, PARAM, _router),
    "NIP-04": Break(J, PARAM, lambda n: _vm(n, state=VmState.RUNNING)),
    "NIP-05": Break(J, Kind.DENIED, lambda n: n._replace(caller_may=False)),
    "NIP-06": Break(J, PARAM, lambda n: n._replace(address_free=False)),
}
JOIN_BREAKS: dict[str, Break[Join]] = {
    "JOI-01": Break(R, PARAM, lambda j: j._replace(both=True)),
    "JOI-02": Break(R, PARAM, lambda j: j._replace(network=None)),
    "JOI-03": Break(R, PARAM, lambda j: j._replace(mac="no mac")),
    "JOI-04": Break(R, PARAM, lambda j: j._replace(mac="01-00-00-00-00-01")),
    "JOI-05": Break(R, PARAM, lambda j: j._replace(address="10.1.0")),
    "JOI-06": Break(R, PARAM, lambda j: j._replace(mac_free=False)),
}
JOIN_ADDRESS_BREAKS: dict[str, Break[Join]] = {
    "JOI-07": Break(R, Kind.WRAPPED, lambda j: j._replace(free=False)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        ADD_NIC,
        (
            add_nic,
            lambda d: add_nic(d)._replace(mac="02-0-0-0-0-1", address="10.1.0.3"),
            lambda d: _vm(add_nic(d), kind=VmKind.SHARED_FS),
        ),
        ADD_BREAKS,
        {("NIA-01", "NIA-02"): "what is no MAC address is not for many"},
    ),
    Ladder(REMOVE_NIC, (on_nic, lambda d: _vm(on_nic(d), state=VmState.RUNNING)), REMOVE_BREAKS),
    Ladder(DEFAULT_NIC, (on_nic, lambda d: _vm(on_nic(d), state=VmState.RUNNING)), DEFAULT_BREAKS),
    Ladder(LIST_NICS, (list_nics,), LIST_BREAKS),
    Ladder(GONE_NIC, (gone_nic,), GONE_BREAKS),
    Ladder(MOVE_NIC, (move_nic, lambda d: move_nic(d)._replace(address=None)), MOVE_BREAKS),
    Ladder(JOIN_ADDRESS, (join,), JOIN_ADDRESS_BREAKS),
    Ladder(
        JOIN,
        (join, lambda d: Join(d, network(), "net-1"), lambda d: Join(d, None)),
        JOIN_BREAKS,
        {("JOI-03", "JOI-04"): "what is no MAC address is not for many"},
    ),
)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2-0-0-0-0-ff", True),
        ("02.00.00.00.00.AA", True),
        ("02:00-00:00:00:00", False),
        ("", False),
    ],
)
def test_a_mac_address_has_six_bytes_and_one_sign_between_them(text: str, fits: bool) -> None:
    """Colons, hyphens or dots."""
    assert is_mac(text) is fits
    if fits:
        assert len(standard_mac(text)) == 17

"""Addresses of nics and static NAT refuse by their first row."""

from typing import Any

from builders import vm
from ladder import Break, Ladder
from test_nics_ladder import network, nic

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import PublicIp
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.secondary import ADD_IP, REMOVE_IP, AddIp, RemoveIp
from simulator.domain.states import VmState
from simulator.domain.static_nat import LEAD, UNLEAD, Lead, Unlead

R, J, PARAM = Phase.REQUEST, Phase.JOB, Kind.PARAM


def address(**changes: Any) -> PublicIp:
    """Return a public address of the network."""
    return PublicIp("ip-1", 5, "192.168.2.9", "range-1", "a", "net-1", None, 0.0)._replace(
        **changes
    )


def add_ip(dialect: Dialect) -> AddIp:
    """Return a nic that may have any address."""
    return AddIp(dialect, vm(), nic(), network(), None, caller_may=True)


def remove_ip(dialect: Dialect) -> RemoveIp:
    """Return an address that nothing leads to."""
    return RemoveIp(dialect, there=True, caller_may=True, used=False)


def lead(dialect: Dialect) -> Lead:
    """Return an address and a VM of one network."""
    return Lead(dialect, address(), vm(), network(), "IPAddress", caller_may=True)


def unlead(dialect: Dialect) -> Unlead:
    """Return an address that leads to a VM."""
    return Unlead(dialect, address(nat_vm_id=vm().id))


def _vm(case: Any, **changes: Any) -> Any:
    return case._replace(vm=case.vm._replace(**changes))


def _ip(case: Any, **changes: Any) -> Any:
    return case._replace(ip=case.ip._replace(**changes))


# fmt: off
ADD_BREAKS: dict[str, Break[AddIp]] = {
    "NSA-01": Break(R, PARAM, lambda a: a._replace(nic=a.nic._replace(removed=True))),
    "NSA-02": Break(R, PARAM, lambda a: _vm(a, kind=VmKind.DOMAIN_ROUTER)),
    "NSA-03": Break(R, Kind.DENIED, lambda a: a._replace(caller_may=False)),
    "NSA-04": Break(R, PARAM, lambda a: a._replace(full=True)),
    "NSA-05": Break(R, PARAM, lambda a: a._replace(address="fd00::1")),
    "NSA-06": Break(R, Kind.INTERNAL, lambda a: a._replace(address_free=False)),
}
REMOVE_BREAKS: dict[str, Break[RemoveIp]] = {
    "NSR-01": Break(J, Kind.INTERNAL, lambda r: r._replace(there=False)),
    "NSR-02": Break(J, Kind.DENIED, lambda r: r._replace(caller_may=False)),
    "NSR-03": Break(J, PARAM, lambda r: r._replace(used=True), (SPEC,)),
}
LEAD_BREAKS: dict[str, Break[Lead]] = {
    "STN-01": Break(R, PARAM, lambda s: s._replace(network=None)),
    "STN-02": Break(R, PARAM, lambda s: s._replace(joined=False)),
    "STN-03": Break(R, PARAM, lambda s: s._replace(serves=False)),
    "STN-04": Break(R, PARAM, lambda s: _vm(s, kind=VmKind.DOMAIN_ROUTER)),
    "STN-05": Break(R, PARAM, lambda s: _ip(s, network_id=None)),
    "STN-06": Break(R, PARAM, lambda s: _vm(s, state=VmState.DESTROYED)),
    "STN-07": Break(R, Kind.DENIED, lambda s: s._replace(caller_may=False)),
    "STN-08": Break(R, PARAM, lambda s: s._replace(known=False)),
    "STN-09": Break(R, PARAM, lambda s: _ip(s, source_nat=True)),
    "STN-10": Break(R, Kind.CONFLICT_API, lambda s: s._replace(forwards=True)),
    "STN-11": Break(R, Kind.CONFLICT_API, lambda s: _ip(s, nat_vm_id="vm-9")),
    "STN-12": Break(R, PARAM, lambda s: s._replace(other=address())),
}
UNLEAD_BREAKS: dict[str, Break[Unlead]] = {
    "STF-01": Break(R, Kind.RUNTIME, lambda s: _ip(s, removed=True)),
    "STF-02": Break(J, PARAM, lambda s: _ip(s, nat_vm_id=None)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(ADD_IP, (add_ip, lambda d: add_ip(d)._replace(address="10.1.0.7")), ADD_BREAKS),
    Ladder(REMOVE_IP, (remove_ip,), REMOVE_BREAKS),
    Ladder(LEAD, (lead, lambda d: _ip(lead(d), nat_vm_id=vm().id)), LEAD_BREAKS),
    Ladder(UNLEAD, (unlead,), UNLEAD_BREAKS),
)

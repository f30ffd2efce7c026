"""registerTemplate to attachIso, networks and their rules refuse by their first broken row."""

from typing import Any

import pytest
from builders import template, vm
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.firewall import (
    ASSOCIATE,
    FORWARD,
    OPEN,
    OPEN_EGRESS,
    Associate,
    Forward,
    Open,
)
from simulator.domain.images import (
    DELETE_IMAGE,
    EXTRACT_IMAGE,
    INSERT,
    ISO,
    REGISTER,
    Insert,
    OnImage,
    Register,
    Source,
)
from simulator.domain.inventory import Hypervisor
from simulator.domain.networks import FirewallRule, Ports
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, LIMIT = Kind.PARAM, Kind.DENIED, Kind.LIMIT
URL, KVM = Source("http://images.internal/disk.qcow2"), Hypervisor.KVM
WEB = FirewallRule("rule-1", 1, "account-1", "net-1", "ip-1", "tcp", Ports(80, 80), "0.0.0.0/0")


def registration(dialect: Dialect) -> Register:
    """Return a QCOW2 wanted for KVM."""
    return Register(dialect, URL, "QCOW2", KVM, "KVM", True, "")


def image(dialect: Dialect) -> OnImage:
    """Return a template that may be extracted."""
    return OnImage(dialect, template(extractable=True), True)


def insert(dialect: Dialect) -> Insert:
    """Return an ISO for an empty drive."""
    return Insert(dialect, template(image_format=ISO), vm(), True)


def opened(dialect: Dialect) -> Open:
    """Return a port to open beside another."""
    return Open(dialect, "tcp", Ports(443, 443), (WEB,))


def forwarded(dialect: Dialect) -> Forward:
    """Return a port to forward beside another."""
    return Forward(dialect, "tcp", Ports(8080, 8081), Ports(1, 2), True, True, (WEB,))


# fmt: off
REGISTER_BREAKS: dict[str, Break[Register]] = {
    "REG-01": Break(R, DENIED, lambda r: r._replace(caller_may=False)),
    "REG-02": Break(R, PARAM, lambda r: r._replace(hypervisor=None, hypervisor_text="Abacus")),
    "REG-03": Break(R, PARAM, lambda r: r._replace(image_format="PNG")),
    "REG-04": Break(R, PARAM, lambda r: r._replace(source=Source("disk.qcow2"))),
    "REG-05": Break(R, PARAM, lambda r: r._replace(source=Source("http://127.0.0.1/d"))),
    "REG-06": Break(R, LIMIT, lambda r: r._replace(over_limit="no room")),
}
DELETE_BREAKS: dict[str, Break[OnImage]] = {
    "DTM-01": Break(J, DENIED, lambda d: d._replace(caller_may=False)),
    "DTM-02": Break(J, PARAM, lambda d: d._replace(in_use=True)),
}
EXTRACT_BREAKS: dict[str, Break[OnImage]] = {
    "XTM-01": Break(J, PARAM, lambda e: e._replace(mode="PIGEON")),
    "XTM-02": Break(J, DENIED, lambda e: e._replace(caller_may=False)),
    "XTM-03": Break(J, PARAM, lambda e: e._replace(image=e.image._replace(extractable=False))),
}
INSERT_BREAKS: dict[str, Break[Insert]] = {
    "ISO-01": Break(J, PARAM, lambda i: i._replace(image=i.image._replace(image_format="RAW"))),
    "ISO-02": Break(J, DENIED, lambda i: i._replace(caller_may=False)),
    "ISO-03": Break(J, PARAM, lambda i: i._replace(vm=i.vm._replace(state=VmState.DESTROYED))),
    "ISO-04": Break(J, PARAM, lambda i: i._replace(vm=i.vm._replace(iso_id="other"))),
}
ASSOCIATE_BREAKS: dict[str, Break[Associate]] = {
    "AIP-01": Break(R, PARAM, lambda a: a._replace(placed=False)),
    "AIP-02": Break(R, DENIED, lambda a: a._replace(caller_may=False)),
    "AIP-03": Break(R, LIMIT, lambda a: a._replace(over_limit="no room")),
}


def open_breaks(prefix: str) -> dict[str, Break[Open]]:
    """Return the breaks of a table about opening ports."""
    return {
        f"{prefix}-01": Break(R, PARAM, lambda o: o._replace(protocol="pigeon")),
        f"{prefix}-02": Break(R, PARAM, lambda o: o._replace(ports=Ports(9, 1))),
        f"{prefix}-03": Break(R, PARAM, lambda o: o._replace(others=(WEB._replace(
            protocol=o.protocol, ports=o.ports),))),
    }


FORWARD_BREAKS: dict[str, Break[Forward]] = {
    "PFW-01": Break(R, PARAM, lambda f: f._replace(protocol="icmp")),
    "PFW-02": Break(R, PARAM, lambda f: f._replace(private=Ports(1, 1))),
    "PFW-03": Break(R, DENIED, lambda f: f._replace(caller_may=False)),
    "PFW-04": Break(R, PARAM, lambda f: f._replace(on_network=False)),
    "PFW-05": Break(R, PARAM, lambda f: f._replace(others=(WEB._replace(
        protocol=f.protocol, ports=f.public),))),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        REGISTER,
        (registration,),
        REGISTER_BREAKS,
        {("REG-04", "REG-05"): "a URL that is none names no server"},
    ),
    Ladder(DELETE_IMAGE, (image,), DELETE_BREAKS),
    Ladder(EXTRACT_IMAGE, (image,), EXTRACT_BREAKS),
    Ladder(
        INSERT,
        (insert, lambda d: insert(d)._replace(vm=vm(iso_id="other"), forced=True)),
        INSERT_BREAKS,
    ),
    Ladder(ASSOCIATE, (lambda d: Associate(d, True, True, ""),), ASSOCIATE_BREAKS),
    Ladder(OPEN, (opened, lambda d: Open(d, "icmp", Ports(0, 0))), open_breaks("FWR")),
    Ladder(OPEN_EGRESS, (opened, lambda d: Open(d, "all", Ports(0, 0))), open_breaks("EFW")),
    Ladder(FORWARD, (forwarded,), FORWARD_BREAKS),
)


@pytest.mark.parametrize(
    ("url", "well_formed", "legal", "known"),
    [
        ("https://images.internal:8443/a.iso", True, True, True),
        ("http://[::1]/a", True, False, True),
        ("http://10.0.0.7/a", True, True, True),
        ("http://www.example.com/a", True, True, False),
        ("http://notexample.com/a", True, True, True),
        ("http://[bad/a", False, True, True),
        ("file:///etc/passwd", False, True, True),
        ("", False, True, True),
    ],
)
def test_a_source_is_judged_by_its_url(
    url: str, well_formed: bool, legal: bool, known: bool
) -> None:
    source = Source(url)
    assert (source.well_formed, source.legal, source.known) == (well_formed, legal, known)

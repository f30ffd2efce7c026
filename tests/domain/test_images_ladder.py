"""registerTemplate to attachIso, networks and their rules refuse by their first broken row."""

from typing import Any

import pytest
from builders import account, template, vm
from ladder import NEW, Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.firewall import (
    ASSOCIATE,
    CLOSE,
    FORWARD,
    OPEN,
    OPEN_EGRESS,
    RELEASE,
    RULES_OF,
    Associate,
    Close,
    Forward,
    Open,
    Release,
    RulesOf,
)
from simulator.domain.images import (
    DELETE_IMAGE,
    DELETE_ISO,
    EJECT,
    EXTRACT_IMAGE,
    EXTRACT_ISO,
    INSERT,
    LIST_IMAGES,
    Insert,
    Listing,
    OnImage,
    denial,
)
from simulator.domain.inventory import Hypervisor
from simulator.domain.networks import FirewallRule, Ports
from simulator.domain.records import Role, VmKind
from simulator.domain.registering import ISO, REGISTER, Register, Source
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R, J, INTERNAL = Phase.REQUEST, Phase.JOB, Kind.INTERNAL
HAS_ISO = vm(iso_id=template().id)
PARAM, DENIED, LIMIT, MALFORMED = Kind.PARAM, Kind.DENIED, Kind.LIMIT, Kind.MALFORMED
URL, KVM = Source("http://images.internal/disk.qcow2"), Hypervisor.KVM
WEB = FirewallRule("rule-1", 1, "account-1", "net-1", "ip-1", "tcp", Ports(80, 80), "0.0.0.0/0")


def registration(dialect: Dialect) -> Register:
    """Return a QCOW2 wanted for KVM."""
    return Register(dialect, URL, "QCOW2", KVM, "KVM", True, "")


def image(dialect: Dialect) -> OnImage:
    """Return a template that may be extracted."""
    return OnImage(dialect, template(extractable=True))


def iso(dialect: Dialect) -> OnImage:
    """Return an ISO that may be extracted."""
    return OnImage(dialect, template(extractable=True, image_format=ISO))


def insert(dialect: Dialect) -> Insert:
    """Return an ISO for the drive of a Stopped VM."""
    return Insert(dialect, template(image_format=ISO), vm())


def running(case: Insert, image_format: str = ISO) -> Insert:
    """Return *case* on a Running VM, with an image of another format."""
    image = case.image or template()
    return case._replace(
        image=image._replace(image_format=image_format),
        vm=case.vm._replace(state=VmState.RUNNING),
    )


def opened(dialect: Dialect) -> Open:
    """Return a port to open beside another."""
    return Open(dialect, "tcp", Ports(443, 443), (WEB,))


def forwarded(dialect: Dialect) -> Forward:
    """Return a port to forward beside another."""
    return Forward(dialect, "tcp", Ports(8080, 8081), Ports(1, 2), True, True, (WEB,))


# fmt: off
REGISTER_BREAKS: dict[str, Break[Register]] = {
    "REG-07": Break(R, MALFORMED, lambda r: r._replace(one_form=False)),
    "REG-08": Break(R, MALFORMED, lambda r: r._replace(placed=False)),
    "REG-09": Break(R, MALFORMED, lambda r: r._replace(guest=False)),
    "REG-01": Break(R, DENIED, lambda r: r._replace(caller_may=False)),
    "REG-02": Break(R, PARAM, lambda r: r._replace(hypervisor=None, hypervisor_text="Abacus")),
    "REG-10": Break(R, PARAM, lambda r: r._replace(guest=False, image_format=ISO)),
    "REG-11": Break(R, PARAM, lambda r: r._replace(everywhere=True)),
    "REG-03": Break(R, Kind.ARGUMENT, lambda r: r._replace(image_format="PNG")),
    "REG-06": Break(R, LIMIT, lambda r: r._replace(over_limit="no room")),
    "REG-12": Break(R, DENIED, lambda r: r._replace(zones_open=False)),
    "REG-04": Break(R, PARAM, lambda r: r._replace(source=Source("disk.qcow2"))),
    "REG-05": Break(R, PARAM, lambda r: r._replace(source=Source("http://127.0.0.1/d.qcow2"))),
    "REG-13": Break(R, Kind.ARGUMENT, lambda r: r._replace(source=Source(r.source.url[:-6]))),
}
DELETE_BREAKS: dict[str, Break[OnImage]] = {
    "DTM-02": Break(J, PARAM, lambda d: d._replace(vms=(vm(),))),
    "DTM-01": Break(J, DENIED, lambda d: d._replace(denied="no")),
    "DTM-03": Break(J, PARAM, lambda d: d._replace(image=d.image._replace(image_format=ISO))),
    "DTM-04": Break(J, PARAM, lambda d: d._replace(image=d.image._replace(kind="SYSTEM"))),
}
DELETE_ISO_BREAKS: dict[str, Break[OnImage]] = {
    "DIS-01": Break(J, DENIED, lambda d: d._replace(denied="no")),
    "DIS-02": Break(J, PARAM, lambda d: d._replace(image=d.image._replace(image_format="RAW"))),
    "DIS-03": Break(J, PARAM, lambda d: d._replace(vms=(vm(),))),
}
INSERT_BREAKS: dict[str, Break[Insert]] = {
    "ISO-05": Break(J, PARAM, lambda i: i._replace(vm=i.vm._replace(kind=VmKind.SHARED_FS))),
    "ISO-06": Break(J, PARAM, lambda i: i._replace(
        image=template(image_format=ISO, zone_id="zone-9"))),
    "ISO-02": Break(J, DENIED, lambda i: i._replace(denied="no")),
    "ISO-07": Break(J, DENIED, lambda i: i._replace(owner_denied="no")),
    "ISO-03": Break(J, PARAM, lambda i: i._replace(vm=i.vm._replace(state=VmState.DESTROYED))),
    "ISO-01": Break(J, Kind.RUNTIME, lambda i: running(i, "RAW")),
    "ISO-91": Break(J, PARAM, lambda i: i._replace(vm=HAS_ISO), (NEW,)),
    "ISO-92": Break(J, PARAM, lambda i: i._replace(vm=vm(iso_id=i.vm.iso_id or "x")), (NEW,)),
}
EJECT_BREAKS: dict[str, Break[Insert]] = {
    "EJT-01": Break(J, PARAM, lambda i: i._replace(vm=i.vm._replace(iso_id=None))),
    "EJT-02": Break(J, PARAM, lambda i: i._replace(vm=i.vm._replace(state=VmState.DESTROYED))),
}
LIST_BREAKS: dict[str, Break[Listing]] = {
    "LTM-01": Break(R, Kind.ARGUMENT, lambda s: s._replace(wanted="mine")),
    "LTM-02": Break(R, PARAM, lambda s: s._replace(wanted="all")),
    "LTM-03": Break(R, PARAM, lambda s: s._replace(image=template(), isos=True)),
    "LTM-04": Break(R, PARAM, lambda s: s._replace(image=template(image_format=ISO), isos=False)),
    "LTM-05": Break(R, DENIED, lambda s: s._replace(denied="no")),
}
ASSOCIATE_BREAKS: dict[str, Break[Associate]] = {
    "AIP-01": Break(R, PARAM, lambda a: a._replace(placed=False)),
    "AIP-02": Break(R, DENIED, lambda a: a._replace(caller_may=False)),
    "AIP-03": Break(R, Kind.ACCOUNT_LIMIT, lambda a: a._replace(over_limit="no room")),
}


RELEASE_BREAKS: dict[str, Break[Release]] = {
    "AIR-01": Break(R, PARAM, lambda a: a._replace(named=False)),
    "AIR-02": Break(R, PARAM, lambda a: a._replace(known=False)),
    "AIR-03": Break(J, DENIED, lambda a: a._replace(caller_may=False)),
    "AIR-04": Break(J, Kind.RUNTIME, lambda a: a._replace(used=True)),
}
CLOSE_BREAKS: dict[str, Break[Close]] = {
    "FWD-02": Break(R, Kind.UNCAUGHT, lambda r: r._replace(fits=False, forward=True)),
    "FWD-01": Break(J, PARAM, lambda r: r._replace(fits=False)),
}
RULES_BREAKS: dict[str, Break[RulesOf]] = {
    "FWL-01": Break(R, PARAM, lambda r: r._replace(gone=True)),
}


def open_breaks(prefix: str, conflict: Kind) -> dict[str, Break[Open]]:
    """Return the breaks of a table about opening ports."""
    return {
        f"{prefix}-02": Break(R, PARAM, lambda o: o._replace(ports=Ports(9, 1))),
        f"{prefix}-01": Break(R, PARAM, lambda o: o._replace(protocol="pigeon")),
        f"{prefix}-04": Break(R, PARAM, lambda o: o._replace(
            protocol="icmp", icmp=(8, 0), others=(WEB._replace(protocol="icmp", icmp=(8, 0)),))),
        f"{prefix}-03": Break(R, conflict, lambda o: o._replace(
            protocol="tcp", others=(WEB._replace(ports=o.ports),))),
    }


def opened_apart(prefix: str) -> dict[tuple[str, str], str]:
    """Return which rows of a table about opening ports never break together, and why."""
    return {
        (f"{prefix}-01", f"{prefix}-04"): "an unknown protocol is not ICMP",
        (f"{prefix}-04", f"{prefix}-03"): "ICMP has no ports",
    }


def extract_breaks(prefix: str, other: str) -> dict[str, Break[OnImage]]:
    """Return the breaks of a table about extracting; *other* is the format of the other kind."""
    return {
        f"{prefix}-01": Break(J, PARAM, lambda e: e._replace(
            image=e.image._replace(image_format=other))),
        f"{prefix}-03": Break(J, PARAM, lambda e: e._replace(
            image=e.image._replace(extractable=False))),
        f"{prefix}-02": Break(J, DENIED, lambda e: e._replace(denied="no")),
    }


FORWARD_BREAKS: dict[str, Break[Forward]] = {
    "PFW-03": Break(R, DENIED, lambda f: f._replace(caller_may=False)),
    "PFW-06": Break(R, PARAM, lambda f: f._replace(natted="IPAddress")),
    "PFW-02": Break(R, PARAM, lambda f: f._replace(public=Ports(9, 1))),
    "PFW-01": Break(R, PARAM, lambda f: f._replace(protocol="icmp")),
    "PFW-07": Break(R, PARAM, lambda f: f._replace(private=Ports(1, 90))),
    "PFW-04": Break(R, PARAM, lambda f: f._replace(on_network=False)),
    "PFW-05": Break(R, Kind.CONFLICT, lambda f: f._replace(others=(WEB._replace(
        protocol=f.protocol, ports=f.public),))),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        REGISTER,
        (registration,),
        REGISTER_BREAKS,
        {
            ("REG-04", "REG-05"): "a URL that is none names no server",
        },
    ),
    Ladder(
        DELETE_IMAGE,
        (image,),
        DELETE_BREAKS,
    ),
    Ladder(DELETE_ISO, (iso,), DELETE_ISO_BREAKS),
    Ladder(
        EXTRACT_IMAGE,
        (
            image,
            lambda d: OnImage(d, template(), is_root=True),
        ),
        extract_breaks("XTM", ISO),
    ),
    Ladder(EXTRACT_ISO, (iso,), extract_breaks("XIS", "RAW")),
    Ladder(
        INSERT,
        (
            insert,
            lambda d: running(insert(d)),
            lambda d: insert(d)._replace(image=template()),
        ),
        INSERT_BREAKS,
        {("ISO-03", "ISO-01"): "a VM is Running or on its way out"},
    ),
    Ladder(EJECT, (lambda d: insert(d)._replace(vm=HAS_ISO),), EJECT_BREAKS),
    Ladder(
        LIST_IMAGES,
        (
            lambda d: Listing(d, "featured", False, True),
            lambda d: Listing(d, "all", True, False, template()),
        ),
        LIST_BREAKS,
        {
            ("LTM-01", "LTM-02"): "a filter is unknown or all",
            ("LTM-03", "LTM-04"): "a list is of ISOs or of templates",
        },
    ),
    Ladder(ASSOCIATE, (lambda d: Associate(d, True, True, ""),), ASSOCIATE_BREAKS),
    Ladder(RELEASE, (lambda d: Release(d, True, True, True, used=False),), RELEASE_BREAKS),
    Ladder(CLOSE, (lambda d: Close(d, 7, fits=True, what=""),), CLOSE_BREAKS),
    Ladder(RULES_OF, (lambda d: RulesOf(d, 7, gone=False, what="firewall"),), RULES_BREAKS),
    Ladder(
        OPEN,
        (opened, lambda d: Open(d, "icmp", Ports(0, 0))),
        open_breaks("FWR", Kind.CONFLICT),
        opened_apart("FWR"),
    ),
    Ladder(
        OPEN_EGRESS,
        (opened, lambda d: Open(d, "all", Ports(0, 0))),
        open_breaks("EFW", Kind.CONFLICT_API),
        opened_apart("EFW"),
    ),
    Ladder(FORWARD, (forwarded,), FORWARD_BREAKS),
)


def test_an_image_is_its_owners_a_public_one_is_to_be_seen_by_all() -> None:
    owner, other = account(), account(id="account-2", name="bob")
    root, fund = account(id="root", role=Role.ADMIN), account(role=Role.PROJECT, project_id="p")
    private, public = template(public=False), template(public=True)
    for caller in (owner, root):
        assert not denial(caller, private, owner, operate=True)
    assert "does not have permission to launch" in denial(other, private, owner, operate=False)
    assert not denial(other, public, owner, operate=False)
    assert denial(other, public, owner, operate=True).startswith("Domain Admin and regular users")
    member = fund._replace(members=frozenset({other.id}))
    assert not denial(other, private, member, operate=True)


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
def test_a_url_is_judged(url: str, well_formed: bool, legal: bool, known: bool) -> None:
    source = Source(url)
    assert (source.well_formed, source.legal, source.known) == (well_formed, legal, known)

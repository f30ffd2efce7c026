"""deployVirtualMachine refuses by its first broken row."""

from typing import Any

from builders import HERE, OWNER, offering, template
from ladder import Break, Ladder
from test_guest_ladder import content_breaks

from simulator.domain.deploy import DEPLOY, Deploy
from simulator.domain.details import ROOT_SIZE
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.furnish import FURNISH, Furnish
from simulator.domain.inventory import Host, Hypervisor, ServiceOffering, Zone
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase
from simulator.domain.user_data import Content

R, PARAM, DENIED = Phase.REQUEST, Kind.PARAM, Kind.DENIED
ALICE = Account(OWNER, 2, "alice", "domain-1", Role.USER)
SMALL = ServiceOffering("small", 1, "Small", 1, 500, 512)
HOST = Host("host-1", 1, "h1", HERE, "pod-1", "cluster-1", Hypervisor.KVM, "10", "", 8, 2000, 9)
ANY_SIZE = offering(size_gib=0, custom=True)
BLANK = template(hypervisor=Hypervisor.NONE, image_format="ISO", bootable=True)


def deployment(dialect: Dialect) -> Deploy:
    """Return a VM wanted from a template."""
    zone, content = Zone(HERE, 1, "here"), Content(text="aGk=")
    return Deploy(dialect, ALICE, SMALL, zone, template(), content=content)


def furnished(dialect: Dialect) -> Furnish:
    """Return what a VM from a template gets."""
    zone = Zone(HERE, 1, "here")
    return Furnish(dialect, ALICE, SMALL, zone, template(), Hypervisor.KVM, iso=False)


def from_iso(dialect: Dialect) -> Furnish:
    """Return what a VM from an ISO gets."""
    return furnished(dialect)._replace(template=BLANK, iso=True, disk=offering())


def _local(case: Deploy) -> Deploy:
    return case._replace(compute=case.compute._replace(local=True))


def _root(case: Furnish, size: str) -> Furnish:
    return case._replace(details={**case.details, ROOT_SIZE: size})


def _blank(case: Furnish, disk: Any) -> Furnish:
    """Return *case* of a VM from an ISO, whose ROOT is made from *disk*."""
    return case._replace(iso=True, disk=disk)


# fmt: off
DEPLOY_BREAKS: dict[str, Break[Deploy]] = {
    "DEP-14": Break(R, Kind.MALFORMED, lambda d: d._replace(name="9lives")),
    "DEP-01": Break(R, DENIED, lambda d: d._replace(caller_may=False)),
    "DEP-04": Break(R, Kind.RUNTIME, lambda d: d._replace(template=None)),
    "DEP-15": Break(R, PARAM, lambda d: d._replace(boot_type="OPEN")),
    "DEP-16": Break(R, PARAM, lambda d: d._replace(
        boot_type=d.boot_type or "BIOS", boot_mode="FAST")),
    "DEP-17": Break(R, PARAM, lambda d: d._replace(boot_type="uefi", boot_mode="")),
    "DEP-18": Break(R, Kind.UNCAUGHT, lambda d: d._replace(boot_type="BIOS", boot_mode="")),
    "DEP-19": Break(R, PARAM, lambda d: d._replace(details={**d.details, "extraconfig": "a"})),
    "DEP-20": Break(R, PARAM, lambda d: d._replace(compute=d.compute._replace(inactive=True))),
    "DEP-21": Break(R, PARAM, lambda d: d._replace(details={**d.details, "CPUNUMBER": "2"})),
    "DEP-22": Break(R, PARAM, _local),
    "DEP-23": Break(R, PARAM, lambda d: d._replace(disk=offering(local=True))),
    **content_breaks("DEP", 52),
    "DEP-02": Break(R, DENIED, lambda d: d._replace(placed_by_other=True)),
    "DEP-24": Break(R, PARAM, lambda d: d._replace(host=HOST._replace(enabled=False))),
    "DEP-10": Break(R, DENIED, lambda d: d._replace(barred="network-2")),
    "DEP-25": Break(R, PARAM, lambda d: d._replace(isolated=2)),
    "DEP-08": Break(R, PARAM, lambda d: d._replace(template=BLANK)),
    "DEP-27": Break(R, PARAM, lambda d: d._replace(hypervisor=Hypervisor.VMWARE)),
    "DEP-03": Break(R, DENIED, lambda d: d._replace(zone=d.zone._replace(enabled=False))),
}
FURNISH_BREAKS: dict[str, Break[Furnish]] = {
    "DEP-28": Break(R, PARAM, lambda d: _blank(d, None)),
    "DEP-29": Break(R, PARAM, lambda d: _root(d._replace(hypervisor=Hypervisor.LXC), "5")),
    "DEP-11": Break(R, PARAM, lambda d: _root(d, "0")),
    "DEP-30": Break(R, PARAM, lambda d: _blank(d, ANY_SIZE)),
    "DEP-31": Break(R, PARAM, lambda d: _root(_blank(d, ANY_SIZE), "1025")),
    "DEP-32": Break(R, PARAM, lambda d: _root(d, "2001")),
    "DEP-33": Break(R, PARAM, lambda d: _blank(
        d, (d.disk or offering())._replace(encrypted=True))._replace(
        hypervisor=Hypervisor.VMWARE)),
    "DEP-06": Break(R, Kind.LIMIT_API, lambda d: d._replace(over_limit="no room")),
    "DEP-13": Break(R, PARAM, lambda d: d._replace(disk=ANY_SIZE, iso=False, size_gib=None)),
    "DEP-34": Break(R, PARAM, lambda d: d._replace(disk=ANY_SIZE, iso=False, size_gib=1025)),
    "DEP-35": Break(R, Kind.LIMIT_API, lambda d: d._replace(over_data_limit="no room")),
    "DEP-36": Break(R, PARAM, lambda d: d._replace(template=d.template._replace(kind="SYSTEM"))),
    "DEP-37": Break(R, PARAM, lambda d: d._replace(
        template=d.template._replace(zone_id="zone-2"))),
    "DEP-38": Break(R, PARAM, lambda d: d._replace(
        iso=True, disk=offering(), template=d.template._replace(bootable=False))),
    "DEP-07": Break(R, DENIED, lambda d: d._replace(may_launch=False)),
    "DEP-51": Break(R, PARAM, lambda d: d._replace(keys_known=False)),
    "DEP-09": Break(R, PARAM, lambda d: d._replace(stray="Network {}")),
    "DEP-39": Break(R, PARAM, lambda d: d._replace(address="10.1.1")),
    "DEP-05": Break(R, PARAM, lambda d: d._replace(taken="The vm has it")),
    "DEP-12": Break(R, PARAM, lambda d: _root(d, "1")),
    "DEP-41": Break(R, Kind.WRAPPED, lambda d: d._replace(given=None)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        DEPLOY,
        (
            deployment,
            lambda d: deployment(d)._replace(host=HOST, caller_is_root=True, name="web-1"),
            lambda d: deployment(d)._replace(template=BLANK, hypervisor=Hypervisor.KVM),
            lambda d: deployment(d)._replace(boot_type="UEFI", boot_mode="secure"),
            lambda d: deployment(d)._replace(boot_mode="FAST"),
            lambda d: deployment(d)._replace(
                zone=Zone(HERE, 1, "here", enabled=False), caller_is_root=True
            ),
        ),
        DEPLOY_BREAKS,
        {
            ("DEP-16", "DEP-17"): "a mode is given or it is not",
            ("DEP-17", "DEP-18"): "one boot type is asked for",
            ("DEP-08", "DEP-27"): "what is asked for is missing or another",
        },
    ),
    Ladder(
        FURNISH,
        (
            furnished,
            from_iso,
            lambda d: from_iso(d)._replace(disk=ANY_SIZE, size_gib=5),
            lambda d: from_iso(d)._replace(disk=offering(encrypted=True)),
            lambda d: furnished(d)._replace(disk=ANY_SIZE, size_gib=5),
            lambda d: furnished(d)._replace(address="10.1.1.9"),
        ),
        FURNISH_BREAKS,
        {
            ("DEP-11", "DEP-30"): "a size is asked for or it is not",
            ("DEP-32", "DEP-33"): "the ROOT of an offering has its size",
            ("DEP-13", "DEP-34"): "a size is given or it is not",
            ("DEP-30", "DEP-31"): "a size is given or it is not",
        },
    ),
)

"""What each hypervisor can, as data (semantics 1.7, and 10.1 for the traffic)."""

from functools import cache
from typing import NamedTuple

from simulator.domain.dialect import Dialect, Quirk, Trait
from simulator.domain.inventory import Hypervisor as H
from simulator.domain.releases import Flag


class Capability(NamedTuple):
    """One row of hypervisor_capabilities."""

    hypervisor: H
    version: str
    max_data_volumes: int
    max_guests: int
    storage_motion: bool
    vm_snapshot: bool

    @property
    def key(self) -> str:
        """Return what tells the row from all others."""
        return f"{self.hypervisor}/{self.version}"


def _rows(
    hypervisor: H, versions: str, volumes: int, guests: int, *, motion: bool, snapshot: bool
) -> list[Capability]:
    return [
        Capability(hypervisor, version.strip(), volumes, guests, motion, snapshot)
        for version in versions.split(",")
    ]


_ROWS: list[Capability] = [
    *_rows(H.KVM, "default", 32, 50, motion=True, snapshot=True),
    *_rows(H.VMWARE, "default,4.0,4.1", 13, 128, motion=False, snapshot=True),
    *_rows(H.VMWARE, "5.0,5.1,5.5", 13, 128, motion=True, snapshot=True),
    *_rows(
        H.VMWARE,
        "6.0,6.5,6.7,6.7.1,6.7.2,6.7.3,7.0,7.0.1.0,7.0.2.0,7.0.3.0,"
        "8.0,8.0.0.1,8.0.0.2,8.0.0.3,8.0.1,8.0.2,8.0.3",
        59,
        1024,
        motion=True,
        snapshot=True,
    ),
    *_rows(H.XENSERVER, "default,XCP 1.0,5.6,5.6 FP1,5.6 SP2", 6, 50, motion=False, snapshot=True),
    *_rows(H.XENSERVER, "6.0,6.0.2", 13, 50, motion=False, snapshot=True),
    *_rows(H.XENSERVER, "6.1.0", 13, 150, motion=True, snapshot=True),
    *_rows(H.XENSERVER, "6.2.0", 13, 500, motion=True, snapshot=True),
    *_rows(
        H.XENSERVER,
        "6.5.0,7.0.0,7.1.0,7.2.0,7.3.0,7.4.0,7.5.0,XCP-ng 7.4.0",
        13,
        500,
        motion=True,
        snapshot=False,
    ),
    *_rows(
        H.XENSERVER,
        "7.1.1,7.1.2,7.6.0,8.0.0,8.1.0,8.2.0,8.2.1",
        253,
        1000,
        motion=True,
        snapshot=False,
    ),
    *_rows(H.XENSERVER, "8.3.0", 254, 1000, motion=True, snapshot=False),
    *_rows(H.XENSERVER, "8.4.0", 240, 1000, motion=True, snapshot=False),
    *_rows(H.SIMULATOR, "default", 6, 50, motion=True, snapshot=True),
    *_rows(H.HYPERV, "6.2", 64, 1024, motion=True, snapshot=False),
    *_rows(H.LXC, "default", 6, 50, motion=False, snapshot=False),
    *_rows(H.OVM3, "3.2,3.3", 6, 25, motion=False, snapshot=False),
]
CAPABILITIES: dict[tuple[H, str], Capability] = {(c.hypervisor, c.version): c for c in _ROWS}

_COME_LATER = {
    Flag.VMWARE_WITHOUT_8_0_0_2: [(H.VMWARE, "8.0.0.2"), (H.VMWARE, "8.0.0.3")],
    Flag.VMWARE_WITHOUT_8_0_2: [(H.VMWARE, "8.0.2"), (H.VMWARE, "8.0.3")],
    Flag.XENSERVER_WITHOUT_8_3: [(H.XENSERVER, "8.3.0"), (H.XENSERVER, "8.4.0")],
}
"""Flag -> the rows that releases with it lack."""
DEFAULT_MAX_DATA_VOLUMES = 6


@cache
def capabilities_of(traits: frozenset[Trait]) -> dict[tuple[H, str], Capability]:
    """Return the rows that a dialect with *traits* knows."""
    lacking = {at for flag, rows in _COME_LATER.items() if flag in traits for at in rows}
    return {at: row for at, row in CAPABILITIES.items() if at not in lacking}


@cache
def capability(
    hypervisor: H, version: str | None, traits: frozenset[Trait] = frozenset()
) -> Capability | None:
    """Return the row for *version*: VMware falls back to parent versions, all to `default`."""
    rows = capabilities_of(traits)
    if version is not None:
        parts = version.split(".")
        known = [version]
        if hypervisor is H.VMWARE:
            known += [".".join(parts[:n]) for n in range(len(parts) - 1, 1, -1)]
        for name in known:
            if (hypervisor, name) in rows:
                return rows[hypervisor, name]
    return rows.get((hypervisor, "default"))


_VMWARE, _XENSERVER = H.VMWARE, H.XENSERVER
_ROOT_DETACH = frozenset({H.KVM, H.VMWARE, H.XENSERVER})


def root_detach_supported(hypervisor: H, dialect: Dialect) -> bool:
    """Return whether a ROOT may leave or join a VM on *hypervisor* (SPEC-13)."""
    return hypervisor in _ROOT_DETACH or (
        hypervisor is H.SIMULATOR and Quirk.SIMULATOR_ROOT in dialect
    )


RESIZABLE = frozenset({H.KVM, H.XENSERVER, H.VMWARE, H.SIMULATOR, H.ANY, H.NONE})
"""Hypervisors of a volume that resizeVolume accepts (semantics 4.3)."""


def needs_host(hypervisor: H, *, running: bool, managed: bool) -> bool:
    """Return whether plugging a disk sends a command to a host (semantics 1.6 row 2, 1.8)."""
    return running or hypervisor is _VMWARE or (managed and hypervisor is _XENSERVER)

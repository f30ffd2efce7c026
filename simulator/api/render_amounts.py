"""What accounts, projects and domains own and may own, as CloudStack's JSON (GT 6)."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from simulator.api.shape import Field, Parts, decimal, long, text
from simulator.domain.limits import SIZES, Resource

_GIB = 1 << 30
_NAMED = (
    ("vm", Resource.USER_VM, "VMs"),
    ("ip", Resource.PUBLIC_IP, "public addresses"),
    ("volume", Resource.VOLUME, "volumes"),
    ("snapshot", Resource.SNAPSHOT, "snapshots"),
    ("backup", Resource.BACKUP, "backups"),
    ("backupstorage", Resource.BACKUP_STORAGE, "GiB of backup storage"),
    ("template", Resource.TEMPLATE, "templates"),
    ("project", Resource.PROJECT, "projects"),
    ("network", Resource.NETWORK, "networks"),
    ("vpc", Resource.VPC, "VPCs"),
    ("cpu", Resource.CPU, "CPU cores"),
    ("memory", Resource.MEMORY, "MiB of memory"),
    ("gpu", Resource.GPU, "GPUs"),
    ("primarystorage", Resource.PRIMARY_STORAGE, "GiB of primary storage"),
    ("secondarystorage", Resource.SECONDARY_STORAGE, "GiB of secondary storage"),
    ("bucket", Resource.BUCKET, "buckets"),
    ("objectstorage", Resource.OBJECT_STORAGE, "GiB of object storage"),
)
"""Beginning of the names of fields, resource and what is counted, in the server's order."""


class Amounts(NamedTuple):
    """How much of each resource somebody may have, -1 for any amount, and has."""

    limits: Mapping[Resource, int]
    totals: Mapping[Resource, int]


def amounts(limit: Callable[[Resource], int], total: Callable[[Resource], int]) -> Amounts:
    """Return how much of each resource somebody may have and has."""
    resources = [resource for _, resource, _ in _NAMED]
    return Amounts({r: limit(r) for r in resources}, {r: total(r) for r in resources})


def _fields(name: str, resource: Resource, what: str) -> Parts[Amounts]:
    """Return limit, total and what is left of a resource; sizes are in GiB."""
    scale = _GIB if resource in SIZES else 1

    def limit(at: Amounts) -> str:
        most = at.limits[resource]
        return "Unlimited" if most < 0 else str(most // scale)

    def left(at: Amounts) -> str:
        most = at.limits[resource]
        have = at.totals[resource]
        return "Unlimited" if most < 0 else str(max(0, most - have) // scale)

    owned: Field[Amounts] = long(
        f"{name}total", f"{what} owned", lambda at: at.totals[resource] // scale
    )
    if resource is Resource.SECONDARY_STORAGE:
        owned = decimal(f"{name}total", f"{what} owned", lambda at: at.totals[resource] / scale)
    return (
        text(f"{name}limit", f"most {what}", limit),
        owned,
        text(f"{name}available", f"{what} left", left),
    )


def _of(*names: str) -> Parts[Amounts]:
    wanted = [row for row in _NAMED if row[0] in names]
    return tuple(field for row in wanted for field in _fields(*row))


AMOUNTS = _of(*(name for name, _, _ in _NAMED))
UP_TO_TEMPLATES = AMOUNTS[: 3 * 7]
"""What accounts show before their VMs."""
BEYOND_TEMPLATES = AMOUNTS[3 * 7 :]
BUT_PROJECTS = tuple(part for part in AMOUNTS if part not in AMOUNTS[3 * 7 : 3 * 8])

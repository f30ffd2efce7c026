"""Which storage a volume goes to, and when it must move to reach its VM (semantics 1.4, 1.5)."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Scope, StoragePool
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VolumeState


class Need(NamedTuple):
    """What a disk asks of its storage."""

    size_bytes: int
    tags: frozenset[str]
    local: bool


class Room(NamedTuple):
    """How full pools may get: allocated bytes by pool id, and the two settings."""

    allocated_bytes: Mapping[str, int]
    threshold: float
    factor: float

    def fits(self, pool: StoragePool, size_bytes: int) -> bool:
        """Return whether *size_bytes* more may be allocated on *pool*."""
        limit = pool.capacity_bytes * self.factor * self.threshold
        return self.allocated_bytes.get(pool.id, 0) + size_bytes <= limit


def suits(pool: StoragePool, need: Need, room: Room) -> bool:
    """Return whether the allocator would put *need* on *pool*."""
    return (
        pool.up
        and need.tags <= pool.tags
        and (pool.scope is Scope.HOST) == need.local
        and room.fits(pool, need.size_bytes)
    )


def choose(
    pools: Iterable[StoragePool], zone_id: str, cluster_id: str, need: Need, room: Room
) -> StoragePool | None:
    """Return the pool with the fewest foreign tags, then the emptiest, of those that suit."""
    reachable = [
        p
        for p in pools
        if p.zone_id == zone_id and p.cluster_id in (None, cluster_id) and suits(p, need, room)
    ]
    full = room.allocated_bytes
    return min(
        reachable,
        key=lambda p: (len(p.tags - need.tags), full.get(p.id, 0), p.db_id),
        default=None,
    )


class Reach(Enum):
    """How a volume's storage stands to its future VM."""

    STAY = "it can be used where it is"
    MOVE = "it must move to the VM's storage first"
    CANNOT = "its scope cannot be bridged"


def reach(
    existing: StoragePool | None, pool: StoragePool | None, vm: Vm, host: Host | None
) -> Reach:
    """Return whether a volume on *pool* must move to join *existing* (semantics 1.5).

    *host* is where the VM runs, None while it is stopped.
    """
    if existing is None or pool is None or pool.scope is Scope.ZONE:
        return Reach.STAY
    if pool.scope is Scope.HOST and existing.scope is not Scope.HOST:
        at = vm.host_id or vm.last_host_id
        return Reach.STAY if pool.host_id == at else Reach.CANNOT
    if pool.scope is Scope.HOST:
        return Reach.STAY if pool.host_id == existing.host_id else Reach.MOVE
    if existing.scope is Scope.ZONE:
        return Reach.STAY if host is not None and host.cluster_id == pool.cluster_id else Reach.MOVE
    return Reach.STAY if existing.cluster_id == pool.cluster_id else Reach.MOVE


class Place(NamedTuple):
    """A volume on its way to a VM.

    *creates* says it has no storage yet and should get some, *target* is the pool found for
    creating or moving it, *local* whether it lives on a host's own storage. *first* says that the
    VM has no created volume yet, *format* is the image format that the VM's hypervisor keeps.
    """

    dialect: Dialect
    volume: Volume
    creates: bool
    reach: Reach
    local: bool
    target: StoragePool | None
    vm: Vm | None = None
    first: bool = False
    format: str | None = None

    @property
    def fits(self) -> bool:
        """Whether an uploaded image is one that the VM's hypervisor keeps."""
        kept = self.volume.image_format
        if self.volume.state is not VolumeState.UPLOADED or kept is None:
            return True
        return kept == self.format or (kept, self.format) == ("VHD", "VHDX")


W = Phase.WORK

# fmt: off
PLACE: Table[Place] = Table("attachVolume, storage", (
    Rule("PLC-06", "storage is found for the first volume of a VM",
         lambda p: not p.creates or not p.first or p.target is not None, W, Kind.RUNTIME,
         "Failed to find a primary storage for volume in state: {c.volume.state}", "1.4",
         "SPEC-03"),
    Rule("PLC-05", "an uploaded image is one for the VM's hypervisor",
         lambda p: not p.creates or p.fits, W, Kind.PARAM,
         "Failed to attach the volume [{c.volume.plain}] to the VM [{c.vm.text}]: volume's format "
         "[{c.volume.ending}] is not compatible with the VM hypervisor type [{c.vm.hypervisor}].",
         "1.4", "SPEC-14"),
    Rule("PLC-01", "storage is found for a volume that has none",
         lambda p: not p.creates or p.target is not None, W, Kind.RUNTIME,
         "Unable to find suitable primary storage when creating volume {c.volume.short}.",
         "1.4, C2", "SPEC-03"),
    Rule("PLC-02", "the volume's scope can be bridged to the VM's",
         lambda p: p.reach is not Reach.CANNOT, W, Kind.PARAM,
         "Can't move volume between scope: the pool of volume {c.volume.name} is local to another "
         "host", "1.5, S42", "SPEC-03"),
    Rule("PLC-03", "a volume that must move is not on local storage",
         lambda p: p.reach is not Reach.MOVE or not p.local, W, Kind.RUNTIME,
         "Failed to attach local data volume {c.volume.name} to VM as migration of local data "
         "volume is not allowed", "1.3/e, S42", "SPEC-03"),
    Rule("PLC-04", "storage is found for a volume that must move, and it is free to move",
         lambda p: p.reach is not Reach.MOVE
         or (p.target is not None and p.volume.state is VolumeState.READY), W, Kind.RUNTIME,
         "Failed to find a storage pool with enough capacity to move the volume {c.volume.short} "
         "to.", "1.3/e, GT 5", "SPEC-03"),
))
# fmt: on

"""What resizeVolume and changeOfferingForVolume look at: sizes, iops, offerings (semantics 4.3)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.inventory import DiskOffering, Host, Hypervisor, StoragePool
from simulator.domain.records import Vm, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState

GIB = 1 << 30
_ROOT, _ALLOCATED = VolumeType.ROOT, VolumeState.ALLOCATED
_STOPPED, _RUNNING = VmState.STOPPED, VmState.RUNNING
_SPAN = 1 << 64


def bytes_of(gib: int) -> int:
    """Return *gib* GiB in bytes, as a Java long holds it: it wraps around where it is too large."""
    return (gib * GIB + _SPAN // 2) % _SPAN - _SPAN // 2


class Wanted(NamedTuple):
    """What a caller asks for; None is what he left out."""

    size_gib: int | None = None
    min_iops: int | None = None
    max_iops: int | None = None
    shrink_ok: bool = False
    auto_migrate: bool = False


class Sizes(NamedTuple):
    """The settings about sizes, in GiB: the range of custom sizes and the most of any volume."""

    min_gib: int = 1
    max_gib: int = 1024
    most_gib: int = 2000

    def custom(self, gib: int | None) -> bool:
        """Return whether a custom size may be *gib*; None is no size."""
        return gib is None or self.min_gib <= gib <= self.max_gib


class Resize(NamedTuple):
    """A volume someone wants in another size, or with another disk offering.

    *offering* is its own, *format* that of its image (None before it has one), *xen_there* whether
    its zone has XenServer clusters. *fits* says whether its pool has room for the growth, *stays*
    whether its pool suits the new offering, *others* and *roomy* how many pools could take it and
    how many of those have room, and *match_tags* that a new offering needs the tags of the old one.
    """

    dialect: Dialect
    volume: Volume
    row_db_id: int
    wanted: Wanted
    offering: DiskOffering
    new: DiskOffering | None
    vm: Vm | None
    host: Host | None
    pool: StoragePool | None
    hypervisor: Hypervisor
    sizes: Sizes = Sizes()
    format: str | None = None
    xen_there: bool = False
    caller_may: bool = True
    offering_open: bool = True
    offering_text: str = ""
    snapshotting: bool = False
    vm_snapshots: bool = False
    over_limit: str = ""
    from_iso: bool = False
    fits: bool = True
    stays: bool = True
    match_tags: bool = True
    others: int = 0
    roomy: int = 0

    @property
    def same_row(self) -> bool:
        """Whether the volume still has the row the job was made for."""
        return self.volume.db_id == self.row_db_id and not self.volume.removed

    @property
    def custom_gib(self) -> int | None:
        """The size that must be in the range of custom ones, None where that is not asked."""
        of = self.new or self.offering
        return self.wanted.size_gib if of.custom else None

    @property
    def new_bytes(self) -> int:
        """The size the volume would get."""
        if self.new is not None and not self.new.custom:
            return bytes_of(self.new.size_gib)
        gib = self.wanted.size_gib
        return self.volume.size_bytes if gib is None else bytes_of(gib)

    @property
    def iops(self) -> tuple[int | None, int | None]:
        """The least and the most iops the volume would get."""
        new, volume, wanted = self.new, self.volume, self.wanted
        if new is not None and not new.custom_iops:
            return new.min_iops, new.max_iops
        return (
            volume.min_iops if wanted.min_iops is None else wanted.min_iops,
            volume.max_iops if wanted.max_iops is None else wanted.max_iops,
        )

    @property
    def iops_free(self) -> bool:
        """Whether the offering that stays lets the caller choose the iops."""
        return self.new is not None or self.volume.type is _ROOT or self.offering.custom_iops

    @property
    def resizes(self) -> bool:
        """Whether the size would be another one."""
        return self.new_bytes != self.volume.size_bytes

    @property
    def changes(self) -> bool:
        """Whether size or iops would be others; no iops are as good as 0."""
        old = (self.volume.min_iops or 0, self.volume.max_iops or 0)
        least, most = self.iops
        return self.resizes or (least or 0, most or 0) != old

    @property
    def shrinks(self) -> bool:
        """Whether the volume would get smaller."""
        return self.new_bytes < self.volume.size_bytes

    @property
    def created(self) -> bool:
        """Whether the volume has storage."""
        return self.volume.state is not _ALLOCATED

    @property
    def is_root(self) -> bool:
        """Whether the volume is a ROOT."""
        return self.volume.type is _ROOT

    @property
    def at_rest(self) -> bool:
        """Whether no VM has the volume, or a Stopped one."""
        return self.vm is None or self.vm.state is _STOPPED

    @property
    def on_kvm(self) -> bool:
        """Whether the volume's VM is one of KVM."""
        return self.vm is not None and self.vm.hypervisor is Hypervisor.KVM

    @property
    def managed(self) -> bool:
        """Whether the volume is on managed storage."""
        return self.pool is not None and self.pool.managed

    @property
    def live_kvm(self) -> bool:
        """Whether a Running VM of KVM would notice."""
        return self.resizes and self.on_kvm and self.vm is not None and self.vm.state is _RUNNING

    @property
    def spelt(self) -> str:
        """The volume as messages spell it."""
        return self.volume.spelt(self.vm)

    @property
    def readable_size(self) -> str:
        """The new size in the unit that suits it."""
        return readable(self.new_bytes)


def readable(size_bytes: int) -> str:
    """Return a size of at least 1 GiB in the unit that suits it."""
    tib = GIB << 10
    return f"{size_bytes / GIB:.2f} GB" if size_bytes < tib else f"{size_bytes / tib:.4f} TB"

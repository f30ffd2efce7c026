"""The current records, and the indexes that keep look-ups cheap."""

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, get_origin, get_type_hints

from simulator.domain import events as ev
from simulator.domain import hypervisors as hyp
from simulator.domain import inventory as inv
from simulator.domain import management as man
from simulator.domain import networks as net
from simulator.domain import records as rec
from simulator.domain.affinity import AffinityGroup
from simulator.domain.guest_data import GuestData
from simulator.domain.limits import Resource
from simulator.domain.nics import Nic
from simulator.domain.roles import RoleRow
from simulator.domain.schedules import SnapshotPolicy
from simulator.domain.secondary import SecondaryIp
from simulator.domain.ssh_keys import SshKey
from simulator.domain.states import DEAD_VM, VmState, VolumeState
from simulator.domain.user_data import UserData
from simulator.engine.all_nics import Nics
from simulator.engine.secondary import forget_vm

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_OFFERING = inv.DiskOffering("", 0, "", 0)
_ZONE, _NO_HYPERVISOR = inv.Scope.ZONE, inv.Hypervisor.NONE
_DESTROYED_VOLUME = VolumeState.DESTROY
_TO_EXPUNGE = frozenset({VmState.DESTROYED, VmState.ERROR})
_OUTSIDE = frozenset({VolumeState.UPLOADED, VolumeState.COPYING, VolumeState.UPLOAD_OP})
_UNCOUNTED = frozenset({VolumeState.DESTROY, VolumeState.EXPUNGING, VolumeState.EXPUNGED})


def uuid(dice: Random) -> str:
    """Return a fresh uuid from *dice*."""
    x = dice.getrandbits(128).to_bytes(16, "big").hex()
    return f"{x[:8]}-{x[8:12]}-4{x[13:16]}-a{x[17:20]}-{x[20:]}"


class Store:
    """Every record by id, removed ones included; `put` replaces one.

    A field is one typed line: it starts empty, and its type is how a checkpoint reads it back; a
    list is a log that only grows.
    """

    zones: dict[str, inv.Zone]
    pods: dict[str, inv.Pod]
    clusters: dict[str, inv.Cluster]
    hosts: dict[str, inv.Host]
    pools: dict[str, inv.StoragePool]
    service_offerings: dict[str, inv.ServiceOffering]
    disk_offerings: dict[str, inv.DiskOffering]
    templates: dict[str, inv.Template]
    domains: dict[str, rec.Domain]
    accounts: dict[str, rec.Account]
    users: dict[str, rec.User]
    vms: dict[str, rec.Vm]
    volumes: dict[str, rec.Volume]
    guest_data: dict[str, GuestData]
    affinity_groups: dict[str, AffinityGroup]
    affinity_of: dict[str, tuple[str, ...]]
    ssh_keys: dict[str, SshKey]
    user_data: dict[str, UserData]
    extra_nics: dict[str, Nic]
    secondary_ips: dict[str, SecondaryIp]
    nics_of: dict[str, dict[str, None]]
    snapshots: dict[str, rec.Snapshot]
    vm_snapshots: dict[str, rec.VmSnapshot]
    network_offerings: dict[str, net.NetworkOffering]
    physical_networks: dict[str, net.PhysicalNetwork]
    networks: dict[str, net.Network]
    public_ranges: dict[str, net.PublicRange]
    public_ips: dict[str, net.PublicIp]
    security_groups: dict[str, man.SecurityGroup]
    image_stores: dict[str, man.ImageStore]
    os_categories: dict[str, man.OsCategory]
    os_types: dict[str, man.OsType]
    alerts: dict[str, man.Alert]
    servers: dict[str, man.ManagementServer]
    roles: dict[str, RoleRow]
    projects: dict[str, man.Project]
    tags: dict[str, dict[str, man.Tag]]
    events: list[ev.Event]
    volumes_of: dict[str, dict[str, None]]
    vms_on: dict[str, dict[str, None]]
    allocated_bytes: Counter[str]
    used_mib: Counter[str]
    owned: Counter[tuple[str, Resource]]
    reserved: Counter[tuple[str, Resource]]
    limits: dict[tuple[str, Resource], int]
    snapshot_policies: dict[str, SnapshotPolicy]
    firewall_rules: dict[str, net.FirewallRule]
    capabilities: dict[str, hyp.Capability]
    destroyed_vms: dict[str, None]
    destroyed_volumes: dict[str, None]
    rows: Counter[str]

    def __init__(self, dice: Random) -> None:
        for name, hint in get_type_hints(Store).items():
            setattr(self, name, get_origin(hint)())
        self._dice = dice
        self.on_vm_destroyed: Callable[[rec.Vm], None] = lambda _: None
        self.on_volume_destroyed: Callable[[rec.Volume], None] = lambda _: None

    def new_id(self) -> str:
        """Return a fresh uuid."""
        return uuid(self._dice)

    def new_row(self, kind: str = "other") -> int:
        """Return the next database id of *kind*."""
        row = self.rows[kind] = self.rows[kind] + 1
        return row

    def holds(self, entity_id: str) -> bool:
        """Return whether any record of any kind has this id."""
        kinds = (getattr(self, name) for name in get_type_hints(Store))
        return any(entity_id in kind for kind in kinds if isinstance(kind, dict))

    def role_of(self, account: rec.Account) -> RoleRow | None:
        """Return the role of an account; a project's has none."""
        if account.role_id is not None:
            return self.roles[account.role_id]
        stock = (r for r in self.roles.values() if r.stock and r.kind is account.role)
        return next(stock, None)

    def compute_of(self, vm: rec.Vm) -> inv.ServiceOffering:
        """Return the compute offering of a VM with the VM's own size."""
        return self.service_offerings[vm.service_offering_id].sized(vm.details)

    def siblings(self, vm_id: str) -> tuple[rec.Volume, ...]:
        """Return the volumes of a VM, oldest row first."""
        ids = self.volumes_of.get(vm_id)
        if not ids:
            return ()
        if len(ids) == 1:
            (only,) = ids
            return (self.volumes[only],)
        return tuple(sorted([self.volumes[i] for i in ids], key=_row))

    def put_volume(self, volume: rec.Volume) -> rec.Volume:
        """Make *volume* the current record."""
        old = self.volumes.get(volume.id)
        self.volumes[volume.id] = volume
        if old is None or old.vm_id != volume.vm_id:
            if old is not None and old.vm_id is not None:
                del self.volumes_of[old.vm_id][volume.id]
            if volume.vm_id is not None:
                self.volumes_of.setdefault(volume.vm_id, {})[volume.id] = None
        if volume.state is _DESTROYED_VOLUME and not volume.removed:
            if volume.id not in self.destroyed_volumes:
                self.destroyed_volumes[volume.id] = None
                self.on_volume_destroyed(volume)
        elif self.destroyed_volumes:
            self.destroyed_volumes.pop(volume.id, None)
        if volume.removed:
            self.tags.pop(volume.id, None)
        if old is None or _weight(old) != _weight(volume):
            self._weigh(old, -1)
            self._weigh(volume, 1)
        return volume

    def _weigh(self, volume: rec.Volume | None, sign: int) -> None:
        if volume is None or volume.removed:
            return
        if volume.pool_id is not None:
            self.allocated_bytes[volume.pool_id] += sign * volume.size_bytes
        if volume.display and volume.state not in _UNCOUNTED:
            outside = volume.state in _OUTSIDE
            storage = Resource.SECONDARY_STORAGE if outside else Resource.PRIMARY_STORAGE
            self.owned[volume.account_id, Resource.VOLUME] += sign
            self.owned[volume.account_id, storage] += sign * volume.size_bytes

    def put_vm(self, vm: rec.Vm) -> rec.Vm:
        """Make *vm* the current record."""
        old = self.vms.get(vm.id)
        self.vms[vm.id] = vm
        if old is None or _seat(old) != _seat(vm):
            if old is not None and old.host_id is not None:
                del self.vms_on[old.host_id][vm.id]
                self.used_mib[old.host_id] -= self.compute_of(old).memory_mib
            if vm.host_id is not None:
                self.vms_on.setdefault(vm.host_id, {})[vm.id] = None
                self.used_mib[vm.host_id] += self.compute_of(vm).memory_mib
        if old is not None and _released(old, vm):
            self._drop_nics(vm.id)
            forget_vm(self, vm.id)
        if vm.state in _TO_EXPUNGE and not vm.removed:
            if vm.id not in self.destroyed_vms:
                self.destroyed_vms[vm.id] = None
                self.on_vm_destroyed(vm)
        elif self.destroyed_vms:
            self.destroyed_vms.pop(vm.id, None)
        if vm.removed:
            self.tags.pop(vm.id, None)
        if old is None or _burden(old) != _burden(vm):
            self._burden(old, -1)
            self._burden(vm, 1)
        return vm

    def default_nic(self, vm: rec.Vm) -> Nic:
        """Return the nic that is part of a VM's row."""
        return Nic(
            vm.nic_id or vm.id, vm.db_id, vm.id, vm.network_id, vm.address, vm.mac, 0, vm.removed
        )

    @property
    def nics(self) -> Nics:
        """Every nic by its id, those that are part of a VM's row included."""
        return Nics(self)

    def _drop_nics(self, vm_id: str) -> None:
        for nic_id in self.nics_of.pop(vm_id, {}):
            self.extra_nics[nic_id] = self.extra_nics[nic_id]._replace(removed=True)

    def _burden(self, vm: rec.Vm | None, sign: int) -> None:
        if vm is None or not _burden(vm)[0]:
            return
        offering = self.compute_of(vm)
        self.owned[vm.account_id, Resource.USER_VM] += sign
        self.owned[vm.account_id, Resource.CPU] += sign * offering.cpu_count
        self.owned[vm.account_id, Resource.MEMORY] += sign * offering.memory_mib

    def put_snapshot(self, snapshot: rec.Snapshot) -> rec.Snapshot:
        """Make *snapshot* the current record."""
        old = self.snapshots.get(snapshot.id)
        self.snapshots[snapshot.id] = snapshot
        was, now = old is not None and not old.removed, not snapshot.removed
        self.owned[snapshot.account_id, Resource.SNAPSHOT] += now - was
        if snapshot.removed:
            self.tags.pop(snapshot.id, None)
        return snapshot

    def hypervisor_of(self, volume: rec.Volume) -> inv.Hypervisor:
        """Return the hypervisor a volume was made for (semantics 3.2)."""
        pool = self.pools.get(volume.pool_id or "")
        if pool is None:
            return _NO_HYPERVISOR
        if pool.scope is _ZONE or pool.cluster_id is None:
            return pool.hypervisor
        return self.clusters[pool.cluster_id].hypervisor

    def offering_of(self, volume: rec.Volume) -> inv.DiskOffering:
        """Return the disk offering of a volume; a ROOT has the twin of its compute offering."""
        disk = self.disk_offerings.get(volume.disk_offering_id or "")
        compute = self.service_offerings.get(volume.service_offering_id or "")
        return disk or (compute.disk if compute else _NO_OFFERING)

    def format_of(self, volume: rec.Volume) -> str | None:
        """Return the image format of a volume, None before it has storage or an image."""
        if volume.image_format is not None:
            return volume.image_format
        pool = self.pools.get(volume.pool_id or "")
        if pool is not None and pool.kind in inv.RAW_POOLS:
            return "RAW"
        return inv.FORMATS.get(self.hypervisor_of(volume), "RAW") if pool else None

    def has_vm_snapshots(self, vm_id: str) -> bool:
        """Return whether a VM has any VM snapshot."""
        return any(s.vm_id == vm_id and not s.removed for s in self.vm_snapshots.values())


def _released(old: rec.Vm, vm: rec.Vm) -> bool:
    """Return whether a VM gives its further nics back: it goes, or to another owner."""
    return vm.removed or old.account_id != vm.account_id


def _row(volume: rec.Volume) -> int:
    return volume.db_id


def _burden(vm: rec.Vm) -> tuple[object, ...]:
    counted = not vm.removed and vm.state not in DEAD_VM and vm.kind in rec.USER_KINDS
    return (counted, vm.account_id, vm.service_offering_id, vm.details)


def _seat(vm: rec.Vm) -> tuple[object, ...]:
    return (vm.host_id, vm.service_offering_id, vm.details)


def _weight(volume: rec.Volume) -> tuple[object, ...]:
    counted = volume.display and volume.state not in _UNCOUNTED
    kept = counted, volume.state in _OUTSIDE
    return (volume.pool_id, volume.size_bytes, volume.removed, kept, volume.account_id)

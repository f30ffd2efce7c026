"""What people own: VMs, volumes and snapshots; and, from people.py, who they are. Immutable.

NamedTuples rather than frozen dataclasses: a changed copy costs a fifth, and every step of
every job makes one.
"""

from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from simulator.domain.errors import Broke
from simulator.domain.inventory import Details, Hypervisor
from simulator.domain.people import Account, Domain, Role, User
from simulator.domain.states import (
    VM_LIFE,
    VOLUME_LIFE,
    VmEvent,
    VmState,
    VolumeEvent,
    VolumeState,
)

__all__ = ["Account", "Domain", "Role", "User"]
"""What is passed on, beside all that is defined here."""

Record = TypeVar("Record", bound=tuple[Any, ...])
_STUCK = 'Failed to transit volume {{"name":"{}","uuid":"{}"}} to [{}] due to [{}].'
_NO_WAY = "Unable to transition to a new state from {} via {}"


class VolumeType(StrEnum):
    """Volume.Type; only the first two can be attached."""

    ROOT = "ROOT"
    DATADISK = "DATADISK"
    ISO = "ISO"
    SWAP = "SWAP"


class VmKind(StrEnum):
    """VirtualMachine.Type, with shared file systems set apart."""

    USER = "User"
    SHARED_FS = "SharedFS"
    DOMAIN_ROUTER = "DomainRouter"
    CONSOLE_PROXY = "ConsoleProxy"
    SECONDARY_STORAGE = "SecondaryStorageVm"


USER_KINDS = frozenset({VmKind.USER, VmKind.SHARED_FS})
"""The kinds of VM that users own and list."""


class Volume(NamedTuple):
    """A disk. *db_id* changes when its row is replaced by a move; *id* never does.

    *encrypt_format* is how its data are encrypted, None where they are not; *image_format* that
    of a disk that was uploaded. Both iops are None where nobody set any.
    """

    id: str
    db_id: int
    name: str
    account_id: str
    zone_id: str
    type: VolumeType
    state: VolumeState
    size_bytes: int
    vm_id: str | None = None
    device_id: int | None = None
    pool_id: str | None = None
    disk_offering_id: str | None = None
    service_offering_id: str | None = None
    template_id: str | None = None
    snapshot_id: str | None = None
    created_s: float = 0.0
    attached_s: float | None = None
    updated_s: float | None = None
    removed: bool = False
    display: bool = True
    protected: bool = False
    plugged: bool = False
    path: str | None = None
    chain_info: str | None = None
    min_iops: int | None = None
    max_iops: int | None = None
    encrypt_format: str | None = None
    image_format: str | None = None

    def on(self, event: VolumeEvent, **changes: Any) -> "Volume":
        """Return the volume after *event*, with *changes*; Broke where no way leads there."""
        state = VOLUME_LIFE.get((self.state, event))
        if state is None:
            no_way = _NO_WAY.format(self.state, event)
            raise Broke(_STUCK.format(self.name, self.id, event, no_way))
        changes["state"] = state
        return _changed(self, _VOLUME_PLACES, changes)

    def but(self, **changes: Any) -> "Volume":
        """Return what `_replace` would, in half the time."""
        return _changed(self, _VOLUME_PLACES, changes)

    def spelt(self, vm: "Vm | None") -> str:
        """Return how the server's messages spell a volume of *vm* ({VOL} of the ground truth)."""
        return (
            f'Volume {{"id":{self.db_id},"instanceId":{vm.db_id if vm else "null"},'
            f'"name":"{self.name}","uuid":"{self.id}","volumeType":"{self.type}"}}'
        )

    @property
    def short(self) -> str:
        """Return the shorter spelling some messages use."""
        return f"[{self.plain}]"

    @property
    def ending(self) -> str:
        """Return how the names of files with its image end."""
        return (self.image_format or "").lower()

    @property
    def plain(self) -> str:
        """Return the shorter spelling, without brackets."""
        return f'{{"name":"{self.name}","uuid":"{self.id}"}}'


class Vm(NamedTuple):
    """A virtual machine; *last_host_id* is where it ran last, None if it never did.

    *halted* is whether it was ever stopped after it ran, *details* are (name, value), *updated_s*
    is when its state last changed, None while it is as it was created.
    """

    id: str
    db_id: int
    name: str
    display_name: str
    account_id: str
    zone_id: str
    hypervisor: Hypervisor
    state: VmState
    service_offering_id: str
    template_id: str
    instance_name: str
    address: str
    mac: str
    host_id: str | None = None
    last_host_id: str | None = None
    created_s: float = 0.0
    updated_s: float | None = None
    kind: VmKind = VmKind.USER
    user_id: str = ""
    iso_id: str | None = None
    backup_offering_id: str | None = None
    protected: bool = False
    removed: bool = False
    network_id: str | None = None
    nic_id: str = ""
    halted: bool = False
    details: Details = ()

    def on(self, event: VmEvent, **changes: Any) -> "Vm":
        """Return the VM after *event*, with *changes*; Broke where no way leads there."""
        state = VM_LIFE.get((self.state, event))
        if state is None:
            raise Broke(_NO_WAY.format(self.state, event))
        changes["state"] = state
        return _changed(self, _VM_PLACES, changes)

    @property
    def since_s(self) -> float:
        """Return since when the VM has been in its state."""
        return self.created_s if self.updated_s is None else self.updated_s

    def detail(self, name: str) -> str | None:
        """Return the value of a detail, None where it is not set."""
        return next((value for key, value in self.details if key == name), None)

    def with_details(self, **values: str | None) -> "Vm":
        """Return the VM with details set; None takes one away."""
        kept = dict(self.details) | values
        return self._replace(details=tuple((k, v) for k, v in kept.items() if v is not None))

    @property
    def text(self) -> str:
        """Return how the server's messages spell a VM ({VM} of the ground truth)."""
        return (
            f'VM instance {{"id":{self.db_id},"instanceName":"{self.instance_name}",'
            f'"state":"{self.state}","type":"{self.kind}","uuid":"{self.id}"}}'
        )

    @property
    def short(self) -> str:
        """Return the shorter spelling some messages use."""
        return f'VM instance {{"instanceName":"{self.instance_name}","uuid":"{self.id}"}}'


class Snapshot(NamedTuple):
    """A volume snapshot; it outlives its volume."""

    id: str
    db_id: int
    name: str
    account_id: str
    zone_id: str
    volume_id: str
    volume_name: str
    state: str
    size_bytes: int
    template_id: str | None
    disk_offering_id: str | None
    service_offering_id: str | None
    created_s: float
    removed: bool = False
    interval: str = "MANUAL"

    @property
    def text(self) -> str:
        """Return how the server's messages spell a snapshot."""
        return (
            f'Snapshot {{"id":{self.db_id},"name":"{self.name}","state":"{self.state}",'
            f'"uuid":"{self.id}"}}'
        )


class VmSnapshot(NamedTuple):
    """A VM snapshot; while one exists, no volume of its VM may come or go.

    *current* is the one the VM was taken at or reverted to last, *parent_id* the one before.
    """

    id: str
    db_id: int
    name: str
    account_id: str
    vm_id: str
    state: str
    memory: bool
    created_s: float
    removed: bool = False
    text: str = ""
    about: str | None = None
    current: bool = False
    parent_id: str | None = None

    @property
    def spelt(self) -> str:
        """Return how the server's messages spell a VM snapshot."""
        return f'VMSnapshot {{"id":{self.db_id},"name":"{self.name}","uuid":"{self.id}"}}'


class BackupOffering(NamedTuple):
    """A backup offering a VM may be assigned to."""

    id: str
    db_id: int
    name: str
    zone_id: str


def _changed(record: Record, places: dict[str, int], changes: dict[str, Any]) -> Record:
    row = [*record]
    for name, value in changes.items():
        row[places[name]] = value
    return tuple.__new__(type(record), row)


_VOLUME_PLACES = {name: place for place, name in enumerate(Volume._fields)}
_VM_PLACES = {name: place for place, name in enumerate(Vm._fields)}

"""Volumes and snapshots as CloudStack's JSON: names, units, order and omissions (7.6, GT 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.dates import stamp
from simulator.api.render import (
    IN_CLUSTER,
    IN_POD,
    IN_ZONE,
    JOB,
    NOT_ANNOTATED,
    OF_OWNER,
    TAGS,
    TEMPLATE_NAMES,
    Seen,
    os_type,
)
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    long,
    mapping,
    shared,
    text,
    within,
)
from simulator.domain.dialect import Quirk
from simulator.domain.inventory import (
    Cluster,
    DiskOffering,
    Pod,
    ServiceOffering,
    StoragePool,
    Template,
)
from simulator.domain.records import Snapshot, Vm, VmSnapshot, Volume, VolumeType
from simulator.domain.states import VolumeState

_DESTROY, _NO_BOOTABLE = VolumeState.DESTROY, Quirk.NO_BOOTABLE
_ROOT, _DATA = VolumeType.ROOT, VolumeType.DATADISK


@dataclass(slots=True, eq=False)
class VolumeAt:
    """A volume as a caller sees it: root admins also see where it lives.

    *holder* is the VM it is on, unless it is in Destroy; *check* and *repair* are what those found.
    """

    call: Call
    record: Volume
    root: bool
    vm: Vm | None
    holder: Vm | None
    pool: StoragePool | None
    job_id: str | None
    check: Mapping[str, str] | None = None
    repair: Mapping[str, str] | None = None


_IMAGE: Parts[Template] = (
    *TEMPLATE_NAMES,
    text("templatedisplaytext", "description of the template", lambda t: t.name),
)
_HOLDER: Parts[Vm] = (
    text("vmname", "name of the VM", lambda vm: vm.name),
    text("vmdisplayname", "name of the VM that is shown", lambda vm: vm.display_name),
    text("vmstate", "state of the VM", lambda vm: str(vm.state)),
)
_ATTACHMENT: Parts[VolumeAt] = (
    long("deviceid", "device the volume has on its VM", lambda v: v.record.device_id),
    text("virtualmachineid", "id of the VM", lambda v: v.holder.id if v.holder else None),
)
_PATH: Parts[VolumeAt] = (
    text("path", "path", lambda v: v.record.path or v.record.id),
    text("storageid", "id of the pool", lambda v: v.record.pool_id),
)
_CHECKED: Parts[VolumeAt] = (
    mapping("volumecheckresult", "what the check of the volume found", lambda v: v.check),
    mapping("volumerepairresult", "what the repair of the volume did", lambda v: v.repair),
)
_MEASURED: Parts[VolumeAt] = (
    long("diskkbsread", "KiB read from the disk", Always(0)),
    long("diskkbswrite", "KiB written to the disk", Always(0)),
    long("diskioread", "read operations of the disk", Always(0)),
    long("diskiowrite", "write operations of the disk", Always(0)),
)
_DISK: Parts[DiskOffering] = (
    text("diskofferingid", "id of the disk offering", lambda d: d.id),
    text("diskofferingname", "name of the disk offering", lambda d: d.name),
    text("diskofferingdisplaytext", "description of the disk offering", lambda d: d.text),
)
_COMPUTE: Parts[ServiceOffering] = (
    text("serviceofferingid", "number of the compute offering", lambda c: str(c.db_id)),
    text("serviceofferingname", "name of the compute offering", lambda c: c.name),
    text("serviceofferingdisplaytext", "description of the compute offering", lambda c: c.name),
)


def _template(at: VolumeAt) -> Template | None:
    return at.call.world.store.templates.get(at.record.template_id or "")


def _disk(at: VolumeAt) -> DiskOffering | None:
    return at.call.world.store.disk_offerings.get(at.record.disk_offering_id or "")


def _compute(at: VolumeAt) -> ServiceOffering | None:
    store, record = at.call.world.store, at.record
    if record.disk_offering_id in store.disk_offerings:
        return None
    return store.service_offerings.get(record.service_offering_id or "")


def _reach(at: VolumeAt) -> str | None:
    if not at.root:
        return None
    return "local" if at.pool and at.pool.scope == "HOST" else "shared"


def _source(at: VolumeAt) -> str | None:
    return at.record.snapshot_id if at.call.command == "createVolume" else None


def _cluster(at: VolumeAt) -> Cluster | None:
    return at.call.world.store.clusters.get(at.pool.cluster_id or "") if at.pool else None


def _pod(at: VolumeAt) -> Pod | None:
    return at.call.world.store.pods.get(at.pool.pod_id or "") if at.pool else None


VOLUME = Shape[VolumeAt](
    "volume",
    text("id", "id", lambda v: v.record.id),
    text("name", "name", lambda v: v.record.name),
    *IN_ZONE,
    text("type", "type", lambda v: str(v.record.type)),
    within(lambda v: v if v.vm is not None else None, _ATTACHMENT),
    shared(_template, _IMAGE),
    within(lambda v: v.holder, _HOLDER),
    text("vmtype", "type of the VM", lambda v: str(v.vm.kind) if v.vm else None),
    text("provisioningtype", "how storage is provisioned", Always("thin")),
    long("size", "size in bytes", lambda v: v.record.size_bytes),
    long("miniops", "least iops of a volume", lambda v: v.record.min_iops),
    long("maxiops", "most iops of a volume", lambda v: v.record.max_iops),
    date("created", "when it was created", lambda v: v.record.created_s),
    text("state", "state", lambda v: str(v.record.state)),
    *OF_OWNER,
    text("encryptformat", "how the volume is encrypted", lambda v: v.record.encrypt_format),
    text("storagetype", "shared or local", _reach),
    within(lambda v: v if v.vm is not None and v.record.plugged else None, _MEASURED),
    text("hypervisor", "hypervisor",
         lambda v: str(v.call.world.store.hypervisor_of(v.record)) if v.root else None),
    shared(_disk, _DISK),
    text("storage", "name of the pool", lambda v: v.pool.name if v.pool else None),
    text("snapshotid", "id of the snapshot a new volume was made from", _source),
    date("attached", "when the volume was attached",
         lambda v: v.record.attached_s if v.vm is not None else None),
    boolean("destroyed", "whether the volume is in Destroy",
            lambda v: v.record.state is _DESTROY),
    shared(_compute, _COMPUTE),
    boolean("isextractable", "whether it can be extracted",
            lambda v: v.record.type is _DATA),
    boolean("displayvolume", "whether the volume is shown to its owner",
            lambda v: v.record.display if v.root else None),
    within(lambda v: v if v.pool is not None else None, _PATH),
    text("chaininfo", "what is noted of the volume's chain",
         lambda v: v.record.chain_info if v.root else None),
    boolean("quiescevm", "whether the VM can be quiesced for a snapshot", Always(False)),
    boolean("supportsstoragesnapshot", "whether the storage can snapshot volumes", Always(False)),
    boolean("deleteprotection", "whether it is protected from deletion",
            lambda v: v.record.protected),
    shared(_cluster, IN_CLUSTER),
    shared(_pod, IN_POD),
    boolean("bootable", "whether a VM can boot from it: of volumes, a ROOT",
            lambda v: None if _NO_BOOTABLE in v.call.world.dialect
            else v.record.type is _ROOT),
    *TAGS,
    *NOT_ANNOTATED,
    *JOB,
    within(lambda v: v if v.check is not None else None, _CHECKED),
)  # fmt: skip


def volume(
    call: Call,
    record: Volume,
    job_id: str | None = None,
    check: Mapping[str, str] | None = None,
    repair: Mapping[str, str] | None = None,
) -> Row:
    """Return VolumeResponse; *job_id* is of the job that it is the result of."""
    root, store = call.is_root, call.world.store
    pool = store.pools.get(record.pool_id or "") if root else None
    vm = store.vms.get(record.vm_id or "")
    holder = None if record.state is _DESTROY else vm
    if job_id is None:
        last = call.jobs.last_on(record.id)
        job_id = last.id if last else None
    return VOLUME.render(VolumeAt(call, record, root, vm, holder, pool, job_id, check, repair))


def snapshot_name(call: Call, record: Volume) -> str:
    """Return the name a snapshot of a volume gets where none is given."""
    vm = call.world.store.vms.get(record.vm_id or "")
    holder = vm.name if vm else "detached"
    return f"{holder}_{record.name}_{stamp(call.world.env.now)}"


class SnapshotAt(NamedTuple):
    """A snapshot of *source* as a caller sees it; a *fresh* one, of a job result, shows more."""

    call: Call
    record: Snapshot
    source: Volume
    guest: str | None
    fresh: bool


SNAPSHOT = Shape[SnapshotAt](
    "snapshot",
    text("id", "id", lambda s: s.record.id),
    *OF_OWNER,
    text("snapshottype", "type of the snapshot", lambda s: s.record.interval if s.fresh else None),
    text("volumeid", "id of the volume", lambda s: s.record.volume_id),
    text("volumename", "name of the volume", lambda s: s.record.volume_name),
    text("volumetype", "type of the volume", lambda s: str(s.source.type)),
    text("volumestate", "state of the volume", lambda s: str(s.source.state)),
    date("created", "when it was created", lambda s: s.record.created_s),
    text("name", "name", lambda s: s.record.name),
    text("intervaltype", "interval of the snapshot", lambda s: s.record.interval),
    text("state", "state", lambda s: s.record.state),
    long("physicalsize", "size on the storage in bytes", Always(0)),
    *IN_ZONE,
    boolean("revertable", "whether the volume can be reverted to the snapshot", Always(False)),
    text("ostypeid", "id of the guest operating system",
         lambda s: os_type(s.call, s.guest) if s.guest else None),
    text("osdisplayname", "name of the guest operating system",
         lambda s: s.guest if s.fresh else None),
    long("virtualsize", "size of the volume in bytes", lambda s: s.source.size_bytes),
    *TAGS,
    *NOT_ANNOTATED,
)  # fmt: skip


def snapshot(call: Call, record: Snapshot, *, fresh: bool = False) -> Row:
    """Return SnapshotResponse."""
    store = call.world.store
    source = store.volumes[record.volume_id]
    vm = store.vms.get(source.vm_id or "") if source.type is _ROOT else None
    template = store.templates.get(vm.template_id) if vm else None
    guest = template.os_name if template else None
    return SNAPSHOT.render(SnapshotAt(call, record, source, guest, fresh))


class VmSnapshotAt(NamedTuple):
    """A snapshot of a *vm* as a caller sees it, and the one *before* it."""

    call: Call
    record: VmSnapshot
    vm: Vm
    before: VmSnapshot | None


VM_SNAPSHOT = Shape[VmSnapshotAt](
    "vmsnapshot",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("state", "state", lambda s: s.record.state),
    text("description", "description", lambda s: s.record.about),
    text("displayname", "name that is shown", lambda s: s.record.text or s.record.name),
    within(lambda s: Seen(s.call, s.vm), IN_ZONE),
    text("virtualmachineid", "id of the VM", lambda s: s.record.vm_id),
    text("virtualmachinename", "name of the VM", lambda s: s.vm.display_name),
    boolean("current", "whether this is the VM's current snapshot", lambda s: s.record.current),
    text("type", "type", lambda s: "DiskAndMemory" if s.record.memory else "Disk"),
    text("parent", "id of the VM snapshot before", lambda s: s.before.id if s.before else None),
    text("parentName", "name of the VM snapshot before",
         lambda s: (s.before.text or s.before.name) if s.before else None),
    date("created", "when it was created", lambda s: s.record.created_s),
    *OF_OWNER,
    text("hypervisor", "hypervisor", lambda s: str(s.vm.hypervisor)),
    *TAGS,
    *NOT_ANNOTATED,
)  # fmt: skip


def vm_snapshot(call: Call, record: VmSnapshot) -> Row:
    """Return VMSnapshotResponse."""
    store = call.world.store
    before = store.vm_snapshots.get(record.parent_id or "")
    return VM_SNAPSHOT.render(VmSnapshotAt(call, record, store.vms[record.vm_id], before))

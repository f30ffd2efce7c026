"""Volumes and snapshots as CloudStack's JSON: names, units, order and omissions (7.6, GT 7)."""

from simulator.api.command import Call
from simulator.api.render import Row, date, os_type, owner, place, present, stamp, tags, zone_of
from simulator.domain.dialect import Quirk
from simulator.domain.inventory import StoragePool
from simulator.domain.records import Snapshot, VmSnapshot, Volume, VolumeType
from simulator.domain.states import VolumeState


def volume(call: Call, record: Volume) -> Row:
    """Return VolumeResponse; root admins also see where the volume lives."""
    root, store = call.is_root, call.world.store
    pool = store.pools.get(record.pool_id or "") if root else None
    vm = store.vms.get(record.vm_id or "")
    body: Row = {
        "id": record.id,
        "name": record.name,
        **zone_of(call, record.zone_id),
        "type": str(record.type),
        **_attachment(call, record),
        "provisioningtype": "thin",
        "size": record.size_bytes,
        **present({"miniops": record.min_iops, "maxiops": record.max_iops}),
        "created": date(record.created_s),
        "state": str(record.state),
        **owner(call, record.account_id),
        **present({"encryptformat": record.encrypt_format}),
    }
    if root:
        local = pool is not None and pool.scope == "HOST"
        body["storagetype"] = "local" if local else "shared"
    if vm is not None and record.plugged:
        names = ("diskkbsread", "diskkbswrite", "diskioread", "diskiowrite")
        body |= dict.fromkeys(names, 0)
    if root:
        body["hypervisor"] = str(store.hypervisor_of(record))
    body |= _disk_offering(call, record)
    if pool is not None:
        body["storage"] = pool.name
    if call.command == "createVolume" and record.snapshot_id is not None:
        body["snapshotid"] = record.snapshot_id
    if vm is not None and record.attached_s is not None:
        body["attached"] = date(record.attached_s)
    body |= {"destroyed": record.state is VolumeState.DESTROY, **_compute_offering(call, record)}
    return body | _traits(call, record, pool)


def _traits(call: Call, record: Volume, pool: StoragePool | None) -> Row:
    body: Row = {"isextractable": record.type is VolumeType.DATADISK}
    if call.is_root:
        body["displayvolume"] = record.display
    if pool is not None:
        body |= {"path": record.path or record.id, "storageid": pool.id}
    if call.is_root and record.chain_info is not None:
        body["chaininfo"] = record.chain_info
    body |= {
        "quiescevm": False,
        "supportsstoragesnapshot": False,
        "deleteprotection": record.protected,
    }
    if pool is not None:
        body |= place(call, pool.cluster_id, pool.pod_id)
    if Quirk.NO_BOOTABLE not in call.world.dialect:
        body["bootable"] = record.type is VolumeType.ROOT
    return body | {"tags": tags(call, record.id), "hasannotations": False, **_job(call, record)}


def _job(call: Call, record: Volume) -> Row:
    last = call.jobs.last_on(record.id)
    return {"jobid": last.id, "jobstatus": 0} if last else {}


def _attachment(call: Call, record: Volume) -> Row:
    store = call.world.store
    vm = store.vms.get(record.vm_id or "")
    template = store.templates.get(record.template_id or "")
    body: Row = {}
    shown = vm is not None and record.state is not VolumeState.DESTROY
    if vm is not None:
        body["deviceid"] = record.device_id
    if vm is not None and shown:
        body["virtualmachineid"] = vm.id
    if template is not None:
        body |= {
            "templateid": template.id,
            "templatename": template.name,
            "templatedisplaytext": template.name,
        }
    if vm is not None and shown:
        body |= {"vmname": vm.name, "vmdisplayname": vm.display_name, "vmstate": str(vm.state)}
    if vm is not None:
        body["vmtype"] = str(vm.kind)
    return body


def _disk_offering(call: Call, record: Volume) -> Row:
    disk = call.world.store.disk_offerings.get(record.disk_offering_id or "")
    if disk is None:
        return {}
    return {
        "diskofferingid": disk.id,
        "diskofferingname": disk.name,
        "diskofferingdisplaytext": disk.text,
    }


def _compute_offering(call: Call, record: Volume) -> Row:
    store = call.world.store
    compute = store.service_offerings.get(record.service_offering_id or "")
    if compute is None or record.disk_offering_id in store.disk_offerings:
        return {}
    return {
        "serviceofferingid": str(compute.db_id),
        "serviceofferingname": compute.name,
        "serviceofferingdisplaytext": compute.name,
    }


def snapshot_name(call: Call, record: Volume) -> str:
    """Return the name a snapshot of a volume gets where none is given."""
    vm = call.world.store.vms.get(record.vm_id or "")
    holder = vm.name if vm else "detached"
    return f"{holder}_{record.name}_{stamp(call.world.env.now)}"


def snapshot(call: Call, record: Snapshot, *, fresh: bool = False) -> Row:
    """Return SnapshotResponse; a *fresh* one, of a job result, says more."""
    store = call.world.store
    source = store.volumes[record.volume_id]
    vm = store.vms.get(source.vm_id or "") if source.type is VolumeType.ROOT else None
    template = store.templates.get(vm.template_id) if vm else None
    guest = template.os_name if template else None
    return present(
        {
            "id": record.id,
            **owner(call, record.account_id),
            "snapshottype": record.interval if fresh else None,
            "volumeid": record.volume_id,
            "volumename": record.volume_name,
            "volumetype": str(source.type),
            "volumestate": str(source.state),
            "created": date(record.created_s),
            "name": record.name,
            "intervaltype": record.interval,
            "state": record.state,
            "physicalsize": 0,
            **zone_of(call, record.zone_id),
            "revertable": False,
            "ostypeid": os_type(call, guest) if guest else None,
            "osdisplayname": guest if fresh else None,
            "virtualsize": source.size_bytes,
            "tags": tags(call, record.id),
            "hasannotations": False,
        }
    )


def vm_snapshot(call: Call, record: VmSnapshot) -> Row:
    """Return VMSnapshotResponse."""
    store = call.world.store
    vm = store.vms[record.vm_id]
    parent = store.vm_snapshots.get(record.parent_id or "")
    body = {
        "id": record.id,
        "name": record.name,
        "state": record.state,
        "description": record.about,
        "displayname": record.text or record.name,
        **zone_of(call, vm.zone_id),
        "virtualmachineid": record.vm_id,
        "virtualmachinename": vm.display_name,
        "current": record.current,
        "type": "DiskAndMemory" if record.memory else "Disk",
        "parent": parent.id if parent else None,
        "parentName": (parent.text or parent.name) if parent else None,
        "created": date(record.created_s),
        **owner(call, record.account_id),
        "hypervisor": str(vm.hypervisor),
        "tags": tags(call, record.id),
        "hasannotations": False,
    }
    return present(body)

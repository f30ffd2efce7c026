"""Records as CloudStack's JSON: names, units and omissions (semantics 7.6, ground truth 7)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.api.command import Call
from simulator.domain.dialect import Quirk
from simulator.domain.inventory import ServiceOffering
from simulator.domain.limits import Resource
from simulator.domain.records import Account, Snapshot, Vm, VmSnapshot, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.engine.jobs import Job

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def date(at_s: float) -> str:
    """Return simulated seconds as the API's date."""
    return (EPOCH + timedelta(seconds=at_s)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def owner(call: Call, account_id: str) -> dict[str, Any]:
    """Return the fields that name an owner."""
    account = call.world.store.accounts[account_id]
    domain = call.world.store.domains[account.domain_id]
    return {
        "account": account.name,
        "domainid": domain.id,
        "domain": domain.name,
        "domainpath": domain.path,
    }


def volume(call: Call, record: Volume) -> dict[str, Any]:
    """Return VolumeResponse; root admins also see where the volume lives."""
    zone = call.world.store.zones[record.zone_id]
    extractable = record.type is VolumeType.DATADISK
    body: dict[str, Any] = {
        "id": record.id,
        "name": record.name,
        "zoneid": zone.id,
        "zonename": zone.name,
        "type": str(record.type),
        **_attachment(call, record),
        "provisioningtype": "thin",
        "size": record.size_bytes,
        "created": date(record.created_s),
        "state": str(record.state),
        **owner(call, record.account_id),
        **_origin(call, record),
        "isextractable": extractable,
        "destroyed": record.state is VolumeState.DESTROY,
        "quiescevm": False,
        "supportsstoragesnapshot": False,
        "deleteprotection": record.protected,
        "tags": [],
        "hasannotations": False,
    }
    if call.is_root:
        body |= _location(call, record)
    if Quirk.NO_BOOTABLE not in call.world.dialect:
        body["bootable"] = record.type is VolumeType.ROOT
    for job in call.jobs.running.values():
        if job.instance_id == record.id:
            body |= {"jobid": job.id, "jobstatus": 0}
    return body


def _attachment(call: Call, record: Volume) -> dict[str, Any]:
    vm = call.world.store.vms.get(record.vm_id or "")
    if vm is None:
        return {}
    body: dict[str, Any] = {"deviceid": record.device_id, "vmtype": str(vm.kind)}
    if record.state is not VolumeState.DESTROY:
        body |= {
            "virtualmachineid": vm.id,
            "vmname": vm.name,
            "vmdisplayname": vm.display_name,
            "vmstate": str(vm.state),
        }
    if record.attached_s is not None:
        body["attached"] = date(record.attached_s)
    if record.plugged:
        names = ("diskioread", "diskiowrite", "diskkbsread", "diskkbswrite")
        body |= dict.fromkeys(names, 0)
    return body


def _origin(call: Call, record: Volume) -> dict[str, Any]:
    store = call.world.store
    body: dict[str, Any] = {}
    disk = store.disk_offerings.get(record.disk_offering_id or "")
    compute = store.service_offerings.get(record.service_offering_id or "")
    template = store.templates.get(record.template_id or "")
    if disk is not None:
        body |= {
            "diskofferingid": disk.id,
            "diskofferingname": disk.name,
            "diskofferingdisplaytext": disk.name,
        }
    elif compute is not None:
        body |= {
            "serviceofferingid": str(compute.db_id),
            "serviceofferingname": compute.name,
            "serviceofferingdisplaytext": compute.name,
        }
    if template is not None:
        body |= {
            "templateid": template.id,
            "templatename": template.name,
            "templatedisplaytext": template.name,
        }
    return body


def _location(call: Call, record: Volume) -> dict[str, Any]:
    store = call.world.store
    hypervisor = str(store.hypervisor_of(record))
    body: dict[str, Any] = {"displayvolume": record.display, "hypervisor": hypervisor}
    pool = store.pools.get(record.pool_id or "")
    body["storagetype"] = "local" if pool is not None and pool.scope == "HOST" else "shared"
    if pool is not None:
        body |= {"storage": pool.name, "storageid": pool.id, "path": record.path or record.id}
        body |= place(call, pool.cluster_id, pool.pod_id)
    return body


def place(call: Call, cluster_id: str | None, pod_id: str | None) -> dict[str, Any]:
    """Return the fields that name a cluster and a pod."""
    store = call.world.store
    body: dict[str, Any] = {}
    if cluster_id is not None:
        body |= {"clusterid": cluster_id, "clustername": store.clusters[cluster_id].name}
    if pod_id is not None:
        body |= {"podid": pod_id, "podname": store.pods[pod_id].name}
    return body


def vm(call: Call, record: Vm) -> dict[str, Any]:
    """Return UserVmResponse; rootdeviceid is of the first volume, ROOT or not (4.1)."""
    store = call.world.store
    zone, template = store.zones[record.zone_id], store.templates[record.template_id]
    offering = store.service_offerings[record.service_offering_id]
    body: dict[str, Any] = {
        "id": record.id,
        "name": record.name,
        "displayname": record.display_name,
        **owner(call, record.account_id),
        "created": date(record.created_s),
        "lastupdated": date(record.updated_s),
        "state": str(record.state),
        "haenable": False,
        "zoneid": zone.id,
        "zonename": zone.name,
        "templateid": template.id,
        "templatename": template.name,
        "templatedisplaytext": template.name,
        "passwordenabled": False,
        **_size(offering),
        "hypervisor": str(record.hypervisor),
        "securitygroup": [],
        "nic": [_nic(record)],
        "ipaddress": record.address,
        "affinitygroup": [],
        "details": {},
        "deleteprotection": record.protected,
        "tags": [],
        "hasannotations": False,
        **_first_volume(call, record),
    }
    if record.iso_id is not None:
        body["isoid"] = record.iso_id
    if call.is_root:
        body |= {"instancename": record.instance_name, "displayvm": True}
        host = store.hosts.get(record.host_id or "")
        if host is not None and record.state is VmState.RUNNING:
            body |= {"hostid": host.id, "hostname": host.name}
    return body


def _size(offering: ServiceOffering) -> dict[str, Any]:
    return {
        "serviceofferingid": offering.id,
        "serviceofferingname": offering.name,
        "cpunumber": offering.cpu_count,
        "cpuspeed": offering.cpu_mhz,
        "memory": offering.memory_mib,
    }


def _first_volume(call: Call, record: Vm) -> dict[str, Any]:
    first = next(iter(call.world.store.siblings(record.id)), None)
    if first is None:
        return {}
    body: dict[str, Any] = {"rootdeviceid": first.device_id, "rootdevicetype": str(first.type)}
    pool = call.world.store.pools.get(first.pool_id or "")
    return body | ({"pooltype": pool.kind} if pool else {})


def _nic(record: Vm) -> dict[str, Any]:
    return {
        "ipaddress": record.address,
        "macaddress": record.mac,
        "netmask": "255.255.255.0",
        "gateway": "10.1.1.1",
        "traffictype": "Guest",
        "type": "Isolated",
        "isdefault": True,
    }


def snapshot(call: Call, record: Snapshot) -> dict[str, Any]:
    """Return SnapshotResponse."""
    source = call.world.store.volumes[record.volume_id]
    return {
        "id": record.id,
        "name": record.name,
        **owner(call, record.account_id),
        "volumeid": record.volume_id,
        "volumename": record.volume_name,
        "volumetype": str(source.type),
        "created": date(record.created_s),
        "state": record.state,
        "zoneid": record.zone_id,
        "virtualsize": record.size_bytes,
    }


def vm_snapshot(call: Call, record: VmSnapshot) -> dict[str, Any]:
    """Return VMSnapshotResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "virtualmachineid": record.vm_id,
        "state": record.state,
        "type": "DiskAndMemory" if record.memory else "Disk",
        "created": date(record.created_s),
        **owner(call, record.account_id),
    }


def account(call: Call, record: Account) -> dict[str, Any]:
    """Return AccountResponse, with what it owns and may own."""
    store = call.world.store
    domain = store.domains[record.domain_id]
    return {
        "id": record.id,
        "name": record.name,
        "accounttype": {"Admin": 1, "DomainAdmin": 2}.get(record.role, 0),
        "roletype": str(record.role),
        "domainid": domain.id,
        "domain": domain.name,
        "domainpath": domain.path,
        "state": "enabled" if record.enabled else "disabled",
        **_totals(call, record),
    }


def _totals(call: Call, record: Account) -> dict[str, Any]:
    owned = call.world.store.owned
    return {
        "volumetotal": owned[record.id, Resource.VOLUME],
        "vmtotal": owned[record.id, Resource.USER_VM],
        "primarystoragetotal": owned[record.id, Resource.PRIMARY_STORAGE] >> 30,
    }


def job(call: Call, record: Job) -> dict[str, Any]:
    """Return AsyncJobResponse, in the server's order of fields (ground truth 7)."""
    account = call.world.store.accounts[record.account_id]
    domain = call.world.store.domains[account.domain_id]
    body: dict[str, Any] = {
        "accountid": account.id,
        "account": account.name,
        "domainid": domain.id,
        "domainpath": domain.path,
        "userid": record.user_id,
        "cmd": record.command,
        "jobprocstatus": 0,
        "jobresultcode": 0,
    }
    if record.status == 2:
        body["jobresultcode"] = record.error[0] if record.error else 530
    result = record.result
    if record.status == 2 and record.error:
        result = {"errorcode": record.error[0], "errortext": record.error[1]}
    if result is not None:
        body |= {"jobresulttype": "object", "jobresult": result}
    if record.instance_type and record.instance_id:
        body |= {"jobinstancetype": record.instance_type, "jobinstanceid": record.instance_id}
    body["created"] = date(record.created_s)
    if record.completed_s is not None:
        body["completed"] = date(record.completed_s)
    return body | {"jobid": record.id, "jobstatus": record.status}

"""Records with sane defaults: one zone, one owner, KVM, everything fits."""

from typing import Any

from simulator.domain.inventory import DiskOffering, Hypervisor, Scope, StoragePool, Template
from simulator.domain.records import Account, Role, Snapshot, Vm, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState

GIB = 1 << 30
HERE, OWNER, VM_ID, POOL_ID = "zone-1", "account-1", "vm-1", "pool-1"


def account(**changes: Any) -> Account:
    """Return the owner of all the others, with *changes*."""
    return Account(OWNER, 3, "alice", "domain-1", Role.USER)._replace(**changes)


def volume(**changes: Any) -> Volume:
    """Return a loose, Ready DATADISK of 10 GiB, with *changes*."""
    base = Volume(
        id="volume-1",
        db_id=11,
        name="disk",
        account_id=OWNER,
        zone_id=HERE,
        type=VolumeType.DATADISK,
        state=VolumeState.READY,
        size_bytes=10 * GIB,
        pool_id=POOL_ID,
    )
    return base._replace(**changes)


def root(**changes: Any) -> Volume:
    """Return the ROOT of vm(), with *changes*."""
    base = volume(id="root-1", db_id=21, name="ROOT-7", vm_id=VM_ID, device_id=0)
    return base._replace(type=VolumeType.ROOT, template_id="template-1")._replace(**changes)


def data(device_id: int, **changes: Any) -> Volume:
    """Return the DATADISK of vm() at *device_id*, with *changes*."""
    base = volume(id=f"data-{device_id}", db_id=30 + device_id, name=f"DATA-{device_id}")
    return base._replace(vm_id=VM_ID, device_id=device_id)._replace(**changes)


def vm(**changes: Any) -> Vm:
    """Return a Stopped KVM user VM, with *changes*."""
    base = Vm(
        id=VM_ID,
        db_id=7,
        name="web",
        display_name="web",
        account_id=OWNER,
        zone_id=HERE,
        hypervisor=Hypervisor.KVM,
        state=VmState.STOPPED,
        service_offering_id="small",
        template_id="template-1",
        instance_name="i-2-7-VM",
        address="10.1.1.2",
        mac="02:00:00:00:00:01",
    )
    return base._replace(**changes)


def pool(**changes: Any) -> StoragePool:
    """Return an unmanaged cluster-wide NFS pool that is Up, with *changes*."""
    base = StoragePool(
        id=POOL_ID,
        db_id=1,
        name="nfs-1",
        zone_id=HERE,
        pod_id="pod-1",
        cluster_id="cluster-1",
        host_id=None,
        scope=Scope.CLUSTER,
        kind="NetworkFilesystem",
        hypervisor=Hypervisor.KVM,
        managed=False,
        capacity_bytes=1000 * GIB,
    )
    return base._replace(**changes)


def offering(**changes: Any) -> DiskOffering:
    """Return a shared, unencrypted disk offering of 10 GiB, with *changes*."""
    return DiskOffering("offering-1", 3, "Medium", 10)._replace(**changes)


def template(**changes: Any) -> Template:
    """Return a KVM template, with *changes*."""
    base = Template("template-1", 5, "CentOS", Hypervisor.KVM, 2 * GIB, OWNER, "QCOW2")
    return base._replace(**changes)


def snapshot(**changes: Any) -> Snapshot:
    """Return a snapshot of volume(), with *changes*."""
    base = Snapshot(
        id="snapshot-1",
        db_id=9,
        name="snap",
        account_id=OWNER,
        zone_id=HERE,
        volume_id="volume-1",
        volume_name="disk",
        state="BackedUp",
        size_bytes=10 * GIB,
        template_id=None,
        disk_offering_id="offering-1",
        service_offering_id=None,
        created_s=0.0,
    )
    return base._replace(**changes)

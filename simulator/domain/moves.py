"""migrateVirtualMachine, findHostsForMigration, updateHost: VMs that go elsewhere."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect, Quirk
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Hypervisor, StoragePool
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK


class MigrateVm(NamedTuple):
    """A VM that shall run on another host or live on another storage.

    *pool* is the storage asked for; without one the VM goes to *host*, which the planner chose
    where *choose* and nobody named one (None: it has none). *local* is whether a volume is tied to
    a host; of the host, *crowded* is whether it has all the guests it may have, *apart* whether it
    cannot reach the volumes, *roomy* whether it has memory for the VM. *kin* is the hypervisor of
    the pool, *same_zone* whether it is near; *held* is a volume that managed storage keeps,
    *unready* one that is not Ready.
    """

    dialect: Dialect
    vm: Vm
    host: Host | None
    pool: StoragePool | None
    choose: bool = True
    local: bool = False
    crowded: bool = False
    snapshotting: bool = False
    apart: bool = False
    roomy: bool = True
    vm_snapshots: bool = False
    data_disks: int = 0
    kin: Hypervisor = Hypervisor.KVM
    same_zone: bool = True
    held: Volume | None = None
    unready: Volume | None = None

    @property
    def up(self) -> bool:
        """Whether the host takes VMs."""
        return self.host is None or (self.host.state == "Up" and self.host.enabled)

    @property
    def resource_state(self) -> str:
        """The state of the host as administrators set it."""
        return "Enabled" if self.host is None or self.host.enabled else "Disabled"


class FindHosts(NamedTuple):
    """A VM that hosts are looked for; *stuck* is whether local storage ties it to its own."""

    dialect: Dialect
    vm: Vm
    stuck: bool = False


class UpdateHost(NamedTuple):
    """A host that shall take new VMs or none; *allocation* is lower case, None leaves it."""

    dialect: Dialect
    host: Host
    allocation: str | None


_ALIVE = frozenset(Hypervisor) - {Hypervisor.BAREMETAL, Hypervisor.EXTERNAL, Hypervisor.NONE}
_MANY_DISKS = frozenset({Hypervisor.KVM, Hypervisor.VMWARE})
_SUPPORTED = "we support XenServer/VMware/KVM/Ovm/Hyperv/Ovm3 only"

# fmt: off
MIGRATE_VM: Table[MigrateVm] = Table("migrateVirtualMachine", (
    Rule("MVM-01", "a VM goes to a host or to a storage, not to both",
         lambda m: m.host is None or m.pool is None, J, Kind.PARAM,
         "Only one of hostId and storageId can be specified", "4.3"),
    Rule("MVM-09", "a VM to migrate is no external one",
         lambda m: m.vm.hypervisor is not Hypervisor.EXTERNAL, J, Kind.PARAM,
         "Migrate VM instance operation is not allowed for External hypervisor type", "4.3"),
    Rule("MVM-10", "somebody says where a VM goes",
         lambda m: m.choose or m.host is not None or m.pool is not None, J, Kind.PARAM,
         "Please specify a host or storage as destination, or pass 'autoselect=true' to "
         "automatically select a destination host which do not require storage migration", "4.3"),
    Rule("MVM-02", "a VM that goes to another host runs",
         lambda m: m.pool is not None or m.vm.state is VmState.RUNNING, J, Kind.PARAM,
         "VM is not Running, unable to migrate the vm with specified id", "4.3"),
    Rule("MVM-11", "the hypervisor can migrate VMs that run",
         lambda m: m.pool is not None or m.vm.hypervisor in _ALIVE, J, Kind.PARAM,
         f"Unsupported Hypervisor Type for VM migration, {_SUPPORTED}", "4.3"),
    Rule("MVM-12", "a VM that is migrated while it runs is no container",
         lambda m: m.pool is not None or m.vm.hypervisor is not Hypervisor.LXC, J, Kind.PARAM,
         f"Unsupported Hypervisor Type for User VM migration, {_SUPPORTED}", "4.3"),
    Rule("MVM-13", "a VM that goes to another host has no volume on local storage",
         lambda m: m.pool is not None or not m.local, J, Kind.PARAM,
         "Unsupported operation, VM uses Local storage, cannot migrate", "4.3", "SPEC-14"),
    Rule("MVM-06", "some other host takes the VM",
         lambda m: m.host is not None or m.pool is not None, J, Kind.RUNTIME,
         "Unable to find suitable destination to migrate VM {c.vm.instance_name}", "4.3",
         "SPEC-14"),
    Rule("MVM-04", "a VM goes to another host than its own",
         lambda m: m.host is None or m.host.id != m.vm.host_id, J, Kind.PARAM,
         "Cannot migrate VM, VM is already present on this host, please specify valid destination "
         "host to migrate the VM", "4.3"),
    Rule("MVM-14", "the host a VM goes to is up and enabled",
         lambda m: m.up, J, Kind.PARAM,
         "Cannot migrate VM, destination host is not in correct state, has status: {c.host.state}, "
         "state: {c.resource_state}", "4.3"),
    Rule("MVM-15", "the host a VM goes to may have one more",
         lambda m: m.host is None or not m.crowded, J, Kind.INTERNAL,
         "Destination host: {c.host.text} already has max Running VMs(count includes system VMs), "
         "cannot migrate to this host", "4.3"),
    Rule("MVM-16", "no snapshot of a volume of a VM that goes to another host is being taken",
         lambda m: m.host is None or not m.snapshotting, J, Kind.RUNTIME,
         "There is/are unbacked up snapshot(s) on volume(s) attached to this VM, VM Migration is "
         "not permitted, please try again later.", "4.3"),
    Rule("MVM-03", "a VM that goes to another storage is Stopped",
         lambda m: m.pool is None or m.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "VM is not Stopped, unable to migrate the vm having the specified id", "4.3"),
    Rule("MVM-17", "the hypervisor can migrate a VM with data disks to another storage",
         lambda m: m.pool is None or m.data_disks == 0 or m.vm.hypervisor in _MANY_DISKS, J,
         Kind.PARAM,
         "Data disks attached to the vm, can not migrate. Need to detach data disks first", "4.3"),
    Rule("MVM-05", "a VM that goes to another storage has no VM snapshots",
         lambda m: m.pool is None or not m.vm_snapshots, J, Kind.PARAM,
         "VM's disk cannot be migrated, please remove all the VM Snapshots for this VM", "4.3"),
    Rule("MVM-18", "the storage a VM goes to is its hypervisor's",
         lambda m: m.pool is None or m.kin in {m.vm.hypervisor, Hypervisor.ANY}, J, Kind.PARAM,
         "hypervisor is not compatible: dest: {c.kin}, vm: {c.vm.hypervisor}", "4.3", "SPEC-14"),
    Rule("MVM-19", "the host a VM goes to reaches its volumes",
         lambda m: m.host is None or not m.apart, W, Kind.RUNTIME,
         "Source and destination host are not in same cluster and all volumes are not on zone wide "
         "primary store, unable to migrate to host: {c.host.text}", "5.2", "SPEC-14"),
    Rule("MVM-07", "a VM that goes to another host still runs",
         lambda m: m.pool is not None or m.vm.state is VmState.RUNNING, W, Kind.RUNTIME,
         "VM is not Running, unable to migrate the vm currently {c.vm.text} , current state: "
         "{c.vm.state}", "5.2"),
    Rule("MVM-20", "the host a VM goes to has room for it",
         lambda m: m.host is None or m.roomy, W, Kind.RUNTIME,
         "Migration cancelled because Host does not have enough capacity for vm {c.vm.text}",
         "5.2", "SPEC-14"),
    Rule("MVM-21", "a VM leaves no managed storage",
         lambda m: m.pool is None or m.held is None, W, Kind.RUNTIME,
         "Currently, a volume on managed storage can only be 'migrated' to itself "
         "[volumeId={c.held.id}, currentStoragePoolId={c.held.pool_id}, "
         "targetStoragePoolId={c.pool.id}].", "5.2"),
    Rule("MVM-08", "a VM that goes to another storage is still Stopped",
         lambda m: m.pool is None or m.vm.state is VmState.STOPPED, W, Kind.RUNTIME,
         "Unable to migrate vm: {c.vm.id}", "5.2"),
    Rule("MVM-22", "the volumes of a VM that goes to another storage are Ready",
         lambda m: m.pool is None or m.unready is None, W, Kind.RUNTIME,
         "Volume [{c.unready.plain}] is in [{c.unready.state}] state.", "5.2"),
    Rule("MVM-23", "the storage a VM goes to is in its zone",
         lambda m: m.pool is None or m.same_zone, W, Kind.RUNTIME,
         "Failed to migrate VM: {c.vm.id}", "5.2", "SPEC-14", unless=Quirk.STORAGE_OF_ANY_ZONE),
))

FIND_HOSTS: Table[FindHosts] = Table("findHostsForMigration", (
    Rule("FHM-01", "a VM that hosts are looked for runs",
         lambda f: f.vm.state is VmState.RUNNING, R, Kind.PARAM,
         "VM is not Running, cannot migrate the vm with specified id", "4.3",
         ids="{c.vm.id} vmId"),
    Rule("FHM-02", "the hypervisor can migrate VMs that run",
         lambda f: f.vm.hypervisor in _ALIVE, R, Kind.PARAM,
         f"Unsupported Hypervisor Type for VM migration, {_SUPPORTED}", "4.3"),
    Rule("FHM-03", "a VM that hosts are looked for is no container",
         lambda f: f.vm.hypervisor is not Hypervisor.LXC, R, Kind.PARAM,
         f"Unsupported Hypervisor Type for User VM migration, {_SUPPORTED}", "4.3"),
    Rule("FHM-04", "local storage does not tie a VM that hosts are looked for",
         lambda f: not f.stuck, R, Kind.PARAM,
         "Unsupported operation, VM uses Local storage, cannot migrate", "4.3"),
))

UPDATE_HOST: Table[UpdateHost] = Table("updateHost", (
    Rule("UPH-01", "a host is enabled or disabled",
         lambda u: u.allocation in {None, "enable", "disable"}, R, Kind.PARAM,
         "Invalid allocation state {c.allocation}: Enable or Disable", "4.3"),
))
# fmt: on

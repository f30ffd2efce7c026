"""migrateVirtualMachine, updateHost: VMs that go elsewhere."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, StoragePool
from simulator.domain.records import Vm
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK


class MigrateVm(NamedTuple):
    """A VM that shall run on another host or live on another storage.

    *pool* is the storage asked for; without one the VM goes to *host*, which is *fit* where the
    VM can run on it, None where none was found.
    """

    dialect: Dialect
    vm: Vm
    host: Host | None
    pool: StoragePool | None
    ways: int = 1
    fit: bool = True
    vm_snapshots: bool = False

    @property
    def host_name(self) -> str:
        """The host asked for, or that there is none."""
        return self.host.name if self.host else "null"


class UpdateHost(NamedTuple):
    """A host that shall take new VMs or none; *allocation* is lower case, None leaves it."""

    dialect: Dialect
    host: Host
    allocation: str | None


_RUNS = "VM is not Running, unable to migrate the vm {c.vm.text}"

# fmt: off
MIGRATE_VM: Table[MigrateVm] = Table("migrateVirtualMachine", (
    Rule("MVM-01", "either a host or a storage to migrate to is given",
         lambda m: m.ways == 1, J, Kind.PARAM,
         "Either hostId or storageId must be specified", "4.3"),
    Rule("MVM-02", "a VM that goes to another host runs",
         lambda m: m.pool is not None or m.vm.state is VmState.RUNNING, J, Kind.PARAM,
         _RUNS, "4.3"),
    Rule("MVM-03", "a VM that goes to another storage is Stopped",
         lambda m: m.pool is None or m.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "VM is not Stopped, unable to migrate the vm {c.vm.text}", "4.3"),
    Rule("MVM-04", "a VM goes to another host than its own",
         lambda m: m.host is None or m.host.id != m.vm.host_id, J, Kind.PARAM,
         "Cannot migrate VM, VM is already present on this host, please specify valid destination "
         "host to migrate the VM", "4.3"),
    Rule("MVM-05", "a VM that goes to another storage has no VM snapshots",
         lambda m: m.pool is None or not m.vm_snapshots, J, Kind.PARAM,
         "VM's disk cannot be migrated, please remove all the VM Snapshots for this VM", "4.3"),
    Rule("MVM-06", "the VM can run on the host, or live on the storage, it goes to",
         lambda m: m.fit, J, Kind.PARAM,
         "Cannot migrate VM {c.vm.id} there: host {c.host_name} or its storage cannot take it",
         "4.3", "SPEC-14"),
    Rule("MVM-07", "a VM that goes to another host still runs",
         lambda m: m.pool is not None or m.vm.state is VmState.RUNNING, W, Kind.RUNTIME, _RUNS,
         "5.2"),
    Rule("MVM-08", "a VM that goes to another storage is still Stopped",
         lambda m: m.pool is None or m.vm.state is VmState.STOPPED, W, Kind.RUNTIME,
         "VM is not Stopped, unable to migrate the vm {c.vm.text}", "5.2"),
))

UPDATE_HOST: Table[UpdateHost] = Table("updateHost", (
    Rule("UPH-01", "a host is enabled or disabled",
         lambda u: u.allocation in {None, "enable", "disable"}, R, Kind.PARAM,
         "Invalid allocation state {c.allocation}: Enable or Disable", "4.3"),
))
# fmt: on

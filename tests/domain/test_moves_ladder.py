"""migrateVirtualMachine to updateHost, offerings refuse by their first broken row."""

from typing import Any

from builders import pool, root, vm
from ladder import Break, Ladder

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Host, Hypervisor
from simulator.domain.moves import (
    FIND_HOSTS,
    MIGRATE_VM,
    UPDATE_HOST,
    FindHosts,
    MigrateVm,
    UpdateHost,
)
from simulator.domain.networks import ISOLATED, SHARED, NetworkOffering
from simulator.domain.offerings import (
    DELETE_NETWORK_OFFERING,
    OFFER_DISK,
    OFFER_NETWORK,
    UPDATE_NETWORK_OFFERING,
    OfferDisk,
    OfferNetwork,
    OnNetworkOffering,
)
from simulator.domain.rules import Phase
from simulator.domain.states import VmState

R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK
PARAM = Kind.PARAM
HOST = Host("host-2", 2, "h2", "zone-1", "pod-1", "cluster-1", Hypervisor.KVM, "10", "", 8, 2000, 9)


def to_host(dialect: Dialect) -> MigrateVm:
    """Return a running VM that shall go to another host."""
    return MigrateVm(dialect, vm(state=VmState.RUNNING, host_id="host-1"), HOST, None)


def to_storage(dialect: Dialect) -> MigrateVm:
    """Return a stopped VM that shall go to another storage."""
    return MigrateVm(dialect, vm(), None, pool())


def with_vm(case: MigrateVm, **changes: Any) -> MigrateVm:
    """Return a case with another VM."""
    return case._replace(vm=case.vm._replace(**changes))


def to_pool(case: MigrateVm) -> MigrateVm:
    """Return a case of a stopped VM that goes to a storage."""
    return with_vm(case._replace(host=None, pool=ROOT), state=VmState.STOPPED)


PLAN = NetworkOffering("plan-1", 1, "n", "n", ISOLATED, ("Dhcp",), default=False)
# fmt: off
ROOT = pool()
MIGRATE_BREAKS: dict[str, Break[MigrateVm]] = {
    "MVM-01": Break(J, PARAM, lambda m: m._replace(host=HOST, pool=ROOT)),
    "MVM-09": Break(J, PARAM, lambda m: with_vm(m, hypervisor=Hypervisor.EXTERNAL)),
    "MVM-10": Break(J, PARAM, lambda m: m._replace(host=None, pool=None, choose=False)),
    "MVM-02": Break(J, PARAM, lambda m: with_vm(m._replace(pool=None), state=VmState.STOPPED)),
    "MVM-11": Break(J, PARAM, lambda m: with_vm(
        m._replace(pool=None), hypervisor=Hypervisor.BAREMETAL)),
    "MVM-12": Break(J, PARAM, lambda m: with_vm(m._replace(pool=None), hypervisor=Hypervisor.LXC)),
    "MVM-13": Break(J, PARAM, lambda m: m._replace(pool=None, local=True)),
    "MVM-06": Break(J, Kind.RUNTIME, lambda m: m._replace(host=None, pool=None)),
    "MVM-04": Break(J, PARAM, lambda m: with_vm(m._replace(host=m.host or HOST), host_id=HOST.id)),
    "MVM-14": Break(J, PARAM, lambda m: m._replace(host=HOST._replace(enabled=False))),
    "MVM-15": Break(J, Kind.INTERNAL, lambda m: m._replace(host=m.host or HOST, crowded=True)),
    "MVM-16": Break(J, Kind.RUNTIME, lambda m: m._replace(pool=None, snapshotting=True)),
    "MVM-03": Break(J, PARAM, lambda m: with_vm(to_pool(m), state=VmState.RUNNING)),
    "MVM-17": Break(J, PARAM, lambda m: with_vm(
        to_pool(m)._replace(data_disks=1), hypervisor=Hypervisor.XENSERVER)),
    "MVM-05": Break(J, PARAM, lambda m: to_pool(m)._replace(vm_snapshots=True)),
    "MVM-18": Break(J, PARAM, lambda m: to_pool(m)._replace(kin=Hypervisor.VMWARE)),
    "MVM-19": Break(W, Kind.RUNTIME, lambda m: m._replace(pool=None, apart=True)),
    "MVM-07": Break(W, Kind.RUNTIME, lambda m: with_vm(
        m._replace(pool=None), state=VmState.STOPPED)),
    "MVM-20": Break(W, Kind.RUNTIME, lambda m: m._replace(roomy=False)),
    "MVM-21": Break(W, Kind.RUNTIME, lambda m: to_pool(m)._replace(held=root())),
    "MVM-08": Break(W, Kind.RUNTIME, lambda m: with_vm(to_pool(m), state=VmState.RUNNING)),
    "MVM-22": Break(W, Kind.RUNTIME, lambda m: to_pool(m)._replace(unready=root())),
    "MVM-23": Break(W, Kind.RUNTIME, lambda m: to_pool(m)._replace(same_zone=False), (SPEC,)),
}
DISK_BREAKS: dict[str, Break[OfferDisk]] = {
    "DOF-02": Break(R, PARAM, lambda o: o._replace(custom=True, size_gib=o.size_gib or 5)),
    "DOF-03": Break(R, PARAM, lambda o: o._replace(size_gib=None)),
    "DOF-05": Break(R, PARAM, lambda o: o._replace(storage="tape")),
    "DOF-04": Break(R, PARAM, lambda o: o._replace(size_gib=0)),
    "DOF-06": Break(R, PARAM, lambda o: o._replace(size_gib=1025)),
    "DOF-07": Break(R, PARAM, lambda o: o._replace(custom_iops=False, wanted_iops=(0, 5))),
    "DOF-08": Break(R, PARAM, lambda o: o._replace(custom_iops=False, wanted_iops=(6, 5))),
}
NETWORK_BREAKS: dict[str, Break[OfferNetwork]] = {
    "NOF-01": Break(R, PARAM, lambda o: o._replace(kind="L3")),
    "NOF-02": Break(R, PARAM, lambda o: o._replace(services=("Dhcp", "Tea"))),
    "NOF-06": Break(R, PARAM, lambda o: o._replace(providers=("Nobody",))),
    "NOF-04": Break(R, PARAM, lambda o: o._replace(
        kind=ISOLATED, ranges=True, services=(*o.services, "SourceNat"))),
    "NOF-05": Break(R, PARAM, lambda o: o._replace(kind=SHARED, ranges=False)),
    "NOF-03": Break(R, Kind.UNCAUGHT, lambda o: o._replace(name_free=False)),
}
UPDATE_BREAKS: dict[str, Break[OnNetworkOffering]] = {
    "UNO-01": Break(R, PARAM, lambda o: o._replace(state="tired")),
}
DELETE_BREAKS: dict[str, Break[OnNetworkOffering]] = {
    "DNO-01": Break(R, PARAM, lambda o: o._replace(offering=o.offering._replace(default=True))),
    "DNO-02": Break(R, PARAM, lambda o: o._replace(networks=1)),
}
FIND_BREAKS: dict[str, Break[FindHosts]] = {
    "FHM-01": Break(R, PARAM, lambda f: f._replace(vm=f.vm._replace(state=VmState.STOPPED))),
    "FHM-02": Break(R, PARAM, lambda f: f._replace(vm=f.vm._replace(
        hypervisor=Hypervisor.BAREMETAL))),
    "FHM-03": Break(R, PARAM, lambda f: f._replace(vm=f.vm._replace(hypervisor=Hypervisor.LXC))),
    "FHM-04": Break(R, PARAM, lambda f: f._replace(stuck=True)),
}
HOST_BREAKS: dict[str, Break[UpdateHost]] = {
    "UPH-01": Break(R, PARAM, lambda u: u._replace(allocation="tired")),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        MIGRATE_VM,
        (to_host, to_storage),
        MIGRATE_BREAKS,
        {
            ("MVM-06", "MVM-04"): "there is a host or there is none",
            ("MVM-11", "MVM-12"): "a VM has one hypervisor",
            ("MVM-16", "MVM-03"): "a storage is asked for or it is not",
            ("MVM-20", "MVM-21"): "a storage is asked for or it is not",
        },
    ),
    Ladder(
        OFFER_DISK,
        (
            lambda d: OfferDisk(d, 5, False, 1024),
            lambda d: OfferDisk(d, None, True, 1024),
            lambda d: OfferDisk(d, 5, False, 1024, custom_iops=False),
            lambda d: OfferDisk(d, 5, False, 1024, custom_iops=False, wanted_iops=(5, 5)),
            lambda d: OfferDisk(d, 5, False, 1024, custom_iops=True, wanted_iops=(6, 5)),
        ),
        DISK_BREAKS,
        {
            ("DOF-02", "DOF-03"): "a size is given or it is not",
            ("DOF-04", "DOF-06"): "a size is too small or too large",
            ("DOF-07", "DOF-08"): "the least iops are given or they are not",
        },
    ),
    Ladder(
        OFFER_NETWORK,
        (lambda d: OfferNetwork(d, ISOLATED, ("Dhcp",), True),),
        NETWORK_BREAKS,
        {("NOF-04", "NOF-05"): "an offering is of isolated networks or of shared ones"},
    ),
    Ladder(
        UPDATE_NETWORK_OFFERING,
        (lambda d: OnNetworkOffering(d, PLAN), lambda d: OnNetworkOffering(d, PLAN, "enabled")),
        UPDATE_BREAKS,
    ),
    Ladder(DELETE_NETWORK_OFFERING, (lambda d: OnNetworkOffering(d, PLAN),), DELETE_BREAKS),
    Ladder(
        FIND_HOSTS,
        (lambda d: FindHosts(d, vm(state=VmState.RUNNING)),),
        FIND_BREAKS,
        {("FHM-02", "FHM-03"): "a VM has one hypervisor"},
    ),
    Ladder(UPDATE_HOST, (lambda d: UpdateHost(d, HOST, "disable"),), HOST_BREAKS),
)

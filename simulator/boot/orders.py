"""What the VMs of a plan ask for: everything they name, found, or a fault."""

from typing import NamedTuple

from simulator.boot.build import Build, numbered
from simulator.boot.lines import Path
from simulator.boot.plan import GIB, DataDiskPlan, VmPlan, VolumePlan
from simulator.domain.inventory import DiskOffering, Host, ServiceOffering, Template, Zone
from simulator.domain.records import Account


class Disk(NamedTuple):
    """One data disk to be."""

    name: str | None
    offering: DiskOffering
    size_bytes: int


class Order(NamedTuple):
    """VMs to be, with everything they name found."""

    account: Account
    zone: Zone
    offering: ServiceOffering
    template: Template
    hosts: list[Host]
    disks: list[Disk]
    state: str


def order(build: Build, plan: VmPlan, path: Path) -> Order | None:
    """Return what *plan* asks for, None where it names what there is not."""
    store, before = build.store, len(build.faults.found)
    account = build.find("account", plan.account, store.accounts, (*path, "account"))
    zone = cluster = template = offering = None
    if plan.zone is not None:
        zone = build.find("zone", plan.zone, store.zones, (*path, "zone"))
    if plan.cluster is not None:
        cluster = build.find("cluster", plan.cluster, store.clusters, (*path, "cluster"))
    if plan.template is not None:
        template = build.find("template", plan.template, store.templates, (*path, "template"))
    if plan.offering is not None:
        where = (*path, "offering")
        offering = build.find("service offering", plan.offering, store.service_offerings, where)
    disks = _disks(build, plan.disks, path)
    if account is None or len(build.faults.found) > before:
        return None
    hosts = [
        h
        for h in store.hosts.values()
        if (zone is None or h.zone_id == zone.id)
        and (cluster is None or h.cluster_id == cluster.id)
        and (template is None or h.hypervisor is template.hypervisor)
    ]
    template = template or _template_for(build, hosts)
    offering = offering or next(iter(store.service_offerings.values()), None)
    if not hosts or template is None or offering is None:
        build.faults.add(path, _nowhere(plan, template))
        return None
    first = next(h for h in hosts if h.hypervisor is template.hypervisor)
    hosts = [h for h in hosts if (h.zone_id, h.hypervisor) == (first.zone_id, first.hypervisor)]
    home = store.zones[first.zone_id]
    return Order(account, home, offering, template, hosts, disks, plan.state)


def _template_for(build: Build, hosts: list[Host]) -> Template | None:
    """Return the first template that one of *hosts* can run, by the first such host."""
    kinds = {host.hypervisor: None for host in hosts}
    templates = build.store.templates.values()
    found = (t for kind in kinds for t in templates if t.hypervisor is kind and t.kind != "SYSTEM")
    return next(found, None)


def _nowhere(plan: VmPlan, template: Template | None) -> str:
    where = f"cluster {plan.cluster!r}" if plan.cluster else f"zone {plan.zone!r}"
    where = where if plan.cluster or plan.zone else "this cloud"
    if template is not None:
        return f"no host of {where} runs {template.hypervisor}, as template {template.name!r} asks"
    return f"{where} has no host, template or service offering for a VM"


def _disks(build: Build, plans: tuple[DataDiskPlan, ...], path: Path) -> list[Disk]:
    found: list[Disk] = []
    for n, plan in enumerate(plans):
        made = disk(build, plan, (*path, "disks", n))
        if made is not None:
            names = [plan.name and numbered(plan.name, plan.count, m) for m in range(plan.count)]
            found += [made._replace(name=name) for name in names]
    return found


def disk(build: Build, plan: DataDiskPlan | VolumePlan, path: Path) -> Disk | None:
    """Return the disk that *plan* asks for, without its name; None where there is no such."""
    where = (*path, "offering")
    offering = build.find("disk offering", plan.offering, build.store.disk_offerings, where)
    if offering is None:
        return None
    if offering.custom != (plan.size is not None):
        words = "leaves the size open" if offering.custom else f"fixes {offering.size_gib} GiB"
        build.faults.add((*path, "size"), f"disk offering {offering.name!r} {words}")
        return None
    return Disk(None, offering, plan.size or offering.size_gib * GIB)

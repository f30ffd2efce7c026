"""Offerings and templates of a plan."""

from simulator.boot.build import Build
from simulator.boot.plan import GIB, CloudPlan, TemplatePlan
from simulator.domain.inventory import (
    FORMATS,
    DiskOffering,
    Hypervisor,
    ServiceOffering,
    Template,
)


def build_catalogue(build: Build, plan: CloudPlan, account_id: str) -> None:
    """Add what VMs and volumes are made from; *account_id* owns it."""
    store = build.store
    for n, service in enumerate(plan.service_offerings):
        compute = ServiceOffering(
            store.new_id(),
            store.new_row(),
            service.name,
            service.cores,
            service.mhz,
            service.memory >> 20,
            service.local,
            frozenset(service.tags),
            store.new_id(),
        )
        store.service_offerings[compute.id] = compute
        path = ("service_offerings", n, "name")
        build.claim("service offering", service.name, compute.id, path)
    for n, disk in enumerate(plan.disk_offerings):
        if (disk.size or 0) % GIB:
            build.faults.add(("disk_offerings", n, "size"), "an offering's size is in whole GiB")
        made = DiskOffering(
            store.new_id(),
            store.new_row(),
            disk.name,
            (disk.size or 0) // GIB,
            disk.size is None,
            disk.local,
            disk.encrypted,
            frozenset(disk.tags),
        )
        store.disk_offerings[made.id] = made
        build.claim("disk offering", disk.name, made.id, ("disk_offerings", n, "name"))
    for n, template in enumerate(plan.templates):
        _templates(build, template, account_id, n)


def _templates(build: Build, plan: TemplatePlan, account_id: str, number: int) -> None:
    hypervisors = sorted({cluster.hypervisor for cluster in build.store.clusters.values()})
    if plan.hypervisor is not None:
        wanted = Hypervisor(plan.hypervisor)
        if wanted not in hypervisors:
            path = ("templates", number, "hypervisor")
            build.faults.add(path, f"no cluster of this cloud runs {wanted}")
        hypervisors = [wanted]
    for hypervisor in hypervisors:
        name = plan.name if plan.hypervisor else f"{plan.name} ({hypervisor})"
        template = Template(
            build.store.new_id(),
            build.store.new_row(),
            name,
            hypervisor,
            plan.size,
            account_id,
            plan.format or FORMATS.get(hypervisor, "RAW"),
            featured=plan.featured,
            public=plan.public,
        )
        build.store.templates[template.id] = template
        build.claim("template", name, template.id, ("templates", number, "name"))

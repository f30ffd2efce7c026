"""Compute offerings and disk offerings as CloudStack's JSON."""

from simulator.api.command import Call
from simulator.api.dates import date
from simulator.api.rows import present
from simulator.api.shape import Row
from simulator.domain.inventory import DiskOffering, ServiceOffering


def service_offering(_: Call, record: ServiceOffering) -> Row:
    """Return ServiceOfferingResponse."""
    traits = record.traits
    body = {
        "id": record.id,
        "name": record.name,
        "state": "Inactive" if record.inactive else "Active",
        "displaytext": record.said or record.name,
        "cpunumber": record.cpu_count or None if record.dynamic else record.cpu_count,
        "cpuspeed": record.cpu_mhz or None if record.dynamic else record.cpu_mhz,
        "memory": record.memory_mib or None if record.dynamic else record.memory_mib,
        "created": date(0),
        "storagetype": "local" if record.local else "shared",
        "storagetags": ",".join(sorted(record.tags)) or None,
        "provisioningtype": "thin",
        "offerha": traits.offers_ha,
        "limitcpuuse": traits.limits_cpu,
        "isvolatile": traits.volatile,
        "hosttags": traits.host_tags or None,
        "issystem": record.system,
        "defaultuse": traits.default_use,
        "systemvmtype": traits.kind or None,
        "networkrate": traits.rate_mbps,
        "deploymentplanner": traits.planner or None,
        "serviceofferingdetails": dict(traits.details) | _bounds(record) or None,
        "iscustomized": record.dynamic,
        "rootdisksize": record.root_gib,
        "dynamicscalingenabled": record.scalable,
        "diskofferingstrictness": False,
        "diskofferingid": record.disk_id,
        "diskofferingname": record.name,
        "diskofferingdisplaytext": record.said or record.name,
        "encryptroot": traits.encrypts_root,
        "hasannotations": False,
    }
    return present(body)


def _bounds(record: ServiceOffering) -> Row:
    """Return the bounds of a customized offering, as text; {} where it has none."""
    if not record.least_cpu:
        return {}
    bounds = {
        "mincpunumber": record.least_cpu,
        "maxcpunumber": record.most_cpu,
        "minmemory": record.least_mib,
        "maxmemory": record.most_mib,
    }
    return {name: str(value) for name, value in bounds.items()}


def disk_offering(call: Call, record: DiskOffering) -> Row:
    """Return DiskOfferingResponse."""
    store = call.world.store
    domains = [store.domains[i] for i in sorted(record.domain_ids)]
    zones = [store.zones[i] for i in sorted(record.zone_ids)]
    body = {
        "id": record.id,
        "name": record.name,
        "state": "Inactive" if record.inactive else "Active",
        "displaytext": record.text,
        "disksize": record.size_gib,
        "created": date(0),
        "iscustomized": record.custom,
        "tags": ",".join(sorted(record.tags)) or None,
        "storagetype": "local" if record.local else "shared",
        "provisioningtype": "thin",
        "miniops": record.min_iops,
        "maxiops": record.max_iops,
        "iscustomizediops": record.custom_iops or None,
        "displayoffering": True,
        "domainid": ",".join(d.id for d in domains) or None,
        "domain": ",".join(d.path for d in domains) or None,
        "zoneid": ",".join(z.id for z in zones) or None,
        "zone": ",".join(z.name for z in zones) or None,
        "disksizestrictness": record.strict,
        "encrypt": record.encrypted,
        "hasannotations": False,
    }
    return present(body)

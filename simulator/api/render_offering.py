"""Compute offerings and disk offerings as CloudStack's JSON."""

from simulator.api.render import NOT_ANNOTATED, Seen
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    integer,
    long,
    mapping,
    text,
)
from simulator.domain.inventory import DiskOffering, ServiceOffering, Zone
from simulator.domain.records import Domain


def _size(offering: ServiceOffering, amount: int) -> int | None:
    """Return an amount, of which a customized offering may have none."""
    return amount or None if offering.dynamic else amount


def _bounds(offering: ServiceOffering) -> Row:
    """Return the bounds of a customized offering, as text; {} where it has none."""
    if not offering.least_cpu:
        return {}
    bounds = {
        "mincpunumber": offering.least_cpu,
        "maxcpunumber": offering.most_cpu,
        "minmemory": offering.least_mib,
        "maxmemory": offering.most_mib,
    }
    return {name: str(value) for name, value in bounds.items()}


SERVICE_OFFERING = Shape[ServiceOffering](
    "serviceoffering",
    text("id", "id", lambda o: o.id),
    text("name", "name", lambda o: o.name),
    text("state", "state", lambda o: "Inactive" if o.inactive else "Active"),
    text("displaytext", "description", lambda o: o.said or o.name),
    integer("cpunumber", "number of CPU cores", lambda o: _size(o, o.cpu_count)),
    integer("cpuspeed", "speed of a core in MHz", lambda o: _size(o, o.cpu_mhz)),
    integer("memory", "memory in MiB", lambda o: _size(o, o.memory_mib)),
    date("created", "when it was created", lambda _: 0),
    text("storagetype", "shared or local", lambda o: "local" if o.local else "shared"),
    text("storagetags", "tags that pools must have, a comma list",
         lambda o: ",".join(sorted(o.tags)) or None),
    text("provisioningtype", "how storage is provisioned", Always("thin")),
    boolean("offerha", "whether VMs are restarted where their host fails",
            lambda o: o.traits.offers_ha),
    boolean("limitcpuuse", "whether CPU use is capped", lambda o: o.traits.limits_cpu),
    boolean("isvolatile", "whether VMs get a new ROOT at each reboot",
            lambda o: o.traits.volatile),
    text("hosttags", "tags of hosts, a comma list", lambda o: o.traits.host_tags or None),
    boolean("issystem", "whether it is the system's own", lambda o: o.system),
    boolean("defaultuse", "whether this is the default offering for system VMs",
            lambda o: o.traits.default_use),
    text("systemvmtype", "type of the system VM", lambda o: o.traits.kind or None),
    integer("networkrate", "traffic a nic is given in Mbit/s", lambda o: o.traits.rate_mbps),
    text("deploymentplanner", "what chooses the hosts of VMs", lambda o: o.traits.planner or None),
    mapping("serviceofferingdetails", "details, and bounds of a customized offering",
            lambda o: dict(o.traits.details) | _bounds(o) or None),
    boolean("iscustomized", "whether the size is the caller's to choose", lambda o: o.dynamic),
    long("rootdisksize", "size of the ROOT disk in GiB, 0 for the template's",
         lambda o: o.root_gib),
    boolean("dynamicscalingenabled", "whether running VMs can be scaled", lambda o: o.scalable),
    boolean("diskofferingstrictness", "whether the disk offering is bound to the compute offering",
            Always(False)),
    text("diskofferingid", "id of the disk offering", lambda o: o.disk_id),
    text("diskofferingname", "name of the disk offering", lambda o: o.name),
    text("diskofferingdisplaytext", "description of the disk offering", lambda o: o.said or o.name),
    boolean("encryptroot", "whether the ROOT disk is encrypted", lambda o: o.traits.encrypts_root),
    *NOT_ANNOTATED,
)  # fmt: skip


def _domains(offering: Seen[DiskOffering]) -> list[Domain]:
    store = offering.call.world.store
    return [store.domains[i] for i in sorted(offering.record.domain_ids)]


def _zones(offering: Seen[DiskOffering]) -> list[Zone]:
    store = offering.call.world.store
    return [store.zones[i] for i in sorted(offering.record.zone_ids)]


_PUBLIC_TO: Parts[Seen[DiskOffering]] = (
    text("domainid", "ids of the domains it is for",
         lambda s: ",".join(d.id for d in _domains(s)) or None),
    text("domain", "paths of the domains it is for",
         lambda s: ",".join(d.path for d in _domains(s)) or None),
    text("zoneid", "ids of the zones it is for",
         lambda s: ",".join(z.id for z in _zones(s)) or None),
    text("zone", "names of the zones it is for",
         lambda s: ",".join(z.name for z in _zones(s)) or None),
)  # fmt: skip
DISK_OFFERING = Shape[Seen[DiskOffering]](
    "diskoffering",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("state", "state", lambda s: "Inactive" if s.record.inactive else "Active"),
    text("displaytext", "description", lambda s: s.record.text),
    long("disksize", "size of the disk in GiB", lambda s: s.record.size_gib),
    date("created", "when it was created", lambda _: 0),
    boolean("iscustomized", "whether the size is the caller's to choose",
            lambda s: s.record.custom),
    text("tags", "tags of storage, a comma list",
         lambda s: ",".join(sorted(s.record.tags)) or None),
    text("storagetype", "shared or local", lambda s: "local" if s.record.local else "shared"),
    text("provisioningtype", "how storage is provisioned", Always("thin")),
    long("miniops", "least iops of a volume", lambda s: s.record.min_iops),
    long("maxiops", "most iops of a volume", lambda s: s.record.max_iops),
    boolean("iscustomizediops", "whether the iops are the caller's to choose",
            lambda s: s.record.custom_iops or None),
    boolean("displayoffering", "whether the offering is shown to users", Always(True)),
    *_PUBLIC_TO,
    boolean("disksizestrictness", "whether the size of the disk is bound to the offering",
            lambda s: s.record.strict),
    boolean("encrypt", "whether disks are encrypted", lambda s: s.record.encrypted),
    *NOT_ANNOTATED,
)  # fmt: skip

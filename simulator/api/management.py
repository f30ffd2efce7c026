"""What the management server says of itself: capabilities, capacity, settings, alerts."""

from collections.abc import Iterator
from typing import NamedTuple

from simulator.api.command import Call, Command
from simulator.api.lists import PAGES, PAGING, Row, listing, paged
from simulator.api.render import ZONE_FIELDS, Seen, plain, seen
from simulator.api.render_capability import CAPABILITY
from simulator.api.render_host import cpu_taken, percent
from simulator.api.shape import (
    Always,
    Parts,
    Shape,
    boolean,
    date,
    long,
    short,
    text,
    texts,
    within,
)
from simulator.domain.inventory import Zone
from simulator.domain.management import Alert, ManagementServer


def capabilities(call: Call) -> Row:
    """listCapabilities."""
    return {"capability": CAPABILITY.render(call)}


def _capacities(call: Call, zone: Zone) -> Iterator[tuple[int, str, int, int]]:
    """Yield (type, name, used, total) of a zone."""
    store = call.world.store
    hosts = [h for h in store.hosts.values() if h.zone_id == zone.id]
    pools = [p for p in store.pools.values() if p.zone_id == zone.id]
    factor = call.world.settings.number("storage.overprovisioning.factor")
    used_mib = sum(store.used_mib[h.id] for h in hosts)
    yield 0, "MEMORY", used_mib << 20, sum(h.memory_bytes for h in hosts)
    mhz = sum(h.cpu_cores * h.cpu_mhz for h in hosts)
    yield 1, "CPU", sum(cpu_taken(call, h) for h in hosts), mhz
    room = sum(p.capacity_bytes for p in pools)
    taken = sum(store.allocated_bytes[p.id] for p in pools)
    yield 2, "STORAGE", 0, room
    yield 3, "STORAGE_ALLOCATED", taken, int(room * factor)
    spans = {s.id: s for s in store.public_ranges.values() if s.zone_id == zone.id}
    addresses = sum(p.range_id in spans and not p.removed for p in store.public_ips.values())
    yield (
        4,
        "VIRTUAL_NETWORK_PUBLIC_IP",
        addresses,
        sum(s.last - s.first + 1 for s in spans.values()),
    )
    images = sum(s.capacity_bytes for s in store.image_stores.values() if s.zone_id == zone.id)
    yield 6, "SECONDARY_STORAGE", 0, images
    physical = {p.id: p for p in store.physical_networks.values() if p.zone_id == zone.id}
    vlans = sum(n.physical_id in physical and n.vlan is not None for n in store.networks.values())
    yield 7, "VLAN", vlans, sum(p.last_vlan - p.first_vlan + 1 for p in physical.values())


class _CapacityAt(NamedTuple):
    type: int
    name: str
    zone: Zone
    used: int
    total: int


CAPACITY = Shape[_CapacityAt](
    "capacity",
    short("type", "type", lambda c: c.type),
    text("name", "name", lambda c: c.name),
    within(lambda c: c.zone, ZONE_FIELDS),
    long("capacityallocated", "amount that is allocated", lambda c: c.used),
    long("capacityused", "amount that is used", lambda c: c.used),
    long("capacitytotal", "amount there is", lambda c: c.total),
    text("percentused", "share that is used", lambda c: percent(c.used, c.total).rstrip("%")),
)


def list_capacity(call: Call) -> Row:
    """listCapacity of each zone."""
    args, store = call.args, call.world.store
    zones = [args["zoneid"]] if "zoneid" in args else list(store.zones.values())
    rows = [
        _CapacityAt(kind, name, zone, used, total)
        for zone in zones
        for kind, name, used, total in _capacities(call, zone)
        if args.get("type", kind) == kind
    ]
    return paged(call, "capacity", rows, CAPACITY.render)


ALERT = Shape[Alert](
    "alert",
    text("id", "id", lambda a: a.id),
    short("type", "type", lambda a: a.type),
    text("name", "name", lambda a: a.name),
    text("description", "description", lambda a: a.text),
    date("sent", "when the alert was sent", lambda a: a.sent_s),
)
_COUNTS: Parts[Seen[ManagementServer]] = (
    long("pendingjobscount", "how many jobs are pending", lambda s: len(s.call.jobs.running)),
    long("agentscount", "how many hosts are connected", lambda s: len(s.call.world.store.hosts)),
    texts("agents", "ids of the hosts that are connected", lambda s: s.call.world.store.hosts),
)
MANAGEMENT_SERVER = Shape[Seen[ManagementServer]](
    "managementserver",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("state", "state", Always("Up")),
    text("version", "version", lambda s: s.call.world.dialect.version),
    text("javadistribution", "distribution of the runtime", Always("none")),
    text("javaversion", "version of the runtime", Always("none")),
    text("osdistribution", "operating system of the server", Always("simulated")),
    date("lastserverstart", "when the server was started", lambda _: 0),
    date("lastboottime", "when the machine was booted", lambda _: 0),
    text("serviceip", "address of the service", lambda s: s.record.address),
    text("ipaddress", "IP address", lambda s: s.record.address),
    texts("lastagents", "ids of the hosts that were connected before", lambda _: ()),
    *reversed(_COUNTS),
)
SHUTDOWN = Shape[Seen[ManagementServer]](
    "readyforshutdown",
    text("managementserverid", "id of the management server", lambda s: s.record.id),
    text("state", "state", Always("Up")),
    boolean("maintenanceinitiated", "whether maintenance was asked for", Always(False)),
    boolean("shutdowntriggered", "whether a shutdown was asked for", Always(False)),
    boolean("readyforshutdown", "whether nothing is left to do", lambda s: not s.call.jobs.running),
    *_COUNTS,
)


def ready_for_shutdown(call: Call) -> Row:
    """readyForShutdown: whether the management server has nothing left to do."""
    shown = Seen(call, call.args["managementserverid"])
    return {"readyforshutdown": SHUTDOWN.render(shown)}


COMMANDS = (
    Command(
        "listCapabilities",
        capabilities,
        says="Lists what this cloud can",
        answers=CAPABILITY,
        roles="ASDUR",
    ),
    Command(
        "listCapacity",
        list_capacity,
        f"type:integer zoneid:zone {PAGES}",
        says="Lists how full each zone is",
        answers=CAPACITY,
        roles="AS",
    ),
    Command(
        "listAlerts",
        listing("alerts", "alert", plain(ALERT), by="name type", words="text"),
        f"id:alert~ name:text type:integer {PAGING}",
        says="Lists the alerts",
        answers=ALERT,
        roles="AS",
    ),
    Command(
        "listManagementServers",
        listing("servers", "managementserver", seen(MANAGEMENT_SERVER), by="name", words=""),
        f"id:server~ name:text {PAGING}",
        says="Lists the management servers",
        answers=MANAGEMENT_SERVER,
        roles="A",
    ),
    Command(
        "readyForShutdown",
        ready_for_shutdown,
        "managementserverid:server!",
        says="Shows whether a management server has nothing left to do",
        answers=SHUTDOWN,
        roles="A",
        reads=True,
    ),
)

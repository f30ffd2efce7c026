"""What the management server says of itself: capabilities, capacity, settings, alerts."""

from collections.abc import Iterator

from simulator.api.command import Call, Command
from simulator.api.dates import date
from simulator.api.lists import PAGES, PAGING, Row, listing, paged
from simulator.api.places import cpu_taken, percent
from simulator.api.rows import zone_of
from simulator.domain.access import is_admin
from simulator.domain.inventory import Zone
from simulator.domain.management import Alert, ManagementServer


def capabilities(call: Call) -> Row:
    """listCapabilities; an administrator may what users may by settings alone."""
    settings, admin = call.world.settings, is_admin(call.account)
    body = {
        "securitygroupsenabled": False,
        "dynamicrolesenabled": True,
        "cloudstackversion": call.world.dialect.version,
        "userpublictemplateenabled": True,
        "supportELB": "false",
        "projectinviterequired": False,
        "allowusercreateprojects": settings.flag("allow.user.create.projects"),
        "customdiskofferingminsize": int(settings.number("custom.diskoffering.size.min")),
        "customdiskofferingmaxsize": int(settings.number("custom.diskoffering.size.max")),
        "regionsecondaryenabled": False,
        "kvmsnapshotenabled": True,
        "allowuserviewdestroyedvm": admin or settings.flag("allow.user.view.destroyed.vm"),
        "allowuserexpungerecovervm": admin or settings.flag("allow.user.expunge.recover.vm"),
        "allowuserexpungerecovervolume": admin
        or settings.flag("allow.user.expunge.recover.volume"),
        "allowuserviewalldomainaccounts": False,
        "allowuserforcestopvm": admin or settings.flag("allow.user.force.stop.vm"),
        "kubernetesserviceenabled": False,
        "kubernetesclusterexperimentalfeaturesenabled": False,
        "customhypervisordisplayname": "Custom",
        "defaultuipagesize": 20,
        "instancesstatsretentiontime": 720,
        "instancesstatsuseronly": False,
        "instancesdisksstatsretentionenabled": False,
        "instancesdisksstatsretentiontime": 720,
        "sharedfsvmmincpucount": 2,
        "sharedfsvmminramsize": 1024,
        "instanceleaseenabled": False,
        **({"extensionspath": "/usr/share/extensions"} if call.is_root else {}),
        "dynamicscalingenabled": settings.flag("enable.dynamic.scale.vm"),
        "additionalconfigenabled": False,
    }
    return {"capability": body}


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


def list_capacity(call: Call) -> Row:
    """listCapacity of each zone."""
    args, store = call.args, call.world.store
    zones = [args["zoneid"]] if "zoneid" in args else list(store.zones.values())
    rows = [
        {
            "type": kind,
            "name": name,
            **zone_of(call, zone.id),
            "capacityallocated": used,
            "capacityused": used,
            "capacitytotal": total,
            "percentused": percent(used, total).rstrip("%"),
        }
        for zone in zones
        for kind, name, used, total in _capacities(call, zone)
        if args.get("type", kind) == kind
    ]
    return paged(call, "capacity", rows)


def _alert(_: Call, record: Alert) -> Row:
    return {
        "id": record.id,
        "type": record.type,
        "name": record.name,
        "description": record.text,
        "sent": date(record.sent_s),
    }


def _server(call: Call, record: ManagementServer) -> Row:
    store = call.world.store
    agents = list(store.hosts)
    return {
        "id": record.id,
        "name": record.name,
        "state": "Up",
        "version": call.world.dialect.version,
        "javadistribution": "none",
        "javaversion": "none",
        "osdistribution": "simulated",
        "lastserverstart": date(0),
        "lastboottime": date(0),
        "serviceip": record.address,
        "ipaddress": record.address,
        "lastagents": [],
        "agents": agents,
        "agentscount": len(agents),
        "pendingjobscount": len(call.jobs.running),
    }


def ready_for_shutdown(call: Call) -> Row:
    """readyForShutdown: whether the management server has nothing left to do."""
    record = call.args["managementserverid"]
    agents = list(call.world.store.hosts)
    body = {
        "managementserverid": record.id,
        "state": "Up",
        "maintenanceinitiated": False,
        "shutdowntriggered": False,
        "readyforshutdown": not call.jobs.running,
        "pendingjobscount": len(call.jobs.running),
        "agentscount": len(agents),
        "agents": agents,
    }
    return {"readyforshutdown": body}


COMMANDS = (
    Command(
        "listCapabilities",
        capabilities,
        says="Lists what this cloud can",
        answers="capability",
        roles="ASDUR",
    ),
    Command(
        "listCapacity",
        list_capacity,
        f"type:integer zoneid:zone {PAGES}",
        says="Lists how full each zone is",
        answers="capacity",
        roles="AS",
    ),
    Command(
        "listAlerts",
        listing("alerts", "alert", _alert, by="name type", words="text"),
        f"id:alert~ name:text type:integer {PAGING}",
        says="Lists the alerts",
        answers="alert",
        roles="AS",
    ),
    Command(
        "listManagementServers",
        listing("servers", "managementserver", _server, by="name", words=""),
        f"id:server~ name:text {PAGING}",
        says="Lists the management servers",
        answers="managementserver",
        roles="A",
    ),
    Command(
        "readyForShutdown",
        ready_for_shutdown,
        "managementserverid:server!",
        says="Shows whether a management server has nothing left to do",
        answers="readyforshutdown",
        roles="A",
        reads=True,
    ),
)

"""What the management server says of itself: capabilities, capacity, settings, alerts."""

from collections.abc import Iterator

from simulator.api.command import Call, Command, Handler
from simulator.api.lists import OWNED, PAGING, Row, listing, paged, paging
from simulator.api.matching import containing, equal_to
from simulator.api.places import cpu_taken, percent
from simulator.api.render import date, zone_of
from simulator.domain.errors import Kind, Refused
from simulator.domain.inventory import Zone
from simulator.domain.management import VERSION, Alert, ManagementServer
from simulator.domain.settings import SETTINGS


def capabilities(call: Call) -> Row:
    """listCapabilities."""
    settings = call.world.settings
    body = {
        "securitygroupsenabled": False,
        "dynamicrolesenabled": True,
        "cloudstackversion": VERSION,
        "userpublictemplateenabled": True,
        "supportELB": "false",
        "projectinviterequired": False,
        "allowusercreateprojects": settings.flag("allow.user.create.projects"),
        "customdiskofferingminsize": int(settings.number("custom.diskoffering.size.min")),
        "customdiskofferingmaxsize": int(settings.number("custom.diskoffering.size.max")),
        "regionsecondaryenabled": False,
        "kvmsnapshotenabled": True,
        "allowuserviewdestroyedvm": settings.flag("allow.user.view.destroyed.vm"),
        "allowuserexpungerecovervm": settings.flag("allow.user.expunge.recover.vm"),
        "allowuserexpungerecovervolume": settings.flag("allow.user.expunge.recover.volume"),
        "allowuserviewalldomainaccounts": False,
        "allowuserforcestopvm": settings.flag("allow.user.force.stop.vm"),
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
        "extensionspath": "/usr/share/extensions",
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


def _configuration(call: Call, name: str) -> Row:
    row = SETTINGS[name]
    kind = "Boolean" if row.default in {"true", "false"} else "Number"
    group, _, subgroup = row.category.partition(" ")
    return {
        "category": row.category,
        "group": group,
        "subgroup": subgroup or "General",
        "name": name,
        "value": call.world.settings.values[name],
        "defaultvalue": row.default,
        "description": row.meaning,
        "isdynamic": True,
        "component": "management-server",
        "displaytext": name.replace(".", " ").capitalize(),
        "type": kind,
    }


def list_configurations(call: Call) -> Row:
    """listConfigurations."""
    page = paging(call)
    names = [name for name in SETTINGS if _shown(call, name)]
    return page.cut("configuration", sorted(names), lambda name: _configuration(call, name))


def _shown(call: Call, name: str) -> bool:
    args, row = call.args, SETTINGS[name]
    within = containing(args.get("keyword", ""))
    texts = (name, row.category, row.meaning, call.world.settings.values[name])
    return (
        containing(args.get("name", ""))(name)
        and equal_to(args.get("category", row.category))(row.category)
        and any(within(text) for text in texts)
    )


def update_configuration(call: Call) -> Row:
    """updateConfiguration: it takes effect with the next call."""
    name, value = call.args["name"], call.text("value")
    row = SETTINGS.get(name)
    if row is None:
        text = f"Config parameter with name {name} doesn't exist"
        raise Refused(Kind.PARAM, text, "REQ-05")
    if value is not None:
        _check_value(name, row.default, value)
        call.jobs.configure(name, value)
    return {"configuration": _configuration(call, name)}


def _check_value(name: str, default: str, value: str) -> None:
    if default in {"true", "false"}:
        fits = value.lower() in {"true", "false"}
    else:
        number = value.removeprefix("-").replace(".", "", 1)
        fits = number.isascii() and number.isdigit()
    if not fits:
        text = f"Value [{value}] is not a valid value for configuration [{name}]"
        raise Refused(Kind.PARAM, text, "REQ-02")


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
        "version": VERSION,
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


def _nothing(root: str) -> Handler:
    """Return the handler of a list of what this cloud never has."""
    return lambda call: paged(call, root, ())


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
        f"type:integer zoneid:zone {PAGING}",
        says="Lists how full each zone is",
        answers="capacity",
        roles="AS",
    ),
    Command(
        "listConfigurations",
        list_configurations,
        f"name:text category:text {PAGING}",
        says="Lists the global settings",
        answers="configuration",
        roles="AD",
    ),
    Command(
        "updateConfiguration",
        update_configuration,
        "name:text! value:text",
        says="Changes a global setting, at once",
        answers="configuration",
        roles="AD",
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
    Command(
        "listLdapConfigurations",
        _nothing("LdapConfiguration"),
        f"hostname:text port:integer listall:bool {PAGING}",
        says="Lists the LDAP servers, of which there are none here",
        answers="ldapconfiguration",
        roles="ASDUR",
        envelope="ldapconfigurationresponse",
    ),
    *(
        Command(
            name,
            _nothing(root),
            OWNED,
            says=f"Lists the {what}, of which there are none here",
            answers=root,
            roles="ASDUR",
        )
        for name, root, what in (
            ("listAffinityGroups", "affinitygroup", "affinity groups"),
            ("listInstanceGroups", "instancegroup", "groups of VMs"),
        )
    ),
)

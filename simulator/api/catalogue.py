"""What VMs and volumes are made from: offerings, templates, guest systems, hypervisors."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, listing, paged
from simulator.api.render import Row, date, os_type, owner, present, tags, zone_of
from simulator.domain.hypervisors import CAPABILITIES, Capability
from simulator.domain.inventory import DiskOffering, Hypervisor, ServiceOffering, Template, Zone
from simulator.domain.management import OsCategory, OsType

_LISTED = tuple(h for h in Hypervisor if h not in {Hypervisor.ANY, Hypervisor.NONE})


def service_offering(_: Call, record: ServiceOffering) -> Row:
    """Return ServiceOfferingResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "state": "Active",
        "displaytext": record.name,
        "cpunumber": record.cpu_count,
        "cpuspeed": record.cpu_mhz,
        "memory": record.memory_mib,
        "created": date(0),
        "storagetype": "local" if record.local else "shared",
        "provisioningtype": "thin",
        "offerha": False,
        "limitcpuuse": False,
        "isvolatile": False,
        "issystem": record.system,
        "defaultuse": False,
        "iscustomized": False,
        "rootdisksize": 0,
        "dynamicscalingenabled": True,
        "diskofferingstrictness": False,
        "diskofferingid": record.disk_id,
        "diskofferingname": record.name,
        "diskofferingdisplaytext": record.name,
        "encryptroot": False,
        "hasannotations": False,
    }


def disk_offering(_: Call, record: DiskOffering) -> Row:
    """Return DiskOfferingResponse."""
    body = {
        "id": record.id,
        "name": record.name,
        "state": "Active",
        "displaytext": record.text,
        "disksize": record.size_gib,
        "created": date(0),
        "iscustomized": record.custom,
        "tags": ",".join(sorted(record.tags)) or None,
        "storagetype": "local" if record.local else "shared",
        "provisioningtype": "thin",
        "displayoffering": True,
        "disksizestrictness": False,
        "encrypt": record.encrypted,
        "hasannotations": False,
    }
    return present(body)


def template(call: Call, record: Template, zone: Zone) -> Row:
    """Return TemplateResponse: every template is ready in every zone."""
    body = {
        "id": record.id,
        "name": record.name,
        "displaytext": record.name,
        "ispublic": record.public,
        "created": date(record.created_s),
        "isready": True,
        "passwordenabled": False,
        "format": record.image_format,
        "isfeatured": record.featured,
        "crossZones": True,
        "ostypeid": os_type(call, record.os_name) or "",
        "ostypename": record.os_name,
        **zone_of(call, zone.id),
        "status": "Download Complete",
        "size": record.size_bytes,
        "physicalsize": record.size_bytes,
        "templatetype": record.kind,
        "hypervisor": str(record.hypervisor),
        **owner(call, record.account_id),
        "isextractable": record.extractable,
        "checksum": "",
        "details": {},
        "downloaddetails": _downloads(call, zone),
        "arch": "x86_64",
        "bits": 0,
    }
    names = ("sshkeyenabled", "isdynamicallyscalable", "directdownload", "deployasis", "forcks")
    body |= dict.fromkeys((*names, "requireshvm"), False)
    url = f"http://templates.example.org/{record.db_id}.{record.image_format.lower()}"
    return body | {"url": url, "tags": tags(call, record.id), "hasannotations": False}


def _downloads(call: Call, zone: Zone) -> list[Row]:
    return [
        {
            "downloadState": "DOWNLOADED",
            "datastore": store.name,
            "datastoreRole": "Image",
            "downloadPercent": "100",
            "datastoreId": store.id,
        }
        for store in call.world.store.image_stores.values()
        if store.zone_id == zone.id
    ]


def _fits(call: Call, record: Template) -> bool:
    wanted = call.args["templatefilter"].lower()
    mine = record.account_id == call.account.id
    shown = {
        "featured": record.featured,
        "community": record.public and not record.featured,
        "self": mine,
        "selfexecutable": mine,
        "sharedexecutable": False,
        "executable": record.public or mine,
        "all": call.is_root,
    }
    return shown.get(wanted, False) and (record.kind != "SYSTEM" or wanted == "all")


def list_templates(call: Call) -> Row:
    """listTemplates: a row for each template and zone."""
    store, args = call.world.store, call.args
    zones = [args["zoneid"]] if "zoneid" in args else list(store.zones.values())
    hypervisor = str(args.get("hypervisor", "")).lower()
    rows = [
        (record, zone)
        for record in store.templates.values()
        for zone in zones
        if not record.removed
        and _fits(call, record)
        and hypervisor in {"", record.hypervisor.lower()}
        and ("id" not in args or args["id"].id == record.id)
        and args.get("name", record.name) == record.name
        and str(args.get("keyword", "")).lower() in record.name.lower()
    ]
    return paged(call, "template", rows, lambda row: template(call, *row))


def list_isos(call: Call) -> Row:
    """listIsos: no ISO is ever registered here."""
    return paged(call, "iso", ())


def list_hypervisors(call: Call) -> Row:
    """listHypervisors: of a zone, those of its clusters."""
    zone = call.args.get("zoneid")
    there = {
        c.hypervisor for c in call.world.store.clusters.values() if zone and c.zone_id == zone.id
    }
    rows = [{"name": str(h)} for h in _LISTED if zone is None or h in there]
    return paged(call, "hypervisor", rows)


def _capability(number: int, row: Capability) -> Row:
    return {
        "id": str(number),
        "hypervisorversion": row.version,
        "hypervisor": str(row.hypervisor),
        "maxguestslimit": row.max_guests,
        "securitygroupenabled": row.hypervisor in {Hypervisor.KVM, Hypervisor.XENSERVER},
        "maxdatavolumeslimit": row.max_data_volumes,
        "storagemotionenabled": row.storage_motion,
        "vmsnapshotenabled": row.vm_snapshot,
    }


def list_capabilities(call: Call) -> Row:
    """listHypervisorCapabilities."""
    wanted = str(call.args.get("hypervisor", "")).lower()
    rows = [
        _capability(number, row)
        for number, row in enumerate(CAPABILITIES.values(), 1)
        if wanted in {"", row.hypervisor.lower()}
    ]
    return paged(call, "hypervisorCapabilities", rows)


def _os_type(call: Call, record: OsType) -> Row:
    return {
        "id": record.id,
        "oscategoryid": record.category_id,
        "oscategoryname": call.world.store.os_categories[record.category_id].name,
        "name": record.name,
        "description": record.name,
        "isuserdefined": False,
        "fordisplay": True,
    }


def _os_category(_: Call, record: OsCategory) -> Row:
    return {"id": record.id, "name": record.name, "isfeatured": True}


def _is_system(call: Call, record: ServiceOffering) -> bool:
    return record.system == bool(call.args.get("issystem"))


COMMANDS = (
    Command(
        "listServiceOfferings",
        listing(
            "service_offerings", "serviceoffering", service_offering, by="name", also=_is_system
        ),
        f"id:service name:text issystem:bool {PAGING}",
        says="Lists the compute offerings",
        answers="serviceoffering",
        roles="ADUR",
    ),
    Command(
        "listDiskOfferings",
        listing("disk_offerings", "diskoffering", disk_offering, by="name"),
        f"id:disk name:text {PAGING}",
        says="Lists the disk offerings",
        answers="diskoffering",
        roles="ADUR",
    ),
    Command(
        "listTemplates",
        list_templates,
        f"templatefilter:text! id:template name:text zoneid:zone hypervisor:text {OWNED}",
        says="Lists the templates, each once for every zone",
        answers="template",
        roles="ADUR",
    ),
    Command(
        "listIsos",
        list_isos,
        f"isofilter:text name:text zoneid:zone {OWNED}",
        says="Lists the ISO images",
        answers="template",
        roles="ADUR",
    ),
    Command(
        "listHypervisors",
        list_hypervisors,
        f"zoneid:zone {PAGING}",
        says="Lists the hypervisors that are known, or that a zone has",
        answers="hypervisor",
        roles="ADUR",
    ),
    Command(
        "listHypervisorCapabilities",
        list_capabilities,
        f"hypervisor:text {PAGING}",
        says="Lists what the versions of each hypervisor can",
        answers="hypervisorcapabilities",
        roles="A",
    ),
    Command(
        "listOsTypes",
        listing("os_types", "ostype", _os_type, by="name"),
        f"id:ostype name:text {PAGING}",
        says="Lists the guest operating systems",
        answers="ostype",
        roles="ADUR",
    ),
    Command(
        "listOsCategories",
        listing("os_categories", "oscategory", _os_category, by="name"),
        f"id:oscategory name:text {PAGING}",
        says="Lists the families of guest operating systems",
        answers="oscategory",
        roles="ADUR",
    ),
)

"""Compute offerings and disk offerings."""

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, listing
from simulator.api.render import Row, date, present
from simulator.domain.inventory import DiskOffering, ServiceOffering
from simulator.domain.offerings import OFFER_COMPUTE, OFFER_DISK, OfferCompute, OfferDisk
from simulator.domain.rules import Phase


def service_offering(_: Call, record: ServiceOffering) -> Row:
    """Return ServiceOfferingResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "state": "Active",
        "displaytext": record.said or record.name,
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
        "rootdisksize": record.root_gib,
        "dynamicscalingenabled": True,
        "diskofferingstrictness": False,
        "diskofferingid": record.disk_id,
        "diskofferingname": record.name,
        "diskofferingdisplaytext": record.said or record.name,
        "encryptroot": False,
        "hasannotations": False,
    }


def disk_offering(call: Call, record: DiskOffering) -> Row:
    """Return DiskOfferingResponse."""
    store = call.world.store
    domains = [store.domains[i] for i in sorted(record.domain_ids)]
    zones = [store.zones[i] for i in sorted(record.zone_ids)]
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


def _is_system(call: Call, record: ServiceOffering) -> bool:
    return record.system == bool(call.args.get("issystem"))


def _offered(call: Call, record: DiskOffering) -> bool:
    """Return whether a disk offering is for the caller's domain."""
    domains = call.world.store.domains
    home = domains[call.account.domain_id]
    limited = bool(record.domain_ids) and not call.is_root
    return not limited or any(domains[i].holds(home) for i in record.domain_ids)


def _tags(call: Call) -> frozenset[str]:
    return frozenset(t.strip() for t in call.args.get("tags", "").split(",") if t.strip())


def create_disk(call: Call) -> Row:
    """createDiskOffering."""
    store, args = call.world.store, call.args
    custom = bool(args.get("customized"))
    case = OfferDisk(
        call.world.dialect,
        args.get("disksize"),
        custom,
        int(call.world.settings.number("storage.max.volume.size")),
        args.get("storagetype", "shared"),
        args.get("customizediops"),
        (args.get("miniops"), args.get("maxiops")),
    )
    OFFER_DISK.require(Phase.REQUEST, case)
    least, most = case.iops
    made = DiskOffering(
        store.new_id(),
        store.new_row(),
        args["name"],
        case.size_gib or 0,
        custom=custom,
        local=case.storage.lower() == "local",
        encrypted=bool(args.get("encrypt")),
        tags=_tags(call),
        said=args.get("displaytext") or args["name"],
        strict=bool(args.get("disksizestrictness")),
        custom_iops=bool(args.get("customizediops")),
        min_iops=least,
        max_iops=most,
        domain_ids=frozenset(d.id for d in args.get("domainid", ())),
        zone_ids=frozenset(z.id for z in args.get("zoneid", ())),
    )
    store.disk_offerings[made.id] = made
    return {"diskoffering": disk_offering(call, made)}


def create_compute(call: Call) -> Row:
    """createServiceOffering with fixed cores, speed and memory."""
    store, args = call.world.store, call.args
    cores, mhz, mib = (args.get(name) for name in ("cpunumber", "cpuspeed", "memory"))
    case = OfferCompute(call.world.dialect, args["name"], (cores, mhz, mib))
    OFFER_COMPUTE.require(Phase.REQUEST, case)
    made = ServiceOffering(
        store.new_id(),
        store.new_row(),
        args["name"],
        int(cores or 0),
        int(mhz or 0),
        int(mib or 0),
        local=args.get("storagetype", "").lower() == "local",
        tags=_tags(call),
        disk_id=store.new_id(),
        system=bool(args.get("issystem")),
        said=args.get("displaytext") or args["name"],
        root_gib=max(0, args.get("rootdisksize") or 0),
    )
    store.service_offerings[made.id] = made
    return {"serviceoffering": service_offering(call, made)}


def delete_disk(call: Call) -> Row:
    """deleteDiskOffering: volumes that were made from it keep it."""
    gone = call.args["id"]
    call.world.store.disk_offerings[gone.id] = gone._replace(removed=True)
    return {"success": True}


def delete_compute(call: Call) -> Row:
    """deleteServiceOffering: VMs that were made from it keep it."""
    gone = call.args["id"]
    call.world.store.service_offerings[gone.id] = gone._replace(removed=True)
    return {"success": True}


COMMANDS = (
    Command(
        "listServiceOfferings",
        listing(
            "service_offerings", "serviceoffering", service_offering, by="name", also=_is_system
        ),
        f"id:service name:text issystem:bool {PAGING}",
        says="Lists the compute offerings",
        answers="serviceoffering",
        roles="ASDUR",
    ),
    Command(
        "createServiceOffering",
        create_compute,
        "name:text! displaytext:text cpunumber:integer cpuspeed:integer memory:integer "
        "storagetype:text tags:text issystem:bool rootdisksize:long",
        says="Creates a compute offering",
        answers="serviceoffering",
        roles="ASD",
    ),
    Command(
        "deleteServiceOffering",
        delete_compute,
        "id:service!",
        says="Deletes a compute offering; VMs that have it keep it",
        answers="success",
        roles="ASD",
    ),
    Command(
        "listDiskOfferings",
        listing("disk_offerings", "diskoffering", disk_offering, by="name", also=_offered),
        f"id:disk name:text {PAGING}",
        says="Lists the disk offerings",
        answers="diskoffering",
        roles="ASDUR",
    ),
    Command(
        "createDiskOffering",
        create_disk,
        "name:text! displaytext:text disksize:long customized:bool storagetype:text tags:text "
        "encrypt:bool disksizestrictness:bool customizediops:bool miniops:long maxiops:long "
        "domainid:domain* zoneid:zone*",
        says="Creates a disk offering of a size in GiB, or of any size",
        answers="diskoffering",
        roles="ASD",
    ),
    Command(
        "deleteDiskOffering",
        delete_disk,
        "id:disk!",
        says="Deletes a disk offering; volumes that have it keep it",
        answers="success",
        roles="ASD",
    ),
)

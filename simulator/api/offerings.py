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


def _is_system(call: Call, record: ServiceOffering) -> bool:
    return record.system == bool(call.args.get("issystem"))


def _tags(call: Call) -> frozenset[str]:
    return frozenset(t.strip() for t in call.args.get("tags", "").split(",") if t.strip())


def create_disk(call: Call) -> Row:
    """createDiskOffering."""
    store, args = call.world.store, call.args
    custom = bool(args.get("customized"))
    most = int(call.world.settings.number("custom.diskoffering.size.max"))
    case = OfferDisk(call.world.dialect, args.get("disksize"), custom, most)
    OFFER_DISK.require(Phase.REQUEST, case)
    made = DiskOffering(
        store.new_id(),
        store.new_row(),
        args["name"],
        case.size_gib or 0,
        custom=custom,
        local=args.get("storagetype", "").lower() == "local",
        encrypted=bool(args.get("encrypt")),
        tags=_tags(call),
        said=args.get("displaytext") or args["name"],
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
        roles="ADUR",
    ),
    Command(
        "createServiceOffering",
        create_compute,
        "name:text! displaytext:text cpunumber:integer cpuspeed:integer memory:integer "
        "storagetype:text tags:text issystem:bool rootdisksize:long",
        says="Creates a compute offering",
        answers="serviceoffering",
        roles="A",
    ),
    Command(
        "deleteServiceOffering",
        delete_compute,
        "id:service!",
        says="Deletes a compute offering; VMs that have it keep it",
        answers="success",
        roles="A",
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
        "createDiskOffering",
        create_disk,
        "name:text! displaytext:text disksize:long customized:bool storagetype:text tags:text "
        "encrypt:bool",
        says="Creates a disk offering of a size in GiB, or of any size",
        answers="diskoffering",
        roles="A",
    ),
    Command(
        "deleteDiskOffering",
        delete_disk,
        "id:disk!",
        says="Deletes a disk offering; volumes that have it keep it",
        answers="success",
        roles="A",
    ),
)

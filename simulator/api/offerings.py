"""Compute offerings and disk offerings."""

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, listing
from simulator.api.offering_lists import compute_shown, disk_shown, guarded
from simulator.api.render import SUCCESS, Seen, plain, seen
from simulator.api.render_offering import DISK_OFFERING, SERVICE_OFFERING
from simulator.api.shape import Row
from simulator.domain.compute_offerings import (
    LARGEST,
    OFFER_COMPUTE,
    ROUTERS,
    SYSTEM_KINDS,
    OfferCompute,
)
from simulator.domain.inventory import DiskOffering, ServiceOffering
from simulator.domain.offering_changes import DELETE_COMPUTE, GoingCompute
from simulator.domain.offerings import OFFER_DISK, OfferDisk
from simulator.domain.rules import Phase
from simulator.domain.traits import Traits


def tags_of(text: str) -> frozenset[str]:
    """Return the tags of a comma list."""
    return frozenset(t.strip() for t in text.split(",") if t.strip())


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
    offering = DiskOffering(
        store.new_id(),
        store.new_row(),
        args["name"],
        case.size_gib or 0,
        custom=custom,
        local=case.storage.lower() == "local",
        encrypted=bool(args.get("encrypt")),
        tags=tags_of(args.get("tags", "")),
        said=args.get("displaytext") or args["name"],
        strict=bool(args.get("disksizestrictness")),
        custom_iops=bool(args.get("customizediops")),
        min_iops=least,
        max_iops=most,
        domain_ids=frozenset(d.id for d in args.get("domainid", ())),
        zone_ids=frozenset(z.id for z in args.get("zoneid", ())),
    )
    store.disk_offerings[offering.id] = offering
    return {"diskoffering": DISK_OFFERING.render(Seen(call, offering))}


def _bound(call: Call, what: str) -> int:
    return int(call.world.settings.number(f"vm.serviceoffering.{what}.max")) or LARGEST


def _offer(call: Call) -> OfferCompute:
    args = call.args
    cpu, mib = args.get("cpunumber"), args.get("memory")
    bounds = (args.get(name) for name in ("mincpunumber", "maxcpunumber", "minmemory", "maxmemory"))
    return OfferCompute(
        dialect=call.world.dialect,
        name=args["name"],
        custom=args.get("customized", cpu is None or mib is None),
        cpu=cpu,
        mhz=args.get("cpuspeed"),
        mib=mib,
        bounds=(next(bounds), next(bounds), next(bounds), next(bounds)),
        storage=args.get("storagetype", "shared"),
        most_cpu=_bound(call, "cpu.cores"),
        most_mib=_bound(call, "ram.size"),
        offers_ha=args.get("offerha", False),
        system=args.get("issystem", False),
        kind=args.get("systemvmtype", ROUTERS),
        rate_mbps=args.get("networkrate"),
        planner=args.get("deploymentplanner"),
        root_gib=args.get("rootdisksize"),
        max_gib=int(call.world.settings.number("storage.max.volume.size")),
    )


def _traits(call: Call, case: OfferCompute) -> Traits:
    args = call.args
    return Traits(
        offers_ha=case.offers_ha,
        limits_cpu=args.get("limitcpuuse", False),
        volatile=args.get("isvolatile", False),
        encrypts_root=args.get("encryptroot", False),
        host_tags=args.get("hosttags", ""),
        rate_mbps=case.rate_mbps,
        planner=case.planner or "",
        kind=SYSTEM_KINDS[case.kind] if case.system else "",
        details=_details(call),
    )


def _details(call: Call) -> tuple[tuple[str, str], ...]:
    """Return the details of an offering, given as keys and values or by their names."""
    found: dict[str, str] = {}
    for row in call.args.get("serviceofferingdetails", ()):
        pair = row.get("key"), row.get("value")
        found |= {str(pair[0]): str(pair[1])} if all(pair) else row
    return tuple(found.items())


def create_compute(call: Call) -> Row:
    """createServiceOffering: VMs of one size, or of a size of their own within bounds."""
    store, args, case = call.world.store, call.args, _offer(call)
    OFFER_COMPUTE.require(Phase.REQUEST, case)
    bounds = [int(b or 0) for b in case.bounds] if case.bounded else [0, 0, 0, 0]
    offering = ServiceOffering(
        store.new_id(),
        store.new_row(),
        args["name"],
        int(case.cpu or 0),
        int(case.mhz or 0),
        int(case.mib or 0),
        local=case.storage.lower() == "local",
        tags=tags_of(args.get("tags", "")),
        disk_id=store.new_id(),
        system=bool(args.get("issystem")),
        said=args.get("displaytext") or args["name"],
        root_gib=case.root_gib or 0,
        dynamic=None in (case.cpu, case.mhz, case.mib),
        least_cpu=bounds[0],
        most_cpu=bounds[1],
        least_mib=bounds[2],
        most_mib=bounds[3],
        scalable=args.get("dynamicscalingenabled", True),
        traits=_traits(call, case),
    )
    store.service_offerings[offering.id] = offering
    return {"serviceoffering": SERVICE_OFFERING.render(offering)}


def delete_disk(call: Call) -> Row:
    """deleteDiskOffering: it stays, Inactive."""
    gone = call.args["id"]
    call.world.store.disk_offerings[gone.id] = gone._replace(inactive=True)
    return SUCCESS.render(True)


def delete_compute(call: Call) -> Row:
    """deleteServiceOffering: it stays, Inactive, and makes no VM any more."""
    gone = call.args["id"]
    DELETE_COMPUTE.require(Phase.REQUEST, GoingCompute(call.world.dialect, gone))
    call.world.store.service_offerings[gone.id] = gone._replace(inactive=True)
    return SUCCESS.render(True)


COMMANDS = (
    Command(
        "listServiceOfferings",
        guarded(
            "service",
            listing(
                "service_offerings", "serviceoffering", plain(SERVICE_OFFERING), by="name",
                words="said name", also=compute_shown,
            ),
        ),
        "id:service~ name:text issystem:bool cpunumber:integer memory:integer cpuspeed:integer "
        f"encryptroot:bool storagetype:text state:text isrecursive:bool listall:bool {PAGING}",
        says="Lists the compute offerings",
        answers=SERVICE_OFFERING,
        roles="ASDUR",
    ),
    Command(
        "createServiceOffering",
        create_compute,
        "name:text! displaytext:text cpunumber:integer cpuspeed:integer memory:integer "
        "customized:bool mincpunumber:integer maxcpunumber:integer minmemory:integer "
        "maxmemory:integer storagetype:text tags:text issystem:bool rootdisksize:long "
        "dynamicscalingenabled:bool offerha:bool limitcpuuse:bool isvolatile:bool "
        "encryptroot:bool hosttags:text networkrate:integer deploymentplanner:text "
        "systemvmtype:text serviceofferingdetails:map",
        says="Creates a compute offering",
        answers=SERVICE_OFFERING,
        roles="ASD",
    ),
    Command(
        "deleteServiceOffering",
        delete_compute,
        "id:service!~",
        says="Deletes a compute offering; VMs that have it keep it",
        answers=SUCCESS,
        roles="ASD",
    ),
    Command(
        "listDiskOfferings",
        guarded(
            "disk",
            listing(
                "disk_offerings", "diskoffering", seen(DISK_OFFERING), by="name", words="text name",
                also=disk_shown,
            ),
        ),
        "id:disk~ name:text encrypt:bool storagetype:text state:text isrecursive:bool "
        f"listall:bool {PAGING}",
        says="Lists the disk offerings",
        answers=DISK_OFFERING,
        roles="ASDUR",
    ),
    Command(
        "createDiskOffering",
        create_disk,
        "name:text! displaytext:text disksize:long customized:bool storagetype:text tags:text "
        "encrypt:bool disksizestrictness:bool customizediops:bool miniops:long maxiops:long "
        "domainid:domain* zoneid:zone*",
        says="Creates a disk offering of a size in GiB, or of any size",
        answers=DISK_OFFERING,
        roles="ASD",
    ),
    Command(
        "deleteDiskOffering",
        delete_disk,
        "id:disk!~",
        says="Deletes a disk offering; volumes that have it keep it",
        answers=SUCCESS,
        roles="ASD",
    ),
)  # fmt: skip

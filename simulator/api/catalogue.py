"""Guest systems and hypervisors: what is known, and what each can."""

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, listing, paged
from simulator.api.matching import containing, equal_to
from simulator.api.shape import Row
from simulator.domain.hypervisors import CAPABILITIES, Capability, capabilities_of, capability
from simulator.domain.inventory import Hypervisor
from simulator.domain.management import OsCategory, OsType
from simulator.domain.rules import Phase
from simulator.domain.upkeep import CAPABLE, Capable

_LISTED = tuple(h for h in Hypervisor if h not in {Hypervisor.ANY, Hypervisor.NONE})


def list_hypervisors(call: Call) -> Row:
    """listHypervisors: of a zone, those of its clusters."""
    zone = call.args.get("zoneid")
    there = {
        c.hypervisor for c in call.world.store.clusters.values() if zone and c.zone_id == zone.id
    }
    rows = [{"name": str(h)} for h in _LISTED if zone is None or h in there]
    return paged(call, "hypervisor", rows)


def _known(call: Call) -> dict[str, Capability]:
    """Return the row of each version by its number, those of hosts with no row of theirs last."""
    store, traits = call.world.store, call.world.dialect.traits
    rows, known = dict.fromkeys(CAPABILITIES.values()), capabilities_of(traits)
    for host in store.hosts.values():
        row = capability(host.hypervisor, host.version, traits)
        if row is not None:
            motion = row.storage_motion and host.hypervisor is Hypervisor.KVM
            rows.setdefault(row._replace(version=host.version, storage_motion=motion))
    later = {row for at, row in CAPABILITIES.items() if at not in known}
    return {str(n): store.capabilities.get(row.key, row) for n, row in enumerate(rows, 1)
            if row not in later}  # fmt: skip


def _capability(number: str, row: Capability) -> Row:
    return {
        "id": number,
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
    args = call.args
    wanted, within = args.get("hypervisor"), containing(args.get("keyword", ""))
    rows = [
        _capability(number, row)
        for number, row in _known(call).items()
        if (wanted is None or equal_to(wanted)(row.hypervisor))
        and args.get("id", number) == number
        and within(row.hypervisor)
    ]
    return paged(call, "hypervisorCapabilities", rows)


def update_capabilities(call: Call) -> Row:
    """updateHypervisorCapabilities, by id or by hypervisor and version; it counts at once."""
    args, wanted = call.args, str(call.args.get("hypervisor", "")).lower()
    version = args.get("hypervisorversion")
    rows = [
        (number, row)
        for number, row in _known(call).items()
        if "id" in args or (row.hypervisor.lower(), row.version) == (wanted, version)
        if args.get("id", number) == number
    ]
    least = min(args.get(name, 0) for name in ("maxdatavolumeslimit", "maxguestslimit"))
    text = str(args.get("id", "null"))
    CAPABLE.require(Phase.REQUEST, Capable(call.world.dialect, text, bool(rows), least))
    number, row = rows[0]
    changed = row._replace(
        max_data_volumes=args.get("maxdatavolumeslimit", row.max_data_volumes),
        max_guests=args.get("maxguestslimit", row.max_guests),
        storage_motion=args.get("storagemotionenabled", row.storage_motion),
        vm_snapshot=args.get("vmsnapshotenabled", row.vm_snapshot),
    )
    call.world.store.capabilities[changed.key] = changed
    return {"hypervisorcapabilities": _capability(number, changed)}


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


def _shown(call: Call, _: OsType) -> bool:
    return bool(call.args.get("fordisplay", True))


def _featured(call: Call, _: OsCategory) -> bool:
    return bool(call.args.get("isfeatured", True))


COMMANDS = (
    Command(
        "listHypervisors",
        list_hypervisors,
        "zoneid:zone~",
        says="Lists the hypervisors that are known, or that a zone has",
        answers="hypervisor",
        roles="ASDUR",
    ),
    Command(
        "listHypervisorCapabilities",
        list_capabilities,
        f"id:text hypervisor:text {PAGING}",
        says="Lists what the versions of each hypervisor can",
        answers="hypervisorcapabilities",
        roles="A",
    ),
    Command(
        "updateHypervisorCapabilities",
        update_capabilities,
        "id:text hypervisor:text hypervisorversion:text maxdatavolumeslimit:integer "
        "maxguestslimit:long storagemotionenabled:bool vmsnapshotenabled:bool",
        says="Changes what a version of a hypervisor can, at once",
        answers="hypervisorcapabilities",
        roles="A",
    ),
    Command(
        "listOsTypes",
        listing("os_types", "ostype", _os_type, by="oscategoryid", like="description", also=_shown),
        f"id:ostype~ oscategoryid:oscategory~ description:text fordisplay:bool {PAGING}",
        says="Lists the guest operating systems",
        answers="ostype",
        roles="ASDUR",
    ),
    Command(
        "listOsCategories",
        listing("os_categories", "oscategory", _os_category, like="name", also=_featured),
        f"id:oscategory~ name:text isfeatured:bool {PAGING}",
        says="Lists the families of guest operating systems",
        answers="oscategory",
        roles="ASDUR",
    ),
)

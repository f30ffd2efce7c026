"""Guest systems and hypervisors: what is known, and what each can."""

from typing import NamedTuple

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, listing, paged
from simulator.api.matching import containing, equal_to
from simulator.api.render import Seen, plain, seen
from simulator.api.shape import Always, Row, Shape, boolean, integer, long, text
from simulator.domain.hypervisors import CAPABILITIES, Capability, capabilities_of, capability
from simulator.domain.inventory import Hypervisor
from simulator.domain.management import OsCategory, OsType
from simulator.domain.rules import Phase
from simulator.domain.upkeep import CAPABLE, Capable

_LISTED = tuple(h for h in Hypervisor if h not in {Hypervisor.ANY, Hypervisor.NONE})


HYPERVISOR = Shape[Hypervisor]("hypervisor", text("name", "name", str))
OS_TYPE = Shape[Seen[OsType]](
    "ostype",
    text("id", "id", lambda s: s.record.id),
    text("oscategoryid", "id of the family of operating systems", lambda s: s.record.category_id),
    text("oscategoryname", "name of the family of operating systems",
         lambda s: s.call.world.store.os_categories[s.record.category_id].name),
    text("name", "name", lambda s: s.record.name),
    text("description", "description", lambda s: s.record.name),
    boolean("isuserdefined", "whether a user added it", Always(False)),
    boolean("fordisplay", "whether it is shown", Always(True)),
)  # fmt: skip
OS_CATEGORY = Shape[OsCategory](
    "oscategory",
    text("id", "id", lambda c: c.id),
    text("name", "name", lambda c: c.name),
    boolean("isfeatured", "whether it is featured", Always(True)),
)


def list_hypervisors(call: Call) -> Row:
    """listHypervisors: of a zone, those of its clusters."""
    zone = call.args.get("zoneid")
    there = {
        c.hypervisor for c in call.world.store.clusters.values() if zone and c.zone_id == zone.id
    }
    rows = [h for h in _LISTED if zone is None or h in there]
    return paged(call, "hypervisor", rows, HYPERVISOR.render)


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


class _CapabilityAt(NamedTuple):
    number: str
    record: Capability


HYPERVISOR_CAPABILITIES = Shape[_CapabilityAt](
    "hypervisorcapabilities",
    text("id", "id", lambda c: c.number),
    text("hypervisorversion", "version of the hypervisor", lambda c: c.record.version),
    text("hypervisor", "hypervisor", lambda c: str(c.record.hypervisor)),
    long("maxguestslimit", "most VMs of a host", lambda c: c.record.max_guests),
    boolean("securitygroupenabled", "whether security groups are supported",
            lambda c: c.record.hypervisor in {Hypervisor.KVM, Hypervisor.XENSERVER}),
    integer("maxdatavolumeslimit", "most data volumes of a VM",
            lambda c: c.record.max_data_volumes),
    boolean("storagemotionenabled", "whether volumes of running VMs can move",
            lambda c: c.record.storage_motion),
    boolean("vmsnapshotenabled", "whether VMs can be snapshotted", lambda c: c.record.vm_snapshot),
)  # fmt: skip


def list_capabilities(call: Call) -> Row:
    """listHypervisorCapabilities."""
    args = call.args
    wanted, within = args.get("hypervisor"), containing(args.get("keyword", ""))
    rows = [
        _CapabilityAt(number, row)
        for number, row in _known(call).items()
        if (wanted is None or equal_to(wanted)(row.hypervisor))
        and args.get("id", number) == number
        and within(row.hypervisor)
    ]
    return paged(call, "hypervisorCapabilities", rows, HYPERVISOR_CAPABILITIES.render)


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
    shown = _CapabilityAt(number, changed)
    return {"hypervisorcapabilities": HYPERVISOR_CAPABILITIES.render(shown)}


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
        answers=HYPERVISOR,
        roles="ASDUR",
    ),
    Command(
        "listHypervisorCapabilities",
        list_capabilities,
        f"id:text hypervisor:text {PAGING}",
        says="Lists what the versions of each hypervisor can",
        answers=HYPERVISOR_CAPABILITIES,
        roles="A",
    ),
    Command(
        "updateHypervisorCapabilities",
        update_capabilities,
        "id:text hypervisor:text hypervisorversion:text maxdatavolumeslimit:integer "
        "maxguestslimit:long storagemotionenabled:bool vmsnapshotenabled:bool",
        says="Changes what a version of a hypervisor can, at once",
        answers=HYPERVISOR_CAPABILITIES,
        roles="A",
    ),
    Command(
        "listOsTypes",
        listing(
            "os_types", "ostype", seen(OS_TYPE), by="oscategoryid", like="description", also=_shown
        ),
        f"id:ostype~ oscategoryid:oscategory~ description:text fordisplay:bool {PAGING}",
        says="Lists the guest operating systems",
        answers=OS_TYPE,
        roles="ASDUR",
    ),
    Command(
        "listOsCategories",
        listing("os_categories", "oscategory", plain(OS_CATEGORY), like="name", also=_featured),
        f"id:oscategory~ name:text isfeatured:bool {PAGING}",
        says="Lists the families of guest operating systems",
        answers=OS_CATEGORY,
        roles="ASDUR",
    ),
)

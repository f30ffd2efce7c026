"""Which offerings are listed, and who may ask for them."""

from simulator.api.command import Call
from simulator.api.lists import Lister, Row
from simulator.domain.inventory import DiskOffering, ServiceOffering
from simulator.domain.lists import ACTIVE, ALL, INACTIVE, LIST_OFFERINGS, OfferingFilter
from simulator.domain.records import Role
from simulator.domain.rules import Phase


def compute_shown(call: Call, record: ServiceOffering) -> bool:
    """Return whether a compute offering has what is asked for, or more."""
    args = call.args
    sizes = {"cpunumber": record.cpu_count, "cpuspeed": record.cpu_mhz, "memory": record.memory_mib}
    return (
        record.system == bool(args.get("issystem"))
        and all(args.get(name, have) <= have for name, have in sizes.items())
        and args.get("encryptroot", record.traits.encrypts_root) == record.traits.encrypts_root
        and _fits(call, record)
    )


def disk_shown(call: Call, record: DiskOffering) -> bool:
    """Return whether a disk offering is for the caller, and has what is asked for."""
    same = call.args.get("encrypt", record.encrypted) == record.encrypted
    return same and _fits(call, record) and _offered(call, record)


def _fits(call: Call, record: ServiceOffering | DiskOffering) -> bool:
    """Return whether an offering has the storage and the state asked for."""
    wanted, state = call.args.get("storagetype", "").lower(), _state(call).lower()
    local = {"local": True, "shared": False}.get(wanted, record.local)
    return local == record.local and state in {ALL, INACTIVE if record.inactive else ACTIVE}


def _state(call: Call) -> str:
    """Return the state of the offerings to list, as it was asked for: if not, those in use."""
    asked: str = call.args.get("state", "")
    return asked if asked.strip() else ACTIVE


def guarded(what: str, handler: Lister) -> Lister:
    """Return the handler of a list of offerings, which refuses what is not a user's to ask."""

    def judged(call: Call) -> Row:
        role = call.account.role
        case = OfferingFilter(
            dialect=call.world.dialect,
            what=what,
            by_user=role in {Role.USER, Role.READ_ONLY},
            by_root=call.is_root,
            system=bool(call.args.get("issystem")),
            recursive=bool(call.args.get("isrecursive")),
            state=_state(call),
        )
        LIST_OFFERINGS.require(Phase.REQUEST, case)
        return handler(call)

    return judged


def _offered(call: Call, record: DiskOffering) -> bool:
    """Return whether a disk offering is for the caller's domain."""
    domains = call.world.store.domains
    home = domains[call.account.domain_id]
    limited = bool(record.domain_ids) and not call.is_root
    return not limited or any(domains[i].holds(home) for i in record.domain_ids)

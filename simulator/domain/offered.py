"""Who may use which disk offering, and where (DomainChecker)."""

from collections.abc import Mapping

from simulator.domain.inventory import DiskOffering, Zone
from simulator.domain.records import Account, Domain, Role

_ROOT_ADMIN = Role.ADMIN


def offered(
    account: Account, offering: DiskOffering, zone_id: str, domains: Mapping[str, Domain]
) -> bool:
    """Return whether *account* may use a disk offering in a zone, "" for no zone."""
    here = not offering.zone_ids or zone_id in {"", *offering.zone_ids}
    if account.role is _ROOT_ADMIN or not offering.domain_ids:
        return here
    home = domains[account.domain_id]
    return here and any(domains[i].holds(home) for i in offering.domain_ids if i in domains)


def unconfirmed_text(caller: Account, offering: DiskOffering) -> str:
    """Return what a caller is told of a disk offering that nothing opens to him there."""
    return (
        f"There's no way to confirm {caller.text} has access to DiskOffering "
        f'{{"id":{offering.db_id},"name":"{offering.name}","uuid":"{offering.id}"}}.'
    )


def denied_text(account: Account, offering: DiskOffering, zone: Zone | None) -> str:
    """Return what the owner of a volume hears about a disk offering that is not for him."""
    return (
        f"Access denied to {account.text} for disk offering: Disk offering "
        f'{{"id":{offering.db_id},"name":"{offering.name}","uuid":"{offering.id}"}}, zone: '
        f"{zone.text if zone else 'null'} by DomainChecker"
    )

"""Resource limits of accounts, projects and domains (semantics 6.2)."""

from enum import StrEnum

from simulator.domain.records import Account, Domain, Role


class Resource(StrEnum):
    """ResourceType, as spelt in messages."""

    VOLUME = "volume"
    PRIMARY_STORAGE = "primary_storage"
    USER_VM = "user_vm"
    SNAPSHOT = "snapshot"


RESOURCE_CODES = {
    0: Resource.USER_VM,
    2: Resource.VOLUME,
    3: Resource.SNAPSHOT,
    10: Resource.PRIMARY_STORAGE,
}
"""`resourcetype` of updateResourceLimit."""

_SETTING = {
    Resource.VOLUME: "volumes",
    Resource.PRIMARY_STORAGE: "primary.storage",
    Resource.USER_VM: "user.vms",
    Resource.SNAPSHOT: "snapshots",
}
_GIB = 1 << 30


def setting_of(resource: Resource, owner: str) -> str:
    """Return the setting with the default limit of *owner* ("account", "project", "domain")."""
    return f"max.{owner}.{_SETTING[resource]}"


def default_limit(resource: Resource, number: float) -> int:
    """Return a default limit in the resource's own unit: bytes for storage, else a count."""
    if number < 0:
        return -1
    return int(number * _GIB) if resource is Resource.PRIMARY_STORAGE else int(number)


def _spell(resource: Resource, amount: int) -> str:
    if resource is not Resource.PRIMARY_STORAGE:
        return str(amount)
    if amount == 0:
        return "(0 bytes) 0"
    return f"({amount / _GIB:.2f} GB) {amount}"


def exceeds(limit: int, current: int, more: int) -> bool:
    """Return whether *current* plus *more* is over *limit*; -1 is no limit."""
    return limit >= 0 and current + more > limit


def account_text(
    resource: Resource, account: Account, domain: Domain, limit: int, current: int, more: int
) -> str:
    """Return T-lim of the ground truth."""
    owner = "Project" if account.role is Role.PROJECT else "Account"
    return (
        f"Maximum amount of resources of Type = '{resource}', tag = 'null' for {owner} Name = "
        f"{account.name} in Domain Id = {domain.db_id} is exceeded: {owner} Resource Limit = "
        f"{_spell(resource, limit)}, Current {owner} Resource Amount = "
        f"{_spell(resource, current)}, Current {owner} Resource Reservation = "
        f"{_spell(resource, 0)}, Requested Resource Amount = {_spell(resource, more)}."
    )


def domain_text(resource: Resource, domain: Domain, limit: int, current: int, more: int) -> str:
    """Return the refusal at a domain's limit."""
    return (
        f"Maximum domain resource limits of Type '{resource}' for Domain Id = {domain.id} is "
        f"exceeded: Domain Resource Limit = {_spell(resource, limit)}, Current Domain Resource "
        f"Amount = {_spell(resource, current)}, Current Resource Reservation = "
        f"{_spell(resource, 0)}, Requested Resource Amount = {_spell(resource, more)}."
    )

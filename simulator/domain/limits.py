"""Resource limits of accounts, projects and domains (semantics 6.2)."""

from enum import StrEnum

from simulator.domain.dialect import Dialect
from simulator.domain.records import Account, Domain, Role
from simulator.domain.releases import Flag


class Resource(StrEnum):
    """ResourceType, as spelt in messages."""

    USER_VM = "user_vm"
    PUBLIC_IP = "public_ip"
    VOLUME = "volume"
    SNAPSHOT = "snapshot"
    TEMPLATE = "template"
    PROJECT = "project"
    NETWORK = "network"
    VPC = "vpc"
    CPU = "cpu"
    MEMORY = "memory"
    PRIMARY_STORAGE = "primary_storage"
    SECONDARY_STORAGE = "secondary_storage"
    BACKUP = "backup"
    BACKUP_STORAGE = "backup_storage"
    BUCKET = "bucket"
    OBJECT_STORAGE = "object_storage"
    GPU = "gpu"


RESOURCE_CODES = dict(enumerate(Resource))
"""`resourcetype` of updateResourceLimit; the order of the names is the server's."""

_SETTING = {
    Resource.USER_VM: "user.vms",
    Resource.PUBLIC_IP: "public.ips",
    Resource.VOLUME: "volumes",
    Resource.SNAPSHOT: "snapshots",
    Resource.TEMPLATE: "templates",
    Resource.PROJECT: "projects",
    Resource.NETWORK: "networks",
    Resource.VPC: "vpcs",
    Resource.CPU: "cpus",
    Resource.MEMORY: "memory",
    Resource.PRIMARY_STORAGE: "primary.storage",
    Resource.SECONDARY_STORAGE: "secondary.storage",
    Resource.BACKUP: "backups",
    Resource.BACKUP_STORAGE: "backup.storage",
    Resource.BUCKET: "buckets",
    Resource.OBJECT_STORAGE: "object.storage",
    Resource.GPU: "gpus",
}
SIZES = frozenset(
    {
        Resource.PRIMARY_STORAGE,
        Resource.SECONDARY_STORAGE,
        Resource.BACKUP_STORAGE,
        Resource.OBJECT_STORAGE,
    }
)
"""Resources counted in bytes, whose limits are given in GiB."""
_GIB = 1 << 30


def setting_of(resource: Resource, owner: str) -> str:
    """Return the setting with the default limit of *owner* ("account", "project", "domain")."""
    return f"max.{owner}.{_SETTING[resource]}"


def default_limit(resource: Resource, number: float) -> int:
    """Return a default limit in the resource's own unit: bytes for storage, else a count."""
    if number < 0:
        return -1
    return int(number * _GIB) if resource in SIZES else int(number)


def _spell(resource: Resource, amount: int) -> str:
    if resource not in SIZES:
        return str(amount)
    if amount == 0:
        return "(0 bytes) 0"
    return f"({amount / _GIB:.2f} GB) {amount}"


def exceeds(limit: int, current: int, more: int) -> bool:
    """Return whether *current* plus *more* is over *limit*; -1 is no limit."""
    return limit >= 0 and current + more > limit


def account_text(
    resource: Resource,
    account: Account,
    domain: Domain,
    limit: int,
    current: int,
    more: int,
    dialect: Dialect,
    reserved: int = 0,
) -> str:
    """Return T-lim of the ground truth, as the release words it (versions 8)."""
    owner = "Project" if account.role is Role.PROJECT else "Account"
    bare, old = Flag.LIMIT_TEXT_BARE in dialect, Flag.LIMIT_TEXT_RESERVED in dialect
    tag = "" if bare or old else ", tag = 'null'"
    held = f"Current {owner} Resource Reservation = {_spell(resource, reserved)}, "
    return (
        f"Maximum amount of resources of Type = '{resource}'{tag} for {owner} Name = "
        f"{account.name} in Domain Id = {domain.db_id} is exceeded: {owner} Resource Limit = "
        f"{_spell(resource, limit)}, Current {owner} Resource Amount = "
        f"{_spell(resource, current)}, {'' if bare else held}"
        f"Requested Resource Amount = {_spell(resource, more)}."
    )


def domain_text(
    resource: Resource,
    domain: Domain,
    limit: int,
    current: int,
    more: int,
    dialect: Dialect,
    reserved: int = 0,
) -> str:
    """Return the refusal at a domain's limit, as the release words it (versions 8)."""
    bare, old = Flag.LIMIT_TEXT_BARE in dialect, Flag.LIMIT_TEXT_RESERVED in dialect
    named = domain.db_id if bare or old else domain.id
    held = f"Current Resource Reservation = {_spell(resource, reserved)}, "
    return (
        f"Maximum domain resource limits of Type '{resource}' for Domain Id = {named} is "
        f"exceeded: Domain Resource Limit = {_spell(resource, limit)}, Current Domain Resource "
        f"Amount = {_spell(resource, current)}, {'' if bare else held}"
        f"Requested Resource Amount = {_spell(resource, more)}."
    )

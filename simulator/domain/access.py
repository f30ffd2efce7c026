"""Who may touch what (semantics 6.1)."""

from collections.abc import Mapping

from simulator.domain.records import Account, Domain, Role

PERMISSION_TEXT = "Caller does not have permission to operate with provided resource."

_ROOT_ADMIN = Role.ADMIN
_DOMAIN_ROLES = frozenset({Role.DOMAIN_ADMIN, Role.RESOURCE_ADMIN})


def may_use(caller: Account, owner: Account, domains: Mapping[str, Domain]) -> bool:
    """Return whether *caller* may operate on what *owner* owns."""
    if caller.role is _ROOT_ADMIN or caller.id == owner.id or caller.role is Role.SYSTEM:
        return True
    if caller.role in _DOMAIN_ROLES:
        return domains[caller.domain_id].holds(domains[owner.domain_id])
    return owner.role is Role.PROJECT and caller.id in owner.members


def is_admin(caller: Account) -> bool:
    """Return whether *caller* is some kind of administrator."""
    return caller.role is _ROOT_ADMIN or caller.role in _DOMAIN_ROLES

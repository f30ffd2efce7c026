"""Who ranks above whom, and what a network domain is: what accounts, users, domains share (6.1)."""

import re

from simulator.domain.records import Account, Role

_RANKS = {Role.SYSTEM: 0, Role.ADMIN: 1, Role.RESOURCE_ADMIN: 2, Role.DOMAIN_ADMIN: 3}
_LABEL = re.compile(r"[a-zA-Z0-9-]{1,63}", re.ASCII)
NETWORK_DOMAIN_TEXT = (
    "Invalid network domain. Total length shouldn't exceed 190 chars. Each domain label must be "
    "between 1 and 63 characters long, can contain ASCII letters 'a' through 'z', the digits '0' "
    "through '9', and the hyphen ('-'); can't start or end with \"-\""
)
"""Refusal of a network domain that is none."""


def is_network_domain(text: str) -> bool:
    """Return whether *text* can be the DNS suffix of networks."""
    labels = text.split(".")
    return len(text) <= 190 and all(
        _LABEL.fullmatch(label) and label[0] != "-" and label[-1] != "-" for label in labels
    )


def outranks(caller: Account, role: Role, account_id: str = "") -> bool:
    """Return whether an account of *role* is out of the caller's reach.

    It is where it is of a higher kind, or a user's where the caller is another user.
    """
    users = len(_RANKS)
    own, its = _RANKS.get(caller.role, users), _RANKS.get(role, users)
    return own > its or (own == its == users and caller.id != account_id)


def outranked_text(caller: Account, role: Role, name: str, account_id: str) -> str:
    """Return why a caller may not touch an account that is out of its reach."""
    users = len(_RANKS)
    if _RANKS.get(role, users) == users:
        return (
            f"The calling account [{caller.name}, {caller.id}] is not allowed to perform this "
            "operation on users from other accounts of the same role type within the domain"
        )
    return (
        f"The calling account [{caller.name}, {caller.id}] has a lower role type than the user "
        f"account [{name}, {account_id}]"
    )


NO_DOMAIN_TEXT = 'Cannot invoke "java.lang.Long.longValue()" because "domainId" is null'
"""What AccountManagerImpl says in place of a refusal that spells the domain, if none is named."""


def fits_or_none(text: str | None) -> bool:
    """Return whether *text* is a network domain, or none is given."""
    return not text or is_network_domain(text)


def escalation_text(caller: str, home: str) -> str:
    """Return the refusal of a role that may do more than the caller's, fields of the case given."""
    return (
        f"User of Account {{{caller}.text}} and domain {{{home}.text}} can not create an account "
        "with access to more privileges they have themself."
    )

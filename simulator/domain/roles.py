"""Roles: which commands whose account may call (semantics 6.1, C19)."""

from fnmatch import fnmatchcase
from typing import NamedTuple

from simulator.domain.records import Role

TYPES = {
    Role.ADMIN: 1,
    Role.DOMAIN_ADMIN: 2,
    Role.RESOURCE_ADMIN: 3,
    Role.PROJECT: 5,
    Role.USER: 0,
    Role.READ_ONLY: 0,
    Role.SYSTEM: 1,
}
"""Role -> `accounttype` of the API."""

LETTERS = {
    Role.ADMIN: "A",
    Role.RESOURCE_ADMIN: "S",
    Role.DOMAIN_ADMIN: "D",
    Role.USER: "U",
    Role.READ_ONLY: "R",
}
"""Role -> its letter in a row of the command table."""


class RoleRule(NamedTuple):
    """Whether a role may call the commands that *pattern* names (`*` is any text)."""

    id: str
    pattern: str
    allow: bool


class RoleRow(NamedTuple):
    """A role as listRoles shows it.

    *kind* is the built-in role it is like; a stock role has no *rules*: the command table rules.
    """

    id: str
    db_id: int
    name: str
    kind: Role
    text: str
    stock: bool = False
    public: bool = True
    rules: tuple[RoleRule, ...] = ()
    removed: bool = False

    @property
    def type(self) -> str:
        """Return the role type as the API spells it."""
        return str(Role.USER if self.kind is Role.READ_ONLY else self.kind)

    def allows(self, command: str, letters: str) -> bool:
        """Return whether the role may call *command*, whose row names the roles *letters*."""
        if self.stock:
            return LETTERS[self.kind] in letters
        for rule in self.rules:
            if fnmatchcase(command, rule.pattern):
                return rule.allow
        return False


STOCK = (
    RoleRow("", 0, "Root Admin", Role.ADMIN, "Default root admin role", stock=True),
    RoleRow(
        "", 0, "Resource Admin", Role.RESOURCE_ADMIN, "Default resource admin role", stock=True
    ),
    RoleRow("", 0, "Domain Admin", Role.DOMAIN_ADMIN, "Default domain admin role", stock=True),
    RoleRow("", 0, "User", Role.USER, "Default user role", stock=True),
    RoleRow(
        "", 0, "Read-Only User - Default", Role.READ_ONLY, "Default read-only user role", stock=True
    ),
)
"""The roles every cloud has."""

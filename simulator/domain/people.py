"""Who people are: domains, accounts, users and their roles. Immutable."""

from enum import StrEnum
from typing import NamedTuple


class Domain(NamedTuple):
    """A domain; *path* is spelt from ROOT ("ROOT/sub")."""

    id: str
    db_id: int
    name: str
    parent_id: str | None
    path: str
    removed: bool = False
    network_domain: str = ""

    def holds(self, other: "Domain") -> bool:
        """Return whether *other* is this domain or lies below it."""
        return other.path == self.path or other.path.startswith(self.path + "/")

    @property
    def text(self) -> str:
        """Return how the server's messages spell a domain, whose paths there begin below ROOT."""
        path = self.path.partition("/")[2]
        spelt = f"/{path}/" if path else "/"
        return (
            f'Domain {{"id":{self.db_id},"name":"{self.name}","path":"{spelt}","uuid":"{self.id}"}}'
        )


class Role(StrEnum):
    """Role of an account; READ_ONLY is the stock "Read-Only User - Default"."""

    ADMIN = "Admin"
    RESOURCE_ADMIN = "ResourceAdmin"
    DOMAIN_ADMIN = "DomainAdmin"
    USER = "User"
    READ_ONLY = "ReadOnlyUser"
    PROJECT = "Project"
    SYSTEM = "System"


class Account(NamedTuple):
    """An owner; *project* is the name of the project whose account this is.

    *role_id* names a role that is not the stock one of *role*. Nobody enters as an account that
    is not enabled; what a *locked* one owns goes on.
    """

    id: str
    db_id: int
    name: str
    domain_id: str
    role: Role
    enabled: bool = True
    project: str | None = None
    project_id: str | None = None
    members: frozenset[str] = frozenset()
    role_id: str | None = None
    removed: bool = False
    locked: bool = False
    network_domain: str = ""

    @property
    def state(self) -> str:
        """Return the state as the API spells it."""
        if self.removed:
            return "removed"
        return "enabled" if self.enabled else "locked" if self.locked else "disabled"

    @property
    def text(self) -> str:
        """Return how the server's messages spell an account."""
        return f'Account [{{"accountName":"{self.name}","id":{self.db_id},"uuid":"{self.id}"}}]'


class User(NamedTuple):
    """A login of an account; keys are None until registered."""

    id: str
    db_id: int
    name: str
    account_id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    password: str = ""
    api_key: str | None = None
    secret_key: str | None = None
    created_s: float = 0.0
    enabled: bool = True
    removed: bool = False
    locked: bool = False
    timezone: str = ""

    @property
    def state(self) -> str:
        """Return the state as the API spells it."""
        return "enabled" if self.enabled else "locked" if self.locked else "disabled"

    @property
    def text(self) -> str:
        """Return how the server's messages spell a user."""
        return f'User {{"id":{self.db_id},"username":"{self.name}","uuid":"{self.id}"}}.'

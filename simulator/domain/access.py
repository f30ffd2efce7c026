"""Who may touch what, and what a list shows to whom (semantics 6.1)."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.management import Project
from simulator.domain.records import Account, Domain, Role
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table

PERMISSION_TEXT = "Caller does not have permission to operate with provided resource."

_ROOT_ADMIN = Role.ADMIN
_DOMAIN_ROLES = frozenset({Role.DOMAIN_ADMIN, Role.RESOURCE_ADMIN})
R = Phase.REQUEST


def may_use(caller: Account, owner: Account, domains: Mapping[str, Domain]) -> bool:
    """Return whether *caller* may operate on what *owner* owns."""
    if caller.role is _ROOT_ADMIN or caller.id == owner.id or caller.role is Role.SYSTEM:
        return True
    if caller.role in _DOMAIN_ROLES:
        return domains[caller.domain_id].holds(domains[owner.domain_id])
    return owner.role is Role.PROJECT and caller.id in owner.members


def may_enter(caller: Account, domain: Domain, domains: Mapping[str, Domain]) -> bool:
    """Return whether *caller* may look into *domain*; a user may look into its own alone."""
    if caller.role in _DOMAIN_ROLES or caller.role is _ROOT_ADMIN:
        return domains[caller.domain_id].holds(domain)
    return caller.domain_id == domain.id


def may_share(caller: Account, fund: Account, domains: Mapping[str, Domain]) -> bool:
    """Return whether *caller* may use the project whose account is *fund*."""
    if caller.role is Role.DOMAIN_ADMIN:
        return domains[caller.domain_id].holds(domains[fund.domain_id])
    return caller.role is _ROOT_ADMIN or caller.id in fund.members


def denial_text(dialect: Dialect, caller: Account, text: str) -> str:
    """Return *text* as the release words it: older ones name the user who has no permission.

    Domain admins were refused by a routine of their own, whose words are not shown (versions 9).
    """
    if Flag.PERMISSION_TEXT_NAMES not in dialect or is_admin(caller):
        return text
    return text.replace(
        PERMISSION_TEXT, f"{caller.text} does not have permission to operate with resource"
    )


def is_admin(caller: Account) -> bool:
    """Return whether *caller* is some kind of administrator."""
    return caller.role is _ROOT_ADMIN or caller.role in _DOMAIN_ROLES


class Projects(Enum):
    """Which owners a list shows: projects alone, all but projects, or both."""

    ONLY = auto()
    SKIP = auto()
    BOTH = auto()


class Scope(NamedTuple):
    """Whose things a list shows.

    *owners* are ids of accounts, None for all those of *domain*, and with *deep* of the domains
    below it; a *domain* of None is the whole cloud.
    """

    owners: frozenset[str] | None
    domain: Domain | None
    deep: bool
    projects: Projects

    def shows(self, owner: Account, home: Domain) -> bool:
        """Return whether the list shows what *owner*, who lives in *home*, owns."""
        if self.projects is not Projects.BOTH:
            wants = self.projects is Projects.ONLY
            if (owner.role is Role.PROJECT) is not wants:
                return False
        if self.owners is not None:
            return owner.id in self.owners
        if self.domain is None:
            return True
        return self.domain.holds(home) if self.deep else self.domain.id == home.id


class Look(NamedTuple):
    """What a caller asks of a list of things that have owners.

    *home* is the caller's domain; *owner* the account named *name*, None where there is none.
    *project* is None also for -1, which *any_project* says; *fund* is the project's account.
    """

    dialect: Dialect
    caller: Account
    home: Domain
    domain: Domain | None = None
    caller_may_enter: bool = True
    name: str | None = None
    owner: Account | None = None
    caller_may_use: bool = True
    project: Project | None = None
    fund: Account | None = None
    caller_may_share: bool = True
    any_project: bool = False
    by_id: bool = False
    list_all: bool = False
    deep: bool = False

    @property
    def has_project(self) -> bool:
        """Whether a project, or any, was asked for."""
        return self.project is not None or self.any_project

    @property
    def searched(self) -> Domain:
        """The domain where the account is looked for."""
        return self.domain or self.home

    @property
    def share_text(self) -> str:
        """Why the project is refused: a domain admin is told about its domain."""
        if self.caller.role is Role.DOMAIN_ADMIN and self.fund is not None:
            return outside_text(self.caller, self.fund.domain_id)
        return f"Account {self.caller.text} can't access project id={self.db_id}"

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.searched.id)

    @property
    def db_id(self) -> int:
        """The database id of the project."""
        return self.project.db_id if self.project else 0


def outside_text(caller: Account, domain_id: str) -> str:
    """Return the refusal of a domain that is not the caller's to look into."""
    return f"Account {caller.text} does not have permission to operate within domain id={domain_id}"


# fmt: off
LOOK: Table[Look] = Table("every list of what has an owner", (
    Rule("ACL-01", "the domain asked for is there",
         lambda k: k.domain is None or not k.domain.removed, R, Kind.PARAM,
         "Unable to find domain by id {c.searched.db_id}", "6.1"),
    Rule("ACL-02", "the caller may look into the domain asked for",
         lambda k: k.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1"),
    Rule("ACL-03", "an account and a project are not asked for together",
         lambda k: k.name is None or not k.has_project, R, Kind.PARAM,
         "Account and projectId can't be specified together", "6.1"),
    Rule("ACL-04", "the account asked for is in the domain",
         lambda k: k.name is None or k.owner is not None, R, Kind.PARAM,
         "could not find account {c.name} in domain {c.searched.text}", "6.1"),
    Rule("ACL-05", "the caller may use what the account asked for owns",
         lambda k: k.caller_may_use, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("ACL-06", "the project asked for is there",
         lambda k: k.project is None or not k.project.removed, R, Kind.PARAM,
         "Unable to find project by id {c.db_id}", "6.1"),
    Rule("ACL-07", "the caller may use the project asked for",
         lambda k: k.caller_may_share, R, Kind.DENIED, "{c.share_text}", "6.1", "SPEC-03"),
))
# fmt: on


def scope(look: Look, funds: Iterable[Account]) -> Scope:
    """Return whose things a list shows that LOOK lets through; *funds* are projects' accounts."""
    caller, owner = look.caller, look.owner
    owners = {owner.id} if owner is not None else set()
    domain, deep, shown = look.domain, look.deep, Projects.BOTH
    if look.any_project:
        shown = Projects.BOTH if look.list_all else Projects.ONLY
        if caller.role is not _ROOT_ADMIN:
            owners |= {fund.id for fund in funds if caller.id in fund.members}
            if not owners or look.list_all:
                owners.add(caller.id)
    elif look.fund is not None:
        owners.add(look.fund.id)
    else:
        shown = Projects.BOTH if look.by_id else Projects.SKIP
        if not owners and domain is None:
            owners, domain, deep = _own(look)
        elif domain is not None and not is_admin(caller):
            owners.add(caller.id)
    return Scope(frozenset(owners) if owners else None, domain, deep, shown)


def _own(look: Look) -> tuple[set[str], Domain | None, bool]:
    """Return what a list shows where neither account nor domain nor project was asked for."""
    caller = look.caller
    if not is_admin(caller) or (not look.list_all and not look.by_id):
        return {caller.id}, None, look.deep
    below = caller.role is Role.DOMAIN_ADMIN or (
        not look.list_all and caller.role is not _ROOT_ADMIN
    )
    return set(), look.home if below else None, below or look.deep

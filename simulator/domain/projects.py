"""Projects: who may have one more, change one and see which (semantics 6.1, 6.2)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT, is_admin, outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.management import Project
from simulator.domain.records import Account, Domain
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB
ACTIVE, SUSPENDED = "Active", "Suspended"


class NewProject(NamedTuple):
    """A project someone wants in a domain; *account* and *domain* are as they were given.

    *ids* are those given of a user, its account and its domain; *fits* is whether the user is
    of these.
    """

    dialect: Dialect
    name: str
    domain_db_id: int
    users_may: bool
    name_free: bool
    over_limit: str = ""
    account: str | None = None
    domain: Domain | None = None
    ids: tuple[str | None, str | None, str | None] = (None, None, None)
    fits: bool = True


class OpenProject(NamedTuple):
    """A project that a command names; *gone* is what the command says where it is not there.

    AddAccountToProjectCmd alone lists the *ids* of it.
    """

    dialect: Dialect
    project: Project
    gone: str
    ids: str = ""


class ChangeProject(NamedTuple):
    """A project to change, by *command*.

    *name* is the account to add, to take away or to make the owner, *account* its record, None
    where the project's domain has none. *left* is what the project still owns, in words.
    """

    dialect: Dialect
    command: str
    project: Project
    domain: Domain
    caller_may: bool
    name: str | None = None
    email: str | None = None
    account: Account | None = None
    is_member: bool = False
    is_owner: bool = False
    left: str = ""
    over_limit: str = ""

    @property
    def adds(self) -> bool:
        """Whether an account shall join."""
        return self.command == "addAccountToProject"

    @property
    def takes_away(self) -> bool:
        """Whether an account shall leave."""
        return self.command == "deleteAccountFromProject"

    @property
    def gives(self) -> bool:
        """Whether the project shall have another owner."""
        return self.command == "updateProject" and self.name is not None

    @property
    def where(self) -> str:
        """The project's domain as the command's refusal spells it."""
        return "specified domain id" if self.adds else f"domain id={self.domain.db_id}"

    @property
    def stranger_text(self) -> str:
        """Why an account that is no member is refused."""
        if self.gives:
            return (
                f"Account {self.name} doesn't belong to the project. Add it to the project first "
                "and then change the project's ownership"
            )
        return f"Account {self.name} is not assigned to the project with specified id"


class ListProjects(NamedTuple):
    """Whose projects a caller wants to see; *account* is the one named *name* in *domain*."""

    dialect: Dialect
    caller: Account
    name: str | None = None
    domain: Domain | None = None
    caller_may_enter: bool = True
    account: Account | None = None

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.domain.id if self.domain else "")

    @property
    def is_admin(self) -> bool:
        """Whether an administrator asks."""
        return is_admin(self.caller)

    @property
    def own_domain(self) -> bool:
        """Whether no other domain than the caller's is asked for."""
        return self.domain is None or self.domain.id == self.caller.domain_id


class ProjectMembers(NamedTuple):
    """A project whose members a caller wants to see."""

    dialect: Dialect
    caller: Account
    project: Project
    caller_may: bool


_SOURCE = "ProjectManagerImpl"

# fmt: off
NEW_PROJECT: Table[NewProject] = Table("createProject", (
    Rule("PRJ-02", "the account of a new project is named with its domain",
         lambda p: p.account is None or p.domain is not None, R, Kind.PARAM,
         "Account name and domain id must be specified together", "6.1", "SPEC-03"),
    Rule("PRJ-24", "a user of a new project is named with an account and a domain",
         lambda p: p.ids[0] is None or None not in p.ids[1:], R, Kind.PARAM,
         "Account ID and Domain ID must be specified with userID", "CreateProjectCmd"),
    Rule("PRJ-01", "users may create projects, or the caller is an administrator",
         lambda p: p.users_may, R, Kind.DENIED, "Regular user is not permitted to create a project",
         "6.1"),
    Rule("PRJ-03", "the name of a project is free",
         lambda p: p.name_free, R, Kind.PARAM,
         "Project with name {c.name} already exists in domain id={c.domain_db_id}", "6.1"),
    Rule("PRJ-26", "a user of a new project is of the account and the domain",
         lambda p: p.fits, R, Kind.PARAM,
         "User doesn't belong to the specified account or domain", _SOURCE),
    Rule("PRJ-04", "the owner's limit leaves room for the project",
         lambda p: not p.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
))

OPEN_PROJECT: Table[OpenProject] = Table("a project that a command names", (
    Rule("PRJ-05", "the project to change is there",
         lambda p: not p.project.removed, R, Kind.PARAM, "{c.gone}", "6.1", ids="{c.ids}"),
))

CHANGE_PROJECT: Table[ChangeProject] = Table("a change of a project", (
    Rule("PRJ-06", "an account to add to a project is named, or its mail address",
         lambda p: not p.adds or p.name is not None or p.email is not None, J, Kind.PARAM,
         "Either accountName or email is required", "6.1"),
    Rule("PRJ-07", "a project that gets an account is active",
         lambda p: not p.adds or p.project.state == ACTIVE, J, Kind.PARAM,
         "Can't add account to the specified project id in state={c.project.state} as it's no "
         "longer active", "6.1"),
    Rule("PRJ-08", "an account that joins or leaves is there",
         lambda p: p.name is None or p.gives or p.account is not None, J, Kind.PARAM,
         "Unable to find account name={c.name} in {c.where}", "6.1"),
    Rule("PRJ-09", "the caller may change the project",
         lambda p: p.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("PRJ-10", "an account to add to a project is named, as nobody is invited",
         lambda p: not p.adds or p.name is not None or p.email is None, J, Kind.PARAM,
         "Account information is required for assigning account to the project", "6.1"),
    Rule("PRJ-11", "the new owner of a project is there",
         lambda p: not p.gives or p.account is not None, J, Kind.PARAM,
         "Unable to find account name={c.name} in domain id={c.domain.db_id}", "6.1"),
    Rule("PRJ-12", "an account that leaves a project or gets it is a member",
         lambda p: not (p.gives or p.takes_away) or p.is_member, J, Kind.PARAM,
         "{c.stranger_text}", "6.1"),
    Rule("PRJ-13", "an account that leaves a project does not own it",
         lambda p: not p.takes_away or not p.is_owner, J, Kind.PARAM,
         "Unable to delete account {c.name} from the project with specified id as the account is "
         "the owner of the project", "6.1"),
    Rule("PRJ-14", "the new owner's limit leaves room for the project",
         lambda p: not p.over_limit, J, Kind.LIMIT, "{c.over_limit}", "6.2"),
    Rule("PRJ-15", "a project to delete without cleanup owns nothing",
         lambda p: not p.left, J, Kind.RUNTIME,
         "Can't delete the project yet because it has {c.left} to clean up", "6.1"),
))

LIST_PROJECTS: Table[ListProjects] = Table("listProjects", (
    Rule("PRJ-16", "the domain whose projects to list is there",
         lambda p: not p.is_admin or p.domain is None or not p.domain.removed, R, Kind.PARAM,
         "Domain id={c.domain.db_id} doesn't exist in the system", "6.1"),
    Rule("PRJ-17", "an administrator may look into the domain whose projects to list",
         lambda p: p.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1"),
    Rule("PRJ-18", "the account whose projects to list is in the domain",
         lambda p: not p.is_admin or p.name is None or p.domain is None or p.account is not None, R,
         Kind.PARAM, "Unable to find account {c.name} in domain {c.domain.db_id}", "6.1"),
    Rule("PRJ-19", "an administrator names an account with its domain",
         lambda p: not p.is_admin or p.name is None or p.domain is not None, R, Kind.PARAM,
         "could not find account {c.name} because domain is not specified", "6.1"),
    Rule("PRJ-20", "a user lists its own account's projects",
         lambda p: p.is_admin or p.name in {None, p.caller.name}, R, Kind.DENIED,
         "Can't list account {c.name} projects; unauthorized", "6.1"),
    Rule("PRJ-21", "a user lists its own domain's projects",
         lambda p: p.is_admin or p.own_domain, R, Kind.DENIED,
         "Can't list domain id= {c.domain.db_id} projects; unauthorized", "6.1"),
))

PROJECT_MEMBERS: Table[ProjectMembers] = Table("listProjectAccounts", (
    Rule("PRJ-22", "the project whose members to list is there",
         lambda p: not p.project.removed, R, Kind.PARAM,
         "Unable to find the project id={c.project.db_id}", "6.1"),
    Rule("PRJ-23", "members and administrators list the members of a project",
         lambda p: p.caller_may, R, Kind.DENIED,
         "Account {c.caller.text} is not authorized to list users of the project "
         "id={c.project.db_id}", "6.1", "SPEC-03"),
))
# fmt: on

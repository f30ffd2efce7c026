"""For whom something is made: the account, the project or the caller (semantics 6.1)."""

from typing import NamedTuple

from simulator.domain.access import is_admin, outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.management import Project
from simulator.domain.records import Account, Domain, Role
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST


class NewOwner(NamedTuple):
    """Whom a caller names as the owner of something new.

    *owner* is the account called *name* in *domain*, None where there is none. *fund* is the
    account of *project*.
    """

    dialect: Dialect
    caller: Account
    name: str | None = None
    domain: Domain | None = None
    owner: Account | None = None
    caller_may_enter: bool = True
    project: Project | None = None
    fund: Account | None = None
    caller_may_share: bool = True

    @property
    def by_account(self) -> bool:
        """Whether an account in a domain is named."""
        return self.name is not None and self.domain is not None

    @property
    def domain_gone(self) -> bool:
        """Whether an account is named in a domain that was removed."""
        return self.by_account and self.domain is not None and self.domain.removed

    @property
    def lacks_owner(self) -> bool:
        """Whether the domain has no account of the name that may own something."""
        return self.by_account and (self.owner is None or self.owner.role is Role.PROJECT)

    @property
    def project_gone(self) -> bool:
        """Whether the project is named and not there; an account named beside it wins."""
        return self.name is None and self.project is not None and self.project.removed

    @property
    def share_text(self) -> str:
        """Why the project is refused: a domain admin is told about its domain."""
        if self.caller.role is Role.DOMAIN_ADMIN and self.fund is not None:
            return outside_text(self.caller, self.fund.domain_id)
        return f"Account {self.caller.text} is unauthorised to use project id={self.db_id}"

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.domain.id if self.domain else "")

    @property
    def db_id(self) -> int:
        """The database id of the project."""
        return self.project.db_id if self.project else 0

    @property
    def names_another(self) -> bool:
        """Whether a user names another account than its own."""
        own = (self.caller.name, self.caller.domain_id)
        return (
            self.by_account
            and not is_admin(self.caller)
            and (self.name, self.domain.id if self.domain else "") != own
        )


# fmt: off
NEW_OWNER: Table[NewOwner] = Table("the owner of something new", (
    Rule("OWN-01", "an account is named with its domain",
         lambda o: o.name is None or o.domain is not None, R, Kind.PARAM,
         "Account must be specified with domainId parameter", "6.1"),
    Rule("OWN-02", "the domain of the account is there",
         lambda o: not o.domain_gone, R, Kind.PARAM, "Unable to find domain by id", "6.1"),
    Rule("OWN-03", "the account is there and no project's",
         lambda o: not o.lacks_owner, R, Kind.PARAM,
         "Unable to find account by name {c.name} in domain with specified id", "6.1"),
    Rule("OWN-04", "the account is enabled",
         lambda o: o.owner is None or o.owner.enabled, R, Kind.DENIED,
         "Can't add resources to the account {c.owner.text} in state={c.owner.state} as it's no "
         "longer active", "6.1", "SPEC-03"),
    Rule("OWN-05", "the project is there",
         lambda o: not o.project_gone, R, Kind.PARAM, "Unable to find project by id", "6.1"),
    Rule("OWN-06", "the project is active",
         lambda o: o.name is not None or o.project is None or o.project.state == "Active", R,
         Kind.DENIED,
         "Can't add resources to the project with specified projectId in state={c.project.state} "
         "as it's no longer active", "6.1", "SPEC-03", ids="{c.project.id} projectId"),
))
"""Of createVolume, deployVirtualMachine and most others: an account wins over a project."""

ADDRESS_OWNER: Table[NewOwner] = Table("the owner of a public address", (
    Rule("OWN-19", "the project of an address is there",
         lambda o: not o.project_gone, R, Kind.PARAM, "Unable to find project by ID",
         "AssociateIPAddrCmd"),
))

SOLE_OWNER: Table[NewOwner] = Table("the owner of a network, an address or a VM given away", (
    Rule("OWN-11", "an account and a project are not named together",
         lambda o: not o.by_account or o.project is None, R, Kind.PARAM,
         "ProjectId and account/domainId can't be specified together", "6.1"),
    Rule("OWN-12", "the project is there",
         lambda o: o.project is None or not o.project.removed, R, Kind.PARAM,
         "Unable to find project by id={c.db_id}", "6.1"),
    Rule("OWN-13", "the caller may use the project",
         lambda o: o.caller_may_share, R, Kind.DENIED, "{c.share_text}", "6.1", "SPEC-03"),
    Rule("OWN-14", "a user names its own account",
         lambda o: not o.names_another, R, Kind.DENIED,
         "Can't create/list resources for account {c.name} in domain {c.domain.db_id}, permission "
         "denied", "6.1", "SPEC-03"),
    Rule("OWN-15", "the domain of the account is there",
         lambda o: not o.domain_gone, R, Kind.PARAM,
         "Unable to find the domain by id={c.domain.db_id}", "6.1"),
    Rule("OWN-16", "the account is there",
         lambda o: not o.by_account or o.owner is not None, R, Kind.PARAM,
         "Unable to find account {c.name} in domain {c.domain.text}", "6.1"),
    Rule("OWN-17", "the caller may look into the domain of the account",
         lambda o: o.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("OWN-18", "an account is named with its domain or beside a project",
         lambda o: o.name is None or o.domain is not None or o.project is not None, R, Kind.PARAM,
         "AccountName and domainId must be specified together", "6.1"),
))
"""Of createNetwork, associateIpAddress and assignVirtualMachine."""
# fmt: on

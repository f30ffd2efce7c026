"""Who may see and change which resource limits and counts (semantics 6.2, ground truth 6)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT, outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.limits import RESOURCE_CODES
from simulator.domain.ranks import outranked_text, outranks
from simulator.domain.records import Account, Domain, Role
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
_DOMAIN_ROLES = frozenset({Role.DOMAIN_ADMIN, Role.RESOURCE_ADMIN})


class OnLimit(NamedTuple):
    """A limit to see or to change: of an *account*, a project's too, else of a *domain*.

    *most* is the new limit in the unit callers give; *parent_most* that of the domain above.
    """

    dialect: Dialect
    caller: Account
    account: Account | None = None
    domain: Domain | None = None
    code: int | None = 0
    most: int = -1
    caller_may: bool = True
    caller_may_enter: bool = True
    parent: Domain | None = None
    parent_most: int = -1

    @property
    def of_domain(self) -> bool:
        """Whether a domain's limit is meant."""
        return self.account is None and self.domain is not None

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.domain.id if self.domain else "")

    @property
    def outranked(self) -> bool:
        """Whether the account is of a higher kind than the caller's."""
        found = self.account
        return found is not None and outranks(self.caller, found.role, found.id)

    @property
    def outranked_text(self) -> str:
        """Why it is left alone."""
        account = self.account or self.caller
        return outranked_text(self.caller, account.role, account.name, account.id)

    @property
    def own(self) -> bool:
        """Whether an administrator of a domain changes its own account's limit."""
        return (
            self.account is not None
            and self.account.id == self.caller.id
            and self.caller.role in _DOMAIN_ROLES
        )

    @property
    def own_domain(self) -> bool:
        """Whether an administrator of a domain changes its own domain's limit."""
        if not self.of_domain or self.domain is None:
            return False
        return self.caller.role is Role.RESOURCE_ADMIN or (
            self.caller.role is Role.DOMAIN_ADMIN and self.caller.domain_id == self.domain.id
        )

    @property
    def root_limited(self) -> bool:
        """Whether a root admin's account would have a limit."""
        return self.account is not None and self.account.role is Role.ADMIN and self.most != -1

    @property
    def over_parent(self) -> bool:
        """Whether the domain above has a lower limit."""
        return self.of_domain and 0 <= self.parent_most < self.most

    @property
    def what(self) -> str:
        """The resource, as messages spell it."""
        return str(RESOURCE_CODES.get(self.code if self.code is not None else -1, ""))


# fmt: off
CHANGE_LIMIT: Table[OnLimit] = Table("updateResourceLimit", (
    Rule("LIM-01", "a limit is -1 for none, or nothing, or more",
         lambda k: k.most >= -1, R, Kind.PARAM,
         "Please specify either '-1' for an infinite limit, or a limit that is at least '0'.",
         "6.2"),
    Rule("LIM-02", "the resource whose limit to change is one",
         lambda k: k.code in RESOURCE_CODES, R, Kind.PARAM,
         "Please specify valid resource type", "6.2"),
    Rule("LIM-03", "the server's own account has no limits to change",
         lambda k: k.account is None or k.account.role is not Role.SYSTEM, R, Kind.PARAM,
         "Can't update system account", "6.2"),
    Rule("LIM-04", "a root admin's account has no limit",
         lambda k: not k.root_limited, R, Kind.PARAM,
         "Only -1 limit is supported for Root Admin accounts", "6.2"),
    Rule("LIM-05", "nobody changes the own account's limit",
         lambda k: not k.own, R, Kind.DENIED,
         "Unable to update resource limit for their own account {c.account.text}, permission "
         "denied", "6.2", "SPEC-03"),
    Rule("LIM-06", "the caller may change the account's limit",
         lambda k: k.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.2", "SPEC-03"),
    Rule("LIM-07", "the account whose limit to change is of no higher kind than the caller's",
         lambda k: not k.outranked, R, Kind.DENIED, "{c.outranked_text}", "6.2", "SPEC-03"),
    Rule("LIM-08", "the caller may look into the domain whose limit to change",
         lambda k: not k.of_domain or k.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.2",
         "SPEC-03"),
    Rule("LIM-09", "ROOT has no limit",
         lambda k: not k.of_domain or k.domain is None or k.domain.parent_id is not None, R,
         Kind.DENIED,
         "Cannot update resource limit for ROOT domain {c.domain.db_id}, permission denied",
         "6.2"),
    Rule("LIM-10", "nobody changes the own domain's limit",
         lambda k: not k.own_domain, R, Kind.DENIED,
         "Unable to update resource limit for domain {c.domain.db_id}, permission denied", "6.2",
         "SPEC-03"),
    Rule("LIM-11", "a domain has no higher limit than the one above",
         lambda k: not k.over_parent, R, Kind.PARAM,
         "Domain {c.parent.text} has maximum allowed resource limit {c.parent_most} for {c.what}, "
         "please specify a value less than or equal to {c.parent_most}", "6.2"),
    Rule("LIM-12", "an account, a project or a domain is named whose limit to change",
         lambda k: k.account is not None or k.domain is not None, R, Kind.PARAM,
         "AccountId or domainId have to be specified in order to update resource limit", "6.2"),
))

SHOW_LIMITS: Table[OnLimit] = Table("listResourceLimits", (
    Rule("LIM-13", "the caller may look into the domain whose limits to list",
         lambda k: k.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.2", "SPEC-03"),
))

COUNT_AGAIN: Table[OnLimit] = Table("updateResourceCount", (
    Rule("LIM-15", "the resource to count again is one, or all are",
         lambda k: k.code is None or k.code in RESOURCE_CODES, R, Kind.PARAM,
         "Please specify valid resource type", "6.2"),
    Rule("LIM-16", "the domain where to count again is there",
         lambda k: k.domain is None or not k.domain.removed, R, Kind.PARAM,
         "Please specify a valid domain ID.", "6.2"),
    Rule("LIM-17", "the caller may look into the domain where to count again",
         lambda k: k.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.2", "SPEC-03"),
))
# fmt: on

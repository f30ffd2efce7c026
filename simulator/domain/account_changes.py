"""updateAccount: another name, network domain or role (semantics 6.1)."""

from typing import NamedTuple

from simulator.domain.access import outside_text
from simulator.domain.accounts import OldAccount
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.ranks import NETWORK_DOMAIN_TEXT, NO_DOMAIN_TEXT, fits_or_none, outranks
from simulator.domain.records import Account, Domain, Role
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
_SOURCE = "AccountManagerImpl"


_TYPES = {
    Role.ADMIN: (1, 1), Role.RESOURCE_ADMIN: (2, 3), Role.DOMAIN_ADMIN: (3, 2), Role.USER: (4, 0),
}  # fmt: skip
"""Kind of role -> where its role type and its account type stand among their like (RoleType)."""
_TYPE_NAMES = ("NORMAL", "ADMIN", "DOMAIN_ADMIN", "RESOURCE_DOMAIN_ADMIN")


class ChangeAccount(NamedTuple):
    """What shall change of the account of *old*: its name, its network domain, its role."""

    dialect: Dialect
    old: OldAccount
    home: Domain
    caller_may_enter: bool = True
    new_name: str | None = None
    other: Account | None = None
    network_domain: str | None = None
    kind: Role | None = None
    role_name: str = ""
    role_db_id: int = 0
    escalates: bool = False

    @property
    def enter_text(self) -> str:
        """Why the account's domain is refused."""
        return outside_text(self.old.caller, self.home.id)

    @property
    def spelt(self) -> str:
        """The account as the refusals spell it."""
        return self.old.account.text if self.old.account else ""

    @property
    def domain_named(self) -> bool:
        """Whether a domain is named, which refusals spell: where none is they come to nothing."""
        return self.old.domain is not None

    @property
    def domain_spelt(self) -> str:
        """The domain that was named, as the refusals spell it."""
        return self.old.domain.text if self.old.domain else ""

    @property
    def network_domain_text(self) -> str:
        """Why the network domain is refused."""
        return NETWORK_DOMAIN_TEXT.replace("domain. Total", "domain or format. Total").replace(
            "Each domain label", "Every domain part"
        )

    @property
    def climbs(self) -> bool:
        """Whether the new role or the old is of a higher kind than the caller's."""
        return self.kind is not None and outranks(
            self.old.caller, self.kind, self.old.account.id if self.old.account else ""
        )

    @property
    def rises(self) -> bool:
        """Whether the new role is of a higher type than the account, as old releases see it."""
        account = self.old.account
        if account is None or self.kind not in _TYPES or account.role not in _TYPES:
            return False
        (was, old), (will, new) = _TYPES[account.role], _TYPES[self.kind]
        return will < was and new > 0 and (old == 0 or new < old)

    @property
    def type_text(self) -> str:
        """The account type of the new role, as the refusal spells it."""
        return _TYPE_NAMES[_TYPES[self.kind][1]] if self.kind in _TYPES else ""


# fmt: off
UPDATE_ACCOUNT: Table[ChangeAccount] = Table("updateAccount", (
    Rule("UPA-01", "the account to change is there",
         lambda a: a.old.known, R, Kind.UNCAUGHT,
         'Cannot invoke "com.cloud.user.Account.getId()" because "account" is null', _SOURCE),
    Rule("UPA-02", "the account to change is not the server's own",
         lambda a: not a.old.is_system, R, Kind.PARAM, "Can not modify system account", "6.1"),
    Rule("UPA-03", "the caller may look into the domain of the account to change",
         lambda a: a.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("UPA-04", "the account to change is of no higher kind than the caller's",
         lambda a: not a.old.outranked, R, Kind.DENIED, "{c.old.outranked_text}", "6.1", "SPEC-03"),
    Rule("UPA-05", "the new name of an account is not empty",
         lambda a: a.new_name != "" or not a.domain_named, R, Kind.PARAM,
         "The new account name for account '{c.spelt}' within domain '{c.domain_spelt}' is empty "
         "string. Account will be not renamed.", "6.1"),
    Rule("UPA-11", "the new name of an account is not empty, nor is its domain left out",
         lambda a: a.new_name != "" or a.domain_named, R, Kind.UNCAUGHT, NO_DOMAIN_TEXT, _SOURCE),
    Rule("UPA-06", "no other account of the domain has the new name",
         lambda a: a.other is None, R, Kind.PARAM,
         "The account with the proposed name '{c.new_name}' exists in the domain "
         "'{c.domain_spelt}' with existing account {c.other.text}", "6.1"),
    Rule("UPA-07", "the new network domain of an account is one",
         lambda a: fits_or_none(a.network_domain), R, Kind.PARAM, "{c.network_domain_text}", "6.1"),
    Rule("UPA-12", "the caller sees the new role: it may call nothing that the caller may not",
         lambda a: not a.escalates or not a.domain_named, R, Kind.PARAM,
         "Role with ID '{c.role_db_id}' is not found or not available for the account '{c.spelt}' "
         "in the domain '{c.domain_spelt}'.", _SOURCE, "SPEC-03"),
    Rule("UPA-13", "the caller sees the new role, also where no domain is named",
         lambda a: not a.escalates or a.domain_named, R, Kind.UNCAUGHT, NO_DOMAIN_TEXT, _SOURCE,
         "SPEC-03"),
    Rule("UPA-91", "no account gets a role of a higher type than it has",
         lambda a: not a.rises, R, Kind.DENIED,
         "Unable to update account role to {c.role_name} as you are attempting to escalate the "
         "account {c.old.account.name} to account type {c.type_text} which has higher privileges",
         _SOURCE, "SPEC-03", when=Flag.ROLE_CHANGES_BY_TYPE),
    Rule("UPA-08", "the new role of an account is of no higher kind than the caller's",
         lambda a: not a.climbs, R, Kind.DENIED,
         "Unable to update account role to {c.role_name},  as either current or new role has "
         "higher privileges than the caller", "6.1", "SPEC-03",
         unless=Flag.ROLE_CHANGES_BY_TYPE),
    Rule("UPA-09", "root admins are in ROOT",
         lambda a: a.kind is not Role.ADMIN or a.home.parent_id is None, R, Kind.DENIED,
         "Unable to update account role to {c.role_name},  as the user does not belong to the ROOT "
         "domain", "6.1",
         unless=Flag.ROLE_CHANGES_BY_TYPE),
))
# fmt: on

"""Accounts: who may make, change and remove which (semantics 6.1)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT, outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.ranks import (
    NETWORK_DOMAIN_TEXT,
    NO_DOMAIN_TEXT,
    escalation_text,
    fits_or_none,
    outranked_text,
    outranks,
)
from simulator.domain.records import Account, Domain, Role
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB


class ListAccounts(NamedTuple):
    """A list of accounts; *wanted* is whom its id names, *found* whom a name in a domain names."""

    dialect: Dialect
    caller: Account
    wanted: Account | None = None
    domain: Domain | None = None
    name: str | None = None
    found: Account | None = None
    caller_may: bool = True

    @property
    def by_name(self) -> bool:
        """Whether an account is named beside an id, and its domain."""
        return self.wanted is not None and self.domain is not None and self.name is not None

    @property
    def known(self) -> bool:
        """Whether the account that the id names is there, in the domain if one is given."""
        wanted = self.wanted
        if wanted is None:
            return True
        if wanted.removed or wanted.role is Role.SYSTEM:
            return False
        return self.domain is None or wanted.domain_id == self.domain.id

    @property
    def missing_text(self) -> str:
        """Why the account that the id names is refused."""
        where = f" in domain {self.domain.db_id}" if self.domain else ""
        return f"Unable to find account by id {self.wanted.db_id if self.wanted else 0}{where}"


class NewAccount(NamedTuple):
    """An account to make with its first user.

    *kind* is what it shall be like, None where neither a type nor a role is given. *escalates* is
    whether its role may call what the caller's may not.
    """

    dialect: Dialect
    caller: Account
    home: Domain
    name: str
    user_name: str
    domain: Domain
    kind: Role | None
    caller_may_enter: bool = True
    user_free: bool = True
    name_free: bool = True
    network_domain: str | None = None
    escalates: bool = False

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.domain.id)

    @property
    def network_domain_text(self) -> str:
        """Why the network domain is refused."""
        return NETWORK_DOMAIN_TEXT

    @property
    def outranked(self) -> bool:
        """Whether the account would be of a higher kind than the caller's."""
        return self.kind is not None and outranks(self.caller, self.kind)

    @property
    def outranked_text(self) -> str:
        """Why it may not be."""
        return outranked_text(self.caller, self.kind or Role.USER, self.name, self.caller.id)


class OldAccount(NamedTuple):
    """An account to delete, to enable, to disable or to lock: by its id or by name and domain.

    *account* is None where there is none. *managed* are the database ids of the projects it owns.
    """

    dialect: Dialect
    caller: Account
    account: Account | None
    verb: str = "enable"
    db_id: int | None = None
    name: str | None = None
    domain: Domain | None = None
    home: Domain | None = None
    caller_may: bool = True
    managed: tuple[int, ...] = ()
    default: bool = False

    @property
    def known(self) -> bool:
        """Whether the account is there and no project's."""
        found = self.account
        return found is not None and not found.removed and found.role is not Role.PROJECT

    @property
    def missing_text(self) -> str:
        """Why an account that is not there is refused."""
        domain = self.domain.text if self.domain else "null"
        by_id, by_name = self.db_id or "null", self.name or "null"
        if self.verb == "lock":
            where = self.domain.db_id if self.domain else "null"
            return (
                f"Unable to find active account by accountId: {by_id} OR by name: {by_name} in "
                f"domain {where}"
            )
        return (
            f"Unable to find account by accountId: {by_id} OR by name: {by_name} in domain {domain}"
        )

    @property
    def stuck_text(self) -> str:
        """Why the account stays as it is."""
        if self.domain is None:
            return NO_DOMAIN_TEXT
        spelt = self.account.text if self.account else ""
        verb = "lock" if self.verb == "lock" else "update"
        return (
            f"Unable to {verb} account {spelt} by accountId: {self.db_id or 'null'} OR by name: "
            f"{self.name or 'null'} in domain {self.domain.text}"
        )

    @property
    def is_system(self) -> bool:
        """Whether it is the server's own account."""
        return self.account is not None and self.account.role is Role.SYSTEM

    @property
    def outranked(self) -> bool:
        """Whether the account is of a higher kind than the caller's."""
        found = self.account
        return found is not None and outranks(self.caller, found.role, found.id)

    @property
    def outranked_text(self) -> str:
        """Why it is left alone."""
        found = self.account or self.caller
        return outranked_text(self.caller, found.role, found.name, found.id)

    @property
    def own(self) -> bool:
        """Whether it is the caller's own."""
        return self.account is not None and self.account.id == self.caller.id

    @property
    def own_text(self) -> str:
        """Why the caller's own account is not deleted."""
        home = self.home.id if self.home else ""
        return (
            "Deletion of your own account is not allowed. To delete account "
            f"{self.caller.name} (ID: {self.caller.id}, Domain: {home}), request to another user "
            "with permissions to perform the operation."
        )

    @property
    def managed_text(self) -> str:
        """Why an account that owns projects is not deleted."""
        db_id = self.account.db_id if self.account else 0
        return (
            f"Unable to delete account [{db_id}], because it manages the following project(s): "
            f"{list(self.managed)}. Please, remove the account from these projects or demote it "
            "to a regular project role first."
        )

    @property
    def unlockable(self) -> bool:
        """Whether it is locked already or can be."""
        return self.account is None or self.account.enabled or self.account.locked


def _found(
    prefix: str, phase: Phase, verb: str, system: Kind = Kind.DENIED
) -> tuple[Rule[OldAccount], ...]:
    """Return the rows that enabling and disabling an account share."""
    return (
        Rule(f"{prefix}-01", f"the account to {verb} is there", lambda a: a.known, phase,
             Kind.PARAM, "{c.missing_text}", "6.1"),
        Rule(f"{prefix}-02", f"the account to {verb} is not the server's own",
             lambda a: not a.is_system, phase, system,
             f"Account: {{c.account.text}} is a system account, {verb} is not allowed", "6.1"),
        Rule(f"{prefix}-03", f"the caller may {verb} the account", lambda a: a.caller_may, phase,
             Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
        Rule(f"{prefix}-04", f"the account to {verb} is of no higher kind than the caller's",
             lambda a: not a.outranked, phase, Kind.DENIED, "{c.outranked_text}", "6.1", "SPEC-03"),
    )  # fmt: skip


# fmt: off
NEW_ACCOUNT: Table[NewAccount] = Table("createAccount", (
    Rule("ANT-01", "a new account has a type or a role",
         lambda a: a.kind is not None, R, Kind.MALFORMED,
         "Neither account type and role ID are not provided", "6.1"),
    Rule("ANT-02", "the domain of a new account is there",
         lambda a: not a.domain.removed, R, Kind.PARAM,
         "The domain {c.domain.db_id} does not exist; unable to create account", "6.1"),
    Rule("ANT-03", "the caller may look into the domain of a new account",
         lambda a: a.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("ANT-04", "no user of the domain has the name of a new account's user",
         lambda a: a.user_free, R, Kind.PARAM,
         "The user {c.user_name} already exists in domain {c.domain.text}", "6.1"),
    Rule("ANT-05", "the network domain of a new account is one",
         lambda a: fits_or_none(a.network_domain), R, Kind.PARAM, "{c.network_domain_text}", "6.1"),
    Rule("ANT-06", "a new root admin is made in ROOT",
         lambda a: a.kind is not Role.ADMIN or a.domain.parent_id is None, R, Kind.PARAM,
         "Invalid account type ADMIN given for an account in domain {c.domain.text}; unable to "
         "create user of admin role type in non-ROOT domain.", "6.1"),
    Rule("ANT-07", "no account of the domain has the name of a new one",
         lambda a: a.name_free, R, Kind.PARAM, "The specified account: {c.name} already exists",
         "6.1"),
    Rule("ANT-08", "a new resource admin has a zone of its domain's own, of which there are none",
         lambda a: a.kind is not Role.RESOURCE_ADMIN, R, Kind.PARAM,
         "The account cannot be created as domain {c.domain.text} is not associated with any "
         "private Zone", "6.1"),
    Rule("ANT-09", "a new account is of no higher kind than the caller's",
         lambda a: not a.outranked, R, Kind.DENIED, "{c.outranked_text}", "6.1", "SPEC-03"),
    Rule("ANT-10", "a new account may call nothing that the caller may not",
         lambda a: not a.escalates, R, Kind.DENIED, escalation_text("c.caller", "c.home"),
         "6.1", "SPEC-03"),
))

LIST_ACCOUNTS: Table[ListAccounts] = Table("listAccounts", (
    Rule("LSA-01", "the account that is named is there",
         lambda a: not a.by_name or a.found is not None, R, Kind.PARAM,
         "Unable to find account by name {c.name} in domain {c.domain.db_id}", "6.1"),
    Rule("LSA-02", "the account that the id names is there",
         lambda a: a.by_name or a.known, R, Kind.PARAM, "{c.missing_text}", "6.1"),
    Rule("LSA-03", "the caller may see the account that the id names",
         lambda a: a.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
))

DELETE_ACCOUNT: Table[OldAccount] = Table("deleteAccount", (
    Rule("DLA-01", "the account to delete is not the caller's own",
         lambda a: not a.own, J, Kind.PARAM, "{c.own_text}", "6.1"),
    Rule("DLA-02", "the account to delete is no project's",
         lambda a: a.account is None or a.account.role is not Role.PROJECT, J, Kind.PARAM,
         "The specified account does not exist in the system", "6.1"),
    Rule("DLA-03", "the account to delete is neither the server's nor the first admin's",
         lambda a: not a.default, J, Kind.PARAM,
         "The account is default and can't be removed", "6.1"),
    Rule("DLA-04", "the account to delete owns no project",
         lambda a: not a.managed, J, Kind.PARAM, "{c.managed_text}", "6.1"),
    Rule("DLA-05", "the account to delete is of no higher kind than the caller's",
         lambda a: not a.outranked, J, Kind.DENIED, "{c.outranked_text}", "6.1", "SPEC-03"),
))

NEVER_LOCKED: Table[OldAccount] = Table("lockAccount", (
    Rule("LCK-01", "an account is not locked by lockAccount",
         lambda a: a.verb != "lock", R, Kind.RUNTIME,
         "LockAccount does not lock accounts. Its implementation is disabled. Use DisableAccount "
         "instead", "6.1"),
))
ENABLE_ACCOUNT: Table[OldAccount] = Table("enableAccount", _found("ENA", R, "enable"))
DISABLE_ACCOUNT: Table[OldAccount] = Table("disableAccount", (
    *_found("DSA", J, "disable"),
    Rule("DSA-05", "the account to disable is not the first admin's",
         lambda a: not a.default, J, Kind.RUNTIME, "{c.stuck_text}", "6.1"),
))
LOCK_ACCOUNT: Table[OldAccount] = Table("disableAccount with lock", (
    *_found("LCA", J, "lock"),
    Rule("LCA-05", "the account to lock is enabled or locked",
         lambda a: a.unlockable, J, Kind.RUNTIME, "{c.stuck_text}", "6.1"),
))
# fmt: on

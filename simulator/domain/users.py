"""Users: who may make, change and remove which (semantics 6.1)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT, is_admin, outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.ranks import outranked_text, outranks
from simulator.domain.records import Account, Domain, Role, User
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB


class NewUser(NamedTuple):
    """A user to make in an account, None where there is none of the name that is enabled."""

    dialect: Dialect
    caller: Account
    name: str
    account_name: str
    domain: Domain
    account: Account | None
    caller_may_enter: bool = True
    name_free: bool = True

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.domain.id)

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


class OldUser(NamedTuple):
    """A user of *account*, to look at, to change or to remove by a caller.

    *home* is the domain of the account, *default* whether it is the first admin.
    """

    dialect: Dialect
    caller: Account
    calling: User
    user: User
    account: Account
    home: Domain
    caller_may: bool = True
    default: bool = False

    @property
    def outranked(self) -> bool:
        """Whether the user's account is of a higher kind than the caller's."""
        return outranks(self.caller, self.account.role, self.account.id)

    @property
    def outranked_text(self) -> str:
        """Why it is left alone."""
        found = self.account
        return outranked_text(self.caller, found.role, found.name, found.id)

    @property
    def fit_to_lock(self) -> bool:
        """Whether the user is locked already or can be."""
        return self.user.enabled or self.user.locked


class KeyHolder(NamedTuple):
    """The user who has an API key, None where nobody has it."""

    dialect: Dialect
    user: User | None


class ListUsers(NamedTuple):
    """A list of users; *wanted* is whom its id names."""

    dialect: Dialect
    caller: Account
    calling: User
    wanted: User | None = None


class ChangeUser(NamedTuple):
    """What shall change of a user; None leaves it.

    *taken* is another user of the domain with the new name, whose account is *taken_account*.
    """

    dialect: Dialect
    old: OldUser
    api_key: str | None = None
    secret_key: str | None = None
    key_free: bool = True
    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None
    taken: User | None = None
    taken_account: Account | None = None
    password: str | None = None
    current: str | None = None

    @property
    def one_key(self) -> bool:
        """Whether only one of the two keys is given."""
        return bool((self.api_key or "").strip()) is not bool((self.secret_key or "").strip())

    @property
    def own_password(self) -> bool:
        """Whether a user, who must know the old password, sets another."""
        return self.password is not None and self.old.caller.role in {Role.USER, Role.READ_ONLY}


def _found(prefix: str, phase: Phase, verb: str, text: str) -> tuple[Rule[OldUser], ...]:
    """Return the rows that all commands on a user share."""
    return (
        Rule(f"{prefix}-01", f"the user to {verb} is there", lambda u: not u.user.removed, phase,
             Kind.PARAM, text, "6.1"),
        Rule(f"{prefix}-02", f"the caller may {verb} the user", lambda u: u.caller_may, phase,
             Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
        Rule(f"{prefix}-03", f"the user to {verb} is of no higher kind than the caller",
             lambda u: not u.outranked, phase, Kind.DENIED, "{c.outranked_text}", "6.1", "SPEC-03"),
    )  # fmt: skip


_ACTIVE = "Unable to find active user by id {c.user.db_id}"

# fmt: off
NEW_USER: Table[NewUser] = Table("createUser", (
    Rule("NUS-01", "the domain of a new user is there",
         lambda u: not u.domain.removed, R, Kind.RUNTIME,
         "The domain {c.domain.db_id} does not exist; unable to create user", "6.1"),
    Rule("NUS-02", "the caller may look into the domain of a new user",
         lambda u: u.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("NUS-03", "the account of a new user is there, enabled and no project's",
         lambda u: u.account is not None and u.account.role is not Role.PROJECT, R, Kind.PARAM,
         "Unable to find account {c.account_name} in domain {c.domain.text} to create user",
         "6.1"),
    Rule("NUS-04", "the server's own account gets no user",
         lambda u: u.account is None or u.account.role is not Role.SYSTEM, R, Kind.DENIED,
         "Account: {c.account.text} is a system account, can't add a user to it", "6.1"),
    Rule("NUS-05", "no user of the domain has the name of a new one",
         lambda u: u.name_free, R, Kind.RUNTIME,
         "The user {c.name} already exists in domain {c.domain.db_id}", "6.1"),
    Rule("NUS-06", "the account of a new user is of no higher kind than the caller's",
         lambda u: not u.outranked, R, Kind.DENIED, "{c.outranked_text}", "6.1", "SPEC-03"),
))

DELETE_USER: Table[OldUser] = Table("deleteUser", (
    Rule("DLU-01", "the user to delete is there",
         lambda u: not u.user.removed, R, Kind.PARAM,
         "The specified user doesn't exist in the system", "6.1"),
    Rule("DLU-02", "the user to delete is not the first admin",
         lambda u: not u.default, R, Kind.PARAM,
         "The user is default and can't be (re)moved", "6.1"),
    Rule("DLU-03", "the user to delete is not the caller",
         lambda u: u.user.id != u.calling.id, R, Kind.PARAM,
         "The caller is requesting to delete itself. As a security measure, ACS will not allow "
         "this operation. To delete user {c.user.name} (ID: {c.user.id}, Domain: {c.home.id}), "
         "request to another user with permission to execute the operation.", "6.1",
         unless=Flag.USERS_DELETE_THEMSELVES),
    Rule("DLU-04", "the caller may delete the user",
         lambda u: u.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("DLU-05", "the user to delete is of no higher kind than the caller",
         lambda u: not u.outranked, R, Kind.DENIED, "{c.outranked_text}", "6.1", "SPEC-03"),
))
ENABLE_USER: Table[OldUser] = Table("enableUser", _found("ENU", R, "enable", _ACTIVE))
DISABLE_USER: Table[OldUser] = Table("disableUser", _found("DSU", J, "disable", _ACTIVE))
LOCK_USER: Table[OldUser] = Table("lockUser", (
    *_found("LCU", R, "lock", "Unable to find user by id"),
    Rule("LCU-04", "the user to lock is enabled or locked",
         lambda u: u.fit_to_lock, R, Kind.RUNTIME, "Unable to lock user {c.user.text}", "6.1"),
))
SHOW_KEYS: Table[OldUser] = Table(
    "getUserKeys", _found("SHK", R, "show the keys of", "Unable to find user by id")
)
MAKE_KEYS: Table[OldUser] = Table("registerUserKeys", _found("RGK", R, "give keys to", "")[1:])
"""A deleted user gets keys, too, that let nobody in."""

GET_USER: Table[KeyHolder] = Table("getUser", (
    Rule("GKU-01", "somebody has the API key",
         lambda k: k.user is not None, R, Kind.PARAM,
         "User with specified API key does not exist", "6.1"),
))
LIST_USERS: Table[ListUsers] = Table("listUsers", (
    Rule("LSU-01", "a user asks for itself",
         lambda u: is_admin(u.caller) or u.wanted is None or u.wanted.id == u.calling.id, R,
         Kind.DENIED, "Calling user is not authorized to see the user requested by id", "6.1",
         "SPEC-03"),
))

UPDATE_USER: Table[ChangeUser] = Table("updateUser", (
    Rule("UPU-01", "the user to change is there",
         lambda u: not u.old.user.removed, R, Kind.PARAM,
         "Unable to find user with id: {c.old.user.db_id}", "6.1"),
    Rule("UPU-02", "the caller may change the user",
         lambda u: u.old.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("UPU-03", "the user to change is of no higher kind than the caller",
         lambda u: not u.old.outranked, R, Kind.DENIED, "{c.old.outranked_text}", "6.1", "SPEC-03"),
    Rule("UPU-04", "the two keys of a user are given together",
         lambda u: not u.one_key, R, Kind.PARAM,
         "Please provide a userApiKey/userSecretKey pair", "6.1"),
    Rule("UPU-05", "no other user has the API key",
         lambda u: u.key_free, R, Kind.PARAM,
         "The API key [{c.api_key}] already exists in the system. Please provide a unique key.",
         "6.1"),
    Rule("UPU-06", "a first name is not blank",
         lambda u: u.first_name is None or bool(u.first_name.strip()), R, Kind.PARAM,
         "Firstname cannot be empty.", "6.1"),
    Rule("UPU-07", "a last name is not blank",
         lambda u: u.last_name is None or bool(u.last_name.strip()), R, Kind.PARAM,
         "Lastname cannot be empty.", "6.1"),
    Rule("UPU-08", "a user's name is not blank",
         lambda u: u.name is None or bool(u.name.strip()), R, Kind.PARAM,
         "Username cannot be empty.", "6.1"),
    Rule("UPU-09", "no other user of the domain has the name",
         lambda u: u.taken is None, R, Kind.PARAM,
         "Username [{c.taken.name}] already exists in domain [id={c.old.home.id},"
         "name={c.old.home.name}] user account [id={c.taken_account.id},"
         "name={c.taken_account.name}]", "6.1"),
    Rule("UPU-10", "a password is not blank",
         lambda u: u.password is None or bool(u.password.strip()), R, Kind.PARAM,
         "Password cannot be empty or blank.", "6.1"),
    Rule("UPU-11", "a user gives the current password with a new one",
         lambda u: not u.own_password or bool((u.current or "").strip()), R, Kind.PARAM,
         "To set a new password the current password must be provided.", "6.1", "SPEC-03"),
    Rule("UPU-12", "the current password is the user's",
         lambda u: not u.own_password or u.current == u.old.user.password, R, Kind.PARAM,
         "Current password is incorrect.", "6.1", "SPEC-03"),
))
# fmt: on

"""Domains, accounts, users and projects as CloudStack's JSON (GT 6)."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import HOME, NOT_ANNOTATED, SHORT_OWNER, TAG_LIST, Owner
from simulator.api.render_amounts import (
    AMOUNTS,
    BEYOND_TEMPLATES,
    BUT_PROJECTS,
    UP_TO_TEMPLATES,
    Amounts,
    amounts,
)
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    integer,
    listed,
    long,
    text,
    texts,
    within,
)
from simulator.domain.management import Project
from simulator.domain.records import Account, Domain, Role, User
from simulator.domain.roles import TYPES, RoleRow
from simulator.engine.counts import Tally, domain_total

_ROLE: Parts[RoleRow] = (
    text("roleid", "id of the role", lambda r: r.id),
    text("roletype", "type of the role", lambda r: r.type),
    text("rolename", "name of the role", lambda r: r.name),
)


class _DomainAt(NamedTuple):
    call: Call
    record: Domain
    counted: Tally


def _parent(at: _DomainAt) -> Domain | None:
    return at.call.world.store.domains[at.record.parent_id] if at.record.parent_id else None


def _has_child(at: _DomainAt) -> bool:
    domains = at.call.world.store.domains.values()
    return any(d.parent_id == at.record.id and not d.removed for d in domains)


def _of_domain(at: _DomainAt) -> Amounts:
    world, record = at.call.world, at.record
    return amounts(
        lambda resource: world.domain_limit(record, resource),
        lambda resource: domain_total(world, record, at.counted, resource),
    )


_PARENT: Parts[Domain] = (
    text("parentdomainid", "id of the domain above", lambda d: d.id),
    text("parentdomainname", "name of the domain above", lambda d: d.name),
)
DOMAIN = Shape[_DomainAt](
    "domain",
    text("id", "id", lambda d: d.record.id),
    text("name", "name", lambda d: d.record.name),
    integer("level", "how far it is below ROOT", lambda d: d.record.path.count("/")),
    within(_parent, _PARENT),
    boolean("haschild", "whether there are domains below", _has_child),
    text("path", "path", lambda d: d.record.path),
    text("networkdomain", "DNS suffix of its networks", lambda d: d.record.network_domain or None),
    text("state", "state", Always("Active")),
    within(_of_domain, AMOUNTS),
    *NOT_ANNOTATED,
)


def domain(call: Call, record: Domain, counted: Tally) -> Row:
    """Return DomainResponse."""
    return DOMAIN.render(_DomainAt(call, record, counted))


class UserAt(NamedTuple):
    """A user of an account in a domain, as a caller sees it; *listed* is in a list."""

    call: Call
    record: User
    account: Account
    home: Domain
    listed: bool = False


def user_at(call: Call, record: User) -> UserAt:
    """Return a user with its account and domain."""
    account = call.world.store.accounts[record.account_id]
    return UserAt(call, record, account, call.world.store.domains[account.domain_id])


def _below(at: UserAt) -> bool:
    caller = at.call.world.store.domains[at.call.account.domain_id]
    return caller.id != at.home.id and caller.holds(at.home)


USER = Shape[UserAt](
    "user",
    text("id", "id", lambda u: u.record.id),
    text("username", "name of the user", lambda u: u.record.name),
    text("firstname", "first name of the user", lambda u: u.record.first_name),
    text("lastname", "last name of the user", lambda u: u.record.last_name),
    text("email", "mail address of the user", lambda u: u.record.email),
    date("created", "when it was created", lambda u: u.record.created_s),
    text("state", "state", lambda u: u.record.state),
    text("account", "name of the account", lambda u: u.account.name),
    integer("accounttype", "1 root admin, 2 domain admin, 3 resource admin, 0 user",
            lambda u: TYPES[u.account.role]),
    text("usersource", "where the user signs in", Always("native")),
    within(lambda u: u.call.world.store.role_of(u.account), _ROLE),
    within(lambda u: u.home, HOME[:2]),
    text("timezone", "time zone of the user", lambda u: u.record.timezone or None),
    text("apikey", "API key of the user", lambda u: u.record.api_key),
    text("accountid", "id of the account", lambda u: u.account.id),
    boolean("iscallerchilddomain", "whether the user's domain is below the caller's", _below),
    boolean("isdefault", "whether the cloud came with it",
            lambda u: u.record.name == "admin" and u.account.role is Role.ADMIN),
    boolean("is2faenabled", "whether the user signs in with two factors", Always(False)),
    boolean("is2famandated", "whether the user must sign in with two factors", Always(False)),
    text("apikeyaccess", "whether API keys may be used", lambda u: "INHERIT" if u.listed else None),
)  # fmt: skip
"""The secret key is never shown."""


def user(call: Call, record: User) -> Row:
    """Return UserResponse."""
    return USER.render(user_at(call, record))


class _AccountAt(NamedTuple):
    call: Call
    record: Account
    counted: Tally
    amounts: Amounts


def _account_at(call: Call, record: Account, counted: Tally) -> _AccountAt:
    owned = amounts(
        lambda resource: call.world.limit(record, resource),
        lambda resource: counted.owned[record.id, resource],
    )
    return _AccountAt(call, record, counted, owned)


def _users(at: _AccountAt) -> list[UserAt]:
    record = at.record
    return [
        user_at(at.call, u)
        for u in at.call.world.store.users.values()
        if u.account_id == record.id and (record.removed or not u.removed)
    ]


_VMS: Parts[_AccountAt] = (
    integer("vmstopped", "VMs that do not run", lambda a: a.counted.vms[a.record.id, False]),
    integer("vmrunning", "VMs that run", lambda a: a.counted.vms[a.record.id, True]),
)
ACCOUNT = Shape[_AccountAt](
    "account",
    text("id", "id", lambda a: a.record.id),
    text("name", "name", lambda a: a.record.name),
    integer("accounttype", "1 root admin, 2 domain admin, 3 resource admin, 0 user",
            lambda a: TYPES[a.record.role]),
    within(lambda a: a.call.world.store.role_of(a.record), _ROLE),
    within(lambda a: a.call.world.store.domains[a.record.domain_id], HOME),
    long("receivedbytes", "bytes received", Always(0)),
    long("sentbytes", "bytes sent", Always(0)),
    within(lambda a: a.amounts, UP_TO_TEMPLATES),
    *_VMS,
    within(lambda a: a.amounts, BEYOND_TEMPLATES),
    text("state", "state", lambda a: a.record.state),
    text("networkdomain", "DNS suffix of its networks", lambda a: a.record.network_domain or None),
    listed("user", "users of the account", USER, _users),
    boolean("isdefault", "whether the cloud came with it",
            lambda a: a.record.name == "admin" and a.record.role is Role.ADMIN),
    texts("groups", "groups of the account", lambda _: ()),
    text("apikeyaccess", "whether API keys may be used", Always("INHERIT")),
)  # fmt: skip


def account(call: Call, record: Account, counted: Tally) -> Row:
    """Return AccountResponse."""
    return ACCOUNT.render(_account_at(call, record, counted))


class _ProjectAt(NamedTuple):
    call: Call
    record: Project
    fund: _AccountAt

    @property
    def owner(self) -> Owner:
        """Return its owner, in its own domain."""
        store = self.call.world.store
        return Owner(store.accounts[self.record.owner_id], store.domains[self.record.domain_id])


_OWNER = Shape[Owner]("owner", *SHORT_OWNER[:1])
PROJECT = Shape[_ProjectAt](
    "project",
    text("id", "id", lambda p: p.record.id),
    text("name", "name", lambda p: p.record.name),
    text("displaytext", "description", lambda p: p.record.text),
    within(lambda p: p.owner.domain, HOME[:2]),
    listed("owner", "owners of the project", _OWNER, lambda p: [p.owner]),
    text("projectaccountname", "name of the account that owns what the project has",
         lambda p: p.fund.record.name),
    date("created", "when it was created", lambda p: p.record.created_s),
    text("state", "state", lambda p: p.record.state),
    *TAG_LIST,
    within(lambda p: p.fund.amounts, BUT_PROJECTS),
    within(lambda p: p.fund, _VMS),
)  # fmt: skip


def project(call: Call, record: Project, counted: Tally) -> Row:
    """Return ProjectResponse."""
    fund = _account_at(call, call.world.store.accounts[record.account_id], counted)
    return PROJECT.render(_ProjectAt(call, record, fund))


class MemberAt(NamedTuple):
    """An account that belongs to a project of a domain."""

    record: Project
    account: Account
    home: Domain

    @property
    def role(self) -> str:
        """Return what it is in the project."""
        return "Admin" if self.account.id == self.record.owner_id else "Regular"


PROJECT_MEMBER = Shape[MemberAt](
    "projectaccount",
    text("projectid", "id of the project", lambda m: m.record.id),
    text("project", "name of the project", lambda m: m.record.name),
    text("accountid", "id of the account", lambda m: m.account.id),
    text("account", "name of the account", lambda m: m.account.name),
    integer("accounttype", "1 root admin, 2 domain admin, 3 resource admin, 0 user",
            lambda m: TYPES[m.account.role]),
    text("role", "what it is in the project: Admin or Regular", lambda m: m.role),
    within(lambda m: m.home, HOME),
)  # fmt: skip

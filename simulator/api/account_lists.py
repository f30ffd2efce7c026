"""listAccounts and listUsers: who there is (semantics 6.1)."""

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.domains import require_listed
from simulator.api.lists import PAGING, Row, paged, visible
from simulator.api.matching import containing, same_text
from simulator.api.owners import account_named
from simulator.api.render_owner import ACCOUNT, USER
from simulator.domain.access import is_admin
from simulator.domain.accounts import LIST_ACCOUNTS, ListAccounts
from simulator.domain.records import Account, Domain, Role
from simulator.domain.roles import TYPES
from simulator.domain.rules import Phase
from simulator.domain.users import LIST_USERS, ListUsers
from simulator.engine.counts import tally

_HIDDEN = frozenset({Role.SYSTEM, Role.PROJECT})
"""Roles of accounts that no list of accounts shows."""


def list_accounts(call: Call) -> Row:
    """listAccounts: the caller's own; an administrator's listall shows those below."""
    args, store, counted = call.args, call.world.store, tally(call.world)
    wanted, domain, deep = _accounts(call)
    admin, within = is_admin(call.account), containing(args.get("keyword", ""))
    rows = [
        a
        for a in store.accounts.values()
        if not a.removed
        and a.role not in _HIDDEN
        and (admin or a.role is not Role.DOMAIN_ADMIN)
        and (wanted is None or a.id == wanted.id)
        and (domain is None or _inside(call, a, domain, deep=deep))
        and same_text(args.get("name", a.name), a.name)
        and args.get("accounttype", TYPES[a.role]) == TYPES[a.role]
        and str(args.get("state", a.state)).lower() == a.state
        and any(map(within, (a.name, a.state)))
    ]
    return paged(call, "account", rows, lambda a: render.account(call, a, counted))


def _inside(call: Call, account: Account, domain: Domain, *, deep: bool) -> bool:
    home = call.world.store.domains[account.domain_id]
    return domain.holds(home) if deep else domain.id == home.id


def _accounts(call: Call) -> tuple[Account | None, Domain | None, bool]:
    """Return the account, the domain and whether those below it are listed; None is any."""
    args, store, caller = call.args, call.world.store, call.account
    domain, wanted, name = args.get("domainid"), args.get("id"), args.get("name")
    if domain is not None:
        require_listed(call, domain)
    found = account_named(call, name, domain) if name and domain else None
    judged = found if wanted is not None and name and domain else wanted
    if judged is not None and judged.removed:
        judged = None
    case = ListAccounts(
        dialect=call.world.dialect,
        caller=caller,
        wanted=wanted,
        domain=domain,
        name=name,
        found=found if found is None or found.role is not Role.SYSTEM else None,
        caller_may=judged is None or call.world.may(caller, judged.id),
    )
    LIST_ACCOUNTS.require(Phase.REQUEST, case)
    deep = bool(args.get("isrecursive"))
    if wanted is not None:
        return wanted, domain, deep
    if is_admin(caller) and args.get("listall"):
        return None, domain or store.domains[caller.domain_id], True
    if not is_admin(caller) or domain is None:
        return caller, domain, deep
    return None, domain, deep


def list_users(call: Call) -> Row:
    """listUsers: a user sees itself alone."""
    args, store = call.args, call.world.store
    wanted, admin = args.get("id"), is_admin(call.account)
    case = ListUsers(call.world.dialect, call.account, call.user, wanted)
    LIST_USERS.require(Phase.REQUEST, case)
    sees = visible(call)
    wanted = wanted if admin else call.user
    within = containing(args.get("keyword", ""))
    rows = []
    for user in store.users.values():
        account = store.accounts[user.account_id]
        texts = (user.name, user.first_name, user.last_name, user.email, user.state, account.name)
        if (
            not user.removed
            and account.role is not Role.SYSTEM
            and (wanted is None or wanted.id == user.id)
            and same_text(args.get("username", user.name), user.name)
            and args.get("accounttype", TYPES[account.role]) == TYPES[account.role]
            and str(args.get("state", user.state)).lower() == user.state
            and any(map(within, texts))
            and sees(account.id)
        ):
            rows.append(user)
    return paged(
        call,
        "user",
        rows,
        lambda u: render.USER.render(render.user_at(call, u)._replace(listed=True)),
    )


COMMANDS = (
    Command(
        "listAccounts",
        list_accounts,
        f"id:account~ name:text accounttype:integer state:text domainid:domain~ "
        f"listall:bool isrecursive:bool {PAGING}",
        says="Lists the accounts with what they own and may own",
        answers=ACCOUNT,
        roles="ASDUR",
    ),
    Command(
        "listUsers",
        list_users,
        "id:user~ username:text accounttype:integer state:text account:text domainid:domain~ "
        f"listall:bool isrecursive:bool {PAGING}",
        says="Lists the users",
        answers=USER,
        roles="ASDUR",
    ),
)

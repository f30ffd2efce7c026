"""Accounts: made with their first user, changed, disabled and removed."""

from collections.abc import Mapping

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.owners import account_named
from simulator.api.render import SUCCESS
from simulator.api.render_owner import ACCOUNT
from simulator.api.shape import Row
from simulator.api.submit import submit, submit_success
from simulator.api.users import NEW_USER, add_user, name_free
from simulator.domain.access import may_enter
from simulator.domain.account_changes import UPDATE_ACCOUNT, ChangeAccount
from simulator.domain.accounts import (
    DELETE_ACCOUNT,
    DISABLE_ACCOUNT,
    ENABLE_ACCOUNT,
    LOCK_ACCOUNT,
    NEVER_LOCKED,
    NEW_ACCOUNT,
    NewAccount,
    OldAccount,
)
from simulator.domain.records import Account, Role
from simulator.domain.roles import RoleRow
from simulator.domain.rules import Phase
from simulator.engine import leaving
from simulator.engine.catalogue import add_security_group
from simulator.engine.counts import tally
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_ROLES = {0: Role.USER, 1: Role.ADMIN, 2: Role.DOMAIN_ADMIN, 3: Role.RESOURCE_ADMIN}
Table = Mapping[str, Command]


def create_account(call: Call, table: Table) -> Row:
    """createAccount with its first user."""
    store, args = call.world.store, call.args
    root = next(d for d in store.domains.values() if d.parent_id is None)
    domain = args.get("domainid") or root
    role = args.get("roleid")
    kind = role.kind if role else _ROLES.get(args.get("accounttype", -1))
    name = args.get("account") or args["username"]
    case = NewAccount(
        dialect=call.world.dialect,
        caller=call.account,
        home=store.domains[call.account.domain_id],
        name=name,
        user_name=args["username"],
        domain=domain,
        kind=kind,
        caller_may_enter=may_enter(call.account, domain, store.domains),
        user_free=name_free(call, args["username"], domain.id),
        name_free=account_named(call, name, domain) is None,
        network_domain=args.get("networkdomain"),
        escalates=_escalates(call, role or _stock(call, kind), table),
    )
    NEW_ACCOUNT.require(Phase.REQUEST, case)
    account = Account(
        store.new_id(),
        store.new_row(),
        name,
        domain.id,
        kind or Role.USER,
        role_id=_kept(role),
        network_domain=args.get("networkdomain", ""),
    )
    store.accounts[account.id] = account
    add_user(call, account)
    add_security_group(call.world, account)
    return _shown(call, account.id)


def _kept(role: RoleRow | None) -> str | None:
    """Return the id an account keeps of its role: none of the first stock role of a kind."""
    return None if role is None or (role.stock and not role.rules) else role.id


def _stock(call: Call, kind: Role | None) -> RoleRow | None:
    rows = call.world.store.roles.values()
    return next((r for r in rows if r.stock and r.kind is kind), None)


def _escalates(call: Call, role: RoleRow | None, table: Table) -> bool:
    """Return whether *role* may call anything that the caller's role may not."""
    own = call.world.store.role_of(call.account)
    if role is None or own is None:
        return False
    return any(
        role.allows(name, row.roles) and not own.allows(name, row.roles)
        for name, row in table.items()
    )


def _shown(call: Call, account_id: str) -> Row:
    account = call.world.store.accounts[account_id]
    return {"account": render.account(call, account, tally(call.world))}


def _old(call: Call, verb: str) -> OldAccount:
    """Return the account a call names, by its id or by its name and domain, as it stands."""
    world, store, args = call.world, call.world.store, call.args
    named, name, domain = args.get("id"), args.get("account"), args.get("domainid")
    found = store.accounts.get(named.id) if named else None
    if named is None and name is not None and domain is not None:
        found = account_named(call, name, domain)
        if verb == "update" and found is not None and not found.enabled:
            found = None  # AccountDao.findEnabledAccount
    owned = [p for p in store.projects.values() if found and p.owner_id == found.id]
    return OldAccount(
        dialect=world.dialect,
        caller=call.account,
        account=found,
        verb=verb,
        db_id=named.db_id if named else None,
        name=name,
        domain=domain,
        home=store.domains[call.account.domain_id],
        caller_may=found is None or world.may(call.account, found.id),
        managed=tuple(p.db_id for p in owned if not p.removed),
        default=found is not None and is_default(found),
    )


def is_default(account: Account) -> bool:
    """Return whether the cloud came with *account*: the server's own, the first admin's."""
    return account.role is Role.SYSTEM or (account.name == "admin" and account.role is Role.ADMIN)


def delete_account(call: Call) -> Row:
    """deleteAccount: its users and all it owns go with it."""
    store, account_id = call.world.store, call.args["id"].id

    def flow() -> Flow:
        yield call.world.spend("work")
        account = store.accounts.get(account_id)
        if account is None or account.removed:
            return
        DELETE_ACCOUNT.require(Phase.JOB, _old(call, "delete"))
        yield from leaving.remove_account(call.world, account_id)

    return submit_success(call, flow(), "account", ("Account", account_id))


def enable_account(call: Call) -> Row:
    """enableAccount, at once."""
    store, case = call.world.store, _old(call, "enable")
    ENABLE_ACCOUNT.require(Phase.REQUEST, case)
    account_id = case.account.id if case.account else ""
    store.accounts[account_id] = store.accounts[account_id]._replace(enabled=True, locked=False)
    return _shown(call, account_id)


def disable_account(call: Call) -> Row:
    """disableAccount: nobody enters, and its VMs stop; with `lock` they run on."""
    store, lock = call.world.store, call.args["lock"]
    first = _old(call, "lock" if lock else "disable").account

    def flow() -> Flow:
        yield call.world.spend("work")
        case = _old(call, "lock" if lock else "disable")
        (LOCK_ACCOUNT if lock else DISABLE_ACCOUNT).require(Phase.JOB, case)
        account_id = case.account.id if case.account else ""
        account = store.accounts[account_id]
        store.accounts[account_id] = account._replace(enabled=False, locked=bool(lock))
        if not lock:
            yield from leaving.stop_all(call.world, account_id)
        return account_id

    def show(account_id: str, _: Job) -> Row:
        return _shown(call, account_id)

    return submit(call, flow(), "account", show, ("Account", first.id if first else None))


def lock_account(call: Call) -> Row:
    """lockAccount, which the server itself no longer does."""
    NEVER_LOCKED.require(Phase.REQUEST, _old(call, "lock"))
    return {}


def update_account(call: Call, table: Table) -> Row:
    """updateAccount: another name, network domain or role, at once."""
    store, args = call.world.store, call.args
    old, role, name = _old(call, "update"), args.get("roleid"), args.get("newname")
    home = store.domains[old.account.domain_id if old.account else call.account.domain_id]
    other = account_named(call, name, args["domainid"]) if name and "domainid" in args else None
    case = ChangeAccount(
        dialect=call.world.dialect,
        old=old,
        home=home,
        caller_may_enter=may_enter(call.account, home, store.domains),
        new_name=name,
        other=other if other is not None and other != old.account else None,
        network_domain=args.get("networkdomain"),
        kind=role.kind if role else None,
        role_name=role.name if role else "",
        role_db_id=role.db_id if role else 0,
        escalates=_escalates(call, role, table),
    )
    UPDATE_ACCOUNT.require(Phase.REQUEST, case)
    account_id = old.account.id if old.account else ""
    account = store.accounts[account_id]
    changed = account._replace(
        name=name or account.name,
        network_domain=args.get("networkdomain", account.network_domain),
    )
    if role is not None:
        changed = changed._replace(role=role.kind, role_id=_kept(role))
    store.accounts[account_id] = changed
    return _shown(call, account_id)


_ONE = "id:account~@ account:text domainid:domain~"


def commands(table: Table) -> tuple[Command, ...]:
    """Return the commands that read *table*, which says what a role may call."""
    return (
        Command(
            "createAccount",
            lambda call: create_account(call, table),
            f"{NEW_USER} accounttype:integer account:text domainid:domain~ roleid:role "
            "networkdomain:text",
            says="Creates an account and its first user",
            answers=ACCOUNT,
            roles="ASD",
        ),
        Command(
            "updateAccount",
            lambda call: update_account(call, table),
            f"{_ONE} newname:text networkdomain:text roleid:role",
            says="Gives an account another name, network domain or role",
            answers=ACCOUNT,
            roles="ASD",
        ),
    )


COMMANDS = (
    Command(
        "deleteAccount",
        delete_account,
        "id:account!~@",
        says="Deletes an account with its users and resources",
        answers=SUCCESS,
        roles="ASD",
        is_async=True,
    ),
    Command(
        "enableAccount",
        enable_account,
        _ONE,
        says="Lets the users of an account in again",
        answers=ACCOUNT,
        roles="ASD",
    ),
    Command(
        "disableAccount",
        disable_account,
        f"{_ONE} lock:bool!",
        says="Lets no user of an account in, and stops its VMs unless it is only locked",
        answers=ACCOUNT,
        roles="ASD",
        is_async=True,
    ),
    Command(
        "lockAccount",
        lock_account,
        "account:text! domainid:domain!~",
        says="Is refused, as the server itself refuses it; disableAccount locks",
        answers=ACCOUNT,
        roles="ASD",
    ),
)

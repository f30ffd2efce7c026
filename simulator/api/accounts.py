"""Domains, accounts and users."""

from typing import Any

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, Row, paged, visible
from simulator.api.matching import containing, same_text
from simulator.api.submit import submit_success
from simulator.api.users import HIDDEN, NEW_USER, add_user
from simulator.domain.errors import Kind, Refused
from simulator.domain.lists import LIST_DOMAINS, DomainFilter
from simulator.domain.records import Account, Domain, Role
from simulator.domain.rules import Phase
from simulator.engine.catalogue import add_security_group
from simulator.engine.counts import tally

_ROLES = {0: Role.USER, 1: Role.ADMIN, 2: Role.DOMAIN_ADMIN, 3: Role.RESOURCE_ADMIN}


def create_domain(call: Call) -> Row:
    """createDomain."""
    store = call.world.store
    root = next(d for d in store.domains.values() if d.parent_id is None)
    parent = call.args.get("parentdomainid") or root
    name = call.args["name"]
    domain = Domain(store.new_id(), store.new_row(), name, parent.id, f"{parent.path}/{name}")
    store.domains[domain.id] = domain
    return {"domain": render.domain(call, domain, tally(call.world))}


def _role(call: Call) -> tuple[Role, str | None]:
    """Return the role a new account shall have, and its row where that is not a stock one."""
    args = call.args
    row = args.get("roleid")
    if row is not None:
        return row.kind, None if row.stock and not row.rules else row.id
    wanted = args.get("role")
    role = Role(wanted) if wanted in list(Role) else _ROLES.get(args.get("accounttype") or 0)
    if role is None:
        text = f"Invalid account type {args['accounttype']}: 0, 1, 2 or 3"
        raise Refused(Kind.PARAM, text, "REQ-02")
    return role, None


def create_account(call: Call) -> Row:
    """createAccount with its first user."""
    store, args = call.world.store, call.args
    domain = args.get("domainid") or store.domains[call.account.domain_id]
    role, role_id = _role(call)
    name = args.get("account") or args["username"]
    if any(a.name == name and a.domain_id == domain.id for a in store.accounts.values()):
        text = f"The user {args['username']} already exists in domain {domain.id}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    account = Account(store.new_id(), store.new_row(), name, domain.id, role, role_id=role_id)
    store.accounts[account.id] = account
    add_user(call, account)
    add_security_group(call.world, account)
    return {"account": render.account(call, account, tally(call.world))}


def delete_account(call: Call) -> Row:
    """deleteAccount: its VMs and volumes go with it."""
    store, account = call.world.store, call.args["id"]
    for volume in [v for v in store.volumes.values() if v.account_id == account.id]:
        store.put_volume(volume._replace(removed=True, vm_id=None, device_id=None))
    for vm in [v for v in store.vms.values() if v.account_id == account.id]:
        store.put_vm(vm._replace(removed=True, host_id=None))
    for user in [u for u in store.users.values() if u.account_id == account.id]:
        store.users[user.id] = user._replace(enabled=False, api_key=None)
    for network in [n for n in store.networks.values() if n.account_id == account.id]:
        store.networks[network.id] = network._replace(removed=True)
    store.accounts[account.id] = account._replace(enabled=False)
    return submit_success(call, _work(call), "account")


def _work(call: Call) -> Any:
    yield call.world.spend("work")


def delete_domain(call: Call) -> Row:
    """deleteDomain; the rows of its accounts stay, switched off."""
    store, domain = call.world.store, call.args["id"]
    store.domains[domain.id] = domain._replace(removed=True)
    return submit_success(call, _work(call), "domain")


def list_domains(call: Call) -> Row:
    """listDomains: with listall those below, too; a root admin sees all without a word."""
    store, args, counted = call.world.store, call.args, tally(call.world)
    home, one = store.domains[call.account.domain_id], args.get("id")
    gone = one is not None and one.removed
    held = one is None or gone or home.holds(one)
    case = DomainFilter(
        dialect=call.world.dialect,
        db_id=one.db_id if one else 0,
        domain_id=one.id if one else "",
        removed=gone,
        held=held,
        caller=call.account,
    )
    LIST_DOMAINS.require(Phase.REQUEST, case)
    if one is None and not call.is_root and not args.get("listall"):
        one = home
    rows = [
        d
        for d in store.domains.values()
        if home.holds(d)
        and not d.removed
        and (one is None or d.id == one.id)
        and args.get("level", d.path.count("/")) == d.path.count("/")
        and same_text(args.get("name", d.name), d.name)
        and containing(args.get("keyword", ""))(d.name)
    ]
    return paged(call, "domain", rows, lambda d: render.domain(call, d, counted))


def list_accounts(call: Call) -> Row:
    """listAccounts."""
    args, store, counted = call.args, call.world.store, tally(call.world)
    sees = visible(call)
    rows = [
        a
        for a in store.accounts.values()
        if a.enabled
        and sees(a.id)
        and a.role not in HIDDEN
        and ("id" not in args or args["id"].id == a.id)
        and same_text(args.get("name", a.name), a.name)
        and any(map(containing(args.get("keyword", "")), (a.name, "enabled")))
    ]
    return paged(call, "account", rows, lambda a: render.account(call, a, counted))


COMMANDS = (
    Command(
        "createDomain",
        create_domain,
        "name:text! parentdomainid:domain networkdomain:text",
        says="Creates a domain",
        answers="domain",
        roles="AD",
    ),
    Command(
        "createAccount",
        create_account,
        f"{NEW_USER} accounttype:integer account:text domainid:domain role:text roleid:role",
        says="Creates an account and its first user",
        answers="account",
        roles="ASD",
    ),
    Command(
        "deleteAccount",
        delete_account,
        "id:account!@",
        says="Deletes an account with its users and resources",
        answers="success",
        roles="ASD",
        is_async=True,
    ),
    Command(
        "deleteDomain",
        delete_domain,
        "id:domain! cleanup:bool",
        says="Deletes a domain",
        answers="success",
        roles="AD",
        is_async=True,
    ),
    Command(
        "listDomains",
        list_domains,
        f"id:domain~ level:integer name:text listall:bool {PAGING}",
        says="Lists the domains below the caller's",
        answers="domain",
        roles="ASD",
    ),
    Command(
        "listAccounts",
        list_accounts,
        f"id:account~ name:text {OWNED}",
        says="Lists the accounts with what they own and may own",
        answers="account",
        roles="ASDUR",
    ),
)

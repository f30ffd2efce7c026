"""Domains: made, renamed, removed and listed."""

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paged
from simulator.api.matching import containing, same_text
from simulator.api.render import SUCCESS
from simulator.api.render_owner import DOMAIN
from simulator.api.submit import submit_success
from simulator.domain.access import may_enter
from simulator.domain.domains import (
    DELETE_DOMAIN,
    NEW_DOMAIN,
    UPDATE_DOMAIN,
    OnDomain,
)
from simulator.domain.lists import LIST_DOMAINS, DomainFilter
from simulator.domain.records import Domain, Role
from simulator.domain.rules import Phase
from simulator.engine import leaving
from simulator.engine.counts import tally
from simulator.engine.world import Flow


def _on(call: Call, domain: Domain) -> OnDomain:
    store, args = call.world.store, call.args
    return OnDomain(
        dialect=call.world.dialect,
        caller=call.account,
        domain=domain,
        caller_may_enter=may_enter(call.account, domain, store.domains),
        name=args.get("name"),
        network_domain=args.get("networkdomain"),
    )


def _name_free(call: Call, parent_id: str | None, but: str = "") -> bool:
    """Return whether no domain below a parent, *but* one, has the name that is wanted."""
    name = call.args.get("name")
    domains = call.world.store.domains.values()
    return not any(
        (d.name, d.parent_id, d.removed) == (name, parent_id, False) and d.id != but
        for d in domains
    )


def _shown(call: Call, domain: Domain) -> Row:
    return {"domain": render.domain(call, domain, tally(call.world))}


def create_domain(call: Call) -> Row:
    """createDomain."""
    store, args = call.world.store, call.args
    root = next(d for d in store.domains.values() if d.parent_id is None)
    parent, name = args.get("parentdomainid") or root, args["name"]
    free = _name_free(call, parent.id)
    NEW_DOMAIN.require(Phase.REQUEST, _on(call, parent)._replace(name_free=free))
    domain = Domain(
        store.new_id(),
        store.new_row(),
        name,
        parent.id,
        f"{parent.path}/{name}",
        network_domain=args.get("networkdomain", ""),
    )
    return _shown(call, store.domains.setdefault(domain.id, domain))


def update_domain(call: Call) -> Row:
    """updateDomain: another name, with which the paths below change, or network domain."""
    store, args, domain = call.world.store, call.args, call.args["id"]
    name = args.get("name")
    free = name is None or _name_free(call, domain.parent_id, domain.id)
    UPDATE_DOMAIN.require(Phase.REQUEST, _on(call, domain)._replace(name_free=free))
    suffix = args.get("networkdomain", domain.network_domain)
    store.domains[domain.id] = domain._replace(network_domain=suffix)
    if name is not None:
        path = f"{domain.path.rpartition('/')[0]}/{name}"
        for below in [d for d in store.domains.values() if domain.holds(d)]:
            store.domains[below.id] = below._replace(path=path + below.path[len(domain.path) :])
        store.domains[domain.id] = store.domains[domain.id]._replace(name=name)
    return _shown(call, store.domains[domain.id])


def delete_domain(call: Call) -> Row:
    """deleteDomain; with cleanup its domains, accounts and all they own go with it."""
    store, domain_id = call.world.store, call.args["id"].id

    def flow() -> Flow:
        yield call.world.spend("work")
        case = _on(call, store.domains.get(domain_id, call.args["id"]))
        DELETE_DOMAIN.require(Phase.JOB, case)
        if not call.args.get("cleanup"):
            below = (d for d in store.domains.values() if d.parent_id == domain_id)
            used = any(not d.removed for d in below) or bool(leaving.accounts_in(store, domain_id))
            DELETE_DOMAIN.require(Phase.JOB, case._replace(used=used))
        yield from leaving.remove_domain(call.world, domain_id)

    return submit_success(call, flow(), "domain", ("Domain", domain_id))


def require_listed(call: Call, domain: Domain) -> None:
    """Refuse a domain that a list names where it is gone or not the caller's to look into."""
    case = DomainFilter(
        dialect=call.world.dialect,
        db_id=domain.db_id,
        domain_id=domain.id,
        removed=domain.removed,
        held=may_enter(call.account, domain, call.world.store.domains),
        caller=call.account,
    )
    LIST_DOMAINS.require(Phase.REQUEST, case)


def list_domains(call: Call) -> Row:
    """listDomains: a root admin's are all; others see their own, with listall those below."""
    store, args, counted = call.world.store, call.args, tally(call.world)
    wanted, deep = args.get("id"), False
    if wanted is not None:
        require_listed(call, wanted)
    elif call.account.role is not Role.ADMIN:
        wanted, deep = store.domains[call.account.domain_id], bool(args.get("listall"))
    rows = [
        d
        for d in store.domains.values()
        if not d.removed
        and (wanted is None or (wanted.holds(d) if deep else wanted.id == d.id))
        and same_text(args.get("name", d.name), d.name)
        and args.get("level", d.path.count("/")) == d.path.count("/")
        and containing(args.get("keyword", ""))(d.name)
    ]
    return paged(call, "domain", rows, lambda d: render.domain(call, d, counted))


def list_children(call: Call) -> Row:
    """listDomainChildren: those right below a domain, with isrecursive all below it."""
    store, args, counted = call.world.store, call.args, tally(call.world)
    home = args.get("id") or store.domains[call.account.domain_id]
    require_listed(call, home)
    deep = bool(args.get("isrecursive")) or ("id" not in args and bool(args.get("listall")))
    rows = [
        d
        for d in store.domains.values()
        if not d.removed
        and d.id != home.id
        and (home.holds(d) if deep else d.parent_id == home.id)
        and same_text(args.get("name", d.name), d.name)
        and containing(args.get("keyword", ""))(d.name)
    ]
    return paged(call, "domain", rows, lambda d: render.domain(call, d, counted))


COMMANDS = (
    Command(
        "createDomain",
        create_domain,
        "name:text! parentdomainid:domain~ networkdomain:text",
        says="Creates a domain",
        answers=DOMAIN,
        roles="AD",
    ),
    Command(
        "updateDomain",
        update_domain,
        "id:domain!~ name:text networkdomain:text",
        says="Gives a domain another name or network domain",
        answers=DOMAIN,
        roles="A",
    ),
    Command(
        "deleteDomain",
        delete_domain,
        "id:domain!~ cleanup:bool",
        says="Deletes a domain, with cleanup with everything in it",
        answers=SUCCESS,
        roles="AD",
        is_async=True,
    ),
    Command(
        "listDomains",
        list_domains,
        f"id:domain~ name:text level:integer listall:bool {PAGING}",
        says="Lists the domains below the caller's",
        answers=DOMAIN,
        roles="ASD",
    ),
    Command(
        "listDomainChildren",
        list_children,
        f"id:domain~ name:text listall:bool isrecursive:bool {PAGING}",
        says="Lists the domains below one",
        answers=DOMAIN,
        roles="ASD",
    ),
)

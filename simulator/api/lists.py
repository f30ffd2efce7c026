"""What every list command shares: who sees what, filters, paging (semantics 7.5)."""

from collections.abc import Callable, Iterable
from typing import Any

from simulator.api.command import Call
from simulator.domain.access import PERMISSION_TEXT, may_use
from simulator.domain.errors import Kind, Refused

Row = dict[str, Any]

PAGING = "page:long pagesize:long listall:bool isrecursive:bool"
"""Parameters of every list."""
OWNED = f"{PAGING} account:text domainid:domain"
"""Parameters of every list of things that have an owner."""


def visible(call: Call) -> Callable[[str], bool]:
    """Return whether the caller's list shows what an account owns (listall, account, domainid)."""
    store, args, caller = call.world.store, call.args, call.account
    domain, name = args.get("domainid"), args.get("account")
    if name is not None:
        home = domain.id if domain is not None else caller.domain_id
        named = [a for a in store.accounts.values() if a.name == name and a.domain_id == home]
        if not named or not may_use(caller, named[0], store.domains):
            raise Refused(Kind.DENIED, PERMISSION_TEXT, "REQ-06")
        return lambda owner_id: owner_id == named[0].id
    everything = args.get("listall") or "id" in args
    if not everything and domain is None:
        return lambda owner_id: owner_id == caller.id

    def sees(owner_id: str) -> bool:
        owner = store.accounts[owner_id]
        if domain is not None:
            deep = args.get("isrecursive") or args.get("listall")
            inside = domain.holds(store.domains[owner.domain_id])
            if not inside or (not deep and owner.domain_id != domain.id):
                return False
        return may_use(caller, owner, store.domains)

    return sees


def paged(call: Call, root: str, rows: Iterable[Row]) -> Row:
    """Return the list envelope: `{}` when empty, only the count past the end."""
    found = list(rows)
    page, size = call.args.get("page"), call.args.get("pagesize")
    if page is not None and size is None:
        text = '"pagesize" parameter is required when "page" is specified'
        raise Refused(Kind.MALFORMED, text, "REQ-03")
    if size is not None and page is None and size != -1:
        text = '"page" parameter is required when "pagesize" is specified'
        raise Refused(Kind.MALFORMED, text, "REQ-03")
    limit = int(call.world.settings.number("default.page.size"))
    if size is not None and size > limit:
        text = f"Page size can't exceed max allowed page size value: {limit}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    if size == -1 and page is not None:
        text = "Can't specify page parameter when pagesize is -1 (Unlimited)"
        raise Refused(Kind.PARAM, text, "REQ-02")
    if not found:
        return {}
    size = len(found) if size == -1 else limit if size is None else size
    start = (max(1, page or 1) - 1) * size
    part = found[start : start + size]
    return {"count": len(found), root: part} if part else {"count": len(found)}

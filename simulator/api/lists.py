"""What every list command shares: who sees what, filters, paging (semantics 7.5)."""

from collections.abc import Callable, Iterable
from typing import Any

from simulator.api.command import Call, Handler
from simulator.api.owners import account_named
from simulator.domain.access import LOOK, Look, may_enter, may_share, may_use, scope
from simulator.domain.errors import Kind, Refused
from simulator.domain.records import Role
from simulator.domain.rules import Phase

Row = dict[str, Any]

PAGING = "keyword:text listall:bool isrecursive:bool page:integer pagesize:integer"
"""Parameters of every list."""
OWNED = f"account:text domainid:domain~ projectid:anyproject~ {PAGING}"
"""Parameters of every list of things that have an owner."""

_FIELDS = {
    "clusterid": "cluster_id",
    "domainid": "domain_id",
    "networkid": "network_id",
    "networkofferingid": "offering_id",
    "physicalnetworkid": "physical_id",
    "podid": "pod_id",
    "virtualmachineid": "vm_id",
    "volumeid": "volume_id",
    "zoneid": "zone_id",
}
"""Filter -> field of the record, where they are not called the same."""
_ANY_PROJECT = -1


def visible(call: Call) -> Callable[[str], bool]:
    """Return whether the caller's list shows what an account owns.

    That is for listall, account, domainid, isrecursive and projectid to say.
    """
    store = call.world.store
    look = _look(call)
    LOOK.require(Phase.REQUEST, look)
    shown = scope(look, (a for a in store.accounts.values() if a.role is Role.PROJECT))

    def sees(owner_id: str) -> bool:
        owner = store.accounts[owner_id]
        return shown.shows(owner, store.domains[owner.domain_id])

    return sees


def _look(call: Call) -> Look:
    store, args, caller = call.world.store, call.args, call.account
    domain, name, project = args.get("domainid"), args.get("account"), args.get("projectid")
    home, anyone = store.domains[caller.domain_id], False
    if project is not None and project.db_id == _ANY_PROJECT:
        project, anyone = None, True
    owner = account_named(call, name, domain or home) if name is not None else None
    fund = store.accounts.get(project.account_id) if project else None
    return Look(
        dialect=call.world.dialect,
        caller=caller,
        home=home,
        domain=domain,
        caller_may_enter=domain is None or may_enter(caller, domain, store.domains),
        name=name,
        owner=owner,
        caller_may_use=owner is None or may_use(caller, owner, store.domains),
        project=project,
        fund=fund,
        caller_may_share=fund is None or may_share(caller, fund, store.domains),
        any_project=anyone,
        by_id="id" in args,
        list_all=bool(args.get("listall")),
        deep=bool(args.get("isrecursive")),
    )


def listing(
    kind: str,
    root: str,
    show: Callable[[Call, Any], Row],
    *,
    by: str = "",
    owned: bool = False,
    also: Callable[[Call, Any], bool] = lambda _call, _record: True,
) -> Handler:
    """Return the handler of a list of the store's *kind*: filters *by* fields, pages, renders."""
    filters = tuple((f, _FIELDS.get(f, f)) for f in ["id", *by.split()])

    def handler(call: Call) -> Row:
        sees = visible(call) if owned else lambda _owner_id: True
        keyword = str(call.args.get("keyword", "")).lower()
        rows = [
            record
            for record in getattr(call.world.store, kind).values()
            if not getattr(record, "removed", False)
            and keyword in getattr(record, "name", "").lower()
            and all(_same(call.args.get(f), record, field) for f, field in filters)
            and (not owned or sees(record.account_id))
            and also(call, record)
        ]
        return paged(call, root, rows, lambda record: show(call, record))

    return handler


def _same(wanted: Any, record: Any, field: str) -> bool:
    if wanted is None:
        return True
    value = getattr(record, field)
    if isinstance(wanted, str):
        exact = field == "name"
        return bool(value == wanted if exact else str(value).lower() == wanted.lower())
    return bool(value == getattr(wanted, "id", wanted))


def named(call: Call, kind: str) -> list[Any]:
    """Return the records that `id` or `ids` names, else all of the store's *kind*."""
    args, rows = call.args, getattr(call.world.store, kind)
    if "id" in args and "ids" in args:
        text = "Specify either id or ids but not both parameters"
        raise Refused(Kind.PARAM, text, "REQ-02")
    if "id" in args:
        return [args["id"]]
    if args.get("ids"):
        return list(args["ids"])
    return list(rows.values())


def same(wanted: Any, found: str | None) -> bool:
    """Return whether a filter by an entity, None for no filter, finds the id *found*."""
    return wanted is None or wanted.id == found


def tagged(call: Call, record_id: str) -> bool:
    """Return whether a record has any of the tags asked for."""
    wanted = call.args.get("tags")
    mine = call.world.store.tags.get(record_id, {})
    return wanted is None or any(
        row.get("key") in mine and mine[row["key"]].value == row.get("value") for row in wanted
    )


def paged(
    call: Call,
    root: str,
    rows: Iterable[Any],
    show: Callable[[Any], Row] = lambda row: row,
    *,
    newest_first: bool = False,
) -> Row:
    """Return the list envelope: `{}` when empty, only the count past the end.

    With *newest_first* pages are cut from the end, and the rows of a page stay in order (C23).
    """
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
    left = max(0, len(found) - start)
    cut = found[max(0, left - size) : left] if newest_first else found[start : start + size]
    part = [show(row) for row in cut]
    return {"count": len(found), root: part} if part else {"count": len(found)}

"""What every list command shares: who sees what, filters, paging (semantics 7.5)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from simulator.api.command import Call
from simulator.api.matching import containing, equal_to, same_text
from simulator.api.owners import account_named
from simulator.domain.access import LOOK, Look, may_enter, may_share, may_use, scope
from simulator.domain.lists import PAGE, PICK, TAG_PAIRS, UNLIMITED, Page, Picked, TagPair
from simulator.domain.records import Role
from simulator.domain.rules import Phase

Row = dict[str, Any]
Lister = Callable[[Call], Row]
"""The handler of a list."""

PAGES = "page:integer pagesize:integer"
PAGING = f"keyword:text {PAGES}"
"""Parameters of every list that looks for a keyword."""
OWNERS = "account:text domainid:domain~ projectid:anyproject~ listall:bool isrecursive:bool"
OWNED = f"{OWNERS} {PAGING}"
"""Parameters of every list of things that have an owner."""

_FIELDS = {
    "clusterid": "cluster_id",
    "description": "name",
    "displaytext": "text",
    "domainid": "domain_id",
    "guestiptype": "kind",
    "isdefault": "default",
    "networkid": "network_id",
    "networkofferingid": "offering_id",
    "oscategoryid": "category_id",
    "physicalnetworkid": "physical_id",
    "podid": "pod_id",
    "securitygroupname": "name",
    "specifyvlan": "specify_vlan",
    "status": "state",
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
    like: str = "",
    words: str = "name",
    owned: bool = False,
    newest_first: bool = False,
    also: Callable[[Call, Any], bool] = lambda _call, _record: True,
) -> Lister:
    """Return the handler of a list of the store's *kind*: filters, pages, renders.

    Filters are compared with the fields *by*, or as parts of the fields *like*; a keyword is
    looked for in the fields *words*. What is removed is in no list, by its id neither.
    """

    def handler(call: Call) -> Row:
        page = paging(call)
        sees = visible(call) if owned else lambda _owner_id: True
        tests, has_tag = [*_tests(call, by, like, words)], tag_test(call)
        rows = [
            record
            for record in named(call, kind)
            if not getattr(record, "removed", False)
            and all(test(record) for test in tests)
            and (not owned or sees(record.account_id))
            and also(call, record)
            and has_tag(record.id)
        ]
        if newest_first:
            rows.sort(key=lambda record: record.db_id, reverse=True)
        return page.cut(root, rows, lambda record: show(call, record))

    return handler


def _tests(call: Call, by: str, like: str, words: str) -> Iterator[Callable[[Any], bool]]:
    """Yield the filters that were asked for."""
    for name in by.split():
        if name in call.args:
            yield _same(call.args[name], _FIELDS.get(name, name))
    for name in like.split():
        if name in call.args:
            yield _in_any(containing(call.args[name]), [_FIELDS.get(name, name)])
    if words and call.args.get("keyword"):
        yield _in_any(containing(call.args["keyword"]), words.split())


def _same(wanted: Any, field: str) -> Callable[[Any], bool]:
    if isinstance(wanted, str):
        return _in_any(equal_to(wanted), [field])
    right = getattr(wanted, "id", wanted)
    return lambda record: bool(getattr(record, field) == right)


def _in_any(test: Callable[[str], bool], fields: list[str]) -> Callable[[Any], bool]:
    """Return whether any of the fields passes, none of which is empty."""

    def fits(record: Any) -> bool:
        values = (getattr(record, field) for field in fields)
        return any(value is not None and test(str(value)) for value in values)

    return fits


def named(call: Call, kind: str) -> list[Any]:
    """Return the records that `id` or `ids` names, else all of the store's *kind*."""
    args, rows = call.args, getattr(call.world.store, kind)
    case = Picked(call.world.dialect, "id" in args, bool(args.get("ids")))
    PICK.require(Phase.REQUEST, case)
    if "id" not in args and not args.get("ids"):
        return list(rows.values())
    wanted = [args["id"]] if "id" in args else args["ids"]
    return [record for record in wanted if rows.get(record.id) is record]


def same(wanted: Any, found: str | None) -> bool:
    """Return whether a filter by an entity, None for no filter, finds the id *found*."""
    return wanted is None or wanted.id == found


def tag_test(call: Call) -> Callable[[str], bool]:
    """Return the test of a record's id by the tags asked for: it has any of them."""
    wanted = [(row.get("key", ""), row.get("value")) for row in call.args.get("tags") or ()]
    for key, value in wanted:
        TAG_PAIRS.require(Phase.REQUEST, TagPair(call.world.dialect, key, value))

    def has(record_id: str) -> bool:
        rows = call.world.store.tags.get(record_id, {}).values()
        pairs = [(t.key, t.value) for t in rows]
        return any(
            same_text(key, k) and same_text(value or "", v)
            for key, value in wanted
            for k, v in pairs
        )

    return has if wanted else lambda _record_id: True


def tagged(call: Call, record_id: str) -> bool:
    """Return whether a record has any of the tags asked for."""
    return tag_test(call)(record_id)


class Paging(NamedTuple):
    """The page that is asked for: its *number*, and how many rows it has; None for all."""

    number: int
    size: int | None
    count_alone: bool

    def cut(
        self,
        root: str,
        rows: Iterable[Any],
        show: Callable[[Any], Row] = lambda row: row,
        *,
        newest_first: bool = False,
    ) -> Row:
        """Return the list envelope: `{}` when empty, only the count past the end.

        With *newest_first* pages are cut from the end, and the rows of a page stay in order (C23).
        """
        every = list(rows)
        if not every:
            return {}
        size = len(every) if self.size is None else self.size
        start = (self.number - 1) * size
        left = max(0, len(every) - start)
        part = every[max(0, left - size) : left] if newest_first else every[start : start + size]
        shown = [] if self.count_alone else [show(row) for row in part]
        return {"count": len(every), root: shown} if shown else {"count": len(every)}


def paging(call: Call) -> Paging:
    """Return the page that a call asks for, or raise Refused."""
    page, size = call.args.get("page"), call.args.get("pagesize")
    most = int(call.world.settings.number("default.page.size"))
    PAGE.require(Phase.REQUEST, Page(call.world.dialect, page, size, most))
    chosen = most if size is None else size
    alone = bool(call.args.get("retrieveonlyresourcecount"))
    return Paging(max(1, page or 1), None if chosen == UNLIMITED else max(0, chosen), alone)


def paged(
    call: Call,
    root: str,
    rows: Iterable[Any],
    show: Callable[[Any], Row] = lambda row: row,
    *,
    newest_first: bool = False,
) -> Row:
    """Return the list envelope of the page that a call asks for."""
    return paging(call).cut(root, rows, show, newest_first=newest_first)

"""A list of many: a table of one page of the API's answer, with words to look for and states."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from nicegui import events, ui

from console.frame import Visit
from console.looking import Row

_PAGE_ROWS = 20


class Listing:
    """A table over a list command; only the page in view is asked for, so 10,000 rows are none."""

    def __init__(
        self,
        visit: Visit,
        command: str,
        key: str,
        columns: Sequence[tuple[str, str]],
        link: str,
        *,
        words: Mapping[str, Callable[[Any], str]] | None = None,
        seldom: Collection[str] = (),
    ) -> None:
        """Show *columns* (field, heading) of the rows under *key*; a name leads to *link*.

        *words* spell the values of fields; a *seldom* column stays away while no row has it.
        """
        self.words, self.seldom = words or {}, seldom
        self.visit, self.command, self.key, self.link = visit, command, key, link
        self.columns = columns
        self.filters: dict[str, str] = {}
        self.at = 1
        self.table: ui.table | None = None
        self._seen: Any = None

    async def show(self) -> None:
        """Add the table."""
        first = self.columns[0][0]
        table = self.table = ui.table(
            columns=self._headings([]), rows=[], row_key="id",
            pagination={"page": 1, "rowsPerPage": _PAGE_ROWS, "rowsNumber": 0},
        ).classes("listing")  # fmt: skip
        table.props(f'flat bordered :rows-per-page-options="[{_PAGE_ROWS}]"')
        table.add_slot(f"body-cell-{first}", _LINKED)
        table.on("request", self._turned)
        await self.refresh()

    async def _turned(self, event: events.GenericEventArguments) -> None:
        self.at = event.args["pagination"]["page"]
        await self.refresh()

    async def sift(self, name: str, value: str) -> None:
        """Show from the start what the filter *name* lets through; "" is no filter."""
        self.filters = {**self.filters, name: value}
        self.at = 1
        await self.refresh()

    async def refresh(self) -> None:
        """Ask for the page in view, and draw it if anything in it changed."""
        filters = {name: value for name, value in self.filters.items() if value}
        reply = await self.visit.visitor.call(
            self.command, listall=True, page=self.at, pagesize=_PAGE_ROWS, **filters
        )
        count, rows = reply.body.get("count", 0), reply.body.get(self.key, [])
        seen = (self.at, count, [[row.get(name) for name, _ in self.columns] for row in rows])
        if seen == self._seen or self.table is None:
            return
        self._seen = seen
        self.table.columns = self._headings(rows)
        self.table.rows = [self._drawn(row) for row in rows]
        self.table.pagination = {"page": self.at, "rowsPerPage": _PAGE_ROWS, "rowsNumber": count}
        self.table.update()

    def _headings(self, rows: Sequence[Row]) -> list[Row]:
        return [
            {"name": name, "label": label, "field": name, "align": "left"}
            for name, label in self.columns
            if name not in self.seldom or any(name in row for row in rows)
        ]

    def _drawn(self, row: Row) -> Row:
        drawn = {
            name: self.words.get(name, str)(row[name]) if name in row else ""
            for name, _ in self.columns
        }
        return {"id": row["id"], "link": self.link.format(id=row["id"]), **drawn}


_LINKED = """
<q-td :props="props"><a :href="props.row.link" class="clip">{{ props.value }}</a></q-td>
"""


def by_state(listing: Listing, states: Sequence[str]) -> None:
    """Let the visitor look for words and for a state."""

    async def look(event: events.ValueChangeEventArguments[Any]) -> None:
        await listing.sift("keyword", event.value or "")

    async def choose(event: events.ValueChangeEventArguments[Any]) -> None:
        await listing.sift("state", event.value or "")

    ui.input("Search by name", on_change=look).props('clearable dense outlined debounce="300"')
    options = {"": "All states", **{state: state for state in states}}
    ui.select(options, value="", label="State", on_change=choose).props("dense outlined").classes(
        "states"
    )

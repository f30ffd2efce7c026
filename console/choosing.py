"""Fields by which one of many VMs or volumes is chosen, with words to look for it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import events, ui

from console.judging import named
from console.looking import Row
from console.words import gib, isolated

Choose = Callable[[str], Awaitable[None]]


class Choice:
    """A field that stays on its page whatever may be chosen, so that the keyboard stays there."""

    def __init__(self, label: str, choose: Choose) -> None:
        """Draw the field; *choose* gets the id that the visitor chooses."""
        self._choose, self._id = choose, ""
        self._shown: dict[str, str] | None = None
        field = ui.select({}, label=label, with_input=True, on_change=self._changed)
        self.field = field.props("outlined dense").classes("choice")

    def show(self, rows: Sequence[Row], chosen: Row) -> None:
        """Offer *rows*; what is *chosen* stays, though it may be none of them."""
        options = {row["id"]: _words(row) for row in [*rows, *([chosen] if chosen else [])]}
        self._id = chosen.get("id", "")
        if (options, self._id) != (self._shown, self.field.value or ""):
            self._shown = options
            self.field.set_options(dict(options), value=self._id or None)

    async def _changed(self, event: events.ValueChangeEventArguments[Any]) -> None:
        if event.value and event.value != self._id:
            await self._choose(event.value)


def _words(row: Row) -> str:
    """Return a VM or a volume for a list to choose from."""
    what = gib(row["size"]) if "size" in row else row["state"]
    return f"{isolated(named(row))} · {what} · {isolated(row.get('account', ''))}"

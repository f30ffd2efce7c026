"""What may be chosen: each of many rows judged by a dry run, and those excluded shown with why."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from nicegui import events, ui

from console.asking import reason
from console.frame import Visit
from console.looking import Row
from simulator.port import Obstacle, Value

_AT_ONCE = 50
"""So many are judged before others have their turn."""
_LISTED = 50
"""So many excluded rows are shown; who looks for another searches."""

Excluded = list[tuple[Row, Obstacle]]
Parameters = dict[str, Value]


class Judged(NamedTuple):
    """Rows that may be chosen, and the others, each with what excludes it."""

    can: list[Row]
    cannot: Excluded


async def judged(
    visit: Visit, choices: Sequence[Row], command: str, *ways: Callable[[Row], Parameters]
) -> Judged:
    """Judge *command* for each row by any of the *ways*; what refuses the first tells why."""
    dry_run = visit.visitor.dry_run
    can: list[Row] = []
    cannot: Excluded = []
    for number, choice in enumerate(choices):
        if number % _AT_ONCE == _AT_ONCE - 1:
            await asyncio.sleep(0)
        obstacles = [dry_run(command, **way(choice)) for way in ways]
        why = obstacles[0]
        if why is None or None in obstacles:
            can.append(choice)
        else:
            cannot.append((choice, why))
    return Judged(can, cannot)


def excluded(what: str, pairs: Excluded, link: str) -> None:
    """List rows that are excluded, closed, each with its reason and leading to *link*."""
    if not pairs:
        return
    with ui.expansion(f"Excluded {what} ({len(pairs):,})").classes("excluded"):
        word = ""

        @ui.refreshable
        def listed() -> None:
            fit = [(r, o) for r, o in pairs if word in named(r).casefold()]
            with ui.element("ul").classes("plain"):
                for row, obstacle in fit[:_LISTED]:
                    with ui.element("li").classes("excluded-row"):
                        ui.link(named(row), link.format(id=row["id"])).classes("clip")
                        ui.label(reason(obstacle)).classes("reason")
            if len(fit) > _LISTED:
                ui.label(f"and {len(fit) - _LISTED:,} more").classes("small")

        def look(event: events.ValueChangeEventArguments[Any]) -> None:
            nonlocal word
            word = (event.value or "").casefold()
            listed.refresh()

        if len(pairs) > _LISTED:
            ui.input(f"Search excluded {what}", on_change=look).props('dense debounce="200"')
        listed()


def named(row: Row) -> str:
    """Return the name by which people know a VM or a volume."""
    return str(row.get("displayname", row["name"]))

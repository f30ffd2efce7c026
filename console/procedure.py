"""Steps one after another: which is next is read from the cloud, and each is one call."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from nicegui import ui

from console.asking import Calls, reason
from console.focusing import focus
from console.frame import Visit, heading
from console.words import counted
from simulator.port import Value

_PAGES = {"/rescue": "Rescue a broken ROOT", "/rescue/replace": "Replace the ROOT"}


class Step(NamedTuple):
    """A call of the steps; *lacking* says what must be chosen before it can be sent."""

    title: str
    command: str
    parameters: dict[str, Value]
    lacking: str = ""


class Procedure:
    """The steps on a page, of which the next is a live button, and the calls that were sent."""

    def __init__(
        self, visit: Visit, titles: Sequence[str], again: Callable[[], Awaitable[object]]
    ) -> None:
        """Draw steps of those *titles*; *again* looks at the cloud once a call has ended."""
        self.visit, self._again = visit, again
        self._steps: Sequence[Step] = ()
        self._sent: list[str] = []
        self._busy = False
        self._drawn: object = None
        with ui.element("ol").classes("procedure").props('tabindex="-1" aria-label="Steps"') as on:
            self._list = on
            self._rows = [_Row(title, partial(self._press, n)) for n, title in enumerate(titles)]
        self.end = ui.label().classes("end").props('role="note"')

    def record(self) -> None:
        """Draw, here, how many calls were sent, and each with its answer."""
        heading("Calls and answers", 2)
        self._count = ui.label()
        self.calls = Calls(self.visit)
        self._tally()

    def _tally(self) -> None:
        sent = f": {', '.join(self._sent)}" if self._sent else ""
        self._count.text = f"{counted(len(self._sent), 'call')} sent from this page{sent}"

    def show(self, steps: Sequence[Step], at: int, end: str) -> None:
        """Show that the step of number *at* is next; past the last, the words of the *end*."""
        obstacle = None
        if at < len(steps) and not steps[at].lacking:
            dry_run = self.visit.visitor.dry_run
            obstacle = dry_run(steps[at].command, **steps[at].parameters)
        drawn = (steps, at, obstacle, self._busy)
        if drawn == self._drawn:
            return
        self._drawn, self._steps = drawn, steps
        for number, row in enumerate(self._rows):
            if number == at:
                why = steps[at].lacking or (reason(obstacle) if obstacle else "")
                row.show("next", why, live=not why and not self._busy)
            else:
                row.show("done" if number < at else "later", "", live=False)
        self.end.text = end if at == len(steps) else ""

    async def _press(self, number: int) -> None:
        """Send the call of a step, and leave the keyboard at the step after it."""
        if self._busy:
            return
        self._busy = True
        step = self._steps[number]
        self._sent.append(step.command)
        self._tally()
        try:
            await self.calls.send(step.command, **step.parameters)
        finally:
            self._busy = False
        await self._again()
        focus(next((row.button for row in self._rows if row.button.enabled), self._list))


class _Row:
    """A step as it is drawn, once for all: the keyboard stays where it is."""

    def __init__(self, title: str, press: Callable[[], Awaitable[None]]) -> None:
        with ui.element("li").classes("procedure-step") as self.line:
            self.icon = ui.icon("radio_button_unchecked").props('aria-hidden="true"')
            self.button = ui.button(title, on_click=press).props("no-caps outline")
            self.state = ui.label().classes("small")
            self.why = ui.label().classes("reason")
        self.why.props(f'id="why-{self.button.id}"')
        self.button.props(f'aria-describedby="why-{self.button.id}"')

    def show(self, state: str, why: str, *, live: bool) -> None:
        """Show a step as done, next or later."""
        icons = {"done": "check_circle", "next": "arrow_forward"}
        self.icon.name = icons.get(state, "radio_button_unchecked")
        self.state.text, self.why.text = state, why
        self.line.classes(replace=f"procedure-step {state}")
        if state == "next":
            self.line.props('aria-current="step"')
        else:
            self.line.props(remove="aria-current")
        self.button.set_enabled(live)


def ways_to(visit: Visit) -> None:
    """Lead from each page of steps to the other."""
    here = visit.request.url.path
    with ui.element("nav").classes("tabs").props('aria-label="Use cases"'):
        for path, name in _PAGES.items():
            link = ui.link(name, path).classes("tab" + (" here" if path == here else ""))
            if path == here:
                link.props('aria-current="page"')


class Way(NamedTuple):
    """A way to an end: the *calls* that it takes, and how often it copies the disk."""

    name: str
    calls: tuple[str, ...]
    copies: int


def counted_ways(ways: Sequence[Way]) -> None:
    """Compare ways by their calls and copies; the first is the one that is gone."""
    with ui.element("table").classes("ways-counted"):
        with ui.element("thead"), ui.element("tr"):
            for name in ("Way", "Calls", "Copies of the disk"):
                with ui.element("th").props('scope="col"'):
                    ui.label(name)
        with ui.element("tbody"):
            for way in ways:
                with ui.element("tr"):
                    with ui.element("th").props('scope="row"'):
                        ui.label(way.name)
                    with ui.element("td"):
                        ui.label(f"{len(way.calls)}: {', '.join(way.calls)}")
                    with ui.element("td"):
                        ui.label(str(way.copies))


def saved(own: Way, other: Way) -> str:
    """Return in words what one way saves against another."""
    calls, copies = len(other.calls) - len(own.calls), other.copies - own.copies
    what = f"{counted(calls, 'call')} and {copies} copies of the disk"
    return f"Saved against {other.name[0].lower()}{other.name[1:]}: {what}."

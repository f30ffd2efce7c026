"""What the pages of steps share: what is chosen, what is next, and drawing what changed."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from nicegui import ui

from console.choosing import Choice
from console.frame import Visit, live
from console.procedure import Procedure, Step

if TYPE_CHECKING:
    from console.looking import Row


class Case(Protocol):
    """What a page of steps is about: ids by their names in the address, and how far it has come."""

    visit: Visit
    ids: dict[str, str]

    @property
    def steps(self) -> list[Step]: ...

    @property
    def at(self) -> int: ...

    def choose(self, part: str, entity_id: str) -> None: ...

    async def look(self) -> None: ...


class StepsPage:
    """A case on a page; who derives from it says what may be chosen, and what stands about it."""

    procedure: Procedure
    path: str
    end: str
    labels: tuple[tuple[str, str], ...]

    def __init__(self, case: Case) -> None:
        self._case = case
        self.choices: dict[str, Choice] = {}
        self.every: list[Row] = []
        self._seen: object = None

    async def gather(self) -> None:
        """Find out what may be chosen as things stand."""
        raise NotImplementedError

    def offer(self) -> None:
        """Offer what may be chosen now."""
        raise NotImplementedError

    def describe(self) -> None:
        """Say what stands about the case."""
        raise NotImplementedError

    @property
    def stand(self) -> object:
        """What the choices depend on."""
        raise NotImplementedError

    async def begin(self) -> None:
        """Look for the first time."""
        await self._case.look()
        await self.gather()

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        await self._case.look()
        if self.stand != self._seen:
            await self.gather()
            self._offer()
            self.about.refresh()
        self._draw()

    async def _choose(self, part: str, entity_id: str) -> None:
        self._case.choose(part, entity_id)
        await self.again()

    def fields(self) -> None:
        """Let the visitor choose."""
        with ui.row().classes("choices"):
            for part, label in self.labels:
                self.choices[part] = Choice(label, partial(self._choose, part))
        self._offer()
        self.about()

    def steps(self, titles: Sequence[str]) -> None:
        """Draw the steps and the calls that were sent, and keep all of the page up to date."""
        self.procedure = Procedure(self._case.visit, titles, self.again)
        self._draw()
        self.procedure.record()
        live(self.again)

    def _draw(self) -> None:
        self.procedure.show(self._case.steps, self._case.at, self.end)

    def _offer(self) -> None:
        """Offer what may be chosen now, and keep in the address what is chosen."""
        self._seen = self.stand
        self.offer()
        given = urlencode({name: value for name, value in self._case.ids.items() if value})
        ui.navigate.history.replace(f"{self.path}{'?' if given else ''}{given}")

    @ui.refreshable_method
    def about(self) -> None:
        """Draw what stands about the case."""
        self.describe()

"""The volumes that a VM can have, at one device: a button for each, and why others cannot."""

import time
from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from console.asking import copier
from console.frame import Visit
from console.judging import Judged, excluded, judged
from console.looking import Row, rows, whose
from console.words import gib
from simulator.port import Value

_REST = 10
"""After a look, this many times as long as it took passes before the next: a cloud of ten thousand
volumes is looked at now and then, a small one always."""
_NONE = Judged([], [])

Attach = Callable[[dict[str, Value]], Awaitable[None]]


class Candidates:
    """Volumes for one VM, attached by buttons called *label*; *device* is {} for the next free."""

    def __init__(
        self,
        visit: Visit,
        vm: Callable[[], Row],
        label: str,
        device: dict[str, Value],
        attach: Attach,
    ) -> None:
        self.visit, self.vm, self.label, self.device = visit, vm, label, device
        self.attach = attach
        self.judged: Judged = _NONE
        self._due_s = 0.0

    def _call(self, volume: Row) -> dict[str, Value]:
        return {"id": volume["id"], "virtualmachineid": self.vm()["id"], **self.device}

    async def look(self, *, at_once: bool = True) -> None:
        """Judge every volume that the visitor sees, and draw what changed.

        Unless it is wanted *at_once*, only when the last look is long enough ago.
        """
        began_s = time.monotonic()
        if not at_once and began_s < self._due_s:
            return
        vm = self.vm()
        every = await rows(self.visit, "listVolumes", "volume", **whose(vm))
        others = [row for row in every if row.get("virtualmachineid") != vm["id"]]
        now = await judged(self.visit, others, "attachVolume", self._call)
        self._due_s = time.monotonic() + _REST * (time.monotonic() - began_s)
        if now != self.judged:
            self.judged = now
            self.draw.refresh()

    @ui.refreshable_method
    def draw(self) -> None:
        """Draw a line for each volume that can be had, and list the others, closed."""
        for volume in self.judged.can:
            with ui.row().classes("candidate"):
                ui.link(volume["name"], f"/volumes/{volume['id']}").classes("clip")
                ui.label(f"{gib(volume['size'])}, {volume['state']}").classes("small")
                act = partial(self.attach, self._call(volume))
                button = ui.button(self.label, on_click=act)
                button.props("no-caps" if self.device else "no-caps outline")
                button.props["aria-label"] = f"{self.label}: {volume['name']}"
                copier(self.visit, "attachVolume", self._call(volume))
        if not self.judged.can:
            ui.label("No volume that you can see can be attached so.")
        excluded("volumes", self.judged.cannot, "/volumes/{id}")

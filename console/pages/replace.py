"""Use case 1: the ROOT volume of a VM is replaced by another, and kept as a data volume."""

from functools import partial
from urllib.parse import urlencode

from nicegui import ui

from console.choosing import Choice
from console.frame import Visit, heading, live, page
from console.judging import Judged, excluded, judged
from console.looking import Row, every_machine, loose_volumes
from console.procedure import Procedure, Way, counted_ways, ways_to
from console.replacing import TITLES, Replacement

_END = "The VM runs from its new ROOT volume."
_HERE = Way(
    "Here", ("stopVirtualMachine", "detachVolume", "attachVolume", "startVirtualMachine"), 0
)
_EC2 = Way(
    "On Amazon EC2", ("stop-instances", "detach-volume", "attach-volume", "start-instances"), 0
)


@page("/rescue/replace", "Replace the ROOT")
async def replace(visit: Visit, vm: str = "", volume: str = "", old: str = "") -> None:
    """Show how far a replacement has come, and its next step."""
    shown = _Replacing(Replacement(visit, vm, volume, old))
    await shown.replacement.look()
    await shown.gather()
    heading("Replace the ROOT")
    ways_to(visit)
    ui.label(
        "A VM gets another volume as its ROOT; the old one stays, as a data volume on no VM. "
        "Each step is one call of the API."
    )
    shown.fields()
    heading("Steps", 2)
    shown.procedure = Procedure(visit, TITLES, shown.again)
    shown.draw()
    shown.procedure.record()
    heading("Counted against Amazon EC2", 2)
    counted_ways((_HERE, _EC2))
    live(shown.again)


class _Replacing:
    """A replacement on a page."""

    procedure: Procedure

    def __init__(self, replacement: Replacement) -> None:
        self.replacement = replacement
        self.choices: dict[str, Choice] = {}
        self.every: list[Row] = []
        self.new = Judged([], [])
        self.seen: object = None

    async def gather(self) -> None:
        """Find out what may be chosen as things stand."""
        change = self.replacement
        self.every = self.every or await every_machine(change.visit)
        self.new = Judged([], [])
        if change.vm and not change.is_in:
            loose = await loose_volumes(change.visit, change.vm)
            others = [row for row in loose if row["id"] != change.ids["old"]]
            self.new = await judged(change.visit, others, "attachVolume", change.judged_by)

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        await self.replacement.look()
        if self.stand != self.seen:
            await self.gather()
            self.offer()
            self.about.refresh()
        self.draw()

    @property
    def stand(self) -> object:
        """What the choices depend on."""
        change = self.replacement
        return (dict(change.ids), change.at, change.old)

    def draw(self) -> None:
        """Draw the steps."""
        self.procedure.show(self.replacement.steps, self.replacement.at, _END)

    async def choose(self, part: str, entity_id: str) -> None:
        """Take what the visitor chose."""
        self.replacement.choose(part, entity_id)
        await self.again()

    def fields(self) -> None:
        """Let the visitor choose."""
        with ui.row().classes("choices"):
            for part, label in (("vm", "VM"), ("volume", "New ROOT volume")):
                self.choices[part] = Choice(label, partial(self.choose, part))
        self.offer()
        self.about()

    def offer(self) -> None:
        """Offer what may be chosen now, and keep in the address what is chosen."""
        change = self.replacement
        self.seen = self.stand
        self.choices["vm"].show(self.every, change.vm)
        self.choices["volume"].show(self.new.can, change.new)
        given = urlencode({name: value for name, value in change.ids.items() if value})
        ui.navigate.history.replace(f"/rescue/replace{'?' if given else ''}{given}")

    @ui.refreshable_method
    def about(self) -> None:
        """Say what became of the old ROOT, and which volumes cannot be the new one."""
        old = self.replacement.old
        if old:
            with ui.row().classes("about"):
                ui.label("The old ROOT")
                ui.link(old["name"], f"/volumes/{old['id']}").classes("clip")
                ui.label(f"is {self.replacement.where}, as {old['type']}.")
        excluded("volumes", self.new.cannot, "/volumes/{id}")

"""Use case 1: the ROOT volume of a VM is replaced by another, and kept as a data volume."""

from nicegui import ui

from console.frame import Visit, heading, page
from console.judging import Judged, excluded, judged
from console.looking import every_machine, loose_volumes
from console.procedure import Way, counted_ways, ways_to
from console.replacing import TITLES, Replacement
from console.stepping import StepsPage

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
    await shown.begin()
    heading("Replace the ROOT")
    ways_to(visit)
    ui.label(
        "A VM gets another volume as its ROOT; the old one stays, as a data volume on no VM. "
        "Each step is one call of the API."
    )
    shown.fields()
    heading("Steps", 2)
    shown.steps(TITLES)
    heading("Counted against Amazon EC2", 2)
    counted_ways((_HERE, _EC2))


class _Replacing(StepsPage):
    """A replacement on a page."""

    path, end = "/rescue/replace", _END
    labels = (("vm", "VM"), ("volume", "New ROOT volume"))

    def __init__(self, replacement: Replacement) -> None:
        super().__init__(replacement)
        self.replacement = replacement
        self.new = Judged([], [])

    async def gather(self) -> None:
        """Find out what may be chosen as things stand."""
        change = self.replacement
        self.every = self.every or await every_machine(change.visit)
        self.new = Judged([], [])
        if change.vm and not change.is_in:
            loose = await loose_volumes(change.visit, change.vm)
            others = [row for row in loose if row["id"] != change.ids["old"]]
            self.new = await judged(change.visit, others, "attachVolume", change.judged_by)

    @property
    def stand(self) -> object:
        """What the choices depend on."""
        change = self.replacement
        return (dict(change.ids), change.at, change.old)

    def offer(self) -> None:
        """Offer what may be chosen now."""
        change = self.replacement
        self.choices["vm"].show(self.every, change.vm)
        self.choices["volume"].show(self.new.can, change.new)

    def describe(self) -> None:
        """Say what became of the old ROOT, and which volumes cannot be the new one."""
        old = self.replacement.old
        if old:
            with ui.row().classes("about"):
                ui.label("The old ROOT")
                ui.link(old["name"], f"/volumes/{old['id']}").classes("clip")
                ui.label(f"is {self.replacement.where}, as {old['type']}.")
        excluded("volumes", self.new.cannot, "/volumes/{id}")

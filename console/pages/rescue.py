"""Rescue: a broken VM's ROOT volume goes to a helper VM, is repaired there, and comes back."""

from nicegui import ui

from console.frame import Visit, heading, page
from console.judging import Judged, excluded, judged
from console.looking import every_machine, loose_volumes, whose
from console.procedure import counted_ways, saved, ways_to
from console.rescuing import BY_SNAPSHOT, DIRECT, TITLES, Rescue
from console.stepping import StepsPage

_END = "The VM runs again from its own ROOT volume."


@page("/rescue", "Rescue")
async def rescue(
    visit: Visit, broken: str = "", helper: str = "", volume: str = "", after: str = ""
) -> None:
    """Show how far a rescue has come, and its next step."""
    shown = _Rescuing(Rescue(visit, broken, helper, volume, after))
    await shown.begin()
    heading("Rescue")
    ways_to(visit)
    ui.label(
        "A ROOT volume that no longer boots is repaired on another VM, without a snapshot and "
        "without a copy. Each step is one call of the API."
    )
    shown.fields()
    heading("Steps", 2)
    shown.steps(TITLES)
    heading("Counted against a snapshot", 2)
    counted_ways((DIRECT, BY_SNAPSHOT))
    ui.label(saved(DIRECT, BY_SNAPSHOT))
    ui.label("What is repaired is the ROOT itself, so two calls more bring it back.")


class _Rescuing(StepsPage):
    """A rescue on a page."""

    path, end = "/rescue", _END
    labels = (("broken", "Broken VM"), ("helper", "Helper VM"), ("volume", "ROOT volume"))

    def __init__(self, rescue: Rescue) -> None:
        super().__init__(rescue)
        self.rescue = rescue
        self.helpers = Judged([], [])
        self.roots = Judged([], [])

    async def gather(self) -> None:
        """Find out what may be chosen as things stand."""
        rescue = self.rescue
        visit, ids = rescue.visit, rescue.ids
        self.every = self.every or await every_machine(visit)
        others = [vm for vm in self.every if vm["id"] != ids["broken"]]
        if rescue.broken:
            others = [vm for vm in others if whose(vm) == whose(rescue.broken)]
        self.helpers = self.roots = Judged([], [])
        if rescue.volume and not rescue.holder:
            self.helpers = await judged(visit, others, "attachVolume", rescue.lent_to)
        else:
            self.helpers = Judged(others, [])
        if rescue.broken and not rescue.volume:
            loose = await loose_volumes(visit, rescue.broken)
            self.roots = await judged(visit, loose, "attachVolume", rescue.returned)

    @property
    def stand(self) -> object:
        """What the choices depend on."""
        return (dict(self.rescue.ids), self.rescue.holder, self.rescue.at)

    def offer(self) -> None:
        """Offer what may be chosen now."""
        rescue, choices = self.rescue, self.choices
        choices["broken"].show(self.every, rescue.broken)
        choices["helper"].show(self.helpers.can, rescue.helper)
        choices["volume"].show(self.roots.can, rescue.volume)
        choices["volume"].field.set_visibility(bool(rescue.broken) and not rescue.volume)

    def describe(self) -> None:
        """Say where the volume is, and what cannot be chosen."""
        volume = self.rescue.volume
        if volume:
            with ui.row().classes("about"):
                ui.label("The ROOT volume")
                ui.link(volume["name"], f"/volumes/{volume['id']}").classes("clip")
                ui.label(f"is {self.rescue.where}, as {volume['type']}.")
        excluded("helper VMs", self.helpers.cannot, "/vms/{id}")
        excluded("volumes", self.roots.cannot, "/volumes/{id}")

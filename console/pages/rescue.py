"""Rescue: a broken VM's ROOT volume goes to a helper VM, is repaired there, and comes back."""

from functools import partial
from urllib.parse import urlencode

from nicegui import ui

from console.choosing import Choice
from console.frame import Visit, heading, live, page
from console.judging import Judged, excluded, judged
from console.looking import Row, every_machine, loose_volumes, whose
from console.procedure import Procedure, counted_ways, saved, ways_to
from console.rescuing import BY_SNAPSHOT, DIRECT, TITLES, Rescue

_END = "The VM runs again from its own ROOT volume."


@page("/rescue", "Rescue")
async def rescue(
    visit: Visit, broken: str = "", helper: str = "", volume: str = "", after: str = ""
) -> None:
    """Show how far a rescue has come, and its next step."""
    shown = _Rescuing(Rescue(visit, broken, helper, volume, after))
    await shown.rescue.look()
    await shown.gather()
    heading("Rescue")
    ways_to(visit)
    ui.label(
        "A ROOT volume that no longer boots is repaired on another VM, without a snapshot and "
        "without a copy. Each step is one call of the API."
    )
    shown.fields()
    heading("Steps", 2)
    shown.procedure = Procedure(visit, TITLES, shown.again)
    shown.draw()
    shown.procedure.record()
    heading("Counted against a snapshot", 2)
    counted_ways((DIRECT, BY_SNAPSHOT))
    ui.label(saved(DIRECT, BY_SNAPSHOT))
    ui.label("What is repaired is the ROOT itself, so two calls more bring it back.")
    live(shown.again)


class _Rescuing:
    """A rescue on a page."""

    procedure: Procedure

    def __init__(self, rescue: Rescue) -> None:
        self.rescue = rescue
        self.choices: dict[str, Choice] = {}
        self.every: list[Row] = []
        self.helpers = Judged([], [])
        self.roots = Judged([], [])
        self.seen: object = None

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

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        await self.rescue.look()
        if self.stand != self.seen:
            await self.gather()
            self.offer()
            self.about.refresh()
        self.draw()

    @property
    def stand(self) -> object:
        """What the choices depend on."""
        return (dict(self.rescue.ids), self.rescue.holder, self.rescue.at)

    def draw(self) -> None:
        """Draw the steps."""
        self.procedure.show(self.rescue.steps, self.rescue.at, _END)

    async def choose(self, part: str, entity_id: str) -> None:
        """Take what the visitor chose."""
        self.rescue.choose(part, entity_id)
        await self.again()

    def fields(self) -> None:
        """Let the visitor choose."""
        with ui.row().classes("choices"):
            labels = (("broken", "Broken VM"), ("helper", "Helper VM"), ("volume", "ROOT volume"))
            for part, label in labels:
                self.choices[part] = Choice(label, partial(self.choose, part))
        self.offer()
        self.about()

    def offer(self) -> None:
        """Offer what may be chosen now, and keep in the address what is chosen."""
        rescue, choices = self.rescue, self.choices
        self.seen = self.stand
        choices["broken"].show(self.every, rescue.broken)
        choices["helper"].show(self.helpers.can, rescue.helper)
        choices["volume"].show(self.roots.can, rescue.volume)
        choices["volume"].field.set_visibility(bool(rescue.broken) and not rescue.volume)
        given = urlencode({name: value for name, value in rescue.ids.items() if value})
        ui.navigate.history.replace(f"/rescue?{given}" if given else "/rescue")

    @ui.refreshable_method
    def about(self) -> None:
        """Say where the volume is, and what cannot be chosen."""
        volume = self.rescue.volume
        if volume:
            with ui.row().classes("about"):
                ui.label("The ROOT volume")
                ui.link(volume["name"], f"/volumes/{volume['id']}").classes("clip")
                ui.label(f"is {self.rescue.where}, as {volume['type']}.")
        excluded("helper VMs", self.helpers.cannot, "/vms/{id}")
        excluded("volumes", self.roots.cannot, "/volumes/{id}")

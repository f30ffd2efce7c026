"""A volume: what it is, where it was, and where it may go."""

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from console.asking import Calls, copier, offer
from console.attaching import attach_dialog
from console.focusing import focus
from console.frame import Visit, heading, live, page
from console.history import Doing, history
from console.looking import Row, machines, volume
from console.words import day, gib, yes_no
from simulator.port import Obstacle, Value

_SHOWN = (
    ("state", "State"), ("type", "Type"), ("bootable", "Bootable"), ("size", "Size"),
    ("zonename", "Zone"), ("hypervisor", "Hypervisor"), ("storage", "Pool"),
    ("account", "Account"), ("domain", "Domain"), ("project", "Project"),
    ("diskofferingname", "Disk offering"), ("serviceofferingname", "Compute offering"),
    ("templatename", "Template"), ("created", "Created"), ("attached", "Attached"), ("id", "Id"),
)  # fmt: skip
_WORDS: dict[str, Callable[[Any], str]] = {
    "size": gib,
    "bootable": yes_no,
    "created": day,
    "attached": day,
}
_OUTCOMES = {"failed": "failed", "asked for": "asked for; no end of it is seen"}


@page("/volumes/{volume_id}", "Volume")
async def shown(visit: Visit, volume_id: str) -> None:
    """Show a volume, its way through VMs, and what may be done with it."""
    about = _Volume(visit, volume_id)
    await about.look()
    about.body()
    about.calls = Calls(visit)
    live(about.again)


class _Volume:
    """A volume on a page: what was last seen of it, drawn anew when that changes."""

    calls: Calls

    def __init__(self, visit: Visit, volume_id: str) -> None:
        self.visit, self.volume_id = visit, volume_id
        self.volume: Row = {}
        self.history: list[Doing] = []
        self.names: dict[str, str] = {}
        self.obstacles: list[Obstacle | None] = []

    async def look(self) -> bool:
        """Read the volume, its history and what may be done; return whether anything changed."""
        before = (self.volume, self.history, self.obstacles)
        self.volume = await volume(self.visit, self.volume_id)
        self.history = await history(self.visit, self.volume_id)
        self.obstacles = [self._attach_obstacle(), self._judged("detachVolume")]
        if before == (self.volume, self.history, self.obstacles):
            return False
        if any(doing.vm_id for doing in self.history):
            every = await machines(self.visit, self.volume)
            self.names = {vm["id"]: vm["displayname"] for vm in every}
        return True

    def _judged(self, command: str, **parameters: Value) -> Obstacle | None:
        return self.visit.visitor.dry_run(command, id=self.volume_id, **parameters)

    def _attach_obstacle(self) -> Obstacle | None:
        """Return what refuses to attach it where it is already; elsewhere the dialog judges."""
        vm_id = self.volume.get("virtualmachineid")
        return self._judged("attachVolume", virtualmachineid=vm_id) if vm_id else None

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        if await self.look():
            self.body.refresh()

    async def do(self, command: str, parameters: dict[str, Value]) -> None:
        """Have the cloud do something, draw what came of it, and leave the keyboard there."""
        await self.calls.send(command, **parameters)
        await self.again()
        focus(self.actions)

    @ui.refreshable_method
    def body(self) -> None:
        """Draw it all."""
        heading(self.volume["name"])
        with ui.row().classes("facts"):
            self._holder()
            for name, label in _SHOWN:
                if name in self.volume:
                    text = _WORDS.get(name, str)(self.volume[name])
                    with ui.element("div").classes("fact"):
                        ui.label(label).classes("small")
                        ui.label(text).classes("clip")
        with ui.element("section").props('tabindex="-1" aria-label="Actions"') as self.actions:
            heading("Actions", 2)
            to_attach, to_detach = self.obstacles
            offer("Attach…", to_attach, self._choose)
            detach = partial(self.do, "detachVolume", {"id": self.volume_id})
            copy = partial(copier, self.visit, "detachVolume", {"id": self.volume_id})
            offer("Detach", to_detach, detach, copy=copy)
        heading("Where it was", 2)
        self._way()

    async def _choose(self) -> None:
        """Let the visitor choose where it goes."""
        attach = partial(self.do, "attachVolume")
        await attach_dialog(self.visit, self.volume, attach, lambda: focus(self.actions))

    def _holder(self) -> None:
        """Show where it is."""
        with ui.element("div").classes("fact"):
            ui.label("Virtual machine").classes("small")
            vm_id = self.volume.get("virtualmachineid")
            if vm_id is None:
                ui.label("none")
                return
            ui.link(self.volume["vmdisplayname"], f"/vms/{vm_id}").classes("clip")
            ui.label(f"device {self.volume['deviceid']}")

    def _way(self) -> None:
        """Show its history."""
        if not self.history:
            ui.label("You see no event of it: it is as it was made.")
            return
        with ui.element("ol").classes("history").props('aria-label="Where it was, newest first"'):
            for doing in self.history:
                with ui.element("li"):
                    ui.label(day(doing.date)).classes("small when")
                    ui.label(doing.words)
                    if doing.vm_id in self.names:
                        ui.link(self.names[doing.vm_id], f"/vms/{doing.vm_id}").classes("clip")
                    elif doing.vm_id:
                        ui.label(doing.vm_id).classes("clip")
                    ui.label(f"by {doing.user}").classes("small")
                    if doing.outcome in _OUTCOMES:
                        ui.label(_OUTCOMES[doing.outcome]).classes(f"outcome {doing.outcome}")

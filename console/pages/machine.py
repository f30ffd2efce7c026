"""A virtual machine: its state, its slots, and what may be done with its ROOT (SPEC-09 to -11)."""

from functools import partial
from typing import Any

from nicegui import events, ui

from console.asking import Calls, copier, offer
from console.candidates import Candidates
from console.frame import Visit, heading, live, page
from console.looking import Row, rows, whose
from console.looking import machine as machine_of
from console.slots import slots
from simulator.port import Value

_SHOWN = (
    ("state", "State"), ("hypervisor", "Hypervisor"), ("zonename", "Zone"), ("hostname", "Host"),
    ("account", "Account"), ("domain", "Domain"), ("project", "Project"),
    ("templatename", "Template"), ("serviceofferingname", "Offering"), ("id", "Id"),
)  # fmt: skip


@page("/vms/{vm_id}", "Virtual machine")
async def machine(visit: Visit, vm_id: str) -> None:
    """Show a VM, and check whether it has a ROOT before anything else."""
    shown = _Machine(visit, vm_id)
    await shown.look()
    shown.body()
    shown.calls = Calls(visit)
    live(shown.again)


class _Machine:
    """A VM on a page: what was last seen of it, drawn anew when that changes."""

    calls: Calls

    def __init__(self, visit: Visit, vm_id: str) -> None:
        self.visit, self.vm_id = visit, vm_id
        self.vm: Row = {}
        self.volumes: list[Row] = []
        own, root = (lambda: self.vm), {"deviceid": "0"}
        self.as_root = Candidates(visit, own, "Attach as ROOT", dict(root), self._attach)
        self.as_data = Candidates(visit, own, "Attach as data disk", {}, self._attach)
        self.data_open = False

    async def look(self) -> bool:
        """Read the VM and its volumes, and what else is in view; return whether those changed."""
        seen = (self.vm, self.volumes)
        self.vm = await machine_of(self.visit, self.vm_id)
        own = {"virtualmachineid": self.vm_id, **whose(self.vm)}
        self.volumes = await rows(self.visit, "listVolumes", "volume", **own)
        changed = seen != (self.vm, self.volumes)
        if self.root is None:
            await self.as_root.look(at_once=changed)
        if self.data_open:
            await self.as_data.look(at_once=changed)
        return changed

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        if await self.look():
            self.body.refresh()

    async def do(self, command: str, **parameters: Value) -> None:
        """Have the cloud do something, and draw what came of it at once."""
        await self.calls.send(command, **parameters)
        await self.again()

    async def _attach(self, call: dict[str, Value]) -> None:
        await self.do("attachVolume", **call)

    @property
    def root(self) -> Row | None:
        """The ROOT volume, None without."""
        return next((v for v in self.volumes if v["type"] == "ROOT"), None)

    @ui.refreshable_method
    def body(self) -> None:
        """Draw it all."""
        heading(self.vm["displayname"])
        if self.root is None:
            self._rootless()
        with ui.row().classes("facts"):
            for name, label in _SHOWN:
                if self.vm.get(name):
                    with ui.element("div").classes("fact"):
                        ui.label(label).classes("small")
                        ui.label(str(self.vm[name])).classes("clip")
        heading("Volumes", 2)
        slots(self.volumes)
        heading("Actions", 2)
        self._actions()
        if self.root is not None:
            self._data_disks("Attach a data disk")
        with ui.row():
            ui.link("Rescue it on another VM", f"/rescue?broken={self.vm_id}")
            ui.link("Replace its ROOT", f"/rescue/replace?vm={self.vm_id}")

    def _rootless(self) -> None:
        """Say first of all that there is no ROOT, and propose one (SPEC-11)."""
        with ui.element("section").classes("banner").props('aria-label="No ROOT volume"'):
            heading("This virtual machine has no ROOT volume", 2)
            ui.label("It cannot start until one is attached at device 0.")
            self.as_root.draw()
        self._data_disks("Attach as data disk instead")

    def _data_disks(self, title: str) -> None:
        """Offer data disks, which are looked for once somebody wants to see them."""

        async def opened(event: events.ValueChangeEventArguments[Any]) -> None:
            self.data_open = bool(event.value)
            if self.data_open:
                await self.as_data.look()

        with ui.expansion(title, value=self.data_open, on_value_change=opened).classes("second"):
            self.as_data.draw()

    def _offer(self, label: str, command: str, entity_id: str) -> None:
        """Offer a call that takes an id alone."""
        obstacle = self.visit.visitor.dry_run(command, id=entity_id)
        copy = partial(copier, self.visit, command, {"id": entity_id})
        offer(label, obstacle, partial(self.do, command, id=entity_id), copy=copy)

    def _actions(self) -> None:
        """Offer what can be done, and say why the rest cannot."""
        power = "stop" if self.vm["state"] in {"Running", "Stopping"} else "start"
        command = f"{power}VirtualMachine"
        self._offer(power.capitalize(), command, self.vm_id)
        for volume in self.volumes:
            name = "Detach ROOT" if volume["type"] == "ROOT" else f"Detach {volume['name']}"
            self._offer(name, "detachVolume", volume["id"])

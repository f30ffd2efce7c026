"""A virtual machine: its state, its slots, and what may be done with its ROOT (SPEC-09 to -11)."""

from functools import partial

from nicegui import ui

from console.asking import Calls, offer, reason
from console.frame import Visit, heading, live, page
from console.looking import Row, row, rows
from console.slots import slots
from console.words import gib

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
        self.others: list[Row] = []

    async def look(self) -> bool:
        """Read the VM, its volumes and all others; return whether anything changed."""
        seen = (self.vm, self.volumes, self.others)
        self.vm = await row(
            self.visit, "listVirtualMachines", "virtualmachine", self.vm_id, "virtual machine"
        )
        every = await rows(self.visit, "listVolumes", "volume", **_whose(self.vm))
        self.volumes = [v for v in every if v.get("virtualmachineid") == self.vm_id]
        self.others = [v for v in every if v.get("virtualmachineid") != self.vm_id]
        return seen != (self.vm, self.volumes, self.others)

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        if await self.look():
            self.body.refresh()

    async def do(self, command: str, **parameters: str) -> None:
        """Have the cloud do something, and draw what came of it at once."""
        await self.calls.send(command, **parameters)
        await self.again()

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
            self._data_disks()

    def _rootless(self) -> None:
        """Say first of all that there is no ROOT, and propose one (SPEC-11)."""
        with ui.element("section").classes("banner").props('aria-label="No ROOT volume"'):
            heading("This virtual machine has no ROOT volume", 2)
            ui.label("It cannot start until one is attached at device 0.")
            self._attachable("Attach as ROOT", {"deviceid": "0"}, first=True)
        with ui.expansion("Attach as data disk instead").classes("second"):
            self._attachable("Attach as data disk", {})

    def _data_disks(self) -> None:
        with ui.expansion("Attach a data disk").classes("second"):
            self._attachable("Attach as data disk", {})

    def _attachable(self, label: str, device: dict[str, str], *, first: bool = False) -> None:
        """Offer the volumes that can be attached so, and say of the others why they cannot."""
        dry_run = self.visit.visitor.dry_run
        judged = [
            (v, dry_run("attachVolume", id=v["id"], virtualmachineid=self.vm_id, **device))
            for v in self.others
        ]
        can = [v for v, obstacle in judged if obstacle is None]
        for volume in can:
            with ui.row().classes("candidate"):
                ui.link(volume["name"], f"/volumes/{volume['id']}").classes("clip")
                ui.label(f"{gib(volume['size'])}, {volume['state']}").classes("small")
                button = ui.button(label, on_click=partial(self._attach, volume, device))
                button.props(f"no-caps{'' if first else ' outline'}")
                button.props["aria-label"] = f"{label}: {volume['name']}"
        if not can:
            ui.label("No volume that you can see can be attached so.")
        cannot = [(v, obstacle) for v, obstacle in judged if obstacle is not None]
        if cannot:
            with (
                ui.expansion(f"Excluded volumes ({len(cannot)})").classes("excluded"),
                ui.element("ul").classes("plain"),
            ):
                for volume, obstacle in cannot:
                    with ui.element("li").classes("excluded-row"):
                        ui.link(volume["name"], f"/volumes/{volume['id']}").classes("clip")
                        ui.label(reason(obstacle)).classes("reason")

    async def _attach(self, volume: Row, device: dict[str, str]) -> None:
        await self.do("attachVolume", id=volume["id"], virtualmachineid=self.vm_id, **device)

    def _actions(self) -> None:
        """Offer what can be done, and say why the rest cannot."""
        dry_run, vm = self.visit.visitor.dry_run, self.vm_id
        if self.vm["state"] in {"Running", "Stopping"}:
            obstacle = dry_run("stopVirtualMachine", id=vm)
            offer("Stop", obstacle, partial(self.do, "stopVirtualMachine", id=vm))
        else:
            obstacle = dry_run("startVirtualMachine", id=vm)
            offer("Start", obstacle, partial(self.do, "startVirtualMachine", id=vm))
        for volume in self.volumes:
            name = "Detach ROOT" if volume["type"] == "ROOT" else f"Detach {volume['name']}"
            obstacle = dry_run("detachVolume", id=volume["id"])
            offer(name, obstacle, partial(self.do, "detachVolume", id=volume["id"]))


def _whose(vm: Row) -> dict[str, str]:
    """Return the filter for volumes of a VM's project; without one all are looked at."""
    return {"projectid": vm["projectid"]} if "projectid" in vm else {}

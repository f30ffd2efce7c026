"""The dialog that attaches a volume: a VM, and one of its free devices."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import events, ui

from console.asking import reason
from console.frame import Visit, heading
from console.judging import Judged, excluded, judged, named
from console.looking import Row, machines
from console.words import isolated
from simulator.port import Obstacle, Value

_ROOT, _ANY = "0", ""
"""Devices as they are asked for; with none, the cloud takes the next that is free."""

Attach = Callable[[dict[str, Value]], Awaitable[None]]


async def attach_dialog(
    visit: Visit, volume: Row, attach: Attach, closed: Callable[[], None]
) -> None:
    """Open the dialog for *volume*; *attach* gets the parameters of what is chosen.

    Once the dialog is *closed*, the keyboard is the page's again.
    """
    every = await machines(visit, volume)
    fit = await judged(visit, every, "attachVolume", *_ways(volume))
    # beside the page, which may be drawn anew while somebody chooses
    with ui.context.client, ui.dialog() as dialog, ui.card().classes("attaching"):
        _Attaching(visit, volume, fit, attach, dialog)

    def hidden() -> None:
        dialog.delete()
        closed()

    dialog.props["aria-label"] = f"Attach {volume['name']}"
    dialog.props("no-refocus").on("hide", hidden)
    dialog.open()


def _ways(volume: Row) -> list[Callable[[Row], dict[str, Value]]]:
    """Return how a volume may go to a VM: as a data disk, or as its ROOT."""
    return [
        lambda vm: {"id": volume["id"], "virtualmachineid": vm["id"]},
        lambda vm: {"id": volume["id"], "virtualmachineid": vm["id"], "deviceid": _ROOT},
    ]


class _Attaching:
    """What the dialog holds: the VMs of when it was opened, the devices of the VM chosen."""

    def __init__(
        self, visit: Visit, volume: Row, fit: Judged, attach: Attach, dialog: ui.dialog
    ) -> None:
        self.visit, self.volume, self.attach, self.dialog = visit, volume, attach, dialog
        self.vm_id: str = ""
        self.device = _ANY
        heading(f"Attach {isolated(volume['name'])}", 2)
        vms = {vm["id"]: _words(vm) for vm in fit.can}
        select = ui.select(vms, label="Virtual machine", with_input=True, on_change=self._chosen)
        select.props("outlined dense autofocus").classes("wide")
        if not vms:
            ui.label("No virtual machine that you can see can have it.")
        self.devices()
        excluded("virtual machines", fit.cannot, "/vms/{id}")
        with ui.row().classes("dialog-end"):
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
            self.go = ui.button("Attach", on_click=self._go).props("no-caps")
            self.go.disable()

    def _chosen(self, event: events.ValueChangeEventArguments[Any]) -> None:
        self.vm_id = event.value or ""
        self.devices.refresh()

    @ui.refreshable_method
    def devices(self) -> None:
        """Offer the devices of the chosen VM, the ROOT's first, and say why others are not free."""
        if not self.vm_id:
            return
        free, refused = free_devices(self.visit, self.volume["id"], self.vm_id)
        self.device = free[0] if free else _ANY
        options = {device: _DEVICES.get(device, device) for device in free}

        def choose(event: events.ValueChangeEventArguments[Any]) -> None:
            self.device = event.value

        select = ui.select(options, value=self.device, label="Device", on_change=choose)
        select.props("outlined dense").classes("wide")
        with ui.element("ul").classes("refused").props('aria-label="Devices that are refused"'):
            for device, obstacle in refused:
                with ui.element("li"):
                    ui.label(f"{_DEVICES.get(device, device)}: {reason(obstacle)}").classes(
                        "reason"
                    )
        self.go.set_enabled(bool(free))

    async def _go(self) -> None:
        device: dict[str, Value] = {"deviceid": self.device} if self.device != _ANY else {}
        self.dialog.close()
        await self.attach({"id": self.volume["id"], "virtualmachineid": self.vm_id, **device})


_DEVICES = {_ROOT: "0 · ROOT", _ANY: "the next that is free · data disk", "3": "3 · CD-ROM"}


def free_devices(
    visit: Visit, volume_id: str, vm_id: str
) -> tuple[list[str], list[tuple[str, Obstacle]]]:
    """Return the devices at which a VM can have a volume now, and the others with what refuses.

    Devices are tried upwards, to where two on end are refused by the same words.
    """
    free: list[str] = []
    refused: list[tuple[str, Obstacle]] = []

    def tried(device: str) -> Obstacle | None:
        given: dict[str, Value] = {"deviceid": device} if device != _ANY else {}
        obstacle = visit.visitor.dry_run(
            "attachVolume", id=volume_id, virtualmachineid=vm_id, **given
        )
        if obstacle is None:
            free.append(device)
        return obstacle

    for device in (_ROOT, _ANY):
        obstacle = tried(device)
        if obstacle is not None:
            refused.append((device, obstacle))
    if _ANY not in free:
        return free, refused
    number, before = 1, None
    while (obstacle := tried(str(number))) is None or obstacle != before:
        if obstacle is not None:
            refused.append((str(number), obstacle))
        number, before = number + 1, obstacle
    return free, refused[:-1]


def _words(vm: Row) -> str:
    """Return a VM for a list to choose from."""
    return f"{isolated(named(vm))} · {vm['state']} · {isolated(vm.get('account', ''))}"

"""A drawing of a VM's device slots: 0 the ROOT, 3 the CD-ROM, data disks in the others."""

from collections.abc import Sequence

from nicegui import ui

from console.looking import Row
from console.words import gib

_CD_ROM = 3
_FEWEST = 6
"""As many slots are drawn even where fewer are in use."""


def slots(volumes: Sequence[Row], *, linked: bool = True) -> None:
    """Draw the slots of a VM with *volumes*, which lead to their pages where *linked*."""
    by_device = {row["deviceid"]: row for row in volumes if "deviceid" in row}
    last = max([_FEWEST - 1, *by_device])
    with ui.element("ul").classes("slots").props('aria-label="Device slots"'):
        for device in range(last + 1):
            _slot(device, by_device.get(device), linked=linked)


def _slot(device: int, volume: Row | None, *, linked: bool) -> None:
    role = {0: "ROOT", _CD_ROM: "CD-ROM"}.get(device, "data")
    kind = "used" if volume else "cdrom" if device == _CD_ROM else "empty"
    missing = " missing" if device == 0 and volume is None else ""
    with ui.element("li").classes(f"slot {kind}{missing}"):
        ui.label(f"{device} · {role}").classes("slot-name")
        if volume is None:
            ui.label("no disk" if device == _CD_ROM else "free")
            return
        if linked:
            ui.link(volume["name"], f"/volumes/{volume['id']}").classes("clip")
        else:
            ui.label(volume["name"]).classes("clip")
        ui.label(f"{volume['type']}, {gib(volume['size'])}")
        ui.label(volume["state"]).classes("small")

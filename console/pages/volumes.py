"""Volumes: a list by pages, as the API gives them."""

from nicegui import ui

from console.frame import Visit, heading, live, page
from console.lists import Listing, by_state
from console.words import gib, yes_no

_COLUMNS = (
    ("name", "Name"), ("state", "State"), ("type", "Type"), ("bootable", "Bootable"),
    ("size", "Size"), ("vmname", "Virtual machine"), ("zonename", "Zone"), ("account", "Account"),
)  # fmt: skip
_STATES = (
    "Ready", "Allocated", "Creating", "Attaching", "Uploaded", "Migrating", "Snapshotting",
    "Resizing", "Expunging", "Destroy",
)  # fmt: skip


@page("/volumes", "Volumes")
async def volumes(visit: Visit) -> None:
    """List the volumes that the visitor sees."""
    heading("Volumes")
    listing = Listing(
        visit, "listVolumes", "volume", _COLUMNS, "/volumes/{id}",
        words={"size": gib, "bootable": yes_no}, seldom=("bootable",),
    )  # fmt: skip
    with ui.row().classes("filters"):
        by_state(listing, _STATES)
        ui.space()
    await listing.show()
    live(listing.refresh)

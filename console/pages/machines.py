"""Virtual machines: a list by pages, as the API gives them."""

from nicegui import ui

from console.frame import Visit, heading, live, page
from console.lists import Listing, by_state

_COLUMNS = (
    ("name", "Name"), ("state", "State"), ("hypervisor", "Hypervisor"), ("zonename", "Zone"),
    ("hostname", "Host"), ("account", "Account"), ("domain", "Domain"),
)  # fmt: skip


@page("/vms", "Virtual machines")
async def machines(visit: Visit) -> None:
    """List the VMs that the visitor sees."""
    heading("Virtual machines")
    listing = Listing(visit, "listVirtualMachines", "virtualmachine", _COLUMNS, "/vms/{id}")
    with ui.row().classes("filters"):
        by_state(listing, ("Running", "Stopped", "Starting", "Stopping", "Destroyed", "Error"))
        ui.space()
    await listing.show()
    live(listing.refresh)

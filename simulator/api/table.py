"""The one table of commands: dispatch, parameter checks, roles and listApis read it."""

from simulator.api import (
    accounts,
    apis,
    catalogue,
    control,
    events,
    found,
    jobs,
    limits,
    machines,
    management,
    networks,
    places,
    projects,
    roles,
    snapshots,
    systemvms,
    tags,
    users,
    vm_changes,
    volume_changes,
    volumes,
)
from simulator.api.command import Command

_MODULES = (
    found,
    volumes,
    volume_changes,
    snapshots,
    machines,
    vm_changes,
    jobs,
    accounts,
    users,
    projects,
    roles,
    limits,
    places,
    catalogue,
    networks,
    systemvms,
    tags,
    events,
    management,
    control,
)
COMMANDS: dict[str, Command] = {
    command.name: command for module in _MODULES for command in module.COMMANDS
}
"""Command by its name."""
COMMANDS["listApis"] = apis.list_apis(COMMANDS)

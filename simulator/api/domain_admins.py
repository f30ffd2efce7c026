"""Keeps domain admins from what is the whole cloud's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.api.command import Call, Command, Handler
from simulator.domain.domain_admins import CLOUD_WIDE, CloudWide
from simulator.domain.rules import Phase
from simulator.engine.world import Flow

_KINDS = {
    "createDiskOffering": "disk",
    "createServiceOffering": "service",
    "deleteDiskOffering": "disk",
    "deleteServiceOffering": "service",
    "updateConfiguration": "",
}
"""Command -> the kind of offering it makes or deletes."""


def guarded(table: Mapping[str, Command]) -> dict[str, Command]:
    """Return those commands of *table* that a domain admin may call, but not for everybody."""
    return {name: replace(table[name], handler=_guard(table[name].handler)) for name in _KINDS}


def _guard(handler: Handler) -> Handler:
    def guard(call: Call) -> dict[str, Any] | Flow:
        deletes = call.command.startswith("delete")
        case = CloudWide(
            dialect=call.world.dialect,
            role=call.account.role,
            user=call.user,
            what=_KINDS[call.command],
            for_domains=bool(call.args.get("domainid")),
            offering=call.args["id"] if deletes else None,
            setting=call.args["name"] if call.command == "updateConfiguration" else None,
        )
        CLOUD_WIDE.require(Phase.REQUEST, case)
        return handler(call)

    return guard

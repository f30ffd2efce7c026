"""Ids that root admins choose themselves: customid."""

from collections.abc import Container

from simulator.api.command import Call
from simulator.domain.customs import CUSTOM_ID, Custom
from simulator.domain.rules import Phase


def custom_id(call: Call, taken: Container[str]) -> str | None:
    """Return the id a root admin wants, None for none; nobody else is listened to."""
    wanted: str | None = call.args.get("customid")
    if wanted is None or not call.is_root:
        return None
    CUSTOM_ID.require(Phase.JOB, Custom(call.world.dialect, wanted, wanted in taken))
    return wanted

"""What is judged of a call before its command is looked at, and before its signature."""

from collections.abc import Mapping

from simulator.api.refusals import refusal
from simulator.domain.calls import HEARD, OF_ONE_PROJECT, OPEN, Called
from simulator.domain.errors import Refused
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase, Table
from simulator.engine.world import World
from simulator.port import Reply

_ABOVE = frozenset({Role.ADMIN, Role.DOMAIN_ADMIN})
"""Who may call in every project."""


def _judged(world: World, table: Table[Called], case: Called) -> Reply | None:
    try:
        table.require(Phase.REQUEST, case)
    except Refused as no:
        world.refusals.append(no.rule_id)
        return refusal(no.kind, no.text, "errorresponse")
    return None


def unheard(world: World, command: str, text: Mapping[str, str]) -> Reply | None:
    """Return the refusal of a call that is not heard at all, None if it is."""
    return _judged(world, HEARD, Called(world.dialect, command, frozenset(text)))


def barred(world: World, caller: Account, command: str, text: Mapping[str, str]) -> Reply | None:
    """Return the refusal of a call in a project that is not the caller's, None if it is."""
    name = "id" if command in OF_ONE_PROJECT else "projectid"
    project = world.store.projects.get(text.get(name, ""))
    if project is None or project.removed:
        return None
    members = world.store.accounts[project.account_id].members
    belongs = caller.role in _ABOVE or caller.id in members
    case = Called(world.dialect, command, frozenset(text), project, belongs)
    return _judged(world, OPEN, case)

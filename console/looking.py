"""Looking at the cloud: rows of its lists, one of them by id."""

from typing import Any

from console.frame import Missing, Visit
from simulator.port import Value

Row = dict[str, Any]


async def rows(visit: Visit, command: str, key: str, **parameters: Value) -> list[Row]:
    """Return the rows that a list command shows this visitor."""
    reply = await visit.visitor.call(command, listall=True, **parameters)
    listed: list[Row] = reply.body.get(key, [])
    return listed


async def row(visit: Visit, command: str, key: str, entity_id: str, what: str) -> Row:
    """Return the row of that id; Missing, which says *what*, if this visitor sees none."""
    listed = await rows(visit, command, key, id=entity_id)
    if not listed:
        msg = f"There is no {what} with the id {entity_id} that you can see."
        raise Missing(msg)
    return listed[0]

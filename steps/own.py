"""What of a list is a scenario's own affair, where others use the cloud as well."""

from typing import Any

from steps.world import KEY, World

Row = dict[str, Any]


def own_ids(world: World) -> set[str]:
    """Return the ids of what a scenario has to do with, accounts and domains included."""
    known = (world.vms, world.volumes, world.snapshots)
    return world.people.ids.union(world.site.created, *(ids.values() for ids in known))


def own(world: World, who: str, rows: list[Row]) -> list[Row]:
    """Return the rows of the run's domain, of what an administrator of the cloud is shown.

    What belongs to no domain, or is public, is everybody's.
    """
    if not world.site.domain_id or who not in {KEY, world.site.own_part}:
        return rows
    ids = {"", *own_ids(world)}
    return [r for r in rows if r.get("ispublic") or r.get(_domain_of(r), "") in ids]


def _domain_of(row: Row) -> str:
    """Return the field that says which domain a row belongs to; a domain is its own."""
    return "id" if "haschild" in row else "domainid"

"""How fast pools copy."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.engine.world import World


def slow(world: "World", pool_id: str, speed: float) -> None:
    """Have a pool copy at a *speed* from now on, 1 being what it is when all is well."""
    world.slowed.pop(pool_id, None)
    if speed != 1:
        world.slowed[pool_id] = speed
    world.bandwidth(pool_id).change(world.capacities.pool_bytes_per_s * speed)

"""What jobs under way have reserved of their owners' limits (versions 3)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from simulator.domain.limits import Resource
from simulator.domain.releases import Flag
from simulator.domain.states import VolumeState

if TYPE_CHECKING:
    from simulator.domain.records import Domain
    from simulator.engine.store import Store
    from simulator.engine.world import World

_NOTHING = nullcontext()
_STORAGE = Resource.PRIMARY_STORAGE


def reserving(world: "World", account_id: str, more_bytes: int) -> AbstractContextManager[None]:
    """Have so much of an account's primary storage reserved, in the releases that do so."""
    if Flag.RESERVATIONS_HELD not in world.dialect or more_bytes <= 0:
        return _NOTHING
    return _reserving(world.store, account_id, more_bytes)


def for_upload(world: "World", volume_id: str) -> AbstractContextManager[None]:
    """Have what an Uploaded volume will take of its owner's primary storage reserved."""
    if Flag.RESERVATIONS_HELD not in world.dialect:
        return _NOTHING
    volume = world.store.volumes[volume_id]
    comes = volume.display and volume.state is VolumeState.UPLOADED
    return reserving(world, volume.account_id, volume.size_bytes if comes else 0)


@contextmanager
def _reserving(store: "Store", account_id: str, more_bytes: int) -> Iterator[None]:
    key = (account_id, _STORAGE)
    store.reserved[key] += more_bytes
    try:
        yield
    finally:
        store.reserved[key] -= more_bytes
        if not store.reserved[key]:
            del store.reserved[key]


def reserved_in(store: "Store", domain: "Domain", resource: Resource) -> int:
    """Return what accounts of *domain* itself, not of those below, have reserved."""
    return sum(
        amount
        for (account_id, what), amount in store.reserved.items()
        if what is resource and store.accounts[account_id].domain_id == domain.id
    )

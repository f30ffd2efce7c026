"""All nics of a store by their ids, those included that are part of a VM's row."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simulator.domain.nics import Nic

if TYPE_CHECKING:
    from simulator.engine.store import Store


class Nics(Mapping[str, Nic]):
    """All nics of a store, found when they are asked for."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def __getitem__(self, nic_id: str) -> Nic:
        """Return a nic."""
        extra = self._store.extra_nics.get(nic_id)
        if extra is not None:
            return extra
        vms = self._store.vms.values()
        owner = next((vm for vm in vms if nic_id == (vm.nic_id or vm.id)), None)
        if owner is None:
            raise KeyError(nic_id)
        return self._store.default_nic(owner)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all nics."""
        yield from (vm.nic_id or vm.id for vm in self._store.vms.values())
        yield from self._store.extra_nics

    def __len__(self) -> int:
        """Return how many nics there are."""
        return len(self._store.vms) + len(self._store.extra_nics)

"""The VM that one scenario leaves to the next, where making one is dear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Row = dict[str, Any]
WITH_ROOT, WITH_DATA = "root", "root and data"
"""Forms of a spare VM: with its ROOT alone, or with one data volume as well."""


class Spare(NamedTuple):
    """A stopped VM of the owner with its volumes, the ROOT first; *start* are their rows by id."""

    form: str
    vm_id: str
    volume_ids: tuple[str, ...]
    start: Mapping[str, Row]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the VM, of its volumes and of its networks."""
        networks = (nic["networkid"] for nic in self.start[self.vm_id].get("nic", ()))
        return self.vm_id, *self.volume_ids, *networks


@dataclass
class Shelf:
    """Has room for one spare VM; a scenario takes it once, or leaves the first it deploys."""

    spare: Spare | None = None
    is_used: bool = False

    @property
    def name(self) -> str:
        """The name of the spare VM, which no other may have; "" for none."""
        return str(self.spare.start[self.spare.vm_id]["name"]) if self.spare else ""

    def begin(self) -> None:
        """Note that a scenario begins."""
        self.is_used = False

    def take(self, form: str) -> Spare | None:
        """Return the spare VM if it is of *form* and not taken yet."""
        if self.is_used or self.spare is None or self.spare.form != form:
            return None
        self.is_used = True
        return self.spare

    def leave(self, spare: Spare) -> None:
        """Leave a VM to later scenarios, where there is none yet."""
        if self.spare is None:
            self.spare, self.is_used = spare, True

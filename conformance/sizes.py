"""How many GiB a create is going to hold: what a budget of GiB is kept by."""

from collections.abc import Mapping
from typing import Any

from simulator.port import Cloud

_GIB = 1 << 30


class Sizes:
    """Asks a cloud how large its offerings, templates and snapshots are, each once."""

    def __init__(self) -> None:
        self._known: dict[str, float] = {}

    def of(self, cloud: Cloud, command: str, text: Mapping[str, str]) -> float:
        """Return the GiB of volumes that *command* with *text* creates, 0 where it creates none."""
        if command == "createVolume":
            return self._of_volume(cloud, text)
        if command == "deployVirtualMachine":
            return self._of_root(cloud, text) + self._of_offering(cloud, text)
        return 0.0

    def _of_volume(self, cloud: Cloud, text: Mapping[str, str]) -> float:
        if snapshot_id := text.get("snapshotid"):
            return self._asked(cloud, "listSnapshots", snapshot_id, "virtualsize") / _GIB
        return self._of_offering(cloud, text)

    def _of_offering(self, cloud: Cloud, text: Mapping[str, str]) -> float:
        """Return the size asked for, else the disk offering's, else 0."""
        if given := _number(text.get("size")):
            return given
        offering_id = text.get("diskofferingid", "")
        return self._asked(cloud, "listDiskOfferings", offering_id, "disksize")

    def _of_root(self, cloud: Cloud, text: Mapping[str, str]) -> float:
        if given := _number(text.get("rootdisksize")):
            return given
        template_id = text.get("templateid", "")
        return self._asked(cloud, "listTemplates", template_id, "size") / _GIB

    def _asked(self, cloud: Cloud, command: str, entity_id: str, field: str) -> float:
        if not entity_id:
            return 0.0
        if entity_id not in self._known:
            extra = {"templatefilter": "executable"} if command == "listTemplates" else {}
            body = cloud.call(command, id=entity_id, listall="true", **extra).body
            rows: list[dict[str, Any]] = next((r for r in body.values() if isinstance(r, list)), [])
            self._known[entity_id] = max((_number(row.get(field)) for row in rows), default=0.0)
        return self._known[entity_id]


def size_gib(row: Mapping[str, Any]) -> float:
    """Return the GiB of a volume as a list shows it."""
    return _number(row.get("size")) / _GIB


def _number(value: object) -> float:
    """Return a number as it was sent or answered, 0 for what is none: the cloud refuses it."""
    try:
        return max(float(str(value)), 0.0)
    except ValueError:
        return 0.0

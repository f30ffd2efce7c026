"""Use case 2: how far the rescue of a VM by another has come, as the cloud shows it."""

from itertools import takewhile

from console.frame import Visit
from console.history import Doing, history, left
from console.looking import Row, machine, volume, volumes_on
from console.procedure import Step, Way
from console.words import isolated
from simulator.port import Value

DIRECT = Way("The ROOT itself goes to the helper", ("detachVolume", "attachVolume"), 0)
BY_SNAPSHOT = Way("The way by a snapshot", ("createSnapshot", "createVolume", "attachVolume"), 2)
"""What the specification's second use case took before (scenarios CS-UC2-007)."""
TITLES = (
    "Stop the broken VM", "Detach its ROOT volume", "Attach it to the helper as a data disk",
    "Detach it from the helper, once it is repaired", "Attach it back at device 0",
    "Start the VM again",
)  # fmt: skip
_STOP, _DETACH, _LEND, _TAKE, _RETURN, _START, _END = range(7)


class Rescue:
    """A rescue: the ids of its VMs and of the volume, and what was last seen of each.

    *after* is the event with which the volume's history stood when the rescue was chosen: what is
    older is no part of it.
    """

    def __init__(self, visit: Visit, broken: str, helper: str, volume_id: str, after: str) -> None:
        self.visit = visit
        self.ids = {"broken": broken, "helper": helper, "volume": volume_id, "after": after}
        self.broken: Row = {}
        self.helper: Row = {}
        self.volume: Row = {}
        self.done: list[Doing] = []

    def choose(self, part: str, entity_id: str) -> None:
        """Choose the broken VM, the helper or the volume; another broken VM is another rescue."""
        self.ids[part] = entity_id
        if part == "broken":
            self.ids |= {"volume": "", "after": ""}
            if self.ids["helper"] == entity_id:
                self.ids["helper"] = ""

    async def look(self) -> None:
        """Read how things stand; Missing if an id is of nothing that the visitor sees."""
        visit, ids = self.visit, self.ids
        self.broken = await machine(visit, ids["broken"]) if ids["broken"] else {}
        if self.broken and not ids["volume"]:
            await self._begin()
        self.volume = await volume(visit, ids["volume"]) if ids["volume"] else {}
        self.done = await history(visit, ids["volume"]) if ids["volume"] else []
        if self.holder and self.holder != ids["broken"]:
            ids["helper"] = self.holder
        self.helper = await machine(visit, ids["helper"]) if ids["helper"] else {}

    async def _begin(self) -> None:
        """Take the ROOT of the broken VM, if it has one."""
        on = await volumes_on(self.visit, self.broken)
        root = next((row for row in on if row["type"] == "ROOT"), None)
        if root is not None:
            before = await history(self.visit, root["id"])
            self.ids |= {"volume": root["id"], "after": before[0].id if before else ""}

    @property
    def holder(self) -> str:
        """The id of the VM that has the volume now."""
        return str(self.volume.get("virtualmachineid", ""))

    @property
    def at(self) -> int:
        """The number of the step that is next."""
        if not self.volume:
            return _STOP if self.broken.get("state") != "Stopped" else _DETACH
        helper = self.ids["helper"]
        own = takewhile(lambda doing: doing.id != self.ids["after"], self.done)
        came_from_helper = helper != "" and left([*own]) == helper
        if self.holder == self.ids["broken"]:
            if not came_from_helper:
                return _DETACH if self.broken["state"] == "Stopped" else _STOP
            return _END if self.broken["state"] == "Running" else _START
        if self.holder:
            return _TAKE
        return _RETURN if came_from_helper else _LEND

    @property
    def steps(self) -> list[Step]:
        """The steps, with what is chosen."""
        volume_id, broken, helper = (self.ids[name] for name in ("volume", "broken", "helper"))
        of_vm = "" if broken else "Choose the broken VM first."
        of_volume = of_vm or ("" if volume_id else "Choose the volume that was its ROOT.")
        of_both = of_volume or ("" if helper else "Choose the helper VM first.")
        lend, back = self.lent_to(self.helper), self.returned(self.volume)
        given: tuple[tuple[str, dict[str, Value], str], ...] = (
            ("stopVirtualMachine", {"id": broken}, of_vm),
            ("detachVolume", {"id": volume_id}, of_volume),
            ("attachVolume", lend, of_both),
            ("detachVolume", {"id": volume_id}, of_both),
            ("attachVolume", back, of_both),
            ("startVirtualMachine", {"id": broken}, of_vm),
        )
        return [Step(title, *rest) for title, rest in zip(TITLES, given, strict=True)]

    def lent_to(self, vm: Row) -> dict[str, Value]:
        """Return the parameters that attach the volume to a helper."""
        return {"id": self.ids["volume"], "virtualmachineid": vm.get("id", "")}

    def returned(self, volume: Row) -> dict[str, Value]:
        """Return the parameters that attach a volume to the broken VM as its ROOT."""
        vm_id = self.ids["broken"]
        return {"id": volume.get("id", ""), "virtualmachineid": vm_id, "deviceid": "0"}

    @property
    def where(self) -> str:
        """Where the volume is now, in words."""
        if not self.holder:
            return "attached to no VM"
        return f"device {self.volume['deviceid']} of {isolated(self.volume['vmdisplayname'])}"

"""Use case 1: how far the replacement of a ROOT volume has come, as the cloud shows it."""

from console.frame import Visit
from console.looking import Row, machine, volume, volumes_on
from console.procedure import Step
from console.words import isolated
from simulator.port import Value

TITLES = (
    "Stop the VM", "Detach its old ROOT volume", "Attach the new one at device 0", "Start the VM"
)  # fmt: skip
_STOP, _DETACH, _ATTACH, _START, _END = range(5)


class Replacement:
    """A replacement: the ids of the VM, its new and its old ROOT, and what was last seen."""

    def __init__(self, visit: Visit, vm: str, volume_id: str, old: str) -> None:
        self.visit = visit
        self.ids = {"vm": vm, "volume": volume_id, "old": old}
        self.vm: Row = {}
        self.root: Row = {}
        self.new: Row = {}
        self.old: Row = {}

    def choose(self, part: str, entity_id: str) -> None:
        """Choose the VM or its new volume; for another VM all is chosen anew."""
        self.ids[part] = entity_id
        if part == "vm":
            self.ids |= {"volume": "", "old": ""}

    async def look(self) -> None:
        """Read how things stand; Missing if an id is of nothing that the visitor sees."""
        visit, ids = self.visit, self.ids
        self.vm = await machine(visit, ids["vm"]) if ids["vm"] else {}
        on = await volumes_on(visit, self.vm) if self.vm else []
        self.root = next((row for row in on if row["type"] == "ROOT"), {})
        if self.root and self.root["id"] != ids["volume"]:
            ids["old"] = self.root["id"]
        self.new = await volume(visit, ids["volume"]) if ids["volume"] else {}
        self.old = await volume(visit, ids["old"]) if ids["old"] else {}

    @property
    def is_in(self) -> bool:
        """Whether the new volume is the VM's ROOT."""
        return bool(self.root) and self.root["id"] == self.ids["volume"]

    @property
    def at(self) -> int:
        """The number of the step that is next."""
        state = self.vm.get("state")
        if self.is_in:
            return _END if state == "Running" else _START
        if self.vm and not self.root:
            return _ATTACH
        return _DETACH if state == "Stopped" else _STOP

    @property
    def steps(self) -> list[Step]:
        """The steps, with what is chosen."""
        vm_id = self.ids["vm"]
        of_vm = "" if vm_id else "Choose the VM first."
        of_new = of_vm or ("" if self.new else "Choose the new ROOT volume first.")
        given: tuple[tuple[str, dict[str, Value], str], ...] = (
            ("stopVirtualMachine", {"id": vm_id}, of_vm),
            ("detachVolume", {"id": self.root.get("id", "")}, of_vm),
            ("attachVolume", self.put_in(self.new), of_new),
            ("startVirtualMachine", {"id": vm_id}, of_vm),
        )
        return [Step(title, *rest) for title, rest in zip(TITLES, given, strict=True)]

    def put_in(self, row: Row) -> dict[str, Value]:
        """Return the parameters that attach a volume as ROOT."""
        return {"id": row.get("id", ""), "virtualmachineid": self.ids["vm"], "deviceid": "0"}

    def judged_by(self, row: Row) -> dict[str, Value]:
        """Return the parameters by which a volume is judged.

        While the VM has a ROOT or runs, device 0 is refused whatever the volume is; owner, zone
        and hypervisor then tell by how it would do as a data disk.
        """
        given = self.put_in(row)
        if self.at != _ATTACH:
            del given["deviceid"]
        return given

    @property
    def where(self) -> str:
        """Where the old ROOT is, in words."""
        if "virtualmachineid" not in self.old:
            return "attached to no VM"
        return f"device {self.old['deviceid']} of {isolated(self.old['vmdisplayname'])}"

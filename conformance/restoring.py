"""Putting the spare VM of a room back into the state that scenarios start from."""

from collections.abc import Callable
from typing import Any

from conformance.line import NoAnswer
from simulator.port import Cloud
from steps.lists import VOLATILE
from steps.site import waited
from steps.spares import Spare

Row = dict[str, Any]
GENTLE = frozenset({
    "attachVolume", "detachVolume", "createVolume", "deleteVolume", "destroyVolume",
    "recoverVolume", "uploadVolume", "resizeVolume", "updateVolume", "startVirtualMachine",
    "stopVirtualMachine", "rebootVirtualMachine", "deployVirtualMachine", "createSnapshot",
    "deleteSnapshot", "createVMSnapshot", "deleteVMSnapshot", "destroyVirtualMachine",
    "recoverVirtualMachine", "expungeVirtualMachine", "createDiskOffering", "createProject",
    "createServiceOffering", "createNetwork", "extractVolume", "createTemplate",
    "migrateVolume", "migrateVirtualMachine", "changeOfferingForVolume", "createAffinityGroup",
    "registerUserData", "registerSSHKeyPair", "createSSHKeyPair", "createTags", "deleteTags",
    "restoreVirtualMachine", "changeServiceForVirtualMachine", "scaleVirtualMachine",
    "assignVolume", "assignVirtualMachine", "addNicToVirtualMachine", "addIpToNic",
    "removeNicFromVirtualMachine", "updateDefaultNicForVirtualMachine", "createSnapshotPolicy",
    "createDomain", "createAccount", "createRole", "addAccountToProject", "deleteProject",
})  # fmt: skip
"""Commands that leave no mark on a VM but what lists show."""
_READS = ("list", "query", "get", "find")
_MOVING = frozenset({*VOLATILE, "attached", "lastupdated", "updated"})
"""Fields that are others once a VM ran or a volume was away."""


def left_no_mark(called: set[str]) -> bool:
    """Return whether lists show all that commands may have done to a VM."""
    return all(command in GENTLE or command.startswith(_READS) for command in called)


class Restorer:
    """Puts spare VMs back, as *cloud*; a job is waited for *job_timeout_s* by the clock *now_s*."""

    def __init__(self, cloud: Cloud, now_s: Callable[[], float], job_timeout_s: float) -> None:
        self._cloud, self._now_s, self._job_timeout_s = cloud, now_s, job_timeout_s

    def restored(self, spare: Spare) -> bool:
        """Stop the VM and attach its volumes where they were; return whether all is as it was."""
        try:
            return self._stopped(spare) and self._attached(spare) and self._is_as_it_was(spare)
        except NoAnswer:
            return False

    def _stopped(self, spare: Spare) -> bool:
        state = self._rows(spare)[spare.vm_id].get("state")
        if state == "Running":
            return self._done("stopVirtualMachine", id=spare.vm_id)
        return bool(state == "Stopped")

    def _attached(self, spare: Spare) -> bool:
        """Attach volumes as they were; those at another place are detached first."""
        rows = self._rows(spare)
        away = []
        for volume_id in spare.volume_ids:
            row = rows.get(volume_id, {})
            if row.get("state") != "Ready":
                return False
            if _place(row) != _place(spare.start[volume_id]):
                away.append(volume_id)
        gone = all(self._done("detachVolume", id=i) for i in away if "virtualmachineid" in rows[i])
        return gone and all(
            self._done("attachVolume", id=volume_id, virtualmachineid=spare.vm_id,
                       deviceid=str(spare.start[volume_id]["deviceid"]))
            for volume_id in away
        )  # fmt: skip

    def _is_as_it_was(self, spare: Spare) -> bool:
        rows = self._rows(spare)
        return {i: _lasting(row) for i, row in rows.items()} == {
            i: _lasting(row) for i, row in spare.start.items()
        }

    def _rows(self, spare: Spare) -> dict[str, Row]:
        """Return the rows of the VM, of its volumes and of all others that it has, by id."""
        asked = {"listall": "true"}
        vm = self._cloud.call("listVirtualMachines", id=spare.vm_id, **asked)
        shown = {row["id"]: row for row in vm.body.get("virtualmachine", [])}
        shown.setdefault(spare.vm_id, {})
        for text in ({"virtualmachineid": spare.vm_id}, *({"id": i} for i in spare.volume_ids)):
            if text.get("id") not in shown:
                reply = self._cloud.call("listVolumes", **asked, **text)
                shown |= {row["id"]: row for row in reply.body.get("volume", [])}
        return shown

    def _done(self, command: str, **text: str) -> bool:
        return not waited(self._cloud, self._cloud.call(command, **text), self._now_s,
                          self._job_timeout_s)  # fmt: skip


def _place(row: Row) -> tuple[Any, Any]:
    return row.get("virtualmachineid"), row.get("deviceid")


def _lasting(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _MOVING}

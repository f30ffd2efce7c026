"""Whatever callers do, the invariants of the specification hold (INV)."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from simulator import boot

_PICK = st.integers(0, 5)
_DEVICE = st.sampled_from(["", "0", "1", "2", "3", "34"])


class Callers(RuleBasedStateMachine):
    """Random callers of three VMs and their volumes, jobs overlapping as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.cloud = boot("mixed")
        zone = self.cloud.call("listZones").body["zone"][0]["id"]
        templates = self.cloud.call("listTemplates", templatefilter="featured").body["template"]
        kvm = next(t["id"] for t in templates if t["hypervisor"] == "KVM")
        small = self.cloud.call("listServiceOfferings").body["serviceoffering"][0]["id"]
        disk = self.cloud.call("listDiskOfferings", name="Small").body["diskoffering"][0]["id"]
        for index in range(3):
            self.cloud.call(
                "deployVirtualMachine", zoneid=zone, templateid=kvm, serviceofferingid=small,
                name=f"vm{index}", startvm="true" if index else "false",
            )  # fmt: skip
            self.cloud.call("createVolume", name=f"d{index}", zoneid=zone, diskofferingid=disk)
        self.cloud.settle()
        self.vms = [v["id"] for v in self.rows("listVirtualMachines", "virtualmachine")]
        self.volumes = [v["id"] for v in self.rows("listVolumes", "volume")]

    def rows(self, command: str, key: str) -> list[dict[str, Any]]:
        """Return the rows of a list."""
        rows: list[dict[str, Any]] = self.cloud.call(command, listall="true").body.get(key, [])
        return rows

    @rule(volume=_PICK, vm=_PICK, device=_DEVICE)
    def attach(self, volume: int, vm: int, device: str) -> None:
        """Attach some volume to some VM."""
        where = {"deviceid": device} if device else {}
        ids = {"id": self.volumes[volume], "virtualmachineid": self.vms[vm % 3]}
        assert self.cloud.call("attachVolume", **ids, **where).status in (200, 431)

    @rule(volume=_PICK)
    def detach(self, volume: int) -> None:
        """Detach some volume."""
        assert self.cloud.call("detachVolume", id=self.volumes[volume]).status in (200, 431)

    @rule(vm=_PICK, command=st.sampled_from(["start", "stop", "reboot"]))
    def power(self, vm: int, command: str) -> None:
        """Start, stop or reboot some VM."""
        assert self.cloud.call(f"{command}VirtualMachine", id=self.vms[vm % 3]).status == 200

    @rule(seconds=st.floats(0.1, 5))
    def wait(self, seconds: float) -> None:
        """Let some time pass."""
        self.cloud.sleep(seconds)

    @precondition(lambda self: self.cloud.jobs.running)
    @rule()
    def restart(self) -> None:
        """Restart the management server under its jobs."""
        self.cloud.restart()
        assert {v["state"] for v in self.rows("listVolumes", "volume")} <= {"Ready", "Allocated"}

    @invariant()
    def volumes_and_vms_agree(self) -> None:
        """One ROOT and one volume per device id at most; a device id where there is a VM."""
        rows = self.rows("listVolumes", "volume")
        assert len(rows) == len(self.volumes)
        places = Counter((v["virtualmachineid"], v["deviceid"]) for v in rows if "deviceid" in v)
        assert max(places.values(), default=0) <= 1
        for row in rows:
            assert ("deviceid" in row) == ("virtualmachineid" in row)
            assert (row["type"] == "ROOT") == (row.get("deviceid") == 0)

    def teardown(self) -> None:
        """Every job ends."""
        self.cloud.settle()
        assert not self.cloud.jobs.running


Callers.TestCase.settings = settings(
    max_examples=500,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
test_callers = Callers.TestCase

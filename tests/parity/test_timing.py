"""How long things take on an idle cloud, in virtual time: every row of ground truth 10."""

from random import Random
from statistics import median
from typing import Any

import pytest
from racing import HTTP_S, Race

from simulator import boot

POLL_S = 0.03
"""How often the measuring client asked whether its job was done."""
MEASURED_S: dict[str, tuple[float, float]] = {
    "attach, Running": (0.9, 2.4),
    "attach, Stopped": (0.3, 2.8),
    "detach, Running": (0.5, 2.1),
    "detach, Stopped": (0.3, 2.2),
    "start": (1.5, 2.8),
    "stop": (1.1, 2.8),
    "resize, attached": (0.1, 2.2),
    "migrate, Stopped": (0.8, 1.6),
    "snapshot, attached": (1.7, 3.2),
    "restore, Stopped": (0.3, 1.0),
    "VM snapshot": (1.5, 2.4),
    "deploy, started": (1.3, 2.8),
    "expunge": (1.1, 2.1),
    "destroy": (5.1, 6.7),
    "refusal": (0.07, 0.4),
    "create volume": (0.06, 0.17),
    "start without ROOT": (0.4, 0.6),
    "restore without ROOT": (0.6, 2.1),
}
"""Least and most seconds of each, as rounded there."""
MEASURED_ONCE_S = {
    "delete volume": 0.03,
    "resize, detached": 0.09,
    "migrate, detached": 0.17,
    "snapshot, detached": 0.27,
    "deploy, not started": 0.3,
    "recover VM": 0.3,
}
"""Where one figure was measured: ours may be off by half, or by a poll."""
EACH = 25


class Watch(Race):
    """Times calls on one VM of an idle cloud."""

    def __init__(self, seed: int) -> None:
        super().__init__(boot("simulator", seed=seed, dialect="acs-4.22"), "idle")
        self.phases = Random(seed)
        self.seed = seed
        self.took: dict[str, float] = {}

    def time(self, what: str, command: str, text: dict[str, str], status: int = 1) -> Any:
        """Make a call at this day's point between two ticks and note how long it took."""
        phase = (self.seed * 7 + len(self.took) * 11) % EACH + self.phases.random()
        self.cloud.sleep(10 - self.cloud.now_s() % 2 + 2 * phase / EACH)
        began_s = self.cloud.now_s()
        reply = self.cloud.call(command, **text)
        ended = self.ended(reply)
        assert ended[1:3] == (200, status if ended[0] == "job" else None), (what, ended)
        polled_s = POLL_S / 2 if ended[0] == "job" else 0.0
        self.took[what] = self.cloud.now_s() - began_s + HTTP_S + polled_s
        return reply.body

    def pool(self) -> str:
        """Return a pool of v's cluster that v is not on."""
        at = self.rows("listVolumes", id=self.ids["v"])[0]
        pools = self.rows("listStoragePools", clusterid=at["clusterid"])
        return next(str(p["id"]) for p in pools if p["id"] != at["storageid"])

    def loose(self) -> None:
        """Time what is done to a volume on no VM."""
        asked = {"zoneid": self.zone, "diskofferingid": self.disk, "name": "x"}
        made = self.time("create volume", "createVolume", asked)
        self.time("delete volume", "deleteVolume", {"id": made["id"]})
        self.volume("v", ready=True)
        v = self.ids["v"]
        self.time("resize, detached", "resizeVolume", {"id": v, "size": "8"})
        there = {"volumeid": v, "storageid": self.pool()}
        self.time("migrate, detached", "migrateVolume", there)
        self.time("snapshot, detached", "createSnapshot", {"volumeid": v})

    def attached(self) -> None:
        """Time what is done to a volume and its VM, Running first, then Stopped."""
        a, v = self.ids["a"], self.ids["v"]
        on, off = {"id": v, "virtualmachineid": a}, {"id": v}
        self.time("attach, Running", "attachVolume", on)
        self.time("refusal", "attachVolume", on, status=2)
        self.time("snapshot, attached", "createSnapshot", {"volumeid": v})
        self.time("detach, Running", "detachVolume", off)
        self.time("stop", "stopVirtualMachine", {"id": a})
        self.time("attach, Stopped", "attachVolume", on)
        self.time("resize, attached", "resizeVolume", {"id": v, "size": "9"})
        there = {"volumeid": v, "storageid": self.pool()}
        self.time("migrate, Stopped", "migrateVolume", there)
        self.time("detach, Stopped", "detachVolume", off)

    def machine(self) -> None:
        """Time what is done to a VM, with its ROOT and without."""
        a, root = {"id": self.ids["a"]}, {"id": self.ids["ra"]}
        on_a = {"virtualmachineid": a["id"]}
        self.ok("detachVolume", **root)
        self.time("start without ROOT", "startVirtualMachine", a, status=2)
        self.time("restore without ROOT", "restoreVirtualMachine", on_a, status=2)
        self.ok("attachVolume", **root, **on_a, deviceid="0")
        self.time("restore, Stopped", "restoreVirtualMachine", on_a)
        self.time("start", "startVirtualMachine", a)
        self.time("destroy", "destroyVirtualMachine", a)
        self.time("recover VM", "recoverVirtualMachine", a)
        self.ok("startVirtualMachine", **a)
        self.time("VM snapshot", "createVMSnapshot", {**on_a, "name": "s"})
        asked = {"zoneid": self.zone, "serviceofferingid": self.offering,
                 "templateid": self.template}  # fmt: skip
        other = self.time("deploy, started", "deployVirtualMachine", asked)
        self.time("deploy, not started", "deployVirtualMachine", asked | {"startvm": "false"})
        self.ok("destroyVirtualMachine", id=other["id"])
        self.time("expunge", "expungeVirtualMachine", {"id": other["id"]})

    def day(self) -> dict[str, float]:
        """Do everything once."""
        self.vm("a")
        self.loose()
        self.attached()
        self.machine()
        return self.took


@pytest.fixture(scope="module")
def medians_s() -> dict[str, float]:
    """Return what everything took, the median over several clouds."""
    days = [Watch(seed).day() for seed in range(EACH)]
    return {what: median(day[what] for day in days) for what in days[0]}


def test_everything_that_was_measured_is_timed(medians_s: dict[str, float]) -> None:
    assert set(medians_s) == {*MEASURED_S, *MEASURED_ONCE_S}


@pytest.mark.parametrize("what", MEASURED_S)
def test_the_median_lies_within_what_was_measured(medians_s: dict[str, float], what: str) -> None:
    least_s, most_s = MEASURED_S[what]

    assert least_s <= round(medians_s[what], 1 if least_s >= 0.1 else 2) <= most_s


@pytest.mark.parametrize("what", MEASURED_ONCE_S)
def test_the_median_is_near_the_one_figure(medians_s: dict[str, float], what: str) -> None:
    figure_s = MEASURED_ONCE_S[what]

    assert abs(medians_s[what] - figure_s) <= max(POLL_S, figure_s / 2)

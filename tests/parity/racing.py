"""races.py in virtual time: the same nineteen kinds of race in this process, as fast as they go."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from simulator import boot
from simulator.api.service import SimulatedCloud

Call = tuple[str, dict[str, str]]
HTTP_S = 0.012
"""What a call takes before the server has it, and its answer on the way back."""


class Race:
    """One repetition: VMs a and b, volumes v and w, two calls, and what came of them."""

    def __init__(self, cloud: SimulatedCloud, kind: str) -> None:
        self.cloud, self.kind = cloud, kind
        self.ids: dict[str, str] = {}
        first = {name: self.rows(command)[0]["id"] for name, command in _STOCK.items()}
        self.zone, self.offering, self.disk = first["zone"], first["offering"], first["disk"]
        self.template = self.rows("listTemplates", templatefilter="featured")[0]["id"]
        hosts = sorted(self.rows("listHosts", type="Routing"), key=lambda h: str(h["name"]))
        self.host = hosts[0]["id"]
        self.serial = 0

    def rows(self, command: str, **text: str) -> list[dict[str, Any]]:
        """Return what a list has."""
        body = self.cloud.call(command, listall="true", **text).body
        return next((v for k, v in body.items() if k != "count"), [])

    def ended(self, reply: Any) -> tuple[Any, ...]:
        """Return how a call ended, as races.py writes it; let its job end if it has one."""
        if "jobid" not in reply.body or reply.status != 200:
            return "sync", reply.status, None, reply.body.get("errorcode"), _text(reply.body)
        job = self.cloud.jobs.all[reply.body["jobid"]]
        while not job.status:
            self.cloud.world.env.step()
        code, text = job.error or (None, "")
        return "job", 200, job.status, code, text[:90]

    def ok(self, command: str, **text: str) -> dict[str, Any]:
        """Make a call that must succeed, and return its answer."""
        reply = self.cloud.call(command, **text)
        assert self.ended(reply)[2] in (1, None), (self.kind, command, reply)
        assert reply.status == 200, (self.kind, command, reply)
        self.cloud.sleep(HTTP_S)
        return reply.body

    def vm(self, name: str) -> None:
        """Start a VM called *name*; its ROOT is r and that name."""
        self.serial += 1
        made = self.ok(
            "deployVirtualMachine", zoneid=self.zone, serviceofferingid=self.offering,
            templateid=self.template, hostid=self.host, name=f"{name}{self.serial}",
        )  # fmt: skip
        self.ids[name] = made["id"]
        root = self.rows("listVolumes", virtualmachineid=made["id"], type="ROOT")[0]
        self.ids["r" + name] = root["id"]

    def volume(self, name: str, *, ready: bool = False) -> None:
        """Create a volume called *name*; a *ready* one was on a."""
        self.serial += 1
        made = self.ok(
            "createVolume", zoneid=self.zone, diskofferingid=self.disk, name=f"v{self.serial}"
        )
        self.ids[name] = made["id"]
        if ready:
            self.attach(name)
            self.ok("detachVolume", id=self.ids[name])

    def attach(self, name: str) -> None:
        """Attach a volume to a."""
        self.ok("attachVolume", id=self.ids[name], virtualmachineid=self.ids["a"])

    def stale(self) -> None:
        """Ask twice to detach v, and go on when the first has."""
        self.attach("v")
        first = self.cloud.call("detachVolume", id=self.ids["v"])
        self.cloud.sleep(2 * HTTP_S)
        self.cloud.call("detachVolume", id=self.ids["v"])
        self.ended(first)

    def spell(self, words: str) -> Call:
        """Return the call that *words* spell, names becoming ids."""
        command, *pairs = words.split()
        given = (pair.split("=") for pair in pairs)
        return command, {k: self.ids.get(v, v) for k, v in given}

    def run(self, offset: float, pause_s: float) -> dict[str, Any]:
        """Prepare, wait *pause_s*, send call one at 0 and two at *offset*, and report."""
        prepare, one, two = KINDS[self.kind]
        self.vm("a")
        if self.kind.startswith("two-vms") or self.kind == "stale-detach":
            self.vm("b")
        prepare(self)
        self.cloud.sleep(pause_s + 0.05)
        zero = self.cloud.now_s() - min(0.0, offset)
        sent: dict[str, Any] = {}
        for at, name, call in sorted([(0.0, "one", one), (offset, "two", two)]):
            self.cloud.reach(zero + at)
            command, text = self.spell(call)
            sent[name] = (command, round(at, 3), 0.0, self.cloud.begin(command, **text))
        for row in sent.values():
            row[3].reached()
        result = {n: [*row[:3], *self.ended(row[3].reply)] for n, row in sent.items()}
        self.cloud.sleep(HTTP_S + 0.1)
        return {"race": self.kind, "offset_s": offset, **result, "state": self.state()}

    def state(self) -> list[list[Any]]:
        """Return the VMs and volumes of this race, as races.py lists them."""
        back = {i: name for name, i in self.ids.items() if name != "rb"}
        mine = {i for name, i in self.ids.items() if name != "rb"}
        vms = [[back[v["id"]], v["state"]] for v in self.rows("listVirtualMachines")
               if v["id"] in mine]  # fmt: skip
        disks = [
            [back.get(v["id"], "?"), v["type"], v["state"], v.get("deviceid"),
             back.get(v.get("virtualmachineid", ""))]
            for v in self.rows("listVolumes")
            if v["id"] in mine or v.get("virtualmachineid") in mine
        ]  # fmt: skip
        as_text = json.dumps
        return sorted(vms) + sorted(disks, key=as_text)


def _text(body: dict[str, Any]) -> str:
    return str(body.get("errortext") or "")[:90]


_STOCK = {"zone": "listZones", "offering": "listServiceOfferings", "disk": "listDiskOfferings"}


def steps(*words: str) -> Callable[[Race], None]:
    """Return the preparation that *words* spell: a volume, `v on a`, or a call."""

    def prepare(race: Race) -> None:
        for step in words:
            name, *rest = step.split()
            if rest == ["ready"] or not rest:
                race.volume(name, ready=bool(rest))
            elif rest == ["on", "a"]:
                race.volume(name)
                race.attach(name)
            else:
                command, text = race.spell(step)
                race.ok(command, **text)

    return prepare


def stale(race: Race) -> None:
    """Prepare v with two detaches under way, the first done."""
    race.volume("v")
    race.stale()


_STOP, _LOOSE = "stopVirtualMachine id=a", "detachVolume id=ra"
_V_TO_A, _V_TO_B = "attachVolume id=v virtualmachineid=a", "attachVolume id=v virtualmachineid=b"
_W_TO_A, _OFF = "attachVolume id=w virtualmachineid=a", "detachVolume id=v"
_START, _DESTROY = "startVirtualMachine id=a", "destroyVirtualMachine id=a"
KINDS: dict[str, tuple[Callable[[Race], None], str, str]] = {
    "two-vms-ready": (steps("v ready"), _V_TO_A, _V_TO_B),
    "two-vms-allocated": (steps("v"), _V_TO_A, _V_TO_B),
    "two-roots": (steps(_STOP, _LOOSE, "v", "w"), _V_TO_A + " deviceid=0", _W_TO_A + " deviceid=0"),
    "same-device": (steps("v", "w"), _V_TO_A + " deviceid=2", _W_TO_A + " deviceid=2"),
    "detach-twice": (steps("v on a"), _OFF, _OFF),
    "detach-attach": (steps("v on a"), _OFF, _V_TO_A),
    "stale-detach": (stale, _V_TO_B, "listVolumes id=v"),
    "attach-delete": (steps("v ready"), _V_TO_A, "deleteVolume id=v"),
    "attach-destroyvol": (steps("v ready"), _V_TO_A, "destroyVolume id=v"),
    "rootdetach-start": (steps(_STOP), _LOOSE, _START),
    "rootattach-start": (
        steps(_STOP, _LOOSE), "attachVolume id=ra virtualmachineid=a deviceid=0", _START,
    ),
    "stop-rootdetach": (steps(), _STOP, _LOOSE),
    "attach-stop": (steps("v ready"), _V_TO_A, _STOP),
    "attach-destroyvm": (steps("v ready"), _V_TO_A, _DESTROY),
    "attach-vmsnap": (
        steps("v ready"), _V_TO_A, "createVMSnapshot virtualmachineid=a name=s",
    ),
    "attach-resize": (steps("v ready"), _V_TO_A, "resizeVolume id=v size=8"),
    "detach-destroyvm": (steps("v on a"), _OFF, _DESTROY),
    "detach-snapshot": (steps("v on a"), _OFF, "createSnapshot volumeid=v"),
    "restore-rootdetach": (steps(_STOP), "restoreVirtualMachine virtualmachineid=a", _LOOSE),
}  # fmt: skip


def drawn(kind: str, dice: Random) -> float:
    """Return an offset as races.py draws it."""
    offset = dice.choice([0.0, 0.0, dice.uniform(-2.2, 2.2), dice.uniform(-0.3, 0.3)])
    return abs(offset) + 4 if kind == "stale-detach" else offset


def races(
    kind: str, count: int, seed: int = 0, offset_of: Callable[[Random], float] | None = None
) -> list[dict[str, Any]]:
    """Return *count* races of a kind, the tick anywhere; *offset_of* draws their offsets."""
    dice = Random(f"{seed}/{kind}")
    cloud = boot("simulator", seed=seed, dialect="acs-4.22")
    found = []
    for _ in range(count):
        offset = offset_of(dice) if offset_of else drawn(kind, dice)
        pauses = kind == "two-vms-allocated" or dice.random() < 0.5
        race = Race(cloud, kind)
        found.append(
            race.run(
                round(offset, 3) + dice.uniform(-0.004, 0.004),
                dice.random() * 2 if pauses else 0.0,
            )
        )
        cloud.settle()
        for name in ("a", "b"):
            if name in race.ids:
                race.ended(cloud.call("destroyVirtualMachine", id=race.ids[name], expunge="true"))
        for name in ("v", "w"):
            if name in race.ids:
                race.ended(cloud.call("destroyVolume", id=race.ids[name], expunge="true"))
    return found

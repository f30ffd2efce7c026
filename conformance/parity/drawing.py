"""Random callers of two clouds: what they ask, valid or not, follows from the seed."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from conformance.parity.common import Common
from conformance.parity.operations import ADMIN, GHOST, OWNER, Operation

Seen = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What is there: kind -> alias -> row, as it is compared."""
_WEIGHTS = {OWNER: 12, "other": 1, "domain admin": 2, ADMIN: 2, "stranger": 1}
_DEVICES = ("0", "0", "1", "1", "2", "3", "4", "5", "34", "-1", "x")
_SIZES = ("1", "3", "6", "8", "0", "-1", "x")
_MIX = {
    "move": 40, "attach": 10, "detach": 10, "power": 16, "destroy": 2, "deploy": 3, "create": 7,
    "remove": 5, "resize": 5, "snapshot": 5, "odd": 5,
}  # fmt: skip
_MACHINE = {"zoneid": "$zone", "templateid": "$template", "serviceofferingid": "$service"}
_MOST_SNAPSHOTS = 3
_Drawn = tuple[str, dict[str, str]]


class Drawer:
    """Draws operations of what clouds have in *common*; the same seed draws the same."""

    def __init__(self, common: Common, seed: int) -> None:
        self.common, self._random = common, Random(seed)
        self._count = 0
        self._offerings = [*common.disks, *common.custom]
        self._ways: dict[str, Callable[[Seen], _Drawn]] = {
            "move": self._move, "attach": self._attach, "detach": self._detach,
            "power": self._power, "destroy": self._destroy, "deploy": self._deploying,
            "create": self._create, "remove": self._remove, "resize": self._resize,
            "snapshot": self._snapshot, "odd": self._odd,
        }  # fmt: skip

    def opening(self) -> list[Operation]:
        """Return what there is to start from: VMs A (running) and B (stopped), loose volumes."""
        opening = [
            Operation(OWNER, "deployVirtualMachine", {"name": name} | _MACHINE)
            for name in ("A", "B")[: self.common.vms]
        ]
        if self.common.vms > 1:
            opening.append(Operation(OWNER, "stopVirtualMachine", {"id": "$B"}))
        owners = (OWNER, OWNER, self._part("other"))
        for name, who in zip(("d1", "d2", "x1"), owners, strict=True):
            opening.append(Operation(who, "createVolume", self._volume(name)))
        return [op for op in opening if op.command in self.common.commands]

    def next(self, seen: Seen) -> Operation:
        """Return what is asked next where *seen* is what both clouds have."""
        drawn = None
        while drawn is None or drawn.command not in self.common.commands:
            kind = self._random.choices(list(_MIX), list(_MIX.values()))[0]
            command, given = self._ways[kind](seen)
            drawn = Operation(self._who(), command, given)
        return drawn

    def _who(self) -> str:
        parts = self.common.parts
        return self._random.choices(parts, [_WEIGHTS[part] for part in parts])[0]

    def _part(self, wanted: str) -> str:
        return wanted if wanted in self.common.parts else OWNER

    def _fresh(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _any(self, seen: Seen, kind: str) -> str:
        """Return something of a kind, now and then what is not there."""
        there = sorted(seen[kind])
        if not there or self._random.random() < 0.04:
            return GHOST
        return "$" + self._random.choice(there)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _volume(self, name: str) -> dict[str, str]:
        offering = next(iter(self._offerings))
        sized = {} if offering in self.common.disks else {"size": "5"}
        return {"name": name, "zoneid": "$zone", "diskofferingid": f"$disk:{offering}"} | sized

    def _move(self, seen: Seen) -> _Drawn:
        """Return what gets a volume somewhere else: mostly what works."""
        volume = self._any(seen, "volume")
        if "virtualmachineid" in seen["volume"].get(volume[1:], {}):
            return "detachVolume", {"id": volume}
        return self._attach(seen, volume)

    def _attach(self, seen: Seen, volume: str = "") -> _Drawn:
        given = {"id": volume or self._any(seen, "volume"),
                 "virtualmachineid": self._any(seen, "vm")}  # fmt: skip
        if self._chance(0.6):
            given["deviceid"] = self._random.choice(_DEVICES)
        return "attachVolume", given

    def _detach(self, seen: Seen) -> _Drawn:
        """Return a detach by id, by VM and device, by all of them or by too little."""
        volume, vm = self._any(seen, "volume"), self._any(seen, "vm")
        place = {"virtualmachineid": vm, "deviceid": self._random.choice(_DEVICES)}
        ways: list[dict[str, str]] = [
            {"id": volume}, place, place, {"id": volume} | place, {"virtualmachineid": vm},
            {"deviceid": "1"}, {},
        ]  # fmt: skip
        return "detachVolume", self._random.choice(ways)

    def _power(self, seen: Seen) -> _Drawn:
        vm = self._any(seen, "vm")
        runs = seen["vm"].get(vm[1:], {}).get("state") == "Running"
        if self._chance(0.15):
            return "rebootVirtualMachine", {"id": vm}
        stops = runs if self._chance(0.8) else not runs
        if not stops:
            return "startVirtualMachine", {"id": vm}
        return "stopVirtualMachine", {"id": vm} | ({"forced": "true"} if self._chance(0.2) else {})

    def _destroy(self, seen: Seen) -> _Drawn:
        vm = self._any(seen, "vm")
        if not self.common.destroys:
            return "destroyVirtualMachine", {"id": vm, "expunge": "true"}
        commands = ("destroyVirtualMachine", "destroyVirtualMachine", "recoverVirtualMachine")
        return self._random.choice(commands), {"id": vm}

    def _deploying(self, seen: Seen) -> _Drawn:
        if len(seen["vm"]) >= self.common.vms or len(seen["volume"]) >= self.common.volumes - 1:
            return self._power(seen)
        given = {"name": self._fresh("V")} | _MACHINE
        if self._chance(0.3):
            given["startvm"] = "false"
        if self._chance(0.2):
            del given[self._random.choice(("zoneid", "templateid", "serviceofferingid"))]
        return "deployVirtualMachine", given

    def _create(self, seen: Seen) -> _Drawn:
        if len(seen["volume"]) >= self.common.volumes:
            return self._remove(seen)
        name = self._fresh("n")
        if seen["snapshot"] and self._chance(0.4):
            return "createVolume", {"name": name, "snapshotid": self._any(seen, "snapshot")}
        given = {"name": name, "zoneid": "$zone"}
        offering = self._random.choice(self._offerings)
        given["diskofferingid"] = f"$disk:{offering}"
        if offering in self.common.custom or self._chance(0.1):
            given["size"] = self._random.choice(_SIZES)
        if self.common.another_zone and self._chance(0.1):
            given["zoneid"] = "$another zone"
        if self._chance(0.1):
            del given[self._random.choice(sorted(given.keys() - {"name"}))]
        return "createVolume", given

    def _remove(self, seen: Seen) -> _Drawn:
        volume = self._any(seen, "volume")
        command = self._random.choice(("deleteVolume", "destroyVolume", "recoverVolume"))
        return command, {"id": volume}

    def _resize(self, seen: Seen) -> _Drawn:
        given = {"id": self._any(seen, "volume")}
        is_root = seen["volume"].get(given["id"][1:], {}).get("type") == "ROOT"
        if is_root and not self.common.template_bytes:
            return self._snapshot(seen)
        if self._chance(0.7):
            given["size"] = self._random.choice(_SIZES)
        if self._chance(0.3):
            given["diskofferingid"] = f"$disk:{self._random.choice(self._offerings)}"
        if self._chance(0.5):
            given["shrinkok"] = "true"
        return "resizeVolume", given

    def _snapshot(self, seen: Seen) -> _Drawn:
        if len(seen["snapshot"]) < _MOST_SNAPSHOTS and self._chance(0.7):
            return "createSnapshot", {"volumeid": self._any(seen, "volume"),
                                      "name": self._fresh("s")}  # fmt: skip
        return "deleteSnapshot", {"id": self._any(seen, "snapshot")}

    def _odd(self, seen: Seen) -> _Drawn:
        """Return what has no form: swapped ids, no ids, a word in the place of an id."""
        volume, vm = self._any(seen, "volume"), self._any(seen, "vm")
        ways: list[_Drawn] = [
            ("attachVolume", {"id": vm, "virtualmachineid": volume}),
            ("attachVolume", {"id": volume}),
            ("attachVolume", {"virtualmachineid": vm}),
            ("attachVolume", {"id": "abc", "virtualmachineid": vm}),
            ("detachVolume", {"id": vm}),
            ("detachVolume", {"id": ""}),
            ("startVirtualMachine", {"id": volume}),
            ("stopVirtualMachine", {}),
            ("createSnapshot", {}),
            ("deleteVolume", {"id": vm}),
            ("createVolume", {"name": self._fresh("n")}),
            ("resizeVolume", {"id": volume}),
        ]  # fmt: skip
        return self._random.choice(ways)

"""Random callers, and what must hold whatever they do."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from pytest_bdd import then, when

from steps.given import deploy, ready
from steps.needs import STAGE, Need, needs
from steps.outcomes import NOTHING, Moment, Outcome
from steps.site import Site
from steps.words import words
from steps.world import Row, World

if TYPE_CHECKING:
    from simulator.port import Cloud, Reply


_WHO = (*["owner"] * 6, "domain admin", "root admin", "stranger")
_CALLERS = [Need("account", who) for who in dict.fromkeys(_WHO)]
_NEEDS = (*_CALLERS, Need("place", "another-zone"))
_REMOVES = ("deleteVolume", "destroyVolume")


class Callers:
    """Callers of three VMs in two zones, and of their volumes, who draw what to ask from *rng*."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        self.sent: list[tuple[Cloud, Reply]] = []
        self.seen: Row = {}
        self.created: set[str] = set()
        self.removed: set[str] = set()
        for vm, state in (("vm1", "stopped"), ("vm2", "running")):
            deploy(world, state, vm, f"root of {vm}")
            for number in (1, 2):
                ready(world, f"disk {number} of {vm}", "on VM", vm)
        deploy(world, "stopped", "vm3", "root of vm3", place="another-zone")

    def draw(self) -> tuple[str, dict[str, str]]:
        """Return the next request."""
        rng, volume = self.rng, world_id(self.world.volumes, self.rng)
        vm = world_id(self.world.vms, rng)
        device = rng.choice(("", "0", "0", "1", "1", "1", "2", "34"))
        attach = {"id": volume, "virtualmachineid": vm} | ({"deviceid": device} if device else {})
        loose = "virtualmachineid" not in self.seen.get(volume, {})
        useful = ("attachVolume", attach) if loose else ("detachVolume", {"id": volume})
        return rng.choice(
            (
                *[useful] * 8,
                ("attachVolume", attach),
                ("detachVolume", {"id": volume}),
                ("startVirtualMachine", {"id": vm}),
                ("stopVirtualMachine", {"id": vm}),
                ("createSnapshot", {"volumeid": volume}),
                ("createVolume", self._new()),
                *((name, {"id": volume}) for name in (*_REMOVES, "recoverVolume")),
            )
        )

    def _new(self) -> dict[str, str]:
        """Return what a new volume takes, in either zone."""
        zone = self.rng.choice(("a-zone", "another-zone"))
        return {
            "name": self.world.name(),
            "zoneid": self.world.pick("zone", zone),
            "diskofferingid": self.world.pick("disk", "Small"),
        }

    def ask(self, *, wait: bool) -> Moment:
        """Send one request as somebody and return what is there afterwards."""
        world, (command, text) = self.world, self.draw()
        who = self.rng.choice(_WHO)
        sent = world.submit(who, command, text)
        self._note(who, command, text, sent[1])
        outcome = Outcome("", sent[1].status, "", sent[1].body)
        if wait:
            outcome = world.finish(*sent)
        else:
            self.sent.append(sent)
            world.cloud.sleep(self.rng.uniform(0, 2))
        return self.look(command, outcome)

    def _note(self, who: str, command: str, text: dict[str, str], reply: "Reply") -> None:
        """Remember what a request that was taken makes, or takes away now or later."""
        if reply.status != 200:
            return
        if command == "createVolume":
            volume_id = reply.body["id"]
            self.created.add(volume_id)
            alias = f"new disk {len(self.created)}"
            self.world.volumes[alias], self.world.owners[alias] = volume_id, who
        elif command in _REMOVES:
            self.removed.add(text["id"])

    def look(self, operation: str, outcome: Outcome = NOTHING) -> Moment:
        """Return what is there now."""
        self.seen = self.world.observe()
        created, removed = frozenset(self.created), frozenset(self.removed)
        return Moment(self.world.site.now_s(), operation, outcome, self.seen, created, removed)

    def settle(self) -> Moment:
        """Wait for every job and return what is there at the end."""
        for sent in self.sent:
            self.world.finish(*sent)
        return self.look("the end")


def world_id(known: dict[str, str], rng: Random) -> str:
    """Return the id of one of *known*."""
    return known[rng.choice(sorted(known))]


def run(world: World, count: int, seed: int, *, wait: bool) -> list[Moment]:
    """Let random callers ask *count* times and return all moments, the start included."""
    callers = Callers(world, Random(seed))
    start = callers.look("the start")
    moments = [callers.ask(wait=wait) for _ in range(count)]
    return [start, *moments, callers.settle()]


@when(words("{count:d} random operations are performed with seed {seed:d}"))
@needs(*_NEEDS)
def at_random(world: World, count: int, seed: int) -> None:
    """Let jobs overlap as they like."""
    world.history, world.in_turn = run(world, count, seed, wait=False), False


@when(words("{count:d} random operations are performed with seed {seed:d}, one after the other"))
@needs(*_NEEDS)
def in_turn(world: World, count: int, seed: int) -> None:
    """Wait for each job."""
    world.history, world.in_turn = run(world, count, seed, wait=True), True


def _volumes(moment: Moment) -> list[Row]:
    return [r for r in moment.seen.values() if "size" in r]


def _attached(moment: Moment) -> list[Row]:
    return [r for r in _volumes(moment) if "virtualmachineid" in r]


def _most(found: Counter[Any]) -> int:
    return max(found.values(), default=0)


def _owners(moment: Moment) -> Row:
    return {r["id"]: (r["account"], r["domainid"]) for r in _volumes(moment)}


ALONE: dict[str, Callable[[Moment], bool]] = {
    "one-root-per-vm": lambda m: (
        _most(Counter(r["virtualmachineid"] for r in _attached(m) if r["type"] == "ROOT")) <= 1
    ),
    "device-iff-attached": lambda m: all(
        ("deviceid" in r) == ("virtualmachineid" in r) for r in _volumes(m)
    ),
    "devices-unique": lambda m: (
        _most(Counter((r["virtualmachineid"], r["deviceid"]) for r in _attached(m))) <= 1
    ),
    "same-zone": lambda m: all(
        r["zoneid"] == m.seen[r["virtualmachineid"]]["zoneid"] for r in _attached(m)
    ),
    "root-iff-device-0": lambda m: all(
        (r["type"] == "ROOT") == (r.get("deviceid") == 0) for r in _volumes(m)
    ),
    "progress-goes-on": lambda m: (
        list(m.outcome.polls) == sorted(m.outcome.polls) and len(set(m.outcome.polls[-2:])) <= 1
    ),
}
"""Name of an invariant -> whether it holds at a moment."""


_OF_DEVICE = ("deviceId ", "All device Ids ")
"""How refusals of a device id begin: they come when the volume has been created or moved."""
_WHERE = frozenset({
    "state", "storage", "storageid", "storagetype", "path", "hypervisor",
    "clusterid", "clustername", "podid", "podname", "physicalsize", "virtualsize", "utilization",
})  # fmt: skip
"""Fields of a volume that say where it lies."""


def _unasked(old: Moment, new: Moment) -> Row:
    """Return what there was before, without what somebody has asked to remove."""
    return {key: row for key, row in old.seen.items() if key not in new.removed}


def _anywhere(rows: Row) -> Row:
    """Return rows without where the volumes lie that are loose and wait to be attached."""
    return {
        key: {field: value for field, value in row.items() if field not in _WHERE}
        if "size" in row and row["state"] in {"Allocated", "Ready"} and "deviceid" not in row
        else row
        for key, row in rows.items()
    }


def _changes_nothing(old: Moment, new: Moment) -> bool:
    """Return whether a refusal left all as it was, or changed where the volume lies at most."""
    before, after = _unasked(old, new), _unasked(new, new)
    if new.operation == "attachVolume" and new.outcome.text.startswith(_OF_DEVICE):
        before, after = _anywhere(before), _anywhere(after)
    return before == after


BETWEEN: dict[str, Callable[[Moment, Moment], bool]] = {
    "owner-stays": lambda old, new: (
        {k: v for k, v in _owners(new).items() if k in old.seen}
        == {k: v for k, v in _owners(old).items() if k in new.seen}
    ),
    "nothing-lost": lambda old, new: (
        old.seen.keys() - new.seen.keys() <= new.removed
        and new.seen.keys() - old.seen.keys() <= new.created
    ),
    "time-goes-on": lambda old, new: old.at_s <= new.at_s,
    "refused-changes-nothing": lambda old, new: not new.outcome.where or _changes_nothing(old, new),
}
"""Name of an invariant -> whether it holds from one moment to the next."""
_ONLY_IN_TURN = ("refused-changes-nothing", "progress-goes-on")
"""What says nothing where jobs of several requests run at a time."""


def _broken(history: list[Moment], name: str) -> list[Moment]:
    """Return the moments at which an invariant does not hold."""
    if name in ALONE:
        return [m for m in history if not ALONE[name](m)]
    return [new for old, new in pairwise(history) if not BETWEEN[name](old, new)]


@then(words("{name:reason} held after every operation"))
def held(world: World, name: str) -> None:
    """Check an invariant over the whole history, and then every other that says something."""
    assert len(world.history) > 1
    others = [n for n in (*ALONE, *BETWEEN) if world.in_turn or n not in _ONLY_IN_TURN]
    for each in dict.fromkeys((name, *others)):
        broken = _broken(world.history, each)
        assert not broken, (each, broken[0])


@then(words("{count:d} random operations with seed {chance:d} on a fresh cloud give the same"))
@needs(STAGE)
def again(
    world: World, count: int, chance: int, another_cloud: Callable[[], Any], seed: int
) -> None:
    """Do it all once more and compare every answer and all there was."""
    cloud = another_cloud()
    other = World(Site(cloud, cloud), world.dialect, seed)
    assert run(other, count, chance, wait=False) == world.history

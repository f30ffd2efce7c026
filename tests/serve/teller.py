"""Random callers of a served cloud, and all that its state is."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, get_type_hints

from simulator.api.service import SimulatedCloud
from simulator.api.signing import signature
from simulator.engine.freezer import Ended
from simulator.engine.store import Store
from simulator.engine.world import World
from simulator.port import Reply
from simulator.serve import Ask, Header, Site, pace, reopen
from simulator.serve.keeper import Keeper
from simulator.serve.site import ask

PACES = ("instant", "manual", "real", "60x")
READS: tuple[tuple[str, dict[str, str]], ...] = (
    ("listVolumes", {"listall": "true"}),
    ("listVirtualMachines", {"page": "1"}),
    ("queryAsyncJobResult", {"jobid": "nobody"}),
    ("listVolumes", {"id": "nobody"}),
    ("rootswapLog", {}),
)
REFUSED: tuple[tuple[str, dict[str, str]], ...] = (
    ("createVolume", {"name": "no"}),
    ("deployVirtualMachine", {}),
    ("attachVolume", {"id": "nobody", "virtualmachineid": "nobody"}),
    ("rootswapAdvance", {"seconds": "-1"}),
    ("migrateVolume", {}),
)


class Wall:
    """A clock on the wall that a test moves."""

    at_s = 1000.0

    def __call__(self) -> float:
        return self.at_s


class Unkept:
    """A served cloud that is kept nowhere."""

    def __init__(
        self,
        cloud: SimulatedCloud,
        clock: str,
        wall: Wall,
        started_at_s: float = 1000,
        asked: Ask = ask,
    ) -> None:
        self.cloud, self.clock, self.wall = cloud, clock, wall
        self.site = Site(cloud, pace(clock, wall, started_at_s), asked, wall=wall)

    def ask(self, command: str, /, **text: str) -> Reply:
        """Send a signed call of the root admin."""
        user = self.cloud.user
        full = {"command": command, "apiKey": user.api_key or ""} | text
        signed = full | {"signature": signature(full, user.secret_key or "")}
        return self.site.send(signed).reply or Reply(0, {})


class Served(Unkept):
    """A kept cloud, its file and its pace; `again` is what a restart makes of it."""

    def __init__(self, path: Path, clock: str, wall: Wall, spacing: int = 7) -> None:
        self.path, self.spacing = path, spacing
        kept = reopen(path, Header("mixed", 3, "spec", None, None, clock, wall.at_s), ())
        self.journal = kept.keeper.journal
        self.journal.db.execute("PRAGMA synchronous = OFF")  # no test pulls the plug
        self.keeper = Keeper(self.journal, kept.keeper.mark, spacing)
        super().__init__(kept.cloud, clock, wall, kept.header.started_at_s, self.keeper.ask)

    def again(self, spacing: int | None = None) -> "Served":
        """Die and come back."""
        self.journal.close()
        return Served(self.path, self.clock, self.wall, spacing or self.spacing)


ANYBODY = {
    "password": "p", "accounttype": "0", "email": "a@example.org", "firstname": "a",
    "lastname": "b",
}  # fmt: skip


def story(served: Served, dice: Random, length: int) -> Iterator[Reply]:
    """Send *length* random commands, jobs overlapping as they like, and yield the answers."""
    store = served.cloud.world.store
    zone = next(iter(store.zones))
    kvm = next(t.id for t in store.templates.values() if t.hypervisor == "KVM")
    offering, disk = next(iter(store.service_offerings)), next(iter(store.disk_offerings))
    deploy = {"zoneid": zone, "templateid": kvm, "serviceofferingid": offering}
    for number in range(length):
        served.wall.at_s += dice.choice((0, 0.01, 0.3, 2, 40))
        volume, vm = (dice.choice([*kind, "nobody"]) for kind in (store.volumes, store.vms))
        command, text = dice.choice(
            (
                ("deployVirtualMachine", deploy | {"name": f"vm{number}"}),
                ("createVolume", {"zoneid": zone, "diskofferingid": disk, "name": f"v{number}"}),
                ("createVolume", {"zoneid": zone, "diskofferingid": disk, "name": f"w{number}"}),
                ("attachVolume", {"id": volume, "virtualmachineid": vm}),
                ("attachVolume", {"id": volume, "virtualmachineid": vm}),
                ("detachVolume", {"id": volume}),
                ("startVirtualMachine", {"id": vm}),
                ("stopVirtualMachine", {"id": vm}),
                ("destroyVolume", {"id": volume, "expunge": "true"}),
                ("createSnapshot", {"volumeid": volume}),
                ("createVMSnapshot", {"virtualmachineid": vm}),
                ("restoreVirtualMachine", {"virtualmachineid": vm}),
                ("createAccount", ANYBODY | {"username": f"u{number}"}),
                ("registerUserKeys", {"id": dice.choice(list(store.users)[1:] or ["nobody"])}),
                ("updateResourceLimit", {"resourcetype": "2", "max": "9", "account": f"u{number}"}),
                ("rootswapAdvance", {"seconds": str(dice.choice((0.5, 3, 60)))}),
                ("rootswapStrike", {"operation": "AttachCommand", "times": "1"}),
                dice.choice((("rootswapRestart", {}), ("listZones", {}))),
                ("rootswapClock", {"clock": dice.choice((*PACES, "fast"))}),
            )
        )
        yield served.ask(command, **text)


def everything(cloud: SimulatedCloud) -> dict[str, Any]:
    """Return a copy of all that the state of a cloud is, in order."""
    return deepcopy(state(cloud))


def state(cloud: SimulatedCloud) -> dict[str, Any]:
    """Return all that the state of a cloud is, in order, as it goes on to change."""
    world = cloud.world
    found: dict[str, Any] = {
        "now": world.env.now,
        "due": sorted((at_s, order) for at_s, order, *_ in world.env._queue),
        "dice": {name: dice.getstate() for name, dice in world.streams()},
        "settings": world.settings.values,
        "running": list(cloud.jobs.running),
        "jobs": [[getattr(j, f) for f in Ended._fields] for j in cloud.jobs.all.values()],
    }
    for holder, owner in ((world.store, Store), (world, World)):
        for name in get_type_hints(owner):
            value = getattr(holder, name)
            found[name] = list(value.items()) if isinstance(value, dict) else value
    return found

"""A reply is due at one moment, however the cloud is served; the clock alone decides who waits."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from teller import Wall

from simulator import boot
from simulator.api.service import Pending, SimulatedCloud
from simulator.api.signing import signature
from simulator.serve import Header, Resetter, Site, pace, reopen
from simulator.serve.pace import Scaled

Serve = Callable[[Path, str, Wall], Site]


def plain(_: Path, clock: str, wall: Wall) -> Site:
    """Serve as `running_cloud` and the fixture do."""
    return Site(boot("kvm", seed=3), pace(clock, wall, wall.at_s))


def resettable(_: Path, clock: str, wall: Wall) -> Site:
    """Serve as `rootswap serve` does."""
    site = Resetter(Header("kvm", 3, "spec", None, None, clock, wall.at_s)).site
    site.pace = pace(clock, wall, wall.at_s)
    return site


def kept(path: Path, clock: str, wall: Wall) -> Site:
    """Serve as `rootswap serve --state` does."""
    opened = reopen(path / "state", Header("kvm", 3, "spec", None, None, clock, wall.at_s), ())
    return Site(opened.cloud, pace(clock, wall, wall.at_s), opened.keeper.ask)


def send(site: Site, command: str, **text: str) -> Pending:
    """Send a signed call of the root admin."""
    user = site.cloud.user
    full = {"command": command, "apiKey": user.api_key or ""} | text
    return site.send(full | {"signature": signature(full, user.secret_key or "")})


def ready_disk(site: Site) -> str:
    """Return a Ready volume that is on no VM."""
    cloud: SimulatedCloud = site.cloud
    store = cloud.world.store
    volume = next(v for v in store.volumes.values() if str(v.type) == "DATADISK")
    vm = next(v for v in store.vms.values() if str(v.state) == "Stopped")
    if volume.vm_id is None:
        cloud.call("attachVolume", id=volume.id, virtualmachineid=vm.id)
        cloud.settle()
    cloud.call("detachVolume", id=volume.id)
    cloud.settle()
    if isinstance(site.pace, Scaled):
        site.pace.started_at -= cloud.now_s() / site.pace.speed
    assert str(store.volumes[volume.id].state) == "Ready"
    return volume.id


def states(site: Site, volume_id: str) -> list[str]:
    """Return the states in which the volume is listed."""
    reply = send(site, "listVolumes", id=volume_id, listall="true").reached()
    return [v["state"] for v in reply.body.get("volume", ())]


@pytest.mark.parametrize("serve", [plain, resettable, kept])
@pytest.mark.parametrize("clock", ["instant", "manual"])
def test_a_clock_that_jumps_answers_when_all_is_done(
    tmp_path: Path, serve: Serve, clock: str
) -> None:
    """Who is told that a volume is deleted does not see it any more."""
    site = serve(tmp_path, clock, Wall())
    disk = ready_disk(site)
    pending = send(site, "deleteVolume", id=disk)
    assert pending.reply is not None
    assert pending.reply.body == {"success": True}
    assert states(site, disk) == []


@pytest.mark.parametrize("serve", [plain, resettable, kept])
def test_on_a_wall_clock_the_caller_waits_and_others_see_it_going(
    tmp_path: Path, serve: Serve
) -> None:
    wall = Wall()
    site = serve(tmp_path, "real", wall)
    disk = ready_disk(site)
    began_s = site.cloud.now_s()
    pending = send(site, "deleteVolume", id=disk)
    assert pending.reply is None
    wall.at_s += 0.01
    assert states(site, disk) == ["Destroy"]
    assert site.cloud.now_s() == pytest.approx(began_s + 0.01)
    for _ in range(100):
        wall.at_s += 0.01
        send(site, "listZones")
        if pending.reply is not None:
            break
    assert asyncio.run(site.reply(pending)).body == {"success": True}
    assert states(site, disk) == []


@pytest.mark.parametrize("serve", [plain, resettable, kept])
@pytest.mark.parametrize("clock", ["instant", "manual"])
def test_who_waits_is_answered_when_the_clock_begins_to_jump(
    tmp_path: Path, serve: Serve, clock: str
) -> None:
    site = serve(tmp_path, "real", Wall())
    disk = ready_disk(site)
    pending = send(site, "deleteVolume", id=disk)
    assert pending.reply is None

    assert send(site, "rootswapClock", clock=clock).reached().status == 200

    assert asyncio.run(site.reply(pending)).body == {"success": True}
    assert states(site, disk) == []


def test_a_kept_reply_that_was_not_given_yet_comes_true_after_a_restart(tmp_path: Path) -> None:
    """The command was taken: its effect comes, though its caller is gone."""
    wall = Wall()
    opened = reopen(tmp_path / "state", Header("kvm", 3, "spec", None, None, "60x", wall.at_s), ())
    site = Site(opened.cloud, pace("60x", wall, wall.at_s), opened.keeper.ask)
    store = site.cloud.world.store
    disk = next(v for v in store.volumes.values() if str(v.type) == "DATADISK")
    vm = next(v.id for v in store.vms.values() if str(v.state) == "Stopped")
    if disk.vm_id is None:
        send(site, "attachVolume", id=disk.id, virtualmachineid=vm)
        wall.at_s += 1
    send(site, "detachVolume", id=disk.id)
    wall.at_s += 1
    assert states(site, disk.id) == ["Ready"]
    assert send(site, "deleteVolume", id=disk.id).reply is None
    opened.keeper.journal.close()
    again = kept(tmp_path, "60x", wall)
    again.pace = site.pace
    wall.at_s += 1
    assert states(again, disk.id) == []


def test_who_was_answered_on_a_clock_that_was_changed_is_not_belied_by_a_restart(
    tmp_path: Path,
) -> None:
    wall = Wall()
    opened = reopen(tmp_path / "state", Header("kvm", 3, "spec", None, None, "60x", wall.at_s), ())
    site = Site(opened.cloud, pace("60x", wall, wall.at_s), opened.keeper.ask, wall=wall)
    store = site.cloud.world.store
    disk = next(v for v in store.volumes.values() if str(v.type) == "DATADISK")
    vm = next(v.id for v in store.vms.values() if str(v.state) == "Stopped")
    if disk.vm_id is None:
        send(site, "attachVolume", id=disk.id, virtualmachineid=vm)
        wall.at_s += 1
    send(site, "detachVolume", id=disk.id)
    wall.at_s += 1
    send(site, "rootswapClock", clock="manual")
    assert send(site, "deleteVolume", id=disk.id).reply is not None
    before_s = site.cloud.now_s()
    opened.keeper.journal.close()

    again = kept(tmp_path, "60x", wall)

    assert again.cloud.now_s() == before_s
    assert states(again, disk.id) == []

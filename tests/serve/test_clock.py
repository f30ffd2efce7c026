"""rootswapClock: how time passes is changed while a cloud is served, and a state file keeps it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from teller import Served, Unkept, Wall

from simulator import boot
from simulator.port import Reply
from simulator.serve import Header, Resetter, Site, pace, read
from simulator.serve.health import kind
from simulator.serve.running import running_cloud


def served(clock: str) -> Unkept:
    """Serve a cloud that is kept nowhere."""
    return Unkept(boot("kvm"), clock, Wall())


def start(call: Callable[..., Reply]) -> str:
    """Start the VM that stands still, and return its job's id."""
    rows = call("listVirtualMachines", listall="true").body["virtualmachine"]
    old = next(row["id"] for row in rows if row["name"] == "old")
    return str(call("startVirtualMachine", id=old).body["jobid"])


def status(there: Unkept, job_id: str) -> int:
    """Return the status of a job."""
    return int(there.ask("queryAsyncJobResult", jobid=job_id).body["jobstatus"])


def test_time_goes_on_from_where_it_stands_at_the_speed_asked_for() -> None:
    there = served("manual")
    there.ask("rootswapAdvance", seconds="100")
    there.wall.at_s += 5000

    assert there.ask("rootswapClock", clock="60x").body == {
        "clock": {"now": 100.0, "runningjobs": 0}
    }
    there.wall.at_s += 2
    assert there.ask("rootswapAdvance", seconds="0").body["clock"]["now"] == pytest.approx(220)
    there.ask("rootswapClock", clock="real")
    there.wall.at_s += 2
    there.ask("rootswapClock", clock="manual")
    there.wall.at_s += 1000
    assert there.ask("rootswapAdvance", seconds="0").body["clock"]["now"] == pytest.approx(222)
    assert kind(there.site.pace) == "manual"


def test_an_instant_clock_ends_what_was_in_flight() -> None:
    there = served("manual")
    job = start(there.ask)
    assert status(there, job) == 0

    there.ask("rootswapClock", clock="instant")

    assert status(there, job) == 1


def test_the_wall_is_the_server_s_own() -> None:
    there = served("manual")

    there.ask("rootswapClock", clock="real", walltime="0", WALLTIME="5")

    assert there.ask("rootswapAdvance", seconds="0").body["clock"]["now"] == 0.0


@pytest.mark.parametrize("text", ["", "fast", "0x", "-1x", "1e3x", "60", "nan", "x" * 300])
def test_what_is_no_clock_changes_nothing(text: str) -> None:
    there = served("manual")

    no = there.ask("rootswapClock", clock=text)

    assert no.status == 431
    assert kind(there.site.pace) == "manual"
    assert there.cloud.world.pace == {}


def test_only_a_served_cloud_has_a_clock() -> None:
    alone = boot("kvm")
    site = Site(alone, pace("instant", Wall(), 0.0), wall=None)
    spoken = site.speak(alone.user, {"command": "rootswapClock", "clock": "real", "walltime": "1"})
    for no in (alone.call("rootswapClock", clock="real"), spoken.reached()):
        assert no.status == 431
        assert "Only a cloud that is served" in no.body["errortext"]
    with running_cloud("kvm", clock="manual") as running:
        assert running.call("rootswapClock", clock="instant").status == 200
        job = start(running.call)
        assert running.call("queryAsyncJobResult", jobid=job).body["jobstatus"] == 1


def test_a_cloud_made_anew_has_the_clock_it_began_with() -> None:
    site = Resetter(Header("kvm", 3, "spec", None, None, "manual", 0.0)).site
    site.speak(site.cloud.user, {"command": "rootswapClock", "clock": "60x"})
    assert kind(site.pace) == "60x"

    site.speak(site.cloud.user, {"command": "rootswapReset"})

    assert kind(site.pace) == "manual"


@pytest.mark.parametrize("spacing", [1, 1000])
def test_a_state_file_keeps_the_clock_over_a_restart(tmp_path: Path, spacing: int) -> None:
    """With a checkpoint after it and without: wall time counts while nobody serves."""
    there = Served(tmp_path / "cloud.db", "manual", Wall(), spacing)
    there.ask("rootswapAdvance", seconds="50")
    there.ask("rootswapClock", clock="60x")
    there.wall.at_s += 1
    there.ask("rootswapRestart")
    there.ask("createSSHKeyPair", name="k")
    there.wall.at_s += 1

    again = there.again()

    assert kind(again.site.pace) == "60x"
    assert again.ask("rootswapAdvance", seconds="0").body["clock"]["now"] == pytest.approx(170)
    again.ask("rootswapClock", clock="manual")
    again.journal.close()
    assert read(again.path).header.clock == "manual"


@pytest.mark.parametrize("spacing", [1, 1000])
def test_a_state_file_keeps_a_pool_slow(tmp_path: Path, spacing: int) -> None:
    there = Served(tmp_path / "cloud.db", "manual", Wall(), spacing)
    pool = next(iter(there.cloud.world.store.pools))
    well = there.cloud.world.bandwidth(pool).per_s
    there.ask("rootswapSlow", id=pool, speed="0.25")
    there.ask("createSSHKeyPair", name="k")

    again = there.again()

    assert again.cloud.world.bandwidth(pool).per_s == well / 4
    again.ask("rootswapSlow", id=pool, speed="1")
    assert again.cloud.world.bandwidth(pool).per_s == well
    again.journal.close()

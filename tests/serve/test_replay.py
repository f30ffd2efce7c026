"""A restart tells the same story again."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from teller import PACES, READS, REFUSED, Served, Wall, everything, story

from simulator.engine.world import World


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("clock", PACES)
def test_a_restart_goes_on_as_if_it_had_not_happened(tmp_path: Path, clock: str, seed: int) -> None:
    """Jobs in flight, checkpoints on the way: each time all of the state is the same."""
    dice = Random(f"{clock}/{seed}")
    served = Served(tmp_path / "cloud.db", clock, Wall())
    outcomes: Counter[int] = Counter()
    for _ in range(6):
        outcomes.update(r.status for r in story(served, dice, dice.randrange(3, 40)))
        served.site.pace.catch_up(served.cloud)
        before = everything(served.cloud)
        served = served.again()
        served.site.pace.catch_up(served.cloud)
        after = everything(served.cloud)
        assert [name for name in before if before[name] != after[name]] == []
    assert set(outcomes) >= {200, 431}


@pytest.mark.parametrize("clock", PACES)
def test_no_checkpoint_makes_no_difference(tmp_path: Path, clock: str) -> None:
    """One told with checkpoints, one without: the same."""
    told = []
    for name, spacing in (("with", 5), ("without", 10_000)):
        served = Served(tmp_path / name, clock, Wall(), spacing)
        for part in range(4):
            for _ in story(served, Random(part), 30):
                pass
            served.ask("rootswapAdvance", seconds="500")
        served.ask("listZones")
        count = served.journal.db.execute("SELECT count(*) FROM checkpoint").fetchone()
        served = served.again()
        served.site.pace.catch_up(served.cloud)
        told.append(everything(served.cloud))
        assert count == (1 if name == "with" else 0,)
    assert told[0] == told[1]


def test_what_is_looked_at_or_refused_draws_nothing(tmp_path: Path) -> None:
    """The ids of a story are the same with refusals and looks between its calls."""
    ids: list[Any] = []
    for extra in (READS, REFUSED, ()):
        served = Served(tmp_path / str(len(ids)), "manual", Wall())
        for _ in story(served, Random(5), 80):
            for command, text in extra:
                assert served.ask(command, **text).body is not None
        served.ask("rootswapAdvance", seconds="100")
        found = everything(served.cloud)
        ids.append([found[name] for name in ("volumes", "vms", "users", "jobs", "sent", "now")])
        ids[-1].append(found["dice"]["ids"])
    assert ids[0] == ids[2]
    assert ids[1] == ids[2]


def test_looks_leave_no_row_unless_refused(tmp_path: Path) -> None:
    """A refused look is kept, for the log of refusals must come back too."""
    served = Served(tmp_path / "cloud.db", "instant", Wall())
    for command, text in READS:
        served.ask(command, **text)
    assert served.journal.seq == 3
    assert len(served.again().cloud.refusals()) == 3


def test_a_call_that_cannot_be_kept_changes_nothing(tmp_path: Path) -> None:
    """The disk is full: 530, and the same state as before; room again: it works."""
    served = Served(tmp_path / "cloud.db", "instant", Wall())
    for _ in story(served, Random(2), 20):
        pass
    served.site.pace.catch_up(served.cloud)
    before = everything(served.cloud)
    pages = served.journal.db.execute("PRAGMA page_count").fetchone()[0]
    served.journal.db.execute(f"PRAGMA max_page_count = {pages}")
    name = "x" * 9000
    zone = next(iter(served.cloud.world.store.zones))
    rename = {"kind": "zone", "id": zone, "fields": f'{{"name": "{name}"}}'}
    for command, text in (("rootswapArrange", rename), ("listVolumes", {"page": name})):
        reply = served.ask(command, **text)
        assert (reply.status, reply.body["errorcode"]) == (530, 530)
        assert "cannot be kept" in reply.body["errortext"]
        assert everything(served.cloud) == before
    served.journal.db.execute(f"PRAGMA max_page_count = {pages + 100}")
    assert served.ask("rootswapArrange", **rename).status == 200
    assert served.again().cloud.world.store.zones[zone].name == name


def buggy(world: World, *_: object) -> Any:
    """Crash at once for a new volume called "now", later for another."""
    if list(world.store.volumes.values())[-1].name == "now":
        raise ZeroDivisionError

    def flow() -> Any:
        yield world.spend("work")
        raise ZeroDivisionError

    return flow()


@pytest.mark.parametrize("clock", PACES)
@pytest.mark.parametrize("spacing", [1, 1000])
def test_a_bug_ends_its_own_call_or_job_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: str, spacing: int
) -> None:
    """A call that crashed half-way, a job that did: 530, and the same again after a restart."""
    served = Served(tmp_path / "cloud.db", clock, Wall(), spacing)
    text = {"zoneid": next(iter(served.cloud.world.store.zones))}
    text["diskofferingid"] = next(iter(served.cloud.world.store.disk_offerings))
    monkeypatch.setattr("simulator.api.volumes.disks.create", buggy)
    with pytest.raises(ZeroDivisionError):
        served.ask("createVolume", name="now", **text)
    job_id = served.ask("createVolume", name="later", **text).body["jobid"]
    served.wall.at_s += 10
    served.ask("rootswapAdvance", seconds="10")
    for name in ("d1", "d2"):
        assert served.ask("createDomain", name=name).status == 200
    job = served.ask("queryAsyncJobResult", jobid=job_id).body
    assert (job["jobstatus"], job["jobresultcode"]) == (2, 530)
    assert job["jobresult"]["errortext"] == "Command failed due to Internal Server Error"
    bugs = served.ask("rootswapLog").body["log"]["bugs"]
    assert [bug["error"].split(":")[0] for bug in bugs] == ["ZeroDivisionError"] * 2
    before = everything(served.cloud)
    assert before["running"] == []
    assert everything(served.again().cloud) == before
